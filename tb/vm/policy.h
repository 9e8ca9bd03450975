// SPDX-License-Identifier: Apache-2.0
/*
 * Page replacement policies: which frame gives way when a page must come in and no frame is free.
 *
 * A policy sees what hardware shows an operating system, the A and D bits of the page tables, and
 * what an operating system itself does: loading pages and freeing frames. Two of them, the
 * yardsticks LRU and OPT, are told of every access as well, and OPT even of the next one.
 *
 * Each policy is one file, policy_<name>.c, that defines one struct policy.
 */
#ifndef POLICY_H
#define POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The page tables as a policy may look at them. `frame` always holds a page. */
struct policy_view {
    void *user;
    /* The A bit, the D bit of the PTE that maps the frame. */
    bool (*accessed)(void *user, unsigned frame);
    bool (*dirty)(void *user, unsigned frame);
    /* Clears the A bit, with the fence that lets the next access be seen. */
    void (*clear_accessed)(void *user, unsigned frame);
    /* Writes the page to swap and clears its D bit; the page stays where it is. */
    void (*write_back)(void *user, unsigned frame);
    /* Accesses made so far by the process that owns the frame: its virtual time. */
    uint64_t (*virtual_time)(void *user, unsigned frame);
};

struct policy_setup {
    unsigned frames; /* frames are 0 .. frames - 1 */
    struct policy_view view;
    uint64_t interval; /* accesses between two calls of tick */
    uint64_t seed;
};

#define POLICY_NEVER UINT64_MAX

struct policy {
    const char *name;
    const char *does; /* one line for --help */
    bool sees_trace;  /* `touched` is called: a yardstick, no operating system can do it */

    /* The state, owned by the caller until destroy; null if there is no memory. */
    void *(*create)(const struct policy_setup *setup);
    void (*destroy)(void *state);

    /* A page has come into a frame; a page has left it (evicted, or its process ended). */
    void (*loaded)(void *state, unsigned frame);
    void (*freed)(void *state, unsigned frame);

    /* The frame whose page should go. Called only when every frame holds a page; `freed` for the
     * frame follows. */
    unsigned (*victim)(void *state);

    /* The virtual timer: time to read the A bits. Null: the policy does without. */
    void (*tick)(void *state);

    /* The page in the frame was accessed, and will be accessed next at the time `next_use`, in
     * accesses of all processes since the start, POLICY_NEVER if it won't. Null: not wanted. */
    void (*touched)(void *state, unsigned frame, uint64_t next_use);
};

extern const struct policy policy_fifo, policy_clock, policy_nru, policy_aging, policy_lru,
    policy_wsclock, policy_random, policy_opt;

/* All of the above in the order in which tables show them, ended by a null. */
extern const struct policy *const policy_all[];

/* The policy of that name, or null. */
const struct policy *policy_find(const char *name);

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * A bench for directed tests of the RTL: one design, a few pages of memory with page tables that
 * the test builds, requests by tag with their answers kept, fences. Expected values are the test's.
 *
 * Tables begin at 0x80000000. In each cycle the test
 * asks what it wants (bench_submit, dut_kill, dut_fence), then calls bench_step, which takes the
 * answers of the cycle and ends it. An answer that nobody waits for fails the test.
 */
#ifndef RTL_BENCH_H
#define RTL_BENCH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "dut.h"
#include "mmu_pmp.h"
#include "mmu_pte.h"
#include "rtl_memory.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define V   MMU_PTE_V
#define R   MMU_PTE_R
#define W   MMU_PTE_W
#define X   MMU_PTE_X
#define U   MMU_PTE_U
#define G   MMU_PTE_G
#define A   MMU_PTE_A
#define D   MMU_PTE_D
#define RW  (V | R | W | A | D)     /* a page of S-mode */
#define ALL (V | R | W | X | A | D) /* the same, that may be fetched from too */

#define BENCH_TABLES UINT64_C(0x80000000)
#define BENCH_BOUND  5000 /* cycles in which everything must be answered */

struct bench_answer {
    bool live;                /* asked, not answered yet */
    uint64_t asked, answered; /* cycles */
    struct dut_response response;
};

struct bench {
    struct dut *dut;
    const struct dut_parameters *p;
    const char *preset;
    struct dut_context context;
    struct mmu_pmp pmp;           /* what bench_change_pmp writes */
    enum mmu_privilege privilege; /* of the next requests; S at first */
    unsigned size;                /* of the next requests, bytes; 1 at first */
    bool speculative;             /* the next requests */
    enum mmu_memory_type type;    /* of the next answers; PMA at first */
    unsigned levels;              /* of the mode in force; the design's most at first */
    uint64_t root, tables;        /* byte addresses: the root in force, the next free table */
    struct rtl_memory memory;
    struct bench_answer answers[DUT_PORTS][64];
    unsigned unwanted; /* answers that nobody waited for */
};

/* Fails where the test stands, saying for which design. */
#define check_equal(b, is, should)                                                                 \
    do {                                                                                           \
        uint64_t is_ = (is), should_ = (should);                                                   \
        if (is_ != should_)                                                                        \
            print_error("preset %s: %s is 0x%" PRIx64 ", should be 0x%" PRIx64 "\n", (b)->preset,  \
                        #is, is_, should_);                                                        \
        assert_true(is_ == should_);                                                               \
    } while (0)

/* ---- Page tables. */

/* A pointer to the table, or a leaf for the page, at a physical address. */
static inline uint64_t pte(uint64_t pa, uint64_t bits)
{
    return pa >> 12 << 10 | bits;
}

static inline uint64_t pte_pa(uint64_t value)
{
    return value << 10 >> 20 << 12;
}

/* log2 of the size of a page at a level. */
static inline unsigned bench_shift(const struct bench *b, unsigned level)
{
    return 12 + level * (b->p->xlen == 32 ? 10 : 9);
}

static inline uint64_t bench_table(struct bench *b)
{
    b->tables += 4096;
    return b->tables - 4096;
}

/* The address of the PTE that a walk from `root` reads for this address at this level, with the
 * pointers above it made where there are none. */
static inline uint64_t bench_pte_pa(struct bench *b, uint64_t root, uint64_t va, unsigned level)
{
    unsigned bytes = b->p->xlen / 8, mask = b->p->xlen == 32 ? 1023 : 511;
    uint64_t table = root;

    for (unsigned l = b->levels - 1;; l--) {
        uint64_t pa = table + (va >> bench_shift(b, l) & mask) * bytes;
        if (l == level)
            return pa;
        uint64_t *word = memory_word(&b->memory, pa);
        if (!(*word & V))
            *word = pte(bench_table(b), V);
        table = pte_pa(*word);
    }
}

static inline uint64_t *bench_pte(struct bench *b, uint64_t va, unsigned level)
{
    return memory_word(&b->memory, bench_pte_pa(b, b->root, va, level));
}

/* Maps a page of this level at the root in force. */
static inline void bench_map(struct bench *b, uint64_t va, unsigned level, uint64_t pa,
                             uint64_t flags)
{
    *bench_pte(b, va, level) = pte(pa, flags);
}

/* ---- Context. */

/* Puts a root in force, in the mode of `levels` (0: Bare, root and ASID must be 0). */
static inline void bench_satp(struct bench *b, unsigned levels, unsigned asid, uint64_t root)
{
    uint64_t mode = levels == 0 ? 0 : b->p->xlen == 32 ? 1 : levels + 5;

    if (levels > 0) {
        b->levels = levels;
        b->root = root;
    }
    b->context.satp = b->p->xlen == 32 ? mode << 31 | (uint64_t)asid << 22 | root >> 12
                                       : mode << 60 | (uint64_t)asid << 44 | root >> 12;
    dut_set_context(b->dut, &b->context);
}

static inline void bench_sum_mxr(struct bench *b, bool sum, bool mxr)
{
    b->context.sum = sum;
    b->context.mxr = mxr;
    dut_set_context(b->dut, &b->context);
}

static inline void bench_timing(struct bench *b, unsigned latency, unsigned stall_percent)
{
    const struct dut_memory memory = {.user = &b->memory,
                                      .read = memory_read,
                                      .peek = memory_peek,
                                      .compare_and_swap = memory_swap};
    const struct dut_memory_timing timing = {
        .latency_min = latency, .latency_max = latency, .stall_percent = stall_percent, .seed = 1};

    dut_set_memory(b->dut, &memory, &timing);
}

/* ---- Opening and closing. */

/* PMP as it is when the bench opens: the last entry lets everybody do everything. */
static inline void bench_permit(struct bench *b)
{
    unsigned last = b->p->pmp_entries ? b->p->pmp_entries - 1 : 0;

    memset(&b->pmp, 0, sizeof b->pmp);
    b->pmp.cfg[last] = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X;
    b->pmp.addr[last] = UINT64_MAX;
}

static inline void bench_step(struct bench *b);

/* Presents the change of PMP until it takes effect; the cycles it took. */
static inline unsigned bench_change_pmp(struct bench *b)
{
    for (unsigned cycles = 1;; cycles++) {
        bool done = dut_change_pmp(b->dut, &b->pmp);
        bench_step(b);
        if (done)
            return cycles;
        assert_true(cycles < BENCH_BOUND);
    }
}

static inline void bench_open(struct bench *b, const char *preset, const struct dut_set *sets,
                              size_t nsets)
{
    char error[512] = "";

    memset(b, 0, sizeof *b);
    b->preset = preset;
    b->dut = dut_open(preset, sets, nsets, DUT_WAVE_NONE, error, sizeof error);
    if (!b->dut)
        print_error("%s\n", error);
    assert_non_null(b->dut);
    b->p = dut_parameters(b->dut);
    b->memory.bytes = b->p->xlen / 8;
    b->privilege = MMU_S;
    b->size = 1;
    b->tables = BENCH_TABLES;
    bench_timing(b, 1, 0);
    b->levels = b->p->levels;
    bench_satp(b, b->levels, 1, bench_table(b));
    bench_permit(b);
    bench_change_pmp(b);
}

static inline void bench_close(struct bench *b)
{
    check_equal(b, b->unwanted, 0);
    check_equal(b, dut_memory_port_stable(b->dut), true);
    dut_close(b->dut);
}

/* ---- Requests. */

static inline enum dut_port bench_port(enum mmu_access access)
{
    return access == MMU_FETCH ? DUT_FETCH : DUT_DATA;
}

/* Takes the answers of this cycle and ends it. */
static inline void bench_step(struct bench *b)
{
    for (unsigned port = 0; port < DUT_PORTS; port++) {
        struct dut_response response;
        if (!dut_poll(b->dut, port, &response))
            continue;
        struct bench_answer *answer = &b->answers[port][response.tag];
        b->unwanted += !answer->live;
        answer->live = false;
        answer->answered = dut_cycle(b->dut);
        answer->response = response;
    }
    dut_step(b->dut);
}

static inline void bench_steps(struct bench *b, unsigned cycles)
{
    for (unsigned i = 0; i < cycles; i++)
        bench_step(b);
}

/* Asks in this cycle. False: not accepted. */
static inline bool bench_submit(struct bench *b, enum mmu_access access, unsigned tag, uint64_t va)
{
    const struct dut_request request = {
        .tag = tag,
        .va = va,
        .access = access,
        .size = b->size,
        .privilege = b->privilege,
        .speculative = b->speculative,
    };
    struct bench_answer *answer = &b->answers[bench_port(access)][tag];

    if (!dut_submit(b->dut, bench_port(access), &request))
        return false;
    assert_false(answer->live);
    answer->live = true;
    answer->asked = dut_cycle(b->dut);
    return true;
}

/* Asks as soon as the port is ready, and ends the cycle in which it was. */
static inline void bench_enter(struct bench *b, enum mmu_access access, unsigned tag, uint64_t va)
{
    for (unsigned i = 0; !bench_submit(b, access, tag, va); i++) {
        assert_true(i < BENCH_BOUND);
        bench_step(b);
    }
    bench_step(b);
}

/* Kills in this cycle: the tags wait for nothing any more. Call before bench_submit. */
static inline void bench_kill(struct bench *b, enum dut_port port, uint64_t tags)
{
    dut_kill(b->dut, port, tags);
    for (unsigned tag = 0; tag < 64; tag++)
        if (tags >> tag & 1)
            b->answers[port][tag].live = false;
}

static inline const struct bench_answer *bench_wait(struct bench *b, enum dut_port port,
                                                    unsigned tag)
{
    const struct bench_answer *answer = &b->answers[port][tag];

    for (unsigned i = 0; answer->live; i++) {
        if (i == BENCH_BOUND)
            print_error("preset %s: port %u, tag %u is not answered\n", b->preset, port, tag);
        assert_true(i < BENCH_BOUND);
        bench_step(b);
    }
    return answer;
}

/* Waits for the answers to everything that was asked, and a while longer. */
static inline void bench_drain(struct bench *b)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned tag = 0; tag < 64; tag++)
            bench_wait(b, port, tag);
    bench_steps(b, 100);
}

/* Asks under tag 0 and waits for the answer. */
static inline const struct bench_answer *bench_ask(struct bench *b, enum mmu_access access,
                                                   uint64_t va)
{
    bench_enter(b, access, 0, va);
    return bench_wait(b, bench_port(access), 0);
}

/* Cycles from a request's acceptance to its answer. */
static inline unsigned bench_latency(struct bench *b, enum mmu_access access, uint64_t va)
{
    const struct bench_answer *answer = bench_ask(b, access, va);

    return (unsigned)(answer->answered - answer->asked);
}

/* How many PTEs a walk reads to a leaf of this level when another has read the pointers above it
 * just before: all, without a walk cache. */
static inline unsigned bench_reads_left(const struct bench *b, unsigned level)
{
    return b->p->walk_cache_entries ? 1 : b->p->levels - level;
}

/* How many tags a port has. */
static inline unsigned bench_tags(const struct bench *b)
{
    return 1u << b->p->tag_bits;
}

/* How many base pages the L1 of a port can hold. */
static inline unsigned bench_base_pages(const struct bench *b, enum dut_port port)
{
    return b->p->ways[port] ? b->p->ways[port] * b->p->sets : b->p->entries[port];
}

/* Presents the fence until it completes; the cycles it took. */
static inline unsigned bench_fence(struct bench *b, struct dut_fence fence)
{
    for (unsigned cycles = 1;; cycles++) {
        bool done = dut_fence(b->dut, &fence);
        bench_step(b);
        if (done)
            return cycles;
        assert_true(cycles < BENCH_BOUND);
    }
}

#endif

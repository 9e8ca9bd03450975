// SPDX-License-Identifier: Apache-2.0
/*
 * C interface to the design under test: one instance of rvmmu, Verilated for one preset or on a
 * board behind a serial line.
 *
 * Time is cut into clock cycles. Between two calls of dut_step the caller is inside one cycle: it
 * sees what the design answers in it (dut_poll, dut_ready) and says what the design is asked in it
 * (dut_submit, dut_kill, dut_fence, dut_set_context). dut_step ends the cycle. Nothing that is
 * asked lasts beyond its cycle except the context.
 *
 * Memory is served by the harness behind this interface: the design's reads reach the caller's
 * callbacks in the cycle in which they are answered. A design with memory_line is answered the word
 * and the others of its aligned 64 bytes, each by the callback for that; one that errs reads as 0.
 */
#ifndef DUT_H
#define DUT_H

#include "mmu_model.h"
#include "mmu_pmp.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dut;

enum dut_port { DUT_FETCH, DUT_DATA, DUT_PORTS };

/* What was built, read back from the design itself. */
struct dut_parameters {
    unsigned xlen;               /* 32 or 64 */
    unsigned levels;             /* most levels of satp.MODE: 2, 3, 4, 5 */
    unsigned pa_bits;            /* physical address width */
    unsigned asid_bits;          /* 0..9 or 0..16 */
    unsigned tag_bits;           /* tags are 0 .. 2^tag_bits - 1, for each port */
    unsigned entries[DUT_PORTS]; /* L1 TLB entries, fully associative */
    unsigned ways[DUT_PORTS];    /* 0: they hold all pages; else base pages have sets of so many */
    unsigned sets;               /* of base pages in each L1 that has ways */
    unsigned miss_slots[DUT_PORTS]; /* misses outstanding */
    unsigned l2_sets, l2_ways;      /* 0 ways: no L2 */
    unsigned l2_large;              /* entries of the L2's array of large pages */
    unsigned l2_register;           /* 1: register behind the L2 RAM */
    unsigned walkers;
    unsigned walk_cache_entries; /* pointers kept of each level; 0: no walk cache */
    unsigned replacement;        /* of the L1 TLBs: 0 tree-PLRU, 1 LRU, 2 random, 3 reuse */
    bool memory_line;            /* memory answers a read with the aligned 64 bytes around it */
    unsigned prefetch;           /* next pages' leaves taken from them into the L2 */
    bool svadu, svnapot, svpbmt, svrsw60t59b, zicfiss, zicbo, pointer_masking, big_endian;
    unsigned pmp_entries; /* 0: no PMP */
    unsigned pmp_grain;   /* G: the finest grain has 2^(G+2) bytes */
    unsigned patience;    /* cycles that a miss's answer waits before ready drops */
};

/* What the design admits to having, of what it was built with; constant from reset on. */
struct dut_straps {
    bool svnapot, svrsw60t59b;
    unsigned pmp_count; /* entries 0 .. pmp_count - 1 exist */
    unsigned pmp_grain; /* G, at least that of the build */
};

/* CSR inputs; the design captures them with each request that it accepts. */
struct dut_context {
    uint64_t satp;
    bool sum, mxr;
    bool adue, pbmte, sse;        /* menvcfg */
    bool sbe;                     /* mstatus.SBE */
    unsigned pmm_u, pmm_s, pmm_m; /* PMM of senvcfg, menvcfg, mseccfg: 0, 2 (PMLEN 7), 3 (16) */
};

struct dut_request {
    unsigned tag; /* not used by a request that is still unanswered on that port */
    uint64_t va;
    enum mmu_access access;
    unsigned size; /* bytes: 1, 2, 4, ... 64; naturally aligned, but for a cache block's any address
                      of the block will do */
    enum mmu_privilege privilege; /* effective */
    bool speculative;             /* never writes memory: may be answered DUT_DEFER */
};

/* Deferred: a speculative request would have to write A or D; or a prefetch is to be dropped. */
enum dut_result { DUT_GRANTED, DUT_FAULT, DUT_DEFER };

struct dut_response {
    unsigned tag;
    enum dut_result result;
    uint64_t pa;                      /* when granted */
    enum mmu_memory_type memory_type; /* when granted */
    unsigned page_shift; /* when granted: log2 of the page size known to the design (it may be
                            smaller than the mapping's); 0 = no translation in force */
    unsigned cause;      /* when fault */
    uint64_t tval;       /* when fault */
};

enum dut_fence_op { DUT_SFENCE_VMA, DUT_SINVAL_VMA, DUT_SFENCE_W_INVAL, DUT_SFENCE_INVAL_IR };

/* By address if use_va (rs1 != x0), by address space if use_asid (rs2 != x0); the two ordering
 * instructions of Svinval have no operands. */
struct dut_fence {
    enum dut_fence_op op;
    bool use_va, use_asid;
    uint64_t va;
    unsigned asid;
};

/* Strobes of the design, counted since dut_open or dut_reset. */
enum dut_event {
    DUT_FETCH_HIT,
    DUT_FETCH_MISS,
    DUT_DATA_HIT,
    DUT_DATA_MISS,
    DUT_L2_HIT,
    DUT_L2_MISS,
    DUT_L2_CONFLICT, /* a lookup that had to wait for the L2 RAM */
    DUT_WALK,        /* walks begun */
    DUT_PTE_READ,    /* PTEs read */
    DUT_WALK_FAULT,  /* walks that ended in a fault */
    DUT_FENCE_DONE,
    DUT_UPDATE,     /* A and D updates that were stored */
    DUT_MERGE,      /* misses that followed another to the same page */
    DUT_WALK_CACHE, /* walks begun below the root */
    DUT_PREFETCH,   /* leaves taken from a line into the L2 */
    DUT_EVENTS
};

/* The design's own memory port. Called in the cycle of the answer. False: the access errs. */
struct dut_memory {
    void *user;
    bool (*read)(void *user, uint64_t pa, unsigned bytes, uint64_t *value);
    /* As mmu_memory's; may be null for a design without Svadu. */
    bool (*compare_and_swap)(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                             uint64_t desired, uint64_t *found);
    /* As read, of another word of a line, which is no access of its own; may be null: read. */
    bool (*peek)(void *user, uint64_t pa, unsigned bytes, uint64_t *value);
};

/* How memory answers. A fixed latency is the default: latency_min = latency_max = 1. */
struct dut_memory_timing {
    unsigned latency_min, latency_max; /* cycles from request to answer, >= 1; drawn for each */
    unsigned stall_percent;            /* chance of a cycle in which no request is taken */
    unsigned error_permille;           /* chance that an answer errs, whatever the callback says */
    uint64_t seed;
};

enum dut_wave { DUT_WAVE_NONE, DUT_WAVE_FST, DUT_WAVE_VCD };

/* One name=value that overrides a parameter of the preset, as the user wrote it. */
struct dut_set {
    const char *text;
};

/*
 * Opens a design: finds its Verilated library in the cache or builds it (with a line on standard
 * error that says so), resets it. `preset` is a name in sim/presets or a path. On failure returns
 * null with one line, without newline, in `error`.
 */
struct dut *dut_open(const char *preset, const struct dut_set *sets, size_t nsets,
                     enum dut_wave wave, char *error, size_t error_size);

/* What has gone over a serial line. */
struct dut_uart_counts {
    uint64_t questions, repeated; /* repeated: how often one was sent again */
    uint64_t bytes_sent, bytes_received;
};

/* A design on a board behind a serial line. */
struct dut_uart {
    const char *path; /* of the serial port */
    unsigned baud;
    const char *preset;      /* what the board must be a build of; null: whatever it is */
    unsigned wait_ms, tries; /* for an answer at first, and how often; 0: what fits the line */
    /* Called with one line, without newline, when the line fails for good, in whatever call that
     * is. Must not return: no call can come to its end. */
    void (*failed)(void *user, const char *why);
    void *user;
    struct dut_uart_counts counts; /* since it was opened */
};

/*
 * Opens a design that is on a board, and resets it. What it was built with is read from it; a
 * design with memory_line does not work over a line. `uart` must live as long as the design. On
 * failure returns null with one line, without newline, in `error`.
 */
struct dut *dut_open_uart(struct dut_uart *uart, char *error, size_t error_size);

void dut_close(struct dut *dut);

const struct dut_parameters *dut_parameters(const struct dut *dut);

void dut_set_memory(struct dut *dut, const struct dut_memory *memory,
                    const struct dut_memory_timing *timing);

/* Takes effect at the next dut_reset. Before the first call: all that the build has. */
void dut_set_straps(struct dut *dut, const struct dut_straps *straps);

/* Resets the design and drops what is outstanding in memory; event counters start again. */
void dut_reset(struct dut *dut);

/* Cycles since the last reset. */
uint64_t dut_cycle(const struct dut *dut);

void dut_set_context(struct dut *dut, const struct dut_context *context);

/* Kills, in this cycle, every request of the port whose tag is in the mask: none of them is
 * answered in this cycle or later. A request submitted in this cycle survives, and may use a
 * killed tag in the next. Call before dut_poll. */
void dut_kill(struct dut *dut, enum dut_port port, uint64_t tags);

/* The answer on this port in this cycle, if there is one. May be called again. */
bool dut_poll(struct dut *dut, enum dut_port port, struct dut_response *response);

/* Whether the port accepts a request in this cycle. */
bool dut_ready(struct dut *dut, enum dut_port port);

/* Asks in this cycle; true if accepted. If not, the caller asks the same again in later cycles. */
bool dut_submit(struct dut *dut, enum dut_port port, const struct dut_request *request);

/* Presents a fence in this cycle; true if it completes in it. If not, the caller presents the
 * same again in each cycle until it does. */
bool dut_fence(struct dut *dut, const struct dut_fence *fence);

/* Asks in this cycle that the PMP CSRs change, which drains ports and walks first: no request is
 * accepted meanwhile. True if they change at the end of this cycle; if not, the caller asks the
 * same again in each cycle until they do. A reset leaves them as they are; at first all are 0.
 * Call after dut_fence: a fence goes first. */
bool dut_change_pmp(struct dut *dut, const struct mmu_pmp *pmp);

/* Ends the cycle. */
void dut_step(struct dut *dut);

/* Whether the design has kept the memory port's contract so far: a request that waits for ready
 * stays, with its id and address and, if it is a swap, its operands. */
bool dut_memory_port_stable(const struct dut *dut);

uint64_t dut_events(const struct dut *dut, enum dut_event event);

/* Waves: only for a design opened with a wave format, and so for none on a board. The file is
 * opened by the first call; `on` may change at any cycle. False: the file cannot be written. */
bool dut_wave_open(struct dut *dut, const char *path);
void dut_wave(struct dut *dut, bool on);

#endif

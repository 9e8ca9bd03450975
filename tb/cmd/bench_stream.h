// SPDX-License-Identifier: Apache-2.0
/*
 * Accesses put to one port in order, one a cycle while the port is ready and no more of them are
 * unanswered than allowed.
 *
 * Time is counted from the cycle in which an access is first presented (0) to that in which the
 * design shows the answer, which the requester can use in that cycle: the answer is in a register.
 * A hit of the L1 takes 1. Waiting for ready counts.
 */
#ifndef BENCH_STREAM_H
#define BENCH_STREAM_H

#include "bench_hart.h"

#define BENCH_BUCKETS 512 /* latencies counted one by one; the last bucket has all longer ones */

/* An access: its address shifted left by two, and its kind as in enum mmu_access. */
static inline uint64_t bench_access(uint64_t va, enum mmu_access kind)
{
    return va << 2 | kind;
}

static inline uint64_t bench_access_va(uint64_t access)
{
    return (uint64_t)((int64_t)access >> 2);
}

struct bench_stream {
    struct bench_hart *hart;
    enum dut_port port;
    const uint64_t *accesses; /* the caller's */
    size_t count;
    unsigned outstanding; /* unanswered at most */
    size_t asked, answered;
    bool presented; /* accesses[asked] has been, and was not accepted */
    uint64_t since; /* the cycle in which it was first */
    uint64_t busy;  /* tags that wait for an answer */
    struct {
        uint64_t since;
        size_t access;
    } tag[64];
    uint64_t begin, end;               /* cycles of the first presentation, of the last answer */
    uint64_t histogram[BENCH_BUCKETS]; /* accesses by latency */
};

/* Begins a stream in this cycle; `outstanding` is lowered to the number of tags. */
void bench_stream_begin(struct bench_stream *stream, struct bench_hart *hart, enum dut_port port,
                        const uint64_t *accesses, size_t count, unsigned outstanding);

/* What the stream does in this cycle, which the caller then ends. */
void bench_stream_cycle(struct bench_stream *stream);

/* Spends cycles on streams of one hart until so many accesses of each are answered since its
 * beginning, or something went wrong. */
void bench_streams_run(struct bench_stream *streams, size_t count, size_t answered);

/* One access; its latency. */
unsigned bench_ask(struct bench_hart *hart, enum dut_port port, uint64_t va);

/* Cycles that pass. */
void bench_idle(struct bench_hart *hart, unsigned cycles);

#endif

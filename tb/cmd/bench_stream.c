// SPDX-License-Identifier: Apache-2.0
#include "bench_stream.h"

#include <inttypes.h>

#define SILENCE_MOST 100000 /* cycles in which something must be answered */

void bench_stream_begin(struct bench_stream *stream, struct bench_hart *hart, enum dut_port port,
                        const uint64_t *accesses, size_t count, unsigned outstanding)
{
    unsigned tags = 1u << hart->p->tag_bits;

    *stream = (struct bench_stream){
        .hart = hart,
        .port = port,
        .accesses = accesses,
        .count = count,
        .outstanding = outstanding < tags ? outstanding : tags,
        .begin = dut_cycle(hart->dut),
        .end = dut_cycle(hart->dut),
    };
}

static void wrong(struct bench_stream *stream, size_t access, const struct dut_response *response)
{
    static const char *const ports[] = {"fetch", "data"};
    uint64_t va = bench_access_va(stream->accesses[access]);

    if (response->result == DUT_GRANTED)
        bench_hart_fail(
            stream->hart,
            "%s access %zu, to 0x%" PRIx64 ": answered 0x%" PRIx64 ", should be 0x%" PRIx64,
            ports[stream->port], access, va, response->pa, bench_hart_pa(stream->hart, va));
    else
        bench_hart_fail(stream->hart, "%s access %zu, to 0x%" PRIx64 ": %s (cause %u), not granted",
                        ports[stream->port], access, va,
                        response->result == DUT_FAULT ? "a fault" : "deferred", response->cause);
}

static void take_answer(struct bench_stream *stream, uint64_t cycle)
{
    struct dut_response response;

    if (!dut_poll(stream->hart->dut, stream->port, &response))
        return;
    if (!(stream->busy >> response.tag & 1)) {
        bench_hart_fail(stream->hart, "an answer with tag %u, which nobody waits for",
                        response.tag);
        return;
    }
    size_t access = stream->tag[response.tag].access;
    uint64_t latency = cycle - stream->tag[response.tag].since;
    uint64_t va = bench_access_va(stream->accesses[access]);

    if (response.result != DUT_GRANTED || response.pa != bench_hart_pa(stream->hart, va))
        wrong(stream, access, &response);
    stream->histogram[latency < BENCH_BUCKETS ? latency : BENCH_BUCKETS - 1]++;
    stream->busy &= ~(UINT64_C(1) << response.tag);
    stream->answered++;
    stream->end = cycle;
}

static void present(struct bench_stream *stream, uint64_t cycle)
{
    uint64_t access = stream->accesses[stream->asked];
    unsigned tag = (unsigned)__builtin_ctzll(~stream->busy);
    const struct dut_request request = {
        .tag = tag,
        .va = bench_access_va(access),
        .access = (enum mmu_access)(access & 3),
        .size = 1,
        .privilege = MMU_S,
    };

    if (!stream->presented)
        stream->since = cycle;
    stream->presented = !dut_submit(stream->hart->dut, stream->port, &request);
    if (stream->presented)
        return;
    stream->tag[tag].since = stream->since;
    stream->tag[tag].access = stream->asked++;
    stream->busy |= UINT64_C(1) << tag;
}

void bench_stream_cycle(struct bench_stream *stream)
{
    uint64_t cycle = dut_cycle(stream->hart->dut);

    take_answer(stream, cycle);
    if (stream->asked < stream->count && stream->asked - stream->answered < stream->outstanding)
        present(stream, cycle);
}

/* One cycle of those that have fewer answers than that; their sum of answers, SIZE_MAX: no such
 * stream. */
static size_t cycle_of_all(struct bench_stream *streams, size_t count, size_t answered)
{
    size_t sum = 0;
    bool more = false;

    for (size_t i = 0; i < count; i++)
        if (streams[i].answered < answered) {
            more = true;
            bench_stream_cycle(&streams[i]);
            sum += streams[i].answered;
        }
    return more ? sum : SIZE_MAX;
}

void bench_streams_run(struct bench_stream *streams, size_t count, size_t answered)
{
    struct bench_hart *hart = streams[0].hart;
    uint64_t changed = dut_cycle(hart->dut);
    size_t last = 0, sum;

    while (!hart->error[0] && (sum = cycle_of_all(streams, count, answered)) != SIZE_MAX) {
        dut_step(hart->dut);
        if (sum != last)
            changed = dut_cycle(hart->dut);
        else if (dut_cycle(hart->dut) - changed > SILENCE_MOST)
            bench_hart_fail(hart, "nothing is answered in %u cycles", SILENCE_MOST);
        last = sum;
    }
}

unsigned bench_ask(struct bench_hart *hart, enum dut_port port, uint64_t va)
{
    const uint64_t access = bench_access(va, port == DUT_FETCH ? MMU_FETCH : MMU_LOAD);
    struct bench_stream stream;

    bench_stream_begin(&stream, hart, port, &access, 1, 1);
    bench_streams_run(&stream, 1, 1);
    return (unsigned)(stream.end - stream.begin);
}

void bench_idle(struct bench_hart *hart, unsigned cycles)
{
    for (unsigned i = 0; i < cycles; i++)
        dut_step(hart->dut);
}

// SPDX-License-Identifier: Apache-2.0
/* Whatever the traffic is like, nobody is passed over again and again: of the answers that wait for
 * a free cycle of the response port, of the ports, of the slots. */
#include "rtl_pages.h"
#include "rtl_suite.h"

/* Asks for a page that the TLB has, under tag 0 or 1, whose last answer came in the cycle before.
 */
static bool hit(struct bench *b, unsigned cycle)
{
    bool accepted = bench_submit(b, MMU_LOAD, cycle % 2, va(cycle % 2));

    bench_step(b);
    return accepted;
}

/* Pages 0 and 1 are in the TLB, and the tables of all are known if they can be. Cycles of a walk.
 */
static unsigned open_pages(struct bench *b)
{
    for (unsigned i = 0; i < 40; i++)
        bench_map(b, va(i), 0, PAGE + ((uint64_t)i << 12), ALL);
    bench_timing(b, 10, 0);
    expect_pa(b, MMU_LOAD, va(0), pa(0), 12);
    bench_steps(b, 10);
    unsigned cycles = bench_latency(b, MMU_LOAD, va(1));
    bench_steps(b, 10);
    return cycles;
}

/* As many as there are slots, but one: each waits at most as long again as the one before. */
static void all_waiting_answers_leave(struct bench *b)
{
    unsigned walk = open_pages(b), misses = b->p->miss_slots[DUT_DATA] - 1;

    if (misses > bench_tags(b) - 2)
        misses = bench_tags(b) - 2;
    for (unsigned i = 0; i < misses; i++)
        bench_enter(b, MMU_LOAD, 2 + i, va(10 + i));
    unsigned bound = misses * (b->p->levels * 11 + walk + b->p->patience + 4);
    for (unsigned cycle = 0; cycle < bound; cycle++)
        hit(b, cycle);
    for (unsigned i = 0; i < misses; i++) {
        check_equal(b, b->answers[DUT_DATA][2 + i].live, false);
        check_equal(b, b->answers[DUT_DATA][2 + i].response.pa, pa(10 + i));
    }
}

/* ---- Steady traffic, which falls in step with walks of equal length. */

struct stream {
    enum mmu_access access;
    unsigned asked;  /* requests so far */
    unsigned period; /* one in so many misses; 0: none asks */
};

/* Asks in each cycle in which the port is ready and a tag is free: for one of the two pages that
 * the TLB has, or for one that is not mapped, so that it is always walked for. */
static void stream_ask(struct bench *b, struct stream *s)
{
    enum dut_port port = bench_port(s->access);
    unsigned tag = 0, tags = bench_tags(b);

    while (tag < tags && b->answers[port][tag].live)
        tag++;
    if (s->period == 0 || tag == tags)
        return;
    bool miss = s->asked % s->period == 0;
    unsigned page = miss ? 50 + s->asked / s->period % 64 : s->asked % 2;
    s->asked += bench_submit(b, s->access, tag, va(page));
}

/* The longest that anything is unanswered. */
static unsigned longest_wait(struct bench *b, struct stream streams[DUT_PORTS], unsigned cycles)
{
    uint64_t longest = 0;

    while (cycles-- > 0) {
        for (unsigned port = 0; port < DUT_PORTS; port++)
            stream_ask(b, &streams[port]);
        bench_step(b);
        for (unsigned port = 0; port < DUT_PORTS; port++)
            for (unsigned tag = 0; tag < bench_tags(b); tag++) {
                const struct bench_answer *a = &b->answers[port][tag];
                if (a->live && dut_cycle(b->dut) - a->asked > longest)
                    longest = dut_cycle(b->dut) - a->asked;
            }
    }
    return (unsigned)longest;
}

/* All slots of both ports may have to walk first, with one walker, and wait for patience. */
static void nobody_waits_for_ever(struct bench *b)
{
    static const unsigned periods[] = {1, 3, 5, 8, 14};
    unsigned slots = b->p->miss_slots[DUT_FETCH] + b->p->miss_slots[DUT_DATA], longest = 0;

    open_pages(b);
    expect_pa(b, MMU_FETCH, va(0), pa(0), 12);
    expect_pa(b, MMU_FETCH, va(1), pa(1), 12);
    for (unsigned latency = 1; latency <= 8; latency++)
        for (unsigned i = 0; i < 2 * sizeof periods / sizeof *periods; i++) {
            struct stream streams[DUT_PORTS] = {{MMU_FETCH, 0, i % 2 ? periods[i / 2] : 0},
                                                {MMU_LOAD, 0, periods[i / 2]}};
            unsigned walk = b->p->levels * (latency + 1) + 3;
            bench_timing(b, latency, 0);
            unsigned wait = longest_wait(b, streams, 1500);
            longest = wait > longest ? wait : longest;
            assert_in_range(wait, 0, slots * (walk + b->p->patience));
            bench_drain(b);
        }
    print_message("%s: in steady traffic nothing waits longer than %u cycles\n", b->preset,
                  longest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_MERGING, all_waiting_answers_leave),
        SUITE_TEST(nobody_waits_for_ever),
    };

    return cmocka_run_group_tests_name("fairness", tests, NULL, NULL);
}

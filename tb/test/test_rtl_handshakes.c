// SPDX-License-Identifier: Apache-2.0
/* The handshakes of the design beside its requests: a change of PMP, the fence operations of
 * Svinval, a fence that meets a compare-and-swap, requests that are deferred. */
#include "rtl_pages.h"
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define L 10 /* latency of memory where time counts */

static unsigned count_live(const struct bench *b)
{
    unsigned live = 0;

    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned tag = 0; tag < 64; tag++)
            live += b->answers[port][tag].live;
    return live;
}

/* ---- A change of PMP. */

/* Asks both ports for something in this cycle; how many of them accept. */
static unsigned ask_both(struct bench *b, unsigned i)
{
    unsigned tag = i % bench_tags(b), accepted = 0;

    for (unsigned port = 0; port < DUT_PORTS; port++)
        if (!b->answers[port][tag].live)
            accepted += bench_submit(b, port ? MMU_LOAD : MMU_FETCH, tag, va(i % 40));
    return accepted;
}

/* From the second cycle on nothing is accepted; in the last one nothing is unanswered, and what was
 * accepted before has been judged by the PMP of before. It takes as long as the walks of what was
 * accepted may take one after the other. */
static void pmp_change_drains_ports_and_walks(struct bench *b)
{
    unsigned slots = b->p->miss_slots[DUT_FETCH] + b->p->miss_slots[DUT_DATA] + 2;
    unsigned bound = slots * (b->p->levels * (L + 1) + 10);

    map_pages(b, 40, ALL);
    bench_timing(b, L, 0);
    for (unsigned busy = 0; busy < 24; busy++) {
        bool permitted = busy % 2;
        for (unsigned i = 0; i < 2 * busy; i++) { /* hits and misses of before */
            ask_both(b, i);
            bench_step(b);
        }
        pmp_region(b, 0, PAGE, 18, permitted ? PMP_RWX : 0);
        for (unsigned cycle = 0, done = 0; !done; cycle++) {
            assert_true(cycle < bound);
            done = dut_change_pmp(b->dut, &b->pmp);
            unsigned accepted = ask_both(b, cycle);
            check_equal(b, cycle > 0 && accepted, false);
            if (busy % 8 > 5 && cycle == busy) /* killed meanwhile */
                for (unsigned port = 0; port < DUT_PORTS; port++)
                    bench_kill(b, port, ~UINT64_C(0));
            check_equal(b, done && count_live(b), false);
            bench_step(b);
            for (unsigned tag = 0; tag < 8; tag++)
                if (b->answers[DUT_DATA][tag].answered == dut_cycle(b->dut) - 1)
                    check_equal(b, b->answers[DUT_DATA][tag].response.result,
                                permitted ? DUT_FAULT : DUT_GRANTED);
        }
        for (unsigned i = 0; i < 4; i++) /* at once, for both ports and all that TLBs held */
            for (unsigned port = 0; port < DUT_PORTS; port++)
                if (permitted)
                    expect_pa(b, port ? MMU_LOAD : MMU_FETCH, va(i), pa(i), 12);
                else
                    expect_access_fault(b, port ? MMU_LOAD : MMU_FETCH, va(i));
    }
}

/* The last answer before it leaves nothing behind, nor keeps anything: all pages, of both ports. */
static void pmp_change_after_the_last_answer_removes_all(struct bench *b)
{
    static const enum mmu_access by_port[DUT_PORTS] = {MMU_FETCH, MMU_LOAD};

    map_pages(b, 3, ALL);
    bench_map(b, VA + 0x40000000, 1, 0x140000000, ALL);
    for (unsigned i = 0; i < 8; i++) {
        enum dut_port port = i % 2;
        uint64_t last = i / 2 % 2 ? VA + 0x40000000 : va(2);
        bench_permit(b);
        bench_change_pmp(b);
        expect_pa(b, by_port[port], va(0), pa(0), 12);
        bench_steps(b, 20);
        bench_enter(b, by_port[port], 1, last);
        pmp_region(b, 0, PAGE, 22, 0);
        bench_change_pmp(b);
        check_equal(b, b->answers[port][1].live, false);
        expect_access_fault(b, by_port[port], va(0));
        expect_access_fault(b, by_port[port], last);
    }
}

static void pmp_change_of_an_idle_design_takes_two_cycles(struct bench *b)
{
    for (unsigned i = 0; i < 4; i++)
        check_equal(b, bench_change_pmp(b), b->p->pmp_entries ? 2 : 1);
}

/* Both wait at once, on a design at work: the fence is first, and both end. */
static void pmp_change_beside_a_fence(struct bench *b)
{
    map_pages(b, 40, ALL);
    bench_timing(b, 3, 30);
    for (unsigned i = 0; i < 320; i++) {
        const struct dut_fence fence = {.use_va = i & 1, .va = VA, .use_asid = i & 2, .asid = 1};
        bool fenced = false, changed = false;
        for (unsigned k = 0; k < i % 8; k++) {
            ask_both(b, k);
            bench_step(b);
        }
        for (unsigned cycle = 0; !fenced || !changed; cycle++) {
            assert_true(cycle < BENCH_BOUND);
            bool fencing = !fenced && cycle >= i / 8;
            if (fencing)
                fenced = dut_fence(b->dut, &fence);
            if (!changed) {
                changed = dut_change_pmp(b->dut, &b->pmp);
                check_equal(b, fencing && changed, false);
            }
            bench_step(b);
        }
        bench_drain(b);
        expect_pa(b, MMU_LOAD, va(i % 40), pa(i % 40), 12);
    }
}

/* ---- Svinval. */

static const struct dut_fence forms[] = {
    {0},
    {.use_va = true, .va = VA},
    {.use_asid = true, .asid = 1},
    {.use_va = true, .va = VA, .use_asid = true, .asid = 1},
};

/* What the data port has of an ASID that the fence has not named stays where it was; but of base
 * pages in sets a fence by ASID alone leaves only the L2's. */
static void expect_kept(struct bench *b, struct dut_fence fence)
{
    uint64_t reads = b->memory.reads;
    unsigned latency = bench_latency(b, MMU_LOAD, VA);

    if (fence.use_va || !b->p->ways[DUT_DATA])
        check_equal(b, latency, 1);
    if (b->p->l2_ways)
        check_equal(b, b->memory.reads, reads);
}

/* sinval.vma, alone and between the two that order it, is sfence.vma with its operands: what it
 * names is gone, in L1 and L2, and what it does not name stays. */
static void sinval_vma_removes_what_sfence_vma_removes(struct bench *b)
{
    uint64_t other = VA + 0x3000, root = b->root, second = bench_table(b);

    for (unsigned form = 0; form < 4; form++)
        for (unsigned alone = 0; alone < 2; alone++) {
            struct dut_fence fence = forms[form];
            fence.op = DUT_SINVAL_VMA;
            bench_satp(b, b->p->levels, 2, second);
            bench_map(b, VA, 0, PAGE, ALL);
            bench_fence(b, (struct dut_fence){0});
            expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
            bench_satp(b, b->p->levels, 1, root);
            for (unsigned new = 0; new < 2; new ++) {
                bench_map(b, VA, 0, PAGE + new * 0x1000, ALL);
                bench_map(b, other, 0, PAGE + 0x3000, ALL);
                if (new && !alone)
                    bench_fence(b, (struct dut_fence){.op = DUT_SFENCE_W_INVAL});
                if (new)
                    bench_fence(b, fence);
                if (new && !alone)
                    bench_fence(b, (struct dut_fence){.op = DUT_SFENCE_INVAL_IR});
                if (new &&fence.use_va)
                    check_equal(b, bench_latency(b, MMU_LOAD, other), 1);
                expect_pa(b, MMU_LOAD, other, PAGE + 0x3000 + LOW, 12);
                expect_pa(b, MMU_LOAD, VA, PAGE + new * 0x1000 + LOW, 12);
                expect_pa(b, MMU_FETCH, VA, PAGE + new * 0x1000 + LOW, 12);
            }
            bench_satp(b, b->p->levels, 2, second);
            if (fence.use_asid)
                expect_kept(b, fence);
            bench_satp(b, b->p->levels, 1, root);
        }
}

/* The two that only order complete at once, whatever operands stand on the port, remove nothing and
 * restart no walk. */
static void svinval_order_alone_removes_nothing(struct bench *b)
{
    map_pages(b, 4, ALL);
    bench_ask(b, MMU_LOAD, va(0));
    bench_step(b); /* what was answered enters the TLB a cycle later at the latest */
    bench_timing(b, L, 0);
    for (unsigned i = 0; i < 8; i++) {
        struct dut_fence fence = forms[i / 2];
        fence.op = i % 2 ? DUT_SFENCE_W_INVAL : DUT_SFENCE_INVAL_IR;
        uint64_t reads = b->memory.reads;
        bench_fence(b, (struct dut_fence){.use_va = true, .va = va(1)});
        bench_enter(b, MMU_FETCH, 0, va(1));
        bench_steps(b, 4 + i);
        check_equal(b, bench_fence(b, fence), 1);
        answer_pa(b, DUT_FETCH, 0, pa(1), 12);
        check_equal(b, b->memory.reads - reads, bench_reads_left(b, 0));
        check_equal(b, bench_latency(b, MMU_LOAD, va(0)), 1);
    }
}

/* ---- A fence and a compare-and-swap. */

/* An update of A takes place while a fence of each form begins in each cycle. One that begins when
 * the swap is on its way ends in the cycle after the swap's answer, if its own work ends no later;
 * any other takes its own time. The walk begins again and finds A set, or sets it. */
static void fence_waits_for_a_swap_and_only_for_it(struct bench *b)
{
    unsigned l2 = b->p->l2_ways ? 1 + b->p->l2_register : 0;
    unsigned swap = b->p->levels * (L + 1) + 1 + l2 + 1; /* asked for, in cycles from the request */

    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    bench_timing(b, L, 0);
    for (unsigned form = 0; form < 4; form++) {
        unsigned own = bench_fence(b, forms[form]);
        for (unsigned begin = 1; begin < swap + L + 8; begin++) {
            bool waits = begin > swap && begin <= swap + L;
            unsigned rest = waits ? swap + L + 2 - begin : 0;
            bench_fence(b, (struct dut_fence){0});
            bench_map(b, VA, 0, PAGE, ALL & ~(A | D));
            uint64_t swaps = b->memory.swaps;
            bench_enter(b, MMU_LOAD, 1, VA);
            bench_steps(b, begin - 1);
            check_equal(b, bench_fence(b, forms[form]), rest > own ? rest : own);
            check_equal(b, b->memory.swaps - swaps, begin > swap);
            answer_pa(b, DUT_DATA, 1, PAGE + LOW, 12);
            check_equal(b, b->memory.swaps - swaps, 1);
            check_equal(b, *bench_pte(b, VA, 0), pte(PAGE, ALL & ~D));
            bench_drain(b);
        }
    }
}

/* The PTE that a swap has set is not what is asked after the fence: software has written it anew.
 */
static void fence_over_a_swap_leaves_nothing_of_it(struct bench *b)
{
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    bench_timing(b, 4, 0);
    for (unsigned form = 0; form < 4; form++)
        for (unsigned moment = 0; moment < 5 * b->p->levels + 16; moment++) {
            bench_drain(b);
            bench_map(b, VA, 0, PAGE, V | R | W);
            bench_fence(b, (struct dut_fence){0});
            bench_enter(b, MMU_STORE, 1, VA);
            bench_steps(b, moment);
            bench_map(b, VA, 0, PAGE + 0x4000, V | R | W);
            bench_fence(b, forms[form]);
            bench_enter(b, MMU_FETCH, 2, VA);
            answer_fault(b, DUT_FETCH, 2, 12, VA);
            expect_pa(b, MMU_LOAD, VA, PAGE + 0x4000 + LOW, 12);
            bench_wait(b, DUT_DATA, 1);
            check_equal(b, *bench_pte(b, VA, 0) & ~(A | D), pte(PAGE + 0x4000, V | R | W));
        }
}

/* ---- Deferred requests. */

/* All that the ports can hold is deferred at once, and granted when it is asked again. */
static void deferred_requests_are_asked_again(struct bench *b)
{
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    map_pages(b, bench_tags(b), ALL & ~(A | D));
    for (unsigned round = 0; round < 2; round++)
        for (unsigned wait = 0; wait < 2; wait++)
            for (unsigned tag = 0; tag < bench_tags(b); tag++)
                for (unsigned port = 0; port < DUT_PORTS; port++) {
                    b->speculative = round == 0;
                    if (!wait)
                        bench_enter(b, port ? MMU_STORE : MMU_FETCH, tag, va(tag));
                    else if (round == 0)
                        check_equal(b, bench_wait(b, port, tag)->response.result, DUT_DEFER);
                    else
                        answer_pa(b, port, tag, pa(tag), 12);
                    check_equal(b, round == 0 && b->memory.swaps, false);
                }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_PMP, pmp_change_drains_ports_and_walks),
        SUITE_TEST_WITH(HAS_PMP, pmp_change_after_the_last_answer_removes_all),
        SUITE_TEST(pmp_change_of_an_idle_design_takes_two_cycles),
        SUITE_TEST_WITH(HAS_PMP, pmp_change_beside_a_fence),
        SUITE_TEST(sinval_vma_removes_what_sfence_vma_removes),
        SUITE_TEST(svinval_order_alone_removes_nothing),
        SUITE_TEST_WITH(HAS_SVADU, fence_waits_for_a_swap_and_only_for_it),
        SUITE_TEST_WITH(HAS_SVADU, fence_over_a_swap_leaves_nothing_of_it),
        SUITE_TEST_WITH(HAS_SVADU, deferred_requests_are_asked_again),
    };

    return cmocka_run_group_tests_name("handshakes", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: misses of one port to one page, which follow
 * each other, and answers that wait for a free cycle. Each test is named after its number in the
 * list of known bugs. */
#include "rtl_pages.h"
#include "rtl_suite.h"

static const struct dut_fence full = {0};

static enum mmu_access access_of(enum dut_port port)
{
    return port == DUT_FETCH ? MMU_FETCH : MMU_LOAD;
}

/* Nothing cached and nothing on its way. */
static void begin(struct bench *b, unsigned latency)
{
    bench_drain(b);
    bench_timing(b, latency, 0);
    bench_fence(b, full);
}

/* As many for one page as there are slots, or one more, at each distance: one answer each. The
 * bench counts every answer that nobody waits for. */
static void known_bug_24_each_follower_once(struct bench *b)
{
    map_pages(b, 1, ALL);
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned more = 0; more < 2; more++)
            for (unsigned distance = 0; distance < 14; distance++) {
                unsigned count = b->p->miss_slots[port] + more;
                begin(b, 1 + distance % 4);
                for (unsigned tag = 0; tag < count && tag < bench_tags(b); tag++) {
                    bench_enter(b, access_of(port), tag, VA + tag);
                    bench_steps(b, distance * tag % 7);
                }
                for (unsigned tag = 0; tag < count && tag < bench_tags(b); tag++)
                    answer_pa(b, port, tag, pa(0) + tag, 12);
                bench_steps(b, 40);
                check_equal(b, b->unwanted, 0);
            }
}

/* Requests for one page, each with a SUM, an MXR and a privilege of its own, which change again in
 * the next cycle: each is answered by its own. */
static void known_bug_28_follower_keeps_its_own_context(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, V | X | A | U); /* S-mode needs SUM and MXR to load, U-mode MXR */
    for (unsigned round = 0; round < 64; round++) {
        unsigned seed = round * 2654435761u, count = b->p->miss_slots[DUT_DATA];
        begin(b, 5);
        for (unsigned tag = 0; tag < count; tag++) {
            unsigned draw = seed >> (3 * tag) % 24 & 7;
            b->privilege = draw & 4 ? MMU_U : MMU_S;
            bench_sum_mxr(b, draw & 1, draw & 2);
            bench_enter(b, MMU_LOAD, tag, VA);
            bench_sum_mxr(b, ~draw & 1, ~draw & 2);
            bench_steps(b, round % 3);
        }
        for (unsigned tag = 0; tag < count; tag++) {
            unsigned draw = seed >> (3 * tag) % 24 & 7;
            if (draw & 2 && draw & 5)
                answer_pa(b, DUT_DATA, tag, pa(0), 12);
            else
                answer_fault(b, DUT_DATA, tag, 13, VA);
        }
        b->privilege = MMU_S;
    }
}

/* The one that walks is on a wrong path and killed, at each moment; it would have faulted for its
 * kind. Those who follow are on the right path. */
static void known_bug_29_killed_leader_leaves_its_followers(struct bench *b)
{
    unsigned slots = b->p->miss_slots[DUT_DATA];

    bench_map(b, VA, 0, PAGE, V | R | A);
    for (unsigned moment = 0; moment < 40; moment++) {
        begin(b, 3);
        bench_enter(b, MMU_STORE, 0, VA);
        for (unsigned tag = 1; tag < slots; tag++)
            bench_enter(b, MMU_LOAD, tag, VA + tag);
        bench_steps(b, moment);
        bench_kill(b, DUT_DATA, 1);
        bench_step(b);
        bench_enter(b, MMU_LOAD, 0, VA);
        for (unsigned tag = 0; tag < slots; tag++)
            answer_pa(b, DUT_DATA, tag, pa(0) + tag, 12);
        check_equal(b, b->unwanted, 0);
    }
}

/* Both ports, the same slots, pages that are each other's neighbours: what comes for the one is not
 * given to those who follow at the other. */
static void known_bug_30_followers_of_each_port(struct bench *b)
{
    map_pages(b, 16, ALL);
    for (unsigned latency = 1; latency <= 4; latency++)
        for (unsigned distance = 0; distance < 12; distance++) {
            begin(b, latency);
            for (unsigned tag = 0; tag < 4; tag++) {
                bench_enter(b, MMU_FETCH, tag, va(tag / 2) + tag);
                bench_enter(b, MMU_LOAD, tag, va(8 + tag / 2) + tag);
                bench_steps(b, distance * tag % 5);
            }
            for (unsigned tag = 0; tag < 4; tag++) {
                answer_pa(b, DUT_FETCH, tag, pa(tag / 2) + tag, 12);
                answer_pa(b, DUT_DATA, tag, pa(8 + tag / 2) + tag, 12);
            }
        }
}

/* A page that only the highest field of its number sets apart is another page. */
static void known_bug_30_followers_of_a_far_page(struct bench *b)
{
    uint64_t far = UINT64_C(1) << (b->p->xlen == 32 ? 22 : 9 * b->p->levels + 3);

    bench_map(b, VA, 0, PAGE, ALL);
    bench_map(b, VA + far, 0, PAGE + 0x1000, ALL);
    for (unsigned distance = 0; distance < 4; distance++) {
        begin(b, 4);
        for (unsigned port = 0; port < DUT_PORTS; port++) {
            bench_enter(b, access_of(port), 0, VA);
            bench_steps(b, distance);
            bench_enter(b, access_of(port), 1, VA + far);
        }
        for (unsigned port = 0; port < DUT_PORTS; port++) {
            answer_pa(b, port, 0, pa(0), 12);
            answer_pa(b, port, 1, pa(1), 12);
        }
    }
}

/* All of one port is killed in every cycle, among them the one that others follow: the other port,
 * which wants the same page, is answered. */
static void known_bug_31_kill_leaves_the_other_ports_followers(struct bench *b)
{
    map_pages(b, 1, ALL);
    for (unsigned moment = 0; moment < 2 * 30; moment++) {
        enum dut_port killed = moment % 2;
        begin(b, 3);
        for (unsigned tag = 0; tag < 2; tag++) {
            bench_enter(b, access_of(killed), tag, VA);
            bench_enter(b, access_of(!killed), tag, VA + 4);
        }
        for (unsigned cycle = 0; cycle < 30; cycle++) {
            if (cycle >= moment / 2)
                bench_kill(b, killed, ~UINT64_C(0));
            bench_step(b);
        }
        bench_kill(b, killed, ~UINT64_C(0));
        for (unsigned tag = 0; tag < 2; tag++)
            answer_pa(b, !killed, tag, pa(0) + 4, 12);
        check_equal(b, b->unwanted, 0);
    }
}

/* Slots full of those who follow a walk that is of no use to them: it faults, for each of them, or
 * for those who store; a fence comes; it is killed. Everything is answered in bounded time. */
static void known_bug_32_full_of_followers(struct bench *b)
{
    static const uint64_t leaves[] = {ALL, 0, V | R | A, V | X | A};

    for (unsigned round = 0; round < 96; round++) {
        uint64_t leaf = leaves[round % 4];
        bench_map(b, VA, 0, PAGE, leaf);
        begin(b, 1 + round % 5);
        for (unsigned tag = 0; tag < bench_tags(b); tag++)
            bench_enter(b, (tag + round / 4) % 3 ? MMU_LOAD : MMU_STORE, tag, VA + tag);
        if (round % 3 == 1)
            bench_fence(b, full);
        if (round % 3 == 2)
            bench_kill(b, DUT_DATA, 1 | 1u << (bench_tags(b) - 1));
        bench_step(b);
        for (unsigned tag = round % 3 == 2; tag + (round % 3 == 2) < bench_tags(b); tag++) {
            bool stores = (tag + round / 4) % 3 == 0;
            uint64_t needs = stores ? W : R;
            if (leaf & needs)
                answer_pa(b, DUT_DATA, tag, pa(0) + tag, 12);
            else
                answer_fault(b, DUT_DATA, tag, stores ? 15 : 13, VA + tag);
        }
        check_equal(b, b->unwanted, 0);
    }
}

/* The longest wait of both ports while `hot` asks for another page in every `rhythm`th cycle in
 * which it can, and the other all the time. */
static uint64_t longest_wait(struct bench *b, enum dut_port hot, unsigned rhythm)
{
    uint64_t longest = 0;

    for (unsigned cycle = 0, asked = 0; cycle < 1500; cycle++) {
        for (unsigned port = 0; port < DUT_PORTS; port++) {
            unsigned tag = (asked + cycle) % bench_tags(b);
            if (port == hot && cycle % rhythm)
                continue;
            if (!b->answers[port][tag].live)
                asked += bench_submit(b, access_of(port), tag, va(asked % 1000));
        }
        bench_step(b);
        for (unsigned port = 0; port < DUT_PORTS; port++)
            for (unsigned tag = 0; tag < bench_tags(b); tag++) {
                const struct bench_answer *a = &b->answers[port][tag];
                if (a->live && dut_cycle(b->dut) - a->asked > longest)
                    longest = dut_cycle(b->dut) - a->asked;
            }
    }
    bench_drain(b);
    return longest;
}

/* Misses that come in a steady rhythm, with walks that all take as long as each other: no port and
 * no slot is passed over again and again, and no answer waits for ever for a free cycle. */
static void known_bug_33_no_rhythm_starves(struct bench *b)
{
    unsigned slots = b->p->miss_slots[DUT_FETCH] + b->p->miss_slots[DUT_DATA];

    map_pages(b, 1000, ALL);
    for (unsigned latency = 1; latency <= 8; latency++)
        for (unsigned rhythm = 1; rhythm <= 12; rhythm++)
            for (unsigned hot = 0; hot < DUT_PORTS; hot++) {
                uint64_t most = (slots + 2) * (b->p->levels * (latency + 1) + 4) +
                                (b->p->patience + 2) * (slots + 2);
                bench_timing(b, latency, 0);
                uint64_t wait = longest_wait(b, hot, rhythm);
                if (wait > most)
                    print_error("%s: L %u, rhythm %u of port %u: %" PRIu64
                                " cycles, at most %" PRIu64 "\n",
                                b->preset, latency, rhythm, hot, wait, most);
                assert_true(wait <= most);
            }
}

/* Walks that all take the same time: one walker, tables known, no L2. */
#define STEADY "tiny", "WalkCacheEntries=2 DataSlots=4"

/* Several for one page, and one that comes in the very cycle of the leaf or around it: the page is
 * walked once. */
static void known_bug_34_followers_walk_nothing(struct bench *b)
{
    map_pages(b, 1, ALL);
    for (unsigned moment = 0; moment < b->p->levels * 4 + 10; moment++) {
        begin(b, 3);
        uint64_t walks = dut_events(b->dut, DUT_WALK), reads = b->memory.reads;
        bench_enter(b, MMU_LOAD, 0, VA);
        bench_steps(b, moment);
        bench_enter(b, MMU_LOAD, 1, VA + 1);
        answer_pa(b, DUT_DATA, 0, pa(0), 12);
        answer_pa(b, DUT_DATA, 1, pa(0) + 1, 12);
        bench_drain(b);
        check_equal(b, dut_events(b->dut, DUT_WALK) - walks, 1);
        check_equal(b, b->memory.reads - reads, b->p->levels);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST(known_bug_24_each_follower_once),
        SUITE_TEST_WITH(HAS_MERGING, known_bug_28_follower_keeps_its_own_context),
        SUITE_TEST_WITH(HAS_MERGING, known_bug_29_killed_leader_leaves_its_followers),
        SUITE_TEST(known_bug_30_followers_of_each_port),
        SUITE_TEST(known_bug_30_followers_of_a_far_page),
        SUITE_TEST(known_bug_31_kill_leaves_the_other_ports_followers),
        SUITE_TEST(known_bug_32_full_of_followers),
        SUITE_TEST(known_bug_33_no_rhythm_starves),
        SUITE_TEST_SET(0, STEADY, known_bug_33_no_rhythm_starves),
        SUITE_TEST_WITH(HAS_MERGING, known_bug_34_followers_walk_nothing),
    };
    int failed = cmocka_run_group_tests_name("followers", tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

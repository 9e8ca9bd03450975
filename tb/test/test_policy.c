// SPDX-License-Identifier: Apache-2.0
/* The replacement policies, each against reference strings worked out by hand. */
#include "policy.h"
#include "splitmix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MOST_FRAMES   16
#define MOST_ACCESSES 2000
#define INTERVAL      10

/* Frames with A and D bits and one policy over them. Pages are small numbers. */
struct machine {
    const struct policy *policy;
    void *state;
    unsigned frames;
    int page[MOST_FRAMES]; /* -1: free */
    bool accessed[MOST_FRAMES], dirty[MOST_FRAMES];
    uint64_t time;
    unsigned faults, written;
    int last_victim;
};

static bool see_accessed(void *user, unsigned frame)
{
    return ((struct machine *)user)->accessed[frame];
}

static bool see_dirty(void *user, unsigned frame)
{
    return ((struct machine *)user)->dirty[frame];
}

static void do_clear(void *user, unsigned frame)
{
    ((struct machine *)user)->accessed[frame] = false;
}

static void do_write_back(void *user, unsigned frame)
{
    struct machine *machine = user;

    machine->dirty[frame] = false;
    machine->written++;
}

static uint64_t see_time(void *user, unsigned frame)
{
    (void)frame;
    return ((struct machine *)user)->time;
}

static void machine_start(struct machine *machine, const char *policy, unsigned frames,
                          uint64_t seed)
{
    *machine = (struct machine){.policy = policy_find(policy), .frames = frames, .last_victim = -1};
    assert_non_null(machine->policy);
    memset(machine->page, -1, sizeof machine->page);
    struct policy_setup setup = {
        .frames = frames,
        .interval = INTERVAL,
        .seed = seed,
        .view = {machine, see_accessed, see_dirty, do_clear, do_write_back, see_time},
    };
    machine->state = machine->policy->create(&setup);
    assert_non_null(machine->state);
}

static void machine_end(struct machine *machine)
{
    machine->policy->destroy(machine->state);
}

static int machine_find(const struct machine *machine, int page)
{
    for (unsigned i = 0; i < machine->frames; i++)
        if (machine->page[i] == page)
            return (int)i;
    return -1;
}

/* A frame for a page that isn't there. */
static unsigned machine_load(struct machine *machine, int page)
{
    int frame = machine_find(machine, -1);

    machine->faults++;
    if (frame < 0) {
        frame = (int)machine->policy->victim(machine->state);
        assert_in_range(frame, 0, machine->frames - 1);
        machine->last_victim = machine->page[frame];
        machine->policy->freed(machine->state, (unsigned)frame);
    }
    machine->page[frame] = page;
    machine->dirty[frame] = false;
    machine->accessed[frame] = true;
    machine->policy->loaded(machine->state, (unsigned)frame);
    return (unsigned)frame;
}

static void touch(struct machine *machine, int page, bool store, uint64_t next_use)
{
    int found = machine_find(machine, page);
    unsigned frame = found < 0 ? machine_load(machine, page) : (unsigned)found;

    machine->accessed[frame] = true;
    machine->dirty[frame] |= store;
    if (machine->policy->touched)
        machine->policy->touched(machine->state, frame, next_use);
    machine->time++;
}

static void tick(struct machine *machine)
{
    if (machine->policy->tick)
        machine->policy->tick(machine->state);
}

/* Faults of a policy on a string of pages; `ticks`: the timer runs too. */
static unsigned faults(const char *policy, unsigned frames, const int *string, size_t length,
                       bool ticks, uint64_t seed)
{
    struct machine machine;

    machine_start(&machine, policy, frames, seed);
    for (size_t i = 0; i < length; i++) {
        size_t next = i + 1;

        while (next < length && string[next] != string[i])
            next++;
        touch(&machine, string[i], string[i] % 3 == 0, next < length ? next : POLICY_NEVER);
        if (ticks && i % INTERVAL == INTERVAL - 1)
            tick(&machine);
    }
    machine_end(&machine);
    return machine.faults;
}

static const int belady[] = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
static const int mixed[] = {7, 0, 1, 2, 0, 3, 0, 4, 2, 3, 0, 3, 2, 1, 2, 0, 1, 7, 0, 1};
#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* More frames, more faults. */
static void fifo_has_beladys_anomaly(void **state)
{
    (void)state;
    assert_int_equal(faults("fifo", 3, belady, LENGTH(belady), false, 1), 9);
    assert_int_equal(faults("fifo", 4, belady, LENGTH(belady), false, 1), 10);
    assert_int_equal(faults("fifo", 3, mixed, LENGTH(mixed), false, 1), 15);
}

static void lru_by_hand(void **state)
{
    (void)state;
    assert_int_equal(faults("lru", 3, belady, LENGTH(belady), false, 1), 10);
    assert_int_equal(faults("lru", 4, belady, LENGTH(belady), false, 1), 8);
    assert_int_equal(faults("lru", 3, mixed, LENGTH(mixed), false, 1), 12);
}

static void opt_by_hand(void **state)
{
    (void)state;
    assert_int_equal(faults("opt", 3, belady, LENGTH(belady), false, 1), 7);
    assert_int_equal(faults("opt", 4, belady, LENGTH(belady), false, 1), 6);
    assert_int_equal(faults("opt", 3, mixed, LENGTH(mixed), false, 1), 9);
}

static void touch_all(struct machine *machine, const int *pages, size_t count)
{
    for (size_t i = 0; i < count; i++)
        touch(machine, pages[i], false, POLICY_NEVER);
}

/* 4 finds all bits set: they are cleared and 1, where the hand began, goes. 2 is used again, so
 * for 5 the hand spares it and takes 3; FIFO would have taken 2. */
static void clock_gives_a_second_chance(void **state)
{
    struct machine machine;

    (void)state;
    machine_start(&machine, "clock", 3, 1);
    touch_all(&machine, (int[]){1, 2, 3, 4}, 4);
    assert_int_equal(machine.last_victim, 1);
    touch_all(&machine, (int[]){2, 5}, 2);
    assert_int_equal(machine.last_victim, 3);
    machine_end(&machine);
    assert_int_equal(faults("clock", 3, belady, LENGTH(belady), false, 1), 9);
}

static void nru_takes_the_lowest_class(void **state)
{
    struct machine machine;

    (void)state;
    machine_start(&machine, "nru", 4, 1);
    touch(&machine, 1, false, 0);
    touch(&machine, 2, true, 0);
    touch(&machine, 3, true, 0);
    touch(&machine, 4, true, 0);
    tick(&machine);
    touch(&machine, 1, false, 0); /* A, not D */
    touch(&machine, 3, false, 0); /* A and D */
    touch(&machine, 4, true, 0);  /* A and D */
    touch(&machine, 5, false, 0);
    assert_int_equal(machine.last_victim, 2); /* D, not A */
    tick(&machine);
    touch(&machine, 1, true, 0);
    touch(&machine, 6, false, 0);
    assert_int_equal(machine.last_victim, 5); /* neither */
    machine_end(&machine);
}

/* Counters after the four ticks: 1: 10110000, 2: 01010000, 3: 00110000. */
static void aging_shifts_the_bits_in(void **state)
{
    struct machine machine;

    (void)state;
    machine_start(&machine, "aging", 3, 1);
    touch_all(&machine, (int[]){1, 2, 3}, 3);
    tick(&machine);
    touch_all(&machine, (int[]){1, 3}, 2);
    tick(&machine);
    touch_all(&machine, (int[]){2}, 1);
    tick(&machine);
    touch_all(&machine, (int[]){1}, 1);
    tick(&machine);
    touch_all(&machine, (int[]){4}, 1);
    assert_int_equal(machine.last_victim, 3);
    touch_all(&machine, (int[]){5}, 1); /* 4's bit counts above the counters */
    assert_int_equal(machine.last_victim, 2);
    machine_end(&machine);
}

/* The window is four ticks of ten. At 60 page 1 is old but dirty: written back; 2 was used; 3 is
 * old and clean. At 61 page 1 is clean. */
static void wsclock_writes_back_and_spares_the_working_set(void **state)
{
    struct machine machine;

    (void)state;
    machine_start(&machine, "wsclock", 3, 1);
    touch(&machine, 1, true, 0);
    touch_all(&machine, (int[]){2, 3}, 2);
    machine.time = 10;
    tick(&machine);
    machine.time = 59;
    touch_all(&machine, (int[]){2, 4}, 2);
    assert_int_equal(machine.last_victim, 3);
    assert_int_equal(machine.written, 1);
    touch_all(&machine, (int[]){5}, 1);
    assert_int_equal(machine.last_victim, 1);
    assert_int_equal(machine.written, 1);
    machine_end(&machine);
}

/* Nothing is older than the window: of the two pages longest unused the clean one goes. */
static void wsclock_falls_back_to_the_oldest_page(void **state)
{
    struct machine machine;

    (void)state;
    machine_start(&machine, "wsclock", 3, 1);
    touch(&machine, 1, true, 0);
    touch_all(&machine, (int[]){2, 3}, 2);
    machine.time = 5;
    tick(&machine);
    machine.time = 8;
    touch_all(&machine, (int[]){3}, 1);
    touch_all(&machine, (int[]){4}, 1);
    assert_int_equal(machine.last_victim, 2);
    assert_int_equal(machine.written, 0);
    machine_end(&machine);
}

/* Every frame is chosen about equally often, and a seed repeats its choices. */
static void random_is_fair_and_repeatable(void **state)
{
    struct machine first, second;
    unsigned chosen[8] = {0};

    (void)state;
    machine_start(&first, "random", 8, 42);
    machine_start(&second, "random", 8, 42);
    for (int page = 0; page < 8; page++) {
        touch(&first, page, false, 0);
        touch(&second, page, false, 0);
    }
    for (int i = 0; i < 8000; i++) {
        unsigned victim = first.policy->victim(first.state);

        assert_int_equal(victim, second.policy->victim(second.state));
        assert_in_range(victim, 0, 7);
        chosen[victim]++;
    }
    for (int i = 0; i < 8; i++)
        assert_in_range(chosen[i], 850, 1150);
    machine_end(&first);
    machine_end(&second);
}

/* Strings with some locality: mostly near the last page, now and then anywhere. */
static void random_string(uint64_t *random, int *string, size_t length)
{
    int page = 0;

    for (size_t i = 0; i < length; i++) {
        if (splitmix_below(random, 8) == 0)
            page = (int)splitmix_below(random, 40);
        else
            page = (page + (int)splitmix_below(random, 4)) % 40;
        string[i] = page;
    }
}

static void opt_is_never_worse(void **state)
{
    uint64_t random = 2026;
    int string[MOST_ACCESSES];

    (void)state;
    for (int round = 0; round < 60; round++) {
        size_t length = 100 + (size_t)splitmix_below(&random, MOST_ACCESSES - 100);
        unsigned frames = 2 + (unsigned)splitmix_below(&random, MOST_FRAMES - 1);

        random_string(&random, string, length);
        unsigned best = faults("opt", frames, string, length, true, 1);
        for (size_t i = 0; policy_all[i]; i++)
            assert_true(best <= faults(policy_all[i]->name, frames, string, length, true, 1));
    }
}

/* LRU and OPT are stack algorithms: more frames never mean more faults. */
static void more_frames_never_hurt_lru_and_opt(void **state)
{
    uint64_t random = 7;
    int string[600];

    (void)state;
    for (int round = 0; round < 10; round++) {
        random_string(&random, string, LENGTH(string));
        for (unsigned frames = 2; frames < MOST_FRAMES; frames++) {
            assert_true(faults("lru", frames + 1, string, LENGTH(string), false, 1) <=
                        faults("lru", frames, string, LENGTH(string), false, 1));
            assert_true(faults("opt", frames + 1, string, LENGTH(string), false, 1) <=
                        faults("opt", frames, string, LENGTH(string), false, 1));
        }
    }
}

/* Frames freed when a process ends leave the policies' books in order. */
static void frames_may_be_freed_in_between(void **state)
{
    (void)state;
    for (size_t i = 0; policy_all[i]; i++) {
        struct machine machine;

        machine_start(&machine, policy_all[i]->name, 4, 9);
        touch_all(&machine, (int[]){1, 2, 3, 4, 5}, 5);
        for (unsigned frame = 1; frame < 4; frame += 2) {
            machine.policy->freed(machine.state, frame);
            machine.page[frame] = -1;
        }
        tick(&machine);
        touch_all(&machine, (int[]){6, 7, 8, 9, 10}, 5);
        for (unsigned frame = 0; frame < 4; frame++)
            assert_true(machine.page[frame] > 0);
        machine_end(&machine);
    }
    assert_null(policy_find("mru"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fifo_has_beladys_anomaly),
        cmocka_unit_test(lru_by_hand),
        cmocka_unit_test(opt_by_hand),
        cmocka_unit_test(clock_gives_a_second_chance),
        cmocka_unit_test(nru_takes_the_lowest_class),
        cmocka_unit_test(aging_shifts_the_bits_in),
        cmocka_unit_test(wsclock_writes_back_and_spares_the_working_set),
        cmocka_unit_test(wsclock_falls_back_to_the_oldest_page),
        cmocka_unit_test(random_is_fair_and_repeatable),
        cmocka_unit_test(opt_is_never_worse),
        cmocka_unit_test(more_frames_never_hurt_lru_and_opt),
        cmocka_unit_test(frames_may_be_freed_in_between),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Reservations, and atomic accesses against the walker's compare-and-swap of A and D. */
#include "iss_bench.h"

#define LR(f3)   bench_amo(2, f3, T2, T0, ZERO)
#define SC(f3)   bench_amo(3, f3, A0, T0, T1)
#define PAGE     2 /* of BENCH_DATA */
#define ACCESSED (MMU_PTE_A | MMU_PTE_D)

/* Runs lr, then `between` if it is not 0, then sc; what sc says: 0 when it stored. */
static uint64_t reserve(uint32_t lr, uint32_t between, uint32_t sc, bool translated, uint64_t *word)
{
    struct bench *bench = bench_new(false);
    unsigned count = 2;

    bench_emit(bench, lr);
    if (between) {
        bench_emit(bench, between);
        count++;
    }
    bench_emit(bench, sc);
    bench_set(bench, BENCH_DATA, 0x1111);
    if (translated)
        bench_translate(bench);
    bench->iss.x[T0] = bench_va(bench, BENCH_DATA);
    bench->iss.x[T1] = 0x2222;
    bench->iss.x[A0] = 99;
    iss_run(&bench->iss, count);
    *word = bench_word(bench, BENCH_DATA);
    assert_int_equal(bench->iss.counts.instructions, count);
    assert_int_equal(bench->iss.x[T2], 0x1111);
    uint64_t says = bench->iss.x[A0];
    bench_free(bench);
    return says;
}

static void reservations(void **state)
{
    uint64_t word;

    (void)state;
    for (int translated = 0; translated < 2; translated++) {
        assert_int_equal(reserve(LR(3), 0, SC(3), translated, &word), 0);
        assert_int_equal(word, 0x2222);
        assert_int_equal(reserve(LR(2), 0, SC(2), translated, &word), 0);
        assert_int_equal(word, 0x2222);
        /* A store between them, to the eight bytes; to others. */
        assert_int_equal(reserve(LR(3), bench_s(0, T0, T1, 7), SC(3), translated, &word), 1);
        assert_int_equal(word, UINT64_C(0x2200000000001111));
        assert_int_equal(reserve(LR(3), bench_s(0, T0, T1, 8), SC(3), translated, &word), 0);
        /* An sc that comes between uses it up. */
        assert_int_equal(reserve(LR(3), SC(3), SC(3), translated, &word), 1);
    }
}

static void another_address_is_not_reserved(void **state)
{
    struct bench *bench = bench_new(false);

    (void)state;
    bench_emit(bench, LR(3));
    bench_emit(bench, bench_addi(T0, T0, 8));
    bench_emit(bench, SC(3));
    bench_emit(bench, bench_addi(T0, T0, -8));
    bench_emit(bench, SC(3));
    bench->iss.x[T0] = BENCH_DATA;
    bench->iss.x[T1] = 5;
    iss_run(&bench->iss, 3);
    assert_int_equal(bench->iss.x[A0], 1);
    assert_int_equal(bench_word(bench, BENCH_DATA + 8), 0);
    bench->iss.x[A0] = 0;
    iss_run(&bench->iss, 2); /* the failed sc has used the reservation up */
    assert_int_equal(bench->iss.x[A0], 1);
    assert_int_equal(bench_word(bench, BENCH_DATA), 0);
    bench_free(bench);
}

/* A compare-and-swap of a walk: of the value expected, of another one, where no memory is. */
static void compares_and_swaps(void **state)
{
    struct bench *bench = bench_new(false);
    uint64_t found;

    (void)state;
    bench_set(bench, BENCH_DATA, 1);
    assert_true(iss_memory_swap(&bench->memory, BENCH_DATA, 8, 1, 2, &found));
    assert_int_equal(found, 1);
    assert_int_equal(bench_word(bench, BENCH_DATA), 2);
    assert_true(iss_memory_swap(&bench->memory, BENCH_DATA, 8, 1, 3, &found));
    assert_int_equal(found, 2);
    assert_int_equal(bench_word(bench, BENCH_DATA), 2);
    assert_int_equal(bench->memory.swaps, 1);
    assert_false(iss_memory_swap(&bench->memory, ISS_RAM - 8, 8, 0, 1, &found));
    assert_false(iss_memory_swap(&bench->memory, ISS_RAM + BENCH_MEMORY, 8, 0, 1, &found));
    bench_free(bench);
}

/* Svadu, and the page of data with these of A and D set. */
static struct bench *with_updates(uint64_t accessed)
{
    struct bench *bench = bench_new(false);

    bench_translate(bench);
    bench_set(bench, bench_pte(PAGE),
              BENCH_DATA >> 2 | MMU_PTE_R | MMU_PTE_W | MMU_PTE_V | accessed);
    bench->iss.csr.menvcfg = MENVCFG_ADUE;
    iss_context_changed(&bench->iss);
    return bench;
}

/* The walk of an atomic access sets A and D of its page first, once; the access itself loses
 * nothing. */
static void walk_updates_before_the_access(void **state)
{
    struct bench *bench = with_updates(0);

    (void)state;
    bench_emit(bench, bench_amo(0, 3, T2, T0, T1));
    bench_emit(bench, bench_amo(0, 3, T2, T0, T1));
    bench_set(bench, BENCH_DATA, 40);
    bench->iss.x[T0] = bench_va(bench, BENCH_DATA);
    bench->iss.x[T1] = 1;
    iss_run(&bench->iss, 2);
    assert_int_equal(bench->iss.x[T2], 41);
    assert_int_equal(bench_word(bench, BENCH_DATA), 42);
    assert_int_equal(bench_word(bench, bench_pte(PAGE)) & ACCESSED, ACCESSED);
    assert_int_equal(bench->memory.swaps, 1);
    bench_free(bench);
}

/*
 * lr of a PTE; a load through that PTE, whose walk sets A in it; sc of the PTE with what lr gave.
 * If the sc stored, the walker's update would be lost.
 */
static void walk_breaks_a_reservation(void **state)
{
    (void)state;
    for (int touched = 0; touched < 2; touched++) {
        struct bench *bench = with_updates(0);
        struct iss *iss = &bench->iss;
        uint64_t pte = bench_pte(PAGE), old = bench_word(bench, pte);
        bench_emit(bench, LR(3));
        bench_emit(bench, touched ? bench_ld(A1, A2, 0) : bench_addi(A1, ZERO, 0));
        bench_emit(bench, bench_amo(3, 3, A0, T0, T2));
        iss->x[T0] = bench_va(bench, pte);
        iss->x[A2] = bench_va(bench, BENCH_DATA);
        iss_run(iss, 3);
        assert_int_equal(iss->counts.instructions, 3);
        assert_int_equal(iss->x[T2], old);
        assert_int_equal(iss->x[A0], touched);
        assert_int_equal(bench_word(bench, pte), touched ? old | MMU_PTE_A : old);
        bench_free(bench);
    }
}

/* amoor of D into a PTE, and a walk that sets A in it afterwards: both are there. */
static void atomic_update_of_a_pte(void **state)
{
    struct bench *bench = with_updates(0);
    struct iss *iss = &bench->iss;
    uint64_t pte = bench_pte(PAGE);

    (void)state;
    bench_emit(bench, bench_amo(8, 3, T2, T0, T1));
    bench_emit(bench, bench_ld(A1, A2, 0));
    bench_set(bench, BENCH_DATA, 77);
    iss->x[T0] = bench_va(bench, pte);
    iss->x[T1] = MMU_PTE_D;
    iss->x[A2] = bench_va(bench, BENCH_DATA);
    iss_run(iss, 2);
    assert_int_equal(iss->x[A1], 77);
    assert_int_equal(iss->x[T2] & ACCESSED, 0);
    assert_int_equal(bench_word(bench, pte) & ACCESSED, ACCESSED);
    bench_free(bench);
}

/* Without Svadu's enable A and D are page faults. */
static void faults_without_updates(void **state)
{
    struct bench *bench = with_updates(MMU_PTE_A);

    (void)state;
    bench->iss.csr.menvcfg = 0;
    iss_context_changed(&bench->iss);
    bench_emit(bench, bench_ld(A1, T0, 0));
    bench_emit(bench, bench_amo(1, 3, T2, T0, T1));
    bench->iss.x[T0] = bench_va(bench, BENCH_DATA);
    iss_run(&bench->iss, 2);
    assert_int_equal(bench->iss.counts.instructions, 1);
    assert_int_equal(bench->iss.csr.mcause, 15);
    assert_int_equal(bench->memory.swaps, 0);
    bench_free(bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reservations),
        cmocka_unit_test(another_address_is_not_reserved),
        cmocka_unit_test(compares_and_swaps),
        cmocka_unit_test(walk_updates_before_the_access),
        cmocka_unit_test(walk_breaks_a_reservation),
        cmocka_unit_test(atomic_update_of_a_pte),
        cmocka_unit_test(faults_without_updates),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: the privilege for which PMP is asked. Each test
 * is named after its number in the list of known bugs. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define PAGE UINT64_C(0x14000000)

/* PMP is asked for the privilege of the request, and what it said to one is not kept for another:
 * an entry that is not locked says nothing to M-mode, one that is binds both. */
static void known_bug_54_pmp_of_each_privilege(struct bench *b)
{
    bench_satp(b, 0, 0, 0);
    for (unsigned locked = 0; locked < 2; locked++) {
        pmp_region(b, 0, PAGE, 12, PMP_X | (locked ? PMP_L : 0));
        bench_change_pmp(b);
        for (unsigned i = 0; i < 12; i++) {
            static const enum mmu_privilege privileges[] = {MMU_M, MMU_U, MMU_S};
            b->privilege = privileges[(i + i / 3) % 3];
            bool machine = b->privilege == MMU_M && !locked;
            pmp_judges(b, MMU_LOAD, PAGE, PAGE, machine, 0);
            pmp_judges(b, MMU_FETCH, PAGE, PAGE, true, 0);
            pmp_judges(b, MMU_STORE, PAGE, PAGE, machine, 0);
        }
    }
    /* Where no entry matches: M-mode's alone, and not under MMWP. */
    memset(&b->pmp, 0, sizeof b->pmp);
    for (unsigned mmwp = 0; mmwp < 2; mmwp++) {
        b->pmp.mmwp = mmwp;
        bench_change_pmp(b);
        for (unsigned i = 0; i < 6; i++) {
            b->privilege = i % 2 ? MMU_M : MMU_S;
            pmp_judges(b, i / 2 ? MMU_LOAD : MMU_FETCH, PAGE, PAGE, i % 2 && !mmwp, 0);
        }
    }
}

/* The truth table of Smepmp, for M-mode and for the others in turn. */
static void known_bug_54_smepmp_of_each_privilege(struct bench *b)
{
    enum { RX = PMP_R | PMP_X };
    static const struct {
        unsigned machine, others;
    } rows[16] = {
        /* by L, X, W, R */
        {0, 0},     {0, PMP_R}, {PMP_RW, PMP_R},  {0, PMP_RW},
        {0, PMP_X}, {0, RX},    {PMP_RW, PMP_RW}, {0, PMP_RWX},
        {0, 0},     {PMP_R, 0}, {PMP_X, PMP_X},   {PMP_RW, 0},
        {PMP_X, 0}, {RX, 0},    {RX, PMP_X},      {PMP_R, PMP_R},
    };

    bench_satp(b, 0, 0, 0);
    b->pmp.mml = true;
    for (unsigned row = 0; row < 16; row++) {
        pmp_region(b, 0, PAGE, 12, (row & 8 ? PMP_L : 0) | (row & 7));
        bench_change_pmp(b);
        for (unsigned i = 0; i < 16; i++) {
            enum mmu_access access = MMU_FETCH + i / 4;
            b->privilege = i % 2 ? MMU_M : i % 4 ? MMU_U : MMU_S;
            pmp_judges(b, access, PAGE, PAGE,
                       pmp_permits(i % 2 ? rows[row].machine : rows[row].others, access), 0);
        }
    }
    /* Where no entry matches, M-mode may no longer fetch. */
    memset(&b->pmp, 0, sizeof b->pmp);
    b->pmp.mml = true;
    bench_change_pmp(b);
    for (unsigned i = 0; i < 8; i++) {
        enum mmu_access access = MMU_FETCH + i / 2;
        b->privilege = i % 2 ? MMU_M : MMU_S;
        pmp_judges(b, access, PAGE, PAGE, i % 2 && access != MMU_FETCH, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_PMP, known_bug_54_pmp_of_each_privilege),
        SUITE_TEST_WITH(HAS_PMP, known_bug_54_smepmp_of_each_privilege),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

// SPDX-License-Identifier: Apache-2.0
/* The model's PMP, clause by clause: "Address Matching", "Locking and Privilege Mode", "Priority
 * and Matching Logic", "Physical Memory Protection and Paging", and Smepmp. */
#include "model_machine.h"

#include "mmu_pmp.h"

enum {
    TOR = MMU_PMP_TOR << MMU_PMP_A_SHIFT,
    NA4 = MMU_PMP_NA4 << MMU_PMP_A_SHIFT,
    NAPOT = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT,
    PR = MMU_PMP_R,
    PW = MMU_PMP_W,
    PX = MMU_PMP_X,
    PL = MMU_PMP_L,
};

static const struct mmu_config sixteen = {
    .xlen = 64, .levels = 5, .pa_bits = 56, .pmp_entries = 16};

/* Loads of `size` bytes by S-mode; which entries allow reading says what they match. */
static bool reads(const struct mmu_pmp *pmp, uint64_t pa, unsigned size)
{
    return mmu_pmp_allows(&sixteen, pmp, MMU_S, MMU_LOAD, pa, size);
}

/* Address Matching, A=OFF: the entry matches nothing. */
static void off_matches_nothing(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.cfg = {PR | PW | PX}, .addr = {0x3fffffffffffff}};
    assert_false(reads(&pmp, 0x80000000, 8));
}

/* NA4: four bytes. */
static void na4_matches_four_bytes(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.cfg = {NA4 | PR}, .addr = {0x80001000 >> 2}};
    assert_true(reads(&pmp, 0x80001000, 4));
    assert_true(reads(&pmp, 0x80001003, 1));
    assert_false(reads(&pmp, 0x80000fff, 1));
    assert_false(reads(&pmp, 0x80001004, 1));
}

/* NAPOT: the ones at the end of pmpaddr say the size, 8 bytes and up. */
static void napot_sizes(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.cfg = {NAPOT | PR}, .addr = {0x20000400}}; /* ...0: 8 bytes */
    assert_true(reads(&pmp, 0x80001000, 8));
    assert_false(reads(&pmp, 0x80000fff, 1));
    assert_false(reads(&pmp, 0x80001008, 1));
    pmp.addr[0] = 0x200005ff; /* ...01 1111 1111: 4 KiB at 0x80001000 */
    assert_true(reads(&pmp, 0x80001000, 1));
    assert_true(reads(&pmp, 0x80001ff8, 8));
    assert_false(reads(&pmp, 0x80000fff, 1));
    assert_false(reads(&pmp, 0x80002000, 1));
    pmp.addr[0] = 0x3fffffffffffff; /* all 54 bits: everything */
    assert_true(reads(&pmp, 0, 8));
    assert_true(reads(&pmp, 0xfffffffffffff8, 8));
    pmp.addr[0] = 0x1fffffffffffff; /* 0111...: all of 56 bits */
    assert_true(reads(&pmp, 0xfffffffffffff8, 8));
    pmp.addr[0] = 0xfffffffffffff; /* 0011...: the lower half */
    assert_true(reads(&pmp, 0x7ffffffffffff8, 8));
    assert_false(reads(&pmp, 0x80000000000000, 8));
}

/* TOR: pmpaddr[i-1] <= y < pmpaddr[i], whatever the mode of entry i-1; entry 0 from zero; an empty
 * range matches nothing. */
static void tor_ranges(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.cfg = {TOR | PR}, .addr = {0x1000 >> 2}};
    assert_true(reads(&pmp, 0, 1));
    assert_true(reads(&pmp, 0xff8, 8));
    assert_false(reads(&pmp, 0x1000, 1));

    pmp = (struct mmu_pmp){.cfg = {0, TOR | PR}, .addr = {0x1000 >> 2, 0x3004 >> 2}};
    assert_false(reads(&pmp, 0xfff, 1));
    assert_true(reads(&pmp, 0x1000, 8));
    assert_true(reads(&pmp, 0x3003, 1));
    assert_false(reads(&pmp, 0x3004, 1));

    pmp = (struct mmu_pmp){.cfg = {0, TOR | PR}, .addr = {0x3000 >> 2, 0x3000 >> 2}};
    assert_false(reads(&pmp, 0x3000, 1));
    pmp.addr[1] = 0x1000 >> 2;
    assert_false(reads(&pmp, 0x2000, 1));
    /* And an access that spans where it would be is no partial match. */
    pmp = (struct mmu_pmp){.cfg = {0, TOR, NAPOT | PR}, .addr = {0x3004 >> 2, 0x3004 >> 2, 0xfff}};
    assert_true(reads(&pmp, 0x3000, 8));
}

/* The grain is 2^(G+2) bytes: bits below G do not affect TOR; in NAPOT, those below G-1 read as
 * ones. */
static void grain_hides_low_bits(void **state)
{
    (void)state;
    struct mmu_config config = sixteen;
    config.pmp_grain = 10; /* 4 KiB */
    struct mmu_pmp pmp = {.cfg = {0, TOR | PR}, .addr = {0x1ffc >> 2, 0x3ffc >> 2}};
    assert_true(mmu_pmp_allows(&config, &pmp, MMU_S, MMU_LOAD, 0x1000, 8));
    assert_true(mmu_pmp_allows(&config, &pmp, MMU_S, MMU_LOAD, 0x2ff8, 8));
    assert_false(mmu_pmp_allows(&config, &pmp, MMU_S, MMU_LOAD, 0x3000, 8));
    pmp = (struct mmu_pmp){.cfg = {NAPOT | PR}, .addr = {0x20000400}};
    assert_true(mmu_pmp_allows(&config, &pmp, MMU_S, MMU_LOAD, 0x80001ff8, 8));
    assert_false(mmu_pmp_allows(&config, &pmp, MMU_S, MMU_LOAD, 0x80002000, 8));
    assert_false(mmu_pmp_allows(&config, &pmp, MMU_S, MMU_LOAD, 0x80000ff8, 8));
}

/* Priority and Matching Logic: of the entries that match any byte, the first decides alone. */
static void lowest_numbered_entry_decides(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.cfg = {NA4, NAPOT | PR, NAPOT},
                          .addr = {0x80001000 >> 2, 0x200005ff, 0x3fffffffffffff}};
    assert_false(reads(&pmp, 0x80001000, 4));
    assert_true(reads(&pmp, 0x80001004, 4));
    assert_false(reads(&pmp, 0x80002000, 4));
}

/* Priority and Matching Logic: an entry that matches some bytes only denies, whatever L, R, W and X
 * say: M-mode and unlocked entries, too. */
static void partial_match_fails(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.cfg = {NA4 | PR | PW | PX, NAPOT | PR | PW | PX},
                          .addr = {0xc >> 2, 0x3fffffffffffff}};
    assert_false(mmu_pmp_allows(&sixteen, &pmp, MMU_S, MMU_LOAD, 8, 8));
    assert_false(mmu_pmp_allows(&sixteen, &pmp, MMU_M, MMU_STORE, 8, 8));
    assert_true(mmu_pmp_allows(&sixteen, &pmp, MMU_S, MMU_LOAD, 8, 4));
    assert_true(mmu_pmp_allows(&sixteen, &pmp, MMU_S, MMU_LOAD, 0xc, 4));
    pmp.addr[0] = 8 >> 2;
    assert_false(mmu_pmp_allows(&sixteen, &pmp, MMU_S, MMU_LOAD, 8, 8));
}

/* Priority and Matching Logic, no match: M-mode passes; S-mode and U-mode pass only if no entry is
 * implemented at all. */
static void no_match(void **state)
{
    (void)state;
    struct mmu_pmp off = {0};
    struct mmu_config none = {.xlen = 64, .levels = 5, .pa_bits = 56};
    for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++) {
        assert_true(mmu_pmp_allows(&sixteen, &off, MMU_M, access, 0, 4));
        assert_false(mmu_pmp_allows(&sixteen, &off, MMU_S, access, 0, 4));
        assert_false(mmu_pmp_allows(&sixteen, &off, MMU_U, access, 0, 4));
        assert_true(mmu_pmp_allows(&none, NULL, MMU_S, access, 0, 4));
        assert_true(mmu_pmp_allows(&none, NULL, MMU_U, access, 0, 4));
    }
    /* Entries beyond those that are implemented do not match. */
    struct mmu_config two = sixteen;
    two.pmp_entries = 2;
    struct mmu_pmp third = {.cfg = {[2] = NAPOT | PR}, .addr = {[2] = 0x3fffffffffffff}};
    assert_true(mmu_pmp_allows(&sixteen, &third, MMU_S, MMU_LOAD, 0, 4));
    assert_false(mmu_pmp_allows(&two, &third, MMU_S, MMU_LOAD, 0, 4));
}

/* All 64 entries, the last one too. */
static void entry_63_counts(void **state)
{
    (void)state;
    struct mmu_config config = sixteen;
    config.pmp_entries = 64;
    struct mmu_pmp pmp = {.cfg = {[63] = NAPOT | PR}, .addr = {[63] = 0x3fffffffffffff}};
    assert_true(mmu_pmp_allows(&config, &pmp, MMU_U, MMU_LOAD, 0x1000, 8));
}

/* What each kind of access needs: an AMO, and what goes to a shadow stack, R and W; a cache-block
 * operation what any access needs that would permit it ("Shadow Stack Memory Protection" and the
 * constraints of cache-block operations). */
static void permissions_by_kind(void **state)
{
    (void)state;
    static const unsigned char enough[MMU_ACCESSES][8] = {
        /*                    -  R  W  RW X  RX WX RWX */
        [MMU_FETCH] = {0, 0, 0, 0, 1, 1, 1, 1},    [MMU_LOAD] = {0, 1, 0, 1, 0, 1, 0, 1},
        [MMU_STORE] = {0, 0, 1, 1, 0, 0, 1, 1},    [MMU_AMO] = {0, 0, 0, 1, 0, 0, 0, 1},
        [MMU_SS_PUSH] = {0, 0, 0, 1, 0, 0, 0, 1},  [MMU_SS_CHECK] = {0, 0, 0, 1, 0, 0, 0, 1},
        [MMU_SS_SWAP] = {0, 0, 0, 1, 0, 0, 0, 1},  [MMU_CBO_MANAGE] = {0, 1, 1, 1, 0, 1, 1, 1},
        [MMU_CBO_ZERO] = {0, 0, 1, 1, 0, 0, 1, 1}, [MMU_PREFETCH] = {0, 1, 1, 1, 1, 1, 1, 1},
    };
    for (enum mmu_access access = MMU_FETCH; access < MMU_ACCESSES; access++)
        for (unsigned rwx = 0; rwx < 8; rwx++) {
            struct mmu_pmp pmp = {.cfg = {NAPOT | rwx}, .addr = {0x3fffffffffffff}};
            assert_int_equal(mmu_pmp_allows(&sixteen, &pmp, MMU_S, access, 0x1000, 64),
                             enough[access][rwx]);
            assert_true(mmu_pmp_allows(&sixteen, &pmp, MMU_M, access, 0x1000, 64));
            pmp.cfg[0] |= PL;
            assert_int_equal(mmu_pmp_allows(&sixteen, &pmp, MMU_M, access, 0x1000, 64),
                             enough[access][rwx]);
        }
}

/* What R, W and X (as bits 0 to 2) let through, of fetch, load, store and AMO. */
static unsigned allowed(const struct mmu_pmp *pmp, enum mmu_privilege privilege)
{
    unsigned kinds = 0;
    for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
        kinds |= (unsigned)mmu_pmp_allows(&sixteen, pmp, privilege, access, 0x1000, 4) << access;
    return kinds;
}

enum { NONE = 0, F = 1, RD = 2, WR = 4, RW = 2 | 4 | 8, ALL = 15 };

/* Locking and Privilege Mode: M-mode passes an entry that is not locked; every other access needs
 * the bit of its kind. */
static void permissions_and_lock(void **state)
{
    (void)state;
    static const struct {
        unsigned cfg, kinds;
    } rows[6] = {{0, NONE},         {PR, RD},      {PX, F},
                 {PR | PX, RD | F}, {PR | PW, RW}, {PR | PW | PX, ALL}};
    for (unsigned i = 0; i < 6; i++) {
        struct mmu_pmp pmp = {.cfg = {NAPOT | rows[i].cfg}, .addr = {0x3fffffffffffff}};
        assert_int_equal(allowed(&pmp, MMU_U), rows[i].kinds);
        assert_int_equal(allowed(&pmp, MMU_S), rows[i].kinds);
        assert_int_equal(allowed(&pmp, MMU_M), ALL);
        pmp.cfg[0] |= PL;
        assert_int_equal(allowed(&pmp, MMU_S), rows[i].kinds);
        assert_int_equal(allowed(&pmp, MMU_M), rows[i].kinds);
    }
}

/* Smepmp: the truth table for MML=1, rows in the order L R W X of the specification. */
static void smepmp_truth_table(void **state)
{
    (void)state;
    static const struct {
        unsigned m, su;
    } rows[16] = {
        {NONE, NONE}, {NONE, F},      {RW, RD},   {RW, RW},       /* 0000 .. 0011 */
        {NONE, RD},   {NONE, RD | F}, {NONE, RW}, {NONE, RW | F}, /* 0100 .. 0111 */
        {NONE, NONE}, {F, NONE},      {F, F},     {RD | F, F},    /* 1000 .. 1011 */
        {RD, NONE},   {RD | F, NONE}, {RW, NONE}, {RD, RD},       /* 1100 .. 1111 */
    };
    for (unsigned lrwx = 0; lrwx < 16; lrwx++) {
        struct mmu_pmp pmp = {.addr = {0x3fffffffffffff}, .mml = true};
        pmp.cfg[0] = NAPOT | (lrwx & 8 ? PL : 0) | (lrwx & 4 ? PR : 0) | (lrwx & 2 ? PW : 0) |
                     (lrwx & 1 ? PX : 0);
        assert_int_equal(allowed(&pmp, MMU_M), rows[lrwx].m);
        assert_int_equal(allowed(&pmp, MMU_S), rows[lrwx].su);
        assert_int_equal(allowed(&pmp, MMU_U), rows[lrwx].su);
    }
}

/* mseccfg.MMWP: without a matching rule, M-mode is denied. MML alone: only execution is. */
static void smepmp_without_a_matching_rule(void **state)
{
    (void)state;
    struct mmu_pmp pmp = {.mmwp = true};
    assert_int_equal(allowed(&pmp, MMU_M), NONE);
    pmp = (struct mmu_pmp){.mml = true};
    assert_int_equal(allowed(&pmp, MMU_M), RW);
    assert_int_equal(allowed(&pmp, MMU_S), NONE);
    pmp.mmwp = true;
    assert_int_equal(allowed(&pmp, MMU_M), NONE);
}

/* In front of the machine of model_machine.h: entry 0 covers `bytes` at `pa` with `cfg`, entry 1
 * everything else. */
static struct machine protected_machine(struct mmu_pmp *pmp, uint64_t pa, uint64_t bytes,
                                        unsigned cfg)
{
    struct machine m = machine_sv39();
    m.config.pmp_entries = 16;
    m.context.pmp = pmp;
    *pmp = (struct mmu_pmp){.cfg = {bytes == 4 ? NA4 | cfg : NAPOT | cfg, NAPOT | PR | PW | PX},
                            .addr = {pa >> 2 | ((bytes >> 3) - (bytes > 4)), 0x3fffffffffffff}};
    return m;
}

/* A PTE read is an S-mode access: it needs R, and the fault is that of the original access (step
 * 2). */
static void paging_pte_reads_are_checked(void **state)
{
    (void)state;
    static const uint64_t at[3] = {PTE_2, PTE_1, PTE_0};
    for (unsigned i = 0; i < 3; i++) {
        struct mmu_pmp pmp;
        struct machine m = protected_machine(&pmp, at[i], 8, PX);
        put(&m, PTE_0, pte(PAGE, V | R | W | X | U | A | D));
        m.context.privilege = MMU_U;
        access_fault(&m, MMU_FETCH, VA, 1);
        access_fault(&m, MMU_LOAD, VA, 5);
        access_fault(&m, MMU_STORE, VA, 7);
        access_fault(&m, MMU_AMO, VA, 7);
        assert_int_equal(m.reads, i); /* not even read */
        pmp.cfg[0] = NAPOT | PR;
        granted(&m, MMU_FETCH, VA, 0x12345abc, 12);
        granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    }
}

/* S-mode even where M-mode's privilege would do: in Smepmp, a rule for M-mode only. */
static void paging_pte_reads_are_s_mode(void **state)
{
    (void)state;
    struct mmu_pmp pmp;
    struct machine m = protected_machine(&pmp, PTE_1, 8, PL | PR | PW);
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    pmp.mml = true;
    access_fault(&m, MMU_LOAD, VA, 5);
}

/* PTEs are accessed whole: an entry over half of a PTE matches partially. */
static void paging_pte_reads_have_the_width_of_a_pte(void **state)
{
    (void)state;
    struct mmu_pmp pmp;
    struct machine m = protected_machine(&pmp, PTE_1 + 4, 4, PR | PW | PX);
    access_fault(&m, MMU_LOAD, VA, 5);
    assert_int_equal(m.answer.steps, 2);
}

/* Step 9: an A/D update that PMP would deny as a store is an access fault, and is not tried. */
static void paging_updates_are_checked_as_stores(void **state)
{
    (void)state;
    struct mmu_pmp pmp;
    struct machine m = protected_machine(&pmp, PTE_0, 8, PR);
    m.context.adue = true;
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    put(&m, PTE_0, pte(PAGE, V | R | W | X));
    access_fault(&m, MMU_FETCH, VA, 1);
    access_fault(&m, MMU_LOAD, VA, 5);
    access_fault(&m, MMU_STORE, VA, 7);
    assert_int_equal(m.swaps, 0);
    m.context.adue = false;
    page_fault(&m, MMU_LOAD, VA, 13);
    m.context.adue = true;
    pmp.cfg[0] |= PW;
    granted(&m, MMU_STORE, VA, 0x12345abc, 12);
    assert_int_equal(m.swaps, 1);
}

/* The final address is checked with the access's own privilege, kind and size, translated or not.
 */
static void final_address_is_checked(void **state)
{
    (void)state;
    struct mmu_pmp pmp;
    struct machine m = protected_machine(&pmp, 0x12345a00, 0x100, PR);
    put(&m, PTE_0, pte(PAGE, V | R | W | X | A | D));
    m.size = 4;
    granted(&m, MMU_LOAD, VA, 0x12345abc, 12);
    access_fault(&m, MMU_FETCH, VA, 1);
    access_fault(&m, MMU_STORE, VA, 7);
    access_fault(&m, MMU_AMO, VA, 7);
    granted(&m, MMU_STORE, 0x40403b00, 0x12345b00, 12);

    m.context.satp = 0;
    granted(&m, MMU_LOAD, 0x12345abc, 0x12345abc, 0);
    access_fault(&m, MMU_STORE, 0x12345abc, 7);
    m.context.privilege = MMU_M;
    granted(&m, MMU_STORE, 0x12345abc, 0x12345abc, 0);
    pmp.cfg[0] |= PL;
    access_fault(&m, MMU_STORE, 0x12345abc, 7);

    m = protected_machine(&pmp, 0x12345a00, 4, PR | PW | PX);
    m.size = 4;
    granted(&m, MMU_LOAD, 0x40403a00, 0x12345a00, 12);
    m.size = 8;
    access_fault(&m, MMU_LOAD, 0x40403a00, 5);
}

/* The final address of a NAPOT page is the one with the virtual address's four bits in it. */
static void final_address_of_a_napot_page_is_checked(void **state)
{
    (void)state;
    struct mmu_pmp pmp;
    struct machine m = protected_machine(&pmp, 0x12343000, 0x1000, PR);
    m.config.svnapot = true;
    put(&m, PTE_0, pte(0x12348000, V | R | W | A | D | MMU_PTE_N));
    put(&m, PTE_0 + 8, pte(0x12348000, V | R | W | A | D | MMU_PTE_N));
    granted(&m, MMU_LOAD, VA, 0x12343abc, 16);
    access_fault(&m, MMU_STORE, VA, 7);
    granted(&m, MMU_STORE, VA + 0x1000, 0x12344abc, 16);
}

/* Page faults come before what PMP says of an address that there is not. */
static void page_fault_before_the_final_address(void **state)
{
    (void)state;
    struct mmu_pmp pmp;
    struct machine m = protected_machine(&pmp, PAGE, 0x1000, 0);
    put(&m, PTE_0, pte(PAGE, V | R | A | D));
    page_fault(&m, MMU_STORE, VA, 15);
    access_fault(&m, MMU_LOAD, VA, 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(off_matches_nothing),
        cmocka_unit_test(na4_matches_four_bytes),
        cmocka_unit_test(napot_sizes),
        cmocka_unit_test(tor_ranges),
        cmocka_unit_test(grain_hides_low_bits),
        cmocka_unit_test(lowest_numbered_entry_decides),
        cmocka_unit_test(partial_match_fails),
        cmocka_unit_test(no_match),
        cmocka_unit_test(entry_63_counts),
        cmocka_unit_test(permissions_by_kind),
        cmocka_unit_test(permissions_and_lock),
        cmocka_unit_test(smepmp_truth_table),
        cmocka_unit_test(smepmp_without_a_matching_rule),
        cmocka_unit_test(paging_pte_reads_are_checked),
        cmocka_unit_test(paging_pte_reads_are_s_mode),
        cmocka_unit_test(paging_pte_reads_have_the_width_of_a_pte),
        cmocka_unit_test(paging_updates_are_checked_as_stores),
        cmocka_unit_test(final_address_is_checked),
        cmocka_unit_test(final_address_of_a_napot_page_is_checked),
        cmocka_unit_test(page_fault_before_the_final_address),
    };
    return cmocka_run_group_tests_name("model: PMP", tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/*
 * CSRs whose changes may be seen late, until a fence of everything: PMP ("Physical Memory
 * Protection and Paging"), menvcfg.PBMTE, mstatus.SBE; and those that count at once: SUM, MXR, SSE,
 * PMM.
 */
#include "check_bench.h"

#define FREE (MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W | MMU_PMP_X)
#define NC   (UINT64_C(1) << MMU_PTE_PBMT_SHIFT)

/* Entry 0 for one page, with the permissions given; all else is allowed. */
static struct mmu_pmp protect(uint64_t page, unsigned permissions)
{
    return (struct mmu_pmp){.cfg = {MMU_PMP_NAPOT << MMU_PMP_A_SHIFT | permissions, FREE},
                            .addr = {page >> 2 | 0x1ff, UINT64_MAX >> 10}};
}

static void set_pmp(struct bench *b, struct mmu_pmp pmp)
{
    check_note_pmp(b->check, &pmp, ++b->cycle);
}

static int set_up_all(void **state)
{
    set_up_as(state, &(struct mmu_config){
                         .xlen = 64, .levels = 4, .pa_bits = 40, .svpbmt = true, .pmp_entries = 2});
    struct bench *b = *state;
    set_pmp(b, protect(0, FREE));
    fence_all(b);
    return 0;
}

/* The final address, by size, kind and privilege: with no change pending, the PMP in force. */
static void pmp_decides_about_the_final_address(void **state)
{
    struct bench *b = *state;

    set_pmp(b, protect(OLD, MMU_PMP_R));
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_LOAD), "a0000000");
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_AMO), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_FETCH), "cause 1");
    assert_string_equal(legal_for(b, VA, MMU_CBO_MANAGE), "a0000000");
    assert_string_equal(legal_for(b, VA, MMU_CBO_ZERO), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_PREFETCH), "a0000000");
    set_pmp(b, protect(OLD, 0));
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_LOAD), "cause 5");
    assert_string_equal(legal_for(b, VA, MMU_PREFETCH), "dropped");
}

/* A prefetch needs one kind of access that page and PMP both permit, and by one PMP. */
static void pmp_and_page_permit_a_prefetch_together(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL & ~MMU_PTE_X));
    set_pmp(b, protect(OLD, MMU_PMP_X));
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_PREFETCH), "dropped");
    set_pmp(b, protect(OLD, MMU_PMP_R));
    assert_string_equal(legal_for(b, VA, MMU_PREFETCH), "a0000000");
    set_pmp(b, protect(OLD, MMU_PMP_X));
    assert_string_equal(legal_for(b, VA, MMU_PREFETCH), "a0000000, dropped");
    store(b, LEAF, to(OLD, MMU_PTE_V | MMU_PTE_X));
    fence_all(b);
    b->context.pmm_s = 2;
    assert_string_equal(legal_for(b, VA | UINT64_C(2) << 56, MMU_PREFETCH), "a0000000");
}

/* An access that an entry matches in part is denied: its size counts, and a cache block's is around
 * its address. */
static void pmp_knows_the_size_of_the_access(void **state)
{
    struct bench *b = *state;
    struct dut_request block = {
        .tag = 1, .va = VA + 8, .access = MMU_CBO_ZERO, .size = 64, .privilege = MMU_S};
    struct mmu_pmp four_bytes = protect(0, FREE);

    four_bytes.cfg[0] = MMU_PMP_NA4 << MMU_PMP_A_SHIFT | MMU_PMP_R | MMU_PMP_W;
    four_bytes.addr[0] = OLD >> 2;
    set_pmp(b, four_bytes);
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 5");
    assert_string_equal(legal(b, VA + 8), "a0000008");
    ask_for(b, &block);
    assert_string_equal(outcomes(b, 1), "cause 7");
    block.tag = 2;
    block.va = VA + 64;
    ask_for(b, &block);
    assert_string_equal(outcomes(b, 2), "a0000040");
}

/* After a change a grant may be by any PMP since the last fence of everything; what is denied, by
 * the PMP in force. */
static void pmp_changes_are_certain_after_a_full_fence(void **state)
{
    struct bench *b = *state;

    set_pmp(b, protect(OLD, 0));
    assert_string_equal(legal(b, VA), "a0000000, cause 5");
    set_pmp(b, protect(OLD, MMU_PMP_X)); /* neither the first nor this one denies a fetch */
    assert_string_equal(legal_for(b, VA, MMU_FETCH), "a0000000");
    set_pmp(b, protect(OLD, 0));
    fence_va(b, VA);
    fence_asid(b, 1);
    fence_both(b, VA, 1);
    assert_string_equal(legal(b, VA), "a0000000, cause 5");
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 5");
    set_pmp(b, protect(OLD, FREE));
    assert_string_equal(legal(b, VA), "a0000000"); /* a denial is not cached: our own rule */
}

/* Translation off, too: identity mappings may be cached. */
static void pmp_changes_are_late_in_bare(void **state)
{
    struct bench *b = *state;

    set_satp(b, 0);
    set_pmp(b, protect(VA & ~UINT64_C(0xfff), MMU_PMP_R));
    assert_string_equal(legal_for(b, VA, MMU_STORE), "1000, cause 7");
    assert_string_equal(legal(b, VA), "1000");
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
}

/* PTEs are read as S-mode's, of PTE size; the access fault is that of the access. */
static void pmp_checks_reads_of_ptes(void **state)
{
    struct bench *b = *state;

    set_pmp(b, protect(LAST, MMU_PMP_X | MMU_PMP_W | MMU_PMP_R));
    fence_all(b);
    set_pmp(b, protect(LAST, MMU_PMP_X));
    assert_string_equal(legal_for(b, VA, MMU_FETCH), "a0000000, cause 1");
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_FETCH), "cause 1");
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    assert_string_equal(legal_for(b, VA, MMU_PREFETCH), "dropped");
    set_pmp(b, protect(LAST, FREE));
    assert_string_equal(legal(b, VA), "a0000000");
}

/* A pointer that was read under an old PMP leads to a leaf that only the one in force lets be read,
 * and to an address that is allowed by both. */
static void pmp_may_differ_from_read_to_read(void **state)
{
    struct bench *b = *state;

    set_pmp(b, protect(LAST, 0));
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 5");
    set_pmp(b, protect(MIDDLE, 0));
    assert_string_equal(legal(b, VA), "a0000000, cause 5");
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 5");
}

/* An address beyond the width is an access fault: of a pointer, of a leaf. A leaf may be old. */
static void addresses_beyond_the_width_are_access_faults(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD | UINT64_C(1) << 40, ALL));
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 5");
    store(b, LEAF, to(OLD, ALL));
    assert_string_equal(legal(b, VA), "a0000000, cause 5");
    fence_all(b);
    store(b, MIDDLE, to(LAST | UINT64_C(1) << 40, MMU_PTE_V));
    assert_string_equal(legal_for(b, VA, MMU_STORE), "a0000000, cause 7");
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    set_satp(b, 0);
    assert_string_equal(legal(b, UINT64_C(1) << 40), "cause 5");
    assert_string_equal(legal(b, UINT64_C(1) << 60), "cause 5");
}

static void set_pbmte(struct bench *b, bool pbmte)
{
    b->context.pbmte = pbmte;
    check_note_context(b->check, &b->context, ++b->cycle);
}

/* With PBMTE=0 a type is a reserved bit, and a page fault; it may be cached from when it was 1. */
static void pbmte_changes_are_certain_after_a_full_fence(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, ALL) | NC);
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 13");
    set_pbmte(b, true);
    assert_string_equal(legal(b, VA), "NC a0000000"); /* page faults are not cached */
    set_pbmte(b, false);
    assert_string_equal(legal(b, VA), "NC a0000000, cause 13");
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "NC a0000000, cause 13");
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 13");
}

/* A request accepted before the fence completes may use what was cached before it. */
static void changes_are_late_until_the_fence_completes(void **state)
{
    struct bench *b = *state;

    set_pbmte(b, true);
    store(b, LEAF, to(OLD, ALL) | NC);
    fence_all(b);
    set_pbmte(b, false);
    check_note_fence(b->check, &(struct dut_fence){0}, ++b->cycle);
    ask(b, 1, VA, MMU_LOAD);
    check_note_fence_done(b->check, ++b->cycle);
    b->cycle++;
    ask(b, 2, VA, MMU_LOAD);
    assert_string_equal(outcomes(b, 1), "NC a0000000, cause 13");
    assert_string_equal(outcomes(b, 2), "cause 13");
}

/* What is denied is denied by the request's own PBMTE: a page fault, where with PBMTE=1 it would be
 * the access fault of a shadow-stack page. */
static void faults_are_by_the_own_pbmte(void **state)
{
    struct bench *b = *state;

    b->context.sse = true;
    set_pbmte(b, true);
    store(b, LEAF, to(OLD, ALL & ~(MMU_PTE_R | MMU_PTE_X)) | NC);
    fence_all(b);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    set_pbmte(b, false);
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 15");
}

/* The answer says the type: another one is wrong. */
static void memory_type_is_the_leafs(void **state)
{
    struct bench *b = *state;
    struct check_judgement judgement;
    struct dut_response response = {.result = DUT_GRANTED, .pa = OLD, .page_shift = 12};

    set_pbmte(b, true);
    store(b, LEAF, to(OLD, ALL) | NC);
    fence_all(b);
    for (unsigned type = 0; type < 4; type++) {
        ask(b, 0, VA, MMU_LOAD);
        response.memory_type = (enum mmu_memory_type)type;
        assert_int_equal(check_note_answer(b->check, DUT_DATA, &response, ++b->cycle, &judgement),
                         type == MMU_NC ? CHECK_OK : CHECK_WRONG_TYPE);
    }
    assert_true(strstr(check_explain(b->check), "    NC 0xa0000000 in a page of 4 KiB"));
}

static void set_sbe(struct bench *b, bool sbe)
{
    b->context.sbe = sbe;
    check_note_context(b->check, &b->context, ++b->cycle);
}

/* Each PTE may be cached as the SBE of its time says; one that faults is read by the request's. */
static void sbe_changes_are_certain_after_a_full_fence(void **state)
{
    struct bench *b = *state;

    set_sbe(b, true);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    fence_asid(b, 1);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    store(b, LEAF, __builtin_bswap64(to(NEW, ALL))); /* below pointers of the old order */
    assert_string_equal(legal(b, VA), BOTH ", cause 13");
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 13");
    store(b, ROOT, __builtin_bswap64(to(MIDDLE, MMU_PTE_V)));
    store(b, MIDDLE, __builtin_bswap64(to(LAST, MMU_PTE_V)));
    fence_all(b);
    assert_string_equal(legal(b, VA), "b0000000");
    set_sbe(b, false);
    assert_string_equal(legal(b, VA), "b0000000, cause 13");
    set_sbe(b, true);
    assert_string_equal(legal(b, VA), "b0000000");
}

/* A change counts for what is read after it: a PTE that was gone before PMP let it be read, or
 * before PBMTE or SBE gave it a meaning, was never read so. */
static void changes_do_not_reach_back(void **state)
{
    struct bench *b = *state;

    set_pmp(b, protect(LAST, 0));
    fence_all(b);
    store(b, LEAF, to(NEW, ALL));
    store(b, LEAF, to(OLD, ALL));
    set_pmp(b, protect(LAST, FREE));
    assert_string_equal(legal(b, VA), "a0000000");
    store(b, LEAF, to(NEW, ALL) | NC);
    store(b, LEAF, to(OLD, ALL));
    set_pbmte(b, true);
    assert_string_equal(legal(b, VA), "a0000000");
    store(b, LEAF, to(NEW, ALL) | NC);
    assert_string_equal(legal(b, VA), "NC b0000000, a0000000");
    store(b, LEAF, to(OLD, ALL));
    fence_va(b, VA);
    store(b, LEAF, __builtin_bswap64(to(NEW, ALL)));
    store(b, LEAF, to(OLD, ALL));
    set_sbe(b, true);
    assert_string_equal(legal(b, VA), "a0000000, cause 13");
    store(b, LEAF, __builtin_bswap64(to(NEW, ALL)));
    assert_string_equal(legal(b, VA), BOTH ", cause 13");
}

/* A pointer may be as old as the PMP, the PBMTE and the SBE that let it be read; what denies below
 * it goes by those of the request. */
static void pointers_outlive_the_csrs_they_were_read_under(void **state)
{
    struct bench *b = *state;

    set_pmp(b, protect(MIDDLE, MMU_PMP_W | MMU_PMP_X));
    fence_va(b, VA);
    fence_asid(b, 1);
    store(b, LEAF, to(NEW, ALL) | NC);
    assert_string_equal(legal(b, VA), "a0000000, cause 13, cause 5");
    set_pbmte(b, true);
    assert_string_equal(legal(b, VA), "NC b0000000, a0000000, cause 5");
    set_sbe(b, true);
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "NC b0000000, cause 13, cause 5");
    store(b, LEAF, __builtin_bswap64(to(0xc0000000, ALL)));
    fence_va(b, VA);
    assert_string_equal(legal(b, VA), "c0000000, cause 13, cause 5");
    fence_all(b);
    assert_string_equal(legal(b, VA), "cause 13");
}

/* sstatus.SUM and MXR, menvcfg.SSE: of the request, whatever came before. */
static void other_csrs_count_at_once(void **state)
{
    struct bench *b = *state;

    store(b, LEAF, to(OLD, (ALL | MMU_PTE_U) & ~(MMU_PTE_R | MMU_PTE_W)));
    fence_all(b);
    b->context.sum = b->context.mxr = true;
    assert_string_equal(legal(b, VA), "a0000000");
    b->context.sum = false;
    assert_string_equal(legal(b, VA), "cause 13");
    b->context.sum = true;
    b->context.mxr = false;
    assert_string_equal(legal(b, VA), "cause 13");
    store(b, LEAF, to(OLD, ALL & ~(MMU_PTE_R | MMU_PTE_X)));
    fence_all(b);
    b->context.sse = true;
    assert_string_equal(legal(b, VA), "a0000000");
    assert_string_equal(legal_for(b, VA, MMU_SS_PUSH), "a0000000");
    assert_string_equal(legal_for(b, VA, MMU_STORE), "cause 7");
    b->context.sse = false;
    assert_string_equal(legal(b, VA), "cause 13");
}

/* Pointer masking, by the PMM of the effective privilege and at once. */
static void pointers_are_masked_at_once(void **state)
{
    struct bench *b = *state;
    uint64_t tagged = VA | UINT64_C(0xaa) << 56;

    assert_string_equal(legal(b, tagged), "cause 13");
    b->context.pmm_u = b->context.pmm_m = 3;
    assert_string_equal(legal(b, tagged), "cause 13");
    b->context.pmm_s = 2;
    assert_string_equal(legal(b, tagged), "a0000000");
    assert_string_equal(legal(b, VA | UINT64_C(1) << 56), "cause 13");
    b->context.pmm_s = 3;
    assert_string_equal(legal(b, VA | UINT64_C(1) << 48), "a0000000");
    store(b, LEAF, to(NEW, ALL));
    fence_va(b, VA); /* the fence's address is the masked one */
    assert_string_equal(legal(b, tagged), "b0000000");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_all, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(pmp_decides_about_the_final_address),
        TEST(pmp_and_page_permit_a_prefetch_together),
        TEST(pmp_knows_the_size_of_the_access),
        TEST(pmp_changes_are_certain_after_a_full_fence),
        TEST(pmp_changes_are_late_in_bare),
        TEST(pmp_checks_reads_of_ptes),
        TEST(pmp_may_differ_from_read_to_read),
        TEST(addresses_beyond_the_width_are_access_faults),
        TEST(pbmte_changes_are_certain_after_a_full_fence),
        TEST(changes_are_late_until_the_fence_completes),
        TEST(faults_are_by_the_own_pbmte),
        TEST(memory_type_is_the_leafs),
        TEST(sbe_changes_are_certain_after_a_full_fence),
        TEST(changes_do_not_reach_back),
        TEST(pointers_outlive_the_csrs_they_were_read_under),
        TEST(other_csrs_count_at_once),
        TEST(pointers_are_masked_at_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

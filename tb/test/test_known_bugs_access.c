// SPDX-License-Identifier: Apache-2.0
/* Defects found in other MMUs, as tests of the RTL: pointer masking, shadow stacks, and the CSRs
 * that say what an access is. Each test is named after its number in the list of known bugs. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define USER (VA + 0x1000)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)

/* ---- Pointer masking. */

static void set_pmm(struct bench *b, unsigned user, unsigned supervisor, unsigned machine)
{
    b->context.pmm_u = user;
    b->context.pmm_s = supervisor;
    b->context.pmm_m = machine;
    dut_set_context(b->dut, &b->context);
}

/* "The Ignore Transformation". */
static uint64_t ignored(uint64_t va, unsigned pmm, bool translated)
{
    unsigned bits = pmm == 2 ? 7 : pmm == 3 ? 16 : 0;
    uint64_t kept = va << bits;

    return translated ? (uint64_t)((int64_t)kept >> bits) : kept >> bits;
}

/* All bits of an address above those that are translated, and the highest of these. */
static uint64_t upper_half(const struct bench *b)
{
    return ~UINT64_C(0) << (bench_shift(b, b->p->levels) - 1);
}

/* The page is mapped in the lower half and in the upper, and nothing else is. */
static void masked_access(struct bench *b, enum mmu_access access, uint64_t va, unsigned pmm)
{
    bool mxr = b->context.mxr && b->privilege != MMU_M, bare = b->privilege == MMU_M;
    uint64_t seen = access == MMU_FETCH || mxr ? va : ignored(va, pmm, !bare);
    uint64_t page = b->privilege == MMU_U ? PAGE + 0x1000 : PAGE;
    uint64_t mapped = b->privilege == MMU_U ? USER : VA;

    bench_enter(b, access, 0, va);
    if (bare && seen >> b->p->pa_bits)
        answer_fault(b, bench_port(access), 0, access_fault_of(access), seen);
    else if (bare)
        answer_pa(b, bench_port(access), 0, seen, 0);
    else if (seen == mapped || seen == (mapped | upper_half(b)))
        answer_pa(b, bench_port(access), 0, page + LOW, 12);
    else
        answer_fault(b, bench_port(access), 0, page_fault_of(access), seen);
}

/* MXR turns it off below M-mode; fetches know nothing of it; PMM is that of the effective
 * privilege; and tval is what was translated. */
static void known_bug_08_54_masked_but_not_under_mxr(struct bench *b)
{
    static const uint64_t tags[] = {0, 0x7f, 0xff80, 0xffff, 0x8000, 0x0080, 0x0001, 0x5aa5};
    static const enum mmu_privilege privileges[] = {MMU_U, MMU_S, MMU_M};
    uint64_t upper = upper_half(b);

    for (unsigned half = 0; half < 2; half++) {
        bench_map(b, VA | (half ? upper : 0), 0, PAGE, ALL);
        bench_map(b, USER | (half ? upper : 0), 0, PAGE + 0x1000, ALL | U);
    }
    for (unsigned i = 0; i < 3 * 27; i++) {
        unsigned pmm[3] = {i % 3, i / 3 % 3, i / 9 % 3}, who = i / 27;
        for (unsigned k = 0; k < 3; k++)
            pmm[k] += pmm[k] > 0; /* 0, 2, 3 */
        set_pmm(b, pmm[0], pmm[1], pmm[2]);
        b->privilege = privileges[who];
        for (unsigned k = 0; k < 32; k++) {
            uint64_t va = (who ? VA : USER) | (k & 1 ? upper : 0);
            bench_sum_mxr(b, false, k & 2);
            va ^= tags[k / 4] << 48;
            masked_access(b, MMU_LOAD, va, pmm[who]);
            masked_access(b, MMU_STORE, va, pmm[who]);
            masked_access(b, MMU_FETCH, va, pmm[who]);
        }
    }
}

/* Untranslated in S-mode too the address is as MXR leaves it; and a fence takes its address as it
 * is: one that is no address of any mode removes nothing. */
static void known_bug_08_bare_and_fences(struct bench *b)
{
    uint64_t tag = UINT64_C(0x7f) << 57;

    set_pmm(b, 3, 2, 3);
    bench_map(b, VA, 0, PAGE, ALL);
    expect_pa(b, MMU_LOAD, VA | tag, PAGE + LOW, 12);
    bench_step(b); /* it has entered: a fence beside it keeps it out */
    bench_fence(b, (struct dut_fence){.use_va = true, .va = VA | tag});
    check_equal(b, bench_latency(b, MMU_LOAD, VA | tag), 1);
    bench_map(b, VA, 0, PAGE + 0x5000, ALL);
    bench_fence(b, (struct dut_fence){.use_va = true, .va = VA});
    expect_pa(b, MMU_LOAD, VA | tag, PAGE + 0x5000 + LOW, 12);
    bench_satp(b, 0, 0, 0);
    for (unsigned i = 0; i < 4; i++) {
        bench_sum_mxr(b, false, i % 2);
        if (i % 2)
            expect_access_fault(b, MMU_LOAD, PAGE | tag);
        else
            expect_pa(b, MMU_LOAD, PAGE | tag, PAGE, 0);
        expect_access_fault(b, MMU_FETCH, PAGE | tag);
    }
}

/* ---- Shadow stacks. */

static void set_sse(struct bench *b, bool sse)
{
    b->context.sse = sse;
    dut_set_context(b->dut, &b->context);
}

/* What each kind of access meets, in the order of enum mmu_access: granted, page fault, access
 * fault. */
static void expect_each(struct bench *b, const char *results)
{
    for (unsigned i = 0; i < 3 * MMU_ACCESSES; i++) {
        enum mmu_access access = i * 7 % MMU_ACCESSES;
        if (!suite_has_access(b->p, access))
            continue;
        if (results[access] == 'g')
            expect_pa(b, access, VA, PAGE + LOW, 12);
        else if (access == MMU_PREFETCH)
            expect_defer(b, access, VA);
        else if (results[access] == 'p')
            expect_page_fault(b, access, VA);
        else
            expect_access_fault(b, access, VA);
    }
}

/* Each kind of access to each kind of page, first by a walk, then beside what the TLBs hold. */
static void known_bug_55_each_access_to_each_page(struct bench *b)
{
    static const struct {
        uint64_t flags;
        const char
            *results; /* fetch, load, store, AMO; push, check, swap; manage, zero, prefetch */
    } rows[] = {
        {V | W | A | D, "agaagggaag"},     {V | W | A, "agaapgpaag"}, /* D is missing */
        {V | W | D, "apaapppaag"},                                    /* A is missing */
        {V | W | A | D | U, "pppppppppp"}, {V | R | A | D, "pgpppppgpg"},
        {V | R | W | A | D, "pgggaaaggg"}, {V | R | X | A | D, "ggppaaagpg"},
        {V | X | A | D, "gpppaaappg"},     {ALL, "ggggaaaggg"},
        {V | R | W | A, "pgppaaagpg"},     {0, "pppppppppp"},
        {V | W | X | A | D, "pppppppppp"},
    };

    set_sse(b, true);
    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        bench_map(b, VA, 0, PAGE, rows[i].flags);
        bench_fence(b, (struct dut_fence){0});
        expect_each(b, rows[i].results);
    }
    bench_sum_mxr(b, false, true); /* MXR makes no shadow stack of a page that may be executed */
    bench_map(b, VA, 0, PAGE, V | X | A | D);
    expect_page_fault(b, MMU_STORE, VA);
    for (enum mmu_access access = MMU_SS_PUSH; access <= MMU_SS_SWAP; access++)
        expect_access_fault(b, access, VA);
}

/* SSE holds from the next request on, with no fence: what the TLBs keep of a shadow stack is judged
 * by it again. Without SSE its encoding is reserved. */
static void known_bug_55_sse_of_each_request(struct bench *b)
{
    bench_map(b, VA, 0, PAGE, V | W | A | D);
    for (unsigned round = 0; round < 4; round++) {
        set_sse(b, false);
        for (unsigned k = 0; k < 2; k++)
            for (enum mmu_access access = MMU_FETCH; access <= MMU_AMO; access++)
                expect_page_fault(b, access, VA);
        set_sse(b, true);
        for (unsigned k = 0; k < 2 * round; k++) {
            expect_pa(b, k % 2 ? MMU_LOAD : MMU_SS_SWAP, VA, PAGE + LOW, 12);
            expect_access_fault(b, MMU_STORE, VA);
            expect_access_fault(b, MMU_FETCH, VA);
        }
    }
}

/* Where nothing is translated there is no shadow stack: access faults, and no PTE is read. */
static void known_bug_55_no_shadow_stack_untranslated(struct bench *b)
{
    set_sse(b, true);
    bench_map(b, VA, 0, PAGE, V | W | A | D);
    expect_pa(b, MMU_SS_PUSH, VA, PAGE + LOW, 12);
    uint64_t reads = b->memory.reads;
    for (unsigned i = 0; i < 6; i++) {
        b->privilege = i % 3 == 0 ? MMU_M : i % 3 == 1 ? MMU_S : MMU_U;
        if (i == 1)
            bench_satp(b, 0, 0, 0);
        for (enum mmu_access access = MMU_SS_PUSH; access <= MMU_SS_SWAP; access++) {
            expect_access_fault(b, access, VA);
            expect_pa(b, MMU_STORE, VA, VA, 0);
            expect_access_fault(b, access, VA);
        }
    }
    check_equal(b, b->memory.reads, reads);
}

/* PMP must let it be read and written; and A and D are set as for stores, for the check as for a
 * load. */
static void known_bug_55_pmp_and_updates_of_a_shadow_stack(struct bench *b)
{
    set_sse(b, true);
    b->context.adue = true;
    dut_set_context(b->dut, &b->context);
    for (enum mmu_access access = MMU_SS_PUSH; access <= MMU_SS_SWAP; access++) {
        bench_map(b, VA, 0, PAGE, V | W);
        pmp_region(b, 0, PAGE, 12, PMP_R);
        bench_change_pmp(b);
        expect_access_fault(b, access, VA);
        expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
        expect_access_fault(b, access, VA);
        bench_map(b, VA, 0, PAGE, V | W);
        pmp_region(b, 0, PAGE, 12, PMP_RW);
        bench_change_pmp(b);
        expect_pa(b, access, VA, PAGE + LOW, 12);
        check_equal(b, *bench_pte(b, VA, 0),
                    pte(PAGE, access == MMU_SS_CHECK ? V | W | A : V | W | A | D));
    }
}

/* ---- CSRs. */

struct csr {
    unsigned feature;
    uint64_t page; /* flags of one that is granted with the CSR set, and a page fault without */
};

static void set_csr(struct bench *b, unsigned feature, bool on)
{
    struct dut_context *c = &b->context;

    c->adue = on && feature == HAS_SVADU;
    c->pbmte = on && feature == HAS_SVPBMT;
    c->sse = on && feature == HAS_ZICFISS;
    c->sbe = on && feature == HAS_BIG_ENDIAN;
    c->pmm_s = on && feature == HAS_MASKING ? 2 : 0;
    dut_set_context(b->dut, c);
}

/* Each CSR counts as it is in the cycle in which a request is accepted, for all of its life. */
static void known_bug_28_53_every_csr_of_its_cycle(struct bench *b)
{
    static const struct csr csrs[] = {
        {HAS_SVADU, V | R | D},
        {HAS_SVPBMT, V | R | A | D | UINT64_C(1) << MMU_PTE_PBMT_SHIFT},
        {HAS_ZICFISS, V | W | A | D},
        {HAS_BIG_ENDIAN, V | R | A | D},
        {HAS_MASKING, V | R | A | D},
    };

    bench_timing(b, 3, 0);
    for (unsigned i = 0; i < sizeof csrs / sizeof *csrs; i++) {
        unsigned feature = csrs[i].feature;
        if (!(suite_features(b->p) & feature))
            continue;
        for (unsigned moment = 0; moment < 40; moment++) {
            bool on = moment % 2;
            uint64_t va = feature == HAS_MASKING ? VA | UINT64_C(1) << 63 : VA;
            bench_map(b, VA, 0, PAGE, csrs[i].page);
            if (feature == HAS_BIG_ENDIAN)
                memory_reverse(&b->memory);
            bench_fence(b, (struct dut_fence){0});
            set_csr(b, feature, on);
            bench_submit(b, MMU_LOAD, 0, va);
            bench_step(b);
            bench_steps(b, moment / 2 == 19 ? 0 : moment / 2);
            set_csr(b, feature, !on);
            b->type = feature == HAS_SVPBMT && on ? MMU_NC : MMU_PMA;
            if (on)
                answer_pa(b, DUT_DATA, 0, PAGE + LOW, 12);
            else
                answer_fault(b, DUT_DATA, 0, 13, va);
            if (feature == HAS_BIG_ENDIAN)
                memory_reverse(&b->memory);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_MASKING, known_bug_08_54_masked_but_not_under_mxr),
        SUITE_TEST_WITH(HAS_MASKING, known_bug_08_bare_and_fences),
        SUITE_TEST(known_bug_28_53_every_csr_of_its_cycle),
        SUITE_TEST_WITH(HAS_ZICFISS, known_bug_55_each_access_to_each_page),
        SUITE_TEST_WITH(HAS_ZICFISS, known_bug_55_sse_of_each_request),
        SUITE_TEST_WITH(HAS_ZICFISS, known_bug_55_no_shadow_stack_untranslated),
        SUITE_TEST_WITH(HAS_ZICFISS | HAS_PMP | HAS_SVADU,
                        known_bug_55_pmp_and_updates_of_a_shadow_stack),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);

    suite_print_rows(tests, sizeof tests / sizeof *tests);
    return failed;
}

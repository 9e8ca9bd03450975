// SPDX-License-Identifier: Apache-2.0
/* The straps: what the design admits to having of what it was built with. */
#include "rtl_pmp.h"
#include "rtl_suite.h"

#define VA   UINT64_C(0x12345678)
#define NEXT (VA + 0x1000)
#define PAGE UINT64_C(0x140000000)
#define LOW  UINT64_C(0x678)

static void strap(struct bench *b, const struct dut_straps *straps)
{
    dut_set_straps(b->dut, straps);
    dut_reset(b->dut);
    dut_set_context(b->dut, &b->context);
}

/* What the straps deny is as if it were not built: its encodings are reserved. */
static void straps_take_pte_formats_away(struct bench *b)
{
    const struct dut_parameters *p = b->p;

    for (unsigned has = 0; has < 4; has++) {
        strap(b, &(struct dut_straps){has & 1, has & 2, p->pmp_entries, p->pmp_grain});
        for (unsigned k = 0; k < 2; k++) {
            bench_map(b, VA, 0, PAGE + 0x8000, ALL | MMU_PTE_N);
            if (has & 1)
                expect_pa(b, MMU_LOAD, VA, PAGE + (VA & 0xffff), 16);
            else
                expect_page_fault(b, MMU_LOAD, VA);
            bench_map(b, NEXT, 0, PAGE, ALL | MMU_PTE_SOFTWARE_60_59);
            bench_fence(b, (struct dut_fence){0});
            if (has & 2)
                expect_pa(b, MMU_LOAD, NEXT, PAGE + LOW, 12);
            else
                expect_page_fault(b, MMU_LOAD, NEXT);
            bench_fence(b, (struct dut_fence){0});
        }
    }
}

/* Entries from the count up do not exist, and with none there is no PMP; a larger grain takes away
 * NA4 and the low bits of addresses. */
static void straps_take_pmp_away(struct bench *b)
{
    struct dut_straps straps = {b->p->svnapot, b->p->svrsw60t59b, 0, b->p->pmp_grain};

    bench_map(b, VA, 0, PAGE, ALL);
    for (unsigned i = 0; i < 4; i++)
        pmp_region(b, i, PAGE >> 12 << 12, 12, i == 2 ? PMP_R : 0);
    b->pmp.cfg[0] = b->pmp.cfg[1] = 0;
    pmp_region(b, 3, 0, 54, PMP_RWX);
    bench_change_pmp(b);
    for (straps.pmp_count = 0; straps.pmp_count <= 4; straps.pmp_count++) {
        strap(b, &straps);
        bool all = straps.pmp_count == 0; /* no PMP; entry 2 without 3 leaves no page table */
        if (all || straps.pmp_count == 4)
            expect_pa(b, MMU_LOAD, VA, PAGE + LOW, 12);
        else
            expect_access_fault(b, MMU_LOAD, VA);
        if (all)
            expect_pa(b, MMU_STORE, VA, PAGE + LOW, 12);
        else
            expect_access_fault(b, MMU_STORE, VA);
    }
    pmp_open(b);
    straps.pmp_count = b->p->pmp_entries;
    for (straps.pmp_grain = 0; straps.pmp_grain <= 10; straps.pmp_grain++) {
        uint64_t grain = UINT64_C(4) << straps.pmp_grain;
        pmp_bottom(b, 0, PAGE);
        pmp_top(b, 1, PAGE + 0x7fc, 0); /* rounded down to the grain */
        bench_change_pmp(b);
        strap(b, &straps);
        uint64_t top = 0x7fc / grain * grain;
        for (uint64_t at = 0; at < 0x1000; at += 0x1fc)
            if (at < top)
                expect_access_fault(b, MMU_LOAD, (VA & ~UINT64_C(0xfff)) + at);
            else
                expect_pa(b, MMU_LOAD, (VA & ~UINT64_C(0xfff)) + at, PAGE + at, 12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUITE_TEST_WITH(HAS_SVNAPOT | HAS_SVRSW60T59B, straps_take_pte_formats_away),
        SUITE_TEST_WITH(HAS_PMP, straps_take_pmp_away),
    };

    return cmocka_run_group_tests_name("straps", tests, NULL, NULL);
}

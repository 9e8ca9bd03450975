// SPDX-License-Identifier: Apache-2.0
/* The PMP CSRs of random runs: such as a core may hold, and where they matter. */
#include "random_pmp.h"
#include "splitmix.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

#define SEEDS   60
#define CHANGES 40

static void open_world(struct world *world, unsigned xlen, unsigned entries, unsigned grain,
                       uint64_t seed)
{
    const struct mmu_config model = {.xlen = xlen,
                                     .levels = xlen == 32 ? 2 : 4,
                                     .pa_bits = xlen == 32 ? 34 : 44,
                                     .pmp_entries = entries,
                                     .pmp_grain = grain};
    const struct dut_parameters build = {.asid_bits = 4, .pmp_entries = entries + 2};

    assert_true(world_open(world, &model, &build, xlen == 32 ? 1 | 1 << 2 : 1 | 1 << 3, seed));
}

/* "Physical Memory Protection CSRs" and "Smepmp": which values the CSRs can have. */
static void check_entry(const struct mmu_config *model, const struct mmu_pmp *pmp, unsigned entry)
{
    unsigned mode = pmp->cfg[entry] >> MMU_PMP_A_SHIFT & 3, xwr = pmp->cfg[entry] & 7;
    uint64_t addr = pmp->addr[entry], grain = (UINT64_C(1) << model->pmp_grain) - 1;

    assert_int_equal(pmp->cfg[entry] & 0x60, 0);
    assert_true(pmp->mml || (xwr & 3) != MMU_PMP_W);
    assert_true(addr >> (model->pa_bits - 2) == 0);
    assert_true(mode != MMU_PMP_NA4 || model->pmp_grain == 0);
    if (mode == MMU_PMP_NAPOT)
        assert_true((addr & grain >> 1) == grain >> 1);
    else
        assert_true((addr & grain) == 0);
}

static void check_csrs(const struct mmu_config *model, const struct mmu_pmp *pmp)
{
    for (unsigned entry = 0; entry < model->pmp_entries; entry++)
        check_entry(model, pmp, entry);
}

static void values_are_legal(void **state)
{
    static const unsigned grains[] = {0, 1, 2, 8, 12};

    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t rng = seed;
        struct pmp_style style;
        struct mmu_pmp pmp;
        struct world world;
        open_world(&world, seed % 2 ? 32 : 64, 1 + seed % 16, grains[seed % 5], seed);
        pmp_draw_style(&style, false, &rng);
        pmp_draw(&pmp, &style, &world, &rng);
        check_csrs(&world.model, &pmp);
        for (unsigned i = 0; i < CHANGES; i++) {
            pmp_change(&pmp, &style, &world, &rng);
            check_csrs(&world.model, &pmp);
        }
        world_close(&world);
    }
}

static void open_style_allows_everything(void **state)
{
    struct pmp_style style;
    struct mmu_pmp pmp;
    struct world world;
    uint64_t rng = 1;

    (void)state;
    open_world(&world, 64, 8, 2, 1);
    pmp_draw_style(&style, true, &rng);
    pmp_draw(&pmp, &style, &world, &rng);
    for (enum mmu_access access = 0; access < MMU_ACCESSES; access++)
        for (unsigned i = 0; i < 100; i++)
            assert_true(mmu_pmp_allows(&world.model, &pmp, i % 2 ? MMU_U : MMU_M, access,
                                       splitmix_next(&rng) >> 20 & ~UINT64_C(63), 8));
    world_close(&world);
}

/* Whether PMP speaks alike for all of these bytes. */
static bool is_one(const struct world *world, const struct mmu_pmp *pmp, uint64_t pa,
                   unsigned bytes)
{
    unsigned allowed = 0;

    for (unsigned at = 0; at < bytes; at += 4)
        allowed += mmu_pmp_allows(&world->model, pmp, MMU_S, MMU_STORE, pa + at, 4);
    return allowed == 0 || allowed == bytes / 4;
}

/* Over a few seeds: tables that PMP denies, splits between PTEs, and splits within a PTE; and yet
 * most PTEs can be read. */
static void regions_meet_tables(void **state)
{
    unsigned pages = 0, denied = 0, split = 0, words = 0;

    (void)state;
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        uint64_t rng = seed;
        struct pmp_style style;
        struct mmu_pmp pmp;
        struct world world;
        open_world(&world, 64, 16, 0, seed);
        pmp_draw_style(&style, false, &rng);
        pmp_draw(&pmp, &style, &world, &rng);
        for (unsigned page = 0; page < world.pages; page++) {
            uint64_t pa = world_page_ppn(&world, page) << 12;
            pages++;
            if (!is_one(&world, &pmp, pa, 4096))
                split++;
            else
                denied += !mmu_pmp_allows(&world.model, &pmp, MMU_S, MMU_STORE, pa, 8);
            for (unsigned at = 0; at < 4096; at += 8)
                words += !is_one(&world, &pmp, pa + at, 8);
        }
        world_close(&world);
    }
    assert_in_range(denied, 1, pages / 2);
    assert_in_range(split, SEEDS / 4, pages / 4);
    assert_true(words > 0);
}

static void edges_are_near_entries(void **state)
{
    struct mmu_pmp pmp = {.cfg = {0, MMU_PMP_TOR << MMU_PMP_A_SHIFT}, .addr = {0x1000, 0x4000}};
    struct world world;
    uint64_t rng = 7;

    (void)state;
    open_world(&world, 64, 2, 0, 1);
    for (unsigned i = 0; i < 200; i++)
        assert_in_range(pmp_edge(&pmp, &world, &rng), 0x10000 - 64, 0x10000 + 63);
    pmp.cfg[1] = MMU_PMP_NAPOT << MMU_PMP_A_SHIFT; /* 0x8000 bytes at 0x10000 */
    pmp.addr[1] = 0x4fff;
    for (unsigned i = 0; i < 200; i++) {
        uint64_t pa = pmp_edge(&pmp, &world, &rng);
        assert_true(pa - (0x10000 - 64) < 128 || pa - (0x18000 - 64) < 128);
    }
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_legal),
        cmocka_unit_test(open_style_allows_everything),
        cmocka_unit_test(regions_meet_tables),
        cmocka_unit_test(edges_are_near_entries),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

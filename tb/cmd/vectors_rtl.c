// SPDX-License-Identifier: Apache-2.0
/* Vectors on the RTL: the designs, and the machine of a scenario made of one. */
#include "dut_pmp.h"
#include "vectors_engine.h"
#include "vectors_stream.h"

#include <stdlib.h>

/* One design; opened when a scenario of its xlen comes. */
struct opened {
    struct design *which;
    struct dut *dut;
    struct vectors_build build;
};

struct vectors_rtl {
    bool one_preset; /* chosen by the user: design[0] answers for both xlens */
    struct design every[2];
    struct opened design[2];
    struct dut_memory_timing timing;
    struct dut_memory memory;
    struct vectors_memory words;
};

struct vectors_rtl *vectors_rtl_new(struct design *chosen, unsigned memory_latency)
{
    static const char *const every[] = {"every32", "every64"};
    struct vectors_rtl *rtl = calloc(1, sizeof *rtl);

    if (!rtl)
        return NULL;
    rtl->one_preset = chosen->preset != NULL;
    for (int i = 0; i < 2; i++) {
        rtl->every[i] = *chosen;
        rtl->every[i].preset = every[i];
        rtl->design[i].which = rtl->one_preset ? chosen : &rtl->every[i];
    }
    rtl->timing.latency_min = rtl->timing.latency_max = memory_latency;
    rtl->memory.user = &rtl->words;
    rtl->memory.read = vectors_memory_read;
    rtl->memory.compare_and_swap = vectors_memory_swap;
    return rtl;
}

void vectors_rtl_free(struct vectors_rtl *rtl)
{
    if (!rtl)
        return;
    for (int i = 0; i < 2; i++)
        if (rtl->design[i].dut)
            design_close(rtl->design[i].which, rtl->design[i].dut);
    free(rtl);
}

static struct opened *design_for(struct vectors_rtl *rtl, unsigned xlen)
{
    return &rtl->design[rtl->one_preset || xlen == 32 ? 0 : 1];
}

static const struct vectors_build *engine_build(void *user, unsigned xlen, char *error, size_t size)
{
    struct vectors_rtl *rtl = user;
    struct opened *design = design_for(rtl, xlen);

    if (design->dut)
        return &design->build;
    design->dut = design_open(design->which, DUT_WAVE_NONE, error, size);
    if (!design->dut)
        return NULL;
    dut_set_memory(design->dut, &rtl->memory, &rtl->timing);
    const struct dut_parameters *parameters = dut_parameters(design->dut);
    design->build = (struct vectors_build){
        .xlen = parameters->xlen,
        .levels = parameters->levels,
        .pa_bits = parameters->pa_bits,
        .pmp_entries = parameters->pmp_entries,
        .pmp_grain = parameters->pmp_grain,
        .svadu = parameters->svadu,
        .svnapot = parameters->svnapot,
        .svrsw60t59b = parameters->svrsw60t59b,
        .svpbmt = parameters->svpbmt,
    };
    return &design->build;
}

static unsigned smaller(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* The straps are taken in reset. CSRs that do not change, because the design does not let them,
 * give wrong answers soon enough. */
static void engine_begin(void *user, const struct vector_scenario *scenario)
{
    const struct opened *design = design_for(user, scenario->xlen);
    const struct vectors_build *build = &design->build;
    const struct dut_straps straps = {
        .svnapot = scenario->napot && build->svnapot,
        .svrsw60t59b = scenario->svrsw && build->svrsw60t59b,
        .pmp_count = smaller(scenario->npmp, build->pmp_entries),
        .pmp_grain = scenario->npmp ? (unsigned)scenario->pmpg - 2 : build->pmp_grain,
    };
    struct mmu_pmp pmp = vectors_pmp(scenario);

    dut_set_straps(design->dut, &straps);
    dut_reset(design->dut);
    if (build->pmp_entries)
        dut_wait_pmp(design->dut, &pmp, VECTORS_CYCLES_MOST);
}

static void engine_answer(void *user, const struct vector_scenario *scenario,
                          const struct vector_access *const *accesses, int count,
                          struct vectors_answer *answers)
{
    struct vectors_rtl *rtl = user;

    vectors_stream(design_for(rtl, scenario->xlen)->dut, &rtl->words, scenario, accesses, count,
                   answers);
}

struct vectors_engine vectors_rtl_engine(struct vectors_rtl *rtl)
{
    return (struct vectors_engine){
        .user = rtl,
        .build = engine_build,
        .begin = engine_begin,
        .answer = engine_answer,
        .caches = true,
    };
}

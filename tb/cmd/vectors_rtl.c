// SPDX-License-Identifier: Apache-2.0
/* Vectors on the RTL, one access at a time after a full fence. */
#include "vectors_engine.h"

#include <stdlib.h>

#define CYCLES_MOST 10000 /* for a fence, for being accepted, for an answer */

/* One design; opened when a scenario of its xlen comes. */
struct design {
    const char *preset;
    struct dut *dut;
    struct vectors_build build;
};

struct vectors_rtl {
    bool one_preset; /* chosen by the user: design[0] answers for both xlens */
    struct design design[2];
    const struct dut_set *sets;
    size_t nsets;
    struct dut_memory_timing timing;
    struct dut_memory memory;
    struct vectors_memory words;
};

struct vectors_rtl *vectors_rtl_new(const char *preset, const struct dut_set *sets, size_t nsets,
                                    unsigned memory_latency)
{
    struct vectors_rtl *rtl = calloc(1, sizeof *rtl);

    if (!rtl)
        return NULL;
    rtl->one_preset = preset != NULL;
    rtl->design[0].preset = preset ? preset : "tiny";
    rtl->design[1].preset = "server";
    rtl->sets = sets;
    rtl->nsets = nsets;
    rtl->timing.latency_min = rtl->timing.latency_max = memory_latency;
    rtl->memory.user = &rtl->words;
    rtl->memory.read = vectors_memory_read;
    return rtl;
}

void vectors_rtl_free(struct vectors_rtl *rtl)
{
    if (!rtl)
        return;
    for (int i = 0; i < 2; i++)
        if (rtl->design[i].dut)
            dut_close(rtl->design[i].dut);
    free(rtl);
}

static struct design *design_for(struct vectors_rtl *rtl, unsigned xlen)
{
    return &rtl->design[rtl->one_preset || xlen == 32 ? 0 : 1];
}

static const struct vectors_build *engine_build(void *user, unsigned xlen, char *error, size_t size)
{
    struct vectors_rtl *rtl = user;
    struct design *design = design_for(rtl, xlen);

    if (design->dut)
        return &design->build;
    design->dut = dut_open(design->preset, rtl->sets, rtl->nsets, DUT_WAVE_NONE, error, size);
    if (!design->dut)
        return NULL;
    dut_set_memory(design->dut, &rtl->memory, &rtl->timing);
    const struct dut_parameters *parameters = dut_parameters(design->dut);
    design->build = (struct vectors_build){
        .xlen = parameters->xlen,
        .levels = parameters->levels,
        .pa_bits = parameters->pa_bits,
    };
    return &design->build;
}

/* Fences everything. False: it did not complete. */
static bool fence_all(struct dut *dut)
{
    const struct dut_fence everything = {0};

    for (int cycle = 0; cycle < CYCLES_MOST; cycle++) {
        bool done = dut_fence(dut, &everything);
        dut_step(dut);
        if (done)
            return true;
    }
    return false;
}

/* Asks, and waits for the answer. False: it was not accepted, or not answered. */
static bool ask(struct dut *dut, enum dut_port port, const struct dut_request *request,
                struct dut_response *response)
{
    bool accepted = false;

    for (int cycle = 0; cycle < CYCLES_MOST && !accepted; cycle++) {
        accepted = dut_submit(dut, port, request);
        dut_step(dut);
    }
    for (int cycle = 0; cycle < CYCLES_MOST && accepted; cycle++) {
        if (dut_poll(dut, port, response))
            return true;
        dut_step(dut);
    }
    return false;
}

static void engine_answer(void *user, const struct vector_scenario *scenario,
                          const struct vector_access *access, struct vectors_answer *answer)
{
    struct vectors_rtl *rtl = user;
    struct dut *dut = design_for(rtl, scenario->xlen)->dut;
    struct mmu_request asked = vectors_request(access);
    struct dut_context context = {.satp = scenario->satp, .sum = access->sum, .mxr = access->mxr};
    struct dut_request request = {
        .va = asked.va,
        .access = asked.access,
        .size = asked.size,
        .privilege = access->ep,
    };
    struct dut_response response;
    enum dut_port port = asked.access == MMU_FETCH ? DUT_FETCH : DUT_DATA;

    vectors_memory_begin(&rtl->words, scenario);
    dut_set_context(dut, &context);
    if (!fence_all(dut) || !ask(dut, port, &request, &response)) {
        dut_reset(dut);
        answer->outcome = VECTORS_SILENT;
        return;
    }
    dut_step(dut);
    answer->outcome = response.result == DUT_DEFER ? VECTORS_DEFERRED : VECTORS_ANSWERED;
    answer->result = (struct vector_result){
        .ok = response.result == DUT_GRANTED,
        .pa = response.pa,
        .pg = response.page_shift,
        .cause = response.cause,
        .tval = response.tval,
    };
    vectors_memory_updates(&rtl->words, &answer->result);
}

struct vectors_engine vectors_rtl_engine(struct vectors_rtl *rtl)
{
    return (struct vectors_engine){rtl, engine_build, engine_answer};
}

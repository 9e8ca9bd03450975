// SPDX-License-Identifier: Apache-2.0
/* Vectors on the reference model. */
#include "mmu_pmp.h"
#include "vectors_engine.h"

struct mmu_request vectors_request(const struct vector_access *access)
{
    return (struct mmu_request){
        .va = access->va,
        .access = access->k == 'F'   ? MMU_FETCH
                  : access->k == 'L' ? MMU_LOAD
                  : access->k == 'S' ? MMU_STORE
                                     : MMU_AMO,
        .size = access->len,
    };
}

struct vectors_build vectors_model_build(unsigned xlen)
{
    return (struct vectors_build){
        .xlen = xlen,
        .levels = xlen == 32 ? 2 : MMU_MAX_LEVELS,
        .pa_bits = xlen == 32 ? 34 : 56,
        .pmp_entries = MMU_PMP_MAX_ENTRIES,
        .svadu = true,
        .svnapot = true,
        .svrsw60t59b = true,
        .svpbmt = true,
    };
}

/* Entries without a line are off with address 0. */
struct mmu_pmp vectors_pmp(const struct vector_scenario *scenario)
{
    struct mmu_pmp pmp = {.mml = scenario->mml, .mmwp = scenario->mmwp};

    for (int i = 0; i < scenario->npe; i++) {
        pmp.cfg[i] = scenario->pmp[i].cfg;
        pmp.addr[i] = scenario->pmp[i].addr;
    }
    return pmp;
}

void vectors_model_answer(unsigned pa_bits, const struct vector_scenario *scenario,
                          const struct vector_access *access, struct vectors_answer *answer)
{
    struct vectors_build build = vectors_model_build(scenario->xlen);
    struct mmu_config config = {
        .xlen = build.xlen,
        .levels = build.levels,
        .pa_bits = pa_bits,
        .svnapot = scenario->napot,
        .svpbmt = true,
        .svrsw60t59b = scenario->svrsw,
        .pmp_entries = scenario->npmp,
        .pmp_grain = scenario->pmpg - 2,
    };
    struct mmu_pmp pmp = vectors_pmp(scenario);
    struct mmu_context context = {
        .satp = scenario->satp,
        .privilege = access->ep,
        .sum = access->sum,
        .mxr = access->mxr,
        .adue = scenario->madue,
        .pbmte = scenario->mpbmte,
        .pmp = &pmp,
    };
    struct vectors_memory words;
    struct mmu_memory memory = {&words, vectors_memory_read, vectors_memory_swap};
    struct mmu_request request = vectors_request(access);
    struct mmu_answer model;

    vectors_memory_begin(&words, scenario);
    mmu_translate(&config, &context, &memory, &request, &model);
    answer->outcome = VECTORS_ANSWERED;
    answer->result = (struct vector_result){
        .ok = model.result == MMU_GRANTED,
        .pa = model.pa,
        .pbmt = model.memory_type,
        .pg = model.page_shift,
        .cause = model.cause,
        .tval = model.tval,
    };
    vectors_memory_updates(&words, &answer->result);
}

static const struct vectors_build *engine_build(void *user, unsigned xlen, char *error, size_t size)
{
    const struct vectors_build *builds = user;

    (void)error;
    (void)size;
    return &builds[xlen == 64];
}

static void engine_answer(void *user, const struct vector_scenario *scenario,
                          const struct vector_access *const *accesses, int count,
                          struct vectors_answer *answers)
{
    const struct vectors_build *builds = user;

    for (int i = 0; i < count; i++)
        vectors_model_answer(builds[scenario->xlen == 64].pa_bits, scenario, accesses[i],
                             &answers[i]);
}

struct vectors_engine vectors_model_engine(struct vectors_build builds[2])
{
    builds[0] = vectors_model_build(32);
    builds[1] = vectors_model_build(64);
    return (struct vectors_engine){.user = builds, .build = engine_build, .answer = engine_answer};
}

// SPDX-License-Identifier: Apache-2.0
/* Which answers are right. */
#include "vectors_engine.h"

static bool same_updates(const struct vector_result *a, const struct vector_result *b)
{
    if (a->nupd != b->nupd)
        return false;
    for (int i = 0; i < a->nupd; i++)
        if (a->upd[i].address != b->upd[i].address || a->upd[i].value != b->upd[i].value)
            return false;
    return true;
}

static const char *granted_difference(const struct vector_result *expected,
                                      const struct vector_result *got)
{
    if (got->pa != expected->pa)
        return "physical address";
    if (got->pbmt != expected->pbmt)
        return "memory type";
    if (got->pg > expected->pg || (got->pg == 0) != (expected->pg == 0))
        return "page size";
    if (!same_updates(expected, got))
        return "A/D updates";
    return NULL;
}

static const char *fault_difference(const struct vector_result *expected,
                                    const struct vector_result *got)
{
    if (got->cause != expected->cause)
        return "cause";
    if (got->tval != expected->tval)
        return "tval";
    if (got->tval2 != expected->tval2 || got->tinst != expected->tinst)
        return "tval2 or tinst";
    if (got->gva != expected->gva)
        return "gva";
    if (got->nupd != 0 && !same_updates(expected, got))
        return "A/D updates";
    return NULL;
}

static const char *result_difference(const struct vector_result *expected,
                                     const struct vector_result *got)
{
    if (got->ok != expected->ok)
        return "granted or fault";
    return got->ok ? granted_difference(expected, got) : fault_difference(expected, got);
}

const char *vectors_difference(const struct vectors_build *build,
                               const struct vector_scenario *scenario,
                               const struct vector_access *access,
                               const struct vectors_answer *answer)
{
    unsigned whole = vectors_model_build(scenario->xlen).pa_bits;
    struct vectors_answer wide, narrow;

    if (answer->outcome == VECTORS_SILENT)
        return "no answer";
    if (answer->outcome == VECTORS_DEFERRED)
        return "deferred, though not speculative";
    if (build->pa_bits < whole) {
        vectors_model_answer(whole, scenario, access, &wide);
        vectors_model_answer(build->pa_bits, scenario, access, &narrow);
        if (result_difference(&wide.result, &narrow.result))
            return result_difference(&narrow.result, &answer->result);
    }
    return result_difference(&access->expected, &answer->result);
}

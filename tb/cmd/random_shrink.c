// SPDX-License-Identifier: Apache-2.0
/* Makes a failing case smaller. */
#include "random_drive.h"

/* Runs the case; if it fails, it becomes the one to beat. */
static bool try_case(struct dut *dut, struct random_case candidate, struct random_case *best,
                     struct random_outcome *outcome)
{
    struct random_statistics unused = {0};
    struct random_outcome tried;

    if (candidate.count == 0 ||
        random_drive(dut, &candidate, &unused, NULL, &tried) != RANDOM_DISAGREES)
        return false;
    *best = candidate;
    *outcome = tried;
    if (tried.accepted > 0 && tried.accepted < best->count)
        best->count = tried.accepted;
    return true;
}

/* Halves the step as long as a smaller count fails too. */
static void shrink_count(struct dut *dut, struct random_case *best, struct random_outcome *outcome)
{
    for (uint64_t step = best->count / 2; step > 0; step /= 2) {
        struct random_case candidate = *best;
        candidate.count = best->count > step ? best->count - step : 0;
        while (try_case(dut, candidate, best, outcome))
            candidate.count = best->count > step ? best->count - step : 0;
    }
}

/* A class less may move the failure to a later access: it may take four times as many. */
static bool shrink_classes(struct dut *dut, struct random_case *best,
                           struct random_outcome *outcome, uint64_t limit)
{
    bool any = false;

    for (unsigned class = 0; class < RANDOM_CLASSES; class ++) {
        struct random_case candidate = *best;
        if (best->without >> class & 1)
            continue;
        candidate.without |= 1u << class;
        if (candidate.without >> RANDOM_FETCH & candidate.without >> RANDOM_DATA & 1)
            continue;
        candidate.count = 4 * best->count < limit ? 4 * best->count : limit;
        any |= try_case(dut, candidate, best, outcome);
    }
    return any;
}

void random_shrink(struct dut *dut, struct random_case *what, struct random_outcome *outcome)
{
    struct random_case best = *what;
    uint64_t limit = what->count > 1000 ? what->count : 1000;

    best.waves = false;
    if (outcome->accepted > 0 && outcome->accepted < best.count)
        best.count = outcome->accepted;
    shrink_count(dut, &best, outcome);
    while (shrink_classes(dut, &best, outcome, limit))
        shrink_count(dut, &best, outcome);
    try_case(dut, best, &best, outcome); /* the outcome of exactly this case */
    best.waves = what->waves;
    *what = best;
}

// SPDX-License-Identifier: Apache-2.0
/* Orders runs and estimates how long they will take. */
#include "sweep_estimate.h"

#include <stdlib.h>
#include <string.h>

static size_t point_of(const struct sweep_plan *plan, size_t run)
{
    return (size_t)(plan->runs[run].point - plan->points);
}

/* When a run's turn is: that of its design, and later by some designs for each trace before its
 * own. */
static size_t turn(const struct sweep_plan *plan, size_t run, unsigned jobs)
{
    return point_of(plan, run) + 2 * jobs * plan->runs[run].trace_number;
}

/* Appends the runs whose turn it is. */
static void add_turn(struct sweep_estimate *estimate, const bool *left, size_t now)
{
    for (size_t i = 0; i < estimate->plan->run_count; i++)
        if (left[i] && turn(estimate->plan, i, estimate->jobs) == now)
            estimate->order[estimate->count++] = i;
}

/* Designs of which a run is there already are met: they are built. */
static void meet_built(struct sweep_estimate *estimate, const bool *left)
{
    const struct sweep_plan *plan = estimate->plan;

    memset(estimate->met, 0, plan->point_count * sizeof *estimate->met);
    for (size_t i = 0; i < plan->run_count; i++)
        if (!left[i])
            estimate->met[point_of(plan, i)] = true;
}

bool sweep_estimate_begin(struct sweep_estimate *estimate, const struct sweep_plan *plan,
                          const bool *left, unsigned jobs)
{
    size_t turns = plan->point_count + 2 * jobs * plan->definition->traces.count;

    *estimate = (struct sweep_estimate){
        .plan = plan,
        .jobs = jobs,
        .order = calloc(plan->run_count, sizeof *estimate->order),
        .met = calloc(plan->point_count, sizeof *estimate->met),
    };
    if (!estimate->order || !estimate->met)
        return false;
    for (size_t now = 0; now < turns; now++)
        add_turn(estimate, left, now);
    meet_built(estimate, left);
    for (size_t i = 0; i < estimate->count; i++) {
        bool *met = &estimate->met[point_of(plan, estimate->order[i])];
        estimate->firsts += !*met;
        *met = true;
    }
    meet_built(estimate, left);
    return true;
}

void sweep_estimate_free(struct sweep_estimate *estimate)
{
    free(estimate->order);
    free(estimate->met);
}

void sweep_estimate_ended(struct sweep_estimate *estimate, const struct sweep_run *run,
                          double seconds)
{
    bool *met = &estimate->met[run->point - estimate->plan->points];
    bool first = !*met;

    *met = true;
    estimate->ended[first]++;
    estimate->seconds[first] += seconds;
}

double sweep_estimate_left(const struct sweep_estimate *estimate)
{
    size_t firsts = estimate->firsts - estimate->ended[true];
    size_t laters = estimate->count - estimate->firsts - estimate->ended[false];
    double mean[2];

    for (int first = 0; first < 2; first++) {
        int known = estimate->ended[first] ? first : !first;
        mean[first] =
            estimate->ended[known] ? estimate->seconds[known] / (double)estimate->ended[known] : 0;
    }
    return (mean[true] * (double)firsts + mean[false] * (double)laters) / estimate->jobs;
}

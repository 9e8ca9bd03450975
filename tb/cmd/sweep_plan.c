// SPDX-License-Identifier: Apache-2.0
/* Expands the grid of a sweep. */
#include "sweep_plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_POINTS = 10000 };

static size_t count_points(const struct sweep_definition *definition)
{
    size_t count = 1;

    for (size_t a = 0; a < definition->axes && count <= MOST_POINTS; a++)
        count *= definition->axis[a].count;
    return count;
}

/* Point number `index`: the last axis varies fastest. */
static bool make_point(const struct sweep_definition *definition, size_t index,
                       struct sweep_point *point, char *error, size_t error_size)
{
    const struct sweep_choice *chosen[SWEEP_AXES + 1] = {&definition->set};
    char reason[400];

    for (size_t a = definition->axes; a > 0; a--) {
        const struct sweep_axis *axis = &definition->axis[a - 1];
        chosen[a] = &axis->choice[index % axis->count];
        index /= axis->count;
    }
    for (size_t a = 0; a <= definition->axes; a++) {
        memcpy(point->set + point->sets, chosen[a]->set, chosen[a]->count * sizeof *point->set);
        point->sets += chosen[a]->count;
    }
    if (dut_preset_load(definition->preset, point->set, point->sets, &point->preset, reason,
                        sizeof reason))
        return true;
    snprintf(error, error_size, "sweep %s: %s", definition->name, reason);
    return false;
}

static bool make_points(struct sweep_plan *plan, char *error, size_t error_size)
{
    size_t count = count_points(plan->definition);

    if (count > MOST_POINTS) {
        snprintf(error, error_size, "sweep %s has more than %d points", plan->definition->name,
                 MOST_POINTS);
        return false;
    }
    plan->points = calloc(count, sizeof *plan->points);
    for (size_t i = 0; plan->points && i < count; i++) {
        if (!make_point(plan->definition, i, &plan->points[i], error, error_size))
            return false;
        plan->point_count++;
    }
    if (!plan->points)
        snprintf(error, error_size, "no memory for %zu points", count);
    return plan->points != NULL;
}

bool sweep_run_value(const struct sweep_run *run, const char *dimension, char *text, size_t size)
{
    if (!strcmp(dimension, "trace")) {
        snprintf(text, size, "%s", run->trace);
        return true;
    }
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        if (!strcmp(dimension, dut_preset_parameter(i))) {
            snprintf(text, size, "%d", run->point->preset.value[i]);
            return true;
        }
    return false;
}

void sweep_run_describe(const struct sweep_run *run, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "%s,", run->trace);

    for (size_t i = 0; i < run->point->sets && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, " %s", run->point->set[i].text);
}

/* Whether the run's value of DIMENSION is one of those of "DIMENSION=V,V". */
static bool is_among(const struct sweep_run *run, const char *only, bool *known)
{
    char dimension[64], value[256];
    size_t length = strcspn(only, "=");
    bool among = false;

    snprintf(dimension, sizeof dimension, "%.*s", (int)length, only);
    *known = only[length] && sweep_run_value(run, dimension, value, sizeof value);
    for (const char *at = only + length; *known && *at && !among;) {
        size_t piece = strcspn(++at, ",");
        among = strlen(value) == piece && !strncmp(at, value, piece);
        at += piece;
    }
    return among;
}

static bool is_wanted(const struct sweep_run *run, const struct sweep_list *only, bool *good,
                      char *error, size_t error_size)
{
    bool wanted = true, known;

    for (size_t i = 0; i < only->count; i++) {
        wanted &= is_among(run, only->item[i], &known);
        if (!known) {
            snprintf(error, error_size, "--only %s: trace=NAME,NAME or Parameter=V,V is wanted",
                     only->item[i]);
            *good = false;
        }
    }
    return wanted;
}

/* The file of a trace; allocated. Null with the reason in `error`. */
static char *find_trace(const char *name, char *error, size_t error_size)
{
    static const char *const places[] = {"sim/traces/standard", "sim/sweeps"};
    char path[4096];

    if (strchr(name, '/') && !access(name, R_OK))
        return strdup(name);
    for (size_t i = 0; !strchr(name, '/') && i < sizeof places / sizeof *places; i++) {
        snprintf(path, sizeof path, "%s/%s/%s.bin.xz", dut_root(), places[i], name);
        if (!access(path, R_OK))
            return strdup(path);
    }
    snprintf(error, error_size,
             "trace '%s': there is no such file, nor a NAME.bin.xz in sim/traces/standard or "
             "sim/sweeps",
             name);
    return NULL;
}

/* Everything that the results of a run depend on. */
static bool name_run(const struct sweep_plan *plan, uint64_t sources, uint64_t trace,
                     struct sweep_run *run)
{
    const struct sweep_definition *definition = plan->definition;
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);

    if (!stream)
        return false;
    fprintf(stream, "sources %" PRIx64 "\ntrace %" PRIx64 "\nlimit %" PRIu64 "\n", sources, trace,
            plan->limit);
    for (size_t m = 0; m < SWEEP_MEASURED; m++)
        for (size_t i = 0; i < definition->measured[m].count; i++)
            fprintf(stream, "%s %s\n", sweep_measured_names[m], definition->measured[m].item[i]);
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        fprintf(stream, "%s=%d\n", dut_preset_parameter(i), run->point->preset.value[i]);
    bool good = !fclose(stream);
    if (good)
        sweep_key_text(text, run->key);
    free(text);
    return good;
}

/* Every point on one trace. */
static bool add_runs(struct sweep_plan *plan, size_t number, const struct sweep_list *only,
                     uint64_t sources, char *error, size_t error_size)
{
    const char *name = plan->definition->traces.item[number], *path = plan->paths[number];
    uint64_t trace = 0;
    bool good = sweep_key_file(path, &trace, error, error_size);

    for (size_t i = 0; good && i < plan->point_count; i++) {
        struct sweep_run *run = &plan->runs[plan->run_count];
        *run = (struct sweep_run){
            .point = &plan->points[i], .trace = name, .trace_number = number, .path = path};
        if (!is_wanted(run, only, &good, error, error_size))
            continue;
        good = name_run(plan, sources, trace, run);
        if (!good)
            snprintf(error, error_size, "no memory for the runs");
        plan->run_count += good;
    }
    return good;
}

static bool make_runs(struct sweep_plan *plan, const struct sweep_list *only, char *error,
                      size_t error_size)
{
    const struct sweep_list *traces = &plan->definition->traces;
    uint64_t sources;

    plan->runs = calloc(plan->point_count * traces->count, sizeof *plan->runs);
    if (!plan->runs) {
        snprintf(error, error_size, "no memory for the runs");
        return false;
    }
    if (!sweep_key_sources(&sources, error, error_size))
        return false;
    for (size_t i = 0; i < traces->count; i++) {
        plan->paths[i] = find_trace(traces->item[i], error, error_size);
        if (!plan->paths[i] || !add_runs(plan, i, only, sources, error, error_size))
            return false;
    }
    return true;
}

bool sweep_plan_make(struct sweep_plan *plan, const struct sweep_definition *definition,
                     const struct sweep_list *only, uint64_t limit, char *error, size_t error_size)
{
    *plan = (struct sweep_plan){.definition = definition, .limit = limit};
    if (!make_points(plan, error, error_size) || !make_runs(plan, only, error, error_size))
        return false;
    if (!plan->run_count)
        snprintf(error, error_size, "sweep %s: no run is left by --only", definition->name);
    return plan->run_count > 0;
}

void sweep_plan_free(struct sweep_plan *plan)
{
    for (size_t i = 0; i < SWEEP_ITEMS; i++)
        free(plan->paths[i]);
    free(plan->points);
    free(plan->runs);
}

const struct sweep_run *sweep_plan_find(const struct sweep_plan *plan, const char *key)
{
    for (size_t i = 0; i < plan->run_count; i++)
        if (!strcmp(plan->runs[i].key, key))
            return &plan->runs[i];
    return NULL;
}

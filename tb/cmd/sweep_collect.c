// SPDX-License-Identifier: Apache-2.0
/* Reads the JSON of the bench. */
#include "sweep_collect.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The event that each measure counts for 1000 accesses, on either port. */
static const char *const event_names[SWEEP_MEASURES][DUT_PORTS] = {
    [SWEEP_MISSES] = {"fetch_misses", "data_misses"},
    [SWEEP_L2_MISSES] = {"l2_misses", "l2_misses"},
    [SWEEP_WALKS] = {"walks", "walks"},
    [SWEEP_PTE_READS] = {"pte_reads", "pte_reads"},
    [SWEEP_PREFETCHES] = {"prefetches", "prefetches"},
};

/* What the bench calls the ways in which it measures. */
static const char *const members[SWEEP_MEASURED] = {
    [SWEEP_PORT] = "port",
    [SWEEP_LATENCY] = "memory_latency",
    [SWEEP_OUTSTANDING] = "outstanding",
};

/* Whether the object's member is that text, or that number. */
static bool agrees(const json_t *object, const char *name, const char *value)
{
    const json_t *member = json_object_get(object, name);

    if (json_is_string(member))
        return !strcmp(json_string_value(member), value);
    return json_is_integer(member) && json_integer_value(member) == atoll(value);
}

/* What the bench measured in one way; null if it did not. */
static const json_t *find_point(const json_t *document, const struct sweep_row *row)
{
    const json_t *points = json_object_get(document, "traces"), *point;
    size_t index;

    json_array_foreach(points, index, point)
    {
        bool same = true;
        for (size_t i = 0; i < SWEEP_MEASURED; i++)
            same &= agrees(point, members[i], row->measured[i]);
        if (same)
            return point;
    }
    return NULL;
}

static bool read_values(const json_t *point, struct sweep_row *row)
{
    enum dut_port port = strcmp(row->measured[SWEEP_PORT], "fetch") ? DUT_DATA : DUT_FETCH;
    const json_t *events = json_object_get(point, "events");
    double accesses = json_number_value(json_object_get(point, "accesses"));
    double cycles = json_number_value(json_object_get(point, "cycles"));

    if (!(accesses > 0) || !(cycles > 0))
        return false;
    row->value[SWEEP_ACCESSES] = accesses;
    row->value[SWEEP_CYCLES] = cycles / accesses;
    for (size_t i = 0; i < SWEEP_MEASURES; i++)
        if (event_names[i][port]) {
            const json_t *count = json_object_get(events, event_names[i][port]);
            row->value[i] = count ? 1000 * json_number_value(count) / accesses : NAN;
        }
    return true;
}

/* One row more; false: no memory. */
static bool append(struct sweep_rows *rows, const struct sweep_row *row)
{
    struct sweep_row *more = realloc(rows->row, (rows->count + 1) * sizeof *more);

    if (!more)
        return false;
    rows->row = more;
    rows->row[rows->count++] = *row;
    return true;
}

/* The row number `index` of those of one run: the last of what is measured varies fastest. */
static struct sweep_row name_row(const struct sweep_plan *plan, const struct sweep_run *run,
                                 size_t index)
{
    struct sweep_row row = {.run = run};

    for (size_t i = SWEEP_MEASURED; i-- > 0;) {
        const struct sweep_list *list = &plan->definition->measured[i];
        row.measured[i] = list->item[index % list->count];
        index /= list->count;
    }
    return row;
}

bool sweep_collect(const struct sweep_plan *plan, const struct sweep_run *run, const char *json,
                   struct sweep_rows *rows, char *error, size_t error_size)
{
    json_error_t reason;
    size_t before = rows->count, count = 1;
    json_t *document = json_load_file(json, 0, &reason);
    bool good = document != NULL;

    snprintf(error, error_size, "%s: %s", json, good ? "" : reason.text);
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        count *= plan->definition->measured[i].count;
    for (size_t i = 0; good && i < count; i++) {
        struct sweep_row row = name_row(plan, run, i);
        const json_t *point = find_point(document, &row);
        good = point && read_values(point, &row) && append(rows, &row);
        if (!good)
            snprintf(error, error_size,
                     "%s: no figures of the %s port with latency %s and %s outstanding", json,
                     row.measured[SWEEP_PORT], row.measured[SWEEP_LATENCY],
                     row.measured[SWEEP_OUTSTANDING]);
    }
    json_decref(document);
    if (!good)
        rows->count = before;
    return good;
}

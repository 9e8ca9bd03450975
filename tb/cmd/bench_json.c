// SPDX-License-Identifier: Apache-2.0
/* The figures of a bench as JSON. */
#include "bench_report.h"
#include "json_file.h"

#include <stdio.h>

static json_t *number_if(bool given, unsigned value)
{
    return given ? json_number(value) : json_null();
}

static json_t *port_name(enum dut_port port)
{
    return port == DUT_FETCH  ? json_string("fetch")
           : port == DUT_DATA ? json_string("data")
                              : json_null();
}

/* Adds what is known of a target, and the verdict. */
static void add_verdict(json_t *object, const struct bench_target *target, double cycles)
{
    static const char *const verdicts[] = {"pass", "over"};
    enum bench_verdict verdict = bench_judge(target, cycles);
    bool given = verdict != BENCH_NO_TARGET;

    json_object_set_new(object, "target", given ? json_real(target->cycles) : json_null());
    json_object_set_new(object, "verdict", given ? json_string(verdicts[verdict]) : json_null());
}

static json_t *row_object(const struct bench_row *row)
{
    json_t *object = json_object();

    json_object_set_new(object, "group", json_string(row->group));
    json_object_set_new(object, "name", json_string(row->name));
    json_object_set_new(object, "port", port_name(row->port));
    json_object_set_new(object, "register", number_if(row->has_l2, row->l2_register));
    json_object_set_new(object, "memory_latency",
                        number_if(row->latency != BENCH_NO_LATENCY, row->latency));
    json_object_set_new(object, "cycles", json_real(row->cycles));
    add_verdict(object, &row->target, row->cycles);
    return object;
}

/* How many accesses had each latency. */
static json_t *histogram(const struct bench_point *point)
{
    json_t *object = json_object();
    char latency[16];

    for (unsigned i = 0; i < BENCH_BUCKETS; i++)
        if (point->histogram[i]) {
            snprintf(latency, sizeof latency, "%u", i);
            json_object_set_new(object, latency, json_number(point->histogram[i]));
        }
    return object;
}

static json_t *point_object(const struct bench_point *point)
{
    json_t *object = json_object();
    uint64_t misses = bench_point_misses(point);

    json_object_set_new(object, "trace", json_string(point->name));
    json_object_set_new(object, "file", json_string(point->file));
    json_object_set_new(object, "port", port_name(point->port));
    json_object_set_new(object, "register", number_if(point->has_l2, point->l2_register));
    json_object_set_new(object, "memory_latency", json_number(point->latency));
    json_object_set_new(object, "outstanding", json_number(point->outstanding));
    json_object_set_new(object, "accesses", json_number(point->accesses));
    json_object_set_new(object, "cycles", json_number(point->cycles));
    json_object_set_new(object, "cycles_per_access", json_real(bench_point_average(point)));
    add_verdict(object, &point->target, bench_point_average(point));
    json_object_set_new(object, "l1_misses", json_number(misses));
    json_object_set_new(object, "l1_misses_per_1000",
                        json_real(1000 * (double)misses / (double)point->accesses));
    json_object_set_new(object, "events", json_events(point->events));
    json_object_set_new(object, "histogram", histogram(point));
    return object;
}

static json_t *document(const struct bench_figures *figures)
{
    const struct bench_options *options = figures->options;
    struct bench_tally tally = bench_tally(figures);
    json_t *object = json_object(), *sets = json_array();
    json_t *rows = json_array(), *traces = json_array();

    for (size_t i = 0; i < options->design.set_count; i++)
        json_array_append_new(sets, json_string(options->design.sets[i].text));
    for (size_t i = 0; i < figures->rows.count; i++)
        json_array_append_new(rows, row_object(&figures->rows.at[i]));
    for (size_t i = 0; i < figures->point_count; i++)
        json_array_append_new(traces, point_object(&figures->points[i]));
    json_object_set_new(object, "preset", json_string(options->design.preset));
    json_object_set_new(object, "sets", sets);
    json_object_set_new(object, "mode", json_string(figures->mode));
    json_object_set_new(object, "identity", json_boolean(options->identity));
    json_object_set_new(object, "limit",
                        options->limit ? json_number(options->limit) : json_null());
    json_object_set_new(object, "passed", json_number(tally.of[BENCH_PASS]));
    json_object_set_new(object, "over", json_number(tally.of[BENCH_OVER]));
    json_object_set_new(object, "rows", rows);
    json_object_set_new(object, "traces", traces);
    return object;
}

bool bench_report_json(const struct bench_figures *figures, const char *path, char *error,
                       size_t error_size)
{
    return json_file_write(document(figures), path, error, error_size);
}

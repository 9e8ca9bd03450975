// SPDX-License-Identifier: Apache-2.0
/* The figures of a bench, for people. */
#include "bench_report.h"

#include <inttypes.h>
#include <stdio.h>

#define NAME_WIDTH 53

static const char *const ports[] = {"fetch", "data", "-"};
static const char *const verdicts[] = {"pass", "OVER", "-"};

struct bench_tally bench_tally(const struct bench_figures *figures)
{
    struct bench_tally tally = {{0}};

    for (size_t i = 0; i < figures->rows.count; i++)
        tally.of[bench_judge(&figures->rows.at[i].target, figures->rows.at[i].cycles)]++;
    for (size_t i = 0; i < figures->point_count; i++)
        tally.of[bench_judge(&figures->points[i].target,
                             bench_point_average(&figures->points[i]))]++;
    return tally;
}

/* "R" and "L" as they are printed: a number, or a dash. */
static const char *number(char text[16], bool given, unsigned value)
{
    snprintf(text, 16, given ? "%u" : "-", value);
    return text;
}

/* The target and the verdict, in columns. */
static void print_verdict(const struct bench_target *target, double cycles)
{
    char text[32] = "-";

    if (target->given)
        snprintf(text, sizeof text, "%s%.*f", target->below ? "< " : "", (int)target->decimals,
                 target->cycles);
    printf(" %9s  %s", text, verdicts[bench_judge(target, cycles)]);
}

static void print_row(const struct bench_row *row)
{
    char r[16], l[16];

    printf("%-*s %-5s %2s %3s %9.2f", NAME_WIDTH, row->name, ports[row->port],
           number(r, row->has_l2, row->l2_register),
           number(l, row->latency != BENCH_NO_LATENCY, row->latency), row->cycles);
    print_verdict(&row->target, row->cycles);
    putchar('\n');
}

static void print_rows(const struct bench_rows *rows)
{
    const char *group = "";

    if (rows->count)
        printf("%-*s %-5s %2s %3s %9s %9s\n", NAME_WIDTH, "", "port", "R", "L", "cycles", "target");
    for (size_t i = 0; i < rows->count; i++) {
        if (i > 0 && group != rows->at[i].group)
            putchar('\n');
        group = rows->at[i].group;
        print_row(&rows->at[i]);
    }
    if (rows->count)
        putchar('\n');
}

static void print_point(const struct bench_point *point)
{
    static const enum dut_event events[] = {DUT_L2_HIT,     DUT_WALK,  DUT_PTE_READ,
                                            DUT_WALK_CACHE, DUT_MERGE, DUT_PREFETCH};
    double average = bench_point_average(point);
    char r[16];

    printf("%-10.10s %-5s %2s %3u %3u %10zu %8.4f", point->name, ports[point->port],
           number(r, point->has_l2, point->l2_register), point->latency, point->outstanding,
           point->accesses, average);
    print_verdict(&point->target, average);
    printf(" %9.3f", 1000 * (double)bench_point_misses(point) / (double)point->accesses);
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        printf(" %9" PRIu64, point->events[events[i]]);
    putchar('\n');
}

static void print_points(const struct bench_point *points, size_t count)
{
    if (!count)
        return;
    printf("%-10s %-5s %2s %3s %3s %10s %8s %9s       %9s %9s %9s %9s %9s %9s %9s\n", "trace",
           "port", "R", "L", "out", "accesses", "cycles", "target", "miss/1000", "L2 hits", "walks",
           "PTE reads", "walkcache", "merged", "prefetch");
    for (size_t i = 0; i < count; i++)
        print_point(&points[i]);
    putchar('\n');
}

static void print_histogram(const struct bench_point *point)
{
    printf("%s, %s port, R = %u, L = %u, %u outstanding:\n", point->name, ports[point->port],
           point->l2_register, point->latency, point->outstanding);
    for (unsigned i = 0; i < BENCH_BUCKETS; i++)
        if (point->histogram[i])
            printf("%s%4u cycles %12" PRIu64 "  %8.4f %%\n", i + 1 == BENCH_BUCKETS ? ">=" : "  ",
                   i, point->histogram[i],
                   100 * (double)point->histogram[i] / (double)point->accesses);
    putchar('\n');
}

void bench_report(const struct bench_figures *figures)
{
    const struct bench_options *options = figures->options;
    struct bench_tally tally = bench_tally(figures);

    printf("preset %s", options->design.preset);
    for (size_t i = 0; i < options->design.set_count; i++)
        printf(", %s", options->design.sets[i].text);
    printf(
        "; %s, S-mode, ASID %u; cycles from the request (0) to the usable answer\n"
        "R: register behind the L2's RAM; L: cycles that memory takes; out: accesses outstanding "
        "at most\n\n",
        figures->mode, BENCH_ASID);
    print_rows(&figures->rows);
    print_points(figures->points, figures->point_count);
    for (size_t i = 0; options->histogram && i < figures->point_count; i++)
        print_histogram(&figures->points[i]);
    printf("%zu figures at or under their target, %zu over, %zu without one\n",
           tally.of[BENCH_PASS], tally.of[BENCH_OVER], tally.of[BENCH_NO_TARGET]);
}

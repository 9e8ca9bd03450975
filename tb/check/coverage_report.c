// SPDX-License-Identifier: Apache-2.0
/* Coverage for people and for programs. */
#include "coverage_internal.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

static const char *const mode_names[MMU_MAX_LEVELS + 1] = {"Bare", "",     "Sv32",
                                                           "Sv39", "Sv48", "Sv57"};
static const char *const result_names[RESULTS] = {"granted",      "updated",  "page fault",
                                                  "access fault", "deferred", "dropped"};

void coverage_describe(const struct combination *what, char *text, size_t size)
{
    static const char *const ends[] = {"no walk",
                                       "address not canonical",
                                       "PTE unreadable",
                                       "V=0",
                                       "W without R",
                                       "bits above the PPN",
                                       "D, A or U in a pointer",
                                       "pointer at level 0",
                                       "misaligned superpage"};
    char end[32], level[16] = "";

    if (what->end >= END_LEAF) {
        unsigned bits = (what->end - END_LEAF) % COVERAGE_LEAVES;
        snprintf(end, sizeof end, "%sleaf %c%c%c%c%c%c", what->end >= END_NAPOT ? "64 KiB " : "",
                 bits >= 32 ? 'D' : '-', bits >= 16 ? 'A' : '-', bits & 8 ? 'U' : '-',
                 bits & 4 ? 'X' : '-', bits & 2 ? 'W' : '-', bits & 1 ? 'R' : '-');
    } else {
        snprintf(end, sizeof end, "%s", ends[what->end]);
    }
    if (what->end > END_NOT_CANONICAL)
        snprintf(level, sizeof level, " level %u", what->level);
    snprintf(text, size, "%s%s, %s, %c-mode SUM=%u MXR=%u, %s: %s", mode_names[what->levels], level,
             end, "US?M"[what->privilege], what -> sum, what -> mxr,
             check_access_name(what->access), result_names[what->result]);
}

/* The table: for a mode a row of each level, and one of what needs no PTE. */
#define ROWS (MMU_MAX_LEVELS + 1)

struct table {
    struct coverage_count cell[MMU_MAX_LEVELS + 1][ROWS][RESULTS];
};

static unsigned row_of(const struct combination *what)
{
    return what->end <= END_NOT_CANONICAL ? 0 : what->level + 1;
}

static void count_table(const struct coverage *coverage, struct table *table)
{
    memset(table, 0, sizeof *table);
    for (unsigned bin = 0; bin < COVERAGE_BINS; bin++) {
        if (!coverage->possible[bin])
            continue;
        struct combination what = coverage_of_bin(bin);
        struct coverage_count *cell = &table->cell[what.levels][row_of(&what)][what.result];
        cell->possible++;
        cell->seen += coverage->seen[bin];
    }
}

static void print_row(const struct table *table, unsigned levels, unsigned row, FILE *to)
{
    fprintf(to, "  %-5s", mode_names[levels]);
    if (row == 0)
        fprintf(to, " %-8s", "no PTE");
    else
        fprintf(to, " level %-2u", row - 1);
    for (unsigned result = 0; result < RESULTS; result++) {
        const struct coverage_count *count = &table->cell[levels][row][result];
        char cell[32];
        snprintf(cell, sizeof cell, "%" PRIu64 "/%" PRIu64, count->seen, count->possible);
        fprintf(to, " %12s", count->possible ? cell : "-");
    }
    fputc('\n', to);
}

void coverage_print(const struct coverage *coverage, FILE *to)
{
    struct coverage_count total = coverage_total(coverage);
    struct table table;

    count_table(coverage, &table);
    fprintf(to, "coverage, seen/possible:\n  %-14s", "last PTE");
    for (unsigned result = 0; result < RESULTS; result++)
        fprintf(to, " %12s", result_names[result]);
    fputc('\n', to);
    for (unsigned levels = 0; levels <= MMU_MAX_LEVELS; levels++) {
        if (!(coverage->config.modes >> levels & 1))
            continue;
        for (unsigned row = levels + 1; row-- > 0;)
            print_row(&table, levels, row, to);
    }
    fprintf(to, "  all: %" PRIu64 " of %" PRIu64 " (%.1f %%)\n", total.seen, total.possible,
            total.possible ? 100.0 * (double)total.seen / (double)total.possible : 100.0);
}

void coverage_unseen(const struct coverage *coverage, void (*visit)(void *user, const char *text),
                     void *user)
{
    for (unsigned bin = 0; bin < COVERAGE_BINS; bin++) {
        if (!coverage->possible[bin] || coverage->seen[bin])
            continue;
        struct combination what = coverage_of_bin(bin);
        char text[160];
        coverage_describe(&what, text, sizeof text);
        visit(user, text);
    }
}

static void append_text(void *user, const char *text)
{
    json_array_append_new(user, json_string(text));
}

static void append_cell(const struct table *table, unsigned levels, unsigned row, unsigned result,
                        json_t *rows)
{
    const struct coverage_count *count = &table->cell[levels][row][result];

    if (count->possible == 0)
        return;
    json_t *cell = json_pack("{s:s, s:s, s:I, s:I}", "mode", mode_names[levels], "result",
                             result_names[result], "seen", (json_int_t)count->seen, "possible",
                             (json_int_t)count->possible);
    json_object_set_new(cell, "level", row == 0 ? json_null() : json_integer(row - 1));
    json_array_append_new(rows, cell);
}

static json_t *table_rows(const struct coverage *coverage)
{
    struct table table;
    json_t *rows = json_array();

    count_table(coverage, &table);
    for (unsigned levels = 0; levels <= MMU_MAX_LEVELS; levels++)
        for (unsigned row = levels + 1; row-- > 0;)
            for (unsigned result = 0; result < RESULTS; result++)
                append_cell(&table, levels, row, result, rows);
    return rows;
}

bool coverage_write(const struct coverage *coverage, FILE *to)
{
    struct coverage_count total = coverage_total(coverage);
    json_t *rows = table_rows(coverage), *unseen = json_array();

    coverage_unseen(coverage, append_text, unseen);
    json_t *all = json_pack("{s:I, s:I, s:o, s:o}", "seen", (json_int_t)total.seen, "possible",
                            (json_int_t)total.possible, "rows", rows, "unseen", unseen);
    bool written = all && json_dumpf(all, to, JSON_INDENT(1)) == 0 && fputc('\n', to) != EOF;
    json_decref(all);
    return written;
}

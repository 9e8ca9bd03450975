// SPDX-License-Identifier: Apache-2.0
/* Coverage for people and for programs. */
#include "coverage_internal.h"

#include <inttypes.h>
#include <jansson.h>

static const char *const mode_names[MMU_MAX_LEVELS + 1] = {"Bare", "",     "Sv32",
                                                           "Sv39", "Sv48", "Sv57"};
static const char *const result_names[] = {"granted", "page fault", "access fault"};
static const char *const access_names[] = {"fetch", "load", "store", "amo"};

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
        unsigned bits = what->end - END_LEAF;
        snprintf(end, sizeof end, "leaf %c%c%c%c%c%c", bits & 32 ? 'D' : '-', bits & 16 ? 'A' : '-',
                 bits & 8 ? 'U' : '-', bits & 4 ? 'X' : '-', bits & 2 ? 'W' : '-',
                 bits & 1 ? 'R' : '-');
    } else {
        snprintf(end, sizeof end, "%s", ends[what->end]);
    }
    if (what->end > END_NOT_CANONICAL)
        snprintf(level, sizeof level, " level %u", what->level);
    snprintf(text, size, "%s%s, %s, %c-mode SUM=%u MXR=%u, %s: %s", mode_names[what->levels], level,
             end, "US?M"[what->privilege], what -> sum, what -> mxr, access_names[what->access],
             result_names[what->result]);
}

/* A row of the table: a level of a mode, or (level = -1) what needs no PTE. */
static struct coverage_count count_row(const struct coverage *coverage, unsigned levels, int level,
                                       unsigned result)
{
    struct coverage_count count = {0, 0};

    for (unsigned bin = 0; bin < COVERAGE_BINS; bin++) {
        if (!coverage->possible[bin])
            continue;
        struct combination what = coverage_of_bin(bin);
        int of = what.end <= END_NOT_CANONICAL ? -1 : (int)what.level;
        if (what.levels != levels || of != level || what.result != result)
            continue;
        count.possible++;
        count.seen += coverage->seen[bin];
    }
    return count;
}

static void print_row(const struct coverage *coverage, unsigned levels, int level, FILE *to)
{
    fprintf(to, "  %-5s", mode_names[levels]);
    if (level < 0)
        fprintf(to, " %-8s", "no PTE");
    else
        fprintf(to, " level %-2d", level);
    for (unsigned result = 0; result < 3; result++) {
        struct coverage_count count = count_row(coverage, levels, level, result);
        char cell[32];
        snprintf(cell, sizeof cell, "%" PRIu64 "/%" PRIu64, count.seen, count.possible);
        fprintf(to, " %14s", count.possible ? cell : "-");
    }
    fputc('\n', to);
}

void coverage_print(const struct coverage *coverage, FILE *to)
{
    struct coverage_count total = coverage_total(coverage);

    fprintf(to, "coverage, seen/possible:\n  %-14s %14s %14s %14s\n", "last PTE", "granted",
            "page fault", "access fault");
    for (unsigned levels = 0; levels <= MMU_MAX_LEVELS; levels++) {
        if (!(coverage->modes >> levels & 1))
            continue;
        for (int level = (int)levels - 1; level >= -1; level--)
            print_row(coverage, levels, level, to);
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

static void append_rows(const struct coverage *coverage, unsigned levels, json_t *rows)
{
    for (int level = (int)levels - 1; level >= -1; level--)
        for (unsigned result = 0; result < 3; result++) {
            struct coverage_count count = count_row(coverage, levels, level, result);
            if (count.possible == 0)
                continue;
            json_t *row = json_pack("{s:s, s:s, s:I, s:I}", "mode", mode_names[levels], "result",
                                    result_names[result], "seen", (json_int_t)count.seen,
                                    "possible", (json_int_t)count.possible);
            json_object_set_new(row, "level", level < 0 ? json_null() : json_integer(level));
            json_array_append_new(rows, row);
        }
}

bool coverage_write(const struct coverage *coverage, FILE *to)
{
    struct coverage_count total = coverage_total(coverage);
    json_t *rows = json_array(), *unseen = json_array();

    for (unsigned levels = 0; levels <= MMU_MAX_LEVELS; levels++)
        if (coverage->modes >> levels & 1)
            append_rows(coverage, levels, rows);
    coverage_unseen(coverage, append_text, unseen);
    json_t *all = json_pack("{s:I, s:I, s:o, s:o}", "seen", (json_int_t)total.seen, "possible",
                            (json_int_t)total.possible, "rows", rows, "unseen", unseen);
    bool written = all && json_dumpf(all, to, JSON_INDENT(1)) == 0 && fputc('\n', to) != EOF;
    json_decref(all);
    return written;
}

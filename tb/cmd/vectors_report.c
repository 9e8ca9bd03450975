// SPDX-License-Identifier: Apache-2.0
/* What a vectors run prints. */
#include "vectors_report.h"

#include <inttypes.h>

void vectors_count_add(struct vectors_counts *total, const struct vectors_counts *part)
{
    total->run += part->run;
    total->agreed += part->agreed;
    total->unfenced += part->unfenced;
    total->unfenced_agreed += part->unfenced_agreed;
    for (int i = 0; i < VECTORS_FEATURES; i++)
        total->skipped[i] += part->skipped[i];
}

uint64_t vectors_count_skipped(const struct vectors_counts *counts)
{
    uint64_t sum = 0;

    for (int i = 0; i < VECTORS_FEATURES; i++)
        sum += counts->skipped[i];
    return sum;
}

bool vectors_count_all_agree(const struct vectors_counts *counts)
{
    return counts->agreed == counts->run && counts->unfenced_agreed == counts->unfenced;
}

void vectors_report_counts(FILE *to, const char *name, const struct vectors_counts *counts)
{
    const char *before = ": ";

    fprintf(to, "%s: %" PRIu64 " of %" PRIu64 " agree; ", name, counts->agreed, counts->run);
    if (counts->unfenced)
        fprintf(to, "without fences %" PRIu64 " of %" PRIu64 "; ", counts->unfenced_agreed,
                counts->unfenced);
    fprintf(to, "skipped %" PRIu64, vectors_count_skipped(counts));
    for (int i = 0; i < VECTORS_FEATURES; i++)
        if (counts->skipped[i]) {
            fprintf(to, "%s%s %" PRIu64, before, vectors_feature_name(i), counts->skipped[i]);
            before = ", ";
        }
    fputc('\n', to);
}

static void print_updates(FILE *to, const char *indent, const struct vector_result *result)
{
    char text[VECTOR_LINE_BYTES];

    for (int i = 0; i < result->nupd; i++) {
        vector_format_word(text, "upd", &result->upd[i]);
        fprintf(to, "%s%s\n", indent, text);
    }
}

static const char *outcome_text(const struct vectors_answer *answer, char *text)
{
    switch (answer->outcome) {
    case VECTORS_SILENT:
        return "none";
    case VECTORS_DEFERRED:
        return "defer";
    case VECTORS_ANSWERED:
        break;
    }
    vector_format_result(text, &answer->result);
    return text;
}

void vectors_report_difference(FILE *to, const char *path, const struct vector_scenario *scenario,
                               const struct vector_access *access,
                               const struct vectors_answer *answer, const char *difference)
{
    char text[VECTOR_LINE_BYTES];

    fprintf(to, "%s:%u: scenario %" PRIu64 ", access %td of %d: %s\n", path, access->line,
            scenario->number, access - scenario->acc + 1, scenario->nacc, difference);
    vector_format_access(text, access);
    fprintf(to, "  %s\n", text);
    vector_format_result(text, &access->expected);
    fprintf(to, "    expected %s\n", text);
    print_updates(to, "             ", &access->expected);
    fprintf(to, "    got      %s\n", outcome_text(answer, text));
    if (answer->outcome == VECTORS_ANSWERED)
        print_updates(to, "             ", &answer->result);
}

void vectors_report_unfenced(FILE *to, const char *path, const struct vector_scenario *scenario,
                             const struct vector_access *access,
                             const struct vectors_answer *answer, const char *difference, int order,
                             int place)
{
    vectors_report_difference(to, path, scenario, access, answer, difference);
    if (order == 0)
        fprintf(to, "    without fences, in the file's order\n");
    else
        fprintf(to, "    without fences, access %d of shuffled order %d\n", place + 1, order);
}

void vectors_print_scenario(FILE *to, const struct vector_scenario *scenario)
{
    char text[VECTOR_LINE_BYTES];

    vector_format_head(text, scenario);
    fprintf(to, "%s\n", text);
    for (int i = 0; i < scenario->nram; i++) {
        vector_format_ram(text, &scenario->ram[i]);
        fprintf(to, "%s\n", text);
    }
    for (int i = 0; i < scenario->npe; i++) {
        vector_format_pmp(text, &scenario->pmp[i]);
        fprintf(to, "%s\n", text);
    }
    for (int i = 0; i < scenario->nmem; i++) {
        vector_format_word(text, "mem", &scenario->mem[i]);
        fprintf(to, "%s\n", text);
    }
}

void vectors_print_answer(FILE *to, const struct vector_access *access,
                          const struct vectors_answer *answer)
{
    char text[VECTOR_LINE_BYTES];

    vector_format_access(text, access);
    fputs(text, to);
    fprintf(to, "%s\n", outcome_text(answer, text));
    if (answer->outcome == VECTORS_ANSWERED)
        print_updates(to, "", &answer->result);
}

void vectors_print_skip(FILE *to, const struct vector_access *access, enum vectors_feature feature)
{
    char text[VECTOR_LINE_BYTES];

    vector_format_access(text, access);
    fprintf(to, "%sskip %s\n", text, vectors_feature_name(feature));
}

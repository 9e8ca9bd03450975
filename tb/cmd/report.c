// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <inttypes.h>
#include <stdio.h>

const char *report_grouped(char text[REPORT_NUMBER], uint64_t value)
{
    char plain[REPORT_NUMBER];
    int length = snprintf(plain, sizeof plain, "%" PRIu64, value);
    char *out = text;

    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            *out++ = ',';
        *out++ = plain[i];
    }
    *out = '\0';
    return text;
}

double report_ratio(uint64_t part, uint64_t whole)
{
    return whole ? (double)part / (double)whole : 0;
}

void report_line(int width, const char *what, uint64_t value, const char *remark)
{
    char text[REPORT_NUMBER];

    printf("%-*s %15s", width, what, report_grouped(text, value));
    if (remark && *remark)
        printf("   %s", remark);
    putchar('\n');
}

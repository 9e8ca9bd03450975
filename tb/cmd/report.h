// SPDX-License-Identifier: Apache-2.0
/* What the reports of commands have in common. */
#ifndef REPORT_H
#define REPORT_H

#include <stdint.h>

#define REPORT_NUMBER 32 /* characters of any number, with its thousands apart */

/* Writes a number with its thousands apart, 1,234,567, and returns the text. */
const char *report_grouped(char text[REPORT_NUMBER], uint64_t value);

/* A part of a whole; 0 of nothing. */
double report_ratio(uint64_t part, uint64_t whole);

/* Prints a line: what, in a column of that width, how many, and a remark, which may be null. */
void report_line(int width, const char *what, uint64_t value, const char *remark);

#endif

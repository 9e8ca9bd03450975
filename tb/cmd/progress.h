// SPDX-License-Identifier: Apache-2.0
/* A progress line with rate and remaining time on a terminal; nothing when standard error is not
 * one, so that a pipe or a log holds results only. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* The caller owns it; no memory behind it. */
struct progress {
    bool on;          /* standard error is a terminal */
    const char *what; /* a word or two before the numbers; must live as long as the line */
    const char *unit; /* what is counted: "accesses" */
    double total;     /* how many there will be; <= 0: unknown */
    double start;     /* seconds, monotonic */
    double shown;     /* when the line was last written */
};

/* Begins a line. `total` in units, <= 0 when unknown. */
void progress_start(struct progress *progress, const char *what, const char *unit, double total);

/* Says that `done` units are done. Cheap enough to be called some thousand times a second: the line
 * is written at most five times a second. */
void progress_update(struct progress *progress, double done);

/* Removes the line, so that results begin on an empty one. */
void progress_end(struct progress *progress);

/* Seconds on the monotonic clock. */
double progress_now(void);

#endif

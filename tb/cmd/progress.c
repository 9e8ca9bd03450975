// SPDX-License-Identifier: Apache-2.0
/* The progress line. */
#include "progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define SECONDS_BETWEEN_LINES 0.2

double progress_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void progress_start(struct progress *progress, const char *what, const char *unit, double total)
{
    double now = progress_now();

    *progress = (struct progress){
        .on = isatty(STDERR_FILENO) == 1,
        .what = what,
        .unit = unit,
        .total = total,
        .start = now,
        .shown = now,
    };
}

/* A number of units as a person reads it: 812, 93.1 k, 1.25 M. */
static void scaled(char *text, size_t size, double value)
{
    if (value < 1e4)
        snprintf(text, size, "%.0f", value);
    else if (value < 1e6)
        snprintf(text, size, "%.1f k", value / 1e3);
    else
        snprintf(text, size, "%.2f M", value / 1e6);
}

void progress_update(struct progress *progress, double done)
{
    if (!progress->on)
        return;
    double now = progress_now();
    if (now - progress->shown < SECONDS_BETWEEN_LINES)
        return;
    progress->shown = now;

    double rate = done / (now - progress->start);
    char count[32], speed[32];
    scaled(count, sizeof count, done);
    scaled(speed, sizeof speed, rate);
    fprintf(stderr, "\r\033[K%s: %s %s, %s/s", progress->what, count, progress->unit, speed);
    if (progress->total > 0 && rate > 0) {
        double left = (progress->total - done) / rate;
        if (left < 0)
            left = 0;
        fprintf(stderr, ", %.0f %%, %.0f:%02d left", 100 * done / progress->total,
                (double)(long)(left / 60), (int)(left - 60 * (double)(long)(left / 60)));
    }
    fflush(stderr);
}

void progress_end(struct progress *progress)
{
    if (progress->on)
        fputs("\r\033[K", stderr);
    progress->on = false;
}

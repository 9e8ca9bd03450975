// SPDX-License-Identifier: Apache-2.0
#include "bench_point.h"

#include "progress.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define DONE_EVERY 50000 /* accesses */
#define LOOK_EVERY 20000 /* microseconds between two looks at the children */
#define MOST_JOBS  64

/* Children that measure. */
struct pool {
    struct bench_point *points;
    size_t count, next; /* the next to be measured */
    size_t most, running;
    pid_t child[MOST_JOBS];
    struct bench_point *point[MOST_JOBS]; /* of each child */
};

double bench_point_average(const struct bench_point *point)
{
    return point->accesses ? (double)point->cycles / (double)point->accesses : 0;
}

uint64_t bench_point_misses(const struct bench_point *point)
{
    return point->events[point->port == DUT_FETCH ? DUT_FETCH_MISS : DUT_DATA_MISS];
}

struct bench_point *bench_points_new(size_t count)
{
    void *points = mmap(NULL, (count ? count : 1) * sizeof(struct bench_point),
                        PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return points == MAP_FAILED ? NULL : points;
}

void bench_points_free(struct bench_point *points, size_t count)
{
    if (points)
        munmap(points, (count ? count : 1) * sizeof *points);
}

void bench_point_measure(struct bench_point *point, const struct bench_work *work)
{
    struct bench_hart *hart = point->hart;
    struct bench_stream stream;

    bench_work_map(work, hart);
    bench_hart_start(hart, point->latency);
    bench_stream_begin(&stream, hart, point->port, work->accesses[point->port],
                       work->count[point->port], point->outstanding);
    while (stream.answered < stream.count && !hart->error[0]) {
        size_t left = stream.count - stream.answered;

        bench_streams_run(&stream, 1, stream.answered + (left < DONE_EVERY ? left : DONE_EVERY));
        point->done = stream.answered;
    }
    point->cycles = stream.end - stream.begin;
    for (int event = 0; event < DUT_EVENTS; event++)
        point->events[event] = dut_events(hart->dut, event);
    memcpy(point->histogram, stream.histogram, sizeof point->histogram);
    memcpy(point->error, hart->error, sizeof point->error);
}

/* A child that measures; -1 if there cannot be one. */
static pid_t start(struct bench_point *point, const struct bench_work *work)
{
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        bench_point_measure(point, work);
        _exit(EXIT_SUCCESS);
    }
    if (child < 0)
        snprintf(point->error, sizeof point->error, "no process to measure in: %s",
                 strerror(errno));
    return child;
}

/* Whether the child of the point has ended. */
static bool ended(struct bench_point *point, pid_t child)
{
    int status;

    if (waitpid(child, &status, WNOHANG) == 0)
        return false;
    if (!WIFEXITED(status) || WEXITSTATUS(status))
        snprintf(point->error, sizeof point->error, "the measurement ended by signal %d",
                 WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    return true;
}

static void show(struct progress *progress, const struct bench_point *points, size_t count)
{
    double done = 0;

    for (size_t i = 0; i < count; i++)
        done += (double)points[i].done;
    progress_update(progress, done);
}

/* Starts children while there are points and room. False: there cannot be one. */
static bool start_more(struct pool *pool, const struct bench_work *work)
{
    for (; pool->next < pool->count && pool->running < pool->most; pool->next++) {
        pid_t child = start(&pool->points[pool->next], work);

        if (child < 0)
            return false;
        pool->child[pool->running] = child;
        pool->point[pool->running++] = &pool->points[pool->next];
    }
    return true;
}

/* Takes leave of children that have ended. False: one of them met an error. */
static bool collect(struct pool *pool)
{
    bool good = true;

    for (size_t i = 0; i < pool->running;) {
        if (!ended(pool->point[i], pool->child[i])) {
            i++;
            continue;
        }
        good &= !pool->point[i]->error[0];
        pool->running--;
        pool->point[i] = pool->point[pool->running];
        pool->child[i] = pool->child[pool->running];
    }
    return good;
}

void bench_points_measure(struct bench_point *points, size_t count, const struct bench_work *work,
                          unsigned jobs, const char *what)
{
    struct pool pool = {
        .points = points, .count = count, .most = jobs < MOST_JOBS ? jobs : MOST_JOBS};
    struct progress progress;
    double total = 0;
    bool good = true;

    for (size_t i = 0; i < count; i++)
        total += (double)points[i].accesses;
    progress_start(&progress, what, "accesses", total);
    while (good || pool.running) {
        good = good && start_more(&pool, work);
        if (!pool.running)
            break;
        usleep(LOOK_EVERY);
        good &= collect(&pool);
        show(&progress, points, count);
    }
    progress_end(&progress);
}

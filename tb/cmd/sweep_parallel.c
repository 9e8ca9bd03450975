// SPDX-License-Identifier: Apache-2.0
/* Has GNU parallel start this program again for each run: jobs.txt in the folder has the keys of
 * the runs, jobs.log is parallel's own account. */
#include "sweep_parallel.h"

#include "sweep_estimate.h"
#include "sweep_job.h"
#include "sweep_process.h"
#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

/* How far the sweep is. */
struct account {
    const struct sweep_plan *plan;
    struct sweep_estimate estimate;
    size_t made, failed;
};

static bool write_jobs(const struct account *account, const char *folder, char *error,
                       size_t error_size)
{
    struct whole_file file;

    if (whole_file_begin(&file, "%s/%s", folder, "jobs.txt"))
        for (size_t i = 0; i < account->estimate.count; i++)
            fprintf(file.stream, "%s\n", account->plan->runs[account->estimate.order[i]].key);
    return whole_file_end(&file, true, NULL, error, error_size);
}

/* Starts parallel with its output in a pipe; the pipe's other end, negative if that fails. */
static int start(const struct sweep_options *options, const char *folder, pid_t *child)
{
    char self[4096], jobs[16], limit[32], list[4200], log[4200];
    int ends[2];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

    self[length < 0 ? 0 : length] = 0;
    snprintf(jobs, sizeof jobs, "%u", options->jobs);
    snprintf(limit, sizeof limit, "%" PRIu64, options->limit);
    snprintf(list, sizeof list, "%s/jobs.txt", folder);
    snprintf(log, sizeof log, "%s/jobs.log", folder);
    char *command[40] = {"parallel",
                         "--will-cite",
                         "--plain",
                         "--quote",
                         "--jobs",
                         jobs,
                         "--line-buffer",
                         "--joblog",
                         log,
                         "--arg-file",
                         list,
                         self,
                         "sweep",
                         (char *)options->sweep,
                         "--output",
                         (char *)folder,
                         "--run",
                         "{}"};
    size_t count = 18;
    if (options->limit) {
        command[count++] = "--limit";
        command[count++] = limit;
    }
    if (options->bench) {
        command[count++] = "--bench";
        command[count++] = (char *)options->bench;
    }
    if (pipe2(ends, O_CLOEXEC))
        return -1;
    *child = sweep_process_start(command, NULL, ends[1], false);
    close(ends[1]);
    return ends[0];
}

/* One run has ended. */
static void report(struct account *account, const struct sweep_job_result *job)
{
    char what[1000];
    const struct sweep_run *run = sweep_plan_find(account->plan, job->key);
    size_t all = account->plan->run_count, before = all - account->estimate.count;

    if (!run)
        return;
    account->made += job->good;
    account->failed += !job->good;
    sweep_estimate_ended(&account->estimate, run, job->seconds);
    int left = (int)sweep_estimate_left(&account->estimate);
    sweep_run_describe(run, what, sizeof what);
    fprintf(stderr, "%zu of %zu, %d:%02d left: ", before + account->made, all, left / 60,
            left % 60);
    if (job->good)
        fprintf(stderr, "%s (%.1f s)\n", what, job->seconds);
    else
        fprintf(stderr, "%s FAILED: %s\n", what, job->reason);
}

/* Reads what the runs print until the last has ended. */
static void follow(struct account *account, FILE *output)
{
    char line[2000];
    struct sweep_job_result job;

    while (fgets(line, sizeof line, output)) {
        if (sweep_job_parse(line, &job))
            report(account, &job);
        else
            fprintf(stderr, "%s\n", line);
    }
}

/* Has parallel make the runs in the account; false when it did not do its work. */
static bool make_runs(struct account *account, const struct sweep_options *options,
                      const char *folder, char *error, size_t error_size)
{
    pid_t child = -1;

    if (!write_jobs(account, folder, error, error_size))
        return false;
    int pipe = start(options, folder, &child);
    FILE *output = pipe < 0 ? NULL : fdopen(pipe, "r");
    if (output) {
        follow(account, output);
        fclose(output);
    }
    int status = sweep_process_wait(child);
    if (account->made + account->failed == account->estimate.count)
        return true;
    snprintf(error, error_size,
             "GNU parallel ended (exit status %d) after %zu of %zu runs; the same command goes on "
             "from there",
             status, account->made, account->estimate.count);
    return false;
}

bool sweep_parallel(const struct sweep_plan *plan, const bool *left,
                    const struct sweep_options *options, const char *folder, char *error,
                    size_t error_size)
{
    struct account account = {.plan = plan};
    bool good = sweep_estimate_begin(&account.estimate, plan, left, options->jobs);

    if (good)
        good = make_runs(&account, options, folder, error, error_size);
    else
        snprintf(error, error_size, "no memory for the list of runs");
    sweep_estimate_free(&account.estimate);
    return good;
}

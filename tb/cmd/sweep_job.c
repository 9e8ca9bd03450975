// SPDX-License-Identifier: Apache-2.0
/* One run of a sweep. */
#include "sweep_job.h"

#include "cmd.h"
#include "progress.h"
#include "sweep_collect.h"
#include "sweep_folder.h"
#include "sweep_process.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LIST_SIZE = 16 * SWEEP_ITEMS, MOST_ARGUMENTS = 32 + 2 * SWEEP_RELATED * (SWEEP_AXES + 1) };

struct command {
    char *argument[MOST_ARGUMENTS];
    size_t count;
    char list[SWEEP_MEASURED][LIST_SIZE], limit[32], with_register[16];
};

static void add(struct command *command, const char *option, const char *value)
{
    if (option)
        command->argument[command->count++] = (char *)option;
    if (value)
        command->argument[command->count++] = (char *)value;
}

/* The list with commas between. */
static const char *join(const struct sweep_list *list, char text[LIST_SIZE])
{
    for (size_t i = 0, used = 0; i < list->count; i++)
        used +=
            (size_t)snprintf(text + used, LIST_SIZE - used, "%s%s", i ? "," : "", list->item[i]);
    return text;
}

/* The command line of the bench. */
static void make_command(struct command *command, const struct sweep_plan *plan,
                         const struct sweep_run *run, const char *bench, const char *json)
{
    static const char *const options[SWEEP_MEASURED] = {"--ports", "--memory-latency",
                                                        "--outstanding"};
    const struct sweep_definition *definition = plan->definition;

    sweep_run_value(run, "L2Register", command->with_register, sizeof command->with_register);
    add(command, bench, "bench");
    add(command, "--preset", definition->preset);
    for (size_t i = 0; i < run->point->sets; i++)
        add(command, "--set", run->point->set[i].text);
    add(command, "--register", command->with_register);
    add(command, "--rows", "traces");
    add(command, "--trace", run->path);
    for (size_t i = 0; i < SWEEP_MEASURED; i++)
        add(command, options[i], join(&definition->measured[i], command->list[i]));
    add(command, "--jobs", "1");
    if (plan->limit) {
        snprintf(command->limit, sizeof command->limit, "%" PRIu64, plan->limit);
        add(command, "--limit", command->limit);
    }
    add(command, "--json", json);
}

/* The last line of the log that says anything, without newline. */
static void last_words(const char *log, char *text, size_t size)
{
    char line[400];
    FILE *file = fopen(log, "r");

    snprintf(text, size, "the bench said nothing");
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        if (*line)
            snprintf(text, size, "%s", line);
    }
    if (file)
        fclose(file);
}

/* Whether the run still depends on what it did when it was named. */
static bool is_current(const struct sweep_plan *plan, const char *key)
{
    struct sweep_plan now;
    char error[600];
    bool current = false;

    if (sweep_plan_make(&now, plan->definition, &(struct sweep_list){0}, plan->limit, error,
                        sizeof error))
        current = sweep_plan_find(&now, key) != NULL;
    sweep_plan_free(&now);
    return current;
}

/* Measures into the file `json`; false with the reason. The bench writes that file unless an answer
 * was wrong; its exit status says also whether a figure is over its target. */
static bool measure(const struct sweep_plan *plan, const struct sweep_run *run, const char *bench,
                    const char *json, const char *log, char *reason, size_t size)
{
    struct command command = {.count = 0};
    struct sweep_rows rows = {0};

    make_command(&command, plan, run, bench, json);
    int status = sweep_process_run(command.argument, NULL, log);
    bool good = sweep_collect(plan, run, json, &rows, reason, size);
    free(rows.row);
    if (status > CMD_DISAGREE || (status && !good)) {
        char words[500];
        last_words(log, words, sizeof words);
        snprintf(reason, size, "exit status %d: %s", status, words);
        good = false;
    } else if (good && !is_current(plan, run->key)) {
        snprintf(reason, size, "a source or the trace changed while it ran");
        good = false;
    }
    return good;
}

bool sweep_job(const struct sweep_plan *plan, const struct sweep_options *options,
               const char *folder)
{
    char self[4096], json[4096], part[4200], log[4096], reason[1000];
    double begin = progress_now();
    const struct sweep_run *run = sweep_plan_find(plan, options->run);

    if (!run) {
        printf("failed %s a source or the trace changed before it ran\n", options->run);
        return false;
    }
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    self[length < 0 ? 0 : length] = 0;
    sweep_folder_file(folder, run, "json", json, sizeof json);
    sweep_folder_file(folder, run, "log", log, sizeof log);
    snprintf(part, sizeof part, "%s.%ld.part", json, (long)getpid());
    bool good = measure(plan, run, options->bench ? options->bench : self, part, log, reason,
                        sizeof reason);
    if (good && rename(part, json)) {
        snprintf(reason, sizeof reason, "the results cannot be kept: %s", strerror(errno));
        good = false;
    }
    unlink(part);
    if (good)
        printf("done %s %.1f\n", run->key, progress_now() - begin);
    else
        printf("failed %s %s\n", run->key, reason);
    return good;
}

bool sweep_job_parse(char *line, struct sweep_job_result *result)
{
    int at = 0;

    line[strcspn(line, "\n")] = 0;
    *result = (struct sweep_job_result){.good = !strncmp(line, "done ", 5)};
    if (result->good)
        return sscanf(line, "done %16s %lf", result->key, &result->seconds) == 2;
    if (sscanf(line, "failed %16s %n", result->key, &at) != 1 || !at)
        return false;
    result->reason = line + at;
    return true;
}

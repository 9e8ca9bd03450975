// SPDX-License-Identifier: Apache-2.0
/* The results of a run as JSON. */
#include "run_report.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static json_t *number(uint64_t value)
{
    return json_integer((json_int_t)value);
}

static json_t *processes(const struct run_plan *plan)
{
    json_t *array = json_array();

    for (size_t i = 0; i < plan->process_count; i++) {
        const struct program *program = &plan->programs[i];
        json_t *process = json_object();

        json_object_set_new(process, "trace", json_string(program->path));
        json_object_set_new(process, "accesses", number(program->count));
        json_object_set_new(process, "pages_touched", number(program->touched));
        json_array_append_new(array, process);
    }
    return array;
}

static json_t *events(const struct run_result *result)
{
    static const char *const names[DUT_EVENTS] = {
        [DUT_FETCH_HIT] = "fetch_hits",
        [DUT_FETCH_MISS] = "fetch_misses",
        [DUT_DATA_HIT] = "data_hits",
        [DUT_DATA_MISS] = "data_misses",
        [DUT_L2_HIT] = "l2_hits",
        [DUT_L2_MISS] = "l2_misses",
        [DUT_L2_CONFLICT] = "l2_conflicts",
        [DUT_WALK] = "walks",
        [DUT_PTE_READ] = "pte_reads",
        [DUT_WALK_FAULT] = "walk_faults",
        [DUT_FENCE_DONE] = "fences",
        [DUT_UPDATE] = "updates",
        [DUT_MERGE] = "merges",
        [DUT_WALK_CACHE] = "walk_cache_hits",
        [DUT_PREFETCH] = "prefetches",
    };
    json_t *object = json_object();

    for (int event = 0; event < DUT_EVENTS; event++)
        if (names[event])
            json_object_set_new(object, names[event], number(result->events[event]));
    return object;
}

static json_t *faults(const struct vm_counts *vm)
{
    static const char *const names[VM_FAULTS] = {
        [VM_DEMAND_ZERO] = "demand_zero",   [VM_SWAP_IN] = "swapped_in",
        [VM_SET_ACCESSED] = "accessed_set", [VM_SET_DIRTY] = "dirty_set",
        [VM_SPURIOUS] = "spurious",
    };
    json_t *object = json_object();

    for (int kind = 0; kind < VM_FAULTS; kind++)
        if (names[kind])
            json_object_set_new(object, names[kind], number(vm->faults[kind]));
    return object;
}

static json_t *operating_system(const struct vm_counts *vm)
{
    const struct {
        const char *name;
        uint64_t value;
    } counts[] = {
        {"evictions", vm->evictions},          {"written_back", vm->write_backs},
        {"dropped_clean", vm->dropped_clean},  {"dropped_zero", vm->dropped_zero},
        {"cleaned_ahead", vm->cleaned},        {"swap_reads", vm->swap_reads},
        {"swap_writes", vm->swap_writes},      {"fences_by_address", vm->fences_page},
        {"fences_by_space", vm->fences_space}, {"superpages", vm->superpages},
        {"superpages_split", vm->splits},      {"tables_made", vm->tables_allocated},
        {"tables_freed", vm->tables_freed},    {"tables_at_most", vm->tables_most},
    };
    json_t *object = json_object();

    json_object_set_new(object, "page_faults", faults(vm));
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        json_object_set_new(object, counts[i].name, number(counts[i].value));
    return object;
}

static json_t *run(const struct run_result *result)
{
    json_t *object = json_object();

    json_object_set_new(object, "policy", json_string(result->policy->name));
    json_object_set_new(object, "agrees", json_boolean(result->outcome == RUN_AGREES));
    if (result->outcome != RUN_AGREES)
        json_object_set_new(object, "disagreement", json_string(result->message));
    json_object_set_new(object, "fetches", number(result->kinds[MMU_FETCH]));
    json_object_set_new(object, "loads", number(result->kinds[MMU_LOAD]));
    json_object_set_new(object, "stores", number(result->kinds[MMU_STORE]));
    json_object_set_new(object, "answers", number(result->answers));
    json_object_set_new(object, "answers_agreed", number(result->agreed));
    json_object_set_new(object, "bytes_compared", number(result->bytes));
    json_object_set_new(object, "pages_compared", number(result->pages_compared));
    json_object_set_new(object, "context_switches", number(result->switches));
    json_object_set_new(object, "cycles", number(result->cycles));
    json_object_set_new(object, "seconds", json_real(result->seconds));
    json_object_set_new(object, "processor_seconds", json_real(result->cpu_seconds));
    json_object_set_new(object, "events", events(result));
    json_object_set_new(object, "operating_system", operating_system(&result->vm));
    return object;
}

static json_t *document(const struct run_facts *facts, const struct run_result *results,
                        size_t count)
{
    json_t *object = json_object();
    json_t *runs = json_array();

    json_object_set_new(object, "preset", json_string(facts->options->preset));
    json_object_set_new(object, "mode", json_string(facts->plan->mode->name));
    json_object_set_new(object, "frames", number(facts->plan->frames));
    json_object_set_new(object, "pages_touched", number(facts->touched));
    json_object_set_new(object, "slice", number(facts->plan->slice));
    json_object_set_new(object, "sample", number(facts->plan->interval));
    json_object_set_new(object, "memory_latency", number(facts->plan->latency));
    json_object_set_new(object, "seed", number(facts->plan->seed));
    json_object_set_new(object, "ad",
                        json_string(facts->plan->hardware_ad ? "hardware" : "software"));
    json_object_set_new(object, "processes", processes(facts->plan));
    json_object_set_new(object, "waveform",
                        facts->waveform ? json_string(facts->waveform) : json_null());
    for (size_t i = 0; i < count; i++)
        json_array_append_new(runs, run(&results[i]));
    json_object_set_new(object, "runs", runs);
    return object;
}

static bool write_whole(const json_t *object, const char *path)
{
    FILE *file = fopen(path, "w");

    if (!file)
        return false;
    bool good = json_dumpf(object, file, JSON_INDENT(2)) == 0 && fputc('\n', file) != EOF;
    return fclose(file) == 0 && good;
}

static void temporary_name(char *name, size_t size, const char *path)
{
    snprintf(name, size, "%s.part", path);
}

static bool cannot_write(const char *path, char *error, size_t error_size)
{
    snprintf(error, error_size, "%s cannot be written: %s; --json names a file that can", path,
             errno ? strerror(errno) : "out of memory");
    return false;
}

bool run_report_json_check(const char *path, char *error, size_t error_size)
{
    char temporary[4096];

    temporary_name(temporary, sizeof temporary, path);
    FILE *file = fopen(temporary, "w");
    if (!file)
        return cannot_write(path, error, error_size);
    fclose(file);
    unlink(temporary);
    return true;
}

bool run_report_json(const struct run_facts *facts, const struct run_result *results, size_t count,
                     const char *path, char *error, size_t error_size)
{
    char temporary[4096];
    json_t *object = document(facts, results, count);

    temporary_name(temporary, sizeof temporary, path);
    errno = 0;
    bool good = write_whole(object, temporary) && rename(temporary, path) == 0;
    json_decref(object);
    if (good)
        return true;
    cannot_write(path, error, error_size);
    unlink(temporary);
    return false;
}

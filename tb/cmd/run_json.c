// SPDX-License-Identifier: Apache-2.0
/* The results of a run as JSON. */
#include "json_file.h"
#include "run_report.h"

static json_t *processes(const struct run_plan *plan)
{
    json_t *array = json_array();

    for (size_t i = 0; i < plan->process_count; i++) {
        const struct program *program = &plan->programs[i];
        json_t *process = json_object();

        json_object_set_new(process, "trace", json_string(program->path));
        json_object_set_new(process, "accesses", json_number(program->count));
        json_object_set_new(process, "pages_touched", json_number(program->touched));
        json_array_append_new(array, process);
    }
    return array;
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
            json_object_set_new(object, names[kind], json_number(vm->faults[kind]));
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
        json_object_set_new(object, counts[i].name, json_number(counts[i].value));
    return object;
}

static json_t *run(const struct run_result *result)
{
    json_t *object = json_object();

    json_object_set_new(object, "policy", json_string(result->policy->name));
    json_object_set_new(object, "agrees", json_boolean(result->outcome == RUN_AGREES));
    if (result->outcome != RUN_AGREES)
        json_object_set_new(object, "disagreement", json_string(result->message));
    json_object_set_new(object, "fetches", json_number(result->kinds[MMU_FETCH]));
    json_object_set_new(object, "loads", json_number(result->kinds[MMU_LOAD]));
    json_object_set_new(object, "stores", json_number(result->kinds[MMU_STORE]));
    json_object_set_new(object, "answers", json_number(result->answers));
    json_object_set_new(object, "answers_agreed", json_number(result->agreed));
    json_object_set_new(object, "bytes_compared", json_number(result->bytes));
    json_object_set_new(object, "pages_compared", json_number(result->pages_compared));
    json_object_set_new(object, "context_switches", json_number(result->switches));
    json_object_set_new(object, "cycles", json_number(result->cycles));
    json_object_set_new(object, "seconds", json_real(result->seconds));
    json_object_set_new(object, "processor_seconds", json_real(result->cpu_seconds));
    json_object_set_new(object, "events", json_events(result->events));
    json_object_set_new(object, "operating_system", operating_system(&result->vm));
    return object;
}

static json_t *document(const struct run_facts *facts, const struct run_result *results,
                        size_t count)
{
    json_t *object = json_object();
    json_t *runs = json_array();

    json_object_set_new(object, "preset", json_string(facts->options->design.preset));
    json_object_set_new(object, "mode", json_string(facts->plan->mode->name));
    json_object_set_new(object, "frames", json_number(facts->plan->frames));
    json_object_set_new(object, "pages_touched", json_number(facts->touched));
    json_object_set_new(object, "slice", json_number(facts->plan->slice));
    json_object_set_new(object, "sample", json_number(facts->plan->interval));
    json_object_set_new(object, "memory_latency", json_number(facts->plan->latency));
    json_object_set_new(object, "seed", json_number(facts->plan->seed));
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

bool run_report_json(const struct run_facts *facts, const struct run_result *results, size_t count,
                     const char *path, char *error, size_t error_size)
{
    return json_file_write(document(facts, results, count), path, error, error_size);
}

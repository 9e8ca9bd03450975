// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb run: traces as processes, translated by the RTL, checked by the reference model. */
#include "cmd.h"
#include "json_file.h"
#include "run_engine.h"
#include "run_options.h"
#include "run_report.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MISMATCH_WAVE "rvmmu-mismatch.fst"
#define CYCLES_BEFORE 500
#define CYCLES_AFTER  100
#define MOST_POLICIES 16

/* One command line being carried out. */
struct command {
    struct run_options options;
    struct run_plan plan;
    struct dut *dut;
    struct dut_parameters parameters;
    struct program *programs;
    struct progress progress;
    struct run_result results[MOST_POLICIES];
    size_t result_count;
    uint64_t touched;
    char wave_part[4096]; /* the waveform while it grows; empty: none */
    const char *waveform; /* under its final name */
};

static bool fail(const char *what)
{
    fprintf(stderr, "rvmmu-tb run: %s\n", what);
    return false;
}

static bool read_traces(struct command *command)
{
    const struct run_options *options = &command->options;
    char error[600];

    command->programs = calloc(options->trace_count, sizeof *command->programs);
    if (!command->programs)
        return fail("no memory for the programs");
    for (size_t i = 0; i < options->trace_count; i++)
        if (!program_read(&command->programs[i], options->traces[i], options->limit, error,
                          sizeof error))
            return fail(error);
    return true;
}

/* `wave`: the file to be, or null. The design writes to a temporary name beside it. */
static bool open_design(struct command *command, const char *wave)
{
    struct run_options *options = &command->options;
    char error[600];

    command->dut = design_open(&options->design, design_wave(wave), error, sizeof error);
    if (!command->dut)
        return fail(error);
    command->parameters = *dut_parameters(command->dut);
    command->plan.dut = command->dut;
    command->plan.wave = wave;
    if (!wave)
        return true;
    snprintf(command->wave_part, sizeof command->wave_part, "%s.part", wave);
    if (!dut_wave_open(command->dut, command->wave_part)) {
        fprintf(stderr,
                "rvmmu-tb run: waveform %s cannot be written; --wave names a file that can\n",
                wave);
        command->wave_part[0] = '\0';
        return false;
    }
    return true;
}

/* Ends the design and with it the waveform, which gets its final name if `keep`. */
static bool close_design(struct command *command, const char *wave, bool keep)
{
    if (command->dut)
        design_close(&command->options.design, command->dut);
    command->dut = NULL;
    if (!command->wave_part[0])
        return true;
    if (!keep) {
        unlink(command->wave_part);
    } else if (rename(command->wave_part, wave)) {
        fprintf(stderr, "rvmmu-tb run: waveform %s cannot be written: %s\n", wave, strerror(errno));
        keep = false;
    } else {
        command->waveform = wave;
    }
    command->wave_part[0] = '\0';
    return keep;
}

static bool choose_mode(struct command *command)
{
    const struct dut_parameters *parameters = &command->parameters;
    const struct vm_mode *largest = vm_mode_of(parameters->xlen, parameters->levels);
    const struct vm_mode *mode = command->options.mode;

    command->plan.mode = mode ? mode : largest;
    if (!mode || (mode->xlen == parameters->xlen && mode->levels <= parameters->levels))
        return true;
    fprintf(stderr, "rvmmu-tb run: --mode %s: preset %s has", mode->name,
            command->options.design.preset);
    for (unsigned levels = 2; levels <= parameters->levels; levels++)
        if (vm_mode_of(parameters->xlen, levels))
            fprintf(stderr, " %s", vm_mode_of(parameters->xlen, levels)->name);
    fputc('\n', stderr);
    return false;
}

static bool check_processes(const struct command *command)
{
    unsigned bits = command->parameters.asid_bits;

    if (command->options.trace_count <= UINT64_C(1) << bits)
        return true;
    fprintf(stderr,
            "rvmmu-tb run: %zu processes are too many: preset %s has %u bits of ASID, for %llu\n",
            command->options.trace_count, command->options.design.preset, bits, 1ull << bits);
    return false;
}

static bool place_programs(struct command *command)
{
    const struct run_options *options = &command->options;
    bool ahead = !options->policy || options->policy == &policy_opt;
    char error[600];

    for (size_t i = 0; i < options->trace_count; i++) {
        struct program *program = &command->programs[i];

        if (!program_place(program, command->plan.mode, options->fold, options->superpages, error,
                           sizeof error))
            return fail(error);
        if (ahead && !program_look_ahead(program))
            return fail("no memory to look ahead for OPT; --limit takes fewer accesses");
        command->touched += program->touched;
    }
    return true;
}

/* As asked for, or enough for all pages; then whole blocks where superpages may be. */
static size_t choose_frames(const struct command *command)
{
    const struct run_options *options = &command->options;
    size_t block = (size_t)1 << command->plan.mode->vpn_bits;
    size_t frames = VM_LEAST_FRAMES;

    if (options->frames >= 0 && options->frames_percent)
        return (size_t)ceil(options->frames * (double)command->touched / 100);
    if (options->frames >= 0)
        return (size_t)options->frames;
    for (size_t i = 0; i < options->trace_count; i++)
        frames += command->programs[i].page_count;
    return options->superpages ? (frames + block - 1) / block * block : frames;
}

/* False: the preset cannot do what is asked. */
static bool choose_ad(struct command *command)
{
    bool can = command->parameters.svadu;

    if (command->options.ad == RUN_AD_HARDWARE && !can) {
        fprintf(stderr, "rvmmu-tb run: --ad hardware: preset %s has no Svadu\n",
                command->options.design.preset);
        return false;
    }
    command->plan.hardware_ad = can && command->options.ad != RUN_AD_SOFTWARE;
    return true;
}

static void fill_plan(struct command *command)
{
    const struct run_options *options = &command->options;
    struct run_plan *plan = &command->plan;

    plan->programs = command->programs;
    plan->process_count = options->trace_count;
    plan->frames = choose_frames(command);
    plan->superpages = options->superpages;
    plan->swap_path = options->swap;
    plan->slice = options->slice;
    plan->interval = options->interval;
    plan->latency = options->latency;
    plan->seed = options->seed;
    plan->wave_from = options->wave_from;
    plan->wave_to = options->wave_to;
    plan->progress = &command->progress;
}

/* One policy. False: bad input. */
static bool run_one(struct command *command, const struct policy *policy)
{
    struct run_result *result = &command->results[command->result_count++];

    run_policy(&command->plan, policy, result);
    command->plan.progress_done += run_accesses(result);
    if (result->outcome != RUN_FAILED)
        return true;
    progress_end(&command->progress);
    return fail(result->message);
}

/* The policies asked for, up to the first disagreement. */
static bool run_policies(struct command *command)
{
    const struct policy *const one[] = {command->options.policy, NULL};
    const struct policy *const *policies = command->options.policy ? one : policy_all;
    uint64_t accesses = 0, runs = 0;
    bool good = true;

    for (size_t i = 0; policies[i]; i++)
        runs++;
    for (size_t i = 0; i < command->options.trace_count; i++)
        accesses += command->programs[i].count;
    progress_start(&command->progress, "run", "accesses", (double)(accesses * runs));
    for (size_t i = 0; good && policies[i]; i++) {
        good = run_one(command, policies[i]);
        if (command->results[i].outcome != RUN_AGREES)
            break;
    }
    progress_end(&command->progress);
    return good;
}

/* The run that disagreed once more, with a waveform of the cycles around; the same seed makes it
 * the same run. */
static bool record_mismatch(struct command *command, const struct run_result *result)
{
    const char *wave = command->options.wave ? command->options.wave : MISMATCH_WAVE;
    uint64_t cycle = result->cycle;
    struct run_result again;

    if (!open_design(command, wave))
        return false;
    command->plan.wave_from = cycle > CYCLES_BEFORE ? cycle - CYCLES_BEFORE : 0;
    command->plan.wave_to = cycle + CYCLES_AFTER;
    progress_start(&command->progress, "run for the waveform", "accesses",
                   (double)run_accesses(result));
    command->plan.progress_done = 0;
    run_policy(&command->plan, result->policy, &again);
    progress_end(&command->progress);
    if (again.outcome == RUN_FAILED)
        return fail(again.message);
    return close_design(command, wave, true);
}

static const struct run_result *disagreement(const struct command *command)
{
    for (size_t i = 0; i < command->result_count; i++)
        if (command->results[i].outcome == RUN_DISAGREES)
            return &command->results[i];
    return NULL;
}

static bool report(const struct command *command)
{
    struct run_facts facts = {
        .options = &command->options,
        .parameters = &command->parameters,
        .plan = &command->plan,
        .touched = command->touched,
        .waveform = command->waveform,
    };
    const char *json = command->options.json;
    char error[600];

    if (json && !run_report_json(&facts, command->results, command->result_count, json, error,
                                 sizeof error))
        return fail(error);
    run_report_head(&facts);
    if (command->options.policy)
        run_report(&facts, &command->results[0]);
    else
        run_report_policies(&facts, command->results, command->result_count);
    return true;
}

/* False: bad input, said already. */
static bool carry_out(struct command *command)
{
    const struct run_options *options = &command->options;
    const char *wave = options->wave_on_mismatch ? NULL : options->wave;
    char error[600];

    if (options->json && !json_file_check(options->json, error, sizeof error))
        return fail(error);
    if (!read_traces(command) || !open_design(command, wave) || !choose_mode(command) ||
        !choose_ad(command) || !check_processes(command) || !place_programs(command))
        return false;
    fill_plan(command);
    if (!run_policies(command) || !close_design(command, wave, true))
        return false;
    if (options->wave_on_mismatch && disagreement(command) &&
        !record_mismatch(command, disagreement(command)))
        return false;
    return report(command);
}

int cmd_run(int argc, char **argv)
{
    struct command *command = calloc(1, sizeof *command);
    int status = CMD_BAD_INPUT;

    if (!command) {
        fail("no memory");
        return status;
    }
    run_options_parse(&command->options, argc, argv);
    if (carry_out(command))
        status = disagreement(command) ? CMD_DISAGREE : CMD_AGREE;
    close_design(command, NULL, false);
    for (size_t i = 0; command->programs && i < command->options.trace_count; i++)
        program_end(&command->programs[i]);
    free(command->programs);
    run_options_free(&command->options);
    free(command);
    return status;
}

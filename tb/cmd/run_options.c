// SPDX-License-Identifier: Apache-2.0
/* The command line of `rvmmu-tb run`. */
#include "run_options.h"

#include "option.h"
#include "run_presets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SLICE    10000
#define DEFAULT_INTERVAL 10000
#define MOST_POLICIES    16

enum option_key {
    KEY_SET = 256,
    KEY_MODE,
    KEY_FRAMES,
    KEY_POLICY,
    KEY_SLICE,
    KEY_SAMPLE,
    KEY_LATENCY,
    KEY_FOLD,
    KEY_SUPERPAGES,
    KEY_AD,
    KEY_SWAP,
    KEY_LIMIT,
    KEY_WAVE,
    KEY_WAVE_FROM,
    KEY_WAVE_TO,
    KEY_WAVE_ON_MISMATCH,
    KEY_JSON,
    KEY_SEED,
};

static const struct argp_option option_table[] = {
    {0, 0, 0, 0, "Design:", 1},
    {"preset", 'p', "P", 0, "preset, or path of one (default linux)", 1},
    {"set", KEY_SET, "PARAMETER=V", 0, "override a parameter of the preset", 1},
    {"mode", KEY_MODE, "MODE", 0,
     "sv32, sv39, sv48 or sv57 (default: the largest that the preset has)", 1},
    {"memory-latency", KEY_LATENCY, "N", 0, "cycles that memory takes to answer (default 1)", 1},
    {0, 0, 0, 0, "Operating system:", 2},
    {"frames", KEY_FRAMES, "N|N%", 0,
     "frames for pages, as a number or in percent of the distinct pages that the traces touch "
     "(default: enough for all). Page tables have frames of their own. At least 2",
     2},
    {"policy", KEY_POLICY, "NAME|all", 0, "replacement policy (default clock); see below", 2},
    {"slice", KEY_SLICE, "N", 0, "accesses of a process before the next one's turn (default 10000)",
     2},
    {"sample", KEY_SAMPLE, "N", 0,
     "accesses between two readings of the A bits by nru, aging and wsclock (default 10000)", 2},
    {"superpages", KEY_SUPERPAGES, 0, 0,
     "map a superpage where a range of its size and alignment has an eighth of its pages touched "
     "and "
     "neighbouring frames are free; it is split before a page of it is evicted",
     2},
    {"ad", KEY_AD, "WHO", 0,
     "who sets A and D: hardware (Svadu; the default where the preset has it) or software (page "
     "faults)",
     2},
    {"swap", KEY_SWAP, "FILE", 0,
     "swap file; it is emptied first and stays (default: a temporary one)", 2},
    {0, 0, 0, 0, "Traces:", 3},
    {"fold", KEY_FOLD, 0, 0,
     "renumber each trace's pages one to one into the mode's address space: blocks of the reach of "
     "one page table keep their order and their insides, and the gaps between them close",
     3},
    {"limit", KEY_LIMIT, "N", 0, "take only the first N references of each trace", 3},
    {0, 0, 0, 0, "Output:", 4},
    {"wave", KEY_WAVE, "FILE", 0, "record a waveform: VCD if FILE ends in .vcd, else FST", 4},
    {"wave-from", KEY_WAVE_FROM, "CYCLE", 0, "first cycle of the waveform (default 0)", 4},
    {"wave-to", KEY_WAVE_TO, "CYCLE", 0, "last cycle of the waveform (default: the end)", 4},
    {"wave-on-mismatch", KEY_WAVE_ON_MISMATCH, 0, 0,
     "after a disagreement run again and record the cycles around it, in the file that --wave "
     "names or in rvmmu-mismatch.fst",
     4},
    {"json", KEY_JSON, "FILE", 0, "write the results as JSON too", 4},
    {"seed", KEY_SEED, "S", 0, "seed of stored data and random choices (default 1)", 4},
    {0},
};

static const char doc[] =
    "Runs memory traces as processes under a virtual-memory manager, translates every fetch, load "
    "and store by the RTL and compares every answer with the reference model, every byte read with "
    "what the process last wrote. One process for each TRACE; a trace may be named twice, - is "
    "standard input.\v";

static void parse_frames(const struct argp_state *state, struct run_options *options,
                         const char *text)
{
    size_t length = strlen(text);
    char *end;

    options->frames_percent = length > 0 && text[length - 1] == '%';
    if (!options->frames_percent) {
        options->frames = (double)option_number(state, "frames", text, 0, UINT32_MAX - 1);
        return;
    }
    options->frames = strtod(text, &end);
    if (end == text || end != text + length - 1 || !(options->frames >= 0) || options->frames > 1e6)
        option_bad(state, "--frames %s: a number of frames, or of percent as in 25%%, is wanted",
                   text);
}

static void parse_policy(const struct argp_state *state, struct run_options *options,
                         const char *text)
{
    const char *names[MOST_POLICIES + 1] = {"all"};
    unsigned count = 1;

    for (; count <= MOST_POLICIES && policy_all[count - 1]; count++)
        names[count] = policy_all[count - 1]->name;
    unsigned chosen = option_name(state, "policy", text, names, count);
    options->policy = chosen ? policy_all[chosen - 1] : NULL;
}

static void check(const struct argp_state *state, struct run_options *options)
{
    design_check(state, &options->design, "linux", options->wave || options->wave_on_mismatch);
    if (options->trace_count == 0)
        option_bad(state, "no trace: name at least one, as in rvmmu-tb run TRACE");
    option_check_wave(state, options->wave, options->wave_from, options->wave_to);
    if (options->wave && !options->wave_on_mismatch && !options->policy)
        option_bad(state, "--wave with --policy all: a waveform is of one run; name one policy");
}

static error_t parse_output(int key, char *text, struct argp_state *state,
                            struct run_options *options)
{
    switch (key) {
    case KEY_WAVE:
        options->wave = text;
        return 0;
    case KEY_WAVE_FROM:
        options->wave_from = option_number(state, "wave-from", text, 0, UINT64_MAX);
        return 0;
    case KEY_WAVE_TO:
        options->wave_to = option_number(state, "wave-to", text, 0, UINT64_MAX - 1);
        return 0;
    case KEY_WAVE_ON_MISMATCH:
        options->wave_on_mismatch = true;
        return 0;
    case KEY_JSON:
        options->json = text;
        return 0;
    case KEY_SEED:
        options->seed = option_number(state, "seed", text, 0, UINT64_MAX);
        return 0;
    case ARGP_KEY_ARGS:
        options->traces = state->argv + state->next;
        options->trace_count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_END:
        check(state, options);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    static const char *const modes[] = {"sv32", "sv39", "sv48", "sv57"};
    static const char *const setters[] = {"hardware", "software"};
    struct run_options *options = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &options->design;
        return 0;
    case 'p':
        options->design.preset = text;
        return 0;
    case KEY_SET:
        design_add_set(state, &options->design, text);
        return 0;
    case KEY_MODE:
        options->mode = vm_mode_find(modes[option_name(state, "mode", text, modes, 4)]);
        return 0;
    case KEY_FRAMES:
        parse_frames(state, options, text);
        return 0;
    case KEY_POLICY:
        parse_policy(state, options, text);
        return 0;
    case KEY_SLICE:
        options->slice = option_number(state, "slice", text, 1, UINT32_MAX);
        return 0;
    case KEY_SAMPLE:
        options->interval = option_number(state, "sample", text, 1, UINT32_MAX);
        return 0;
    case KEY_LATENCY:
        options->latency =
            (unsigned)option_number(state, "memory-latency", text, 1, OPTION_MOST_LATENCY);
        return 0;
    case KEY_FOLD:
        options->fold = true;
        return 0;
    case KEY_SUPERPAGES:
        options->superpages = true;
        return 0;
    case KEY_AD:
        options->ad = RUN_AD_HARDWARE + option_name(state, "ad", text, setters, 2);
        return 0;
    case KEY_SWAP:
        options->swap = text;
        return 0;
    case KEY_LIMIT:
        options->limit = option_number(state, "limit", text, 1, UINT64_MAX);
        return 0;
    default:
        return parse_output(key, text, state, options);
    }
}

/* The end of --help: the policies, and the modes of each preset. */
static char *help_filter(int key, const char *text, void *input)
{
    char *out = NULL;
    size_t size;

    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC)
        return (char *)text;
    FILE *stream = open_memstream(&out, &size);
    if (!stream)
        return (char *)text;
    fputs("Policies:\n", stream);
    for (size_t i = 0; policy_all[i]; i++)
        fprintf(stream, "  %-8s %s\n", policy_all[i]->name, policy_all[i]->does);
    fputs("\nModes of the presets:\n", stream);
    run_presets_describe(stream);
    fputs("\nExit status: 0 all agree, 1 a disagreement, 2 bad input.\n", stream);
    fclose(stream);
    return out;
}

void run_options_parse(struct run_options *options, int argc, char **argv)
{
    static const struct argp_child children[] = {{&design_argp, 0, NULL, 1}, {0}};
    const struct argp argp = {option_table, parse, "TRACE...", doc, children, help_filter, NULL};

    *options = (struct run_options){
        .frames = -1,
        .policy = &policy_clock,
        .slice = DEFAULT_SLICE,
        .interval = DEFAULT_INTERVAL,
        .seed = 1,
        .latency = 1,
        .wave_to = UINT64_MAX,
    };
    option_parse(&argp, argc, argv, options);
}

void run_options_free(struct run_options *options)
{
    design_free(&options->design);
}

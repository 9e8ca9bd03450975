// SPDX-License-Identifier: Apache-2.0
/* The options of rvmmu-tb random. */
#include "random_options.h"
#include "option.h"

static const char *const mode_names[RANDOM_MODES] = {"bare", NULL, "sv32", "sv39", "sv48", "sv57"};

const char *random_mode_name(unsigned levels)
{
    return mode_names[levels];
}

enum key {
    KEY_WAVE = 256,
    KEY_FROM,
    KEY_TO,
    KEY_MISMATCH,
    KEY_COVERAGE,
    KEY_WITHOUT,
    KEY_NO_SHRINK
};

static const struct argp_option option_table[] = {
    {"seed", 's', "S", 0, "First seed (1)", 0},
    {"seeds", 'n', "N", 0, "How many seeds: S, S+1, ... (1)", 0},
    {"count", 'c', "N", 0, "Accesses for each seed (100000)", 0},
    {"preset", 'p', "P", 0, "Design: a name in sim/presets or a file (linux)", 0},
    {"set", 'S', "NAME=VALUE", 0, "Override a parameter of the preset; may be repeated", 0},
    {"mode", 'm', "LIST", 0,
     "Only these translation modes: bare, sv32, sv39, sv48, sv57, with commas between (all that "
     "the design has: tiny bare and sv32; small bare and sv39; linux also sv48; server also sv57)",
     0},
    {"without", KEY_WITHOUT, "LIST", 0,
     "Leave out classes of stimuli: fetch, data, kills, fences, stores, races, contexts, pmp, "
     "errors, stalls, latency, resets",
     0},
    {"coverage", KEY_COVERAGE, "FILE", 0,
     "Write as JSON which combinations were seen and which possible ones were not", 0},
    {"no-shrink", KEY_NO_SHRINK, 0, 0, "Look for no smaller case after a failure", 0},
    {"wave", KEY_WAVE, "FILE", 0, "Record waves of the first seed (.vcd: VCD, else FST)", 0},
    {"wave-from", KEY_FROM, "CYCLE", 0, "First cycle to record (0)", 0},
    {"wave-to", KEY_TO, "CYCLE", 0, "Last cycle to record (the last)", 0},
    {"wave-on-mismatch", KEY_MISMATCH, 0, 0, "Record nothing but, after a failure, the shrunk case",
     0},
    {0},
};

static void parse_without(struct argp_state *state, const char *text, unsigned *mask)
{
    const char *names[RANDOM_CLASSES];

    for (unsigned class = 0; class < RANDOM_CLASSES; class ++)
        names[class] = random_class_name(class);
    *mask |= option_names(state, "without", text, names, RANDOM_CLASSES);
    if ((*mask & 3) == 3)
        option_bad(state, "--without: one of fetch and data must stay");
}

static error_t parse_option(int key, char *text, struct argp_state *state)
{
    struct random_options *o = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &o->design;
        return 0;
    case 's':
        o->what.seed = option_number(state, "seed", text, 0, UINT64_MAX);
        return 0;
    case 'n':
        o->seeds = option_number(state, "seeds", text, 1, UINT64_MAX);
        return 0;
    case 'c':
        o->what.count = option_number(state, "count", text, 1, UINT64_MAX);
        return 0;
    case 'p':
        o->design.preset = text;
        return 0;
    case 'S':
        design_add_set(state, &o->design, text);
        return 0;
    case 'm':
        o->modes |= option_names(state, "mode", text, mode_names, RANDOM_MODES);
        return 0;
    case KEY_WITHOUT:
        parse_without(state, text, &o->what.without);
        return 0;
    case KEY_COVERAGE:
        o->coverage = text;
        return 0;
    case KEY_WAVE:
        o->wave = text;
        return 0;
    case KEY_FROM:
        o->what.wave_from = option_number(state, "wave-from", text, 0, UINT64_MAX);
        return 0;
    case KEY_TO:
        o->what.wave_to = option_number(state, "wave-to", text, 0, UINT64_MAX);
        return 0;
    case KEY_MISMATCH:
        o->wave_on_mismatch = true;
        return 0;
    case KEY_NO_SHRINK:
        o->no_shrink = true;
        return 0;
    case ARGP_KEY_ARG:
        option_bad(state, "'%s': this command takes options only", text);
    case ARGP_KEY_END:
        if (o->wave_on_mismatch && !o->wave)
            option_bad(state, "--wave-on-mismatch needs --wave FILE");
        option_check_wave(state, o->wave, o->what.wave_from, o->what.wave_to);
        design_check(state, &o->design, "linux", o->wave);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

void random_parse(int argc, char **argv, struct random_options *options)
{
    static const struct argp_child children[] = {{&design_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        option_table,
        parse_option,
        NULL,
        "Checks the design with random page tables, contexts, accesses, PTE stores, fences and "
        "kills. Exit status: 0 every answer is legal, 1 one is not, 2 bad input.",
        children,
        NULL,
        NULL};

    *options = (struct random_options){
        .seeds = 1,
        .what = {.seed = 1, .count = 100000, .wave_to = UINT64_MAX},
    };
    option_parse(&argp, argc, argv, options);
}

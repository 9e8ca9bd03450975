// SPDX-License-Identifier: Apache-2.0
#include "boot_mmu.h"

#include "cmd.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum option_key { KEY_ON = 0x7200, KEY_SET };

static const struct argp_option option_table[] = {
    {"on", KEY_ON, "rtl|model", 0,
     "translate by the RTL, each answer checked (the default), or by the reference model alone", 0},
    {"preset", 'p', "P", 0, "preset, or path of one (default linux)", 0},
    {"set", KEY_SET, "PARAMETER=V", 0, "override a parameter of the preset", 0},
    {0},
};

/* One line and status 2. */
#define bad(state, ...) argp_failure(state, CMD_BAD_INPUT, 0, __VA_ARGS__)

uint64_t boot_number(const struct argp_state *state, const char *option, const char *text,
                     uint64_t least, uint64_t most)
{
    char *end;

    errno = 0;
    unsigned long long value = strtoull(text, &end, 0);
    if (errno || end == text || *end || strchr(text, '-') || value < least || value > most)
        bad(state, "--%s %s: a number from %llu to %llu is wanted", option, text,
            (unsigned long long)least, (unsigned long long)most);
    return value;
}

static void add_set(const struct argp_state *state, struct boot_mmu_options *options,
                    const char *text)
{
    const char *equals = strchr(text, '=');
    struct dut_set *more = realloc(options->sets, (options->set_count + 1) * sizeof *more);

    if (!more)
        bad(state, "no memory for --set");
    if (!equals || equals == text || !equals[1])
        bad(state, "--set %s: PARAMETER=VALUE is wanted", text);
    options->sets = more;
    options->sets[options->set_count++].text = text;
}

static error_t parse(int key, char *text, struct argp_state *state)
{
    struct boot_mmu_options *options = state->input;

    switch (key) {
    case KEY_ON:
        if (strcmp(text, "rtl") && strcmp(text, "model"))
            bad(state, "--on %s: rtl or model is wanted", text);
        options->on_model = !strcmp(text, "model");
        return 0;
    case 'p':
        options->preset = text;
        return 0;
    case KEY_SET:
        add_set(state, options, text);
        return 0;
    case ARGP_KEY_END:
        if (!options->preset)
            options->preset = "linux";
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp boot_mmu_argp = {.options = option_table, .parser = parse};

static unsigned value(const struct dut_preset *preset, const char *name)
{
    return (unsigned)dut_preset_value(preset, name);
}

bool boot_mmu_configure(struct boot_mmu *mmu, const struct boot_mmu_options *options, char *error,
                        size_t error_size)
{
    struct dut_preset preset;

    *mmu = (struct boot_mmu){0};
    if (!dut_preset_load(options->preset, options->sets, options->set_count, &preset, error,
                         error_size))
        return false;
    mmu->config = (struct mmu_config){
        .xlen = value(&preset, "Xlen"),
        .levels = value(&preset, "Levels"),
        .pa_bits = value(&preset, "PaWidth"),
        .svnapot = value(&preset, "Svnapot"),
        .svpbmt = value(&preset, "Svpbmt"),
        .svrsw60t59b = value(&preset, "Svrsw60t59b"),
        .pmp_entries = value(&preset, "PmpEntries"),
        .pmp_grain = value(&preset, "PmpGrain"),
    };
    mmu->asid_bits = value(&preset, "AsidWidth");
    mmu->svadu = value(&preset, "Svadu");
    if (mmu->config.xlen == 64)
        return true;
    snprintf(error, error_size, "preset %s is of 32 bits, and the simulator is RV64",
             options->preset);
    return false;
}

bool boot_mmu_open(struct boot_mmu *mmu, const struct boot_mmu_options *options,
                   struct iss_memory *memory, enum dut_wave wave, unsigned latency, char *error,
                   size_t error_size)
{
    if (options->on_model) {
        iss_mmu_model_begin(&mmu->model, &mmu->config, memory);
        iss_meter_begin(&mmu->meter, &mmu->model.mmu);
        return true;
    }
    mmu->dut =
        dut_open(options->preset, options->sets, options->set_count, wave, error, error_size);
    if (!mmu->dut)
        return false;
    if (!iss_mmu_rtl_begin(&mmu->rtl, mmu->dut, &mmu->config, memory, latency)) {
        snprintf(error, error_size, "no memory for the scoreboard");
        return false;
    }
    iss_meter_begin(&mmu->meter, &mmu->rtl.mmu);
    return true;
}

void boot_mmu_close(struct boot_mmu *mmu)
{
    if (!mmu->dut)
        return;
    if (mmu->rtl.check)
        iss_mmu_rtl_end(&mmu->rtl);
    for (unsigned event = 0; event < DUT_EVENTS; event++)
        mmu->events[event] = dut_events(mmu->dut, event);
    mmu->cycles = dut_cycle(mmu->dut);
    dut_close(mmu->dut);
    mmu->dut = NULL;
}

const char *boot_mmu_wrong(const struct boot_mmu *mmu)
{
    return mmu->rtl.wrong ? mmu->rtl.message : NULL;
}

// SPDX-License-Identifier: Apache-2.0
#include "boot_mmu.h"

#include "dut_preset.h"
#include "option.h"

#include <stdio.h>

enum option_key { KEY_ON = 0x7200, KEY_SET };

static const struct argp_option option_table[] = {
    {"on", KEY_ON, "rtl|model", 0,
     "translate by the RTL, each answer checked (the default), or by the reference model alone", 0},
    {"preset", 'p', "P", 0, "preset, or path of one (default linux)", 0},
    {"set", KEY_SET, "PARAMETER=V", 0, "override a parameter of the preset", 0},
    {0},
};

static error_t parse(int key, char *text, struct argp_state *state)
{
    static const char *const engines[] = {"rtl", "model"};
    struct boot_mmu_options *options = state->input;

    switch (key) {
    case KEY_ON:
        options->on_model = option_name(state, "on", text, engines, 2) == 1;
        return 0;
    case 'p':
        options->design.preset = text;
        return 0;
    case KEY_SET:
        design_add_set(state, &options->design, text);
        return 0;
    case ARGP_KEY_END:
        design_check(state, &options->design, "linux", false);
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
    if (!dut_preset_load(options->design.preset, options->design.sets, options->design.set_count,
                         &preset, error, error_size))
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
             options->design.preset);
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
    mmu->dut = dut_open(options->design.preset, options->design.sets, options->design.set_count,
                        wave, error, error_size);
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

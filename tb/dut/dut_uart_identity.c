// SPDX-License-Identifier: Apache-2.0
#include "dut_uart_identity.h"

#include "dut_uart_wire.h"

#include <stdio.h>
#include <string.h>

static void take_parameters(const uint8_t *payload, struct dut_preset *built)
{
    uint32_t value[DUT_SHIM_PARAMETERS];

    *built = (struct dut_preset){.name = "board"};
    dut_wire_parameters(payload, value);
    for (size_t i = 0; i < DUT_PRESET_PARAMETERS; i++)
        built->value[i] = (int)value[i];
}

static bool understand(const struct dut_frame *answer, struct dut_preset *built, char *error,
                       size_t error_size)
{
    char reason[300];

    if (answer->length > 0 && answer->payload[0] != DUT_WIRE_VERSION)
        snprintf(error, error_size, "the board speaks version %u of the protocol, not %d",
                 answer->payload[0], DUT_WIRE_VERSION);
    else if (answer->length != DUT_WIRE_PARAMETERS)
        snprintf(error, error_size, "malformed answer: %u bytes where %d are due", answer->length,
                 DUT_WIRE_PARAMETERS);
    else {
        take_parameters(answer->payload, built);
        if (dut_preset_check(built, reason, sizeof reason))
            return true;
        snprintf(error, error_size, "the board cannot be built so: %s", reason);
    }
    return false;
}

/* Whether a parameter means nothing: there is not what it is of. */
static bool means_nothing(const struct dut_preset *p, const char *name)
{
    bool ways = dut_preset_value(p, "FetchWays") || dut_preset_value(p, "DataWays");

    return (!strncmp(name, "L2", 2) && !dut_preset_value(p, "L2Ways")) ||
           (!strcmp(name, "L1Sets") && !ways);
}

/* False: something differs, and `error` says what. */
static bool compare(const struct dut_preset *built, const struct dut_preset *named, char *error,
                    size_t error_size)
{
    size_t used = 0;

    for (size_t i = 0; i < DUT_PRESET_PARAMETERS && used < error_size; i++) {
        const char *name = dut_preset_parameter(i);

        if (built->value[i] == named->value[i] ||
            (means_nothing(built, name) && means_nothing(named, name)))
            continue;
        if (!used)
            used = (size_t)snprintf(error, error_size, "the board is not '%s':", named->name);
        if (used < error_size)
            used += (size_t)snprintf(error + used, error_size - used, " %s=%d, not %d;", name,
                                     built->value[i], named->value[i]);
    }
    if (used && used < error_size)
        error[used - 1] = 0; /* the last semicolon */
    return !used;
}

bool dut_uart_identify(struct dut_link *link, struct dut_preset *built, char *error,
                       size_t error_size)
{
    struct dut_preset named;
    struct dut_frame answer;

    if (!dut_link_ask(link, DUT_WIRE_IDENTIFY, NULL, 0, &answer, error, error_size) ||
        !understand(&answer, built, error, error_size))
        return false;
    if (dut_preset_value(built, "MemoryLine")) {
        snprintf(error, error_size, "the board is built with MemoryLine, which no line carries");
        return false;
    }
    return !link->uart->preset ||
           (dut_preset_load(link->uart->preset, NULL, 0, &named, error, error_size) &&
            compare(built, &named, error, error_size));
}

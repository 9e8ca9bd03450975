// SPDX-License-Identifier: Apache-2.0
#include "dut_preset.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The legal ranges are those that rtl/rvmmu.sv states; here they become a message for a user. */
static const struct {
    const char *name;
    int low, high, otherwise; /* otherwise: the value when the preset does not give one */
    enum { WHOLE, POWER, ZERO_OR_POWER } kind;
} known[DUT_PRESET_PARAMETERS] = {
    {"Xlen", 32, 64, 64, POWER},
    {"Levels", 2, 5, 3, WHOLE},
    {"PaWidth", 32, 56, 56, WHOLE},
    {"AsidWidth", 1, 16, 9, WHOLE},
    {"TagWidth", 1, 6, 2, WHOLE},
    {"FetchEntries", 2, 128, 8, POWER},
    {"DataEntries", 2, 128, 8, POWER},
    {"FetchSlots", 1, 16, 1, WHOLE},
    {"DataSlots", 1, 16, 1, WHOLE},
    {"L2Ways", 0, 16, 0, WHOLE},
    {"L2Sets", 2, 4096, 64, POWER},
    {"L2Large", 2, 128, 4, POWER},
    {"L2Register", 0, 1, 0, WHOLE},
    {"Walkers", 1, 8, 1, WHOLE},
    {"WalkCacheEntries", 2, 32, 0, ZERO_OR_POWER},
    {"Replacement", 0, 3, 0, WHOLE},
    {"MemoryLine", 0, 1, 0, WHOLE},
    {"Prefetch", 0, 7, 0, WHOLE},
    {"Svadu", 0, 1, 0, WHOLE},
    {"MemoryCas", 0, 1, 1, WHOLE},
    {"Svnapot", 0, 1, 0, WHOLE},
    {"Svpbmt", 0, 1, 0, WHOLE},
    {"Svrsw60t59b", 0, 1, 0, WHOLE},
    {"Zicfiss", 0, 1, 0, WHOLE},
    {"Zicbo", 0, 1, 0, WHOLE},
    {"PointerMasking", 0, 1, 0, WHOLE},
    {"BigEndian", 0, 1, 0, WHOLE},
    {"PmpEntries", 0, 64, 0, WHOLE},
    {"PmpGrain", 0, 28, 0, WHOLE},
    {"Patience", 0, 255, 63, WHOLE},
    {"FetchWays", 2, 16, 0, ZERO_OR_POWER},
    {"DataWays", 2, 16, 0, ZERO_OR_POWER},
    {"L1Sets", 2, 256, 16, POWER},
};

const char *dut_preset_parameter(size_t i)
{
    return known[i].name;
}

const char *dut_root(void)
{
    const char *root = getenv("RVMMU_ROOT");
    return root && *root ? root : RVMMU_ROOT;
}

static int find(const char *name, size_t length)
{
    for (int i = 0; i < DUT_PRESET_PARAMETERS; i++)
        if (strlen(known[i].name) == length && !strncmp(known[i].name, name, length))
            return i;
    return -1;
}

static bool legal(int i, long value)
{
    if (known[i].kind == ZERO_OR_POWER && value == 0)
        return true;
    return value >= known[i].low && value <= known[i].high &&
           (known[i].kind == WHOLE || !(value & (value - 1)));
}

/* What parameter i must be, and `text` is not. */
static void say_range(int i, const char *text, char *error, size_t size)
{
    static const char *const kind[] = {[WHOLE] = "a whole number",
                                       [POWER] = "a power of two",
                                       [ZERO_OR_POWER] = "0 or a power of two"};

    snprintf(error, size, "'%s': %s must be %s from %d to %d", text, known[i].name,
             kind[known[i].kind], known[i].low, known[i].high);
}

/* Applies "Name=Value"; returns the parameter's number, or -1 with the reason in `error`. */
static int assign(struct dut_preset *preset, const char *text, char *error, size_t size)
{
    const char *equals = strchr(text, '=');
    int i = equals ? find(text, (size_t)(equals - text)) : -1;
    if (i < 0) {
        size_t used =
            (size_t)snprintf(error, size, "'%s': expected Parameter=Value with one of", text);
        for (int k = 0; k < DUT_PRESET_PARAMETERS && used < size; k++)
            used += (size_t)snprintf(error + used, size - used, " %s", known[k].name);
        return -1;
    }
    char *end;
    errno = 0;
    long value = strtol(equals + 1, &end, 10);
    bool whole = end != equals + 1 && !*end && !errno;
    if (!whole || !legal(i, value)) {
        say_range(i, text, error, size);
        return -1;
    }
    preset->value[i] = (int)value;
    return i;
}

/* The names of all presets, for the message about an unknown one. */
static void list_presets(char *text, size_t size)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/sim/presets", dut_root());
    DIR *dir = opendir(path);
    size_t used = 0;
    text[0] = 0;
    for (struct dirent *d; dir && (d = readdir(dir));) {
        size_t length = strlen(d->d_name);
        if (length > 7 && !strcmp(d->d_name + length - 7, ".preset") && used < size)
            used += (size_t)snprintf(text + used, size - used, " %.*s", (int)length - 7, d->d_name);
    }
    if (dir)
        closedir(dir);
}

static bool read_file(FILE *file, const char *path, struct dut_preset *loaded, char *error,
                      size_t size)
{
    char line[256], reason[256];
    for (int number = 1; fgets(line, sizeof line, file); number++) {
        line[strcspn(line, "#\r\n")] = 0;
        size_t length = strlen(line);
        while (length && (line[length - 1] == ' ' || line[length - 1] == '\t'))
            line[--length] = 0;
        if (length && assign(loaded, line, reason, sizeof reason) < 0) {
            snprintf(error, size, "%s:%d: %s", path, number, reason);
            return false;
        }
    }
    return true;
}

int dut_preset_value(const struct dut_preset *preset, const char *name)
{
    return preset->value[find(name, strlen(name))];
}

/* What no single range says. */
static bool agree(const struct dut_preset *p, char *error, size_t size)
{
    static const char *const wide[] = {"Svnapot", "Svpbmt", "Svrsw60t59b", "PointerMasking"};
    int xlen = dut_preset_value(p, "Xlen"), levels = dut_preset_value(p, "Levels");
    int pa = dut_preset_value(p, "PaWidth"), asid = dut_preset_value(p, "AsidWidth");
    if ((xlen == 32) != (levels == 2)) {
        snprintf(error, size, "Levels=%d does not go with Xlen=%d: 2 with 32; 3, 4 or 5 with 64",
                 levels, xlen);
        return false;
    }
    if (xlen == 32 && (pa > 34 || asid > 9)) {
        snprintf(error, size, "with Xlen=32, PaWidth is at most 34 and AsidWidth at most 9");
        return false;
    }
    for (size_t i = 0; xlen == 32 && i < sizeof wide / sizeof *wide; i++)
        if (dut_preset_value(p, wide[i])) {
            snprintf(error, size, "%s=1 does not go with Xlen=32", wide[i]);
            return false;
        }
    if (dut_preset_value(p, "Svadu") && !dut_preset_value(p, "MemoryCas")) {
        snprintf(error, size, "Svadu=1 needs MemoryCas=1: a bus that can compare and swap");
        return false;
    }
    if (dut_preset_value(p, "Prefetch") &&
        !(dut_preset_value(p, "MemoryLine") && dut_preset_value(p, "L2Ways"))) {
        snprintf(error, size, "Prefetch needs MemoryLine=1 and an L2, L2Ways at least 1");
        return false;
    }
    return true;
}

bool dut_preset_check(const struct dut_preset *preset, char *error, size_t error_size)
{
    char text[64];

    for (int i = 0; i < DUT_PRESET_PARAMETERS; i++)
        if (!legal(i, preset->value[i])) {
            snprintf(text, sizeof text, "%s=%d", known[i].name, preset->value[i]);
            say_range(i, text, error, error_size);
            return false;
        }
    return agree(preset, error, error_size);
}

bool dut_preset_load(const char *preset, const struct dut_set *sets, size_t nsets,
                     struct dut_preset *loaded, char *error, size_t error_size)
{
    char path[4096];
    if (strchr(preset, '/'))
        snprintf(path, sizeof path, "%s", preset);
    else
        snprintf(path, sizeof path, "%s/sim/presets/%s.preset", dut_root(), preset);
    const char *base = strrchr(path, '/') + 1;
    snprintf(loaded->name, sizeof loaded->name, "%.*s", (int)strcspn(base, "."), base);
    for (int i = 0; i < DUT_PRESET_PARAMETERS; i++) {
        loaded->value[i] = known[i].otherwise;
        loaded->changed[i] = false;
    }
    FILE *file = fopen(path, "r");
    if (!file) {
        char names[512];
        list_presets(names, sizeof names);
        snprintf(error, error_size, "no preset '%s'; there are:%s", preset, names);
        return false;
    }
    bool ok = read_file(file, path, loaded, error, error_size);
    fclose(file);
    for (size_t s = 0; ok && s < nsets; s++) {
        int i = assign(loaded, sets[s].text, error, error_size);
        ok = i >= 0;
        if (ok)
            loaded->changed[i] = true;
    }
    return ok && agree(loaded, error, error_size);
}

// SPDX-License-Identifier: Apache-2.0
/* The named presets, for --help. */
#include "run_presets.h"

#include "vm.h"

#include <glob.h>
#include <string.h>

/* What of a preset's file matters here. */
struct preset {
    unsigned xlen, levels;
    char about[120]; /* its first comment */
};

static void read_preset(struct preset *preset, const char *path)
{
    char line[200];
    FILE *file = fopen(path, "r");

    *preset = (struct preset){0};
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '#' && !preset->about[0])
            snprintf(preset->about, sizeof preset->about, "%.100s", line + strspn(line, "# "));
        sscanf(line, "Xlen=%u", &preset->xlen);
        sscanf(line, "Levels=%u", &preset->levels);
    }
    if (file)
        fclose(file);
}

static void describe(FILE *to, const char *path)
{
    struct preset preset;
    const char *name = strrchr(path, '/') + 1;
    char modes[40] = "";

    read_preset(&preset, path);
    for (unsigned levels = 2; levels <= preset.levels; levels++) {
        const struct vm_mode *mode = vm_mode_of(preset.xlen, levels);

        if (mode) {
            strcat(modes, modes[0] ? " " : "");
            strcat(modes, mode->name);
        }
    }
    fprintf(to, "  %-7.*s %-14s %.*s\n", (int)strcspn(name, "."), name, modes,
            (int)strcspn(preset.about, ":(,."), preset.about);
}

void run_presets_describe(FILE *to)
{
    glob_t found;

    if (glob(RVMMU_ROOT "/sim/presets/*.preset", 0, NULL, &found))
        return;
    for (size_t i = 0; i < found.gl_pathc; i++)
        describe(to, found.gl_pathv[i]);
    globfree(&found);
}

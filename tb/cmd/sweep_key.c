// SPDX-License-Identifier: Apache-2.0
/* Hashes files and texts. */
#include "sweep_key.h"

#include "dut_preset.h"

#include <errno.h>
#include <glob.h>
#include <inttypes.h>
#include <lzma.h>
#include <stdio.h>
#include <string.h>

static const char *const sources[] = {
    "rtl/*.sv", "sim/dut.mk", "sim/waivers.vlt", "tb/dut/*", "tb/trace/*", "tb/cmd/bench*",
};

static bool add_file(const char *path, uint64_t *hash, char *error, size_t error_size)
{
    uint8_t block[65536];
    size_t length;
    FILE *file = fopen(path, "rb");
    bool good = file != NULL;

    while (good && (length = fread(block, 1, sizeof block, file)) > 0)
        *hash = lzma_crc64(block, length, *hash);
    if (good)
        good = !ferror(file);
    if (!good)
        snprintf(error, error_size, "%s cannot be read: %s", path, strerror(errno));
    if (file)
        fclose(file);
    return good;
}

bool sweep_key_file(const char *path, uint64_t *hash, char *error, size_t error_size)
{
    *hash = 0;
    return add_file(path, hash, error, error_size);
}

/* The files of one pattern, in the order of their names. */
static bool add_pattern(const char *pattern, uint64_t *hash, char *error, size_t error_size)
{
    char path[4096];
    glob_t found;
    bool good = true;

    snprintf(path, sizeof path, "%s/%s", dut_root(), pattern);
    if (glob(path, 0, NULL, &found)) {
        snprintf(error, error_size, "no source of the design is at %s", path);
        return false;
    }
    for (size_t i = 0; good && i < found.gl_pathc; i++) {
        const char *name = found.gl_pathv[i] + strlen(dut_root());
        *hash = lzma_crc64((const uint8_t *)name, strlen(name) + 1, *hash);
        good = add_file(found.gl_pathv[i], hash, error, error_size);
    }
    globfree(&found);
    return good;
}

bool sweep_key_sources(uint64_t *hash, char *error, size_t error_size)
{
    *hash = 0;
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!add_pattern(sources[i], hash, error, error_size))
            return false;
    return true;
}

void sweep_key_text(const char *text, char key[SWEEP_KEY_SIZE])
{
    snprintf(key, SWEEP_KEY_SIZE, "%016" PRIx64,
             lzma_crc64((const uint8_t *)text, strlen(text), 0));
}

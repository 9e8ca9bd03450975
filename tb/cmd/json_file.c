// SPDX-License-Identifier: Apache-2.0
/* Results written as JSON. */
#include "json_file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

json_t *json_number(uint64_t value)
{
    return json_integer((json_int_t)value);
}

json_t *json_events(const uint64_t count[DUT_EVENTS])
{
    static const char *const names[DUT_EVENTS] = {
        [DUT_FETCH_HIT] = "fetch_hits",
        [DUT_FETCH_MISS] = "fetch_misses",
        [DUT_DATA_HIT] = "data_hits",
        [DUT_DATA_MISS] = "data_misses",
        [DUT_L2_HIT] = "l2_hits",
        [DUT_L2_MISS] = "l2_misses",
        [DUT_L2_CONFLICT] = "l2_conflicts",
        [DUT_WALK] = "walks",
        [DUT_PTE_READ] = "pte_reads",
        [DUT_WALK_FAULT] = "walk_faults",
        [DUT_FENCE_DONE] = "fences",
        [DUT_UPDATE] = "updates",
        [DUT_MERGE] = "merges",
        [DUT_WALK_CACHE] = "walk_cache_hits",
        [DUT_PREFETCH] = "prefetches",
    };
    json_t *object = json_object();

    for (int event = 0; event < DUT_EVENTS; event++)
        if (names[event])
            json_object_set_new(object, names[event], json_number(count[event]));
    return object;
}

static bool write_whole(const json_t *object, const char *path)
{
    FILE *file = fopen(path, "w");

    if (!file)
        return false;
    bool good = json_dumpf(object, file, JSON_INDENT(2)) == 0 && fputc('\n', file) != EOF;
    return fclose(file) == 0 && good;
}

static void temporary_name(char *name, size_t size, const char *path)
{
    snprintf(name, size, "%s.part", path);
}

static bool cannot_write(const char *path, char *error, size_t error_size)
{
    snprintf(error, error_size, "%s cannot be written: %s; --json names a file that can", path,
             errno ? strerror(errno) : "out of memory");
    return false;
}

bool json_file_check(const char *path, char *error, size_t error_size)
{
    char temporary[4096];

    temporary_name(temporary, sizeof temporary, path);
    FILE *file = fopen(temporary, "w");
    if (!file)
        return cannot_write(path, error, error_size);
    fclose(file);
    unlink(temporary);
    return true;
}

bool json_file_write(json_t *object, const char *path, char *error, size_t error_size)
{
    char temporary[4096];

    temporary_name(temporary, sizeof temporary, path);
    errno = 0;
    bool good = write_whole(object, temporary) && rename(temporary, path) == 0;
    json_decref(object);
    if (good)
        return true;
    cannot_write(path, error, error_size);
    unlink(temporary);
    return false;
}

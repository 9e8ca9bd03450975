// SPDX-License-Identifier: Apache-2.0
/* Results written as JSON. */
#include "json_file.h"

#include "whole_file.h"

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

bool json_file_check(const char *path, char *error, size_t error_size)
{
    return whole_file_check(path, "json", error, error_size);
}

bool json_file_write(json_t *object, const char *path, char *error, size_t error_size)
{
    struct whole_file file;
    bool whole = whole_file_begin(&file, "%s", path) &&
                 json_dumpf(object, file.stream, JSON_INDENT(2)) == 0 &&
                 fputc('\n', file.stream) != EOF;

    json_decref(object);
    return whole_file_end(&file, whole, "json", error, error_size);
}

// SPDX-License-Identifier: Apache-2.0
/* Results written as JSON. */
#ifndef JSON_FILE_H
#define JSON_FILE_H

#include "dut.h"

#include <jansson.h>

/* Whether the file that json_file_write will write can be made; asked before a long run. False with
 * one line in `error`. */
bool json_file_check(const char *path, char *error, size_t error_size);

/* Writes the object to `path`, by a temporary file beside it that is renamed when it is whole, and
 * gives up the reference to the object. False on failure, with one line in `error`. */
bool json_file_write(json_t *object, const char *path, char *error, size_t error_size);

json_t *json_number(uint64_t value);

/* Counts of the design's events, as an object. */
json_t *json_events(const uint64_t count[DUT_EVENTS]);

#endif

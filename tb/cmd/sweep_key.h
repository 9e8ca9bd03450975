// SPDX-License-Identifier: Apache-2.0
/* What a measurement depends on, in sixteen digits. */
#ifndef SWEEP_KEY_H
#define SWEEP_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SWEEP_KEY_SIZE = 17 };

/* Hash of a file's contents. False with one line in `error` when it cannot be read. */
bool sweep_key_file(const char *path, uint64_t *hash, char *error, size_t error_size);

/* Hash of the names and contents of the sources of design and measurement: RTL, harness, trace
 * readers and bench, but not the presets, which a point's parameters stand for. */
bool sweep_key_sources(uint64_t *hash, char *error, size_t error_size);

/* Hash of the text, as hexadecimal digits. */
void sweep_key_text(const char *text, char key[SWEEP_KEY_SIZE]);

#endif

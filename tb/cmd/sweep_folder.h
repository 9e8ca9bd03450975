// SPDX-License-Identifier: Apache-2.0
/* The folder of a sweep: what was measured is in runs/KEY.json, what the bench printed meanwhile in
 * runs/KEY.log. One sweep works in a folder at a time. */
#ifndef SWEEP_FOLDER_H
#define SWEEP_FOLDER_H

#include "sweep_plan.h"

struct sweep_folder {
    char path[3000];
    int lock; /* negative: not held */
};

/* Makes the folder where it is missing (null: build/sweep/NAME) and its lock ours, and removes what
 * an interrupted sweep left half-written. False with one line in `error`. */
bool sweep_folder_open(struct sweep_folder *folder, const char *path, const char *name, char *error,
                       size_t error_size);
void sweep_folder_close(struct sweep_folder *folder);

/* The path of a run's file; `suffix` is "json" or "log". */
void sweep_folder_file(const char *folder, const struct sweep_run *run, const char *suffix,
                       char *path, size_t size);

#endif

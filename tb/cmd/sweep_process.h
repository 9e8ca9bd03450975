// SPDX-License-Identifier: Apache-2.0
/* Programs that a sweep starts; they end when it ends, however it does. */
#ifndef SWEEP_PROCESS_H
#define SWEEP_PROCESS_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/types.h>

/* Whether PATH has the program. */
bool sweep_process_exists(const char *program);

/* Starts command[0], found in PATH, in `folder` (null: here), without input; its standard output
 * goes to `out`, and its standard error too if `both`. Negative: it could not be started. */
pid_t sweep_process_start(char *const command[], const char *folder, int out, bool both);

/* Waits for it: its exit status, or 128 and the number of the signal that ended it. */
int sweep_process_wait(pid_t child);

/* Both, with all it prints in the file `log` (null: where this program prints). */
int sweep_process_run(char *const command[], const char *folder, const char *log);

#endif

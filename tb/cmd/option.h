// SPDX-License-Identifier: Apache-2.0
/* What the options of all commands have in common: how numbers, names and lists are written, and
 * that bad input is one line behind the command's name, and the end with CMD_BAD_INPUT. */
#ifndef OPTION_H
#define OPTION_H

#include <argp.h>
#include <stdbool.h>
#include <stdint.h>

#define OPTION_MOST_LATENCY 100000 /* of memory, cycles */
#define OPTION_PART         32     /* of a list; longer ones are no name or number that is wanted */

/* argp_parse for a command; what argp itself finds wrong ends it with the same status. */
void option_parse(const struct argp *argp, int argc, char **argv, void *input);

/* Says this line, and ends the program. */
_Noreturn void option_bad(const struct argp_state *state, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* In these, `option` is the name behind --, `text` its argument, and bad input ends the program. */

/* The number, decimal or hexadecimal (0x), from `least` to `most`. */
uint64_t option_number(const struct argp_state *state, const char *option, const char *text,
                       uint64_t least, uint64_t most);

/* Which of the names it is; a null one is passed over. */
unsigned option_name(const struct argp_state *state, const char *option, const char *text,
                     const char *const *names, unsigned count);

/* Which of the names are in a list with commas, bit for bit; at most 32 names. */
unsigned option_names(const struct argp_state *state, const char *option, const char *text,
                      const char *const *names, unsigned count);

/* The next part of a list with commas, cut to OPTION_PART; `*rest`, the list at first, is null
 * behind the last part. False: there was none left. */
bool option_part(const char **rest, char part[OPTION_PART]);

/* --wave, --wave-from and --wave-to (0 and UINT64_MAX: not given) go together. */
void option_check_wave(const struct argp_state *state, const char *wave, uint64_t from,
                       uint64_t to);

/* The default of --jobs: as many as there are processors for this program, at most `most`. */
unsigned option_jobs(unsigned most);

#endif

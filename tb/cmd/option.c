// SPDX-License-Identifier: Apache-2.0
#include "option.h"

#include "cmd.h"

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_WANTED 256 /* characters of all names */

void option_parse(const struct argp *argp, int argc, char **argv, void *input)
{
    argp_err_exit_status = CMD_BAD_INPUT;
    if (argp_parse(argp, argc, argv, 0, NULL, input))
        exit(CMD_BAD_INPUT);
}

void option_bad(const struct argp_state *state, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "%s: ", state->name);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(CMD_BAD_INPUT);
}

uint64_t option_number(const struct argp_state *state, const char *option, const char *text,
                       uint64_t least, uint64_t most)
{
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    char *end;

    errno = 0;
    uint64_t value = strtoull(text, &end, hexadecimal ? 16 : 10);
    if (*text < '0' || *text > '9' || *end || errno || value < least || value > most)
        option_bad(state, "--%s %s: a number from %" PRIu64 " to %" PRIu64 " is wanted", option,
                   text, least, most);
    return value;
}

/* "a, b or c". */
static void join(char *text, size_t size, const char *const *names, unsigned count)
{
    size_t used = 0;

    for (unsigned i = 0; i < count && used < size; i++)
        if (names[i])
            used += (size_t)snprintf(text + used, size - used, "%s%s",
                                     used == 0       ? ""
                                     : i + 1 < count ? ", "
                                                     : " or ",
                                     names[i]);
}

unsigned option_name(const struct argp_state *state, const char *option, const char *text,
                     const char *const *names, unsigned count)
{
    char wanted[MOST_WANTED];

    for (unsigned i = 0; i < count; i++)
        if (names[i] && !strcmp(text, names[i]))
            return i;
    join(wanted, sizeof wanted, names, count);
    option_bad(state, "--%s %s: %s is wanted", option, text, wanted);
}

bool option_part(const char **rest, char part[OPTION_PART])
{
    if (!*rest)
        return false;
    size_t length = strcspn(*rest, ",");
    snprintf(part, OPTION_PART, "%.*s", (int)length, *rest);
    *rest = (*rest)[length] ? *rest + length + 1 : NULL;
    return true;
}

unsigned option_names(const struct argp_state *state, const char *option, const char *text,
                      const char *const *names, unsigned count)
{
    unsigned mask = 0;
    char part[OPTION_PART];

    while (option_part(&text, part))
        mask |= 1u << option_name(state, option, part, names, count);
    return mask;
}

void option_check_wave(const struct argp_state *state, const char *wave, uint64_t from, uint64_t to)
{
    if (from > to)
        option_bad(state, "--wave-from %" PRIu64 " comes after --wave-to %" PRIu64, from, to);
    if (!wave && (from || to != UINT64_MAX))
        option_bad(state, "--wave-from and --wave-to need --wave FILE");
}

unsigned option_jobs(unsigned most)
{
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);

    return count < 1 ? 1 : count > (int)most ? most : (unsigned)count;
}

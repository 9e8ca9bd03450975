// SPDX-License-Identifier: Apache-2.0
/* A small trace in a file of its own, for the tests of rvmmu-tb bench. */
#ifndef BENCH_TRACE_H
#define BENCH_TRACE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char bench_trace_text[] = "I  00400ffe,4\n"
                                       " L 00500010,8\n"
                                       " M 00500ffc,8\n"
                                       "I  00401002,3\n"
                                       " S 00400000,4\n";

/* Writes it; the caller removes the file, whose name is put into `path`. */
static inline void bench_trace_write(char path[64])
{
    strcpy(path, "/tmp/rvmmu-test-bench-XXXXXX");
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bench_trace_text, strlen(bench_trace_text)),
                     strlen(bench_trace_text));
    close(fd);
}

#endif

// SPDX-License-Identifier: Apache-2.0
/* A project of a few small files in a temporary folder, for tests of sweeps: what a sweep reads of
 * a project, and a program that stands for the bench. */
#ifndef SWEEP_ROOT_H
#define SWEEP_ROOT_H

#include "dut_preset.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct sweep_root {
    char path[100];
    char bench[200]; /* the program that stands for the bench */
};

/* Writes JSON as the bench does, in two pieces: 1000 accesses in 1000 + DataEntries + latency
 * cycles, with Walkers misses. Each call adds a line to the file `calls`. The file `fail` has the
 * DataEntries for which an answer is wrong, the file `slow` the seconds between the two pieces. */
static const char sweep_root_bench[] =
    "#!/bin/sh\n"
    "root=$(dirname \"$0\") entries=16 walkers=1\n"
    "for word; do\n"
    "    case $before$word in\n"
    "    --setDataEntries=*) entries=${word#*=} ;;\n"
    "    --setWalkers=*) walkers=${word#*=} ;;\n"
    "    --json*) json=$word ;;\n"
    "    --ports*) port=$word ;;\n"
    "    --outstanding*) outstanding=$word ;;\n"
    "    --memory-latency*) latencies=$word ;;\n"
    "    esac\n"
    "    before=$word\n"
    "done\n"
    "echo \"$*\" >>\"$root/calls\"\n"
    "if [ -f \"$root/fail\" ] && [ \"$(cat \"$root/fail\")\" = $entries ]; then\n"
    "    echo 'rvmmu-tb bench: an answer was wrong' >&2\n"
    "    exit 1\n"
    "fi\n"
    "printf '{\"traces\":[' >\"$json\"\n"
    "[ ! -f \"$root/slow\" ] || sleep \"$(cat \"$root/slow\")\"\n"
    "comma=\n"
    "for latency in $(echo $latencies | tr , ' '); do\n"
    "    printf '%s{\"port\":\"%s\",\"memory_latency\":%s,\"outstanding\":%s,\"accesses\":1000,"
    "\"cycles\":%s,\"events\":{\"data_misses\":%s}}' \"$comma\" $port $latency $outstanding "
    "$((1000 + entries + latency)) $walkers >>\"$json\"\n"
    "    comma=,\n"
    "done\n"
    "printf ']}\\n' >>\"$json\"\n";

static void sweep_root_write(const struct sweep_root *root, const char *name, const char *text)
{
    char path[300];

    snprintf(path, sizeof path, "%s/%s", root->path, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void sweep_root_link(const struct sweep_root *root, const char *name)
{
    char from[4200], to[300];

    snprintf(from, sizeof from, RVMMU_ROOT "/%s", name);
    snprintf(to, sizeof to, "%s/%s", root->path, name);
    assert_int_equal(symlink(from, to), 0);
}

static int sweep_root_setup(void **state)
{
    static const char *const folders[] = {
        "rtl",        "sim", "sim/presets", "sim/traces", "sim/traces/standard",
        "sim/sweeps", "tb",  "tb/dut",      "tb/trace",   "tb/cmd",
    };
    static const char *const files[] = {
        "rtl/rvmmu.sv",
        "sim/dut.mk",
        "sim/waivers.vlt",
        "tb/dut/dut.c",
        "tb/trace/trace.c",
        "tb/cmd/bench.c",
        "sim/traces/standard/near.bin.xz",
        "sim/traces/standard/far.bin.xz",
    };
    struct sweep_root *root = calloc(1, sizeof *root);
    char path[300];

    assert_non_null(root);
    strcpy(root->path, "/tmp/rvmmu-sweep-XXXXXX");
    assert_non_null(mkdtemp(root->path));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        snprintf(path, sizeof path, "%s/%s", root->path, folders[i]);
        assert_int_equal(mkdir(path, 0700), 0);
    }
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        sweep_root_write(root, files[i], files[i]);
    sweep_root_link(root, "sim/presets/linux.preset");
    sweep_root_link(root, "sim/presets/small.preset");
    sweep_root_link(root, "sim/sweeps/lines.gp");
    sweep_root_write(root, "bench", sweep_root_bench);
    snprintf(root->bench, sizeof root->bench, "%s/bench", root->path);
    assert_int_equal(chmod(root->bench, 0700), 0);
    assert_int_equal(setenv("RVMMU_ROOT", root->path, 1), 0);
    *state = root;
    return 0;
}

static int sweep_root_teardown(void **state)
{
    struct sweep_root *root = *state;
    char command[200];

    snprintf(command, sizeof command, "rm -r '%s'", root->path);
    int status = system(command);
    free(root);
    return status;
}

#endif

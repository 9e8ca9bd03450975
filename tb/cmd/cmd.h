// SPDX-License-Identifier: Apache-2.0
/* The subcommands of rvmmu-tb: each takes its own argc and argv (argv[0] = "rvmmu-tb NAME"). */
#ifndef CMD_H
#define CMD_H

enum cmd_exit { CMD_AGREE = 0, CMD_DISAGREE = 1, CMD_BAD_INPUT = 2 };

int cmd_run(int argc, char **argv);
int cmd_random(int argc, char **argv);
int cmd_vectors(int argc, char **argv);
int cmd_sweep(int argc, char **argv);
int cmd_cover(int argc, char **argv);
int cmd_bench(int argc, char **argv);
int cmd_trace(int argc, char **argv);
int cmd_boot(int argc, char **argv);
int cmd_replay(int argc, char **argv);

#endif

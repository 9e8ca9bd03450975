// SPDX-License-Identifier: Apache-2.0
/* Which design a command asks: one that is Verilated, or one on a board behind a serial line. */
#ifndef DESIGN_H
#define DESIGN_H

#include "dut.h"

#include <argp.h>

/* Zeros: a Verilated one. */
struct design {
    const char *preset;   /* its name or path; from design_check on that of the board, if any */
    struct dut_set *sets; /* allocated */
    size_t set_count;
    const char *command;  /* "rvmmu-tb run" */
    struct dut_uart uart; /* path null: no board */
    char name[200];       /* of the board: uart:PATH */
};

/* The options --dut and --baud, as a child of a command's; its input is a struct design. */
extern const struct argp design_argp;

/* Adds the argument of a --set, which must outlive the design. */
void design_add_set(const struct argp_state *state, struct design *design, const char *text);

/*
 * At the end of a command's options: settles the preset, which is `otherwise` if none was given.
 * With a board it becomes the board's name, for reports. What does not go with a board (--set,
 * waves) ends the program, with a line.
 */
void design_check(const struct argp_state *state, struct design *design, const char *otherwise,
                  bool waves);

/* What --set allocated. */
void design_free(struct design *design);

/* The format of waves in a file of that name; null: no waves. */
enum dut_wave design_wave(const char *path);

/* As dut_open, if there is no board. A board's line that fails later ends the program, with a line
 * and the status of bad input. */
struct dut *design_open(struct design *design, enum dut_wave wave, char *error, size_t error_size);

/* As dut_close; says on standard error what has gone over a board's line. */
void design_close(struct design *design, struct dut *dut);

/* The options that name this design: "--preset tiny --set Walkers=2". */
void design_arguments(const struct design *design, char *text, size_t size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* Which design a command asks: one that is Verilated, or one on a board behind a serial line. */
#ifndef DESIGN_H
#define DESIGN_H

#include "dut.h"

#include <argp.h>

/* Zeros: a Verilated one. */
struct design {
    const char *command;  /* "rvmmu-tb run" */
    struct dut_uart uart; /* path null: no board */
    char name[200];       /* of the board: uart:PATH */
};

/* The options --dut and --baud, as a child of a command's; its input is a struct design. */
extern const struct argp design_argp;

/*
 * At the end of a command's options: settles the preset's name, which is `*preset`, or null if none
 * was given; then it becomes `otherwise`. With a board it becomes the board's name, for reports.
 * What does not go with a board (`nsets` of --set, waves) ends the program, with a line.
 */
void design_check(const struct argp_state *state, struct design *design, const char **preset,
                  const char *otherwise, size_t nsets, bool waves);

/* As dut_open, if there is no board; then of these only the error counts. A board's line that fails
 * later ends the program, with a line and the status of bad input. */
struct dut *design_open(struct design *design, const char *preset, const struct dut_set *sets,
                        size_t nsets, enum dut_wave wave, char *error, size_t error_size);

/* As dut_close; says on standard error what has gone over a board's line. */
void design_close(struct design *design, struct dut *dut);

/* The options that name this design: "--preset tiny". */
void design_arguments(const struct design *design, const char *preset, char *text, size_t size);

#endif

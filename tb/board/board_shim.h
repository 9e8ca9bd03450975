// SPDX-License-Identifier: Apache-2.0
/* The pins of a Verilated board as plain C. One shared library a build exports board_shim_get;
 * board_line.c is its only user. */
#ifndef BOARD_SHIM_H
#define BOARD_SHIM_H

#include <stdbool.h>

struct board_shim_ops {
    void *(*create)(void);
    void (*destroy)(void *self);
    /* One clock with that level on the line to the board; the level of the line from it. */
    bool (*clock)(void *self, bool rx);
    bool (*busy)(const void *self);
    unsigned clocks_per_bit, gap_clocks; /* of the build */
};

#ifdef __cplusplus
extern "C"
#endif
    const struct board_shim_ops *
    board_shim_get(void);

#endif

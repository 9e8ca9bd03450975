// SPDX-License-Identifier: Apache-2.0
/* A line that loses bytes and changes others. */
#ifndef BOARD_NOISE_H
#define BOARD_NOISE_H

#include <stdbool.h>
#include <stdint.h>

struct board_noise {
    unsigned drop_permille, corrupt_permille;
    uint64_t random; /* state of the generator: a seed at first */
};

/* Whether the byte arrives, and as what. */
bool board_noise_pass(struct board_noise *noise, uint8_t *byte);

#endif

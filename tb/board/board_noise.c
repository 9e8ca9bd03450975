// SPDX-License-Identifier: Apache-2.0
#include "board_noise.h"

#include "splitmix.h"

bool board_noise_pass(struct board_noise *noise, uint8_t *byte)
{
    if (splitmix_below(&noise->random, 1000) < noise->drop_permille)
        return false;
    if (splitmix_below(&noise->random, 1000) < noise->corrupt_permille)
        *byte ^= (uint8_t)(1 + splitmix_below(&noise->random, 255));
    return true;
}

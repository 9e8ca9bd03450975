// SPDX-License-Identifier: Apache-2.0
#include "bench_rows.h"

#include <stdlib.h>

bool bench_rows_add(struct bench_rows *rows, const struct bench_hart *hart,
                    const struct bench_row *row)
{
    if (rows->count == rows->room) {
        size_t room = rows->room ? 2 * rows->room : 64;
        struct bench_row *more = realloc(rows->at, room * sizeof *more);

        if (!more)
            return false;
        rows->at = more;
        rows->room = room;
    }
    struct bench_row *added = &rows->at[rows->count++];
    *added = *row;
    added->has_l2 = hart->p->l2_ways > 0;
    added->l2_register = hart->p->l2_register;
    return true;
}

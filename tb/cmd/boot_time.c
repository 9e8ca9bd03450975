// SPDX-License-Identifier: Apache-2.0
#include "boot_time.h"

#include "progress.h"

#include <time.h>

struct boot_time boot_time_now(void)
{
    return (struct boot_time){progress_now(), (double)clock() / CLOCKS_PER_SEC};
}

struct boot_time boot_time_since(const struct boot_time *start)
{
    struct boot_time now = boot_time_now();

    return (struct boot_time){now.elapsed - start->elapsed, now.processor - start->processor};
}

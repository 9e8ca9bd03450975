// SPDX-License-Identifier: Apache-2.0
/* How long a boot or a replay took. */
#ifndef BOOT_TIME_H
#define BOOT_TIME_H

/* In seconds: by the clock on the wall, and of processor time, which a busy machine changes little.
 */
struct boot_time {
    double elapsed, processor;
};

/* Now, since some moment in the past: differences count. */
struct boot_time boot_time_now(void);
struct boot_time boot_time_since(const struct boot_time *start);

#endif

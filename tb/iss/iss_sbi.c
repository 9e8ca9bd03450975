// SPDX-License-Identifier: Apache-2.0
/* A supervisor's firmware, as far as a kernel on one hart needs it: of the RISC-V Supervisor Binary
 * Interface the extensions Base, Timer and System Reset, and the legacy timer, putchar and getchar.
 * The extension's number is in a7, the function's in a6, arguments from a0 on. */
#include "iss_internal.h"

enum {
    SBI_LEGACY_SET_TIMER = 0,
    SBI_LEGACY_PUTCHAR = 1,
    SBI_LEGACY_GETCHAR = 2,
    SBI_BASE = 0x10,
    SBI_TIME = 0x54494d45,
    SBI_SRST = 0x53525354,
};

#define SBI_VERSION       0x01000000 /* 1.0 */
#define SBI_NOT_SUPPORTED ((uint64_t)-2)
#define SBI_INVALID       ((uint64_t)-3)

enum { A0 = 10, A1 = 11, A6 = 16, A7 = 17 };

static bool has_extension(uint64_t extension)
{
    switch (extension) {
    case SBI_LEGACY_SET_TIMER:
    case SBI_LEGACY_PUTCHAR:
    case SBI_LEGACY_GETCHAR:
    case SBI_BASE:
    case SBI_TIME:
    case SBI_SRST:
        return true;
    default:
        return false;
    }
}

/* An answer of two registers: error and value. */
static void answer(struct iss *iss, uint64_t error, uint64_t value)
{
    iss->x[A0] = error;
    iss->x[A1] = value;
}

static void base(struct iss *iss)
{
    switch (iss->x[A6]) {
    case 0:
        answer(iss, 0, SBI_VERSION);
        return;
    case 3:
        answer(iss, 0, has_extension(iss->x[A0]));
        return;
    case 1: /* implementation, its version, mvendorid, marchid, mimpid: nothing that has a number */
    case 2:
    case 4:
    case 5:
    case 6:
        answer(iss, 0, 0);
        return;
    default:
        answer(iss, SBI_NOT_SUPPORTED, 0);
    }
}

/* Type 0 is a shutdown, 1 and 2 are reboots; reason 0 is none, 1 a failure of the system. */
static void system_reset(struct iss *iss)
{
    uint64_t type = iss->x[A0], reason = iss->x[A1];

    if (iss->x[A6] != 0) {
        answer(iss, SBI_NOT_SUPPORTED, 0);
    } else if (type > 2 || reason > 1) {
        answer(iss, SBI_INVALID, 0);
    } else if (type != 0) {
        iss->end = ISS_RESET;
    } else {
        iss->end = reason ? ISS_FAILED : ISS_POWERED_OFF;
        iss->code = (unsigned)reason;
    }
}

void iss_sbi(struct iss *iss)
{
    iss->counts.sbi_calls++;
    switch (iss->x[A7]) {
    case SBI_LEGACY_SET_TIMER:
        iss_timer_set(iss, iss->x[A0]);
        iss->x[A0] = 0;
        return;
    case SBI_LEGACY_PUTCHAR:
        iss->config.put(iss->config.user, (char)iss->x[A0]);
        iss->x[A0] = 0;
        return;
    case SBI_LEGACY_GETCHAR:
        iss->x[A0] = UINT64_MAX; /* nobody types */
        return;
    case SBI_BASE:
        base(iss);
        return;
    case SBI_TIME:
        if (iss->x[A6] == 0)
            iss_timer_set(iss, iss->x[A0]);
        answer(iss, iss->x[A6] == 0 ? 0 : SBI_NOT_SUPPORTED, 0);
        return;
    case SBI_SRST:
        system_reset(iss);
        return;
    default:
        answer(iss, SBI_NOT_SUPPORTED, 0);
    }
}

/* SPDX-License-Identifier: Apache-2.0
 * The calls of the RISC-V Supervisor Binary Interface that a kernel on one hart needs: Base, Timer,
 * System Reset, and of the legacy ones the console, the timer and the shutdown. */
#include "firmware.h"

enum { SUCCESS = 0, NOT_SUPPORTED = -2, INVALID_PARAMETER = -3 };
enum { STIP = 1 << 5, MTIE = 1 << 7 };
enum {
    LEGACY_SET_TIMER = 0,
    LEGACY_PUT = 1,
    LEGACY_GET = 2,
    LEGACY_SHUTDOWN = 8,
    BASE = 0x10,
    TIME = 0x54494d45,
    SYSTEM_RESET = 0x53525354,
};
enum { VERSION_1_0 = 1 << 24 };

struct answer {
    int64_t error;
    uint64_t value;
};

/* The timer's interrupt comes in M-mode; S-mode sees it until it sets the timer again. */
void let_timer_interrupt(void)
{
    CLEAR_CSR(mie, MTIE);
    SET_CSR(mip, STIP);
}

static void start_timer(uint64_t time)
{
    set_timer(time);
    CLEAR_CSR(mip, STIP);
    SET_CSR(mie, MTIE);
}

static bool has_extension(uint64_t extension)
{
    return extension == BASE || extension == TIME || extension == SYSTEM_RESET ||
           extension <= LEGACY_GET || extension == LEGACY_SHUTDOWN;
}

static struct answer answer_base(uint64_t function, uint64_t argument)
{
    switch (function) {
    case 0:
        return (struct answer){SUCCESS, VERSION_1_0};
    case 1: /* implementation: none that is registered */
    case 2:
        return (struct answer){SUCCESS, 0};
    case 3:
        return (struct answer){SUCCESS, has_extension(argument)};
    case 4:
        return (struct answer){SUCCESS, READ_CSR(mvendorid)};
    case 5:
        return (struct answer){SUCCESS, READ_CSR(marchid)};
    case 6:
        return (struct answer){SUCCESS, READ_CSR(mimpid)};
    default:
        return (struct answer){NOT_SUPPORTED, 0};
    }
}

/* Only a shutdown without a reason (0, 0) counts as good; one after a failure, or a reboot, not. */
static struct answer reset(uint64_t type, uint64_t reason)
{
    if (type > 2 || reason > 1)
        return (struct answer){INVALID_PARAMETER, 0};
    power_off(type == 0 && reason == 0);
    return (struct answer){SUCCESS, 0};
}

static struct answer answer_extension(const struct registers *r)
{
    if (r->a7 == BASE)
        return answer_base(r->a6, r->a0);
    if (r->a7 == TIME && r->a6 == 0) {
        start_timer(r->a0);
        return (struct answer){SUCCESS, 0};
    }
    if (r->a7 == SYSTEM_RESET && r->a6 == 0)
        return reset(r->a0, r->a1);
    return (struct answer){NOT_SUPPORTED, 0};
}

static int64_t answer_legacy(const struct registers *r)
{
    switch (r->a7) {
    case LEGACY_SET_TIMER:
        start_timer(r->a0);
        return SUCCESS;
    case LEGACY_PUT:
        put_character((char)r->a0);
        return SUCCESS;
    case LEGACY_GET:
        return get_character();
    case LEGACY_SHUTDOWN:
        power_off(true);
        return SUCCESS;
    default:
        return NOT_SUPPORTED;
    }
}

void answer_call(struct registers *registers)
{
    if (registers->a7 <= LEGACY_SHUTDOWN) {
        registers->a0 = (uint64_t)answer_legacy(registers);
        return;
    }
    struct answer answer = answer_extension(registers);
    registers->a0 = (uint64_t)answer.error;
    registers->a1 = answer.value;
}

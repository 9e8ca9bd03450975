// SPDX-License-Identifier: Apache-2.0
/*
 * The devices, at the addresses of QEMU's machine `virt`:
 *
 *   0x00100000  test finisher: a store ends the machine
 *   0x02000000  CLINT: msip, mtimecmp, mtime
 *   0x10000000  16550 serial port, always ready to send; nobody types
 */
#include "iss_internal.h"

#define FINISHER       UINT64_C(0x100000)
#define FINISHER_PASS  0x5555
#define FINISHER_FAIL  0x3333
#define FINISHER_RESET 0x7777

#define CLINT_MSIP     UINT64_C(0x2000000)
#define CLINT_MTIMECMP UINT64_C(0x2004000)
#define CLINT_MTIME    UINT64_C(0x200bff8)

#define UART      UINT64_C(0x10000000)
#define UART_SIZE 8
#define UART_THR  0
#define UART_LCR  3 /* its bit 7 puts the divisor in the place of THR */
#define UART_LSR  5
#define UART_IDLE 0x60 /* LSR: transmitter empty, and nothing received */

void iss_timer_look(struct iss *iss)
{
    bool up = iss->time >= iss->timecmp;

    iss->csr.mip = up ? iss->csr.mip | iss->timer_bit : iss->csr.mip & ~iss->timer_bit;
    iss->deadline = up ? UINT64_MAX : iss->timecmp;
}

void iss_timer_set(struct iss *iss, uint64_t timecmp)
{
    iss->timecmp = timecmp;
    iss_timer_look(iss);
}

static void finish(struct iss *iss, uint32_t value)
{
    switch (value & 0xffff) {
    case FINISHER_PASS:
        iss->end = ISS_POWERED_OFF;
        return;
    case FINISHER_FAIL:
        iss->end = ISS_FAILED;
        iss->code = value >> 16;
        return;
    case FINISHER_RESET:
        iss->end = ISS_RESET;
        return;
    }
}

/* A register of eight bytes that is accessed whole or by its halves: where the access begins in it,
 * in bits; false if it is another register's. */
static bool within(uint64_t pa, unsigned size, uint64_t reg, unsigned *shift)
{
    *shift = (unsigned)(pa & 7) * 8;
    return (pa & ~UINT64_C(7)) == reg && size >= 4;
}

static uint64_t merge(uint64_t old, uint64_t value, unsigned size, unsigned shift)
{
    uint64_t mask = (size == 8 ? UINT64_MAX : UINT32_MAX) << shift;

    return (old & ~mask) | (value << shift & mask);
}

static bool clint_load(const struct iss *iss, uint64_t pa, unsigned size, uint64_t *value)
{
    unsigned shift;

    if (pa == CLINT_MSIP && size == 4)
        *value = (iss->csr.mip & INTERRUPT_MSI) != 0;
    else if (within(pa, size, CLINT_MTIMECMP, &shift))
        *value = iss->timecmp >> shift;
    else if (within(pa, size, CLINT_MTIME, &shift))
        *value = iss->time >> shift;
    else
        return false;
    return true;
}

static bool clint_store(struct iss *iss, uint64_t pa, unsigned size, uint64_t value)
{
    unsigned shift;

    if (pa == CLINT_MSIP && size == 4) {
        iss->csr.mip = value & 1 ? iss->csr.mip | INTERRUPT_MSI : iss->csr.mip & ~INTERRUPT_MSI;
    } else if (within(pa, size, CLINT_MTIMECMP, &shift)) {
        iss_timer_set(iss, merge(iss->timecmp, value, size, shift));
    } else if (within(pa, size, CLINT_MTIME, &shift)) {
        iss->time = merge(iss->time, value, size, shift);
        iss_timer_look(iss);
    } else {
        return false;
    }
    return true;
}

static void uart_store(struct iss *iss, unsigned reg, uint8_t value)
{
    if (reg == UART_THR && !(iss->uart[UART_LCR] & 0x80))
        iss->config.put(iss->config.user, (char)value);
    else
        iss->uart[reg] = value;
}

bool iss_device_load(struct iss *iss, uint64_t pa, unsigned size, uint64_t *value)
{
    *value = 0;
    if (pa - UART < UART_SIZE) {
        *value = pa - UART == UART_LSR ? UART_IDLE : iss->uart[pa - UART];
        return true;
    }
    if (pa == FINISHER)
        return true;
    if (!clint_load(iss, pa, size, value))
        return false;
    *value = size == 4 ? (uint32_t)*value : *value;
    return true;
}

bool iss_device_store(struct iss *iss, uint64_t pa, unsigned size, uint64_t value)
{
    if (pa - UART < UART_SIZE)
        uart_store(iss, (unsigned)(pa - UART), (uint8_t)value);
    else if (pa == FINISHER)
        finish(iss, (uint32_t)value);
    else
        return clint_store(iss, pa, size, value);
    return true;
}

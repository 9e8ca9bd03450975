/* SPDX-License-Identifier: Apache-2.0
 * What the kernel may do, and what becomes of the traps that it does not take itself. */
#include "firmware.h"

enum { PMP_R = 1, PMP_W = 2, PMP_X = 4, PMP_NAPOT = 3 << 3 };
enum { MPP_S = 1 << 11, MPP = 3 << 11, MPIE = 1 << 7, MPRV = 1 << 17 };
enum { COUNTERS = 7 }; /* cycle, time, instret */
enum { CALL_FROM_S = 9, TIMER = 7 };
enum { DELEGATED = 0xb1ff, DELEGATED_INTERRUPTS = 0x222 };
#define MENVCFG_ADUE (1ul << 61)
#define INTERRUPT    (1ul << 63)

/* pmpaddr of the 2^log2 bytes at address, naturally aligned. */
static unsigned long napot(unsigned long address, unsigned log2)
{
    return address >> 2 | ((1ul << (log2 - 3)) - 1);
}

/* The lowest region that matches decides: neither the firmware's memory nor the timer is anybody's
 * but M's, main memory is all that runs, and devices may be read and written. */
static void protect_memory(unsigned long unused)
{
    (void)unused;
    WRITE_CSR(pmpaddr0, napot(0x80000000, 16));
    WRITE_CSR(pmpaddr1, napot(0x02000000, 16));
    WRITE_CSR(pmpaddr2, napot(0x80000000, 31));
    WRITE_CSR(pmpaddr3, napot(0, 56));
    WRITE_CSR(pmpcfg0, (unsigned long)PMP_NAPOT | PMP_NAPOT << 8 |
                           (PMP_NAPOT | PMP_R | PMP_W | PMP_X) << 16 |
                           (unsigned long)(PMP_NAPOT | PMP_R | PMP_W) << 24);
    __asm__ volatile("sfence.vma" ::: "memory");
}

static void choose_updates(unsigned long by_walk)
{
    CLEAR_CSR(0x30a, MENVCFG_ADUE); /* menvcfg */
    if (by_walk)
        SET_CSR(0x30a, MENVCFG_ADUE);
}

void set_up(unsigned long asked)
{
    without_trap(protect_memory, 0); /* a hart without PMP protects nothing */
    if (without_trap(choose_updates, asked & ASK_ADUE) && asked & ASK_ADUE)
        give_up();
    WRITE_CSR(medeleg, DELEGATED);
    WRITE_CSR(mideleg, DELEGATED_INTERRUPTS);
    WRITE_CSR(mcounteren, COUNTERS);
    WRITE_CSR(mie, 0);
    CLEAR_CSR(mstatus, MPP | MPIE | MPRV);
    SET_CSR(mstatus, MPP_S);
    WRITE_CSR(mepc, KERNEL);
    WRITE_CSR(satp, 0);
}

void handle_trap(struct registers *registers)
{
    unsigned long cause = READ_CSR(mcause);
    if (cause == (INTERRUPT | TIMER)) {
        let_timer_interrupt();
    } else if (cause == CALL_FROM_S) {
        WRITE_CSR(mepc, READ_CSR(mepc) + 4);
        answer_call(registers);
    } else {
        give_up();
    }
}

static void put_text(const char *text)
{
    while (*text)
        put_character(*text++);
}

static void put_number(unsigned long number)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        put_character("0123456789abcdef"[number >> shift & 15]);
}

void give_up(void)
{
    put_text("\r\nfirmware: unexpected trap: mcause ");
    put_number(READ_CSR(mcause));
    put_text(" mepc ");
    put_number(READ_CSR(mepc));
    put_text(" mtval ");
    put_number(READ_CSR(mtval));
    put_text("\r\n");
    power_off(false);
}

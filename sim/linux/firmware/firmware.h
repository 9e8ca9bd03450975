/* SPDX-License-Identifier: Apache-2.0
 * A small M-mode firmware for one RV64IMA hart with the devices of QEMU's virt machine: sets up
 * what S-mode may do, enters the kernel at 0x80200000, and answers its SBI calls. */
#ifndef FIRMWARE_H
#define FIRMWARE_H

#include <stdbool.h>
#include <stdint.h>

/* In a2 at entry. Bit 0: let the walk set A and D (Svadu; else Svade). */
enum { ASK_ADUE = 1 };

enum { KERNEL = 0x80200000 };

/* What start.S saves of the code that trapped. */
struct registers {
    uint64_t ra, t0, t1, t2, a0, a1, a2, a3, a4, a5, a6, a7, t3, t4, t5, t6;
};

/* start.S */
unsigned long without_trap(void (*access)(unsigned long), unsigned long argument);
/* firmware.c: before the kernel; at each trap; and at one that must not be. */
void set_up(unsigned long asked);
void handle_trap(struct registers *registers);
void give_up(void);
/* sbi.c: the call in a0 to a7; the answer goes to a0, and to a1 unless the call is a legacy one. */
void answer_call(struct registers *registers);
void let_timer_interrupt(void);
/* devices.c */
void put_character(char character);
int get_character(void); /* -1 if there is none */
void set_timer(uint64_t time);
void power_off(bool good);

#define READ_CSR(name)                                                                             \
    ({                                                                                             \
        unsigned long value_;                                                                      \
        __asm__ volatile("csrr %0, " #name : "=r"(value_));                                        \
        value_;                                                                                    \
    })
#define WRITE_CSR(name, value)                                                                     \
    __asm__ volatile("csrw " #name ", %0" ::"r"((unsigned long)(value)) : "memory")
#define SET_CSR(name, bits)                                                                        \
    __asm__ volatile("csrs " #name ", %0" ::"r"((unsigned long)(bits)) : "memory")
#define CLEAR_CSR(name, bits)                                                                      \
    __asm__ volatile("csrc " #name ", %0" ::"r"((unsigned long)(bits)) : "memory")

#endif

# SPDX-License-Identifier: Apache-2.0
# Entered in M-mode with a0 = hart, a1 = device tree, a2 = what is asked for (firmware.h); enters the
# kernel in S-mode with a0 and a1 as they were.
    .section .text.start, "ax"
    .globl _start
_start:
    la sp, stack_top
    la t0, bss_begin
    la t1, bss_end
1:  bgeu t0, t1, 2f
    sd zero, 0(t0)
    addi t0, t0, 8
    j 1b
2:  la t0, trap_entry
    csrw mtvec, t0
    csrw mscratch, zero
    mv s0, a0
    mv s1, a1
    mv a0, a2
    call set_up
    csrw mscratch, sp           # the stack of the traps to come
    mv a0, s0
    mv a1, s1
    mret

# A trap from S or U: mscratch holds our stack, and 0 while we are on it. Only the registers that a C
# function may change are saved, in the order of struct registers, and sp after them.
    .balign 4
trap_entry:
    csrrw sp, mscratch, sp
    beqz sp, our_own
    addi sp, sp, -144
    sd ra, 0(sp)
    sd t0, 8(sp)
    sd t1, 16(sp)
    sd t2, 24(sp)
    sd a0, 32(sp)
    sd a1, 40(sp)
    sd a2, 48(sp)
    sd a3, 56(sp)
    sd a4, 64(sp)
    sd a5, 72(sp)
    sd a6, 80(sp)
    sd a7, 88(sp)
    sd t3, 96(sp)
    sd t4, 104(sp)
    sd t5, 112(sp)
    sd t6, 120(sp)
    csrrw t0, mscratch, zero
    sd t0, 128(sp)
    mv a0, sp
    call handle_trap
    ld t0, 128(sp)
    csrw mscratch, t0
    ld ra, 0(sp)
    ld t0, 8(sp)
    ld t1, 16(sp)
    ld t2, 24(sp)
    ld a0, 32(sp)
    ld a1, 40(sp)
    ld a2, 48(sp)
    ld a3, 56(sp)
    ld a4, 64(sp)
    ld a5, 72(sp)
    ld a6, 80(sp)
    ld a7, 88(sp)
    ld t3, 96(sp)
    ld t4, 104(sp)
    ld t5, 112(sp)
    ld t6, 120(sp)
    addi sp, sp, 144
    csrrw sp, mscratch, sp
    mret
our_own:
    la sp, stack_top
    call give_up

# unsigned long without_trap(void (*access)(unsigned long), unsigned long argument): calls access;
# 0, or 1 if it met an instruction that this hart does not have.
    .text
    .globl without_trap
without_trap:
    la t0, 1f
    csrrw t0, mtvec, t0
    addi sp, sp, -16
    sd ra, 0(sp)
    sd t0, 8(sp)
    csrw mscratch, sp
    mv t1, a0
    mv a0, a1
    jalr t1
    li a0, 0
    j 2f
    .balign 4
1:  csrr sp, mscratch
    li a0, 1
2:  csrw mscratch, zero
    ld ra, 0(sp)
    ld t0, 8(sp)
    csrw mtvec, t0
    addi sp, sp, 16
    ret
    .section .note.GNU-stack, "", @progbits

# SPDX-License-Identifier: Apache-2.0
# The beginning and the end of every program. At the end it prints its registers and its results as
# hexadecimal lines on the UART, so that two machines can be compared, and tells the test finisher:
# 0x5555 all checks held, 0x3333 with the number of the failed check in the upper half.
    .equ UART, 0x10000000
    .equ FINISHER, 0x100000

    .section .text.start, "ax"
    .globl _start
_start:
    .irp r, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    li x\r, 0
    .endr
    .irp r, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    li x\r, 0
    .endr
    la sp, stack_top
    la s10, results
    la t0, unexpected
    csrw mtvec, t0
    j main

    .text
    .globl passed, failed, unexpected
passed:
    li gp, 0
    j finish

# A trap that no check waits for fails the check whose number is in gp, or the next.
    .balign 4
unexpected:
    csrr a5, mcause
    csrr a6, mepc
    csrr a7, mtval
    bnez gp, failed
    li gp, 255
failed:
finish:
    csrw mie, zero
    csrw mscratch, t0
    li t0, 1 << 17              # MPRV
    csrc mstatus, t0
    la t0, state
    .irp r, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
    sd x\r, 8 * (\r - 1)(t0)
    .endr
    .irp r, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
    sd x\r, 8 * (\r - 1)(t0)
    .endr
    csrr t1, mscratch
    sd t1, 8 * (5 - 1)(t0)
    la s0, state
    la s1, state_end
    call put_words
    la s0, results
    mv s1, s10
    call put_words
    li t0, FINISHER
    li t1, 0x5555
    beqz gp, 1f
    li t1, 0x3333
    slli t2, gp, 16
    or t1, t1, t2
1:  sw t1, 0(t0)
    j 1b

# The 64-bit words from s0 up to s1, one a line.
put_words:
    li t0, UART
1:  bgeu s0, s1, 4f
    ld t1, 0(s0)
    addi s0, s0, 8
    li t2, 60
2:  srl t3, t1, t2
    andi t3, t3, 15
    li t4, 10
    blt t3, t4, 3f
    addi t3, t3, 'a' - '0' - 10
3:  addi t3, t3, '0'
    sb t3, 0(t0)
    addi t2, t2, -4
    bgez t2, 2b
    li t3, '\n'
    sb t3, 0(t0)
    j 1b
4:  ret

    .balign 8
state:
    .fill 31, 8, 0
state_end:

# SPDX-License-Identifier: Apache-2.0
# Atomic operations: memory holds the new value, the register the old; by '"A" Extension for Atomic
# Instructions' of the unprivileged specification.
    .include "program.inc"

# Memory at s0 holds `before`; afterwards a0 is `old` and memory `after`.
.macro amo instruction, before, operand, old, after
    li a1, \before
    sd a1, 0(s0)
    li a2, \operand
    \instruction a0, a2, (s0)
    check a0, \old
    ld a0, 0(s0)
    check a0, \after
.endm

    .text
    .globl main
main:
    la s0, place
    amo amoswap.d, 1, -2, 1, -2
    amo amoadd.d, 0x7fffffffffffffff, 1, 0x7fffffffffffffff, 0x8000000000000000
    amo amoand.d, 0xff0, 0x0ff, 0xff0, 0x0f0
    amo amoor.d, 0xff0, 0x0ff, 0xff0, 0xfff
    amo amoxor.d, 0xff0, 0x0ff, 0xff0, 0xf0f
    amo amomin.d, -5, 3, -5, -5
    amo amomin.d, 3, -5, 3, -5
    amo amomax.d, -5, 3, -5, 3
    amo amomax.d, 3, -5, 3, 3
    amo amominu.d, -5, 3, -5, 3
    amo amominu.d, 3, -5, 3, 3
    amo amomaxu.d, -5, 3, -5, -5
    amo amomaxu.d, 3, -5, 3, -5

    # Words: the other half of the doubleword stays, the old value is sign-extended.
    amo amoswap.w, 0x1111111180000000, 0x7777777722222222, 0xffffffff80000000, 0x1111111122222222
    amo amoadd.w, 0x11111111ffffffff, 1, -1, 0x1111111100000000
    amo amoand.w, 0x11111111fffffff0, 0x7fffffff, -16, 0x111111117ffffff0
    amo amoor.w, 0x1111111100000001, 0x80000000, 1, 0x1111111180000001
    amo amoxor.w, 0x11111111ffffffff, 0xffff, -1, 0x11111111ffff0000
    amo amomin.w, 0x1111111180000000, 1, 0xffffffff80000000, 0x1111111180000000
    amo amomin.w, 0x1111111100000001, 0x80000000, 1, 0x1111111180000000
    amo amomax.w, 0x1111111180000000, 1, 0xffffffff80000000, 0x1111111100000001
    amo amominu.w, 0x1111111180000000, 1, 0xffffffff80000000, 0x1111111100000001
    amo amomaxu.w, 0x1111111100000001, 0x80000000, 1, 0x1111111180000000
    amo amoadd.w.aqrl, 0x5, 6, 5, 11
    addi s0, s0, 4              # the upper half
    li a2, 1
    amoadd.w a0, a2, (s0)
    check a0, 0
    addi s0, s0, -4
    ld a0, 0(s0)
    check a0, 0x10000000b
    li a1, 3                    # the operand's register as destination
    amoadd.d a1, a1, (s0)
    check a1, 0x10000000b
    ld a0, 0(s0)
    check a0, 0x10000000e

    # A conditional store after its own reservation; without one, it does nothing and says so.
    lr.d a0, (s0)
    check a0, 0x10000000e
    li a1, 77
    sc.d a0, a1, (s0)
    check a0, 0
    sc.d a0, zero, (s0)
    snez a0, a0
    check a0, 1
    ld a0, 0(s0)
    check a0, 77
    li a1, 0x80000001
    sw a1, 0(s0)
    lr.w a0, (s0)
    check a0, 0xffffffff80000001
    li a1, 0x1ffffffff
    sc.w a0, a1, (s0)
    check a0, 0
    ld a0, 0(s0)
    check a0, 0xffffffff
    lr.w.aq a0, (s0)            # a reservation elsewhere
    addi s1, s0, 64
    sc.w.rl a0, zero, (s1)
    snez a0, a0
    check a0, 1
    ld a0, 64(s0)
    check a0, 0x123
    sc.w a0, zero, (s0)         # which is gone then
    snez a0, a0
    check a0, 1
    ld a0, 0(s0)
    check a0, 0xffffffff
    j passed

    .data
    .balign 128
place:
    .dword 0
    .fill 7, 8, 0
    .dword 0x123

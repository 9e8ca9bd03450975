# SPDX-License-Identifier: Apache-2.0
# The base instructions of RV64I; expected values by "RV32I Base Integer Instruction Set" and
# "RV64I Base Integer Instruction Set" of the unprivileged specification.
    .include "program.inc"
    .text
    .globl main
main:
    # Sums and differences wrap; those of words are sign-extended.
    op2 add, 3, 7, 10
    op2 add, 0x7fffffffffffffff, 1, 0x8000000000000000
    op2 add, -1, 1, 0
    op2 addw, 0x7fffffff, 1, 0xffffffff80000000
    op2 addw, 0x1ffffffff, 1, 0
    op2 sub, 3, 7, -4
    op2 sub, 0, 0x8000000000000000, 0x8000000000000000
    op2 subw, 0, 0x80000000, 0xffffffff80000000
    op2 subw, 0x300000000, 1, -1
    op_immediate addi, 1, -2048, -2047
    op_immediate addi, -1, 2047, 2046
    op_immediate addiw, 0x7fffffff, 1, 0xffffffff80000000
    op_immediate addiw, 0x123456789, 0, 0x23456789
    op2 and, 0xff00ff00ff00ff00, 0x0ff00ff00ff00ff0, 0x0f000f000f000f00
    op2 or, 0xff00ff00ff00ff00, 0x0ff00ff00ff00ff0, 0xfff0fff0fff0fff0
    op2 xor, 0xff00ff00ff00ff00, 0x0ff00ff00ff00ff0, 0xf0f0f0f0f0f0f0f0
    op_immediate andi, -1, -256, -256
    op_immediate ori, 0, -2048, -2048
    op_immediate xori, 0x0f0f, -1, 0xfffffffffffff0f0
    op2 slt, -1, 0, 1
    op2 slt, 0, -1, 0
    op2 slt, 0x8000000000000000, 0x7fffffffffffffff, 1
    op2 sltu, -1, 0, 0
    op2 sltu, 0, -1, 1
    op_immediate slti, -2048, -2047, 1
    op_immediate sltiu, 5, -1, 1
    op_immediate sltiu, -1, -1, 0

    # A register gives its lower 6 bits as the shift, 5 of a word.
    op2 sll, 1, 63, 0x8000000000000000
    op2 sll, 1, 64, 1
    op2 sll, 0x0123456789abcdef, 8, 0x23456789abcdef00
    op2 srl, 0x8000000000000000, 63, 1
    op2 srl, -1, 65, 0x7fffffffffffffff
    op2 sra, 0x8000000000000000, 63, -1
    op2 sra, 0x4000000000000000, 62, 1
    op2 sllw, 1, 31, 0xffffffff80000000
    op2 sllw, 1, 32, 1
    op2 srlw, 0xffffffff80000000, 31, 1
    op2 srlw, 0x123456780000000f, 0, 0xf
    op2 sraw, 0x0000000080000000, 31, -1
    op2 sraw, 0x80000000ffffffff, 33, -1
    op_immediate slli, 1, 40, 0x10000000000
    op_immediate srli, -1, 40, 0xffffff
    op_immediate srai, 0x8000000000000000, 40, 0xffffffffff800000
    op_immediate slliw, 0xffff, 16, 0xffffffffffff0000
    op_immediate srliw, 0xffffffff80000000, 4, 0x08000000
    op_immediate sraiw, 0x80000000, 4, 0xfffffffff8000000
    lui a0, 0x80000
    check a0, 0xffffffff80000000
    lui a0, 0x7ffff
    check a0, 0x7ffff000
1:  auipc a0, 1
    la a1, 1b
    sub a0, a0, a1
    check a0, 0x1000
    addi x0, x0, 5              # x0 stays 0
    check x0, 0

    # Loads extend by sign or zero, stores write their own bytes alone; the first byte is the lowest.
    la s0, data
    lb a0, 7(s0)
    check a0, 0xfffffffffffffff0
    lbu a0, 7(s0)
    check a0, 0xf0
    lh a0, 6(s0)
    check a0, 0xfffffffffffff0de
    lhu a0, 6(s0)
    check a0, 0xf0de
    lw a0, 4(s0)
    check a0, 0xfffffffff0debc9a
    lwu a0, 4(s0)
    check a0, 0xf0debc9a
    ld a0, 0(s0)
    check a0, 0xf0debc9a78563412
    li a1, -1
    sb zero, 8(s0)
    sh a1, 10(s0)
    sw a1, 12(s0)
    ld a0, 8(s0)
    check a0, 0xffffffffffff1100
    sd a1, 8(s0)
    sb zero, 15(s0)
    sh zero, 12(s0)
    ld a0, 8(s0)
    check a0, 0x00ff0000ffffffff
    addi s0, s0, 2047
    sw a1, -2047 + 16(s0)
    lw a0, -2047 + 16(s0)
    check a0, -1

    # Each branch taken, and not.
    .macro branch instruction, first, second, taken
    li a1, \first
    li a2, \second
    li a0, 1
    \instruction a1, a2, 2f
    li a0, 0
2:  check a0, \taken
    .endm
    branch beq, 5, 5, 1
    branch beq, 5, 0x100000005, 0
    branch bne, 5, 0x100000005, 1
    branch bne, -1, -1, 0
    branch blt, -1, 0, 1
    branch blt, 0, 0, 0
    branch bge, 0, 0, 1
    branch bge, -1, 0, 0
    branch bltu, 0, -1, 1
    branch bltu, -1, 0, 0
    branch bgeu, -1, 0, 1
    branch bgeu, 0, 1, 0
    li a0, 10                   # backwards
1:  addi a0, a0, -1
    bnez a0, 1b
    check a0, 0

    # jal and jalr link the address after them; jalr clears bit 0, also where it reads what it writes.
    jal a1, 2f
1:  nop
2:  la a2, 1b
    sub a0, a1, a2
    check a0, 0
    la a1, 4f
    addi a1, a1, -99
    jalr a1, 100(a1)
3:  nop
4:  la a2, 3b
    sub a0, a1, a2
    check a0, 0
    fence
    fence.i

    # Code that is written is run after fence.i.
    la s0, patched
    li a0, 0x00700513           # addi a0, x0, 7
    sw a0, 0(s0)
    fence.i
patched:
    li a0, 1
    check a0, 7
    j passed

    .data
    .balign 8
data:
    .byte 0x12, 0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde, 0xf0
    .byte 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77
    .dword 0

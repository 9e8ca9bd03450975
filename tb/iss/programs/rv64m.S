# SPDX-License-Identifier: Apache-2.0
# Multiplication and division; expected values by '"M" Extension for Integer Multiplication and
# Division' of the unprivileged specification: no trap, fixed results for zero and overflow.
    .include "program.inc"
    .equ MIN, 0x8000000000000000
    .equ MIN_WORD, 0xffffffff80000000
    .text
    .globl main
main:
    op2 mul, 7, 9, 63
    op2 mul, -1, -1, 1
    op2 mul, 0x100000000, 0x100000000, 0
    op2 mul, 0x123456789, 0x10, 0x1234567890
    op2 mul, MIN, -1, MIN
    op2 mulw, 0x10000, 0x10000, 0
    op2 mulw, 0x7fffffff, 2, -2
    op2 mulw, 0xffffffff00000003, 5, 15
    op2 mulh, -1, -1, 0
    op2 mulh, MIN, MIN, 0x4000000000000000
    op2 mulh, MIN, 2, -1
    op2 mulh, 0x7fffffffffffffff, 0x7fffffffffffffff, 0x3fffffffffffffff
    op2 mulh, 0x100000000, 0x100000000, 1
    op2 mulh, -0x100000000, 0x100000000, -1
    op2 mulhu, -1, -1, -2
    op2 mulhu, MIN, 2, 1
    op2 mulhu, 0xffffffff, 0xffffffff, 0
    op2 mulhu, -1, 1, 0
    op2 mulhsu, -1, -1, -1
    op2 mulhsu, -1, 1, -1
    op2 mulhsu, 1, -1, 0
    op2 mulhsu, MIN, MIN, 0xc000000000000000
    op2 mulhsu, 0x7fffffffffffffff, -1, 0x7ffffffffffffffe

    # Towards zero; the remainder has the sign of the dividend.
    op2 div, 20, 6, 3
    op2 div, -20, 6, -3
    op2 div, 20, -6, -3
    op2 div, -20, -6, 3
    op2 div, MIN, -1, MIN
    op2 div, 5, 0, -1
    op2 div, MIN, 0, -1
    op2 rem, 20, 6, 2
    op2 rem, -20, 6, -2
    op2 rem, 20, -6, 2
    op2 rem, -20, -6, -2
    op2 rem, MIN, -1, 0
    op2 rem, 5, 0, 5
    op2 rem, -5, 0, -5
    op2 divu, -1, 2, 0x7fffffffffffffff
    op2 divu, 20, -6, 0
    op2 divu, 0, 0, -1
    op2 divu, MIN, -1, 0
    op2 remu, -1, 16, 15
    op2 remu, 20, -6, 20
    op2 remu, MIN, 0, MIN
    op2 remu, MIN, -1, MIN

    # Words: the upper halves of the operands do not count, the result is sign-extended.
    op2 divw, 0x1200000014, 0x3400000006, 3
    op2 divw, 0xffffffec, 6, -3
    op2 divw, MIN_WORD, -1, MIN_WORD
    op2 divw, 0x80000000, 0xffffffff, MIN_WORD
    op2 divw, 7, 0x100000000, -1
    op2 remw, 0x12ffffffec, 6, -2
    op2 remw, MIN_WORD, -1, 0
    op2 remw, 0x80000000, 0, MIN_WORD
    op2 remw, 0x1280000001, 0x100000000, 0xffffffff80000001
    op2 divuw, 0xffffffff, 1, -1
    op2 divuw, 0x180000000, 2, 0x40000000
    op2 divuw, 1, 0x100000000, -1
    op2 remuw, 0xffffffff, 0x80000000, 0x7fffffff
    op2 remuw, 0xffffffff, 0x100000000, -1
    op2 remuw, 0x10000000f, 4, 3
    j passed

# SPDX-License-Identifier: Apache-2.0
# A and D: without menvcfg.ADUE a page fault where one is wanted and clear (Svade), with it the walk
# sets them (Svadu); by "Virtual Address Translation Process" and '"Svadu" Extension'. For a machine
# that has both.
# Simulator alone.
    .include "program.inc"
    .include "tables.inc"
    .equ MENVCFG, 0x30a
    .equ ADUE, 1 << 61

.macro supervisor cause, tval, instruction:vararg
    run S, 0, \cause, \tval, \instruction
.endm

.macro set_flags flags
    set_entry table0, 5, page_a, \flags
    sfence.vma
.endm

# A and D of the page, in bits 6 and 7.
.macro check_flags expected
    la t0, table0
    ld a0, 40(t0)
    andi a0, a0, A | D
    check a0, \expected
.endm

    .text
    .globl main
main:
    open_memory
    map_memory
    set_satp root, 1
    li a1, 0x5000
    li a5, ADUE

    csrc MENVCFG, a5
    set_flags V | R | W | X
    supervisor LOAD_PAGE, 0x5008, ld a0, 8(a1)
    supervisor STORE_PAGE, 0x5010, sd a0, 16(a1)
    supervisor FETCH_PAGE, 0x5000, jalr a2, 0(a1)
    check_flags 0
    set_flags V | R | W | X | A
    supervisor CALL_S, 0, ld a0, 8(a1)
    supervisor CALL_S, 0, jalr a2, 0(a1)
    supervisor STORE_PAGE, 0x5010, sd a0, 16(a1)
    supervisor STORE_PAGE, 0x5000, amoor.w a0, zero, (a1)
    check_flags A
    set_flags V | R | W | X | A | D
    supervisor CALL_S, 0, sd a0, 16(a1)
    set_flags V | R | W | X | D     # D without A is no help
    supervisor STORE_PAGE, 0x5010, sd a0, 16(a1)
    check_flags D

    csrs MENVCFG, a5
    csrr a0, MENVCFG
    and a0, a0, a5
    check a0, ADUE
    sfence.vma
    set_flags V | R | W | X
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xaaaaaaaa11111111
    check_flags A
    supervisor CALL_S, 0, sd a0, 16(a1)
    check_flags A | D
    set_flags V | R | W | X
    supervisor CALL_S, 0, jalr a2, 0(a1)
    check_flags A
    set_flags V | R | W | X
    supervisor CALL_S, 0, amoor.w a0, zero, (a1)
    check_flags A | D
    set_flags V | R | X             # an access that is not allowed sets nothing
    supervisor STORE_PAGE, 0x5010, sd a0, 16(a1)
    check_flags 0
    li a2, 0
    j passed

# SPDX-License-Identifier: Apache-2.0
# Physical memory protection: regions, their order, locks, and the walk's own reads; by "Physical
# Memory Protection". For a hart with eight entries and regions of four bytes.
    .include "program.inc"
    .include "tables.inc"
    .equ OFF, 0
    .equ TOR, 1 << 3
    .equ NA4, 2 << 3
    .equ NAPOT, 3 << 3
    .equ LOCK, 1 << 7
    .equ R_, 1
    .equ W_, 2
    .equ X_, 4
    .equ OPEN, NAPOT | R_ | W_ | X_

# pmpaddr of the bytes from `offset` behind a label on: a region of four, or the end of one.
.macro set_address entry, label, offset
    la t0, \label
    li t1, \offset
    add t0, t0, t1
    srli t0, t0, 2
    csrw pmpaddr\entry, t0
.endm

# The naturally aligned 2^log2 bytes there.
.macro set_napot entry, label, offset, log2
    set_address \entry, \label, \offset
    csrr t0, pmpaddr\entry
    li t1, (1 << (\log2 - 3)) - 1
    or t0, t0, t1
    csrw pmpaddr\entry, t0
.endm

# The configurations of entries 0, 1 and 2; entry 7 opens what they leave.
.macro configure first, second=OFF, third=OFF
    li t0, (\first) | (\second) << 8 | (\third) << 16 | OPEN << 56
    csrw pmpcfg0, t0
    sfence.vma
.endm

.macro user cause, instruction:vararg
    run U, 0, \cause, ANY, \instruction
.endm

.macro supervisor cause, instruction:vararg
    run S, 0, \cause, ANY, \instruction
.endm

# The last trap was at this distance behind s0.
.macro at offset
    csrr t0, mtval
    sub t0, t0, s0
    check t0, \offset
.endm

    .text
    .globl main
main:
    la s0, area
    li a1, 0
    # No entry matches: nothing for S and U, everything for M.
    set_address 0, area, 60
    li t0, NA4 | R_
    csrw pmpcfg0, t0
    sfence.vma
    run S, 0, FETCH_ACCESS, ANY, nop
    csrr t0, mepc
    csrr t1, mtval
    sub t0, t0, t1
    check t0, 0
    run U, 0, FETCH_ACCESS, ANY, nop
    ld a0, 0(s0)
    check a0, 0x0706050403020100

    # Entry 7 opens everything that an entry before it does not have.
    li t0, 0x1fffffffffffff
    csrw pmpaddr7, t0
    configure OFF
    run U, 0, CALL_U, 0, ld a0, 8(s0)
    check a0, 0x0f0e0d0c0b0a0908

    # Four bytes to be read only; an access that lies in them in part fails, whatever it may do there.
    set_address 0, area, 8
    configure NA4 | R_
    user CALL_U, lw a0, 8(s0)
    check a0, 0x0b0a0908
    user STORE_ACCESS, sw a0, 8(s0)
    at 8
    user STORE_ACCESS, sb a0, 11(s0)
    at 11
    addi s1, s0, 8
    user STORE_ACCESS, amoor.w a0, zero, (s1)
    at 8
    user CALL_U, sw a0, 4(s0)
    user CALL_U, sw a0, 12(s0)
    user LOAD_ACCESS, ld a0, 8(s0)
    supervisor STORE_ACCESS, sh zero, 10(s0)
    at 10
    sw zero, 8(s0)              # M-mode may
    configure NA4 | R_ | W_
    user STORE_ACCESS, sd a0, 8(s0)

    # 16 bytes, naturally aligned; fetches need X, loads R.
    set_napot 0, area, 16, 4
    configure NAPOT | X_
    user CALL_U, jalr a2, 16(s0)
    user CALL_U, lw a0, 12(s0)
    user LOAD_ACCESS, lw a0, 16(s0)
    user LOAD_ACCESS, lbu a0, 31(s0)
    at 31
    addi s1, s0, 16
    user LOAD_ACCESS, lr.w a0, (s1)
    user CALL_U, ld a0, 32(s0)
    configure NAPOT | R_
    user CALL_U, ld a0, 16(s0)
    user FETCH_ACCESS, jalr a2, 16(s0)
    at 16

    # From one address up to another, which is not of it; none if the end is not above.
    set_address 0, area, 4
    set_address 1, area, 20
    configure OFF, TOR
    user CALL_U, lw a0, 0(s0)
    user LOAD_ACCESS, lw a0, 4(s0)
    user LOAD_ACCESS, lw a0, 16(s0)
    user CALL_U, lw a0, 20(s0)
    user LOAD_ACCESS, ld a0, 0(s0)
    set_address 1, area, 4
    configure OFF, TOR
    user CALL_U, lw a0, 4(s0)
    set_address 0, area, 0      # entry 0: from address 0
    configure TOR | R_ | X_
    user STORE_ACCESS, sw a0, -4(s0)
    user CALL_U, sw a0, 0(s0)

    # The first entry that matches decides.
    set_napot 0, area, 0, 3
    set_napot 1, area, 0, 5
    configure NAPOT | R_, NAPOT | R_ | W_
    user STORE_ACCESS, sw a0, 0(s0)
    user CALL_U, sw a0, 8(s0)
    configure OFF, NAPOT | R_ | W_
    user CALL_U, sw a0, 0(s0)

    # MPRV: M-mode's loads and stores as U's.
    configure NAPOT
    li a5, MSTATUS_MPRV | MSTATUS_MPP
    li a6, MSTATUS_MPRV
    la t0, 1f
    csrw mtvec, t0
    csrc mstatus, a5
    csrs mstatus, a6
    ld a0, 0(s0)
    next_check
    j failed
    .balign 4
1:  csrc mstatus, a5
    check_trap LOAD_ACCESS, ANY

    # A walk reads page tables as S-mode: where it may not, the access fails, with its own cause; a
    # page that may not be used neither. Where a page fault is seen first, it is one.
    map_memory
    set_entry table0, 5, page_a, READY | R | W | X
    set_satp root, 1
    set_napot 0, table0, 0, 12
    set_napot 1, page_a, 0, 12
    configure NAPOT
    li s1, 0x5000
    li s2, 0x6000
    supervisor LOAD_ACCESS, ld a0, 8(s1)
    supervisor STORE_ACCESS, sd a0, 8(s1)
    supervisor FETCH_ACCESS, jalr a2, 0(s1)
    csrr a0, mtval
    check a0, 0x5000
    configure NAPOT | R_, NAPOT | R_
    supervisor CALL_S, ld a0, 8(s1)
    check a0, 0xaaaaaaaa11111111
    supervisor STORE_ACCESS, sd a0, 8(s1)
    csrr a0, mtval
    check a0, 0x5008
    supervisor FETCH_ACCESS, jalr a2, 0(s1)
    set_entry table0, 5, page_a, READY | R
    configure NAPOT | R_, NAPOT
    supervisor STORE_PAGE, sd a0, 8(s1)
    supervisor LOAD_ACCESS, ld a0, 8(s1)
    csrw satp, zero

    # Locked: for M-mode too, and neither changed nor opened again; nor the address below a locked TOR.
    set_napot 1, area, 0, 3
    configure OFF, NAPOT | R_ | LOCK
    ld a0, 0(s0)
    traps STORE_ACCESS, ANY, sd a0, 0(s0)
    at 0
    sd a0, 8(s0)
    csrr a1, pmpaddr1
    csrw pmpaddr1, zero
    csrr a0, pmpaddr1
    sub a0, a0, a1
    check a0, 0
    configure OFF, NAPOT | R_ | W_
    csrr a0, pmpcfg0
    srli a0, a0, 8
    andi a0, a0, 0xff
    check a0, NAPOT | R_ | LOCK
    traps STORE_ACCESS, ANY, sd a0, 0(s0)
    set_address 2, area, 16
    set_address 3, area, 24
    li t0, (TOR | R_ | LOCK) << 24 | OPEN << 56
    csrw pmpcfg0, t0
    csrr a1, pmpaddr2
    csrw pmpaddr2, zero
    csrr a0, pmpaddr2
    sub a0, a0, a1
    check a0, 0
    traps STORE_ACCESS, ANY, sw a0, 16(s0)
    la t0, 1f
    csrw mtvec, t0
    jalr a2, 16(s0)
    next_check
    j failed
    .balign 4
1:  check_trap FETCH_ACCESS, ANY
    at 16
    sw a0, 24(s0)
    li a1, 0
    li a2, 0
    j passed

    .data
    .balign 64
area:
    .byte 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
    jr a2
    nop
    nop
    nop
    .fill 4, 8, 0

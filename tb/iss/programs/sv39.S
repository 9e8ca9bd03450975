# SPDX-License-Identifier: Apache-2.0
# Translation of S and U-mode's accesses, permissions and page faults; by "Sv39: Page-Based 39-bit
# Virtual-Memory System", "Virtual Address Translation Process" and "Supervisor Address Translation
# and Protection (satp) Register". All leaves have A and D set: who sets them differs.
    .include "program.inc"
    .include "tables.inc"

.macro supervisor cause, tval, instruction:vararg
    run S, 0, \cause, \tval, \instruction
.endm

.macro user cause, tval, instruction:vararg
    run U, USER_CODE, \cause, \tval, \instruction
.endm

    .equ PLACE, 0x5000          # entry 5 of table0

# An access to PLACE is allowed (1) or not.
.macro access mode, call, load, store, fetch
    .if \load
    \mode \call, 0, ld a0, 8(a1)
    check a0, 0xaaaaaaaa11111111
    \mode \call, 0, lr.d a0, (a1)
    .else
    \mode LOAD_PAGE, PLACE + 8, ld a0, 8(a1)
    \mode LOAD_PAGE, PLACE, lr.w a0, (a1)
    .endif
    .if \store
    \mode \call, 0, sd a3, 16(a1)
    ld a0, 16(a4)
    sub a0, a0, a3
    check a0, 0
    addi a3, a3, 1
    \mode \call, 0, amoor.d a0, zero, (a1)
    .else
    \mode STORE_PAGE, PLACE + 16, sd a3, 16(a1)
    \mode STORE_PAGE, PLACE + 15, sb a3, 15(a1)
    .if \load
    \mode STORE_PAGE, PLACE, amoor.d a0, zero, (a1)
    .endif
    .endif
    .if \fetch
    \mode \call, 0, jalr a2, 0(a1)
    .else
    \mode FETCH_PAGE, PLACE, jalr a2, 0(a1)
    .endif
.endm

# PLACE is page_a with these flags; what S and then U-mode may do.
.macro page flags, s_load, s_store, s_fetch, u_load, u_store, u_fetch
    set_entry table0, 5, page_a, \flags
    li a1, PLACE
    sfence.vma a1
    access supervisor, CALL_S, \s_load, \s_store, \s_fetch
    access user, CALL_U, \u_load, \u_store, \u_fetch
.endm

    .text
    .globl main
main:
    open_memory
    map_memory
    set_satp root, 1
    sfence.vma
    li a3, 0x1000
    la a4, page_a

    # Every combination of R, W and X; W without R is reserved.
    page READY | R, 1, 0, 0, 0, 0, 0
    page READY | R | W, 1, 1, 0, 0, 0, 0
    page READY | X, 0, 0, 1, 0, 0, 0
    page READY | R | X, 1, 0, 1, 0, 0, 0
    page READY | R | W | X, 1, 1, 1, 0, 0, 0
    page READY | W, 0, 0, 0, 0, 0, 0
    page READY | W | X, 0, 0, 0, 0, 0, 0
    page READY | R | USER, 0, 0, 0, 1, 0, 0
    page READY | R | W | USER, 0, 0, 0, 1, 1, 0
    page READY | X | USER, 0, 0, 0, 0, 0, 1
    page READY | R | W | X | USER, 0, 0, 0, 1, 1, 1
    page A | D | R | W | X | USER, 0, 0, 0, 0, 0, 0     # V is clear
    page A | D | R | W | X, 0, 0, 0, 0, 0, 0

    # SUM: S-mode loads and stores in U pages, and never fetches. MXR: loads where X is set.
    li a0, MSTATUS_SUM
    csrs mstatus, a0
    page READY | R | W | X | USER, 1, 1, 0, 1, 1, 1
    page READY | R | USER, 1, 0, 0, 1, 0, 0
    page READY | X | USER, 0, 0, 0, 0, 0, 1
    li a0, MSTATUS_MXR
    csrs mstatus, a0
    page READY | X | USER, 1, 0, 0, 1, 0, 1
    li a0, MSTATUS_SUM
    csrc mstatus, a0
    page READY | X, 1, 0, 1, 0, 0, 0
    page READY | W | X, 0, 0, 0, 0, 0, 0
    li a0, MSTATUS_MXR
    csrc mstatus, a0

    # Reserved: bits 60 to 54 of a leaf and of a pointer, 62 and 61 without Svpbmt's enable, a
    # pointer in the last table.
    page READY | R | W | X | 1 << 58, 0, 0, 0, 0, 0, 0
    page READY | R | W | X | 1 << 61, 0, 0, 0, 0, 0, 0
    page V, 0, 0, 0, 0, 0, 0
    set_entry table1, 0, table0, V | 1 << 54
    sfence.vma                  # a fence by address would leave the pointer
    page READY | R | W | X, 0, 0, 0, 0, 0, 0
    set_entry table1, 0, table0, V
    sfence.vma

    # Superpages: their offset, and the misaligned ones, which are reserved.
    li a1, 0x200000
    set_number table1, 1, 0x20000000 | READY | R | W
    la a2, page_b
    li a5, 0x1fffff
    and a2, a2, a5
    add a1, a1, a2
    sfence.vma
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xbbbbbbbb22222222
    set_number table1, 1, 0x20000400 | READY | R | W
    sfence.vma
    supervisor LOAD_PAGE, ANY, ld a0, 8(a1)
    csrr a0, mtval
    sub a0, a0, a1
    check a0, 8
    set_number root, 3, 0x20080000 | READY | R | W
    li a1, 0xc0000000
    supervisor LOAD_PAGE, 0xc0000000, ld a0, 0(a1)
    supervisor STORE_PAGE, 0xc0000000, sd a0, 0(a1)

    # Bits 63 to 39 are all as bit 38 is: the upper half is of the root's upper entries, and the rest
    # faults.
    set_entry root, 511, table1, V
    set_entry table0, 5, page_a, READY | R | W | X
    sfence.vma
    li a1, 0xffffffffc0005000
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xaaaaaaaa11111111
    supervisor CALL_S, 0, jalr a2, 0(a1)
    li a1, 0x8000000000005000
    supervisor LOAD_PAGE, 0x8000000000005000, ld a0, 0(a1)
    li a1, 0x4000005000
    supervisor LOAD_PAGE, 0x4000005000, ld a0, 0(a1)
    supervisor FETCH_PAGE, 0x4000005000, jalr a2, 0(a1)
    li a1, 0xffffffbfc0005000
    supervisor STORE_PAGE, 0xffffffbfc0005000, sd a0, 0(a1)

    # Two address spaces by their ASIDs, without a fence between; a fence makes a change seen.
    set_entry root2, 0, table1b, V
    set_entry table1b, 0, table0b, V
    set_number root2, 2, 0x20000000 | READY | R | W | X
    set_entry table0b, 5, page_b, READY | R | W
    li a1, PLACE
    sfence.vma
    .rept 2
    set_satp root, 1
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xaaaaaaaa11111111
    set_satp root2, 2
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xbbbbbbbb22222222
    .endr
    set_entry table0b, 5, page_a, READY | R | W
    li a5, 2
    sfence.vma a1, a5
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xaaaaaaaa11111111
    set_satp root, 1

    # MPRV: M-mode's loads and stores as those of MPP, its fetches not.
    li a5, MSTATUS_MPRV | MSTATUS_MPP_S
    li a6, MSTATUS_MPRV | MSTATUS_MPP
    csrc mstatus, a6
    csrs mstatus, a5
    ld a0, 8(a1)
    csrc mstatus, a6
    check a0, 0xaaaaaaaa11111111
    li a7, 0x6010
    la t0, 1f
    csrw mtvec, t0
    csrs mstatus, a5
    ld a0, 0(a7)
    next_check
    j failed
    .balign 4
1:  csrc mstatus, a6
    check_trap LOAD_PAGE, 0x6010

    # Delegated, S-mode has the cause and the address.
    li a0, 1 << FETCH_PAGE | 1 << LOAD_PAGE | 1 << STORE_PAGE
    csrw medeleg, a0
    la a0, handler
    csrw stvec, a0
    .macro delegated cause, address, instruction:vararg
    user CALL_S, 0, \instruction
    csrr a0, scause
    check a0, \cause
    csrr a0, stval
    check a0, \address
    .endm
    delegated LOAD_PAGE, 0x6010, ld a0, 0(a7)
    delegated STORE_PAGE, 0x6010, sd a0, 0(a7)
    delegated FETCH_PAGE, 0x6010, jalr a2, 0(a7)
    csrr a0, sepc
    check a0, 0x6010

    # Bare: S-mode's addresses are physical.
    csrw medeleg, zero
    csrw satp, zero
    la a1, page_b
    supervisor CALL_S, 0, ld a0, 8(a1)
    check a0, 0xbbbbbbbb22222222
    li a2, 0                    # addresses of code
    j passed

    .balign 4
handler:
    ecall

    .section .tables
root2:
    .fill 512, 8, 0
table1b:
    .fill 512, 8, 0
table0b:
    .fill 512, 8, 0

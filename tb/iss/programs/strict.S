# SPDX-License-Identifier: Apache-2.0
# Where the specification leaves no choice and QEMU 7.2, with which the other programs are compared,
# differs: for the simulator alone (iss-check.sh).
# Simulator alone.
    .include "program.inc"
    .include "tables.inc"
    .text
    .globl main
main:
    # Bits 1 and 0 of an address to return to are 0 where all instructions have four bytes.
    li a1, -1
    csrw mepc, a1
    csrr a0, mepc
    check a0, -4
    csrw sepc, a1
    csrr a0, sepc
    check a0, -4

    # An environment call from M-mode cannot be delegated.
    csrw medeleg, a1
    csrr a0, medeleg
    srli a0, a0, 11
    andi a0, a0, 1
    check a0, 0
    csrw medeleg, zero

    # MPP never holds 2, which is no mode.
    li a1, MSTATUS_MPP
    csrc mstatus, a1
    li a2, 2 << 11
    csrs mstatus, a2
    csrr a0, mstatus
    and a0, a0, a1
    sub a0, a0, a2
    seqz a0, a0
    check a0, 0

    # A CSR is written by csrrs with any register but x0, even one that holds 0.
    li a1, 0
    traps ILLEGAL, ANY, csrrs a0, mvendorid, a1
    traps ILLEGAL, ANY, csrrc a0, cycle, a1

    # A return to less than M-mode clears MPRV.
    .macro clears_mprv instruction, epc, mode, cause
    li a1, MSTATUS_SPP | MSTATUS_MPP
    csrc mstatus, a1
    li a1, MSTATUS_MPRV | \mode
    csrs mstatus, a1
    la a0, 97f
    csrw \epc, a0
    la a0, 98f
    csrw mtvec, a0
    \instruction
97: ecall
    .balign 4
98: csrr a0, mstatus
    li a1, MSTATUS_MPRV
    csrc mstatus, a1
    and a0, a0, a1
    check a0, 0
    check_trap \cause, 0
    .endm
    open_memory
    clears_mprv sret, sepc, 0, CALL_U
    clears_mprv mret, mepc, MSTATUS_MPP_S, CALL_S

    # Misaligned atomic accesses trap: as misaligned, or as an access fault where that is not to be
    # emulated; lr as a load, the others as a store.
    .macro misaligned even_cause, instruction:vararg
    la a1, page_a
    addi a1, a1, 1
    la t0, 98f
    csrw mtvec, t0
    \instruction
    next_check
    j failed
    .balign 4
98: csrr a0, mcause
    ori a0, a0, 1
    check a0, \even_cause + 1
    csrr a0, mtval
    sub a0, a0, a1
    check a0, 0
    .endm
    misaligned 4, lr.d a0, (a1)
    misaligned 6, sc.d a0, a1, (a1)
    misaligned 6, amoadd.d a0, a1, (a1)
    misaligned 6, amoor.w a0, zero, (a1)

    # An atomic access to a page that is not there is a store's fault.
    map_memory
    set_satp root, 1
    sfence.vma
    la t0, unexpected
    csrw mtvec, t0
    li a1, 0x6010
    run S, 0, STORE_PAGE, 0x6010, amoadd.w a0, a0, (a1)
    run S, 0, STORE_PAGE, 0x6010, sc.w a0, a0, (a1)
    run S, 0, LOAD_PAGE, 0x6010, lr.w a0, (a1)
    set_entry table0, 6, page_a, READY | X
    sfence.vma
    run S, 0, STORE_PAGE, 0x6010, amoadd.w a0, a0, (a1)
    j passed

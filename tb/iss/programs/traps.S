# SPDX-License-Identifier: Apache-2.0
# Synchronous traps from M, S and U-mode, their delegation and the returns; by "Machine-Level ISA",
# "Supervisor-Level ISA" and "Environment Call and Breakpoint". Instructions have four bytes here.
    .include "program.inc"
    .text
    .globl main
main:
    # Without PMP rules that say otherwise S and U have no access where there is PMP: all of it.
    la t0, 1f
    csrw mtvec, t0              # a hart without PMP traps
    li t0, 0x1fffffffffffff
    csrw pmpaddr0, t0
    li t0, 0x1f
    csrw pmpcfg0, t0
    .balign 4
1:  csrw medeleg, zero
    csrw mideleg, zero
    csrw mie, zero

    # From M-mode.
    traps CALL_M, 0, ecall
    traps BREAKPOINT, ANY, ebreak
    traps ILLEGAL, ANY, .word 0
    traps ILLEGAL, ANY, .word 0xffffffff
    traps ILLEGAL, ANY, .word 0x0000705b
    la a1, misaligned
    traps FETCH_MISALIGNED, ANY, jr a1
    csrr a0, mtval
    check_address a0, misaligned
    li a1, 9
    li a0, 5                    # the link is not written
    la a2, misaligned
    traps FETCH_MISALIGNED, ANY, jalr a0, 0(a2)
    check a0, 5

    # A trap notes the mode and the interrupt enable, and returns to them.
    li a1, MSTATUS_MPP | MSTATUS_MPIE
    csrc mstatus, a1
    csrsi mstatus, 8            # MIE
    traps CALL_M, 0, ecall
    csrr a0, mstatus
    li a1, MSTATUS_MPP | MSTATUS_MPIE | MSTATUS_MIE
    and a0, a0, a1
    check a0, MSTATUS_MPP | MSTATUS_MPIE
    la a0, 1f
    csrw mepc, a0
    mret
    j failed
1:  csrr a0, mstatus
    and a0, a0, a1
    check a0, MSTATUS_MPIE | MSTATUS_MIE    # MPP is the least mode that there is: U
    csrci mstatus, 8

    # From S and U-mode: only M-mode's things trap.
    run S, 0, CALL_S, 0, nop
    csrr a0, mstatus
    li a1, MSTATUS_MPP
    and a0, a0, a1
    check a0, MSTATUS_MPP_S
    run U, 0, CALL_U, 0, nop
    csrr a0, mstatus
    and a0, a0, a1
    check a0, 0
    run S, 0, ILLEGAL, ANY, csrr a0, mstatus
    run S, 0, ILLEGAL, ANY, mret
    run S, 0, CALL_S, 0, csrr a0, sstatus
    run S, 0, CALL_S, 0, sfence.vma
    run S, 0, CALL_S, 0, csrw sscratch, s10
    csrr a0, sscratch
    sub a0, a0, s10             # one result has been kept since
    check a0, -16
    run U, 0, ILLEGAL, ANY, csrr a0, sstatus
    run U, 0, ILLEGAL, ANY, sret
    run U, 0, ILLEGAL, ANY, mret
    run U, 0, ILLEGAL, ANY, sfence.vma
    run U, 0, BREAKPOINT, ANY, ebreak

    # TVM, TW and TSR take from S-mode what they are named after.
    li a0, MSTATUS_TVM | MSTATUS_TW | MSTATUS_TSR
    csrs mstatus, a0
    run S, 0, ILLEGAL, ANY, csrr a1, satp
    run S, 0, ILLEGAL, ANY, sfence.vma
    run S, 0, ILLEGAL, ANY, wfi
    run S, 0, ILLEGAL, ANY, sret
    li a0, MSTATUS_TVM | MSTATUS_TW | MSTATUS_TSR
    csrc mstatus, a0
    run S, 0, CALL_S, 0, csrr a1, satp

    # Counters are for S-mode as mcounteren says, for U-mode as scounteren says too.
    csrw mcounteren, zero
    csrw scounteren, zero
    run S, 0, ILLEGAL, ANY, csrr a0, cycle
    run U, 0, ILLEGAL, ANY, csrr a0, time
    li a0, 7
    csrw mcounteren, a0
    run S, 0, CALL_S, 0, csrr a0, time
    run S, 0, CALL_S, 0, csrr a0, instret
    run U, 0, ILLEGAL, ANY, csrr a0, cycle
    li a0, 1
    csrw scounteren, a0
    run U, 0, CALL_U, 0, csrr a0, cycle
    run U, 0, ILLEGAL, ANY, csrr a0, instret

    # Delegated: to S-mode from S and U, with its own CSRs; from M-mode never down.
    li a0, 1 << ILLEGAL | 1 << CALL_U
    csrw medeleg, a0
    la a0, supervisor
    csrw stvec, a0
    csrw mscratch, zero
    traps ILLEGAL, ANY, .word 0
    csrw scause, zero
    csrsi sstatus, 2            # SIE
    run U, 0, CALL_S, 0, ecall
    csrr a0, scause
    check a0, CALL_U
    csrr a0, stval
    check a0, 0
    csrr a0, sstatus
    li a1, MSTATUS_SPP | MSTATUS_SPIE | MSTATUS_SIE
    and a0, a0, a1
    check a0, MSTATUS_SPIE      # from U, with interrupts then
    run S, 0, CALL_S, 0, .word 0
    csrr a0, scause
    check a0, ILLEGAL
    csrr a0, sstatus
    and a0, a0, a1
    check a0, MSTATUS_SPP       # from S, SIE had been cleared by the trap before
    run S, 0, BREAKPOINT, ANY, ebreak

    csrw medeleg, zero

    # sret: to SPP, with SPIE as SIE; it leaves SPIE set and SPP for U.
    .macro returned from, to
    li a1, MSTATUS_SPP | MSTATUS_SPIE | MSTATUS_SIE
    csrc mstatus, a1
    li a2, \from
    csrs mstatus, a2
    la a0, 97f
    csrw sepc, a0
    la a0, 98f
    csrw mtvec, a0
    sret
97: ecall
    .balign 4
98: check_trap (CALL_U + (((\from) >> 8) & 1)), 0
    csrr a0, mstatus
    and a0, a0, a1
    check a0, \to
    .endm
    returned MSTATUS_SPP | MSTATUS_SIE, MSTATUS_SPIE
    returned MSTATUS_SPP | MSTATUS_SPIE, MSTATUS_SPIE | MSTATUS_SIE
    returned MSTATUS_SPIE, MSTATUS_SPIE | MSTATUS_SIE
    j passed

# S-mode's handler: on to M-mode.
    .balign 4
supervisor:
    ecall
    .half 0
misaligned:
    .half 0

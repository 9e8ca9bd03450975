# SPDX-License-Identifier: Apache-2.0
# Interrupts: software and timer of the CLINT, S-mode's own, priorities, vectors, wfi; by "Machine
# Interrupt (mip and mie) Registers" and "Machine Trap-Vector Base-Address (mtvec) Register".
    .include "program.inc"
    .equ CLINT, 0x02000000
    .equ MTIMECMP, 0x02004000
    .equ MTIME, 0x0200bff8
    .equ MSI, 1 << 3
    .equ MTI, 1 << 7
    .equ SSI, 1 << 1
    .equ STI, 1 << 5
    .equ INTERRUPT, 1 << 63

# The interrupt with this number is taken at once, in M-mode, when `mode` is entered.
.macro interrupted mode, expected
    la t0, 98f
    csrw mtvec, t0
    li t0, MSTATUS_MPP
    csrc mstatus, t0
    li t0, \mode | MSTATUS_MPIE
    csrs mstatus, t0
    la t0, 97f
    csrw mepc, t0
    mret
97: ecall
    .balign 4
98: check_trap \expected, ANY
    csrr t0, mepc
    check_address t0, 97b
.endm

    .equ M, MSTATUS_MPP

    .text
    .globl main
main:
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
    li s1, CLINT
    li s2, MTIMECMP
    li s3, MTIME
    li a1, -1
    sd a1, 0(s2)

    # MSIP follows the CLINT's register; it interrupts M-mode only with MIE, lower modes always.
    li a0, 1
    sw a0, 0(s1)
    csrr a0, mip
    andi a0, a0, MSI
    check a0, MSI
    li a0, MSI
    csrw mie, a0
    nop                         # MIE is clear
    nop
    interrupted M, INTERRUPT | 3
    interrupted S, INTERRUPT | 3
    csrci mstatus, 8
    interrupted U, INTERRUPT | 3
    sw zero, 0(s1)
    csrr a0, mip
    andi a0, a0, MSI
    check a0, 0

    # The timer: MTIP some time after mtime has reached mtimecmp, not before.
    ld a1, 0(s3)
    addi a1, a1, 200
    sd a1, 0(s2)
1:  csrr a0, mip
    andi a0, a0, MTI
    beqz a0, 1b
    ld a2, 0(s3)
    sltu a0, a2, a1
    check a0, 0
    li a0, MTI
    csrw mie, a0
    interrupted M, INTERRUPT | 7
    li a1, 1                    # software goes before timer
    sw a1, 0(s1)
    li a0, MTI | MSI
    csrw mie, a0
    interrupted U, INTERRUPT | 3
    sw zero, 0(s1)
    interrupted U, INTERRUPT | 7
    li a1, -1
    sd a1, 0(s2)
1:  csrr a0, mip
    andi a0, a0, MTI
    bnez a0, 1b
    csrw mie, zero

    # wfi ends when an interrupt that is enabled in mie waits, although MIE is clear.
    ld a1, 0(s3)
    addi a1, a1, 300
    sd a1, 0(s2)
    li a0, MTI
    csrw mie, a0
    csrci mstatus, 8
1:  wfi
    csrr a0, mip
    andi a0, a0, MTI
    beqz a0, 1b
    check a0, MTI
    csrw mie, zero
    li a1, -1
    sd a1, 0(s2)
    li a1, 0

    # Vectored: an interrupt goes to base + 4 x cause, an exception to base.
    la t0, vectors
    addi t0, t0, 1
    csrw mtvec, t0
    li a0, 1
    sw a0, 0(s1)
    li a0, MSI
    csrw mie, a0
    csrsi mstatus, 8
    nop
    nop
1:  next_check
    j failed
    .balign 256
vectors:
    j 3f                        # an exception
    j failed
    j failed
    j 2f                        # software
    j failed
2:  csrr a0, mcause
    check a0, INTERRUPT | 3
    sw zero, 0(s1)
    csrw mie, zero
    ecall
3:  csrr a0, mcause
    check a0, CALL_M

    # S-mode's: not delegated it comes to M-mode; delegated to S-mode, not while M-mode runs.
    csrsi mip, SSI
    csrwi mie, SSI
    interrupted S, INTERRUPT | 1
    csrwi mideleg, SSI
    csrsi mstatus, 8
    nop
    nop
    csrci mstatus, 8
    la t0, supervisor
    csrw stvec, t0
    csrci sstatus, 2
    run S, 0, CALL_S, 0, nop    # SIE is clear
    csrw scause, zero
    run U, 0, CALL_S, 0, nop    # below S-mode it comes all the same; the handler calls
    csrr a0, scause
    check a0, INTERRUPT | 1
    csrsi sstatus, 2
    csrw scause, zero
    run S, 0, CALL_S, 0, nop
    csrr a0, scause
    check a0, INTERRUPT | 1
    csrr a0, sstatus
    li a1, MSTATUS_SPP | MSTATUS_SPIE | MSTATUS_SIE
    and a0, a0, a1
    check a0, MSTATUS_SPP | MSTATUS_SPIE
    csrci mip, SSI

    # The supervisor's timer, set by M-mode; software goes before it.
    li a0, SSI | STI
    csrw mideleg, a0
    csrw mie, a0
    li a0, STI
    csrs mip, a0
    csrsi mip, SSI
    run U, 0, CALL_S, 0, nop
    csrr a0, scause
    check a0, INTERRUPT | 1
    csrci mip, SSI
    run U, 0, CALL_S, 0, nop
    csrr a0, scause
    check a0, INTERRUPT | 5
    li a0, STI
    csrc mip, a0
    csrw mie, zero
    csrw mideleg, zero
    li a1, 0
    li a2, 0
    j passed

    .balign 4
supervisor:
    ecall

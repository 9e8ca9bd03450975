# SPDX-License-Identifier: Apache-2.0
# CSR instructions and the fields of machine-mode CSRs; by '"Zicsr" Extension for Control and Status
# Register (CSR) Instructions' and "Machine-Level ISA".
    .include "program.inc"
    .text
    .globl main
main:
    # Each reads the old value and writes, sets or clears; the immediate forms have five bits.
    li a1, 0x123456789abcdef0
    csrw mscratch, a1
    li a2, 0xff
    csrrw a0, mscratch, a2
    check a0, 0x123456789abcdef0
    li a2, 0xff00
    csrrs a0, mscratch, a2
    check a0, 0xff
    li a2, 0x0ff0
    csrrc a0, mscratch, a2
    check a0, 0xffff
    csrrwi a0, mscratch, 31
    check a0, 0xf00f
    csrrsi a0, mscratch, 8
    check a0, 31
    csrrci a0, mscratch, 1
    check a0, 31
    csrr a0, mscratch
    check a0, 30
    li a0, 5                    # the source is read before the destination is written
    csrrw a0, mscratch, a0
    check a0, 30
    csrrs x0, mscratch, x0
    csrr a0, mscratch
    check a0, 5

    # What is read-only may be read, with set and clear of nothing too, and not written.
    csrrs a0, mhartid, x0
    check a0, 0
    csrrci a0, mhartid, 0
    check a0, 0
    traps ILLEGAL, ANY, csrw mhartid, zero
    li a1, 1
    traps ILLEGAL, ANY, csrrs a0, mvendorid, a1
    traps ILLEGAL, ANY, csrrsi a0, cycle, 1
    traps ILLEGAL, ANY, csrr a0, 0x5c0          # no such CSR: custom, supervisor
    traps ILLEGAL, ANY, csrw 0x7c0, a0          # custom, machine
    li a0, 0xabc                # a destination is not written by an instruction that traps
    traps ILLEGAL, ANY, csrrw a0, mimpid, a0
    check a0, 0xabc

    # RV64 with A, I, M, S and U, whatever else.
    csrr a0, misa
    srli a1, a0, 62
    check a1, 2
    li a1, 0x141101
    and a0, a0, a1
    check a0, 0x141101

    # Fields that hold only legal values: the mode of tvec, MPP, SXL and UXL.
    la a1, unexpected
    ori a1, a1, 1
    csrw mtvec, a1              # vectored
    csrr a0, mtvec
    sub a0, a0, a1
    check a0, 0
    li a1, MSTATUS_MPP
    csrs mstatus, a1
    csrr a0, mstatus
    and a0, a0, a1
    check a0, MSTATUS_MPP
    csrc mstatus, a1
    csrr a0, mstatus
    and a0, a0, a1
    check a0, 0
    li a1, MSTATUS_MPP_S
    csrs mstatus, a1
    csrr a0, mstatus
    li a1, MSTATUS_MPP
    and a0, a0, a1
    check a0, MSTATUS_MPP_S
    csrr a0, mstatus
    srli a0, a0, 32
    andi a0, a0, 15             # SXL and UXL
    check a0, 10

    # sstatus shows the bits of mstatus that are S-mode's; sie and sip those that are delegated.
    li a1, MSTATUS_SUM | MSTATUS_MXR | MSTATUS_SPP | MSTATUS_SPIE | MSTATUS_SIE
    csrs sstatus, a1
    csrr a0, mstatus
    and a0, a0, a1
    check a0, MSTATUS_SUM | MSTATUS_MXR | MSTATUS_SPP | MSTATUS_SPIE | MSTATUS_SIE
    li a2, MSTATUS_MPP | MSTATUS_MPRV | MSTATUS_TVM | MSTATUS_TW | MSTATUS_TSR | MSTATUS_MIE
    csrc mstatus, a2
    csrs sstatus, a2
    csrr a0, mstatus
    and a0, a0, a2
    check a0, 0
    csrc sstatus, a1
    csrr a0, sstatus
    and a0, a0, a1
    check a0, 0
    csrw mideleg, zero
    li a1, 0x222
    csrs mie, a1
    csrr a0, sie
    and a0, a0, a1
    check a0, 0
    csrs mideleg, a1
    csrr a0, mideleg
    and a0, a0, a1
    check a0, 0x222
    csrr a0, sie
    and a0, a0, a1
    check a0, 0x222
    li a2, 0x20
    csrc sie, a2
    csrr a0, mie
    and a0, a0, a1
    check a0, 0x202
    csrw mie, zero
    csrsi mip, 2                # SSIP
    csrr a0, sip
    andi a0, a0, 2
    check a0, 2
    csrci sip, 2
    csrr a0, mip
    andi a0, a0, 2
    check a0, 0
    li a1, 0x20
    csrs mip, a1                # STIP: M-mode's to write, not S-mode's
    csrr a0, sip
    and a0, a0, a1
    check a0, 0x20
    csrc sip, a1
    csrr a0, sip
    and a0, a0, a1
    check a0, 0x20
    csrc mip, a1
    csrr a0, sip
    and a0, a0, a1
    check a0, 0

    # medeleg keeps what has to be delegable.
    li a1, 0xffff
    csrw medeleg, a1
    csrr a0, medeleg
    li a1, 0xb1f5
    and a0, a0, a1
    check a0, 0xb1f5
    csrw medeleg, zero

    # satp takes a mode that there is, and ignores a write of one that there is not as a whole.
    li a1, 0x8000000000080123
    csrw satp, a1
    csrr a0, satp
    check a0, 0x8000000000080123
    li a1, 0x7000000000081234   # a reserved mode
    csrw satp, a1
    csrr a0, satp
    check a0, 0x8000000000080123
    csrw satp, zero
    csrr a0, satp
    check a0, 0

    # Counters count, and time does not go backwards.
    csrr a1, minstret
    csrr a2, minstret
    sltu a0, a1, a2
    check a0, 1
    csrr a1, mcycle
    csrr a2, mcycle
    sltu a0, a2, a1
    check a0, 0
    csrr a1, time
    csrr a2, time
    sltu a0, a2, a1
    check a0, 0
    li a1, 0
    li a2, 0
    j passed

# SPDX-License-Identifier: Apache-2.0
# The first instructions of init, and the accesses that may fault: each returns 0, or 1 if the
# handler of SIGSEGV found it faulting and sent it to probe_fault (segv.c).
    .globl _start
_start:
    .option push
    .option norelax
    la gp, __global_pointer$
    .option pop
    mv a0, sp
    call begin
    li a7, 93                   # exit: not reached
    ecall

# unsigned long probe_load(const void *address): a byte
    .globl probe_load
probe_load:
    addi sp, sp, -16
    sd ra, 0(sp)
    lbu a0, 0(a0)
    j probe_done

# unsigned long probe_store(void *address): stores the byte 0x5a
    .globl probe_store
probe_store:
    addi sp, sp, -16
    sd ra, 0(sp)
    li a1, 0x5a
    sb a1, 0(a0)
    j probe_done

# unsigned long probe_fetch(const void *address): calls it; it returns
    .globl probe_fetch
probe_fetch:
    addi sp, sp, -16
    sd ra, 0(sp)
    jalr a0
probe_done:
    li a0, 0
    ld ra, 0(sp)
    addi sp, sp, 16
    ret

    .globl probe_fault
probe_fault:
    li a0, 1
    ld ra, 0(sp)
    addi sp, sp, 16
    ret

# A function that can be copied: returns at once. Its size is 4 bytes.
    .globl return_at_once
return_at_once:
    ret
    .section .note.GNU-stack, "", @progbits

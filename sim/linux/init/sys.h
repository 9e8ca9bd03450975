/* SPDX-License-Identifier: Apache-2.0
 * The system calls that init makes, without a C library: each returns what the kernel does, which
 * is -errno on failure. */
#ifndef SYS_H
#define SYS_H

#include <asm/unistd.h>
#include <linux/mman.h>
#include <linux/resource.h>
#include <linux/time.h>
#include <linux/wait.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline long sys6(long number, long a, long b, long c, long d, long e, long f)
{
    register long a0 __asm__("a0") = a;
    register long a1 __asm__("a1") = b;
    register long a2 __asm__("a2") = c;
    register long a3 __asm__("a3") = d;
    register long a4 __asm__("a4") = e;
    register long a5 __asm__("a5") = f;
    register long a7 __asm__("a7") = number;
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5), "r"(a7)
                     : "memory");
    return a0;
}

static inline long sys3(long number, long a, long b, long c)
{
    return sys6(number, a, b, c, 0, 0, 0);
}

static inline long sys_write(int file, const void *bytes, size_t length)
{
    return sys3(__NR_write, file, (long)bytes, (long)length);
}

static inline long sys_read(int file, void *bytes, size_t length)
{
    return sys3(__NR_read, file, (long)bytes, (long)length);
}

static inline long sys_close(int file)
{
    return sys3(__NR_close, file, 0, 0);
}

/* files[0] is read from, files[1] written to. */
static inline long sys_pipe(int files[2])
{
    return sys3(__NR_pipe2, (long)files, 0, 0);
}

/* 0 in the child, its number in the parent. */
static inline long sys_fork(void)
{
    return sys6(__NR_clone, 17 /* SIGCHLD */, 0, 0, 0, 0, 0);
}

static inline void sys_exit(int status)
{
    for (;;)
        sys3(__NR_exit, status, 0, 0);
}

/* Waits for one child to end; its exit status in *status as wait4 has it. */
static inline long sys_wait(long child, int *status)
{
    return sys6(__NR_wait4, child, (long)status, 0, 0, 0, 0);
}

/* The address, or -errno. */
static inline long sys_mmap(void *address, size_t length, int protection, int flags, int file)
{
    return sys6(__NR_mmap, (long)address, (long)length, protection, flags, file, 0);
}

static inline long sys_munmap(void *address, size_t length)
{
    return sys3(__NR_munmap, (long)address, (long)length, 0);
}

static inline long sys_mprotect(void *address, size_t length, int protection)
{
    return sys3(__NR_mprotect, (long)address, (long)length, protection);
}

static inline long sys_mremap(void *old, size_t old_length, size_t length, int flags, void *to)
{
    return sys6(__NR_mremap, (long)old, (long)old_length, (long)length, flags, (long)to, 0);
}

static inline long sys_madvise(void *address, size_t length, int advice)
{
    return sys3(__NR_madvise, (long)address, (long)length, advice);
}

/* The end of the data segment as it is then. */
static inline long sys_brk(long end)
{
    return sys3(__NR_brk, end, 0, 0);
}

#endif

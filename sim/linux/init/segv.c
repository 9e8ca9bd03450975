/* SPDX-License-Identifier: Apache-2.0
 * Accesses that must fault: the handler of SIGSEGV notes the address and the reason, and lets the
 * access return to its caller (probe_fault in start.S). */
#include "test.h"
#include <asm/sigcontext.h>
#include <asm/signal.h>
/* which needs both: */
#include <asm/ucontext.h>

unsigned long probe_load(const void *address), probe_store(const void *address),
    probe_fetch(const void *address);
void probe_fault(void);

static volatile struct {
    uintptr_t address;
    int code;
} seen;

/* siginfo: signal, errno and code, each of 32 bits; at 16 the address. */
static void on_segv(int signal, const void *siginfo, struct ucontext *context)
{
    (void)signal;
    seen.code = ((const int *)siginfo)[2];
    seen.address = ((const uintptr_t *)siginfo)[2];
    context->uc_mcontext.sc_regs.pc = (uintptr_t)probe_fault;
}

void catch_segv(void)
{
    struct {
        void (*handler)(int, const void *, struct ucontext *);
        unsigned long flags, mask;
    } action = {on_segv, SA_SIGINFO, 0};
    sys6(__NR_rt_sigaction, SIGSEGV, (long)&action, 0, sizeof action.mask, 0, 0);
}

static bool probe(char kind, const void *address)
{
    seen.code = 0;
    seen.address = 0;
    if (kind == 'l')
        return probe_load(address);
    return kind == 's' ? probe_store(address) : probe_fetch(address);
}

bool faults(char kind, const void *address, int code)
{
    return probe(kind, address) && seen.address == (uintptr_t)address && seen.code == code;
}

bool works(char kind, const void *address)
{
    return !probe(kind, address);
}

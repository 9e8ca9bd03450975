/* SPDX-License-Identifier: Apache-2.0
 * Tests of what an access may do: mprotect, addresses that are not mapped, pages of code. */
#include "test.h"

const char *change_protection(void)
{
    enum { PAGES = 24 };
    unsigned char *pages = map_pages(PAGES);
    if (!pages)
        return "no memory";
    fill(pages, PAGES, 8);
    for (unsigned i = 1; i < PAGES; i += 3) {
        unsigned char *page = pages + i * PAGE;
        if (!works('s', page + 100))
            return "a page cannot be written";
        sys_mprotect(page, PAGE, PROT_READ);
        if (!faults('s', page + 100, ACCERR) || !works('l', page + 100))
            return "a page that is to be read only can be written, or not be read";
        if (!works('s', page - 1) || !works('s', page + PAGE))
            return "a page beside it cannot be written";
        if (!faults('f', page, ACCERR))
            return "a page that is not to be executed can be";
        sys_mprotect(page, PAGE, PROT_NONE);
        if (!faults('l', page + PAGE - 1, ACCERR) || !faults('s', page, ACCERR))
            return "a page that is closed can be read or written";
        sys_mprotect(page, PAGE, PROT_READ | PROT_WRITE);
        fill(page, 1, 9);
        if (!holds(page, 1, 9))
            return "a page that is open again lost what was written";
    }
    sys_munmap(pages, PAGES * PAGE);
    return NULL;
}

const char *unmapped_addresses(void)
{
    static const uintptr_t nowhere[] = {
        0,
        0x1000,
        0x2000000000 - 8, /* mapped in no mode */
        1ul << 39,        /* the bits above Sv39's in disagreement, */
        1ul << 48,        /* above Sv48's, */
        1ul << 57,        /* above Sv57's */
        1ul << 63,
        0xffffffc000000000, /* the lowest address of Sv39's upper half */
        0xffffffff80000000, /* the kernel's own */
        0xfffffffffffffff8,
    };
    for (unsigned i = 0; i < sizeof nowhere / sizeof *nowhere; i++) {
        const void *address = (const void *)nowhere[i];
        if (!faults('l', address, MAPERR) || !faults('s', address, MAPERR) ||
            !faults('f', address, MAPERR)) {
            print("# at 0x");
            print_number(nowhere[i], 16);
            print("\n");
            return "an access to it does not fault as it must";
        }
    }
    if (!faults('s', (const void *)return_at_once, ACCERR))
        return "the program can write its own code";
    return NULL;
}

/* A page with the function return_at_once at its end, readable and writable. */
static unsigned char *map_code(void)
{
    unsigned char *page = map_pages(1);
    if (page)
        *(volatile uint32_t *)(page + PAGE - 4) = *(const volatile uint32_t *)return_at_once;
    __asm__ volatile("fence.i" ::: "memory");
    return page;
}

const char *execute_only(void)
{
    unsigned char *page = map_code();
    if (!page)
        return "no memory";
    unsigned char *code = page + PAGE - 4;
    if (!faults('f', code, ACCERR))
        return "it can be executed before mprotect";
    sys_mprotect(page, PAGE, PROT_EXEC);
    if (!works('f', code))
        return "it cannot be executed";
    if (!faults('l', code, ACCERR) || !faults('s', code, ACCERR))
        return "it can be read or written";
    if (!works('f', code))
        return "it cannot be executed any more";
    sys_mprotect(page, PAGE, PROT_READ);
    if (!works('l', code) || !faults('f', code, ACCERR))
        return "it can be executed after mprotect";
    sys_munmap(page, PAGE);
    return NULL;
}

/* `li a0, N; ret` for many N at one address. */
const char *modify_code(void)
{
    unsigned char *page = map_pages(1);
    if (!page)
        return "no memory";
    for (uint32_t n = 0; n < 20; n++) {
        sys_mprotect(page, PAGE, PROT_READ | PROT_WRITE);
        ((volatile uint32_t *)page)[0] = n << 20 | 0x513; /* addi a0, zero, n */
        ((volatile uint32_t *)page)[1] = 0x8067;          /* ret */
        sys_mprotect(page, PAGE, PROT_READ | PROT_EXEC);
        __asm__ volatile("fence.i" ::: "memory");
        long (*function)(void) = (long (*)(void))(uintptr_t)page;
        if (function() != n)
            return "old code was run";
    }
    sys_munmap(page, PAGE);
    return NULL;
}

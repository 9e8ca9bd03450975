/* SPDX-License-Identifier: Apache-2.0
 * Tests of where memory is: mapped at the first touch, grown, moved, in huge pages, at the top. */
#include "test.h"

const char *demand_zero(void)
{
    enum { PAGES = 192 };
    unsigned char *pages = map_pages(PAGES);
    if (!pages)
        return "no memory";
    long before = page_faults();
    if (!all_zero(pages, PAGES))
        return "a page is not zero";
    if (page_faults() - before < PAGES)
        return "reading faulted less than once a page";
    fill(pages, PAGES, 1);
    if (page_faults() - before < 2 * PAGES)
        return "writing faulted less than once a page";
    if (!holds(pages, PAGES, 1))
        return "a page lost what was written";
    sys_madvise(pages, PAGES / 2 * PAGE, MADV_DONTNEED);
    if (!all_zero(pages, PAGES / 2))
        return "a page given back is not zero";
    sys_munmap(pages, PAGES * PAGE);
    return faults('l', pages, MAPERR) ? NULL : "an unmapped page can be read";
}

const char *grow_and_shrink_brk(void)
{
    enum { PAGES = 40 };
    long begin = (sys_brk(0) + PAGE - 1) & -PAGE;
    unsigned char *pages = (unsigned char *)begin;
    for (uint64_t round = 0; round < 2; round++) {
        if (sys_brk(begin + PAGES * PAGE) != begin + PAGES * PAGE)
            return "does not grow";
        if (!all_zero(pages, PAGES))
            return "a new page is not zero";
        fill(pages, PAGES, round);
        if (!holds(pages, PAGES, round))
            return "a page lost what was written";
        if (sys_brk(begin + PAGE) != begin + PAGE)
            return "does not shrink";
        if (!faults('l', pages + PAGE, MAPERR) || !holds(pages, 1, round))
            return "a page beyond the end can be read, or one before it is lost";
        sys_brk(begin);
    }
    return NULL;
}

const char *move_mapping(void)
{
    enum { PAGES = 64, GROWN = 96 };
    unsigned char *old = map_pages(PAGES), *there = map_pages(GROWN);
    if (!old || !there)
        return "no memory";
    fill(old, PAGES, 3);
    long moved = sys_mremap(old, PAGES * PAGE, GROWN * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, there);
    if (moved != (long)there)
        return "does not move";
    if (!holds(there, PAGES, 3))
        return "what was written did not move along";
    if (!all_zero(there + PAGES * PAGE, GROWN - PAGES))
        return "the pages it grew by are not zero";
    if (!faults('l', old, MAPERR) || !faults('s', old + (PAGES - 1) * PAGE, MAPERR))
        return "the old addresses are still mapped";
    sys_mremap(there, GROWN * PAGE, PAGE, 0, NULL);
    if (!faults('l', there + PAGE, MAPERR) || !works('l', there))
        return "does not shrink";
    sys_munmap(there, PAGE);
    return NULL;
}

/* Memory whose first touch makes a huge page, or NULL. */
static unsigned char *map_huge(void)
{
    long address = sys_mmap(NULL, 2 * HUGE, PROT_READ | PROT_WRITE | PROT_EXEC,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1);
    return address < 0 ? NULL : (unsigned char *)((address + HUGE - 1) & -HUGE);
}

const char *huge_pages(void)
{
    unsigned char *huge = map_huge();
    if (!huge)
        return "no memory";
    long before = page_faults();
    fill(huge, HUGE / PAGE, 4);
    if (page_faults() - before > 8)
        return "the memory came in base pages";
    if (!holds(huge, HUGE / PAGE, 4))
        return "it lost what was written";
    long child = sys_fork();
    if (child == 0) {
        bool inherited = holds(huge, HUGE / PAGE, 4);
        fill(huge, 32, 5);
        sys_exit(!inherited || !holds(huge, 32, 5));
    }
    if (!child_passed(child) || !holds(huge, HUGE / PAGE, 4))
        return "parent and child do not have one each";
    sys_munmap(huge, HUGE);
    return faults('l', huge + HUGE / 2, MAPERR) ? NULL : "it can be read after munmap";
}

const char *split_huge_page(void)
{
    enum { AT = 300 };
    unsigned char *huge = map_huge();
    if (!huge)
        return "no memory";
    long before = page_faults();
    fill(huge, HUGE / PAGE, 6);
    if (page_faults() - before > 8)
        return "the memory came in base pages";
    sys_mprotect(huge + AT * PAGE, PAGE, PROT_READ);
    if (!faults('s', huge + AT * PAGE, ACCERR))
        return "the page in the middle can be written";
    if (!works('s', huge + AT * PAGE - 1) || !works('s', huge + (AT + 1) * PAGE))
        return "a page beside it cannot be written";
    huge[(AT + 1) * PAGE] = 0;
    fill(huge, AT, 6);
    fill(huge + (AT + 1) * PAGE, HUGE / PAGE - AT - 1, 7);
    sys_madvise(huge + 8 * PAGE, PAGE, MADV_DONTNEED);
    sys_munmap(huge + 16 * PAGE, PAGE);
    if (!all_zero(huge + 8 * PAGE, 1) || !faults('l', huge + 16 * PAGE, MAPERR))
        return "a page given back is not zero, or one unmapped is there";
    if (!holds(huge, 8, 6) || !holds(huge + (AT + 1) * PAGE, HUGE / PAGE - AT - 1, 7))
        return "a page beside them lost what was written";
    sys_munmap(huge, HUGE);
    return NULL;
}

/* The last page below a power of two that the mode makes the end of user addresses. */
const char *highest_address(void)
{
    static const struct {
        unsigned bits;
        const char *mode;
    } ends[] = {{56, "sv57"}, {47, "sv48"}, {38, "sv39"}};
    for (unsigned i = 0; i < 3; i++) {
        unsigned char *end = (unsigned char *)(1ul << ends[i].bits);
        if (sys_mmap(end - PAGE, PAGE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1) != (long)(end - PAGE))
            continue;
        print("# highest user address 0x");
        print_number((uintptr_t)end - 1, 16);
        print(": ");
        print(ends[i].mode);
        print("\n");
        if (!works('s', end - 1) || end[-1] != 0x5a || end[-PAGE] != 0)
            return "its page cannot be used";
        return faults('l', end, MAPERR) && faults('s', end, MAPERR) && faults('f', end, MAPERR)
                   ? NULL
                   : "the address after it does not fault as it must";
    }
    return "its page cannot be mapped";
}

/* Each page holds the number of the next: one cycle through all, with a stride that no prefetch
 * and no neighbouring entry helps. */
const char *chase_pointers(void)
{
    enum { PAGES = 1024, STEP = 389, ROUNDS = 24 };
    unsigned char *pages = map_pages(PAGES);
    if (!pages)
        return "no memory";
    for (unsigned i = 0; i < PAGES; i++)
        *(volatile unsigned *)(pages + i * PAGE + i % 64 * 64) = (i + STEP) % PAGES;
    unsigned at = 0;
    uint64_t sum = 0;
    for (unsigned i = 0; i < PAGES * ROUNDS; i++) {
        at = *(volatile unsigned *)(pages + at * PAGE + at % 64 * 64);
        sum += at;
    }
    sys_munmap(pages, PAGES * PAGE);
    return at == 0 && sum == (uint64_t)ROUNDS * PAGES * (PAGES - 1) / 2 ? NULL
                                                                        : "a pointer is wrong";
}

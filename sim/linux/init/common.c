/* SPDX-License-Identifier: Apache-2.0
 * What the tests share: printing, mapping, patterns; and the two functions that a compiler without
 * a C library may call. */
#include "test.h"

void *memcpy(void *restrict to, const void *restrict from, size_t length);
void *memset(void *to, int byte, size_t length);

__attribute__((optimize("no-tree-loop-distribute-patterns"))) void *
memcpy(void *restrict to, const void *restrict from, size_t length)
{
    for (size_t i = 0; i < length; i++)
        ((unsigned char *)to)[i] = ((const unsigned char *)from)[i];
    return to;
}

__attribute__((optimize("no-tree-loop-distribute-patterns"))) void *memset(void *to, int byte,
                                                                           size_t length)
{
    for (size_t i = 0; i < length; i++)
        ((unsigned char *)to)[i] = (unsigned char)byte;
    return to;
}

void print(const char *text)
{
    size_t length = 0;
    while (text[length])
        length++;
    sys_write(1, text, length);
}

void print_number(unsigned long number, unsigned base)
{
    char text[32];
    unsigned at = sizeof text - 1;
    text[at] = 0;
    do {
        text[--at] = "0123456789abcdef"[number % base];
        number /= base;
    } while (number);
    print(text + at);
}

unsigned char *map_pages(size_t pages)
{
    long address =
        sys_mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    if (address < 0)
        return NULL;
    sys_madvise((void *)address, pages * PAGE, MADV_NOHUGEPAGE);
    return (unsigned char *)address;
}

long page_faults(void)
{
    struct rusage use;
    sys3(__NR_getrusage, RUSAGE_SELF, (long)&use, 0);
    return use.ru_minflt;
}

static uint64_t word(uint64_t seed, size_t place)
{
    return (seed << 48) ^ (place * 0x9e3779b97f4a7c15u);
}

/* 16 words of each page: every page is touched, at both ends and between. */
enum { STRIDE = PAGE / 16 };

static volatile uint64_t *nth(const void *pages, size_t place)
{
    return (uint64_t *)((uintptr_t)pages + place * STRIDE + place % 16 * 8);
}

void fill(void *pages, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count * 16; i++)
        *nth(pages, i) = word(seed, i);
}

bool holds(const void *pages, size_t count, uint64_t seed)
{
    for (size_t i = 0; i < count * 16; i++)
        if (*nth(pages, i) != word(seed, i))
            return false;
    return true;
}

bool all_zero(const void *pages, size_t count)
{
    const uint64_t *words = pages;
    for (size_t i = 0; i < count * PAGE / 8; i++)
        if (words[i])
            return false;
    return true;
}

bool child_passed(long child)
{
    int status = -1;
    return child > 0 && sys_wait(child, &status) == child && status == 0;
}

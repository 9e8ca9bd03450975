/* SPDX-License-Identifier: Apache-2.0
 * Tests with several processes: what they share and what not, and the switches between them. */
#include "test.h"

const char *copy_on_write(void)
{
    enum { PAGES = 48 };
    unsigned char *pages = map_pages(PAGES);
    int start[2];
    if (!pages || sys_pipe(start) < 0)
        return "no memory";
    fill(pages, PAGES, 10);
    long child = sys_fork();
    if (child == 0) {
        char byte;
        if (sys_read(start[0], &byte, 1) != 1 || !holds(pages, PAGES, 10))
            sys_exit(1);
        fill(pages, PAGES / 2, 11);
        sys_exit(!holds(pages, PAGES / 2, 11));
    }
    if (child < 0)
        return "no process";
    fill(pages, PAGES, 12); /* before the child looks */
    sys_write(start[1], "", 1);
    bool passed = child_passed(child);
    if (!passed)
        return "the child sees what the parent wrote";
    if (!holds(pages, PAGES, 12))
        return "the parent sees what the child wrote";
    long before = page_faults();
    fill(pages, PAGES, 13);
    if (page_faults() != before)
        return "pages that are the parent's alone fault again";
    sys_close(start[0]);
    sys_close(start[1]);
    sys_munmap(pages, PAGES * PAGE);
    return NULL;
}

const char *share_memory(void)
{
    enum { PAGES = 16 };
    long file = sys3(__NR_memfd_create, (long)"shared", 0, 0);
    if (file < 0 || sys3(__NR_ftruncate, file, PAGES * PAGE, 0) < 0)
        return "no file in memory";
    unsigned char *at[2];
    for (unsigned i = 0; i < 2; i++) {
        long address = sys_mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, (int)file);
        if (address < 0)
            return "not mapped";
        at[i] = (unsigned char *)address;
    }
    fill(at[0], PAGES, 14);
    if (!holds(at[1], PAGES, 14))
        return "the second address shows something else";
    long child = sys_fork();
    if (child == 0) {
        bool seen = holds(at[1], PAGES, 14);
        fill(at[1], PAGES, 15);
        sys_exit(!seen);
    }
    if (!child_passed(child))
        return "the child sees something else";
    if (!holds(at[0], PAGES, 15) || !holds(at[1], PAGES, 15))
        return "the parent does not see what the child wrote";
    sys_munmap(at[0], PAGES * PAGE);
    if (!holds(at[1], PAGES, 15) || !faults('l', at[0], MAPERR))
        return "unmapping one address took the other, or not the one";
    sys_munmap(at[1], PAGES * PAGE);
    sys_close((int)file);
    return NULL;
}

/* This program again, in a new address space; begin exits with what the argument says. */
const char *run_program(void)
{
    for (char status = 0; status < 3; status++) {
        long child = sys_fork();
        if (child == 0) {
            char digit[] = {(char)('0' + status), 0};
            char *arguments[] = {(char *)"/init", digit, NULL};
            char *environment[] = {NULL};
            sys3(__NR_execve, (long)arguments[0], (long)arguments, (long)environment);
            sys_exit(9);
        }
        int ended = -1;
        if (child < 0 || sys_wait(child, &ended) != child || ended != status << 8)
            return "the program did not end as told";
    }
    return NULL;
}

/* One of a ring of processes: passes a counter on, and keeps pages of its own at an address that
 * all of them use. Exit status 0 if these hold at every turn. */
static void take_part(uint64_t self, int from, int to, unsigned char *pages, unsigned turns)
{
    enum { PAGES = 4 };
    bool good = true;
    fill(pages, PAGES, self);
    for (unsigned i = 0; i < turns; i++) {
        uint64_t count;
        good &= sys_read(from, &count, sizeof count) == sizeof count && count % 5 == self;
        good &= holds(pages, PAGES, self + i);
        fill(pages, PAGES, self + i + 1);
        count++;
        good &= sys_write(to, &count, sizeof count) == sizeof count;
    }
    sys_exit(!good);
}

const char *switch_contexts(void)
{
    enum { RING = 4, TURNS = 60 };
    int pipes[RING + 1][2];
    long children[RING];
    unsigned char *pages = map_pages(4);
    if (!pages)
        return "no memory";
    for (unsigned i = 0; i <= RING; i++)
        if (sys_pipe(pipes[i]) < 0)
            return "no pipe";
    for (unsigned i = 0; i < RING; i++) {
        children[i] = sys_fork();
        if (children[i] == 0)
            take_part(i, pipes[i][0], pipes[i + 1][1], pages, TURNS);
    }
    fill(pages, 4, 99);
    uint64_t count = 0;
    for (unsigned i = 0; i < TURNS; i++) {
        sys_write(pipes[0][1], &count, sizeof count);
        if (sys_read(pipes[RING][0], &count, sizeof count) != sizeof count)
            return "a process of the ring ended early";
        count++; /* the parent's own step: five a turn */
    }
    for (unsigned i = 0; i < RING; i++)
        if (!child_passed(children[i]))
            return "a process saw another's memory, or a wrong counter";
    for (unsigned i = 0; i <= RING; i++) {
        sys_close(pipes[i][0]);
        sys_close(pipes[i][1]);
    }
    if (count != (RING + 1) * TURNS || !holds(pages, 4, 99))
        return "the parent's memory or the counter is wrong";
    sys_munmap(pages, 4 * PAGE);
    return NULL;
}

/* Two processes that wait for each other without a system call: only the timer switches. */
const char *preempt(void)
{
    long address = sys_mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1);
    if (address < 0)
        return "no memory";
    volatile unsigned *turn = (volatile unsigned *)address;
    long child = sys_fork();
    if (child == 0) {
        while (*turn != 1)
            ;
        *turn = 2;
        sys_exit(0);
    }
    *turn = 1;
    while (*turn != 2)
        ;
    bool passed = child_passed(child);
    sys_munmap((void *)address, PAGE);
    return passed ? NULL : "the child did not end";
}

static void sort(uint32_t *numbers, long count)
{
    while (count > 1) {
        uint32_t pivot = numbers[count / 2];
        long i = 0, j = count - 1;
        while (i <= j) {
            while (numbers[i] < pivot)
                i++;
            while (numbers[j] > pivot)
                j--;
            if (i <= j) {
                uint32_t swapped = numbers[i];
                numbers[i++] = numbers[j];
                numbers[j--] = swapped;
            }
        }
        sort(numbers, j + 1); /* the one part here, the other in the loop */
        numbers += i;
        count -= i;
    }
}

const char *sort_numbers(void)
{
    enum { COUNT = 20000 };
    uint32_t *numbers = (uint32_t *)map_pages(COUNT * sizeof *numbers / PAGE + 1);
    if (!numbers)
        return "no memory";
    uint32_t next = 1, sum = 0;
    for (unsigned i = 0; i < COUNT; i++) {
        next = next * 1664525 + 1013904223;
        numbers[i] = next;
        sum += next;
    }
    sort(numbers, COUNT);
    for (unsigned i = 0; i < COUNT; i++) {
        sum -= numbers[i];
        if (i && numbers[i - 1] > numbers[i])
            return "not in order";
    }
    sys_munmap(numbers, (COUNT * sizeof *numbers / PAGE + 1) * PAGE);
    return sum ? "not the numbers that there were" : NULL;
}

/* SPDX-License-Identifier: Apache-2.0
 * What the tests of init share. A test returns NULL if all was as it must be, else what was not. */
#ifndef TEST_H
#define TEST_H

#include "sys.h"

enum { PAGE = 4096, HUGE = 2 << 20 };

typedef const char *test_function(void);

/* One line each, of at most 200 bytes; print writes it at once. */
void print(const char *text);
void print_number(unsigned long number, unsigned base);

/* Anonymous private memory, readable and writable, in base pages; NULL if there is none. */
unsigned char *map_pages(size_t pages);
/* Page faults of this process that needed no input. */
long page_faults(void);
/* Fills pages with 64-bit words that depend on seed and place; says whether they are still so. */
void fill(void *pages, size_t count, uint64_t seed);
bool holds(const void *pages, size_t count, uint64_t seed);
bool all_zero(const void *pages, size_t count);
/* Waits for a child: whether it ended with exit status 0. */
bool child_passed(long child);

/* segv.c: accesses that fault as expected. kind is 'l'oad, 's'tore or 'f'etch; code is SEGV_MAPERR
 * (nothing is mapped there) or SEGV_ACCERR (not permitted). */
enum { MAPERR = 1, ACCERR = 2 };
void catch_segv(void);
bool faults(char kind, const void *address, int code);
bool works(char kind, const void *address);

/* start.S */
void return_at_once(void);

/* memory.c */
test_function demand_zero, grow_and_shrink_brk, move_mapping, huge_pages, split_huge_page,
    highest_address, chase_pointers;
/* protection.c */
test_function change_protection, unmapped_addresses, execute_only, modify_code;
/* processes.c */
test_function copy_on_write, share_memory, run_program, switch_contexts, preempt, sort_numbers;

#endif

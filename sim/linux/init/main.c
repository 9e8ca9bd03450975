/* SPDX-License-Identifier: Apache-2.0
 * The first program: runs the tests, prints a TAP line for each, and powers off; after a failure it
 * asks for a reboot instead, which firmware and simulator count as failed. */
#include "test.h"
#include <linux/fcntl.h>
#include <linux/reboot.h>

static const struct {
    const char *name;
    test_function *run;
} tests[] = {
    {"demand-zero pages", demand_zero},
    {"fork and copy-on-write", copy_on_write},
    {"shared memory, by two addresses and two processes", share_memory},
    {"mprotect", change_protection},
    {"SIGSEGV and its address", unmapped_addresses},
    {"execute-only pages", execute_only},
    {"code written and run", modify_code},
    {"mremap", move_mapping},
    {"brk", grow_and_shrink_brk},
    {"transparent huge pages", huge_pages},
    {"split of a huge page", split_huge_page},
    {"highest user address", highest_address},
    {"execve", run_program},
    {"context switches through pipes", switch_contexts},
    {"preemption by the timer", preempt},
    {"sort", sort_numbers},
    {"pointer chase", chase_pointers},
};
enum { TESTS = sizeof tests / sizeof *tests };

static void print_result(unsigned number, const char *name, const char *wrong)
{
    print(wrong ? "not ok " : "ok ");
    print_number(number, 10);
    print(" - ");
    print(name);
    if (wrong) {
        print(": ");
        print(wrong);
    }
    print("\n");
}

static unsigned run_tests(void)
{
    unsigned failed = 0;
    print("1..");
    print_number(TESTS, 10);
    print("\n");
    for (unsigned i = 0; i < TESTS; i++) {
        const char *wrong = tests[i].run();
        failed += wrong != NULL;
        print_result(i + 1, tests[i].name, wrong);
    }
    return failed;
}

/* The kernel leaves huge pages off where there is less than 512 MiB of memory. */
static void enable_huge_pages(void)
{
    static const char path[] = "/sys/kernel/mm/transparent_hugepage/enabled";
    sys6(__NR_mount, (long)"none", (long)"/sys", (long)"sysfs", 0, 0, 0);
    long file = sys6(__NR_openat, AT_FDCWD, (long)path, O_WRONLY, 0, 0, 0);
    sys_write((int)file, "always", 6);
    sys_close((int)file);
}

/* stack: the number of arguments, and their addresses. The tests run in a child: faults of the
 * first process itself, which must not be killed, would each be reported by the kernel. */
void begin(const uintptr_t *stack);
void begin(const uintptr_t *stack)
{
    if (stack[0] > 1) /* run_program's child: its argument tells what to exit with */
        sys_exit(*(const char *)stack[2] - '0');
    enable_huge_pages();
    long child = sys_fork();
    if (child == 0) {
        catch_segv();
        sys_exit(run_tests() != 0);
    }
    bool passed = child_passed(child);
    print(passed ? "# all passed\n" : "# FAILED\n");
    sys6(__NR_reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2,
         passed ? LINUX_REBOOT_CMD_POWER_OFF : LINUX_REBOOT_CMD_RESTART, 0, 0, 0);
    sys_exit(1);
}

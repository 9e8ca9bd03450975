// SPDX-License-Identifier: Apache-2.0
/* Whole sweeps with a program that stands for the bench: what they leave behind, what they make
 * again and what not, and that they may be killed at any moment. */
#include "cmd.h"
#include "sweep_root.h"

#include <fcntl.h>
#include <glob.h>
#include <signal.h>
#include <sys/wait.h>

static const char text[] = "title=Entries\n"
                           "preset=small\n"
                           "traces=near far\n"
                           "latency=10,40\n"
                           "set Walkers=2\n"
                           "grid DataEntries=2,4,8,16,32,64\n"
                           "label latency=40 far away\n"
                           "plot x=DataEntries series=latency y=cycles\n"
                           "plot x=DataEntries series=latency y=misses\n";

enum { RUNS = 12 };

/* Starts `rvmmu-tb sweep t` with one option more, or none; what it prints goes to the file `out`.
 */
static pid_t start(const struct sweep_root *root, const char *option)
{
    char out[200], output[200];

    snprintf(out, sizeof out, "%s/out", root->path);
    snprintf(output, sizeof output, "%s/results", root->path);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child)
        return child;
    int file = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, STDOUT_FILENO) < 0 || dup2(file, STDERR_FILENO) < 0)
        _exit(99);
    char *argv[] = {"rvmmu-tb sweep",    "t",        "--output",     output, "--bench",
                    (char *)root->bench, "--jobs=2", (char *)option, NULL};
    exit(cmd_sweep(option ? 8 : 7, argv));
}

static int finish(pid_t child)
{
    int status;

    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int sweep(const struct sweep_root *root, const char *option)
{
    return finish(start(root, option));
}

/* The contents of a file; empty if there is none. */
static const char *contents(const struct sweep_root *root, const char *name)
{
    static char words[100000];
    char path[300];

    snprintf(path, sizeof path, "%s/%s", root->path, name);
    FILE *file = fopen(path, "r");
    words[file ? fread(words, 1, sizeof words - 1, file) : 0] = 0;
    if (file)
        fclose(file);
    return words;
}

static unsigned lines(const struct sweep_root *root, const char *name)
{
    unsigned count = 0;

    for (const char *at = contents(root, name); (at = strchr(at, '\n')); at++)
        count++;
    return count;
}

static void assert_says(const struct sweep_root *root, const char *name, const char *words)
{
    if (!strstr(contents(root, name), words))
        fail_msg("%s does not say '%s':\n%.300s", name, words, contents(root, name));
}

/* Removes results, and what the bench was told. */
static struct sweep_root *begin(void **state)
{
    struct sweep_root *root = *state;
    char command[300];

    snprintf(command, sizeof command, "cd '%s' && rm -rf results calls fail slow", root->path);
    assert_int_equal(system(command), 0);
    sweep_root_write(root, "sim/sweeps/t.sweep", text);
    return root;
}

static void wait_for_call(const struct sweep_root *root)
{
    for (int i = 0; i < 1000 && !lines(root, "calls"); i++)
        usleep(20000);
    assert_true(lines(root, "calls") > 0);
}

static void a_sweep_leaves_its_results(void **state)
{
    struct sweep_root *root = begin(state);

    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), RUNS);
    assert_says(root, "out", "12 of 12, 0:00 left");
    assert_says(root, "calls",
                "bench --preset small --set Walkers=2 --set DataEntries=2 --register ");
    assert_int_equal(lines(root, "results/points.csv"), 1 + 2 * RUNS);
    assert_says(root, "results/points.csv", "trace,port,latency,outstanding,limit,preset,Xlen,");
    assert_says(root, "results/points.csv", "\nfar,data,40,1,0,small,64,");
    assert_says(root, "results/points.csv", ",1000,1.044,2,");
    assert_says(root, "results/table.md",
                "Measured: preset small, Walkers=2, data accesses, at most 1 outstanding.\n");
    assert_says(root, "results/table.md", "| trace | DataEntries | 10 | far away |");
    assert_says(root, "results/cycles-by-DataEntries.svg", "</svg>");
    assert_says(root, "results/misses-by-DataEntries.svg", ">far away<");
}

static void what_is_there_is_not_made_again(void **state)
{
    struct sweep_root *root = begin(state);
    char before[100000];

    assert_int_equal(sweep(root, "--only=DataEntries=4"), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), 2);
    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), RUNS);
    strcpy(before, contents(root, "results/points.csv"));
    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), RUNS);
    assert_string_equal(before, contents(root, "results/points.csv"));
}

static void what_has_changed_is_made_again(void **state)
{
    struct sweep_root *root = begin(state);

    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    sweep_root_write(root, "sim/traces/standard/near.bin.xz", "other");
    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), RUNS + RUNS / 2);
    sweep_root_write(root, "rtl/rvmmu.sv", "other");
    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), 2 * RUNS + RUNS / 2);
    assert_int_equal(sweep(root, "--limit=7"), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), 3 * RUNS + RUNS / 2);
    assert_says(root, "calls", "--limit 7");
}

static void half_a_result_does_not_count(void **state)
{
    struct sweep_root *root = begin(state);
    char command[400];

    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    snprintf(command, sizeof command,
             "cd '%s/results/runs' && for f in *.json; do truncate -s -3 $f; break; done",
             root->path);
    assert_int_equal(system(command), 0);
    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), RUNS + 1);
}

static void a_failure_is_told_and_made_again(void **state)
{
    struct sweep_root *root = begin(state);

    sweep_root_write(root, "fail", "8");
    assert_int_equal(sweep(root, NULL), CMD_DISAGREE);
    assert_says(root, "out", "FAILED: exit status 1: rvmmu-tb bench: an answer was wrong");
    assert_says(root, "out", "10 of 12 runs");
    assert_int_equal(lines(root, "results/points.csv"), 1 + 2 * 10);
    assert_says(root, "results/cycles-by-DataEntries.svg", "</svg>");
    sweep_root_write(root, "fail", "none");
    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    assert_int_equal(lines(root, "calls"), RUNS + 2);
}

/* A source changes under the feet of the runs: what they measured does not count. */
static void a_change_meanwhile_fails_the_run(void **state)
{
    struct sweep_root *root = begin(state);

    sweep_root_write(root, "slow", "2");
    pid_t child = start(root, "--only=DataEntries=4,8");
    wait_for_call(root);
    sweep_root_write(root, "rtl/rvmmu.sv", "changed meanwhile");
    assert_int_equal(finish(child), CMD_DISAGREE);
    assert_says(root, "out", "changed while it ran");
    assert_says(root, "out", "changed before it ran");
    assert_int_equal(lines(root, "results/points.csv"), 1);
}

static void one_sweep_at_a_time_works_in_a_folder(void **state)
{
    struct sweep_root *root = begin(state);

    sweep_root_write(root, "slow", "2");
    pid_t first = start(root, "--only=DataEntries=4");
    wait_for_call(root);
    assert_int_equal(sweep(root, NULL), CMD_BAD_INPUT);
    assert_says(root, "out", "another sweep is at work");
    assert_int_equal(finish(first), CMD_AGREE);
}

/* Killed again and again, each time a little later, a sweep ends with the results of one that was
 * not. */
static void a_sweep_may_be_killed_at_any_moment(void **state)
{
    struct sweep_root *root = begin(state);
    char expected[100000];
    unsigned killed = 0;

    assert_int_equal(sweep(root, NULL), CMD_AGREE);
    strcpy(expected, contents(root, "results/points.csv"));
    begin(state);
    sweep_root_write(root, "slow", "0.1");
    for (int status = -1; status < 0;) {
        pid_t child = start(root, NULL);
        usleep(300000 + 60000 * killed);
        kill(child, SIGKILL);
        status = finish(child);
        killed += status < 0;
        assert_true(status <= 0 && killed < 30);
    }
    assert_true(killed >= 2);
    assert_string_equal(expected, contents(root, "results/points.csv"));
}

/* Processes whose command line names the project. */
static unsigned processes(const struct sweep_root *root)
{
    unsigned count = 0;
    glob_t found;

    assert_int_equal(glob("/proc/[0-9]*/cmdline", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char words[4096];
        FILE *file = fopen(found.gl_pathv[i], "r");
        size_t length = file ? fread(words, 1, sizeof words, file) : 0;

        count += memmem(words, length, root->path, strlen(root->path)) != NULL;
        if (file)
            fclose(file);
    }
    globfree(&found);
    return count;
}

static void nothing_goes_on_behind_a_killed_sweep(void **state)
{
    struct sweep_root *root = begin(state);

    sweep_root_write(root, "slow", "60");
    pid_t child = start(root, NULL);
    wait_for_call(root);
    assert_true(processes(root) > 0);
    kill(child, SIGKILL);
    assert_int_equal(finish(child), -1);
    for (int i = 0; i < 200 && processes(root); i++)
        usleep(50000);
    assert_int_equal(processes(root), 0);
}

/* GNU parallel starts this program as rvmmu-tb. */
int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sweep_leaves_its_results),
        cmocka_unit_test(what_is_there_is_not_made_again),
        cmocka_unit_test(what_has_changed_is_made_again),
        cmocka_unit_test(half_a_result_does_not_count),
        cmocka_unit_test(a_failure_is_told_and_made_again),
        cmocka_unit_test(a_change_meanwhile_fails_the_run),
        cmocka_unit_test(one_sweep_at_a_time_works_in_a_folder),
        cmocka_unit_test(a_sweep_may_be_killed_at_any_moment),
        cmocka_unit_test(nothing_goes_on_behind_a_killed_sweep),
    };

    if (argc > 1)
        return cmd_sweep(argc - 1, argv + 1);
    return cmocka_run_group_tests(tests, sweep_root_setup, sweep_root_teardown);
}

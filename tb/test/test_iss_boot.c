// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb boot and replay as a user calls them, on the reference model: how a guest may end, what
 * is written, and bad input. */
#include "iss_bench.h"

#include "cmd.h"
#include "command_bench.h"

#include <elf.h>
#include <jansson.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

struct folder {
    char path[64];
    char text[20000]; /* standard output and error of the last command */
};

/* Runs a command with the folder for @ in its line. */
static int command(struct folder *folder, int (*main)(int, char **), const char *name,
                   const char *line)
{
    char at[80];

    snprintf(at, sizeof at, "%s/", folder->path);
    return command_run(main, name, line, at, folder->text, sizeof folder->text);
}

static int boot(struct folder *folder, const char *line)
{
    return command(folder, cmd_boot, "rvmmu-tb boot", line);
}

static void has(const struct folder *folder, const char *words)
{
    if (!strstr(folder->text, words))
        fail_msg("'%s' is not in: %s", words, folder->text);
}

static void lacks(const struct folder *folder, const char *words)
{
    if (strstr(folder->text, words))
        fail_msg("'%s' is in: %s", words, folder->text);
}

/* Bad input: status 2, one line, with these words. */
static void refuses(struct folder *folder, const char *line, const char *words)
{
    assert_int_equal(boot(folder, line), CMD_BAD_INPUT);
    has(folder, words);
    char *end = strchr(folder->text, '\n');
    if (!end || (end[1] && strncmp(end + 1, "Try `", 5)))
        fail_msg("not one line: %s", folder->text);
}

/* An ELF file of these instructions. */
static void write_program(const struct folder *folder, const char *name, const uint32_t *code,
                          size_t count)
{
    struct {
        Elf64_Ehdr header;
        Elf64_Phdr segment;
    } head = {
        .header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
                   .e_machine = EM_RISCV,
                   .e_entry = ISS_RAM,
                   .e_phoff = sizeof head.header,
                   .e_phentsize = sizeof head.segment,
                   .e_phnum = 1},
        .segment = {.p_type = PT_LOAD,
                    .p_offset = sizeof head,
                    .p_paddr = ISS_RAM,
                    .p_filesz = 4 * count,
                    .p_memsz = 4 * count},
    };
    char path[200];

    snprintf(path, sizeof path, "%s/%s", folder->path, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(&head, sizeof head, 1, file), 1);
    assert_int_equal(fwrite(code, 4, count, file), count);
    assert_int_equal(fclose(file), 0);
}

#define LUI(rd, high) ((uint32_t)(high) << 12 | (rd) << 7 | 0x37)

/* Prints "ok\n" and tells the finisher this. */
static void write_ending(const struct folder *folder, const char *name, unsigned value)
{
    const uint32_t code[] = {
        LUI(T0, 0x10000),
        bench_addi(T1, ZERO, 'o'),
        bench_s(0, T0, T1, 0),
        bench_addi(T1, ZERO, 'k'),
        bench_s(0, T0, T1, 0),
        bench_addi(T1, ZERO, '\n'),
        bench_s(0, T0, T1, 0),
        LUI(T0, 0x100),
        LUI(T1, (value + 0x800) >> 12),
        bench_i(0x1b, 0, T1, T1, (int)(value & 0xfff)),
        bench_s(2, T0, T1, 0),
    };

    write_program(folder, name, code, sizeof code / sizeof *code);
}

static int setup(void **state)
{
    static const uint32_t sleeps[] = {BENCH_WFI, 0x0000006f};
    static const uint32_t loses[] = {0};         /* no instruction, and mtvec is 0 */
    static const uint32_t runs[] = {0x0000006f}; /* a jump to itself */
    struct folder *folder = calloc(1, sizeof *folder);

    assert_non_null(folder);
    strcpy(folder->path, "/tmp/rvmmu-test-boot-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
    write_ending(folder, "pass", 0x5555);
    write_ending(folder, "fail", 0x73333);
    write_ending(folder, "reset", 0x7777);
    write_program(folder, "sleep", sleeps, 2);
    write_program(folder, "run", runs, 1);
    write_program(folder, "lost", loses, 1);
    *state = folder;
    return 0;
}

static int teardown(void **state)
{
    struct folder *folder = *state;
    char line[100];

    snprintf(line, sizeof line, "rm -r %s", folder->path);
    int status = system(line);
    free(folder);
    return status;
}

static void ends_are_told(void **state)
{
    struct folder *folder = *state;

    assert_int_equal(boot(folder, "--on model @pass"), CMD_AGREE);
    assert_int_equal(strncmp(folder->text, "ok\n", 3), 0);
    has(folder, "the guest powered off");
    has(folder, "translations                              15");
    assert_int_equal(boot(folder, "--on model -q @pass"), CMD_AGREE);
    assert_string_equal(folder->text, "");
    assert_int_equal(boot(folder, "--on model -q @fail"), CMD_DISAGREE);
    assert_string_equal(folder->text, "the guest failed, with code 7\n");
    assert_int_equal(boot(folder, "--on model @reset"), CMD_DISAGREE);
    has(folder, "asked for a reset");
    assert_int_equal(boot(folder, "--on model @sleep"), CMD_DISAGREE);
    has(folder, "for an interrupt that can never come");
    assert_int_equal(boot(folder, "--on model @lost"), CMD_DISAGREE);
    has(folder, "traps for ever at pc 0x0");
    assert_int_equal(boot(folder, "--on model --limit 1234 @run"), CMD_DISAGREE);
    has(folder, "not ended after 1234 instructions, at pc 0x80000000");
}

static void bad_input_is_refused(void **state)
{
    struct folder *folder = *state;

    refuses(folder, "--on model", "no kernel");
    refuses(folder, "--on model @pass @fail", "one file is enough");
    refuses(folder, "--on model @nothing", "No such file or directory");
    refuses(folder, "--on paper @pass", "rtl or model is wanted");
    refuses(folder, "--on model --mode sv32 @pass", "sv39, sv48 or sv57 is wanted");
    refuses(folder, "--on model --mode sv57 @pass", "has no mode above sv48; --preset every64");
    refuses(folder, "--on model --preset tiny @pass", "preset tiny is of 32 bits");
    refuses(folder, "--on model --preset none @pass", "none");
    refuses(folder, "--on model --set Levels=9 @pass", "Levels");
    refuses(folder, "--on model --set Svadu=0 --ad svadu @pass", "has no Svadu");
    refuses(folder, "--on model --ad both @pass", "svade or svadu is wanted");
    refuses(folder, "--on model --firmware @pass @pass", "is for a kernel's Image");
    refuses(folder, "--on model --memory 0 @pass", "a number from 1 to");
    refuses(folder, "--on model --limit x @pass", "--limit x: a number");
    refuses(folder, "--on model --waves @w.fst @pass", "the model has no signals");
    refuses(folder, "--on model --json @none/json @pass", "cannot be written");
    refuses(folder, "--on model --registers @none/registers -q @pass", "cannot be written");
    refuses(folder, "--on model --page-trace @none/trace @pass", "none/trace");
}

static void registers_are_written(void **state)
{
    struct folder *folder = *state;
    char path[200], text[2000];

    assert_int_equal(boot(folder, "--on model -q --registers @registers @pass"), CMD_AGREE);
    snprintf(path, sizeof path, "%s/registers", folder->path);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = 0;
    fclose(file);
    assert_int_equal(strncmp(text, "pc 000000008000002c\nx1 ", 23), 0);
    assert_non_null(strstr(text, "\nx5 0000000000100000\nx6 0000000000005555\n"));
    assert_non_null(strstr(text, "\nmtvec 0000000000000000\n"));
}

static void json_is_written(void **state)
{
    struct folder *folder = *state;
    char path[200];

    assert_int_equal(boot(folder, "--on model -q --json @json @pass"), CMD_AGREE);
    snprintf(path, sizeof path, "%s/json", folder->path);
    json_t *object = json_load_file(path, 0, NULL);
    assert_non_null(object);
    assert_true(json_is_true(json_object_get(object, "powered_off")));
    assert_int_equal(json_integer_value(json_object_get(object, "instructions")), 11);
    const json_t *mmu = json_object_get(object, "mmu");
    assert_int_equal(json_integer_value(json_object_get(mmu, "fetches")), 11);
    assert_int_equal(json_integer_value(json_object_get(mmu, "stores")), 4);
    json_decref(object);
}

static int replay(struct folder *folder, const char *line)
{
    return command(folder, cmd_replay, "rvmmu-tb replay", line);
}

static void traces_are_replayed(void **state)
{
    struct folder *folder = *state;

    assert_int_equal(boot(folder, "--on model -q --page-trace @t.xz @pass"), CMD_AGREE);
    assert_int_equal(replay(folder, "--on model @t.xz"), CMD_AGREE);
    has(folder, "translations                               3"); /* code, port, finisher */
    assert_int_equal(replay(folder, "--on model -q @t.xz"), CMD_AGREE);
    assert_string_equal(folder->text, "");
    assert_int_equal(replay(folder, "--on model --set Levels=3 @t.xz"), CMD_BAD_INPUT);
    has(folder, "more levels of page tables than preset linux has");
    assert_int_equal(replay(folder, "--on model --set PmpEntries=4 @t.xz"), CMD_BAD_INPUT);
    has(folder, "more entries of PMP than");
    assert_int_equal(replay(folder, "--on model @pass"), CMD_BAD_INPUT);
    has(folder, "not a page trace");
    assert_int_equal(replay(folder, "--on model"), CMD_BAD_INPUT);
    has(folder, "no trace");
    lacks(folder, "translations");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_told),         cmocka_unit_test(bad_input_is_refused),
        cmocka_unit_test(registers_are_written), cmocka_unit_test(json_is_written),
        cmocka_unit_test(traces_are_replayed),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}

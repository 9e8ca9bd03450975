// SPDX-License-Identifier: Apache-2.0
/* What is around the hart: the built-in SBI, the devices, the device tree, and files, good and
 * bad. */
#include "iss_bench.h"
#include "iss_dtb.h"
#include "iss_load.h"

#include <elf.h>
#include <libfdt.h>
#include <stdio.h>
#include <unistd.h>

#define UART     UINT64_C(0x10000000)
#define FINISHER UINT64_C(0x100000)

/* ---- SBI. */

static void call(struct bench *bench, uint64_t extension, uint64_t function, uint64_t a0,
                 uint64_t a1)
{
    struct iss *iss = &bench->iss;

    bench->words = 0;
    bench_emit(bench, BENCH_ECALL);
    iss->pc = BENCH_CODE;
    iss->x[A7] = extension;
    iss->x[A6] = function;
    iss->x[A0] = a0;
    iss->x[A1] = a1;
    iss_run(iss, 1);
    assert_int_equal(iss->pc, BENCH_CODE + 4);
}

static void sbi_answers(void **state)
{
    static const struct {
        uint64_t extension, function, argument, error, value;
    } rows[] = {
        {0x10, 0, 0, 0, 0x01000000},
        {0x10, 3, 0x54494d45, 0, 1},
        {0x10, 3, 0x53525354, 0, 1},
        {0x10, 3, 0x735049, 0, 0}, /* there are no other harts to interrupt */
        {0x10, 6, 0, 0, 0},
        {0x10, 7, 0, (uint64_t)-2, 0},
        {0x735049, 0, 0, (uint64_t)-2, 0},
        {0x53525354, 0, 3, (uint64_t)-3, 0},
    };
    struct bench *bench = bench_new(true);

    (void)state;
    assert_int_equal(bench->iss.privilege, MMU_S);
    assert_int_equal(bench->iss.x[A1], 0x1234); /* the device tree */
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        call(bench, rows[i].extension, rows[i].function, rows[i].argument, 0);
        assert_int_equal(bench->iss.x[A0], rows[i].error);
        assert_int_equal(bench->iss.x[A1], rows[i].value);
    }
    call(bench, 1, 0, 'x', 0);
    call(bench, 1, 0, 'y', 0);
    assert_string_equal(bench->console, "xy");
    call(bench, 2, 0, 0, 0);
    assert_int_equal(bench->iss.x[A0], UINT64_MAX);
    bench_free(bench);
}

/* set_timer clears STIP until its time. */
static void sbi_sets_the_timer(void **state)
{
    struct bench *bench = bench_new(true);

    (void)state;
    call(bench, 0x54494d45, 0, 0, 0);
    assert_int_equal(bench->iss.csr.mip, INTERRUPT_STI);
    call(bench, 0x54494d45, 0, 3, 0);
    assert_int_equal(bench->iss.csr.mip, 0);
    call(bench, 2, 0, 0, 0);
    call(bench, 2, 0, 0, 0); /* the fourth, at time 3 */
    assert_int_equal(bench->iss.csr.mip, INTERRUPT_STI);
    bench_free(bench);
}

static void sbi_resets(void **state)
{
    static const struct {
        uint64_t type, reason;
        enum iss_end end;
    } rows[] = {{0, 0, ISS_POWERED_OFF}, {0, 1, ISS_FAILED}, {1, 0, ISS_RESET}, {2, 0, ISS_RESET}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_new(true);
        call(bench, 0x53525354, 0, rows[i].type, rows[i].reason);
        assert_int_equal(bench->iss.end, rows[i].end);
        bench_free(bench);
    }
}

/* ---- Devices. */

static void finisher_ends(void **state)
{
    static const struct {
        uint64_t value;
        enum iss_end end;
        unsigned code;
    } rows[] = {{0x5555, ISS_POWERED_OFF, 0},
                {0x73333, ISS_FAILED, 7},
                {0x7777, ISS_RESET, 0},
                {1, ISS_RUNNING, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct bench *bench = bench_new(false);
        bench_emit(bench, bench_s(2, T0, T1, 0));
        bench->iss.x[T0] = FINISHER;
        bench->iss.x[T1] = rows[i].value;
        assert_int_equal(iss_run(&bench->iss, 1), rows[i].end);
        assert_int_equal(bench->iss.code, rows[i].code);
        bench_free(bench);
    }
}

static void serial_port_prints(void **state)
{
    struct bench *bench = bench_new(false);
    struct iss *iss = &bench->iss;
    uint64_t value;

    (void)state;
    assert_true(iss_device_load(iss, UART + 5, 1, &value));
    assert_int_equal(value, 0x60);
    assert_true(iss_device_store(iss, UART, 1, 'a'));
    assert_true(iss_device_store(iss, UART + 3, 1, 0x80)); /* the divisor */
    assert_true(iss_device_store(iss, UART, 1, 3));
    assert_true(iss_device_store(iss, UART + 3, 1, 3));
    assert_true(iss_device_store(iss, UART, 1, 'b'));
    assert_string_equal(bench->console, "ab");
    assert_false(iss_device_load(iss, UART + 8, 1, &value));
    assert_false(iss_device_store(iss, 0x3000000, 8, 0));
    bench_free(bench);
}

static void clint_registers(void **state)
{
    struct bench *bench = bench_new(false);
    struct iss *iss = &bench->iss;
    uint64_t value;

    (void)state;
    assert_true(iss_device_store(iss, 0x2004000, 4, 0x11111111));
    assert_true(iss_device_store(iss, 0x2004004, 4, 2));
    assert_int_equal(iss->timecmp, UINT64_C(0x211111111));
    assert_true(iss_device_load(iss, 0x2004004, 4, &value));
    assert_int_equal(value, 2);
    assert_true(iss_device_store(iss, 0x200bff8, 8, UINT64_C(0x300000000)));
    assert_int_equal(iss->csr.mip, INTERRUPT_MTI);
    assert_true(iss_device_load(iss, 0x200bff8, 8, &value));
    assert_int_equal(value, UINT64_C(0x300000000));
    assert_true(iss_device_store(iss, 0x2000000, 4, 1));
    assert_true(iss_device_load(iss, 0x2000000, 4, &value));
    assert_int_equal(value, 1);
    assert_int_equal(iss->csr.mip, INTERRUPT_MTI | INTERRUPT_MSI);
    assert_false(iss_device_load(iss, 0x2004000, 1, &value));
    bench_free(bench);
}

/* ---- The device tree. */

static void tree_describes_the_machine(void **state)
{
    struct bench *bench = bench_new(false);
    const struct iss_dtb what = {.levels = 4, .devices = true, .bootargs = "a=1 b"};
    const void *tree = bench->memory.bytes + 0x8000;
    int length;

    (void)state;
    assert_true(iss_dtb_write(&bench->memory, &what, ISS_RAM + 0x8000));
    assert_int_equal(fdt_check_full(tree, ISS_DTB_ROOM), 0);
    assert_string_equal(fdt_getprop(tree, fdt_path_offset(tree, "/chosen"), "bootargs", &length),
                        "a=1 b");
    const fdt64_t *reg =
        fdt_getprop(tree, fdt_path_offset(tree, "/memory@80000000"), "reg", &length);
    assert_int_equal(length, 16);
    assert_int_equal(fdt64_to_cpu(reg[0]), ISS_RAM);
    assert_int_equal(fdt64_to_cpu(reg[1]), BENCH_MEMORY);
    int hart = fdt_path_offset(tree, "/cpus/cpu@0");
    assert_string_equal(fdt_getprop(tree, hart, "mmu-type", &length), "riscv,sv48");
    assert_true(fdt_path_offset(tree, "/soc/clint@2000000") > 0);
    assert_false(iss_dtb_write(&bench->memory, &what, ISS_RAM + BENCH_MEMORY - 4096));
    bench_free(bench);
}

/* ---- Files. */

static void write_file(const char *path, const void *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

/* An ELF file of one segment; `at` of it, if not 0, is damaged: the 32 bits there are all ones. */
struct elf {
    Elf64_Ehdr header;
    Elf64_Phdr segment;
    uint32_t code[2];
};

static const struct elf good = {
    .header = {.e_ident = {0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT},
               .e_type = ET_EXEC,
               .e_machine = EM_RISCV,
               .e_entry = ISS_RAM + 4,
               .e_phoff = sizeof(Elf64_Ehdr),
               .e_phentsize = sizeof(Elf64_Phdr),
               .e_phnum = 1},
    .segment = {.p_type = PT_LOAD,
                .p_offset = offsetof(struct elf, code),
                .p_vaddr = 0x1000,
                .p_paddr = ISS_RAM,
                .p_filesz = 8,
                .p_memsz = 0x2000},
    .code = {0x11111111, 0x22222222},
};

/* Whether the file loads; if not, whether the line has these words. */
static bool loads(struct bench *bench, const void *bytes, size_t size, struct iss_image *image,
                  const char *words)
{
    char path[] = "/tmp/rvmmu-test-iss-XXXXXX", error[300] = "";
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    close(fd);
    write_file(path, bytes, size);
    bool good_file = iss_load_file(&bench->memory, path, image, error, sizeof error);
    unlink(path);
    if (!good_file &&
        (!strstr(error, words) || strncmp(error, path, strlen(path)) || strchr(error, '\n')))
        fail_msg("'%s' is not in: %s", words, error);
    return good_file;
}

static void elf_files(void **state)
{
    struct bench *bench = bench_new(false);
    struct iss_image image;

    (void)state;
    assert_true(loads(bench, &good, sizeof good, &image, ""));
    assert_true(image.elf);
    assert_int_equal(image.entry, ISS_RAM + 4);
    assert_int_equal(image.end, ISS_RAM + 0x2000);
    assert_int_equal(bench_word(bench, ISS_RAM), UINT64_C(0x2222222211111111));
    bench_free(bench);
}

static void bad_elf_files(void **state)
{
    struct bench *bench = bench_new(false);
    struct iss_image image;
    struct elf bad;

    (void)state;
    bad = good;
    bad.header.e_machine = EM_X86_64;
    assert_false(loads(bench, &bad, sizeof bad, &image, "not of RV64"));
    bad = good;
    bad.header.e_ident[EI_CLASS] = ELFCLASS32;
    assert_false(loads(bench, &bad, sizeof bad, &image, "not of RV64"));
    bad = good;
    bad.header.e_phnum = 2;
    assert_false(loads(bench, &bad, sizeof bad, &image, "program headers reach beyond"));
    bad = good;
    bad.header.e_phoff = UINT64_MAX - 8;
    assert_false(loads(bench, &bad, sizeof bad, &image, "program headers reach beyond"));
    bad = good;
    bad.segment.p_filesz = 9;
    assert_false(loads(bench, &bad, sizeof bad, &image, "beyond the file's end"));
    bad = good;
    bad.segment.p_memsz = 7;
    assert_false(loads(bench, &bad, sizeof bad, &image, "beyond the file's end"));
    bad = good;
    bad.segment.p_offset = UINT64_MAX;
    assert_false(loads(bench, &bad, sizeof bad, &image, "beyond the file's end"));
    bad = good;
    bad.segment.p_paddr = ISS_RAM + BENCH_MEMORY - 0x1000;
    assert_false(loads(bench, &bad, sizeof bad, &image, "not within memory"));
    bad = good;
    bad.segment.p_paddr = UINT64_MAX - 0xfff;
    assert_false(loads(bench, &bad, sizeof bad, &image, "not within memory"));
    assert_false(loads(bench, &good, 20, &image, "too short"));
    bench_free(bench);
}

static void other_files(void **state)
{
    struct bench *bench = bench_new(false);
    struct iss_image image;
    uint8_t kernel[128] = {[56] = 'R', 'S', 'C', 5};
    char error[300];

    (void)state;
    bench->memory.size = BENCH_MEMORY / 2;
    assert_false(loads(bench, kernel, sizeof kernel, &image, "larger than memory"));
    assert_false(loads(bench, kernel, 32, &image, "neither an ELF file nor"));
    assert_false(loads(bench, kernel, 0, &image, "empty"));
    kernel[56] = 'X';
    assert_false(loads(bench, kernel, sizeof kernel, &image, "neither an ELF file nor"));
    assert_false(iss_load_file(&bench->memory, "/nonexistent", &image, error, sizeof error));
    assert_non_null(strstr(error, "/nonexistent: No such file"));
    assert_false(iss_load_file(&bench->memory, "/tmp", &image, error, sizeof error));
    assert_non_null(strstr(error, "/tmp: not a file"));
    bench_free(bench);
}

static void kernels_and_firmware(void **state)
{
    struct iss_memory memory;
    struct bench bench = {0};
    struct iss_image image;
    uint8_t kernel[128] = {1, 2, [16] = 0, 0, 1, [56] = 'R', 'S', 'C', 5}; /* 64 KiB with bss */
    char path[] = "/tmp/rvmmu-test-iss-XXXXXX", error[300];

    (void)state;
    assert_true(iss_memory_begin(&memory, UINT64_C(4) << 20));
    bench.memory = memory;
    assert_true(loads(&bench, kernel, sizeof kernel, &image, ""));
    assert_false(image.elf);
    assert_int_equal(image.entry, ISS_KERNEL);
    assert_int_equal(image.end, ISS_KERNEL + 0x10000);
    assert_int_equal(iss_memory_load(&memory, ISS_KERNEL, 2), 0x0201);
    close(mkstemp(path));
    write_file(path, kernel, sizeof kernel);
    assert_true(iss_load_flat(&memory, path, ISS_KERNEL, error, sizeof error));
    assert_int_equal(iss_memory_load(&memory, ISS_RAM, 2), 0x0201);
    assert_false(iss_load_flat(&memory, path, ISS_RAM + 127, error, sizeof error));
    unlink(path);
    iss_memory_free(&memory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sbi_answers),
        cmocka_unit_test(sbi_sets_the_timer),
        cmocka_unit_test(sbi_resets),
        cmocka_unit_test(finisher_ends),
        cmocka_unit_test(serial_port_prints),
        cmocka_unit_test(clint_registers),
        cmocka_unit_test(tree_describes_the_machine),
        cmocka_unit_test(elf_files),
        cmocka_unit_test(bad_elf_files),
        cmocka_unit_test(other_files),
        cmocka_unit_test(kernels_and_firmware),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

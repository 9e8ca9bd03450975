// SPDX-License-Identifier: Apache-2.0
#include "bench_hart.h"

#include "dut_pmp.h"
#include "mmu_pte.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CHANGE_MOST 1000 /* cycles in which the PMP CSRs must have changed */

void bench_hart_fail(struct bench_hart *hart, const char *format, ...)
{
    va_list arguments;

    if (hart->error[0])
        return;
    va_start(arguments, format);
    vsnprintf(hart->error, sizeof hart->error, format, arguments);
    va_end(arguments);
}

bool bench_hart_open(struct bench_hart *hart, const char *preset, const struct dut_set *sets,
                     size_t nsets, bool identity, char *error, size_t error_size)
{
    *hart = (struct bench_hart){.identity = identity};
    hart->dut = dut_open(preset, sets, nsets, DUT_WAVE_NONE, error, error_size);
    if (!hart->dut)
        return false;
    hart->p = dut_parameters(hart->dut);
    hart->mode = vm_mode_of(hart->p->xlen, hart->p->xlen == 32 ? 2 : 3);
    if (!bench_tables_begin(&hart->tables, hart->mode, UINT64_C(1) << (hart->p->pa_bits - 1))) {
        snprintf(error, error_size, "no memory for page tables");
        dut_close(hart->dut);
        return false;
    }
    if (!dut_permit_all(hart->dut, CHANGE_MOST))
        bench_hart_fail(hart, "the PMP CSRs do not change");
    return true;
}

void bench_hart_close(struct bench_hart *hart)
{
    dut_close(hart->dut);
    bench_tables_free(&hart->tables);
}

void bench_hart_unmap(struct bench_hart *hart)
{
    bench_tables_clear(&hart->tables);
}

void bench_hart_map(struct bench_hart *hart, uint64_t va, unsigned level, uint64_t more)
{
    if (!bench_tables_map(&hart->tables, va, level, bench_hart_pa(hart, va), BENCH_LEAF | more))
        bench_hart_fail(hart, "no memory for page tables");
}

static uint64_t satp(const struct bench_hart *hart)
{
    uint64_t root = hart->tables.base >> MMU_PAGE_SHIFT, mode = hart->mode->satp_mode;

    return hart->mode->xlen == 32 ? mode << 31 | (uint64_t)BENCH_ASID << 22 | root
                                  : mode << 60 | (uint64_t)BENCH_ASID << 44 | root;
}

void bench_hart_start(struct bench_hart *hart, unsigned latency)
{
    const struct dut_memory memory = {.user = &hart->tables, .read = bench_tables_read};
    const struct dut_memory_timing timing = {.latency_min = latency, .latency_max = latency};
    const struct dut_context context = {.satp = satp(hart)};

    dut_set_memory(hart->dut, &memory, &timing);
    dut_reset(hart->dut);
    dut_set_context(hart->dut, &context);
    for (unsigned i = 0; i < 16 + hart->p->l2_sets; i++) /* a RAM that empties itself may */
        dut_step(hart->dut);
}

bool bench_hart_reaches(const struct bench_hart *hart, uint64_t va)
{
    unsigned bits = MMU_PAGE_SHIFT + hart->mode->levels * hart->mode->vpn_bits;
    uint64_t above = va >> (bits - 1);
    bool canonical =
        hart->mode->xlen == 32 ? va >> 32 == 0 : above == 0 || above == UINT64_MAX >> (bits - 1);

    return canonical && (!hart->identity || va >> hart->p->pa_bits == 0);
}

// SPDX-License-Identifier: Apache-2.0
/* The results of a run, for people. */
#include "run_report.h"

#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Translations a second of processor time. */
static double speed(const struct run_result *result)
{
    return result->cpu_seconds > 0 ? (double)run_accesses(result) / result->cpu_seconds : 0;
}

static void line(const char *what, uint64_t value, const char *remark)
{
    report_line(24, what, value, remark);
}

void run_report_head(const struct run_facts *facts)
{
    const struct run_plan *plan = facts->plan;
    char frames[REPORT_NUMBER], pages[REPORT_NUMBER], accesses[REPORT_NUMBER];

    for (size_t i = 0; i < plan->process_count; i++) {
        const struct program *program = &plan->programs[i];

        printf("process %zu: %s, %s accesses to %s pages\n", i, program->path,
               report_grouped(accesses, program->count), report_grouped(pages, program->touched));
    }
    printf("preset %s, %s, %s frames for %s pages touched (%.1f %%), turns of %s accesses, A and D "
           "by %s\n\n",
           facts->options->design.preset, plan->mode->name, report_grouped(frames, plan->frames),
           report_grouped(pages, facts->touched), 100 * report_ratio(plan->frames, facts->touched),
           report_grouped(accesses, plan->slice), plan->hardware_ad ? "the walk" : "page faults");
}

static void report_l1(const struct run_facts *facts, enum dut_port port, const char *name,
                      uint64_t hits, uint64_t misses)
{
    const struct dut_parameters *p = facts->parameters;
    char hit[40], miss[40], sets[60] = "", remark[120];

    if (p->ways[port])
        snprintf(sets, sizeof sets, ", %u sets of %u ways", p->sets, p->ways[port]);
    snprintf(remark, sizeof remark, "%.2f %%, %u entries%s",
             100 * report_ratio(misses, hits + misses), p->entries[port], sets);
    snprintf(hit, sizeof hit, "%s TLB hits", name);
    snprintf(miss, sizeof miss, "%s TLB misses", name);
    line(hit, hits, NULL);
    line(miss, misses, remark);
}

static void report_tlbs(const struct run_facts *facts, const struct run_result *result)
{
    const uint64_t *events = result->events;
    char remark[120];

    report_l1(facts, DUT_FETCH, "fetch", events[DUT_FETCH_HIT], events[DUT_FETCH_MISS]);
    report_l1(facts, DUT_DATA, "data", events[DUT_DATA_HIT], events[DUT_DATA_MISS]);
    if (facts->parameters->l2_ways) {
        snprintf(remark, sizeof remark, "%.2f %%, %u sets of %u ways; %" PRIu64 " conflicts",
                 100 * report_ratio(events[DUT_L2_MISS], events[DUT_L2_HIT] + events[DUT_L2_MISS]),
                 facts->parameters->l2_sets, facts->parameters->l2_ways, events[DUT_L2_CONFLICT]);
        line("L2 TLB hits", events[DUT_L2_HIT], NULL);
        line("L2 TLB misses", events[DUT_L2_MISS], remark);
    }
    snprintf(remark, sizeof remark, "%.2f PTE reads a walk; %" PRIu64 " ended in a fault",
             report_ratio(events[DUT_PTE_READ], events[DUT_WALK]), events[DUT_WALK_FAULT]);
    line("walks", events[DUT_WALK], remark);
    if (facts->plan->hardware_ad)
        line("A and D updates", events[DUT_UPDATE], NULL);
}

static uint64_t all_faults(const struct vm_counts *vm)
{
    uint64_t faults = 0;

    for (int kind = 0; kind < VM_FAULTS; kind++)
        faults += vm->faults[kind];
    return faults;
}

static void report_vm(const struct run_facts *facts, const struct run_result *result)
{
    const struct vm_counts *vm = &result->vm;
    char remark[160];

    line("page faults", all_faults(vm), NULL);
    line("  demand-zero", vm->faults[VM_DEMAND_ZERO], NULL);
    line("  swapped in", vm->faults[VM_SWAP_IN], NULL);
    line("  A set", vm->faults[VM_SET_ACCESSED], NULL);
    line("  D set", vm->faults[VM_SET_DIRTY], NULL);
    line("  spurious", vm->faults[VM_SPURIOUS], NULL);
    line("evictions", vm->evictions, NULL);
    line("  written back", vm->write_backs, NULL);
    line("  dropped, swap has it", vm->dropped_clean, NULL);
    line("  dropped, never written", vm->dropped_zero, NULL);
    snprintf(remark, sizeof remark, "%" PRIu64 " of them ahead of eviction", vm->cleaned);
    line("swap reads", vm->swap_reads, NULL);
    line("swap writes", vm->swap_writes, remark);
    snprintf(remark, sizeof remark, "%" PRIu64 " by address, %" PRIu64 " by address space",
             vm->fences_page, vm->fences_space);
    line("fences", vm->fences_page + vm->fences_space, remark);
    snprintf(remark, sizeof remark, "%" PRIu64 " at most at once", vm->tables_most);
    line("page tables made", vm->tables_allocated, remark);
    if (facts->options->superpages) {
        snprintf(remark, sizeof remark, "%" PRIu64 " split", vm->splits);
        line("superpages mapped", vm->superpages, remark);
    }
    line("context switches", result->switches, NULL);
}

void run_report(const struct run_facts *facts, const struct run_result *result)
{
    uint64_t accesses = run_accesses(result);
    char remark[160], agreed[REPORT_NUMBER], answers[REPORT_NUMBER], pages[REPORT_NUMBER];
    char kinds[3][REPORT_NUMBER];

    printf("%-24s %15s\n", "policy", result->policy->name);
    for (int kind = 0; kind < 3; kind++)
        report_grouped(kinds[kind], result->kinds[kind]);
    snprintf(remark, sizeof remark, "%s fetches, %s loads, %s stores", kinds[MMU_FETCH],
             kinds[MMU_LOAD], kinds[MMU_STORE]);
    line("accesses", accesses, remark);
    snprintf(remark, sizeof remark, "%.2f cycles a translation",
             report_ratio(result->cycles, accesses));
    line("cycles", result->cycles, remark);
    report_tlbs(facts, result);
    report_vm(facts, result);
    line("bytes compared", result->bytes, "read by the programs, as last written");
    snprintf(remark, sizeof remark, "translations a second of processor time; %.1f s elapsed",
             result->seconds);
    line("speed", (uint64_t)speed(result), remark);
    printf("%-24s %15s   %s\n", "waveform", facts->waveform ? "" : "none",
           facts->waveform ? facts->waveform : "--wave FILE records one");
    printf("\n%s of %s agree with the reference model\n", report_grouped(agreed, result->agreed),
           report_grouped(answers, result->answers));
    if (result->outcome == RUN_AGREES)
        printf("memory: all %s pages of %zu process%s hold what was written\n",
               report_grouped(pages, result->pages_compared), facts->plan->process_count,
               facts->plan->process_count == 1 ? "" : "es");
    else
        printf("DISAGREEMENT: %s\n", result->message);
}

void run_report_policies(const struct run_facts *facts, const struct run_result *results,
                         size_t count)
{
    printf("%-8s %9s %9s %9s %8s %8s %9s %9s %8s %7s %8s  %s\n", "policy", "page-ins", "zero",
           "swapped", "A set", "D set", "evicted", "written", "fences", "cycles", "M/s", "agree");
    for (size_t i = 0; i < count; i++) {
        const struct run_result *result = &results[i];
        const struct vm_counts *vm = &result->vm;
        uint64_t zero = vm->faults[VM_DEMAND_ZERO], swapped = vm->faults[VM_SWAP_IN];

        printf("%-8s %9" PRIu64 " %9" PRIu64 " %9" PRIu64 " %8" PRIu64 " %8" PRIu64 " %9" PRIu64
               " %9" PRIu64 " %8" PRIu64 " %7.2f %8.2f  %" PRIu64 " of %" PRIu64 "%s\n",
               result->policy->name, zero + swapped, zero, swapped, vm->faults[VM_SET_ACCESSED],
               vm->faults[VM_SET_DIRTY], vm->evictions, vm->swap_writes,
               vm->fences_page + vm->fences_space,
               report_ratio(result->cycles, run_accesses(result)), speed(result) / 1e6,
               result->agreed, result->answers,
               result->outcome == RUN_AGREES ? ", memory as written" : "");
    }
    puts("\npage-ins: demand-zero and swapped in; written: pages written to swap; cycles: a "
         "translation;\nM/s: million translations a second of processor time; lru and opt see the "
         "trace.");
    for (size_t i = 0; i < count; i++)
        if (results[i].outcome != RUN_AGREES)
            printf("DISAGREEMENT: %s\n", results[i].message);
    if (facts->waveform)
        printf("waveform: %s\n", facts->waveform);
}

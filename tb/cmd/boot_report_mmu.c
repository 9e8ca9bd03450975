// SPDX-License-Identifier: Apache-2.0
/* What the MMU did in a boot or a replay. */
#include "boot_report.h"
#include "json_file.h"
#include "report.h"

#include <inttypes.h>
#include <stdio.h>

static const char *const kinds[] = {"fetches", "loads", "stores", "atomics"};

static const struct {
    unsigned cause;
    const char *name, *key;
} causes[] = {
    {12, "  page faults of fetches", "fetch_page_faults"},
    {13, "  page faults of loads", "load_page_faults"},
    {15, "  page faults of stores", "store_page_faults"},
    {1, "  access faults of fetches", "fetch_access_faults"},
    {5, "  access faults of loads", "load_access_faults"},
    {7, "  access faults of stores", "store_access_faults"},
};
#define CAUSES (sizeof causes / sizeof *causes)

static const char *const fences[] = {"  of everything", "  by address", "  by ASID",
                                     "  by address and ASID"};

void boot_report_line(const char *what, uint64_t value, const char *remark)
{
    report_line(28, what, value, remark);
}

/* A line for what happened at all. */
static void some(const char *what, uint64_t value)
{
    if (value > 0)
        boot_report_line(what, value, NULL);
}

static uint64_t sum(const uint64_t *counts, size_t count)
{
    uint64_t all = 0;

    for (size_t i = 0; i < count; i++)
        all += counts[i];
    return all;
}

static void report_l1(const char *name, uint64_t hits, uint64_t misses)
{
    char remark[60];

    snprintf(remark, sizeof remark, "%.3f %% misses", 100 * report_ratio(misses, hits + misses));
    boot_report_line(name, hits, remark);
}

static void report_design(const struct boot_mmu *mmu)
{
    const uint64_t *events = mmu->events;
    char remark[100];

    snprintf(remark, sizeof remark, "%.3f a translation",
             report_ratio(mmu->cycles, iss_meter_all(&mmu->meter)));
    boot_report_line("cycles", mmu->cycles, remark);
    report_l1("fetch TLB hits", events[DUT_FETCH_HIT], events[DUT_FETCH_MISS]);
    report_l1("data TLB hits", events[DUT_DATA_HIT], events[DUT_DATA_MISS]);
    if (events[DUT_L2_HIT] + events[DUT_L2_MISS] > 0)
        report_l1("L2 TLB hits", events[DUT_L2_HIT], events[DUT_L2_MISS]);
    snprintf(remark, sizeof remark, "%.2f PTE reads a walk; %" PRIu64 " begun below the root",
             report_ratio(events[DUT_PTE_READ], events[DUT_WALK]), events[DUT_WALK_CACHE]);
    boot_report_line("walks", events[DUT_WALK], remark);
}

void boot_report_mmu(const struct boot_mmu *mmu, uint64_t updates, const struct boot_time *time)
{
    const struct iss_meter *meter = &mmu->meter;
    uint64_t all = iss_meter_all(meter);
    char answers[REPORT_NUMBER], agreed[REPORT_NUMBER];

    boot_report_line("translations", all, NULL);
    for (unsigned kind = 0; kind < 4; kind++) {
        char name[20];
        snprintf(name, sizeof name, "  %s", kinds[kind]);
        boot_report_line(name, meter->translations[kind], NULL);
    }
    boot_report_line("faults", sum(meter->faults, ISS_CAUSES), NULL);
    for (size_t i = 0; i < CAUSES; i++)
        some(causes[i].name, meter->faults[causes[i].cause]);
    boot_report_line("fences", sum(meter->fences, 4), NULL);
    for (unsigned kind = 0; kind < 4; kind++)
        some(fences[kind], meter->fences[kind]);
    boot_report_line("changes of satp", meter->satp_changes, NULL);
    boot_report_line("changes of PMP", meter->pmp_changes, NULL);
    boot_report_line("A and D updates", updates, NULL);
    if (mmu->cycles > 0)
        report_design(mmu);
    printf("%-28s %15.1f   seconds; %.2f M translations a second\n", "time", time->elapsed,
           time->elapsed > 0 ? (double)all / time->elapsed / 1e6 : 0);
    printf("%-28s %15.1f   seconds\n", "processor time", time->processor);
    if (mmu->cycles > 0)
        printf("\n%s of %s answers agree with the reference model\n",
               report_grouped(agreed, mmu->rtl.agreed), report_grouped(answers, mmu->rtl.answers));
}

json_t *boot_report_mmu_json(const struct boot_mmu *mmu, uint64_t updates,
                             const struct boot_time *time)
{
    static const char *const fence_keys[] = {"fences_of_everything", "fences_by_address",
                                             "fences_by_asid", "fences_by_address_and_asid"};
    const struct iss_meter *meter = &mmu->meter;
    json_t *object = json_object();

    json_object_set_new(object, "translations", json_number(iss_meter_all(meter)));
    for (unsigned kind = 0; kind < 4; kind++)
        json_object_set_new(object, kinds[kind], json_number(meter->translations[kind]));
    for (size_t i = 0; i < CAUSES; i++)
        json_object_set_new(object, causes[i].key, json_number(meter->faults[causes[i].cause]));
    for (unsigned kind = 0; kind < 4; kind++)
        json_object_set_new(object, fence_keys[kind], json_number(meter->fences[kind]));
    json_object_set_new(object, "satp_changes", json_number(meter->satp_changes));
    json_object_set_new(object, "pmp_changes", json_number(meter->pmp_changes));
    json_object_set_new(object, "updates", json_number(updates));
    json_object_set_new(object, "seconds", json_real(time->elapsed));
    json_object_set_new(object, "processor_seconds", json_real(time->processor));
    if (mmu->cycles == 0)
        return object;
    json_object_set_new(object, "answers", json_number(mmu->rtl.answers));
    json_object_set_new(object, "answers_agreed", json_number(mmu->rtl.agreed));
    json_object_set_new(object, "cycles", json_number(mmu->cycles));
    json_object_set_new(object, "events", json_events(mmu->events));
    return object;
}

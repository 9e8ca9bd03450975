// SPDX-License-Identifier: Apache-2.0
/* What the random command prints. */
#include "random_report.h"

#include <inttypes.h>

static void row(FILE *to, const char *name, uint64_t count)
{
    fprintf(to, "  %-44s %12" PRIu64 "\n", name, count);
}

static double percent(uint64_t part, uint64_t of)
{
    return of ? 100.0 * (double)part / (double)of : 0.0;
}

static void print_answers(FILE *to, const struct random_statistics *s)
{
    static const char *const kinds[] = {"fetch", "load", "all others"};
    static const unsigned page_faults[] = {12, 13, 15}, access_faults[] = {1, 5, 7};

    row(to, "accesses accepted", s->accepted);
    row(to, "  killed", s->killed);
    row(to, "  answered, and judged", s->answered);
    row(to, "    granted", s->granted);
    row(to, "    deferred", s->deferred);
    row(to, "    prefetches dropped", s->dropped);
    for (unsigned i = 0; i < 3; i++)
        fprintf(to, "    page faults of %-29s %12" PRIu64 "\n", kinds[i],
                s->faults[page_faults[i]]);
    for (unsigned i = 0; i < 3; i++)
        fprintf(to, "    access faults of %-27s %12" PRIu64 "\n", kinds[i],
                s->faults[access_faults[i]]);
    row(to, "    explained only by older values of PTEs", s->stale);
    fprintf(to, "  %-44s %10.1f %%\n", "  longest wait, of the time allowed",
            100 * s->longest_wait);
    fprintf(to, "    with several legal outcomes, of %-12" PRIu64 " %11.1f %%\n", s->counted,
            percent(s->ambiguous, s->counted));
}

static void print_stimuli(FILE *to, const struct random_statistics *s)
{
    row(to, "PTE stores", s->stores);
    row(to, "  to a PTE about to be swapped", s->races);
    row(to, "swaps", s->swaps);
    row(to, "  that found another value", s->swaps_lost);
    row(to, "PTE reads and swaps that erred", s->errors);
    row(to, "changes of satp and other CSRs", s->contexts);
    row(to, "changes of PMP", s->pmp_changes);
    row(to, "kills", s->kills);
    row(to, "resets", s->resets);
    row(to, "fences of everything", s->fences[0]);
    row(to, "fences of an address", s->fences[1]);
    row(to, "fences of an ASID", s->fences[2]);
    row(to, "fences of an address in an ASID", s->fences[3]);
    row(to, "  sinval.vma among them", s->fence_ops[DUT_SINVAL_VMA]);
}

const char *random_event_name(enum dut_event event)
{
    static const char *const names[DUT_EVENTS] = {
        [DUT_FETCH_HIT] = "fetch TLB hits",
        [DUT_FETCH_MISS] = "fetch TLB misses",
        [DUT_DATA_HIT] = "data TLB hits",
        [DUT_DATA_MISS] = "data TLB misses",
        [DUT_L2_HIT] = "L2 hits",
        [DUT_L2_MISS] = "L2 misses",
        [DUT_L2_CONFLICT] = "L2 lookups that waited",
        [DUT_WALK] = "walks begun",
        [DUT_PTE_READ] = "PTEs read",
        [DUT_WALK_FAULT] = "walks that faulted",
        [DUT_FENCE_DONE] = "fences completed",
        [DUT_UPDATE] = "A and D updates",
        [DUT_MERGE] = "misses that followed another",
        [DUT_WALK_CACHE] = "walks begun below the root",
        [DUT_PREFETCH] = "leaves prefetched",
    };

    return names[event];
}

static void print_events(FILE *to, const struct random_statistics *s)
{
    for (unsigned event = 0; event < DUT_EVENTS; event++)
        row(to, random_event_name(event), s->events[event]);
}

void random_print_statistics(FILE *to, const struct random_statistics *s, double seconds)
{
    print_answers(to, s);
    print_stimuli(to, s);
    print_events(to, s);
    row(to, "cycles", s->cycles);
    if (seconds > 0)
        fprintf(to, "  %-44s %12.0f\n", "accesses a second", (double)s->accepted / seconds);
}

static void print_without(FILE *to, unsigned without)
{
    const char *before = " --without ";

    for (unsigned class = 0; class < RANDOM_CLASSES; class ++)
        if (without >> class & 1) {
            fprintf(to, "%s%s", before, random_class_name(class));
            before = ",";
        }
}

static void print_pmp(FILE *to, const struct mmu_pmp *pmp, unsigned count)
{
    static const char *const modes[] = {"off", "TOR", "NA4", "NAPOT"};

    if (count > 0)
        fprintf(to, "  PMP of %u entries, MML=%d MMWP=%d\n", count, pmp->mml, pmp->mmwp);
    for (unsigned i = 0; i < count; i++) {
        unsigned cfg = pmp->cfg[i];
        fprintf(to, "    %2u: %-5s %c%c%c%c 0x%" PRIx64 "\n", i, modes[cfg >> MMU_PMP_A_SHIFT & 3],
                cfg & MMU_PMP_L ? 'L' : '-', cfg & MMU_PMP_X ? 'X' : '-',
                cfg & MMU_PMP_W ? 'W' : '-', cfg & MMU_PMP_R ? 'R' : '-', pmp->addr[i]);
    }
}

void random_print_failure(FILE *to, const char *design, const char *modes,
                          const struct random_case *what, const struct random_outcome *outcome)
{
    fprintf(to, "seed %" PRIu64 ", after %" PRIu64 " accesses, ", what->seed, outcome->accepted);
    if (outcome->reset_at > 0)
        fprintf(to, "after a reset in cycle %" PRIu64 ", ", outcome->reset_at);
    fputs(outcome->text, to);
    print_pmp(to, &outcome->pmp, outcome->pmp_count);
    fprintf(to, "replay: rvmmu-tb random %s%s --seed %" PRIu64 " --count %" PRIu64, design, modes,
            what->seed, what->count);
    print_without(to, what->without);
    fputc('\n', to);
}

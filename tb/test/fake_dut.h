// SPDX-License-Identifier: Apache-2.0
/*
 * A design under test made of the reference model and a small TLB, to test those who test designs.
 * The preset's name says what is wrong with it: "good" or the name of a fault. It answers hits
 * after one cycle, misses after five.
 */
#ifndef FAKE_DUT_H
#define FAKE_DUT_H

#include "dut.h"
#include "vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAKE_ENTRIES 16
#define FAKE_LATE    3000 /* answers before the fault that shows once */

struct fake_entry {
    bool valid;
    uint64_t asid, page, pa;
    unsigned shift;  /* of the mapping */
    bool allowed[4]; /* by access */
};

struct dut {
    char fault[32];
    struct dut_parameters parameters;
    struct mmu_config config;
    struct dut_context context;
    struct dut_memory memory;
    struct mmu_pmp pmp;
    uint64_t cycle, answers;
    uint64_t events[DUT_EVENTS];
    bool busy[DUT_PORTS];
    unsigned wait[DUT_PORTS]; /* cycles until the answer */
    struct dut_response response[DUT_PORTS];
    struct fake_entry entries[FAKE_ENTRIES];
    unsigned next_entry;
    FILE *wave;
};

static bool fake_is(const struct dut *dut, const char *fault)
{
    return !strcmp(dut->fault, fault);
}

struct dut *dut_open(const char *preset, const struct dut_set *sets, size_t nsets,
                     enum dut_wave wave, char *error, size_t error_size)
{
    struct dut *dut = calloc(1, sizeof *dut);
    bool narrow = !strncmp(preset, "sv32", 4);

    (void)sets, (void)nsets, (void)wave;
    if (!dut || !strcmp(preset, "unknown")) {
        snprintf(error, error_size, "no preset '%s'", preset);
        free(dut);
        return NULL;
    }
    snprintf(dut->fault, sizeof dut->fault, "%s", narrow ? "good" : preset);
    dut->parameters = (struct dut_parameters){
        .xlen = narrow ? 32 : 64,
        .levels = narrow ? 2 : 4,
        .pa_bits = narrow ? 34 : 56,
        .asid_bits = 2,
        .tag_bits = 2,
        .entries = {FAKE_ENTRIES, FAKE_ENTRIES},
    };
    dut->config.xlen = dut->parameters.xlen;
    dut->config.levels = dut->parameters.levels;
    dut->config.pa_bits = dut->parameters.pa_bits;
    return dut;
}

/* It is on no board. */
struct dut *dut_open_uart(struct dut_uart *uart, char *error, size_t error_size)
{
    snprintf(error, error_size, "no board behind %s", uart->path);
    return NULL;
}

void dut_close(struct dut *dut)
{
    if (dut->wave)
        fclose(dut->wave);
    free(dut);
}

const struct dut_parameters *dut_parameters(const struct dut *dut)
{
    return &dut->parameters;
}

void dut_set_memory(struct dut *dut, const struct dut_memory *memory,
                    const struct dut_memory_timing *timing)
{
    (void)timing;
    dut->memory = *memory;
}

/* It has none of what the straps take away. */
void dut_set_straps(struct dut *dut, const struct dut_straps *straps)
{
    (void)dut;
    (void)straps;
}

void dut_reset(struct dut *dut)
{
    memset(dut->events, 0, sizeof dut->events);
    memset(dut->entries, 0, sizeof dut->entries);
    memset(dut->busy, 0, sizeof dut->busy);
    dut->cycle = dut->answers = 0;
}

uint64_t dut_cycle(const struct dut *dut)
{
    return dut->cycle;
}

void dut_set_context(struct dut *dut, const struct dut_context *context)
{
    dut->context = *context;
}

void dut_kill(struct dut *dut, enum dut_port port, uint64_t tags)
{
    (void)tags;
    dut->busy[port] = false;
}

bool dut_ready(struct dut *dut, enum dut_port port)
{
    return !dut->busy[port];
}

static bool fake_due(const struct dut *dut, enum dut_port port)
{
    return dut->busy[port] && dut->wait[port] == 0;
}

bool dut_poll(struct dut *dut, enum dut_port port, struct dut_response *response)
{
    if (!fake_due(dut, port))
        return false;
    *response = dut->response[port];
    return true;
}

static struct fake_entry *fake_lookup(struct dut *dut, uint64_t asid, uint64_t va)
{
    for (int i = 0; i < FAKE_ENTRIES; i++) {
        struct fake_entry *entry = &dut->entries[i];

        if (entry->valid && entry->page == va >> entry->shift &&
            (entry->asid == asid || fake_is(dut, "no-asid")))
            return entry;
    }
    return NULL;
}

/* One access translated by the model, and what it grants kept. */
static void fake_walk(struct dut *dut, const struct dut_request *request,
                      struct dut_response *response)
{
    struct mmu_context context = {.satp = dut->context.satp, .privilege = request->privilege};
    struct mmu_memory memory = {.user = dut->memory.user, .read = dut->memory.read};
    struct mmu_request wanted = {request->va, request->access, request->size};
    uint64_t asid = mmu_satp_asid(&dut->config, dut->context.satp);
    struct mmu_answer answer;

    mmu_translate(&dut->config, &context, &memory, &wanted, &answer);
    dut->events[DUT_WALK]++;
    dut->events[DUT_PTE_READ] += answer.steps;
    if (answer.result != MMU_GRANTED && fake_is(dut, "no-dirty") && request->access == MMU_STORE) {
        wanted.access = MMU_LOAD;
        mmu_translate(&dut->config, &context, &memory, &wanted, &answer);
    }
    *response = (struct dut_response){
        .result = answer.result == MMU_GRANTED ? DUT_GRANTED : DUT_FAULT,
        .pa = answer.pa,
        .page_shift = answer.page_shift,
        .cause = answer.cause,
        .tval = answer.tval,
    };
    if (answer.result != MMU_GRANTED) {
        dut->events[DUT_WALK_FAULT]++;
        return;
    }
    struct fake_entry *old = fake_lookup(dut, asid, request->va);
    struct fake_entry *entry = old ? old : &dut->entries[dut->next_entry++ % FAKE_ENTRIES];
    uint64_t span = (UINT64_C(1) << answer.page_shift) - 1;
    *entry = (struct fake_entry){
        true,   asid, request->va >> answer.page_shift, answer.pa & ~span, answer.page_shift,
        {false}};
    uint64_t pte = answer.step[answer.steps - 1].pte;
    entry->allowed[MMU_LOAD] = pte >> 1 & 1;
    entry->allowed[MMU_STORE] = (pte >> 2 & 1) && (pte >> 7 & 1);
    entry->allowed[MMU_FETCH] = pte >> 3 & 1;
}

static void fake_spoil(struct dut *dut, struct dut_response *response, uint64_t va)
{
    bool once = ++dut->answers == FAKE_LATE;

    if (once && fake_is(dut, "wrong-pa"))
        response->pa ^= 1 << 13;
    if (fake_is(dut, "wrong-cause") && response->cause == 15)
        response->cause = 13;
    if (fake_is(dut, "wrong-tval") && response->result == DUT_FAULT)
        response->tval = va & ~UINT64_C(0xfff);
    if (once && fake_is(dut, "wrong-tag"))
        response->tag ^= 1;
    if (once && fake_is(dut, "defer"))
        response->result = DUT_DEFER;
    if (once && fake_is(dut, "wide-page"))
        response->page_shift = 21;
    if (once && fake_is(dut, "flipped-byte") && response->result == DUT_GRANTED) {
        uint8_t *byte = vm_bytes(dut->memory.user, response->pa, 1);
        *byte ^= 4;
    }
}

bool dut_submit(struct dut *dut, enum dut_port port, const struct dut_request *request)
{
    uint64_t asid = mmu_satp_asid(&dut->config, dut->context.satp);
    struct fake_entry *entry = fake_lookup(dut, asid, request->va);
    struct dut_response *response = &dut->response[port];
    bool hit = entry && entry->allowed[request->access];

    if (dut->busy[port] && !fake_due(dut, port))
        return false;
    if (hit)
        *response = (struct dut_response){
            .pa = entry->pa | (request->va & ((UINT64_C(1) << entry->shift) - 1)),
            .page_shift = entry->shift,
        };
    else
        fake_walk(dut, request, response);
    dut->events[(port == DUT_FETCH ? DUT_FETCH_HIT : DUT_DATA_HIT) + !hit]++;
    response->tag = request->tag;
    dut->busy[port] = true;
    dut->wait[port] = hit ? 1 : 5;
    fake_spoil(dut, response, request->va);
    if (dut->answers >= FAKE_LATE && fake_is(dut, "silent"))
        dut->busy[port] = false;
    return true;
}

bool dut_fence(struct dut *dut, const struct dut_fence *fence)
{
    if (fake_is(dut, "endless-fence"))
        return false;
    for (int i = 0; i < FAKE_ENTRIES && !fake_is(dut, "no-fence"); i++) {
        struct fake_entry *entry = &dut->entries[i];

        if ((!fence->use_asid || entry->asid == fence->asid) &&
            (!fence->use_va || entry->page == fence->va >> entry->shift))
            entry->valid = false;
    }
    dut->events[DUT_FENCE_DONE]++;
    return dut->cycle % 3 == 0;
}

bool dut_change_pmp(struct dut *dut, const struct mmu_pmp *pmp)
{
    if (dut->busy[DUT_FETCH] || dut->busy[DUT_DATA])
        return false;
    dut->pmp = *pmp;
    return true;
}

void dut_step(struct dut *dut)
{
    for (int port = 0; port < DUT_PORTS; port++) {
        if (fake_due(dut, (enum dut_port)port))
            dut->busy[port] = fake_is(dut, "twice") && dut->cycle % 1000 == 0;
        else if (dut->busy[port])
            dut->wait[port]--;
    }
    dut->cycle++;
}

bool dut_memory_port_stable(const struct dut *dut)
{
    return !fake_is(dut, "unstable");
}

uint64_t dut_events(const struct dut *dut, enum dut_event event)
{
    return dut->events[event];
}

bool dut_wave_open(struct dut *dut, const char *path)
{
    dut->wave = fopen(path, "w");
    return dut->wave;
}

void dut_wave(struct dut *dut, bool on)
{
    if (dut->wave && on)
        fprintf(dut->wave, "%llu\n", (unsigned long long)dut->cycle);
}

#endif

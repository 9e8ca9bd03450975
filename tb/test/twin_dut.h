// SPDX-License-Identifier: Apache-2.0
/*
 * A twin of the design under test for the tests of the scoreboard and of random traffic: dut.h over
 * the model, with a TLB, a cache of pointers, walks that take time and fences that take cycles.
 * `Fault=NAME` makes it misbehave in one way.
 */
#ifndef TWIN_DUT_H
#define TWIN_DUT_H

#include "twin_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dut *dut_open(const char *preset, const struct dut_set *sets, size_t nsets,
                     enum dut_wave wave, char *error, size_t error_size)
{
    struct dut *dut = calloc(1, sizeof *dut);

    (void)wave;
    if (!dut || (strcmp(preset, "tiny") && strcmp(preset, "linux"))) {
        snprintf(error, error_size, "no preset '%s'", preset);
        free(dut);
        return NULL;
    }
    dut->p = strcmp(preset, "tiny")
                 ? (struct dut_parameters){.xlen = 64, .levels = 4, .pa_bits = 50, .asid_bits = 4}
                 : (struct dut_parameters){.xlen = 32, .levels = 2, .pa_bits = 33, .asid_bits = 2};
    dut->p.tag_bits = 3;
    dut->model = (struct mmu_config){
        .xlen = dut->p.xlen, .levels = dut->p.levels, .pa_bits = dut->p.pa_bits};
    dut->timing.latency_min = dut->timing.latency_max = 1;
    for (size_t i = 0; i < nsets; i++)
        for (unsigned fault = 0; fault < TWIN_FAULTS; fault++)
            if (!strncmp(sets[i].text, "Fault=", 6) &&
                !strcmp(sets[i].text + 6, twin_fault_names[fault]))
                dut->fault = fault;
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
    free(dut);
}

const struct dut_parameters *dut_parameters(const struct dut *dut)
{
    return &dut->p;
}

void dut_set_memory(struct dut *dut, const struct dut_memory *memory,
                    const struct dut_memory_timing *timing)
{
    dut->memory = *memory;
    dut->timing = *timing;
    dut->rng = timing->seed;
}

/* It has none of what the straps take away. */
void dut_set_straps(struct dut *dut, const struct dut_straps *straps)
{
    (void)dut;
    (void)straps;
}

void dut_reset(struct dut *dut)
{
    *dut = (struct dut){.p = dut->p, .model = dut->model, .fault = dut->fault, .pmp = dut->pmp};
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
    if (dut->fault == TWIN_ANSWERS_KILLED)
        return;
    for (unsigned tag = 0; tag < TWIN_TAGS; tag++)
        if (tags >> tag & 1)
            dut->slot[port][tag].state = TWIN_FREE;
    if (tags >> dut->answer[port].tag & 1)
        dut->answers[port] = false;
}

bool dut_poll(struct dut *dut, enum dut_port port, struct dut_response *response)
{
    *response = dut->answer[port];
    return dut->answers[port];
}

bool dut_ready(struct dut *dut, enum dut_port port)
{
    (void)port;
    return !dut->fence_runs;
}

/* A slot that is taken although the tag is free is a fault's work. */
bool dut_submit(struct dut *dut, enum dut_port port, const struct dut_request *request)
{
    struct twin_slot *slot = &dut->slot[port][request->tag];

    if (dut->fence_runs || slot->state != TWIN_FREE ||
        (dut->fault == TWIN_UNREADY && dut->cycle > 1000))
        return false;
    *slot = (struct twin_slot){
        .state = TWIN_LOOKUP, .fills = true, .request = *request, .context = dut->context};
    if (dut->fault == TWIN_LOSES_REQUEST && splitmix_below(&dut->rng, 500) == 0)
        slot->state = TWIN_FREE;
    return true;
}

static inline bool twin_covers(const struct dut *dut, const struct dut_fence *fence,
                               const struct twin_entry *entry, bool leaf)
{
    unsigned mask = (1u << dut->p.asid_bits) - 1;
    unsigned shift = dut->fault == TWIN_FENCES_BASE_PAGE ? 12 : entry->shift;
    uint64_t va = entry->va >> entry->shift << entry->shift;

    if (fence->use_va && (!leaf || fence->va >> shift != va >> shift))
        return false;
    return !fence->use_asid || (!entry->global && (fence->asid & mask) == entry->asid);
}

static inline void twin_remove(struct dut *dut, const struct dut_fence *fence)
{
    for (unsigned i = 0; i < TWIN_TLB; i++)
        if (dut->tlb[i].valid && twin_covers(dut, fence, &dut->tlb[i], true)) {
            dut->tlb[i].valid = false;
            if (dut->fault == TWIN_FENCES_ONE_ENTRY && fence->use_va)
                break;
        }
    for (unsigned i = 0; i < TWIN_POINTERS; i++)
        if (twin_covers(dut, fence, &dut->pointer[i], false))
            dut->pointer[i].valid = false;
}

/* Walks begin again; those that would bring back what the fence took away do not fill. */
static inline void twin_restart(struct dut *dut)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned tag = 0; tag < TWIN_TAGS; tag++) {
            struct twin_slot *slot = &dut->slot[port][tag];
            if (slot->state == TWIN_FREE || slot->state == TWIN_DONE)
                continue;
            if (slot->context.satp != dut->context.satp && dut->fault != TWIN_FILLS_OLD_ROOT)
                slot->fills = false;
            if (slot->state == TWIN_WALKS && dut->fault != TWIN_WALK_OUTRUNS_FENCE)
                twin_begin(dut, slot);
        }
}

bool dut_fence(struct dut *dut, const struct dut_fence *fence)
{
    if (!dut->fence_runs) {
        dut->fence_runs = true;
        dut->fence_left = fence->use_asid ? 6 : 1;
    }
    if (dut->fault == TWIN_STUCK_FENCE && fence->use_asid)
        return false;
    if (--dut->fence_left > 0)
        return false;
    dut->fence_runs = false;
    dut->events[DUT_FENCE_DONE]++;
    if (dut->fault != TWIN_IGNORES_FENCES)
        twin_remove(dut, fence);
    twin_restart(dut);
    return true;
}

bool dut_change_pmp(struct dut *dut, const struct mmu_pmp *pmp)
{
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (unsigned tag = 0; tag < TWIN_TAGS; tag++)
            if (dut->slot[port][tag].state != TWIN_FREE)
                return false;
    dut->pmp = *pmp;
    return true;
}

static inline void twin_step_port(struct dut *dut, enum dut_port port)
{
    if (dut->fault == TWIN_ANSWERS_TWICE && dut->answers[port] &&
        splitmix_below(&dut->rng, 500) == 0)
        return; /* the same answer once more */
    dut->answers[port] = false;
    for (unsigned tag = 0; tag < TWIN_TAGS; tag++) {
        struct twin_slot *slot = &dut->slot[port][tag];
        if (slot->state == TWIN_LOOKUP)
            twin_lookup(dut, port, slot);
        else if (slot->state == TWIN_WALKS)
            twin_walk_on(dut, slot);
    }
    /* In turns, so that no tag waits for ever. */
    for (unsigned i = 1; i <= TWIN_TAGS && !dut->answers[port]; i++) {
        unsigned tag = (dut->answer[port].tag + i) % TWIN_TAGS;
        if (dut->slot[port][tag].state != TWIN_DONE)
            continue;
        dut->answer[port] = dut->slot[port][tag].response;
        dut->answers[port] = true;
        dut->slot[port][tag].state = TWIN_FREE;
    }
}

void dut_step(struct dut *dut)
{
    twin_step_port(dut, DUT_FETCH);
    twin_step_port(dut, DUT_DATA);
    dut->cycle++;
}

uint64_t dut_events(const struct dut *dut, enum dut_event event)
{
    return dut->events[event];
}

bool dut_wave_open(struct dut *dut, const char *path)
{
    (void)dut;
    (void)path;
    return false;
}

bool dut_memory_port_stable(const struct dut *dut)
{
    return dut->fault != TWIN_UNSTABLE_PORT;
}

void dut_wave(struct dut *dut, bool on)
{
    (void)dut;
    (void)on;
}

#endif

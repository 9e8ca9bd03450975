// SPDX-License-Identifier: Apache-2.0
#include "dut.h"

#include "dut_build.h"
#include "dut_memory.h"
#include "dut_preset.h"
#include "dut_shim.h"
#include "dut_uart.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct dut {
    const struct dut_shim_ops *ops;
    void *self, *library; /* library: null if the design is on a board */
    struct dut_parameters parameters;
    struct dut_inputs in;
    bool changed;             /* inputs that are still to be loaded */
    struct dut_straps straps; /* from the next reset on */
    struct mmu_pmp pmp;       /* what the CSRs are asked to become */
    struct dut_outputs out;
    struct dut_memory_port memory;
    uint64_t cycle;
    bool unstable; /* the design broke the memory port's handshake */
};

static void read_parameters(struct dut *dut)
{
    uint32_t v[DUT_SHIM_PARAMETERS];
    dut->ops->parameters(dut->self, v);
    dut->parameters = (struct dut_parameters){
        .xlen = v[0],
        .levels = v[1],
        .pa_bits = v[2],
        .asid_bits = v[3],
        .tag_bits = v[4],
        .entries = {v[5], v[6]},
        .miss_slots = {v[7], v[8]},
        .l2_ways = v[9],
        .l2_sets = v[9] ? v[10] : 0,
        .l2_large = v[9] ? v[11] : 0,
        .l2_register = v[9] ? v[12] : 0,
        .walkers = v[13],
        .walk_cache_entries = v[14],
        .replacement = v[15],
        .memory_line = v[16],
        .prefetch = v[17],
        .svadu = v[18],
        .svnapot = v[20],
        .svpbmt = v[21],
        .svrsw60t59b = v[22],
        .zicfiss = v[23],
        .zicbo = v[24],
        .pointer_masking = v[25],
        .big_endian = v[26],
        .pmp_entries = v[27],
        .pmp_grain = v[28],
        .patience = v[29],
        .ways = {v[30], v[31]},
        .sets = v[30] || v[31] ? v[32] : 0,
    };
}

static void strap_to_build(struct dut *dut)
{
    const struct dut_parameters *p = &dut->parameters;
    dut_set_straps(dut,
                   &(struct dut_straps){p->svnapot, p->svrsw60t59b, p->pmp_entries, p->pmp_grain});
}

/* Takes over `self` and `library`, of which there are none left when there is no memory. */
static struct dut *begin(const struct dut_shim_ops *ops, void *self, void *library, char *error,
                         size_t error_size)
{
    struct dut *dut = calloc(1, sizeof *dut);

    if (!dut) {
        snprintf(error, error_size, "out of memory");
        ops->destroy(self);
        if (library)
            dlclose(library);
        return NULL;
    }
    dut->library = library;
    dut->ops = ops;
    dut->self = self;
    read_parameters(dut);
    strap_to_build(dut);
    dut_set_memory(dut, NULL, NULL);
    dut_reset(dut);
    return dut;
}

struct dut *dut_open(const char *preset, const struct dut_set *sets, size_t nsets,
                     enum dut_wave wave, char *error, size_t error_size)
{
    struct dut_preset loaded;
    char path[6000];
    if (!dut_preset_load(preset, sets, nsets, &loaded, error, error_size) ||
        !dut_build(&loaded, wave, path, sizeof path, error, error_size))
        return NULL;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    const struct dut_shim_ops *(*get)(void) = NULL;
    if (library)
        *(void **)&get = dlsym(library, "dut_shim_get");
    if (!get) {
        snprintf(error, error_size, "cannot load the design: %s", dlerror());
        return NULL;
    }
    return begin(get(), get()->create(), library, error, error_size);
}

struct dut *dut_open_uart(struct dut_uart *uart, char *error, size_t error_size)
{
    void *board = dut_uart_open(uart, error, error_size);

    return board ? begin(dut_uart_ops(), board, NULL, error, error_size) : NULL;
}

void dut_close(struct dut *dut)
{
    if (!dut)
        return;
    dut->ops->destroy(dut->self);
    if (dut->library)
        dlclose(dut->library);
    free(dut);
}

const struct dut_parameters *dut_parameters(const struct dut *dut)
{
    return &dut->parameters;
}

void dut_set_memory(struct dut *dut, const struct dut_memory *memory,
                    const struct dut_memory_timing *timing)
{
    dut_memory_init(&dut->memory, memory, timing, dut->parameters.xlen / 8,
                    dut->parameters.memory_line);
}

void dut_set_straps(struct dut *dut, const struct dut_straps *straps)
{
    dut->straps = *straps;
}

static void load(struct dut *dut)
{
    dut->ops->load(dut->self, &dut->in, &dut->out);
    dut->changed = false;
}

void dut_reset(struct dut *dut)
{
    const struct dut_straps *straps = &dut->straps;
    const struct dut_strap_inputs in = {straps->svnapot, straps->svrsw60t59b,
                                        (uint8_t)straps->pmp_count, (uint8_t)straps->pmp_grain};

    memset(&dut->in, 0, sizeof dut->in);
    dut->in.reset = true;
    load(dut);
    dut->ops->straps(dut->self, &in);
    for (int i = 0; i < 4; i++)
        dut->ops->clock(dut->self, &dut->in, &dut->out);
    dut->in.reset = false;
    load(dut);
    dut_memory_reset(&dut->memory);
    dut->cycle = 0;
    dut->unstable = false;
}

uint64_t dut_cycle(const struct dut *dut)
{
    return dut->cycle;
}

void dut_set_context(struct dut *dut, const struct dut_context *context)
{
    dut->in.satp = context->satp;
    dut->in.sum = context->sum;
    dut->in.mxr = context->mxr;
    dut->in.sbe = context->sbe;
    dut->in.adue = context->adue;
    dut->in.pbmte = context->pbmte;
    dut->in.sse = context->sse;
    dut->in.pmm_u = (uint8_t)context->pmm_u;
    dut->in.pmm_s = (uint8_t)context->pmm_s;
    dut->in.pmm_m = (uint8_t)context->pmm_m;
    dut->changed = true;
}

void dut_kill(struct dut *dut, enum dut_port port, uint64_t tags)
{
    dut->in.port[port].kill |= tags;
    load(dut);
}

bool dut_poll(struct dut *dut, enum dut_port port, struct dut_response *response)
{
    const struct dut_port_outputs *o = &dut->out.port[port];
    if (!o->valid)
        return false;
    response->tag = o->tag;
    response->result = (enum dut_result)o->result;
    response->pa = o->pa;
    response->memory_type = (enum mmu_memory_type)o->pbmt;
    response->page_shift = o->page_shift;
    response->cause = o->cause;
    response->tval = o->tval;
    return true;
}

bool dut_ready(struct dut *dut, enum dut_port port)
{
    return dut->out.port[port].ready;
}

bool dut_submit(struct dut *dut, enum dut_port port, const struct dut_request *request)
{
    struct dut_port_inputs *in = &dut->in.port[port];
    in->valid = true;
    in->tag = (uint8_t)request->tag;
    in->va = request->va;
    in->access = (uint8_t)request->access;
    in->size_log2 = (uint8_t)__builtin_ctz(request->size);
    in->privilege = (uint8_t)request->privilege;
    in->speculative = request->speculative;
    return dut->out.port[port].ready;
}

bool dut_fence(struct dut *dut, const struct dut_fence *fence)
{
    dut->in.fence_valid = true;
    dut->in.fence_op = (uint8_t)fence->op;
    dut->in.fence_use_va = fence->use_va;
    dut->in.fence_use_asid = fence->use_asid;
    dut->in.fence_va = fence->va;
    dut->in.fence_asid = (uint16_t)fence->asid;
    load(dut);
    return dut->out.fence_ready;
}

bool dut_change_pmp(struct dut *dut, const struct mmu_pmp *pmp)
{
    dut->pmp = *pmp;
    dut->in.pmp_valid = true;
    load(dut);
    return dut->out.pmp_ready;
}

/* The handshake is over. */
static void change_pmp_csrs(struct dut *dut)
{
    struct dut_pmp_inputs in = {.mml = dut->pmp.mml, .mmwp = dut->pmp.mmwp};

    memcpy(in.cfg, dut->pmp.cfg, sizeof in.cfg);
    memcpy(in.addr, dut->pmp.addr, sizeof in.addr);
    dut->ops->pmp(dut->self, &in);
}

/* What is asked for one cycle only; the design has forgotten it with that cycle. */
static void withdraw(struct dut_inputs *in)
{
    in->port[DUT_FETCH].valid = in->port[DUT_DATA].valid = false;
    in->fence_valid = in->pmp_valid = in->mem_valid = false;
    in->port[DUT_FETCH].kill = in->port[DUT_DATA].kill = 0;
}

void dut_step(struct dut *dut)
{
    if (dut_memory_drive(&dut->memory, dut->cycle, &dut->in) || dut->changed)
        load(dut);
    dut->ops->clock(dut->self, &dut->in, &dut->out);
    dut->cycle++;
    withdraw(&dut->in);
    if (dut->out.mem_taken)
        dut_memory_take(&dut->memory, &dut->out, dut->cycle);
    if (dut->out.pmp_taken)
        change_pmp_csrs(dut);
    dut->unstable |= dut->out.mem_unstable;
}

bool dut_memory_port_stable(const struct dut *dut)
{
    return !dut->unstable;
}

uint64_t dut_events(const struct dut *dut, enum dut_event event)
{
    uint64_t count[DUT_SHIM_EVENTS];
    dut->ops->events(dut->self, count);
    return count[event];
}

bool dut_wave_open(struct dut *dut, const char *path)
{
    return dut->ops->wave_open && dut->ops->wave_open(dut->self, path);
}

void dut_wave(struct dut *dut, bool on)
{
    if (dut->ops->wave)
        dut->ops->wave(dut->self, on);
}

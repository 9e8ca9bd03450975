// SPDX-License-Identifier: Apache-2.0
#include "dut_uart_wire.h"

#include <string.h>

/* Where the parts of LOAD's inputs stand. */
enum {
    AT_SATP = 0,
    AT_STATUS = 8,
    AT_KILL = 10,
    AT_MEMORY = 26,
    AT_PMP = 36,
    AT_FENCE = 37,
    KILL_BYTES = 8,
    PORT_BYTES = 21
};

#define MEMORY_READY 1

static void put(uint8_t *to, unsigned bytes, uint64_t value)
{
    for (unsigned i = 0; i < bytes; i++)
        to[i] = (uint8_t)(value >> 8 * i);
}

static uint64_t get(const uint8_t *from, unsigned bytes)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value |= (uint64_t)from[i] << 8 * i;
    return value;
}

void dut_wire_straps(const struct dut_strap_inputs *in, uint8_t to[DUT_WIRE_STRAPS])
{
    to[0] = (uint8_t)(in->svnapot | in->svrsw60t59b << 1);
    to[1] = in->pmp_count;
    to[2] = in->pmp_grain;
}

static void put_memory(const struct dut_inputs *in, uint8_t *to)
{
    to[0] = in->mem_ready ? MEMORY_READY : 0;
    if (!in->mem_valid)
        return;
    to[0] = (uint8_t)(to[0] | 1 << 1 | in->mem_error << 2);
    to[1] = in->mem_id;
    put(to + 2, 8, in->mem_data);
}

static void put_fence(const struct dut_inputs *in, uint8_t *to)
{
    if (!in->fence_valid)
        return;
    to[0] = (uint8_t)(1 | in->fence_use_va << 1 | in->fence_use_asid << 2 | in->fence_op << 4);
    put(to + 1, 8, in->fence_va);
    put(to + 9, 2, in->fence_asid);
}

void dut_wire_inputs(const struct dut_inputs *in, uint8_t to[DUT_WIRE_INPUTS])
{
    memset(to, 0, DUT_WIRE_INPUTS);
    put(to + AT_SATP, 8, in->satp);
    put(to + AT_STATUS, 2,
        (unsigned)in->sum | in->mxr << 1 | in->sbe << 2 | in->adue << 3 | in->pbmte << 4 |
            in->sse << 5 | in->pmm_u << 6 | in->pmm_s << 8 | in->pmm_m << 10);
    put(to + AT_KILL, KILL_BYTES, in->port[0].kill);
    put(to + AT_KILL + KILL_BYTES, KILL_BYTES, in->port[1].kill);
    put_memory(in, to + AT_MEMORY);
    to[AT_PMP] = in->pmp_valid;
    put_fence(in, to + AT_FENCE);
}

bool dut_wire_shows(const uint8_t a[DUT_WIRE_INPUTS], const uint8_t b[DUT_WIRE_INPUTS])
{
    return memcmp(a + AT_KILL, b + AT_KILL, AT_MEMORY - AT_KILL) ||
           memcmp(a + AT_PMP, b + AT_PMP, DUT_WIRE_INPUTS - AT_PMP);
}

void dut_wire_spend(uint8_t inputs[DUT_WIRE_INPUTS])
{
    uint8_t ready = inputs[AT_MEMORY] & MEMORY_READY;

    memset(inputs + AT_KILL, 0, DUT_WIRE_INPUTS - AT_KILL);
    inputs[AT_MEMORY] = ready;
}

void dut_wire_requests(const struct dut_inputs *in, uint8_t to[DUT_WIRE_REQUESTS])
{
    memset(to, 0, DUT_WIRE_REQUESTS);
    for (int port = 0; port < 2; port++, to += DUT_WIRE_REQUESTS / 2) {
        const struct dut_port_inputs *request = &in->port[port];

        if (!request->valid)
            continue;
        to[0] = (uint8_t)(1 | request->speculative << 1);
        to[1] = request->tag;
        to[2] = request->access;
        to[3] = (uint8_t)(request->size_log2 | request->privilege << 4);
        put(to + 4, 8, request->va);
    }
}

void dut_wire_pmp(unsigned index, unsigned cfg, uint64_t addr, uint8_t to[DUT_WIRE_PMP_ENTRY])
{
    to[0] = (uint8_t)index;
    to[1] = (uint8_t)cfg;
    put(to + 2, 8, addr);
}

void dut_wire_parameters(const uint8_t from[DUT_WIRE_PARAMETERS],
                         uint32_t value[DUT_SHIM_PARAMETERS])
{
    for (unsigned i = 0; i < DUT_SHIM_PARAMETERS; i++)
        value[i] = (uint32_t)get(from + 1 + 2 * i, 2);
}

static const char *get_port(const uint8_t *from, unsigned tag_bits, struct dut_port_outputs *out)
{
    out->ready = from[0] & 1;
    out->valid = from[0] >> 1 & 1;
    if (!out->valid)
        return NULL;
    out->tag = from[1];
    out->result = from[2] & 3;
    out->pbmt = from[2] >> 2 & 3;
    out->page_shift = from[3];
    out->cause = from[4];
    out->pa = get(from + 5, 8);
    out->tval = get(from + 13, 8);
    if (out->tag >> tag_bits)
        return "a tag that no request has";
    if (out->result == 3 || (out->result == 0 && out->pbmt == 3))
        return "a result that there is not";
    return NULL;
}

static const char *get_memory(const uint8_t *from, unsigned walkers, struct dut_outputs *out)
{
    out->mem_id = from[0];
    out->mem_pa = get(from + 1, 8);
    out->mem_expected = get(from + 9, 8);
    out->mem_desired = get(from + 17, 8);
    return out->mem_id < walkers ? NULL : "a memory request of a walker that there is not";
}

const char *dut_wire_outputs(const uint8_t from[DUT_WIRE_OUTPUTS], unsigned tag_bits,
                             unsigned walkers, struct dut_outputs *out, unsigned *events)
{
    const uint8_t *shared = from + 2 * PORT_BYTES;
    const char *wrong = get_port(from, tag_bits, &out->port[0]);

    if (!wrong)
        wrong = get_port(from + PORT_BYTES, tag_bits, &out->port[1]);
    out->fence_ready = shared[0] & 1;
    out->pmp_ready = shared[0] >> 1 & 1;
    out->pmp_taken = shared[0] >> 2 & 1;
    out->mem_taken = shared[0] >> 3 & 1;
    out->mem_unstable = shared[0] >> 4 & 1;
    out->mem_swap = shared[0] >> 5 & 1;
    if (!wrong && out->mem_taken)
        wrong = get_memory(shared + 1, walkers, out);
    *events = (unsigned)get(shared + 26, 2);
    return wrong;
}

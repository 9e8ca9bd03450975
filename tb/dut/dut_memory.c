// SPDX-License-Identifier: Apache-2.0
#include "dut_memory.h"

#include <string.h>

/* splitmix64 */
static uint64_t draw(struct dut_memory_port *port)
{
    uint64_t z = port->random += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

void dut_memory_init(struct dut_memory_port *port, const struct dut_memory *memory,
                     const struct dut_memory_timing *timing, unsigned bytes, bool line)
{
    static const struct dut_memory_timing simple = {.latency_min = 1, .latency_max = 1};
    memset(port, 0, sizeof *port);
    if (memory)
        port->memory = *memory;
    port->timing = timing ? *timing : simple;
    if (port->timing.latency_min < 1)
        port->timing.latency_min = 1;
    if (port->timing.latency_max < port->timing.latency_min)
        port->timing.latency_max = port->timing.latency_min;
    port->random = port->timing.seed;
    port->bytes = bytes;
    port->line = line;
}

void dut_memory_reset(struct dut_memory_port *port)
{
    port->outstanding = 0;
}

void dut_memory_take(struct dut_memory_port *port, const struct dut_outputs *out, uint64_t cycle)
{
    const struct dut_memory_timing *t = &port->timing;
    unsigned span = t->latency_max - t->latency_min + 1;
    unsigned latency = t->latency_min + (span > 1 ? (unsigned)(draw(port) % span) : 0);
    port->outstanding |= 1u << out->mem_id;
    port->request[out->mem_id] = (struct dut_memory_request){
        .pa = out->mem_pa,
        .swap = out->mem_swap,
        .expected = out->mem_expected,
        .desired = out->mem_desired,
        .due = cycle - 1 + latency,
    };
}

/* Reads, or swaps and gives what was found. */
static bool perform(const struct dut_memory_port *port, const struct dut_memory_request *request,
                    uint64_t *value)
{
    const struct dut_memory *memory = &port->memory;
    if (request->swap)
        return memory->compare_and_swap &&
               memory->compare_and_swap(memory->user, request->pa, port->bytes, request->expected,
                                        request->desired, value);
    return memory->read && memory->read(memory->user, request->pa, port->bytes, value);
}

/* The aligned 64 bytes around the word at `pa`, whose value is known; another word that errs reads
 * as 0. */
static void read_line(const struct dut_memory_port *port, uint64_t pa, uint64_t value,
                      uint64_t line[DUT_SHIM_LINE])
{
    const struct dut_memory *memory = &port->memory;
    bool (*peek)(void *, uint64_t, unsigned, uint64_t *) =
        memory->peek ? memory->peek : memory->read;
    uint64_t base = pa & ~(uint64_t)63;

    memset(line, 0, DUT_SHIM_LINE * sizeof *line);
    for (unsigned at = 0; at < 64; at += port->bytes) {
        uint64_t word = value;

        if (base + at == pa || peek(memory->user, base + at, port->bytes, &word))
            line[at / 8] |= word << at % 8 * 8;
    }
}

/* What stands where only a read's answer has a line: leaves that nobody may take. */
static void make_up_line(struct dut_memory_port *port, uint64_t line[DUT_SHIM_LINE])
{
    for (unsigned i = 0; i < DUT_SHIM_LINE; i++) {
        uint64_t leaf = (draw(port) & 0xffff) << 10 | 0xcf;
        line[i] = port->bytes == 4 ? leaf << 32 | leaf : leaf;
    }
}

/* An access that errs does not reach memory: a swap stores nothing. */
static void answer(struct dut_memory_port *port, unsigned id, struct dut_inputs *in)
{
    uint64_t value = 0;
    bool errs = port->timing.error_permille && draw(port) % 1000 < port->timing.error_permille;
    bool ok = !errs && perform(port, &port->request[id], &value);
    port->outstanding &= ~(1u << id);
    in->mem_valid = true;
    in->mem_id = (uint8_t)id;
    in->mem_data = ok ? value : 0;
    in->mem_error = !ok;
    if (port->line && ok && !port->request[id].swap)
        read_line(port, port->request[id].pa, value, in->mem_line);
    else if (port->line)
        make_up_line(port, in->mem_line);
}

bool dut_memory_drive(struct dut_memory_port *port, uint64_t cycle, struct dut_inputs *in)
{
    bool was_ready = in->mem_ready;
    in->mem_ready = !port->timing.stall_percent || draw(port) % 100 >= port->timing.stall_percent;
    in->mem_valid = false;
    if (!port->outstanding)
        return in->mem_ready != was_ready;
    int first = -1;
    for (unsigned id = 0; id < DUT_MEMORY_IDS; id++)
        if ((port->outstanding >> id & 1) && port->request[id].due <= cycle &&
            (first < 0 || port->request[id].due < port->request[first].due))
            first = (int)id;
    if (first >= 0)
        answer(port, (unsigned)first, in);
    return in->mem_valid || in->mem_ready != was_ready;
}

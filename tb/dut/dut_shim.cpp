// SPDX-License-Identifier: Apache-2.0
// The only C++ of the project: Verilator's class for dut_top behind the C calls of dut_shim.h.
#include "dut_shim.h"

#include "Vdut_top.h"
#include "Vdut_top___024root.h"
#include "verilated.h"
#if defined(DUT_WAVE_FST)
#include "verilated_fst_c.h"
typedef VerilatedFstC Wave;
#elif defined(DUT_WAVE_VCD)
#include "verilated_vcd_c.h"
typedef VerilatedVcdC Wave;
#endif

#include <cstdio>

namespace
{

struct Shim {
    VerilatedContext context;
    Vdut_top top;
    uint64_t time = 0;   // two steps a clock cycle
    bool loaded = false; // in this cycle
#ifdef DUT_WAVES
    Wave *wave = nullptr;
    bool wave_on = false;
#endif
    // What has no reset starts with random bits.
    Shim() : top((context.randReset(2), context.randSeed(1), &context))
    {
    }
};

// The pins of the line: one bit without MemoryLine, to which nothing listens.
void drive_line(CData &, const dut_inputs *)
{
}

template <class Wide> void drive_line(Wide &pins, const dut_inputs *in)
{
    if (!in->mem_valid)
        return;
    for (int i = 0; i < DUT_SHIM_LINE; i++) {
        pins[2 * i] = static_cast<uint32_t>(in->mem_line[i]);
        pins[2 * i + 1] = static_cast<uint32_t>(in->mem_line[i] >> 32);
    }
}

void drive_requests(Vdut_top &t, const dut_inputs *in)
{
    const dut_port_inputs &f = in->port[0], &d = in->port[1];
    t.fetch_req_valid_i = f.valid;
    if (f.valid) {
        t.fetch_req_tag_i = f.tag;
        t.fetch_req_va_i = f.va;
        t.fetch_req_size_i = f.size_log2;
        t.fetch_req_priv_i = f.privilege;
        t.fetch_req_speculative_i = f.speculative;
    }
    t.data_req_valid_i = d.valid;
    if (d.valid) {
        t.data_req_tag_i = d.tag;
        t.data_req_va_i = d.va;
        t.data_req_access_i = d.access;
        t.data_req_size_i = d.size_log2;
        t.data_req_priv_i = d.privilege;
        t.data_req_speculative_i = d.speculative;
    }
}

void drive_held(Vdut_top &t, const dut_inputs *in)
{
    t.rst_ni = !in->reset;
    t.satp_i = in->satp;
    t.sum_i = in->sum;
    t.mxr_i = in->mxr;
    t.sbe_i = in->sbe;
    t.adue_i = in->adue;
    t.pbmte_i = in->pbmte;
    t.sse_i = in->sse;
    t.senvcfg_pmm_i = in->pmm_u;
    t.menvcfg_pmm_i = in->pmm_s;
    t.mseccfg_pmm_i = in->pmm_m;
    t.pmp_valid_i = in->pmp_valid;
    t.fetch_kill_i = in->port[0].kill;
    t.data_kill_i = in->port[1].kill;
    t.mem_req_ready_i = in->mem_ready;
    t.mem_rsp_valid_i = in->mem_valid;
    t.mem_rsp_id_i = in->mem_id;
    t.mem_rsp_data_i = in->mem_data;
    drive_line(t.mem_rsp_line_i, in);
    t.mem_rsp_error_i = in->mem_error;
    t.fence_valid_i = in->fence_valid;
    t.fence_op_i = in->fence_op;
    t.fence_use_va_i = in->fence_use_va;
    t.fence_use_asid_i = in->fence_use_asid;
    t.fence_va_i = in->fence_va;
    t.fence_asid_i = in->fence_asid;
}

void sample(const Vdut_top &t, dut_outputs *out)
{
    dut_port_outputs &f = out->port[0], &d = out->port[1];
    f.ready = t.fetch_req_ready_o;
    f.valid = t.fetch_rsp_valid_o;
    if (f.valid) {
        f.tag = t.fetch_rsp_tag_o;
        f.result = t.fetch_rsp_result_o;
        f.page_shift = t.fetch_rsp_page_shift_o;
        f.pbmt = t.fetch_rsp_pbmt_o;
        f.cause = t.fetch_rsp_cause_o;
        f.pa = t.fetch_rsp_pa_o;
        f.tval = t.fetch_rsp_tval_o;
    }
    d.ready = t.data_req_ready_o;
    d.valid = t.data_rsp_valid_o;
    if (d.valid) {
        d.tag = t.data_rsp_tag_o;
        d.result = t.data_rsp_result_o;
        d.page_shift = t.data_rsp_page_shift_o;
        d.pbmt = t.data_rsp_pbmt_o;
        d.cause = t.data_rsp_cause_o;
        d.pa = t.data_rsp_pa_o;
        d.tval = t.data_rsp_tval_o;
    }
    out->fence_ready = t.fence_ready_o;
    out->pmp_ready = t.pmp_ready_o;
    out->pmp_taken = t.pmp_taken_o;
    out->mem_taken = t.mem_taken_o;
    out->mem_unstable = t.mem_unstable_o;
    if (!out->mem_taken)
        return;
    out->mem_id = t.mem_taken_id_o;
    out->mem_pa = t.mem_taken_pa_o;
    out->mem_swap = t.mem_taken_swap_o;
    out->mem_expected = t.mem_taken_expected_o;
    out->mem_desired = t.mem_taken_desired_o;
}

Shim *shim(void *self)
{
    return static_cast<Shim *>(self);
}

void dump(Shim *s)
{
#ifdef DUT_WAVES
    if (s->wave && s->wave_on)
        s->wave->dump(s->time);
#endif
    s->time++;
}

// Straps and PMP CSRs: the design takes them now.
void configure(Shim *s)
{
    s->top.configure_i = !s->top.configure_i;
    s->top.eval();
}

void destroy(void *self)
{
    Shim *s = shim(self);
#ifdef DUT_WAVES
    if (s->wave)
        s->wave->close();
    delete s->wave;
#endif
    s->top.final();
    delete s;
}

void parameters(void *self, uint32_t value[DUT_SHIM_PARAMETERS])
{
    for (int i = 0; i < DUT_SHIM_PARAMETERS; i++)
        value[i] = shim(self)->top.parameters_o[i];
}

void events(void *self, uint64_t count[DUT_SHIM_EVENTS])
{
    for (int i = 0; i < DUT_SHIM_EVENTS; i++)
        count[i] = shim(self)->top.events_o[2 * i] |
                   static_cast<uint64_t>(shim(self)->top.events_o[2 * i + 1]) << 32;
}

void straps(void *self, const dut_strap_inputs *in)
{
    Vdut_top &t = shim(self)->top;
    t.has_svnapot_i = in->svnapot;
    t.has_svrsw60t59b_i = in->svrsw60t59b;
    t.pmp_count_i = in->pmp_count;
    t.pmp_grain_i = in->pmp_grain;
    configure(shim(self));
}

void pmp(void *self, const dut_pmp_inputs *in)
{
    Vdut_top &t = shim(self)->top;
    for (int i = 0; i < DUT_SHIM_PMP / 4; i++)
        t.pmpcfg_i[i] = in->cfg[4 * i] | in->cfg[4 * i + 1] << 8 | in->cfg[4 * i + 2] << 16 |
                        static_cast<uint32_t>(in->cfg[4 * i + 3]) << 24;
    for (int i = 0; i < DUT_SHIM_PMP; i++) {
        t.pmpaddr_i[2 * i] = static_cast<uint32_t>(in->addr[i]);
        t.pmpaddr_i[2 * i + 1] = static_cast<uint32_t>(in->addr[i] >> 32);
    }
    t.mml_i = in->mml;
    t.mmwp_i = in->mmwp;
    configure(shim(self));
}

void *create()
{
    static const dut_pmp_inputs off = {};
    Shim *s = new Shim;
#ifdef DUT_WAVES
    s->context.traceEverOn(true);
#endif
    s->top.clk_i = s->top.load_i = s->top.loaded_i = s->top.asked_i = s->top.configure_i = 0;
    s->top.eval();
    pmp(s, &off);
    return s;
}

void load(void *self, const dut_inputs *in, dut_outputs *out)
{
    Shim *s = shim(self);
    drive_held(s->top, in);
    s->top.load_i = !s->top.load_i;
    if (!s->loaded)
        s->top.loaded_i = !s->top.loaded_i;
    s->loaded = true;
    s->top.eval();
    sample(s->top, out);
}

// The falling edge moves nothing, but Verilator must see it to notice the next rising one. Where
// its note of the clock's last level is known by name, that is all there is to do.
template <class Root>
auto fall(Vdut_top &t, Root *root, int) -> decltype(root->__Vtrigrprev__TOP__clk_i, void())
{
    t.clk_i = 0;
    root->__Vtrigrprev__TOP__clk_i = 0;
}

template <class Root> void fall(Vdut_top &t, Root *, long)
{
    t.clk_i = 0;
    t.eval();
}

// A cycle in the waves: its inputs and answers at the falling edge, the registers at the rising.
void clock(void *self, const dut_inputs *in, dut_outputs *out)
{
    Shim *s = shim(self);
    drive_requests(s->top, in);
    s->top.asked_i = !s->top.asked_i;
#ifdef DUT_WAVES
    s->top.eval();
    dump(s);
#else
    s->time++;
#endif
    s->top.clk_i = 1;
    s->top.eval();
    dump(s);
    s->loaded = false;
    sample(s->top, out);
    fall(s->top, s->top.rootp, 0);
}

#ifdef DUT_WAVES
bool wave_open(void *self, const char *path)
{
    Shim *s = shim(self);
    std::FILE *probe = std::fopen(path, "wb"); // Verilator stops the program when it cannot open
    if (!probe)
        return false;
    std::fclose(probe);
    s->wave = new Wave;
    s->top.trace(s->wave, 99);
    s->wave->open(path);
    return s->wave->isOpen();
}

void wave(void *self, bool on)
{
    Shim *s = shim(self);
    if (s->wave && s->wave_on && !on)
        s->wave->flush();
    s->wave_on = on;
}
#else
bool wave_open(void *, const char *)
{
    return false;
}

void wave(void *, bool)
{
}
#endif

const dut_shim_ops ops = {create, destroy, parameters, events,    straps,
                          pmp,    load,    clock,      wave_open, wave};

} // namespace

const dut_shim_ops *dut_shim_get(void)
{
    return &ops;
}

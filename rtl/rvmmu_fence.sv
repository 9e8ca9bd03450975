// SPDX-License-Identifier: Apache-2.0
// rvmmu_fence: the handshakes that order translations. A fence acts on the L1s and the walker in
// its first cycle; a full one on the L2 too. It completes at once, or when the L2 has gone through
// the sets that matter and no compare-and-swap of before is on its way. A change of PMP drains the
// ports and the walks, flushes everything, and completes. Privileged specification, "Supervisor
// Memory-Management Fence Instruction" (an address that is canonical in no mode of the build
// removes nothing), "Svinval" (sinval.vma acts as sfence.vma; the two ordering instructions have
// nothing left to do), "Physical Memory Protection and Paging".
`default_nettype none

module rvmmu_fence #(
    parameter int Xlen = 64,     // 32 or 64
    parameter int Levels = 3,    // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter bit HasL2 = 1'b0,
    parameter bit Pmp = 1'b0     // there is PMP
) (
    input  wire logic            clk_i,
    input  wire logic            rst_ni,
    // fence, from the core: held until ready, which is completion
    input  wire logic            fence_valid_i,
    output logic                 fence_ready_o,
    input  wire logic [     2:0] fence_op_i,
    input  wire logic            fence_use_va_i,    // by address (rs1 given)
    input  wire logic            fence_use_asid_i,  // by ASID (rs2 given)
    input  wire logic [Xlen-1:0] fence_va_i,
    // change of PMP, from the core: held until ready; the CSRs change in the next cycle
    input  wire logic            pmp_valid_i,
    output logic                 pmp_ready_o,
    output logic                 drain_o,           // the ports accept nothing
    input  wire logic            idle_i,            // no request and no walk is left
    // to all structures
    output logic                 soon_o,            // a fence may flush in this cycle: early to know
    output logic                 flush_o,           // for one cycle
    output logic                 use_va_o,          // of this flush, until the L2's part is done
    output logic                 use_asid_o,
    output logic                 outdate_o,         // a fence's first and its last cycle
    input  wire logic            l2_done_i,         // the L2's part is done, in this cycle
    input  wire logic            swap_pending_i     // a swap on its way that a fence waits for
);
  logic busy_q, sweeping_q, drain_q, valid_va, acts, sweeps, done, change;

  if (Xlen == 32) begin : gen_sv32
    assign valid_va = 1'b1;
  end else begin : gen_sv64
    assign valid_va = &fence_va_i[Xlen-1:9*Levels+11] || ~|fence_va_i[Xlen-1:9*Levels+11];
  end

  assign acts = fence_valid_i && !busy_q && (!fence_use_va_i || valid_va)
             && (fence_op_i == rvmmu_pkg::FenceSfenceVma || fence_op_i == rvmmu_pkg::FenceSinvalVma);
  assign sweeps = HasL2 && acts && (fence_use_va_i || fence_use_asid_i);
  assign done = busy_q ? (!sweeping_q || l2_done_i) && !swap_pending_i
                       : !sweeps && !(acts && swap_pending_i);
  assign fence_ready_o = fence_valid_i && done;

  assign soon_o     = (fence_valid_i && !busy_q) || drain_q;
  assign flush_o    = acts || change;
  assign use_va_o   = fence_use_va_i && !change;
  assign use_asid_o = fence_use_asid_i && !change;
  assign outdate_o  = acts || (busy_q && done);

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      busy_q     <= 1'b0;
      sweeping_q <= 1'b0;
    end else begin
      busy_q     <= (busy_q || acts) && !done;
      sweeping_q <= sweeps || (sweeping_q && !l2_done_i);
    end

  // A fence goes first.
  assign change = drain_q && idle_i && !fence_valid_i;
  assign pmp_ready_o = Pmp ? change : pmp_valid_i;
  assign drain_o = drain_q;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) drain_q <= 1'b0;
    else drain_q <= Pmp && pmp_valid_i && !change;

  logic unused;
  assign unused = &{1'b0, fence_va_i, idle_i};
endmodule

`default_nettype wire

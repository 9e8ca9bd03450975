// SPDX-License-Identifier: Apache-2.0
// rvmmu_fence: the fence handshake. A fence acts on the L1s and the walker in its first cycle; a
// full one on the L2 too, and completes at once. By address or ASID it completes when the L2 has
// gone through the sets that matter. Privileged specification, "Supervisor Memory-Management Fence
// Instruction"; an address that is canonical in no mode of the build removes nothing.
`default_nettype none

module rvmmu_fence #(
    parameter int Xlen = 64,     // 32 or 64
    parameter int Levels = 3,    // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter bit HasL2 = 1'b0
) (
    input  wire logic            clk_i,
    input  wire logic            rst_ni,
    // from the core: held until ready, which is completion
    input  wire logic            fence_valid_i,
    output logic                 fence_ready_o,
    input  wire logic            fence_use_va_i,    // by address (rs1 given)
    input  wire logic            fence_use_asid_i,  // by ASID (rs2 given)
    input  wire logic [Xlen-1:0] fence_va_i,
    // to all structures
    output logic                 flush_o,           // the fence's first cycle
    output logic                 outdate_o,         // its first and its last cycle
    input  wire logic            l2_done_i          // the L2's part is done, in this cycle
);
  logic busy_q, valid_va, finishes_now;

  if (Xlen == 32) begin : gen_sv32
    assign valid_va = 1'b1;
    logic unused;
    assign unused = &{1'b0, fence_va_i};
  end else begin : gen_sv64
    assign valid_va = &fence_va_i[Xlen-1:9*Levels+11] || ~|fence_va_i[Xlen-1:9*Levels+11];
    logic unused;
    assign unused = &{1'b0, fence_va_i};
  end

  assign flush_o = fence_valid_i && !busy_q && (!fence_use_va_i || valid_va);
  assign finishes_now = !HasL2 || !flush_o || (!fence_use_va_i && !fence_use_asid_i);
  assign fence_ready_o = busy_q ? l2_done_i : fence_valid_i && finishes_now;

  assign outdate_o = flush_o || (busy_q && l2_done_i);

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) busy_q <= 1'b0;
    else if (busy_q) busy_q <= !l2_done_i;
    else busy_q <= flush_o && !finishes_now;
endmodule

`default_nettype wire

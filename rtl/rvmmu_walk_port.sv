// SPDX-License-Identifier: Apache-2.0
// rvmmu_walk_port: which of the walks has the memory port, and what it asks there: to read its next
// PTE, or to swap the one that it has read for one with A and D set. What was shown to memory stays
// until memory takes it; then the walk that goes on at a pointer comes first, then those that wait,
// in turn, then the one that starts. Privileged specification, "Virtual Address Translation Process",
// steps 2 and 9.
//
// Latency: none. A walk that goes on or starts has been asked about at PMP a cycle before, and reads
// only what PMP permits (readable).
`default_nettype none

module rvmmu_walk_port #(
    parameter int Xlen = 64,        // 32 or 64
    parameter int Levels = 3,       // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,     // physical address bits
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int Walkers = 1,      // walks at once, 1 to 8
    parameter int OwnerWidth = 2,   // bits that say whose walk it is
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int RecordWidth = Xlen + 4 + OwnerWidth + WalkWidth,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                           clk_i,
    input  wire logic                           rst_ni,
    // the walks, as rvmmu_walk describes them
    input  wire logic [            Walkers-1:0] reads_i,
    input  wire logic [            Walkers-1:0] swaps_i,
    input  wire logic [Walkers*RecordWidth-1:0] record_i,
    output logic      [            Walkers-1:0] shown_o,    // it stood on the port before
    output logic      [            Walkers-1:0] issued_o,   // it is taken in this cycle
    output logic      [            Walkers-1:0] checked_o,  // PMP was asked whether it may read on
    output logic      [            Walkers-1:0] denied_o,   // and said no
    // the walk that was evaluated, one-hot, and whether it goes on: to this table, for this VPN
    input  wire logic                           goes_on_i,
    input  wire logic [            Walkers-1:0] eval_i,
    input  wire logic [           PpnWidth-1:0] eval_ppn_i,
    input  wire logic [           VpnWidth-1:0] eval_vpn_i,
    input  wire logic [                    2:0] eval_levels_i,  // with the table it came from
    // the walk that would start, one-hot, and whether it does
    input  wire logic                           starts_i,
    input  wire logic [            Walkers-1:0] start_i,
    input  wire logic [          WalkWidth-1:0] start_walk_i,
    // PMP lets the PTE be read that one of these asks for
    input  wire logic                           readable_i,
    // memory, as rvmmu_walker describes it
    output logic                                mem_req_valid_o,
    input  wire logic                           mem_req_ready_i,
    output logic      [            IdWidth-1:0] mem_req_id_o,
    output logic      [            PaWidth-1:0] mem_req_pa_o,
    output logic                                mem_req_swap_o,
    output logic      [               Xlen-1:0] mem_req_expected_o,
    output logic      [               Xlen-1:0] mem_req_desired_o,
    // fence, for one cycle: nothing new is shown for a walk that waits
    input  wire logic                           flush_i
);
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;
  localparam int Vpn = HeadWidth + rvmmu_pkg::OffsetWidth;
  localparam bit Svadu = Features[rvmmu_pkg::FeatureSvadu];

  // ---- Who.
  logic [Walkers-1:0] waiting, chosen, shown_q;

  assign checked_o = goes_on_i ? eval_i : starts_i ? start_i : '0;
  assign denied_o = readable_i ? '0 : checked_o;

  rvmmu_arbiter #(.Requesters(Walkers)) u_waiting (
      .clk_i, .rst_ni, .request_i(reads_i | swaps_i),
      .take_i(|(issued_o & waiting)), .grant_o(waiting)
  );

  always_comb begin
    chosen = '0;
    if (|shown_q) chosen = shown_q;
    else if (goes_on_i) chosen = readable_i ? eval_i : '0;
    else if (|(reads_i | swaps_i) && !flush_i) chosen = waiting;
    else if (starts_i && readable_i) chosen = start_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) shown_q <= '0;
    else shown_q <= mem_req_ready_i ? '0 : chosen;

  assign mem_req_valid_o = |chosen;
  assign issued_o = mem_req_ready_i ? chosen : '0;
  assign shown_o = shown_q;

  always_comb begin
    mem_req_id_o = '0;
    for (int w = 0; w < Walkers; w++) if (chosen[w]) mem_req_id_o = mem_req_id_o | IdWidth'(w);
  end

  // ---- Where: the next PTE of a walk that has this table and so many levels left (step 2).
  logic [RecordWidth-1:0] waiting_walk;
  logic [PpnWidth-1:0] start_root, waiting_root, next_root;
  logic [VpnWidth-1:0] start_vpn, waiting_vpn, next_vpn;
  logic [2:0] start_levels, waiting_levels, next_levels;
  logic [9:0] index;

  rvmmu_mux #(.Inputs(Walkers), .Width(RecordWidth)) u_waiting_walk (
      .select_i(|shown_q ? shown_q : waiting), .data_i(record_i), .data_o(waiting_walk)
  );
  assign waiting_root   = waiting_walk[Root+:PpnWidth];
  assign waiting_vpn    = waiting_walk[Vpn+:VpnWidth];
  assign waiting_levels = waiting_walk[rvmmu_pkg::WalkLevels+:3];
  assign start_root     = start_walk_i[Root+:PpnWidth];
  assign start_vpn      = start_walk_i[Vpn+:VpnWidth];
  assign start_levels   = start_walk_i[rvmmu_pkg::WalkLevels+:3];

  always_comb begin
    if (!(|shown_q) && goes_on_i) begin
      next_root   = eval_ppn_i;
      next_vpn    = eval_vpn_i;
      next_levels = rvmmu_pkg::one_less(eval_levels_i);
    end else if (|(reads_i | swaps_i)) begin
      next_root   = waiting_root;
      next_vpn    = waiting_vpn;
      next_levels = waiting_levels;
    end else begin
      next_root   = start_root;
      next_vpn    = start_vpn;
      next_levels = start_levels;
    end
  end

  assign index = rvmmu_pkg::pte_index(45'(next_vpn), rvmmu_pkg::one_less(next_levels), VpnBits);
  assign mem_req_pa_o = {next_root, (Xlen == 64) ? {index[8:0], 3'd0} : {index, 2'd0}};

  // ---- Swaps (step 9).
  if (Svadu) begin : gen_swap
    logic big;
    logic [rvmmu_pkg::AccessWidth-1:0] access;
    logic [7:0] marks;
    logic [Xlen-1:0] expected, desired;

    assign big = waiting_walk[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextSbe];
    assign expected = waiting_walk[RecordWidth-1-:Xlen];
    assign access = waiting_walk[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
    assign marks = rvmmu_pkg::marks(rvmmu_pkg::writes(access));
    assign desired = expected | Xlen'(marks);

    rvmmu_byte_order #(
        .Xlen(Xlen), .BigEndian(Features[rvmmu_pkg::FeatureBigEndian])
    ) u_expected (
        .pte_i(expected), .big_i(big), .pte_o(mem_req_expected_o)
    );
    rvmmu_byte_order #(
        .Xlen(Xlen), .BigEndian(Features[rvmmu_pkg::FeatureBigEndian])
    ) u_desired (
        .pte_i(desired), .big_i(big), .pte_o(mem_req_desired_o)
    );
    assign mem_req_swap_o = |(chosen & swaps_i);
  end else begin : gen_no_swap
    assign mem_req_swap_o = 1'b0;
    assign mem_req_expected_o = '0;
    assign mem_req_desired_o = '0;
  end

  logic unused;
  assign unused = &{1'b0, start_walk_i, waiting_walk, index};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_pmp_ask: what the walker asks physical memory protection, one question a cycle: of a PTE that
// is looked at, what it leads to; else, ahead, the first PTE of the walk whose line is prefetched, of
// the walk that stands to start, or of the one that is next to. What PMP says of a question,
// rvmmu_pmp_match and rvmmu_pmp know. Privileged specification, "Physical Memory Protection and
// Paging": implicit accesses to page tables are S-mode's.
//
// Latency: the answer comes in the cycle after the question, of the CSRs' state in both.
`default_nettype none

module rvmmu_pmp_ask #(
    parameter int Xlen = 64,        // 32 or 64
    parameter int Levels = 3,       // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,     // physical address bits
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int Entries = 8,      // 1 to 64
    parameter int Grain = 0,        // G of the build
    parameter bit Prefetches = 1'b0,  // spare_... is in use
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int BlockWidth = PaWidth - 2
) (
    input  wire logic                          clk_i,
    input  wire logic                          rst_ni,
    // CSRs and straps, as rvmmu describes them
    input  wire logic [         8*Entries-1:0] pmpcfg_i,
    input  wire logic [BlockWidth*Entries-1:0] pmpaddr_i,
    input  wire logic                          mml_i,
    input  wire logic                          mmwp_i,
    input  wire logic [                   6:0] count_i,
    input  wire logic [                   5:0] grain_i,
    // a PTE is looked at: the question of rvmmu_look
    input  wire logic                          look_valid_i,
    input  wire logic [        BlockWidth-1:0] look_address_i,
    input  wire logic [        BlockWidth-1:0] look_block_i,
    input  wire logic                          look_machine_i,
    // the walk whose line is prefetched; the one that stands to start; the one that is next to
    input  wire logic                          spare_valid_i,
    input  wire logic [         WalkWidth-1:0] spare_walk_i,
    input  wire logic                          start_valid_i,
    input  wire logic [         WalkWidth-1:0] start_walk_i,
    input  wire logic                          start_taken_i,
    input  wire logic                          next_valid_i,
    input  wire logic [         WalkWidth-1:0] next_walk_i,
    // answer to the question of the last cycle
    input  wire logic                          evaluates_i,      // it is used; else any answer
    output logic                               whole_o,          // as rvmmu_pmp says
    output logic      [                   2:0] xwr_o,
    output logic                               readable_o,       // a PTE there
    output logic                               writable_o,
    output logic                               start_checked_o   // it is of the walk to start
);
  // ---- The question.
  logic asks_start;
  logic [WalkWidth-1:0] start_walk;
  logic [PpnWidth-1:0] start_root;
  logic [VpnWidth-1:0] start_vpn;
  logic [2:0] start_levels;
  logic [9:0] first_index;
  logic [BlockWidth-1:0] first_pte, address, block;

  assign asks_start = !look_valid_i && !spare_valid_i;
  assign start_walk = spare_valid_i ? spare_walk_i : start_valid_i ? start_walk_i : next_walk_i;
  assign start_root   = start_walk[rvmmu_pkg::WalkAsid+AsidWidth+:PpnWidth];
  assign start_vpn    = start_walk[HeadWidth+rvmmu_pkg::OffsetWidth+:VpnWidth];
  assign start_levels = start_walk[rvmmu_pkg::WalkLevels+:3];
  assign first_index =
      rvmmu_pkg::pte_index(45'(start_vpn), rvmmu_pkg::one_less(start_levels), VpnBits);
  assign first_pte = {start_root, (Xlen == 64) ? {first_index[8:0], 1'b0} : first_index};
  assign address = look_valid_i ? look_address_i : first_pte;
  assign block = look_valid_i ? look_block_i : BlockWidth'(Xlen == 64);

  // ---- Which entries it concerns, in its cycle.
  logic checked_q, machine_q;
  logic [Entries-1:0] covers, overlaps, covers_q, overlaps_q;

  rvmmu_pmp_match #(
      .PaWidth(PaWidth), .Entries(Entries), .Grain(Grain)
  ) u_match (
      .pmpcfg_i, .pmpaddr_i, .count_i, .grain_i,
      .ask_i(look_valid_i || spare_valid_i || start_valid_i || next_valid_i),
      .address_i(address), .block_i(block), .covers_o(covers), .overlaps_o(overlaps)
  );

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) checked_q <= 1'b0;
    else checked_q <= asks_start && !start_taken_i;
  always_ff @(posedge clk_i) begin
    covers_q   <= covers;
    overlaps_q <= overlaps;
    machine_q  <= look_valid_i && look_machine_i;
  end

  // ---- What they say, in the next one. A PTE is read only if one entry speaks for all of it.
  rvmmu_pmp #(.Entries(Entries)) u_pmp (
      .pmpcfg_i, .mml_i, .mmwp_i, .count_i,
      .ask_i(evaluates_i || start_valid_i || Prefetches),
      .covers_i(covers_q), .overlaps_i(overlaps_q), .machine_i(machine_q),
      .whole_o, .r_o(xwr_o[0]), .w_o(xwr_o[1]), .x_o(xwr_o[2])
  );
  assign readable_o = xwr_o[0] && whole_o;
  assign writable_o = xwr_o[1] && whole_o;
  assign start_checked_o = checked_q;

  logic unused;
  assign unused = &{1'b0, start_walk, first_index};
endmodule

`default_nettype wire

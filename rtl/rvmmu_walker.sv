// SPDX-License-Identifier: Apache-2.0
// rvmmu_walker: the hardware page-table walker: several walks at once over one memory port, and the
// only place where a page fault is born. Privileged specification, "Virtual Address Translation
// Process"; A and D are not written (Svade): where one would have to be, the access faults.
//
// Latency: the first read stands on the memory port in the cycle of the start; the next one, or the
// end of the walk, in the cycle after a PTE's arrival.
`default_nettype none

module rvmmu_walker #(
    parameter int Xlen = 64,        // 32 or 64
    parameter int Levels = 3,       // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,     // physical address bits
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int Walkers = 1,      // walks at once, 1 to 8
    parameter int OwnerWidth = 2,   // bits that say whose walk it is
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int WalkWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // start, from the L2 or the L1s
    input  wire logic                  start_valid_i,
    output logic                       start_ready_o,
    input  wire logic [OwnerWidth-1:0] start_owner_i,
    input  wire logic [ WalkWidth-1:0] start_walk_i,
    // end, to the L1s and the L2; never refused, and independent of flush
    output logic                       end_valid_o,
    output logic      [OwnerWidth-1:0] end_owner_o,
    output logic      [           1:0] end_fault_o,
    output logic      [EntryWidth-1:0] end_entry_o,  // a granted leaf when there is no fault
    output logic                       end_old_o,    // the leaf must not enter the L2
    output logic      [  VpnWidth-1:0] end_vpn_o,
    output logic      [ AsidWidth-1:0] end_asid_o,
    // memory: reads of one PTE, answered in any order after one cycle or more
    output logic                       mem_req_valid_o,
    input  wire logic                  mem_req_ready_i,
    output logic      [   IdWidth-1:0] mem_req_id_o,
    output logic      [   PaWidth-1:0] mem_req_pa_o,
    input  wire logic                  mem_rsp_valid_i,
    input  wire logic [   IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [      Xlen-1:0] mem_rsp_data_i,
    input  wire logic                  mem_rsp_error_i,
    // fence, for one cycle: all walks are forgotten, late PTEs are dropped; their owners ask again
    input  wire logic                  flush_i,
    // events, one-cycle strobes
    output logic                       event_walk_o,
    output logic                       event_read_o,
    output logic                       event_fault_o
);
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;
  localparam int Vpn = Root + PpnWidth;
  localparam int Record = WalkWidth + OwnerWidth + 1;
  localparam int PteBytesLog2 = (Xlen == 32) ? 2 : 3;

  // The address of the next PTE of a walk that has this table and so many levels left (step 2).
  function automatic logic [PaWidth-1:0] pte_pa(input logic [PpnWidth-1:0] table_ppn,
                                                input logic [VpnWidth-1:0] vpn,
                                                input logic [2:0] levels);
    logic [VpnBits-1:0] index;
    index = '0;
    for (int l = 0; l < Levels; l++) if (levels == 3'(l + 1)) index = vpn[l*VpnBits+:VpnBits];
    pte_pa = {table_ppn, index, PteBytesLog2'(0)};
  endfunction

  // ---- The walks.
  logic [Walkers-1:0] idle, reads, refused, late, start, issued, arrived, refuse_chosen;
  logic [Walkers-1:0] eval_q, shown_q;
  logic [Walkers*Record-1:0] record;  // | G above | owner | walk | of each

  logic start_fire, start_refused, steps;
  logic [Walkers-1:0] first_idle;
  logic [EntryWidth-1:0] pte_entry;
  logic [PpnWidth-1:0] pte_ppn;

  assign first_idle = idle & (~idle + Walkers'(1));
  // New walks wait behind one that is refused, so that it cannot be kept from evaluation.
  assign start_ready_o = |idle && !(|refused) && !flush_i;
  assign start_fire = start_valid_i && start_ready_o;
  assign start_refused = !start_walk_i[rvmmu_pkg::WalkCanonical]
                      || start_walk_i[rvmmu_pkg::WalkBeyond];
  assign start = start_fire ? first_idle : '0;

  for (genvar w = 0; w < Walkers; w++) begin : gen_walk
    rvmmu_walk #(
        .AsidWidth(AsidWidth), .PpnWidth(PpnWidth), .WalkWidth(WalkWidth), .OwnerWidth(OwnerWidth)
    ) u_walk (
        .clk_i, .rst_ni,
        .start_i(start[w]), .start_owner_i, .start_walk_i, .start_refused_i(start_refused),
        .shown_i(shown_q[w]), .issued_i(issued[w]), .arrived_i(arrived[w]),
        .chosen_i(refuse_chosen[w]),
        .pointer_i(eval_q[w] && steps), .pointer_ppn_i(pte_ppn),
        .pointer_global_i(pte_entry[rvmmu_pkg::EntryGlobal]),
        .flush_i,
        .idle_o(idle[w]), .read_o(reads[w]), .refused_o(refused[w]), .late_o(late[w]),
        .record_o(record[w*Record+:Record])
    );
    assign arrived[w] = mem_rsp_valid_i && mem_rsp_id_i == IdWidth'(w);
  end

  // ---- Arrival: the PTE, or the verdict on a refused walk when no PTE comes: as an error if its
  //      root lies beyond physical memory, else (not canonical) as a PTE that is not valid.
  logic [Xlen-1:0] pte_q;
  logic error_q;

  assign refuse_chosen = mem_rsp_valid_i ? '0 : refused & (~refused + Walkers'(1));

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) eval_q <= '0;
    else eval_q <= flush_i ? '0 : (arrived & ~late) | refuse_chosen;

  logic [Record-1:0] refused_record;

  rvmmu_mux #(.Inputs(Walkers), .Width(Record)) u_refused (
      .select_i(refuse_chosen), .data_i(record), .data_o(refused_record)
  );

  always_ff @(posedge clk_i)
    if (mem_rsp_valid_i) begin
      pte_q   <= mem_rsp_data_i;
      error_q <= mem_rsp_error_i;
    end else if (|refused) begin
      pte_q   <= '0;
      error_q <= refused_record[rvmmu_pkg::WalkCanonical];
    end

  // ---- Evaluation, one PTE a cycle.
  logic [WalkWidth-1:0] eval_walk;
  logic [OwnerWidth-1:0] eval_owner;
  logic eval_global;
  logic [2:0] eval_levels;
  logic [VpnWidth-1:0] eval_vpn;
  logic pointer, leaf, accessed, pte_beyond, allowed, page_beyond;
  logic [PpnWidth-1:0] page_ppn;

  rvmmu_mux #(.Inputs(Walkers), .Width(Record)) u_eval (
      .select_i(eval_q), .data_i(record), .data_o({eval_global, eval_owner, eval_walk})
  );
  assign eval_vpn = eval_walk[Vpn+:VpnWidth];
  assign eval_levels = eval_walk[rvmmu_pkg::WalkLevels+:3];

  rvmmu_pte #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth)
  ) u_pte (
      .pte_i(pte_q), .level_i(eval_levels - 3'd1), .pointer_o(pointer), .leaf_o(leaf),
      .accessed_o(accessed), .beyond_o(pte_beyond), .entry_o(pte_entry)
  );
  assign pte_ppn = pte_entry[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth)
  ) u_grant (
      .entry_i(pte_entry), .accessed_i(accessed), .vpn_i(eval_vpn),
      .context_i(eval_walk[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth]),
      .access_i(eval_walk[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth]),
      .allowed_o(allowed), .beyond_o(page_beyond), .ppn_o(page_ppn)
  );

  assign steps = !error_q && pointer && !pte_beyond;

  always_comb begin
    end_fault_o = rvmmu_pkg::FaultNone;
    if (error_q || (pointer && pte_beyond)) end_fault_o = rvmmu_pkg::FaultAccess;
    else if (!leaf || !allowed) end_fault_o = rvmmu_pkg::FaultPage;
    else if (pte_beyond || page_beyond) end_fault_o = rvmmu_pkg::FaultAccess;
  end

  assign end_valid_o = |eval_q && !steps;
  assign end_owner_o = eval_owner;
  assign end_old_o = eval_walk[rvmmu_pkg::WalkOld];
  assign end_vpn_o = eval_vpn;
  assign end_asid_o = eval_walk[rvmmu_pkg::WalkAsid+:AsidWidth];
  assign end_entry_o = {
    page_ppn,
    pte_entry[rvmmu_pkg::EntryMask+:MaskWidth],
    pte_entry[rvmmu_pkg::EntryGlobal] | eval_global,
    pte_entry[rvmmu_pkg::FlagsWidth-1:0]
  };

  // ---- Memory requests: one that was shown stays; then the walk that goes on, those that wait,
  //      the one that starts.
  logic [Walkers-1:0] waiting, chosen;
  logic goes_on, starts;
  logic [Record-1:0] waiting_walk;
  logic [PpnWidth-1:0] start_root, waiting_root, next_root;
  logic [VpnWidth-1:0] start_vpn, waiting_vpn, next_vpn;
  logic [2:0] start_levels, waiting_levels, next_levels;

  assign goes_on = |eval_q && steps && !flush_i;
  assign starts = start_fire && !start_refused;

  rvmmu_arbiter #(.Requesters(Walkers)) u_waiting (
      .clk_i, .rst_ni, .request_i(reads),
      .take_i(mem_req_ready_i && !(|shown_q) && !goes_on), .grant_o(waiting)
  );

  always_comb begin
    chosen = '0;
    if (|shown_q) chosen = shown_q;
    else if (goes_on) chosen = eval_q;
    else if (|reads && !flush_i) chosen = waiting;
    else if (starts) chosen = first_idle;
  end

  rvmmu_mux #(.Inputs(Walkers), .Width(Record)) u_waiting_walk (
      .select_i(|shown_q ? shown_q : waiting), .data_i(record), .data_o(waiting_walk)
  );
  assign waiting_root   = waiting_walk[Root+:PpnWidth];
  assign waiting_vpn    = waiting_walk[Vpn+:VpnWidth];
  assign waiting_levels = waiting_walk[rvmmu_pkg::WalkLevels+:3];
  assign start_root     = start_walk_i[Root+:PpnWidth];
  assign start_vpn      = start_walk_i[Vpn+:VpnWidth];
  assign start_levels   = start_walk_i[rvmmu_pkg::WalkLevels+:3];

  always_comb begin
    if (!(|shown_q) && goes_on) begin
      next_root   = pte_ppn;
      next_vpn    = eval_vpn;
      next_levels = eval_levels - 3'd1;
    end else if (|reads) begin
      next_root   = waiting_root;
      next_vpn    = waiting_vpn;
      next_levels = waiting_levels;
    end else begin
      next_root   = start_root;
      next_vpn    = start_vpn;
      next_levels = start_levels;
    end
  end

  always_comb begin
    mem_req_id_o = '0;
    for (int w = 0; w < Walkers; w++) if (chosen[w]) mem_req_id_o = mem_req_id_o | IdWidth'(w);
  end

  assign mem_req_valid_o = |chosen;
  assign mem_req_pa_o = pte_pa(next_root, next_vpn, next_levels);
  assign issued = mem_req_ready_i ? chosen : '0;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) shown_q <= '0;
    else shown_q <= mem_req_ready_i ? '0 : chosen;

  assign event_walk_o  = start_fire;
  assign event_read_o  = mem_req_valid_o && mem_req_ready_i;
  assign event_fault_o = end_valid_o && end_fault_o != rvmmu_pkg::FaultNone;
endmodule

`default_nettype wire

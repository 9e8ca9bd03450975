// SPDX-License-Identifier: Apache-2.0
// rvmmu_walker: the hardware page-table walker: several walks at once over one memory port, which
// it reads and, for A and D, compares and swaps at. A PTE is looked at in the cycle of its arrival
// (rvmmu_look, and what PMP's entries have to do with what it leads to) and evaluated in the next one
// (rvmmu_evaluate). Privileged specification, "Virtual Address Translation Process".
//
// Latency: the first read stands on the memory port in the cycle of the start; the next one, or the
// end of the walk, in the cycle after a PTE's arrival. With PMP a walk may start once PMP was asked
// about its first PTE, in the cycle before. Two cycles more for each time that PMP must be asked about
// less memory; what faults without a read ends in the second cycle after the start.
`default_nettype none

module rvmmu_walker #(
    parameter int Xlen = 64,        // 32 or 64
    parameter int Levels = 3,       // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,     // physical address bits
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int Walkers = 1,      // walks at once, 1 to 8
    parameter int OwnerWidth = 2,   // bits that say whose walk it is
    parameter bit MemoryLine = 1'b0,  // memory answers a read with the 64 bytes around it
    parameter int Prefetch = 0,     // next pages' leaves taken from that line, 0 to 7
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter int PmpEntries = 0,   // 0: no PMP
    parameter int PmpGrain = 0,     // G of the build
    localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1,
    localparam int PmpAddrWidth = PaWidth - 2,
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LookWidth = rvmmu_pkg::LookEntry + EntryWidth,
    localparam int LineWidth = MemoryLine ? 512 : 1,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // PMP CSRs and straps, as rvmmu describes them
    input  wire logic [            8*PmpPorts-1:0] pmpcfg_i,
    input  wire logic [ PmpAddrWidth*PmpPorts-1:0] pmpaddr_i,
    input  wire logic                              mml_i,
    input  wire logic                              mmwp_i,
    input  wire logic                  has_svnapot_i,
    input  wire logic                  has_svrsw60t59b_i,
    input  wire logic [           6:0] pmp_count_i,
    input  wire logic [           5:0] pmp_grain_i,
    // start, from the L2 or the L1s
    input  wire logic                  start_valid_i,
    output logic                       start_ready_o,
    input  wire logic [OwnerWidth-1:0] start_owner_i,
    input  wire logic [ WalkWidth-1:0] start_walk_i,
    // the walk that would start next if none stands to start now: PMP is asked ahead
    input  wire logic                  next_valid_i,
    input  wire logic [ WalkWidth-1:0] next_walk_i,
    // end, to the L1s and the L2; never refused, and independent of flush
    output logic                       end_soon_o,   // of registers only: it may come
    output logic                       end_valid_o,
    output logic      [OwnerWidth-1:0] end_owner_o,
    output logic      [           1:0] end_fault_o,
    output logic      [EntryWidth-1:0] end_entry_o,  // a granted leaf when there is no fault
    output logic                       end_keep_o,   // the leaf may enter the L1's TLB
    output logic                       end_share_o,  // the leaf may enter the L2
    output logic      [  VpnWidth-1:0] end_vpn_o,
    output logic      [ AsidWidth-1:0] end_asid_o,
    // leaf that was prefetched, to the L2: entry, VPN and ASID above are its own; while ready
    output logic                       spare_valid_o,
    input  wire logic                  spare_ready_i,
    // pointer that a walk has read, to the walk cache; of the VPN and ASID above
    output logic                       pointer_o,
    output logic      [           2:0] pointer_mode_o,
    output logic                       pointer_user_o,    // it was read for U-mode
    output logic      [           2:0] pointer_levels_o,  // left below it
    output logic      [  PpnWidth-1:0] pointer_ppn_o,
    output logic                       pointer_global_o,  // G of it or of one above
    // memory: reads and swaps of one PTE, answered in any order after one cycle or more
    output logic                       mem_req_valid_o,
    input  wire logic                  mem_req_ready_i,
    output logic      [   IdWidth-1:0] mem_req_id_o,
    output logic      [   PaWidth-1:0] mem_req_pa_o,
    output logic                       mem_req_swap_o,
    output logic      [      Xlen-1:0] mem_req_expected_o,
    output logic      [      Xlen-1:0] mem_req_desired_o,
    input  wire logic                  mem_rsp_valid_i,
    input  wire logic [   IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [      Xlen-1:0] mem_rsp_data_i,
    input  wire logic [ LineWidth-1:0] mem_rsp_line_i,
    input  wire logic                  mem_rsp_error_i,
    // fence, for one cycle: all walks are forgotten, late PTEs are dropped; their owners ask again
    input  wire logic                  flush_i,
    output logic                       swap_pending_o,  // a swap on its way that it waits for
    output logic                       idle_o,
    // events, one-cycle strobes
    output logic                       event_walk_o,
    output logic                       event_cache_o,   // a walk that begins below the root
    output logic                       event_read_o,
    output logic                       event_update_o,
    output logic                       event_fault_o
);
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;
  localparam int Vpn = HeadWidth + rvmmu_pkg::OffsetWidth;
  localparam int Sbe = rvmmu_pkg::WalkContext + rvmmu_pkg::ContextSbe;
  localparam int Record = Xlen + 4 + OwnerWidth + WalkWidth;
  localparam bit Pmp = PmpEntries > 0;
  localparam bit Svadu = Features[rvmmu_pkg::FeatureSvadu];
  localparam bit BigEndian = Features[rvmmu_pkg::FeatureBigEndian];

  // ---- The walks.
  logic [Walkers-1:0] idle, reads, swaps, again, late, swapping, start, issued, denied, checked;
  logic [Walkers-1:0] arrived, again_chosen, eval_q, shown, swap_shown;
  logic [Walkers*Record-1:0] record;  // | kept PTE | ... | walk | of each

  logic start_fire, start_refused, start_checked, steps, narrow, update;
  logic [1:0] narrow_scope;
  logic [Walkers-1:0] first_idle;
  logic [Xlen-1:0] start_pte;
  logic start_bare;
  logic [2:0] start_levels;
  logic [PpnWidth-1:0] pte_ppn;
  logic [Xlen-1:0] pte;
  logic pte_global, pmp_whole;
  logic [2:0] pmp_xwr;
  logic readable, writable;  // the PTE that PMP was asked about

  assign first_idle = idle & (~idle + Walkers'(1));
  // New walks wait behind one that is to be looked at again, so that it cannot be kept from it.
  assign start_ready_o = |idle && !(|again) && start_checked && !flush_i;
  assign start_fire = start_valid_i && start_ready_o;
  assign start_refused = !start_walk_i[rvmmu_pkg::WalkCanonical]
                      || start_walk_i[rvmmu_pkg::WalkBeyond]
                      || start_levels == 3'd0;
  assign start = start_fire ? first_idle : '0;
  // What a walk that reads nothing sees: untranslated, a PTE that maps the page to itself; not
  // canonical, one that is not valid.
  assign start_pte = start_bare ? Xlen'({start_walk_i[Root+:PpnWidth], 2'd0, 8'b1100_1111}) : '0;
  assign start_bare = Pmp && start_levels == 3'd0;
  assign start_levels = start_walk_i[rvmmu_pkg::WalkLevels+:3];

  for (genvar w = 0; w < Walkers; w++) begin : gen_walk
    rvmmu_walk #(
        .Xlen(Xlen), .AsidWidth(AsidWidth), .PpnWidth(PpnWidth), .WalkWidth(WalkWidth),
        .OwnerWidth(OwnerWidth), .Keeps(Svadu || Pmp)
    ) u_walk (
        .clk_i, .rst_ni,
        .start_i(start[w]), .start_owner_i, .start_walk_i, .start_refused_i(start_refused),
        .start_pte_i(start_pte),
        .shown_i(shown[w]), .issued_i(issued[w]), .denied_i(denied[w]), .checked_i(checked[w]),
        .writable_i(writable), .arrived_i(arrived[w]), .chosen_i(again_chosen[w]),
        .pointer_i(eval_q[w] && steps), .pointer_ppn_i(pte_ppn), .pointer_global_i(pte_global),
        .narrow_i(eval_q[w] && narrow), .narrow_scope_i(narrow_scope),
        .update_i(eval_q[w] && update), .pte_i(pte),
        .flush_i,
        .idle_o(idle[w]), .read_o(reads[w]), .swap_o(swaps[w]), .again_o(again[w]),
        .late_o(late[w]), .swapping_o(swapping[w]), .record_o(record[w*Record+:Record])
    );
    assign arrived[w] = mem_rsp_valid_i && mem_rsp_id_i == IdWidth'(w);
  end

  assign swap_shown = swaps & shown;
  assign swap_pending_o = |((swapping | swap_shown) & (late | {Walkers{flush_i}}));
  assign idle_o = &idle;

  // ---- Arrival: the PTE, or, when none comes, a walk that needs no read: with the PTE it has kept
  //      or has begun with; else as an error: refused by PMP, or beyond physical memory.
  logic looks, seen_error, swapped, swapped_q, kept, bare;
  logic spare_looks, spare_q, spare;  // a prefetched PTE is looked at; evaluated; worth something
  logic [Record-1:0] seen_record;
  logic [WalkWidth-1:0] spare_walk, walked, seen_walk;
  logic [Xlen-1:0] pte_q, arrived_pte, kept_pte, seen_pte, spare_pte;
  logic [1:0] seen_scope;
  logic [LookWidth-1:0] look, look_q;

  assign again_chosen = mem_rsp_valid_i ? '0 : again & (~again + Walkers'(1));
  assign looks = mem_rsp_valid_i || |again || spare_looks;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) eval_q <= '0;
    else eval_q <= flush_i ? '0 : (arrived & ~late) | again_chosen;

  rvmmu_mux #(.Inputs(Walkers), .Width(Record)) u_seen (
      .select_i(arrived | again_chosen), .data_i(record), .data_o(seen_record)
  );
  rvmmu_byte_order #(.Xlen(Xlen), .BigEndian(BigEndian)) u_arrived_pte (
      .pte_i(mem_rsp_data_i), .big_i(seen_record[Sbe]), .pte_o(arrived_pte)
  );
  assign swapped = Svadu && |(arrived & swapping) && arrived_pte == kept_pte;
  assign kept = seen_record[Record-Xlen-2];
  assign bare = seen_record[rvmmu_pkg::WalkLevels+:3] == 3'd0;

  assign seen_walk  = spare_looks ? spare_walk : seen_record[WalkWidth-1:0];
  assign seen_scope = spare_looks ? rvmmu_pkg::ScopePage : seen_record[Record-Xlen-3-:2];
  assign kept_pte   = seen_record[Record-1-:Xlen];
  assign seen_pte = mem_rsp_valid_i ? arrived_pte
                  : spare_looks ? spare_pte : kept_pte;
  assign seen_error = mem_rsp_valid_i ? mem_rsp_error_i
                    : !spare_looks && !kept
                        && (bare ? !Pmp || seen_record[rvmmu_pkg::WalkBeyond]
                                 : seen_record[rvmmu_pkg::WalkCanonical]);

  localparam int BlockWidth = PaWidth - 2;
  logic [BlockWidth-1:0] look_address, look_block;
  logic look_machine;

  rvmmu_look #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Features),
      .Pmp(Pmp)
  ) u_look (
      .ask_i(looks), .has_svnapot_i, .has_svrsw60t59b_i,
      .walk_i(seen_walk), .scope_i(seen_scope), .pte_i(seen_pte), .error_i(seen_error),
      .look_o(look),
      .address_o(look_address), .block_o(look_block), .machine_o(look_machine)
  );

  always_ff @(posedge clk_i)
    if (looks) begin
      pte_q     <= seen_pte;
      look_q    <= look;
      swapped_q <= swapped;
    end

  // ---- Prefetch: when neither memory nor a walk has something to look at.
  logic spare_asks;
  if (Prefetch > 0) begin : gen_prefetch
    logic load, quiet;

    assign load = mem_rsp_valid_i && !mem_rsp_error_i && |(arrived & ~late & ~swapping)
               && seen_record[rvmmu_pkg::WalkLevels+:3] == 3'd1
               && !seen_record[rvmmu_pkg::WalkOld];
    assign quiet = spare_ready_i && !flush_i && !start_valid_i && !next_valid_i
                && !mem_rsp_valid_i && !(|{eval_q, again, reads, swaps});

    rvmmu_prefetch #(
        .Xlen(Xlen), .WalkWidth(WalkWidth), .VpnAt(Vpn), .BigEndian(BigEndian), .Pages(Prefetch)
    ) u_prefetch (
        .clk_i, .rst_ni, .load_i(load), .load_walk_i(seen_record[WalkWidth-1:0]),
        .load_line_i(mem_rsp_line_i),
        .quiet_i(quiet), .asks_o(spare_asks), .readable_i(readable), .looks_o(spare_looks),
        .evaluates_o(spare_q), .walk_o(spare_walk), .pte_o(spare_pte), .flush_i
    );
  end else begin : gen_no_prefetch
    assign spare_asks = 1'b0;
    assign spare_looks = 1'b0;
    assign spare_q = 1'b0;
    assign spare_walk = '0;
    assign spare_pte = '0;
    logic unused;
    assign unused = &{1'b0, spare_ready_i, mem_rsp_line_i, spare};
  end

  // ---- Evaluation, one PTE a cycle.
  logic evaluates;
  logic [WalkWidth-1:0] eval_walk;
  logic [OwnerWidth-1:0] eval_owner;
  logic [Xlen-1:0] eval_kept_pte;
  logic eval_writable, eval_kept, share;
  logic [1:0] eval_scope;
  logic [2:0] eval_levels;
  logic [VpnWidth-1:0] eval_vpn;
  logic [rvmmu_pkg::AccessWidth-1:0] eval_access;
  logic [7:0] eval_marks;

  rvmmu_mux #(.Inputs(Walkers), .Width(Record)) u_eval (
      .select_i(eval_q), .data_i(record),
      .data_o({eval_kept_pte, eval_writable, eval_kept, eval_scope, eval_owner,
               walked})
  );
  assign evaluates = |eval_q || spare_q;
  assign eval_walk = spare_q ? spare_walk : walked;
  assign eval_vpn = eval_walk[Vpn+:VpnWidth];
  assign eval_levels = eval_walk[rvmmu_pkg::WalkLevels+:3];

  rvmmu_evaluate #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Features),
      .Pmp(Pmp)
  ) u_evaluate (
      .ask_i(evaluates),
      .walk_i(eval_walk), .look_i(look_q), .global_i(eval_walk[rvmmu_pkg::WalkGlobal]),
      .scope_i(spare_q ? rvmmu_pkg::ScopePage : eval_scope),
      .writable_i(eval_writable), .swapped_i(swapped_q),
      .pmp_whole_i(pmp_whole), .pmp_xwr_i(pmp_xwr),
      .steps_o(steps), .narrow_o(narrow), .narrow_scope_o(narrow_scope), .update_o(update),
      .ppn_o(pte_ppn), .fault_o(end_fault_o), .entry_o(end_entry_o), .keep_o(end_keep_o),
      .share_o(share), .spare_o(spare), .global_o(pte_global)
  );
  assign eval_access = eval_walk[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign eval_marks = rvmmu_pkg::marks(rvmmu_pkg::writes(eval_access));
  assign pte = swapped_q ? pte_q | Xlen'(eval_marks) : pte_q;

  assign end_soon_o = |eval_q;
  assign end_valid_o = |eval_q && !steps && !narrow && !update;
  assign end_owner_o = eval_owner;
  assign end_share_o = share && !eval_walk[rvmmu_pkg::WalkOld];
  assign end_vpn_o = eval_vpn;
  assign spare_valid_o = spare_q && spare;
  assign end_asid_o = eval_walk[rvmmu_pkg::WalkAsid+:AsidWidth];

  assign pointer_o = |eval_q && steps && !flush_i && !eval_walk[rvmmu_pkg::WalkOld];
  assign pointer_mode_o = eval_walk[rvmmu_pkg::WalkMode+:3];
  assign pointer_user_o =
      eval_walk[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextPriv+:2] == rvmmu_pkg::PrivU;
  assign pointer_levels_o = rvmmu_pkg::one_less(eval_levels);
  assign pointer_ppn_o = pte_ppn;
  assign pointer_global_o = pte_global || eval_walk[rvmmu_pkg::WalkGlobal];

  // ---- Memory requests.
  logic goes_on, starts;

  assign goes_on = |eval_q && steps && !flush_i;
  assign starts = start_fire && !start_refused;

  rvmmu_walk_port #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Walkers(Walkers),
      .OwnerWidth(OwnerWidth), .Features(Features)
  ) u_port (
      .clk_i, .rst_ni,
      .reads_i(reads), .swaps_i(swaps), .record_i(record), .shown_o(shown), .issued_o(issued),
      .checked_o(checked), .denied_o(denied),
      .goes_on_i(goes_on), .eval_i(eval_q), .eval_ppn_i(pte_ppn), .eval_vpn_i(eval_vpn),
      .eval_levels_i(eval_levels),
      .starts_i(starts), .start_i(first_idle), .start_walk_i, .readable_i(readable),
      .mem_req_valid_o, .mem_req_ready_i, .mem_req_id_o, .mem_req_pa_o,
      .mem_req_swap_o, .mem_req_expected_o, .mem_req_desired_o, .flush_i
  );

  // ---- PMP.
  if (Pmp) begin : gen_pmp
    rvmmu_pmp_ask #(
        .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth),
        .Entries(PmpEntries), .Grain(PmpGrain), .Prefetches(Prefetch > 0)
    ) u_ask (
        .clk_i, .rst_ni,
        .pmpcfg_i, .pmpaddr_i, .mml_i, .mmwp_i, .count_i(pmp_count_i), .grain_i(pmp_grain_i),
        .look_valid_i(looks), .look_address_i(look_address), .look_block_i(look_block),
        .look_machine_i(look_machine),
        .spare_valid_i(spare_asks), .spare_walk_i(spare_walk),
        .start_valid_i, .start_walk_i, .start_taken_i(start_fire), .next_valid_i, .next_walk_i,
        .evaluates_i(evaluates), .whole_o(pmp_whole), .xwr_o(pmp_xwr),
        .readable_o(readable), .writable_o(writable), .start_checked_o(start_checked)
    );
  end else begin : gen_no_pmp
    assign pmp_whole = 1'b1;
    assign pmp_xwr = 3'b111;
    assign readable = 1'b1;
    assign writable = 1'b1;
    assign start_checked = 1'b1;
    logic unused;
    assign unused = &{1'b0, pmpcfg_i, pmpaddr_i, mml_i, mmwp_i, pmp_count_i, pmp_grain_i,
                      next_walk_i, next_valid_i, spare_asks, look_address, look_block,
                      look_machine};
  end

  assign event_walk_o   = start_fire;
  assign event_cache_o  = start_fire
                       && !start_refused && start_levels != start_walk_i[rvmmu_pkg::WalkMode+:3];
  assign event_read_o   = mem_req_valid_o && mem_req_ready_i && !mem_req_swap_o;
  assign event_update_o = swapped && !mem_rsp_error_i;
  assign event_fault_o  = end_valid_o && end_fault_o != rvmmu_pkg::FaultNone;

  logic unused_records;
  assign unused_records = &{1'b0, eval_kept_pte, eval_kept, seen_record};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Theorem evaluate_outcome, of rvmmu_look and rvmmu_evaluate: what becomes of a walk with a PTE,
// once it was looked at and PMP has answered, is what the list below says, in the order of the
// specification's steps: exactly one of next table, another question to PMP, a swap, a fault of the
// right kind, a deferral, or a granted entry. Nothing that faults is kept or shared. A PTE is
// swapped only for an access that is granted but for A or D, under ADUE, not for a speculative
// access nor a prefetch, and only where PMP lets it be written; once swapped it is granted and
// kept.
// Privileged specification, "Virtual Address Translation Process", steps 2 to 10; "Physical Memory
// Protection and Paging". What a PTE means and what a leaf allows is taken from rvmmu_pte and
// rvmmu_grant: theorems pte_table and grant_table.
`default_nettype none

module evaluate_outcome #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    parameter int Features = 0,
    parameter bit Pmp = 1'b0,
    localparam int AsidWidth = 1,
    localparam int VpnWidth = ((Xlen == 32) ? 10 : 9) * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int Vpn = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth + rvmmu_pkg::OffsetWidth,
    localparam int WalkWidth = Vpn + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LookWidth = rvmmu_pkg::LookEntry + EntryWidth
) (
    input wire logic                 clk_i,  // of the checker's cycles
    input wire logic                 has_svnapot_i,
    input wire logic                 has_svrsw60t59b_i,
    input wire logic [WalkWidth-1:0] walk_i,
    input wire logic                 global_i,
    input wire logic [          1:0] scope_i,
    input wire logic                 writable_i,
    input wire logic                 swapped_i,
    input wire logic [     Xlen-1:0] pte_i,
    input wire logic                 error_i,
    input wire logic                 pmp_whole_i,
    input wire logic [          2:0] pmp_xwr_i
);
  localparam logic [rvmmu_pkg::FeaturesWidth-1:0] Has = rvmmu_pkg::FeaturesWidth'(Features);

  logic keep, share, steps, narrow, update;
  logic [1:0] fault, narrow_scope;
  logic [PpnWidth-1:0] ppn;
  logic [EntryWidth-1:0] entry;
  logic [LookWidth-1:0] look;

  rvmmu_look #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_look (
      .ask_i(1'b1), .has_svnapot_i, .has_svrsw60t59b_i, .walk_i, .scope_i, .pte_i, .error_i,
      .look_o(look), .address_o(), .block_o(), .machine_o()
  );
  rvmmu_evaluate #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_evaluate (
      .ask_i(1'b1), .walk_i, .look_i(look), .global_i, .scope_i, .writable_i, .swapped_i,
      .pmp_whole_i, .pmp_xwr_i, .steps_o(steps), .narrow_o(narrow), .narrow_scope_o(narrow_scope),
      .update_o(update), .ppn_o(ppn), .fault_o(fault), .entry_o(entry), .keep_o(keep),
      .share_o(share), .spare_o(), .global_o()
  );

  // The same, once it has swapped.
  logic then_keep, then_steps, then_narrow, then_update;
  logic [1:0] then_fault;

  rvmmu_evaluate #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_then (
      .ask_i(1'b1), .walk_i, .look_i(look), .global_i, .scope_i, .writable_i, .swapped_i(1'b1),
      .pmp_whole_i, .pmp_xwr_i, .steps_o(then_steps), .narrow_o(then_narrow), .narrow_scope_o(),
      .update_o(then_update), .ppn_o(), .fault_o(then_fault), .entry_o(), .keep_o(then_keep),
      .share_o(), .spare_o(), .global_o()
  );

  // ---- What the PTE means, and what its leaf allows.
  logic [rvmmu_pkg::ContextWidth-1:0] hart;
  logic [rvmmu_pkg::AccessWidth-1:0] access;
  logic [2:0] levels, level;
  logic [Xlen-1:0] pte;
  logic pointer, leaf, accessed, ppn_beyond, allowed, unmarked, protects, loads, fetches, va_beyond;
  logic bare, speculative, writes;
  logic [EntryWidth-1:0] pte_entry;
  logic [PpnWidth-1:0] page_ppn, pte_ppn;

  assign hart = walk_i[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth];
  assign access = walk_i[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign levels = walk_i[rvmmu_pkg::WalkLevels+:3];
  assign speculative = walk_i[rvmmu_pkg::WalkSpeculative];
  assign bare = levels == 3'd0;
  assign level = bare ? 3'd0 : levels - 3'd1;
  assign writes = access == 4'd2 || access == 4'd3 || access == 4'd4 || access == 4'd6
               || access == 4'd8;

  always_comb begin
    pte = pte_i;
    if (swapped_i) pte[6] = 1'b1;
    if (swapped_i && writes) pte[7] = 1'b1;
  end

  rvmmu_pte #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Has)
  ) u_pte (
      .pte_i(pte), .level_i(level), .pbmte_i(hart[rvmmu_pkg::ContextPbmte]),
      .sse_i(hart[rvmmu_pkg::ContextSse]), .has_svnapot_i, .has_svrsw60t59b_i,
      .pointer_o(pointer), .leaf_o(leaf), .accessed_o(accessed), .beyond_o(ppn_beyond),
      .entry_o(pte_entry)
  );
  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Has)
  ) u_grant (
      .ask_i(1'b1), .entry_i(pte_entry), .accessed_i(accessed), .vpn_i(walk_i[Vpn+:VpnWidth]), .bare_i(bare),
      .context_i(hart), .access_i(access), .allowed_o(allowed), .update_o(unmarked),
      .shadow_o(protects), .load_o(loads), .fetch_o(fetches), .beyond_o(va_beyond),
      .ppn_o(page_ppn)
  );
  assign pte_ppn = pte_entry[EntryWidth-1-:PpnWidth];

  // ---- What PMP must permit in the memory accessed. A prefetch: what the page would permit too.
  logic pmp_x, pmp_w, pmp_r, pmp_ok;
  assign {pmp_x, pmp_w, pmp_r} = pmp_xwr_i;
  always_comb
    case (access)
      4'd0: pmp_ok = pmp_x;
      4'd1: pmp_ok = pmp_r;
      4'd2, 4'd8: pmp_ok = pmp_w;
      4'd7: pmp_ok = pmp_r || pmp_w;
      4'd9: pmp_ok = (loads && pmp_r) || (fetches && pmp_x);
      default: pmp_ok = pmp_r && pmp_w;
    endcase

  // ---- The list.
  typedef enum logic [2:0] {
    Steps,
    Narrow,
    Update,
    PageFault,
    AccessFault,
    Deferred,
    Granted
  } outcome_e;
  outcome_e outcome, expected;

  always_comb begin
    if (error_i) outcome = AccessFault;                          // step 2
    else if (!pointer && !leaf) outcome = PageFault;             // 3, 4, 5
    else if (pointer && ppn_beyond) outcome = AccessFault;
    else if (pointer) outcome = Steps;
    else if (!allowed && !unmarked && (protects || bare)) outcome = AccessFault;  // 7
    else if (!allowed && !unmarked) outcome = PageFault;         // 6, 8
    else if (!allowed && !hart[rvmmu_pkg::ContextAdue]) outcome = PageFault;      // 9, Svade
    else if (ppn_beyond || va_beyond) outcome = AccessFault;     // the address of step 10
    else if (Pmp && !pmp_whole_i && scope_i != 2'd2) outcome = Narrow;
    else if (Pmp && !(pmp_whole_i && pmp_ok)) outcome = AccessFault;
    else if (allowed) outcome = Granted;
    else if (speculative) outcome = Deferred;
    else if (Pmp && !writable_i) outcome = AccessFault;          // 9: a store to the PTE
    else outcome = Update;

    expected = outcome;  // a prefetch never faults
    if (access == 4'd9 && (outcome == PageFault || outcome == AccessFault)) expected = Deferred;
  end

  // ---- Assumed of the walk: levels that the build has, a kind that it has, modes and the PTE of
  //      what is not translated as rvmmu_walker has them; ADUE only with Svadu.
  logic [Xlen-1:0] identity;
  assign identity = Xlen'({walk_i[rvmmu_pkg::WalkAsid+AsidWidth+:PpnWidth], 10'b00_1100_1111});

  always_comb begin
    assume (levels <= 3'(Levels) && (!bare || Pmp || error_i));
    assume (scope_i <= 2'd2 && (Pmp || scope_i == 2'd0));
    assume (access < 4'd10 && hart[rvmmu_pkg::ContextPriv+:2] != 2'd2);
    if (!Has[rvmmu_pkg::FeatureZicfiss]) assume (access < 4'd4 || access > 4'd6);
    if (!Has[rvmmu_pkg::FeatureZicbo]) assume (access < 4'd7);
    if (!Has[rvmmu_pkg::FeatureSvadu]) assume (!hart[rvmmu_pkg::ContextAdue] && !swapped_i);
    if (bare) assume (error_i || (pte_i == identity && !swapped_i));
    else assume (hart[rvmmu_pkg::ContextPriv+:2] != 2'd3);
  end

  // ---- The theorem.
  logic ends;
  assign ends = !steps && !narrow && !update;

  always_comb begin
    assert (steps == (expected == Steps));
    assert (narrow == (expected == Narrow));
    assert (update == (expected == Update));
    if (ends)
      case (fault)
        2'd0: assert (expected == Granted);
        2'd1: assert (expected == PageFault);
        2'd2: assert (expected == AccessFault);
        default: assert (expected == Deferred);
      endcase
    if (keep || share) assert (ends && fault == 2'd0);
    if (steps) assert (ppn == pte_ppn);
    if (narrow) assert (narrow_scope > scope_i && narrow_scope <= 2'd2);
    if (leaf && !error_i) assert (ppn == page_ppn);

    if (update) begin
      assert (unmarked && hart[rvmmu_pkg::ContextAdue] && !speculative && access != 4'd9);
      assert (writable_i || !Pmp);
      assert (!then_steps && !then_narrow && !then_update && then_fault == 2'd0);
      if (walk_i[rvmmu_pkg::WalkCanonical] && scope_i != 2'd2) assert (then_keep);
    end
  end

  // ---- It is not vacuous: each outcome; a write that PMP forbids to the PTE alone; a prefetch that
  //      would fault.
  for (genvar o = 0; o < 7; o++) begin : gen_outcome
    if ((o != 1 || Pmp) && ((o != 2 && o != 5) || Has[rvmmu_pkg::FeatureSvadu])) begin : gen_there
      always_comb cover (outcome == 3'(o));
    end
  end
  always_comb begin
    if (Pmp && Has[rvmmu_pkg::FeatureSvadu])
      cover (outcome == AccessFault && unmarked && pmp_whole_i && pmp_ok && !writable_i
             && !ppn_beyond && !error_i);
    if (Has[rvmmu_pkg::FeatureZicbo]) cover (outcome != expected);
  end
endmodule

`default_nettype wire

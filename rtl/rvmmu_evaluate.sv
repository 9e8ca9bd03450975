// SPDX-License-Identifier: Apache-2.0
// rvmmu_evaluate: what becomes of a walk with the PTE that it has read: it goes on to the next
// table, swaps A or D in, asks PMP about less memory, or ends. Pure; the only place where faults
// are born. Privileged specification, "Virtual Address Translation Process", steps 2 to 10;
// "Physical Memory Protection and Paging".
//
// PMP is asked first about the whole page of the leaf, so that the TLBs need not ask it again; if
// PMP does not treat that as one, about the base page, and then about the access alone.
`default_nettype none

module rvmmu_evaluate #(
    parameter int Xlen = 64,        // 32 or 64
    parameter int Levels = 3,       // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,     // physical address bits
    parameter int AsidWidth = 9,    // 1 to 16
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter bit Pmp = 1'b0,       // there is PMP
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic                  ask_i,       // there is a question; else any answer
    input  wire logic                  has_svnapot_i,
    input  wire logic                  has_svrsw60t59b_i,
    // the walk, and what it has read
    input  wire logic [ WalkWidth-1:0] walk_i,
    input  wire logic                  global_i,    // G in a pointer above
    input  wire logic [           1:0] scope_i,     // PMP is asked about: page, base page, access
    input  wire logic                  writable_i,  // PMP lets the PTE be written
    input  wire logic                  swapped_i,   // a swap has just set A, and D of a store
    input  wire logic [      Xlen-1:0] pte_i,
    input  wire logic                  error_i,     // the read failed, or was refused
    // PMP: the memory that this is about, and the answer
    output logic                       page_o,      // a leaf: ask about these
    output logic      [ PpnWidth-1:0]  ppn_o,       // of the page, or of the next table
    output logic      [          44:0] offset_o,    // its VPN bits within the page, at this scope
    output logic                       exact_o,     // ask about the access alone
    input  wire logic                  pmp_whole_i,
    input  wire logic [           2:0] pmp_xwr_i,
    // what becomes of it: none of the first three, and it ends
    output logic                       steps_o,     // to the next level, in table ppn_o
    output logic                       narrow_o,    // PMP is to be asked again, with this scope
    output logic      [           1:0] narrow_scope_o,
    output logic                       update_o,    // the PTE is to be swapped
    output logic      [           1:0] fault_o,     // it ends in this
    output logic      [EntryWidth-1:0] entry_o,     // or in this
    output logic                       keep_o,      // entry_o may enter an L1's TLB
    output logic                       share_o,     // and the L2
    output logic                       spare_o,     // even if not granted it may enter the L2
    output logic      [      Xlen-1:0] pte_o,       // pte_i with what the swap has set
    output logic                       global_o     // G of the PTE
);
  // Scopes.
  localparam logic [1:0] Page = 2'd0;
  localparam logic [1:0] Base = 2'd1;
  localparam logic [1:0] Access = 2'd2;

  logic [rvmmu_pkg::ContextWidth-1:0] hart;
  logic [rvmmu_pkg::AccessWidth-1:0] access;
  logic [2:0] levels, level;
  logic [VpnWidth-1:0] vpn;
  logic bare;

  assign hart = walk_i[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth];
  assign access = walk_i[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign levels = walk_i[rvmmu_pkg::WalkLevels+:3];
  assign vpn = walk_i[HeadWidth+rvmmu_pkg::OffsetWidth+:VpnWidth];
  assign bare = Pmp && levels == 3'd0;
  assign level = rvmmu_pkg::one_less(levels);

  // ---- The PTE.
  logic pointer, leaf, accessed, pte_beyond;
  logic [EntryWidth-1:0] pte_entry;
  logic [PpnWidth-1:0] page_ppn, pte_ppn;
  logic [MaskWidth-1:0] mask;
  logic napot;

  always_comb begin
    pte_o = pte_i;
    if (swapped_i) begin
      pte_o[rvmmu_pkg::PteA] = 1'b1;
      if (rvmmu_pkg::writes(access)) pte_o[rvmmu_pkg::PteD] = 1'b1;
    end
  end

  rvmmu_pte #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
  ) u_pte (
      .pte_i(pte_o), .level_i(level), .pbmte_i(hart[rvmmu_pkg::ContextPbmte]),
      .sse_i(hart[rvmmu_pkg::ContextSse]), .has_svnapot_i, .has_svrsw60t59b_i,
      .pointer_o(pointer), .leaf_o(leaf), .accessed_o(accessed), .beyond_o(pte_beyond),
      .entry_o(pte_entry)
  );
  assign pte_ppn = pte_entry[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];
  assign mask    = pte_entry[rvmmu_pkg::EntryMask+:MaskWidth];
  assign napot   = pte_entry[rvmmu_pkg::EntryNapot];

  // ---- The access.
  logic allowed, update, shadow, loads, fetches, page_beyond, beyond;

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
  ) u_grant (
      .ask_i, .entry_i(pte_entry), .accessed_i(accessed), .vpn_i(vpn), .bare_i(bare), .context_i(hart),
      .access_i(access), .allowed_o(allowed), .update_o(update),
      .shadow_o(shadow), .load_o(loads), .fetch_o(fetches), .beyond_o(page_beyond), .ppn_o(page_ppn)
  );
  assign beyond = pte_beyond || page_beyond;

  // ---- Where to.
  logic adue, permitted, superpage;

  assign adue      = hart[rvmmu_pkg::ContextAdue];
  assign permitted = leaf && !error_i && !beyond && (allowed || (update && adue));
  assign superpage     = napot || mask != '0;
  assign steps_o   = !error_i && pointer && !pte_beyond;
  assign page_o    = leaf;
  assign ppn_o     = leaf ? page_ppn : pte_ppn;

  // ---- PMP.
  logic pmp_ok, r, w, x;

  assign {x, w, r} = pmp_xwr_i;
  always_comb begin
    case (access)
      rvmmu_pkg::AccessFetch: pmp_ok = x;
      rvmmu_pkg::AccessLoad: pmp_ok = r;
      rvmmu_pkg::AccessStore, rvmmu_pkg::AccessCboZero: pmp_ok = w;
      rvmmu_pkg::AccessCboManage: pmp_ok = r || w;
      rvmmu_pkg::AccessPrefetch: pmp_ok = (loads && r) || (fetches && x);
      default: pmp_ok = r && w;
    endcase
    pmp_ok = !Pmp || (pmp_ok && pmp_whole_i);
  end
  assign narrow_o = Pmp && permitted && !pmp_whole_i && scope_i != Access;
  assign narrow_scope_o = (scope_i == Page && superpage) ? Base : Access;
  assign exact_o = scope_i == Access;
  assign offset_o = (scope_i == Page) ? rvmmu_pkg::offset_bits(napot, 4'(mask), VpnBits) : '0;

  // ---- The end.
  logic changes, speculative;

  assign changes = permitted && pmp_ok && !allowed;
  assign speculative = walk_i[rvmmu_pkg::WalkSpeculative];
  assign update_o = changes && !speculative && (writable_i || !Pmp);

  always_comb begin
    fault_o = rvmmu_pkg::FaultNone;
    if (error_i || (pointer && pte_beyond)) fault_o = rvmmu_pkg::FaultAccess;
    else if (!leaf) fault_o = rvmmu_pkg::FaultPage;
    else if (!allowed && !(update && adue))
      fault_o = (shadow || bare) ? rvmmu_pkg::FaultAccess : rvmmu_pkg::FaultPage;
    else if (beyond || !pmp_ok) fault_o = rvmmu_pkg::FaultAccess;
    else if (!allowed) fault_o = speculative ? rvmmu_pkg::FaultDefer : rvmmu_pkg::FaultAccess;

    if (Features[rvmmu_pkg::FeatureZicbo] && access == rvmmu_pkg::AccessPrefetch
        && fault_o != rvmmu_pkg::FaultNone)
      fault_o = rvmmu_pkg::FaultDefer;
  end

  // What is granted is kept if it will be granted again: A is set, PMP treats the page as one, and
  // a TLB's tag can hold an untranslated address. The L2 holds what is whole and translated.
  assign keep_o = fault_o == rvmmu_pkg::FaultNone && accessed && scope_i != Access
               && walk_i[rvmmu_pkg::WalkCanonical];
  assign share_o = keep_o && scope_i == Page && !bare;

  // What nobody has asked for is a leaf of which that could come true.
  assign spare_o = leaf && !error_i && !beyond && accessed && (pmp_whole_i || !Pmp);

  assign global_o = pte_entry[rvmmu_pkg::EntryGlobal];
  assign entry_o = !ask_i ? 'x : {
    ppn_o,
    (scope_i == Page) ? mask : MaskWidth'(0),
    napot && scope_i == Page,
    pte_entry[rvmmu_pkg::EntryPbmt+:2],
    scope_i == Base,
    global_o || global_i,
    r || !Pmp,
    pte_entry[rvmmu_pkg::FlagD],
    pte_entry[rvmmu_pkg::FlagU],
    pte_entry[rvmmu_pkg::FlagX] && (x || !Pmp),
    pte_entry[rvmmu_pkg::FlagW] && (w || !Pmp),
    pte_entry[rvmmu_pkg::FlagR]
  };

  logic unused;
  assign unused = &{1'b0, walk_i};
endmodule

`default_nettype wire

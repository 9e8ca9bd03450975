// SPDX-License-Identifier: Apache-2.0
// rvmmu_evaluate: what becomes of a walk with the PTE that it has read, by what rvmmu_look has seen
// in it and what PMP says: it goes on to the next table, swaps A or D in, asks PMP about less memory,
// or ends. Pure; the only place where faults are born. Privileged specification, "Virtual Address
// Translation Process", steps 2 to 10; "Physical Memory Protection and Paging".
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
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LookWidth = rvmmu_pkg::LookEntry + EntryWidth
) (
    input  wire logic                  ask_i,       // there is a question; else any answer
    // the walk, and what was seen in the PTE
    input  wire logic [ WalkWidth-1:0] walk_i,
    input  wire logic [ LookWidth-1:0] look_i,      // rvmmu_pkg, "Look"
    input  wire logic                  global_i,    // G in a pointer above
    input  wire logic [           1:0] scope_i,     // of the question to PMP
    input  wire logic                  writable_i,  // PMP lets the PTE be written
    input  wire logic                  swapped_i,   // a swap has just set A, and D of a store
    // PMP's answer
    input  wire logic                  pmp_whole_i,
    input  wire logic [           2:0] pmp_xwr_i,
    // what becomes of it: none of the first three, and it ends
    output logic                       steps_o,     // to the next level, in table ppn_o
    output logic                       narrow_o,    // PMP is to be asked again, with this scope
    output logic      [           1:0] narrow_scope_o,
    output logic                       update_o,    // the PTE is to be swapped
    output logic      [ PpnWidth-1:0]  ppn_o,       // of the page, or of the next table
    output logic      [           1:0] fault_o,     // it ends in this
    output logic      [EntryWidth-1:0] entry_o,     // or in this
    output logic                       keep_o,      // entry_o may enter an L1's TLB
    output logic                       share_o,     // and the L2
    output logic                       spare_o,     // even if not granted it may enter the L2
    output logic                       global_o     // G of the PTE
);
  logic [rvmmu_pkg::AccessWidth-1:0] access;
  logic bare, adue;

  assign access = walk_i[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign bare = Pmp && walk_i[rvmmu_pkg::WalkLevels+:3] == 3'd0;
  assign adue = walk_i[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextAdue];

  // ---- What was seen, and what a swap has changed of that: the PTE has A now, and D if that was
  //      needed, so it is no pointer and lacks no mark.
  logic error, pointer, leaf, accessed, beyond, allowed, update, shadow, loads, fetches, napot;
  logic [MaskWidth-1:0] mask;
  logic [EntryWidth-1:0] pte_entry;

  assign error     = look_i[rvmmu_pkg::LookError];
  assign pointer   = look_i[rvmmu_pkg::LookPointer] && !swapped_i;
  assign leaf      = look_i[rvmmu_pkg::LookLeaf];
  assign accessed  = look_i[rvmmu_pkg::LookAccessed] || swapped_i;
  assign beyond    = look_i[rvmmu_pkg::LookBeyond];
  assign allowed   = look_i[rvmmu_pkg::LookAllowed]
                  || (look_i[rvmmu_pkg::LookUpdate] && swapped_i);
  assign update    = look_i[rvmmu_pkg::LookUpdate] && !swapped_i;
  assign shadow    = look_i[rvmmu_pkg::LookShadow];
  assign loads     = look_i[rvmmu_pkg::LookLoads];
  assign fetches   = look_i[rvmmu_pkg::LookFetches];
  assign pte_entry = look_i[rvmmu_pkg::LookEntry+:EntryWidth];
  assign ppn_o     = pte_entry[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];
  assign mask      = pte_entry[rvmmu_pkg::EntryMask+:MaskWidth];
  assign napot     = pte_entry[rvmmu_pkg::EntryNapot];

  // ---- Where to.
  logic permitted, superpage;

  assign permitted = leaf && !error && !beyond && (allowed || (update && adue));
  assign superpage = napot || mask != '0;
  assign steps_o   = !error && pointer && !beyond;

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
  assign narrow_o = Pmp && permitted && !pmp_whole_i && scope_i != rvmmu_pkg::ScopeAccess;
  assign narrow_scope_o = (scope_i == rvmmu_pkg::ScopePage && superpage) ? rvmmu_pkg::ScopeBase
                                                                         : rvmmu_pkg::ScopeAccess;

  // ---- The end.
  logic changes, speculative;

  assign changes = permitted && pmp_ok && !allowed;
  assign speculative = walk_i[rvmmu_pkg::WalkSpeculative];
  assign update_o = changes && !speculative && (writable_i || !Pmp);

  always_comb begin
    fault_o = rvmmu_pkg::FaultNone;
    if (error || (pointer && beyond)) fault_o = rvmmu_pkg::FaultAccess;
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
  assign keep_o = fault_o == rvmmu_pkg::FaultNone && accessed && scope_i != rvmmu_pkg::ScopeAccess
               && walk_i[rvmmu_pkg::WalkCanonical];
  assign share_o = keep_o && scope_i == rvmmu_pkg::ScopePage && !bare;

  // What nobody has asked for is a leaf of which that could come true.
  assign spare_o = leaf && !error && !beyond && accessed && (pmp_whole_i || !Pmp);

  assign global_o = pte_entry[rvmmu_pkg::EntryGlobal];
  assign entry_o = !ask_i ? 'x : {
    ppn_o,
    (scope_i == rvmmu_pkg::ScopePage) ? mask : MaskWidth'(0),
    napot && scope_i == rvmmu_pkg::ScopePage,
    pte_entry[rvmmu_pkg::EntryPbmt+:2],
    scope_i == rvmmu_pkg::ScopeBase,
    global_o || global_i,
    r || !Pmp,
    pte_entry[rvmmu_pkg::FlagD] || (swapped_i && rvmmu_pkg::writes(access)),
    pte_entry[rvmmu_pkg::FlagU],
    pte_entry[rvmmu_pkg::FlagX] && (x || !Pmp),
    pte_entry[rvmmu_pkg::FlagW] && (w || !Pmp),
    pte_entry[rvmmu_pkg::FlagR]
  };

  logic unused;
  assign unused = &{1'b0, walk_i, pte_entry};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Theorem tlb_hit, of rvmmu_tlb: what hits is the last fill that no fence has removed. For one
// page and ASID that may be any (watched_*), a shadow keeps the last fill that maps it; a fence
// that covers this fill clears the shadow. Whenever the watched page is looked up and matches, the
// shadow is alive and entry_o equals it, and exactly one entry has matched. So every form of fence
// removes all that it must, for every page size. The cycle of a fence is the last one whose lookup
// may still answer from before; a lookup beside a fill sees the fill.
// Privileged specification, "Supervisor Memory-Management Fence Instruction".
//
// The seen_* wires are tied to the registers of the entries once the design is flat (run.sh). They
// carry the inductive invariants only, which are asserted and never assumed: a wrong tie can make
// the proof fail, not pass. Without Hints they say nothing, for hunting faults from reset.
`default_nettype none

module tlb_hit #(
    parameter int Entries = 4,
    parameter int VpnBits = 9,
    parameter int Levels = 3,
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter int Replacement = rvmmu_pkg::ReplacementPlru,
    parameter bit Shared = 1'b0,
    parameter bit Hints = 1'b1,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    `include "tlb_inputs.svh"
);
  `include "tlb_watched.svh"

  logic [Entries-1:0] seen_match;  // tied by run.sh

  // ---- Alive is what no fence has covered.
  logic alive_q;
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_maps) alive_q <= 1'b1;
    else if (fenced) alive_q <= 1'b0;

  // What the last cycle's lookup of the watched page may find.
  logic found_alive_q;
  logic [EntryWidth-1:0] found_entry_q;
  always_ff @(posedge clk_i) begin
    found_alive_q <= fill_maps || alive_q;
    found_entry_q <= fill_maps ? fill_entry_i : entry_q;
  end

  // ---- The theorem.
  always_comb begin
    if (started_q && looked_q && rst_ni) begin
      if (match) assert (found_alive_q);
      if (match) assert (entry == found_entry_q);
      if (match && user_q) assert (entry[rvmmu_pkg::FlagU]);
      assert ((seen_match & (seen_match - Entries'(1))) == '0);
    end
    if (!match) assert (entry == '0);
  end

  // ---- Its invariant.
  always_comb
    if (Hints && started_q)
      for (int i = 0; i < Entries; i++) if (mapping[i]) assert (alive_q);

  // ---- It is not vacuous: a hit of each page size, one after an older fill, one under another
  //      ASID, one after each form of fence (aimed elsewhere), and a miss after each.
  logic [1:0] form_q;
  logic fence_q, cleared_q, refilled_q;
  initial {fence_q, refilled_q} = '0;
  always_ff @(posedge clk_i) begin
    fence_q    <= started_q && rst_ni && fence_i && alive_q;
    form_q     <= {fence_use_va_i, fence_use_asid_i};
    cleared_q  <= fenced;
    if (fill_maps) refilled_q <= started_q && alive_q && fill_entry_i != entry_q;
  end

  logic hit;
  logic [EntryWidth-1:0] size;
  assign hit  = started_q && rst_ni && looked_q && match;
  assign size = entry >> rvmmu_pkg::EntryMask;
  for (genvar l = 0; l < Levels; l++) begin : gen_size
    always_comb cover (hit && size[MaskWidth-1:0] == MaskWidth'((1 << l) - 1));
  end
  always_comb begin
    cover (hit && refilled_q);
    cover (hit && asid_q != watched_asid && vpn_q != watched_vpn);
  end
  for (genvar f = 0; f < 4; f++) begin : gen_form
    logic fenced_q, spared_q;
    initial {fenced_q, spared_q} = '0;
    always_ff @(posedge clk_i) begin
      fenced_q <= fence_q && cleared_q && form_q == 2'(f) && lookup_i && lookup_vpn_i == watched_vpn
               && lookup_asid_i == watched_asid && !fill_i;
      spared_q <= fence_q && !cleared_q && form_q == 2'(f) && !fill_i;
    end
    always_comb cover (fenced_q && !match);
    if (f != 0) begin : gen_spared
      always_comb cover (spared_q && hit);
    end
  end
endmodule

`default_nettype wire

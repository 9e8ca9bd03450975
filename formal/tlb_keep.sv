// SPDX-License-Identifier: Apache-2.0
// Theorem tlb_keep, of rvmmu_tlb: nothing is dropped without need. For one page and ASID that may
// be any (watched_*), the fill that maps it stays until
//   - a fence covers it, or
//   - another fill overlaps it: some address in some address space belongs to both pages, or
//   - a fill finds every entry valid, and the one entry to be replaced is the one that holds it.
// Until then every lookup of the watched page matches and entry_o is that fill, from the lookup in
// the fill's own cycle on; from then on none matches until the next fill that maps the page. With
// Shared the lookups in a cycle in which a fence is announced are left out: they find nothing.
// Privileged specification, "Supervisor Memory-Management Fence Instruction".
//
// The seen_* wires are tied to registers of the TLB once the design is flat (run.sh). They say who
// is evicted, and carry the inductive invariants, which are asserted and never assumed. As the
// theorem is an equivalence, a wrong tie can make the proof fail, not pass.
`default_nettype none

module tlb_keep #(
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

  logic [Entries-1:0] seen_replaced;  // tied by run.sh

  // ---- Alive is what is still there.
  // Some address in some address space belongs to both pages.
  function automatic logic overlap(
      input logic [VpnWidth-1:0] vpn, input logic [AsidWidth-1:0] asid,
      input logic bare, input logic [EntryWidth-1:0] leaf, input logic [VpnWidth-1:0] vpn2,
      input logic [AsidWidth-1:0] asid2, input logic bare2, input logic [EntryWidth-1:0] leaf2);
    overlap = in_page(vpn, vpn2, leaf | leaf2) && bare == bare2
           && (asid == asid2 || leaf[rvmmu_pkg::EntryGlobal] || leaf2[rvmmu_pkg::EntryGlobal]);
  endfunction

  logic alive_q, overlapped, evicted;
  assign overlapped = fill_i && overlap(vpn_q, asid_q, watched_bare, entry_q, fill_vpn_i,
                                        fill_asid_i, fill_bare_i, fill_entry_i);
  assign evicted = fill_i && (&seen_valid) && |(mapping & seen_replaced);

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_maps) alive_q <= 1'b1;
    else if (fenced || overlapped || evicted) alive_q <= 1'b0;

  // What the last cycle's lookup of the watched page must find.
  logic found_alive_q;
  logic [EntryWidth-1:0] found_entry_q;
  always_ff @(posedge clk_i) begin
    found_alive_q <= fill_maps || (alive_q && !evicted && !(Shared && fence_soon_i));
    found_entry_q <= fill_maps ? fill_entry_i : entry_q;
  end

  // ---- The theorem.
  always_comb begin
    if (started_q && looked_q && rst_ni) begin
      assert (match == (found_alive_q && (!user_q || found_entry_q[rvmmu_pkg::FlagU])));
      if (match) assert (entry == found_entry_q);
    end
    if (started_q) assert (seen_replaced != '0 && (seen_replaced & (seen_replaced - Entries'(1))) == '0);
  end

  // ---- Its invariant.
  always_comb if (Hints && started_q) assert (|mapping == alive_q);

  // ---- It is not vacuous: a hit under an entry that a fence of each form but the full one has
  //      spared, and with all entries valid; a miss after an overlap that does not map the page,
  //      and after an eviction. With Shared, also a miss beside a fence that spares the entry, and
  //      beside one that was announced and did not come.
  logic alive_then_q, soon_q, fence_q, overlapped_q, evicted_q, full_q;
  logic [1:0] form_q;
  initial {alive_then_q, soon_q, fence_q, overlapped_q, evicted_q, full_q} = '0;
  always_ff @(posedge clk_i) begin
    alive_then_q <= started_q && rst_ni && alive_q;
    soon_q       <= started_q && fence_soon_i;
    fence_q      <= started_q && fence_i;
    form_q       <= {fence_use_va_i, fence_use_asid_i};
    overlapped_q <= started_q && rst_ni && alive_q && overlapped && !fill_maps && !evicted;
    evicted_q    <= started_q && rst_ni && alive_q && evicted && !overlapped;
    full_q       <= started_q && (&seen_valid);
  end

  logic hit;
  assign hit = started_q && rst_ni && looked_q && match;
  for (genvar f = 1; f < 4; f++) begin : gen_spared
    logic spared_q;
    initial spared_q = 1'b0;
    always_ff @(posedge clk_i) spared_q <= fence_q && alive_then_q && alive_q && form_q == 2'(f);
    always_comb cover (spared_q && hit);
  end
  always_comb begin
    cover (hit && full_q);
    cover (overlapped_q && !alive_q);
    cover (evicted_q && !alive_q);
  end
  if (Shared) begin : gen_beside
    logic missed;
    assign missed = looked_q && rst_ni && alive_then_q && alive_q && !user_q && !match;
    always_comb cover (missed && fence_q);
    always_comb cover (missed && soon_q && !fence_q);
  end
endmodule

`default_nettype wire

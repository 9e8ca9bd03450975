// SPDX-License-Identifier: Apache-2.0
// Theorem tlb_keep, of rvmmu_tlb: nothing is dropped without need. For one page and ASID that may
// be any (watched_*), the fill that maps it stays until
//   - a fence covers it, or
//   - another fill overlaps it: some address in some address space belongs to both pages, or
//   - a fill finds every entry valid, and the one entry to be replaced is the one that holds it.
// Until then every lookup of the watched page matches and entry_o is that fill, from the lookup in
// the fill's own cycle on; from then on none matches until the next fill that maps the page.
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
    parameter bit Hints = 1'b1,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input wire logic                  clk_i,
    input wire logic                  rst_ni,
    input wire logic                  lookup_i,
    input wire logic [  VpnWidth-1:0] lookup_vpn_i,
    input wire logic [ AsidWidth-1:0] lookup_asid_i,
    input wire logic                  lookup_bare_i,
    input wire logic                  lookup_user_i,
    input wire logic                  used_i,
    input wire logic                  fill_i,
    input wire logic [  VpnWidth-1:0] fill_vpn_i,
    input wire logic [ AsidWidth-1:0] fill_asid_i,
    input wire logic                  fill_bare_i,
    input wire logic [EntryWidth-1:0] fill_entry_i,
    input wire logic                  fence_i,
    input wire logic                  fence_use_va_i,
    input wire logic                  fence_use_asid_i,
    input wire logic [  VpnWidth-1:0] fence_vpn_i,
    input wire logic [ AsidWidth-1:0] fence_asid_i
);
  logic match;
  logic [EntryWidth-1:0] entry;

  rvmmu_tlb #(
      .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
      .PpnWidth(PpnWidth), .Replacement(Replacement)
  ) u_tlb (
      .clk_i, .rst_ni,
      .lookup_i, .lookup_vpn_i, .lookup_asid_i, .lookup_bare_i, .lookup_user_i,
      .match_o(match), .entry_o(entry), .used_i,
      .fill_i, .fill_vpn_i, .fill_asid_i, .fill_bare_i, .fill_entry_i,
      .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
  );

  // Tied by run.sh: entry i of the TLB.
  logic [Entries-1:0] seen_valid, seen_replaced, seen_bare;
  logic [Entries*VpnWidth-1:0] seen_vpn;
  logic [Entries*AsidWidth-1:0] seen_asid;
  logic [Entries*EntryWidth-1:0] seen_entry;

  // ---- The specification. A page number lies in a page if it agrees in each VPN bit that is not
  //      part of the page's offset: a field that the mask names or, of a 64 KiB page, the low four.
  function automatic logic in_page(input logic [VpnWidth-1:0] vpn, input logic [VpnWidth-1:0] page,
                                   input logic [EntryWidth-1:0] leaf);
    logic [Levels-1:0] fields;
    fields = {1'b0, leaf[rvmmu_pkg::EntryMask+:MaskWidth]};
    in_page = 1'b1;
    for (int b = 0; b < VpnWidth; b++)
      if (!fields[b/VpnBits] && !(b < 4 && leaf[rvmmu_pkg::EntryNapot]) && vpn[b] != page[b])
        in_page = 1'b0;
  endfunction

  (* anyconst *) logic [VpnWidth-1:0] watched_vpn;
  (* anyconst *) logic [AsidWidth-1:0] watched_asid;
  (* anyconst *) logic watched_bare;

  function automatic logic maps(input logic [VpnWidth-1:0] page, input logic [AsidWidth-1:0] asid,
                                input logic bare, input logic [EntryWidth-1:0] leaf);
    maps = in_page(watched_vpn, page, leaf) && bare == watched_bare
        && (asid == watched_asid || leaf[rvmmu_pkg::EntryGlobal]);
  endfunction

  // Some address in some address space belongs to both pages.
  function automatic logic overlap(
      input logic [VpnWidth-1:0] vpn, input logic [AsidWidth-1:0] asid,
      input logic bare, input logic [EntryWidth-1:0] leaf, input logic [VpnWidth-1:0] vpn2,
      input logic [AsidWidth-1:0] asid2, input logic bare2, input logic [EntryWidth-1:0] leaf2);
    overlap = in_page(vpn, vpn2, leaf | leaf2) && bare == bare2
           && (asid == asid2 || leaf[rvmmu_pkg::EntryGlobal] || leaf2[rvmmu_pkg::EntryGlobal]);
  endfunction

  logic alive_q;
  logic [VpnWidth-1:0] vpn_q;
  logic [AsidWidth-1:0] asid_q;
  logic [EntryWidth-1:0] entry_q;
  logic [Entries-1:0] mapping;  // the entries that map the watched page
  logic fill_maps, fenced, overlapped, evicted;

  always_comb
    for (int i = 0; i < Entries; i++)
      mapping[i] = seen_valid[i] && maps(seen_vpn[i*VpnWidth+:VpnWidth],
          seen_asid[i*AsidWidth+:AsidWidth], seen_bare[i], seen_entry[i*EntryWidth+:EntryWidth]);

  assign fill_maps = fill_i && maps(fill_vpn_i, fill_asid_i, fill_bare_i, fill_entry_i);

  // A fence by address takes every page that a larger leaf was fractured into; only a full one takes
  // what is not translated. watched_bare is the shadow's, too.
  logic at_address, in_space;
  assign at_address = !watched_bare && (in_page(fence_vpn_i, vpn_q, entry_q)
                                        || entry_q[rvmmu_pkg::EntryFractured]);
  assign in_space = !watched_bare && asid_q == fence_asid_i && !entry_q[rvmmu_pkg::EntryGlobal];
  always_comb
    case ({fence_use_va_i, fence_use_asid_i})
      2'b00: fenced = fence_i;
      2'b01: fenced = fence_i && in_space;
      2'b10: fenced = fence_i && at_address;
      2'b11: fenced = fence_i && at_address && in_space;
    endcase

  assign overlapped = fill_i && overlap(vpn_q, asid_q, watched_bare, entry_q, fill_vpn_i,
                                        fill_asid_i, fill_bare_i, fill_entry_i);
  assign evicted = fill_i && (&seen_valid) && |(mapping & seen_replaced);

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_maps) alive_q <= 1'b1;
    else if (fenced || overlapped || evicted) alive_q <= 1'b0;

  always_ff @(posedge clk_i)
    if (fill_maps) begin
      vpn_q   <= fill_vpn_i;
      asid_q  <= fill_asid_i;
      entry_q <= fill_entry_i;
    end

  // What the last cycle's lookup of the watched page must find.
  logic looked_q, found_alive_q, user_q, started_q;
  logic [EntryWidth-1:0] found_entry_q;

  initial {started_q, looked_q} = '0;
  always_ff @(posedge clk_i) begin
    started_q     <= 1'b1;
    looked_q      <= started_q && lookup_i && lookup_vpn_i == watched_vpn
                  && lookup_asid_i == watched_asid && lookup_bare_i == watched_bare;
    user_q        <= lookup_user_i;
    found_alive_q <= fill_maps || (alive_q && !evicted);
    found_entry_q <= fill_maps ? fill_entry_i : entry_q;
  end

  // ---- Assumed: a reset at the start, and the contract that a fence's cycle has no fill.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (!(fill_i && fence_i));
  end

  // ---- The theorem.
  always_comb begin
    if (started_q && looked_q && rst_ni) begin
      assert (match == (found_alive_q && (!user_q || found_entry_q[rvmmu_pkg::FlagU])));
      if (match) assert (entry == found_entry_q);
    end
    if (started_q) assert (seen_replaced != '0 && (seen_replaced & (seen_replaced - Entries'(1))) == '0);
  end

  // ---- Its invariants.
  always_comb
    if (Hints && started_q) begin
      assert ((mapping & (mapping - Entries'(1))) == '0);
      assert (|mapping == alive_q);
      for (int i = 0; i < Entries; i++)
        if (mapping[i]) begin
          assert (seen_vpn[i*VpnWidth+:VpnWidth] == vpn_q);
          assert (seen_asid[i*AsidWidth+:AsidWidth] == asid_q);
          assert (seen_entry[i*EntryWidth+:EntryWidth] == entry_q);
        end
    end

  // ---- It is not vacuous: a hit under an entry that a fence of each form but the full one has
  //      spared, and with all entries valid; a miss after an overlap that does not map the page,
  //      and after an eviction.
  logic alive_then_q, fence_q, overlapped_q, evicted_q, full_q;
  logic [1:0] form_q;
  initial {alive_then_q, fence_q, overlapped_q, evicted_q, full_q} = '0;
  always_ff @(posedge clk_i) begin
    alive_then_q <= started_q && rst_ni && alive_q;
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
endmodule

`default_nettype wire

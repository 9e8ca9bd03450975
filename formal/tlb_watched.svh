// SPDX-License-Identifier: Apache-2.0
// What tlb_hit and tlb_keep have in common: the TLB, and of one page and ASID that may be any
// (watched_*) a shadow of the last fill that maps it, what covers that fill, and the lookups of it.
// How long the shadow is alive says each theorem.
  logic match;
  logic [EntryWidth-1:0] entry;

  rvmmu_tlb #(
      .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
      .PpnWidth(PpnWidth), .Replacement(Replacement), .Shared(Shared)
  ) u_tlb (
      .clk_i, .rst_ni,
      .lookup_i, .lookup_vpn_i, .lookup_asid_i, .lookup_bare_i, .lookup_user_i,
      .match_o(match), .entry_o(entry), .used_i,
      .fill_soon_i, .fill_i, .fill_vpn_i, .fill_asid_i, .fill_bare_i, .fill_entry_i,
      .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
  );

  // Tied by run.sh: entry i of the TLB.
  logic [Entries-1:0] seen_valid, seen_bare;
  logic [Entries*VpnWidth-1:0] seen_vpn;
  logic [Entries*AsidWidth-1:0] seen_asid;
  logic [Entries*EntryWidth-1:0] seen_entry;

  // ---- The watched page. A page number lies in a page if it agrees in each VPN bit that is not
  //      part of the page's offset: a field that the mask names or, of a 64 KiB page, the low four
  //      of the lowest field.
  function automatic logic in_page(input logic [VpnWidth-1:0] vpn, input logic [VpnWidth-1:0] page,
                                   input logic [EntryWidth-1:0] leaf);
    logic [Levels-1:0] fields;
    fields = {1'b0, leaf[rvmmu_pkg::EntryMask+:MaskWidth]};
    in_page = 1'b1;
    for (int b = 0; b < VpnWidth; b++)
      if (!fields[b/VpnBits] && !(b < 4 && b < VpnBits && leaf[rvmmu_pkg::EntryNapot])
          && vpn[b] != page[b])
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

  logic [VpnWidth-1:0] vpn_q;
  logic [AsidWidth-1:0] asid_q;
  logic [EntryWidth-1:0] entry_q;
  logic [Entries-1:0] mapping;  // the entries that map the watched page
  logic fill_maps, fenced;

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

  always_ff @(posedge clk_i)
    if (fill_maps) begin
      vpn_q   <= fill_vpn_i;
      asid_q  <= fill_asid_i;
      entry_q <= fill_entry_i;
    end

  // The last cycle's lookup was of the watched page.
  logic looked_q, user_q, started_q;

  initial {started_q, looked_q} = '0;
  always_ff @(posedge clk_i) begin
    started_q <= 1'b1;
    looked_q  <= started_q && lookup_i && lookup_vpn_i == watched_vpn
              && lookup_asid_i == watched_asid && lookup_bare_i == watched_bare;
    user_q    <= lookup_user_i;
  end

  // ---- Assumed: a reset at the start, and the contract that a fence is announced, and that no fill
  //      comes then; where comparators are shared, also that fills are announced, and that no lookup
  //      comes then.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (!fence_i || fence_soon_i);
    assume (!fill_i || !fence_soon_i);
    if (Shared) assume (fill_soon_i ? !lookup_i : !fill_i);
  end

  // ---- Invariants: one entry at most maps the watched page, and it holds the shadow.
  always_comb
    if (Hints && started_q) begin
      assert ((mapping & (mapping - Entries'(1))) == '0);
      for (int i = 0; i < Entries; i++)
        if (mapping[i]) begin
          assert (seen_vpn[i*VpnWidth+:VpnWidth] == vpn_q);
          assert (seen_asid[i*AsidWidth+:AsidWidth] == asid_q);
          assert (seen_entry[i*EntryWidth+:EntryWidth] == entry_q);
        end
    end

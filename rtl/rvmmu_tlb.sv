// SPDX-License-Identifier: Apache-2.0
// rvmmu_tlb: fully associative TLB: lookup, fill, fence, replacement. It holds granted leaves and
// says which one matches; whether that one allows an access is rvmmu_grant's question.
//
// Lookup: asked in cycle 0, read out in cycle 1 (the matches are registered in between), one a
// cycle, never blocked. A fill or a fence takes one cycle, and a lookup of that same cycle sees the
// filled entry. Never do two entries match one address: a fill removes what it overlaps.
// Fences: privileged specification, "Supervisor Memory-Management Fence Instruction".
`default_nettype none

module rvmmu_tlb #(
    parameter int Entries = 8,      // a power of two, 2 to 128
    parameter int VpnBits = 9,      // VPN bits a level: 9, or 10 for Sv32
    parameter int Levels = 3,       // 2 to 5
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int PpnWidth = 44,    // physical page number bits
    parameter int Replacement = rvmmu_pkg::ReplacementPlru,  // rvmmu_replace
    parameter bit Shared = 1'b0,    // lookups and changes share the comparators
    localparam int VpnWidth = VpnBits * Levels,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // lookup, cycle 0
    input  wire logic                  lookup_i,
    input  wire logic [  VpnWidth-1:0] lookup_vpn_i,
    input  wire logic [ AsidWidth-1:0] lookup_asid_i,
    input  wire logic                  lookup_bare_i,   // not translated: a space of its own
    input  wire logic                  lookup_user_i,   // matches U pages only: nothing else of the
                                                        // TLB is to show in U-mode's timing
    // lookup, cycle 1; later a fill may have changed what the match points to
    output logic                       match_o,
    output logic      [EntryWidth-1:0] entry_o,         // zero without a match
    input  wire logic                  used_i,          // the match answered a request
    // fill; where comparators are shared, announced, and no lookup in the same cycle
    input  wire logic                  fill_soon_i,
    input  wire logic                  fill_i,
    input  wire logic [  VpnWidth-1:0] fill_vpn_i,
    input  wire logic [ AsidWidth-1:0] fill_asid_i,
    input  wire logic                  fill_bare_i,
    input  wire logic [EntryWidth-1:0] fill_entry_i,
    // fence, announced in the same cycle: then no fill, and shared comparators find nothing
    input  wire logic                  fence_soon_i,    // a fence may come: its operands stand
    input  wire logic                  fence_i,
    input  wire logic                  fence_use_va_i,
    input  wire logic                  fence_use_asid_i,
    input  wire logic [  VpnWidth-1:0] fence_vpn_i,
    input  wire logic [ AsidWidth-1:0] fence_asid_i
);
  localparam int Stride = rvmmu_pkg::aligned(EntryWidth);

  logic [Entries-1:0] match, valid, victim, write, free, replaced;
  logic [Entries*Stride-1:0] entry;
  logic [VpnWidth-1:0] change_vpn, lookup_vpn;
  logic [AsidWidth-1:0] change_asid, lookup_asid;
  logic [MaskWidth:0] fill_larger, change_larger;  // | mask | N |
  logic change_bare, lookup_bare, fills, fill_match;

  assign free   = ~valid & (valid + Entries'(1));
  assign victim = (&valid) ? replaced : free;
  assign write  = fill_i ? victim : '0;
  assign fill_larger = fill_entry_i[rvmmu_pkg::EntryNapot+:MaskWidth+1];

  // What the entries are compared with.
  assign fills         = Shared ? fill_soon_i && !fence_soon_i : !fence_soon_i;
  assign change_vpn    = fence_soon_i ? fence_vpn_i : fills ? fill_vpn_i : lookup_vpn_i;
  assign change_asid   = fence_soon_i ? fence_asid_i : fills ? fill_asid_i : lookup_asid_i;
  assign change_bare   = !fence_soon_i && (fills ? fill_bare_i : lookup_bare_i);
  assign change_larger = fills ? fill_larger : '0;
  assign lookup_vpn    = Shared ? change_vpn : lookup_vpn_i;
  assign lookup_asid   = Shared ? change_asid : lookup_asid_i;
  assign lookup_bare   = Shared ? change_bare : lookup_bare_i;

  for (genvar e = 0; e < Entries; e++) begin : gen_entry
    logic [EntryWidth-1:0] entry_q;

    rvmmu_tlb_entry #(
        .VpnBits(VpnBits), .VpnWidth(VpnWidth), .MaskWidth(MaskWidth), .AsidWidth(AsidWidth),
        .EntryWidth(EntryWidth), .Shared(Shared)
    ) u_entry (
        .clk_i, .rst_ni, .lookup_i, .lookup_vpn_i(lookup_vpn), .lookup_asid_i(lookup_asid),
        .lookup_bare_i(lookup_bare), .lookup_user_i,
        .match_o(match[e]),
        .change_soon_i(fence_soon_i || fill_soon_i),
        .change_i(fill_i || fence_i),
        .change_fill_i(fill_i),
        .change_write_i(write[e]),
        .change_match_i(fill_match),
        .change_use_va_i(fence_use_va_i),
        .change_use_asid_i(fence_use_asid_i),
        .change_vpn_i(change_vpn),
        .change_asid_i(change_asid),
        .change_bare_i(change_bare),
        .change_larger_i(change_larger),
        .change_entry_i(fill_entry_i),
        .valid_o(valid[e]),
        .entry_o(entry_q)
    );
    assign entry[e*Stride+:Stride] = Stride'(entry_q);
  end

  // For a lookup beside the fill.
  assign fill_match = !Shared && fill_i && fill_bare_i == lookup_bare_i
      && rvmmu_pkg::same_page(45'(fill_vpn_i), 45'(lookup_vpn_i), 5'(fill_larger), VpnBits)
      && (fill_asid_i == lookup_asid_i || fill_entry_i[rvmmu_pkg::EntryGlobal]);

  assign match_o = |match;
  rvmmu_mux #(.Inputs(Entries), .Width(EntryWidth), .Stride(Stride)) u_entry (
      .select_i(match), .data_i(entry), .data_o(entry_o)
  );

  rvmmu_replace #(.Entries(Entries), .Replacement(Replacement)) u_replace (
      .clk_i, .rst_ni,
      .touch_i(fill_i ? victim : used_i ? match : '0),
      .fill_i,
      .victim_o(replaced)
  );
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_tlb_entry: one entry of a fully associative TLB: what it maps, whether it hits, and
// when it goes. It does not know its neighbours, nor what an access may do.
`default_nettype none

module rvmmu_tlb_entry #(
    parameter int VpnBits = 9,      // VPN bits a level: 9, or 10 for Sv32
    parameter int VpnWidth = 27,    // all levels
    parameter int MaskWidth = 2,    // levels above the base
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int EntryWidth = 52,  // rvmmu_pkg, "Entry"
    parameter bit Shared = 1'b0     // one comparator: the lookup's operands are the change's
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // lookup; the match is registered
    input  wire logic                  lookup_i,
    input  wire logic [  VpnWidth-1:0] lookup_vpn_i,
    input  wire logic [ AsidWidth-1:0] lookup_asid_i,
    input  wire logic                  lookup_bare_i,      // not translated: a space of its own
    input  wire logic                  lookup_user_i,      // matches a U page only
    output logic                       match_o,
    // change: a fill or a fence, for all entries at once; one of them is written by a fill
    input  wire logic                  change_soon_i,      // there may be one: early to know
    input  wire logic                  change_i,
    input  wire logic                  change_fill_i,      // a fill; else a fence
    input  wire logic                  change_write_i,     // the fill goes into this entry
    input  wire logic                  change_match_i,     // the fill's page matches the lookup
    input  wire logic                  change_use_va_i,    // fence by address
    input  wire logic                  change_use_asid_i,  // fence by ASID
    input  wire logic [  VpnWidth-1:0] change_vpn_i,
    input  wire logic [ AsidWidth-1:0] change_asid_i,
    input  wire logic                  change_bare_i,      // a fill's; 0 for a fence
    input  wire logic [   MaskWidth:0] change_larger_i,    // a fill's mask and N; 0 for a fence
    input  wire logic [EntryWidth-1:0] change_entry_i,     // a fill's entry
    // contents
    output logic                       valid_o,
    output logic      [EntryWidth-1:0] entry_o
);
  logic                  valid_q, match_q, bare_q;
  logic [  VpnWidth-1:0] vpn_q;
  logic [ AsidWidth-1:0] asid_q;
  logic [EntryWidth-1:0] entry_q;
  logic [   MaskWidth:0] larger, lookup_larger;  // | mask | N |

  assign larger = entry_q[rvmmu_pkg::EntryNapot+:MaskWidth+1];
  assign lookup_larger = Shared ? larger | change_larger_i : larger;

  // True if the page number lies in this entry's page, or in a larger one at its place.
  function automatic logic covers(input logic [VpnWidth-1:0] vpn, input logic [MaskWidth:0] size);
    covers = rvmmu_pkg::same_page(45'(vpn_q), 45'(vpn), 5'(size), VpnBits);
  endfunction

  // What a fill or a fence removes. A fill: all that could match an address of the new page, in
  // its space or, if either is global, in any that is translated. A fence by ASID spares global
  // entries ("Supervisor Memory-Management Fence Instruction"), one by address takes all that was
  // fractured, since it does not know how large the leaf was; only a full one takes what is not
  // translated.
  function automatic logic removed;
    logic there, same_asid, same_bare;
    same_asid = asid_q == change_asid_i;
    same_bare = bare_q == change_bare_i;
    there = covers(change_vpn_i, larger | change_larger_i);
    if (change_fill_i)
      removed = there && same_bare && (same_asid || entry_q[rvmmu_pkg::EntryGlobal]
                                                 || change_entry_i[rvmmu_pkg::EntryGlobal]);
    else
      removed = (!change_use_va_i || (same_bare && (there || entry_q[rvmmu_pkg::EntryFractured])))
             && (!change_use_asid_i
                 || (same_bare && same_asid && !entry_q[rvmmu_pkg::EntryGlobal]));
  endfunction

  // A lookup beside a fill sees what the fill leaves behind: the new entry if that matches (then
  // no other does, since all overlap), else the rest without the one that is overwritten. What a
  // fence removes in this cycle may still answer: the request was accepted before its completion;
  // but where they share the comparator it finds nothing.
  always_ff @(posedge clk_i)
    if (lookup_i) begin
      match_q <= 1'b0;
      if (change_match_i)
        match_q <= change_write_i && (!lookup_user_i || change_entry_i[rvmmu_pkg::FlagU]);
      else if (valid_q)
        match_q <= !(Shared ? change_soon_i : change_write_i) && bare_q == lookup_bare_i
            && (!lookup_user_i || entry_q[rvmmu_pkg::FlagU])
            && covers(lookup_vpn_i, lookup_larger)
            && (asid_q == lookup_asid_i || entry_q[rvmmu_pkg::EntryGlobal]);
    end

  // Reset: the valid bit only.
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) valid_q <= 1'b0;
    else if (change_i) begin
      if (change_write_i) valid_q <= 1'b1;
      else if (removed()) valid_q <= 1'b0;
    end

  always_ff @(posedge clk_i)
    if (change_i && change_write_i) begin
      vpn_q   <= change_vpn_i;
      asid_q  <= change_asid_i;
      bare_q  <= change_bare_i;
      entry_q <= change_entry_i;
    end

  assign match_o = match_q;
  assign valid_o = valid_q;
  assign entry_o = entry_q;
endmodule

`default_nettype wire

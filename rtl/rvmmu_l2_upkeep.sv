// SPDX-License-Identifier: Apache-2.0
// rvmmu_l2_upkeep: the order of work when the L2's sets change: fills, fences by address (one set)
// and by ASID (every set, one a cycle). Each reads a set and acts on it 1 + Register cycles later.
// A fill replaces what it overlaps, else an invalid way, else the ways in turn.
`default_nettype none

module rvmmu_l2_upkeep #(
    parameter int VpnWidth = 27,
    parameter int AsidWidth = 9,
    parameter int EntryWidth = 52,
    parameter int MaskWidth = 2,    // levels above the base
    parameter int Sets = 64,        // a power of two, 2 or more
    parameter int Ways = 2,
    parameter bit Register = 1'b0,
    localparam int SetWidth = $clog2(Sets),
    localparam int TagWidth = VpnWidth - SetWidth
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // fill with a base page; dropped while another works, unless that one is a prefetched page
    input  wire logic                  fill_i,
    input  wire logic                  fill_spare_i,  // it is a prefetched page
    output logic                       fill_ready_o,  // nothing works
    input  wire logic [  VpnWidth-1:0] fill_vpn_i,
    input  wire logic [ AsidWidth-1:0] fill_asid_i,
    input  wire logic [EntryWidth-1:0] fill_entry_i,
    // fence: flush for one cycle, operands until done
    input  wire logic                  flush_i,
    input  wire logic                  fence_use_va_i,
    input  wire logic                  fence_use_asid_i,
    input  wire logic [  VpnWidth-1:0] fence_vpn_i,
    input  wire logic [ AsidWidth-1:0] fence_asid_i,
    output logic                       fence_done_o,
    // the sets: read in this cycle, act on what was read 1 + Register cycles ago
    output logic                       read_o,
    output logic      [  SetWidth-1:0] read_set_o,
    output logic                       blocked_o,     // no lookups in this cycle
    output logic                       acts_o,
    output logic                       acts_fence_o,
    output logic      [  SetWidth-1:0] acts_set_o,
    output logic      [  TagWidth-1:0] acts_tag_o,
    output logic      [ AsidWidth-1:0] acts_asid_o,
    output logic      [EntryWidth-1:0] acts_entry_o,
    // a fill of a larger page, a cycle later; its entry is acts_entry
    output logic                       large_o,
    output logic      [  VpnWidth-1:0] large_vpn_o,
    output logic      [ AsidWidth-1:0] large_asid_o,
    input  wire logic [      Ways-1:0] valid_i,
    input  wire logic [      Ways-1:0] removed_i,     // what the fill or fence removes
    output logic      [      Ways-1:0] write_o,
    output logic      [      Ways-1:0] clear_o
);
  localparam int Delay = Register ? 2 : 1;

  // Fence: sets left to read, from set_q up to last_q.
  logic fencing_q, reading_q;
  logic [SetWidth-1:0] set_q, last_q;
  // Fill: held from acceptance to the write.
  logic filling_q, spare_q, fill_read_q, large_q, take, fill_base;
  logic [VpnWidth-1:0] vpn_q;
  logic [AsidWidth-1:0] asid_q;
  logic [EntryWidth-1:0] entry_q;

  logic [Delay-1:0] act_q;  // a read is on its way
  logic [Delay*SetWidth-1:0] act_set_q;

  assign fill_ready_o = !filling_q && !fencing_q;
  assign take = fill_i && !fencing_q && (!filling_q || (spare_q && !fill_spare_i));

  assign fill_base = fill_entry_i[rvmmu_pkg::EntryNapot+:MaskWidth+1] == '0;  // | mask | N |

  assign large_o      = large_q;
  assign large_vpn_o  = vpn_q;
  assign large_asid_o = asid_q;
  assign read_o       = fencing_q ? reading_q : fill_read_q;
  assign read_set_o   = fencing_q ? set_q : vpn_q[SetWidth-1:0];
  assign acts_o       = act_q[Delay-1];
  assign acts_fence_o = fencing_q;
  assign acts_set_o   = act_set_q[(Delay-1)*SetWidth+:SetWidth];
  assign acts_tag_o   = fencing_q ? fence_vpn_i[VpnWidth-1:SetWidth] : vpn_q[VpnWidth-1:SetWidth];
  assign acts_asid_o  = fencing_q ? fence_asid_i : asid_q;
  assign acts_entry_o = entry_q;
  assign blocked_o    = fencing_q || read_o;
  assign fence_done_o = fencing_q && acts_o && acts_set_o == last_q;

  // Reset: control only.
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      fencing_q   <= 1'b0;
      reading_q   <= 1'b0;
      filling_q   <= 1'b0;
      fill_read_q <= 1'b0;
      large_q     <= 1'b0;
      act_q       <= '0;
    end else if (flush_i) begin
      fencing_q   <= fence_use_va_i || fence_use_asid_i;
      reading_q   <= fence_use_va_i || fence_use_asid_i;
      filling_q   <= 1'b0;
      fill_read_q <= 1'b0;
      large_q     <= 1'b0;
      act_q       <= '0;
    end else begin
      act_q <= take ? '0 : Delay'({act_q, read_o});
      if (set_q == last_q) reading_q <= 1'b0;
      if (fence_done_o) fencing_q <= 1'b0;
      fill_read_q <= take && fill_base;
      large_q     <= take && !fill_base;
      if (take) filling_q <= fill_base;
      else if (acts_o) filling_q <= 1'b0;
    end

  always_ff @(posedge clk_i) begin
    if (flush_i) begin
      set_q  <= fence_use_va_i ? fence_vpn_i[SetWidth-1:0] : '0;
      last_q <= fence_use_va_i ? fence_vpn_i[SetWidth-1:0] : '1;
    end else if (reading_q) set_q <= set_q + 1'b1;
    if (take) begin
      spare_q <= fill_spare_i;
      vpn_q   <= fill_vpn_i;
      asid_q  <= fill_asid_i;
      entry_q <= fill_entry_i;
    end
    act_set_q <= (Delay*SetWidth)'({act_set_q, read_set_o});
  end

  // The way that a fill takes.
  logic [Ways-1:0] turn_q, victim;

  always_comb begin
    victim = turn_q;
    if (|removed_i) victim = removed_i & (~removed_i + Ways'(1));
    else if (!(&valid_i)) victim = ~valid_i & (valid_i + Ways'(1));
  end

  assign write_o = (acts_o && !fencing_q && !flush_i) ? victim : '0;
  assign clear_o = (acts_o && !flush_i) ? removed_i & ~write_o : '0;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) turn_q <= Ways'(1);
    else if (|write_o) turn_q <= Ways'({turn_q, turn_q[Ways-1]});
endmodule

`default_nettype wire

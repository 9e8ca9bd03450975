// SPDX-License-Identifier: Apache-2.0
// Theorem walk_cache_keep, of rvmmu_walk_cache: nothing is dropped without need, and the deepest
// pointer known is found. For one table that may be any (watched_*: its level, the VPN fields above
// it, ASID, mode, and whether it is U-mode's), the last fill that leads to it stays until
//   - a fence covers it: one without an address that is full or, if it is not global, of its ASID,
//   - a fill overlaps it: the same table, of the same ASID or with either of the two global, or
//   - a fill of its level overlaps nothing, finds every entry valid, and the PLRU's one choice is
//     the entry that holds it.
// If it is there when an address below it is looked up and stays, then from the next cycle until
// the next lookup it is found, or a deeper one, and never one above it. If it was not there or has
// gone since, it is not found.
// Privileged specification, "Supervisor Memory-Management Fence Instruction".
//
// The seen_* wires are tied to registers of each level once the design is flat (run.sh). They say
// who is evicted, and carry the inductive invariants, which are asserted and never assumed. As the
// theorem is an equivalence, a wrong tie can make the proof fail, not pass.
`default_nettype none

module walk_cache_keep #(
    parameter int Entries = 4,
    parameter int VpnBits = 9,
    parameter int Levels = 3,
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter bit Hints = 1'b1,
    localparam int VpnWidth = VpnBits * Levels
) (
    `include "walk_cache_inputs.svh"
);
  `include "walk_cache_watched.svh"

  // ---- Alive is what is still there.
  logic alive_q, overlapped, lost;
  logic [Levels-1:1] evicted;  // by a fill of this level, if it is the watched one

  assign overlapped = fill_here && (fill_asid_i == asid_q || fill_global_i || global_q);
  assign lost = fenced || overlapped || |evicted;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_leads) alive_q <= 1'b1;
    else if (lost) alive_q <= 1'b0;

  // The pointer was there when the last lookup came, and has been since.
  logic there_q;
  initial there_q = 1'b0;
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) there_q <= 1'b0;
    else there_q <= (lookup_i ? alive_q : there_q) && !lost;

  // ---- The theorem; its part about each level's victim is below.
  always_comb
    if (started_q && rst_ni && looked_q) begin
      if (there_q) assert (found && found_levels <= watched_level);
      if (hit) assert (there_q && found_ppn == ppn_q && found_global == global_q);
    end

  // ---- Its invariants.
  always_comb
    if (Hints && started_q) begin
      if (alive_q)
        assert (legal(watched_mode) && watched_level >= 3'd1 && watched_level < watched_mode);
      if (there_q) assert (alive_q);
    end

  for (genvar l = 1; l < Levels; l++) begin : gen_level
    `include "walk_cache_level.svh"

    logic [Pointers-1:0] seen_plru, overlapping;  // the first tied by run.sh
    always_comb
      for (int i = 0; i < Pointers; i++)
        overlapping[i] = seen_valid[i]
                      && seen_tag[i*TagWidth+:TagWidth] == tag(fill_vpn_i, fill_mode_i, fill_user_i)
                      && (seen_asid[i*AsidWidth+:AsidWidth] == fill_asid_i || fill_global_i
                          || seen_pointer[i*PointerWidth+PpnWidth]);
    assign evicted[l] = fill_i && fill_levels_i == 3'(l) && watched_level == 3'(l)
                     && (&seen_valid) && overlapping == '0 && |(leading & seen_plru);

    always_comb
      if (started_q) assert (seen_plru != '0 && (seen_plru & (seen_plru - Pointers'(1))) == '0);

    always_comb
      if (Hints && started_q && watched_level == 3'(l)) begin
        assert (|leading == alive_q);
        if (looked_q) assert (seen_match == (there_q ? leading : '0));
      end
    always_comb if (Hints && started_q) assert ((seen_match & ~seen_valid) == '0);

    // An eviction at this level, and a hit with all entries valid.
    logic evicted_q;
    initial evicted_q = 1'b0;
    always_ff @(posedge clk_i)
      evicted_q <= started_q && rst_ni && alive_q && evicted[l] && looked_q && there_q && !lookup_i;
    always_comb begin
      cover (evicted_q && !found);
      cover (hit && watched_level == 3'(l) && (&seen_valid));
    end
  end

  // ---- It is not vacuous: hits and evictions (above); a deeper table found while the watched one
  //      is there; after each form of fence but the full one a pointer that it spared; one that an
  //      overlap took away, though it leads elsewhere or for another ASID; and one that stayed
  //      found while others of its level were filled.
  logic fence_q, by_va_q, by_asid_q, overlapped_q, other_q;
  initial {fence_q, overlapped_q, other_q} = '0;
  always_ff @(posedge clk_i) begin
    fence_q      <= started_q && rst_ni && fence_i && alive_q;
    by_va_q      <= fence_use_va_i;
    by_asid_q    <= fence_use_asid_i;
    overlapped_q <= started_q && rst_ni && there_q && overlapped && !fill_leads && !lookup_i;
    other_q      <= started_q && rst_ni && hit && !lookup_i && fill_i
                 && fill_levels_i == watched_level;
  end
  always_comb begin
    cover (started_q && rst_ni && looked_q && there_q && found && found_levels < watched_level);
    cover (hit && fence_q && by_va_q && !by_asid_q);
    cover (hit && fence_q && by_va_q && by_asid_q);
    cover (hit && fence_q && by_asid_q && global_q && !by_va_q);
    cover (overlapped_q && looked_q && !found);
    cover (other_q && hit);
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Theorem walk_cache_hit, of rvmmu_walk_cache: what is found is the last fill that no fence has
// removed. For one table that may be any (watched_*: its level, the VPN fields above it, ASID,
// mode, and whether it is U-mode's), a shadow keeps the last fill that leads to it; a fence that
// covers this fill clears the shadow. Whenever the last lookup was for an address below that table
// and it is found, be it in the next cycle or long after, the shadow is alive now and the answer
// equals it, and exactly one entry of that level has matched. So from the cycle after a fence on,
// nothing that it covers is found, nor is what was overwritten. What is found has levels left, and
// fewer than the mode has; what is not translated finds nothing.
// Privileged specification, "Supervisor Memory-Management Fence Instruction".
//
// The seen_* wires are tied to the registers of each level once the design is flat (run.sh). They
// carry the inductive invariants only, which are asserted and never assumed: a wrong tie can make
// the proof fail, not pass. Without Hints they say nothing, for hunting faults from reset.
`default_nettype none

module walk_cache_hit #(
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

  // ---- Alive is what no fence has covered.
  logic alive_q;
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_leads) alive_q <= 1'b1;
    else if (fenced) alive_q <= 1'b0;

  // ---- The theorem; its part about each level's matches is below.
  always_comb begin
    if (hit) assert (alive_q && found_ppn == ppn_q && found_global == global_q);
    if (hit) assert (watched_level < watched_mode);
    if (started_q && found) assert (found_levels >= 3'd1 && found_levels < 3'(Levels));
    // Where there is one level only, nothing is chosen.
    if (Levels > 2 && !found) assert ({found_levels, found_ppn, found_global} == '0);
  end

  // ---- Its invariants.
  always_comb
    if (Hints && started_q && alive_q)
      assert (legal(watched_mode) && watched_level >= 3'd1 && watched_level < watched_mode);

  for (genvar l = 1; l < Levels; l++) begin : gen_level
    `include "walk_cache_level.svh"

    always_comb
      if (Hints && started_q && watched_level == 3'(l)) begin
        if (leading != '0) assert (alive_q);
        if (looked_q) assert ((seen_match & ~leading) == '0);
      end

    // Never do two match.
    always_comb
      if (started_q && rst_ni && looked_q && watched_level == 3'(l))
        assert ((seen_match & (seen_match - Pointers'(1))) == '0);

    always_comb cover (hit && watched_level == 3'(l) && ppn_q != '0);
  end

  // ---- It is not vacuous: a table of each level is found (above), one after it was filled anew,
  //      one under another ASID; after each form of fence one that it spared; and what stood as
  //      found is gone after a fence of each form that removes, and after a fill in its place.
  logic again_q, fence_q, fill_q, hit_q, cleared_q, by_va_q, by_asid_q;
  initial {again_q, fence_q, fill_q, hit_q, cleared_q} = '0;
  always_ff @(posedge clk_i) begin
    again_q   <= started_q && rst_ni && alive_q && (again_q || (fill_leads && fill_ppn_i != ppn_q));
    fence_q   <= started_q && rst_ni && fence_i && alive_q;
    fill_q    <= fill_leads;
    by_va_q   <= fence_use_va_i;
    by_asid_q <= fence_use_asid_i;
    cleared_q <= fenced;
    hit_q     <= hit && !lookup_i;
  end
  logic gone;
  assign gone = started_q && rst_ni && hit_q && !found;
  always_comb begin
    cover (hit && again_q);
    cover (hit && asid_q != watched_asid);
    cover (hit && fence_q && by_va_q);
    cover (hit && fence_q && by_asid_q && global_q && !by_va_q);
    cover (hit && fence_q && by_asid_q && !global_q && !by_va_q);
    cover (gone && fence_q && cleared_q && !by_asid_q);
    cover (gone && fence_q && cleared_q && by_asid_q);
    cover (gone && fill_q);
  end
endmodule

`default_nettype wire

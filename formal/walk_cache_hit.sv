// SPDX-License-Identifier: Apache-2.0
// Theorem walk_cache_hit, of rvmmu_walk_cache: what is found is the last fill that no fence has
// removed. For one table that may be any (watched_*: its level, the VPN fields above it, ASID,
// mode, and whether it is U-mode's), a shadow keeps the last fill that leads to it; a fence that covers this fill clears the
// shadow. Whenever the last lookup was for an address below that table and it is found, be it in
// the next cycle or long after, the shadow is alive now and the answer equals it, and exactly one
// entry of that level has matched. So from the cycle after a fence on, nothing that it covers is
// found, nor is what was overwritten. What is found has levels left, and fewer than the mode has;
// what is not translated finds nothing.
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
    input wire logic                 clk_i,
    input wire logic                 rst_ni,
    input wire logic                 lookup_i,
    input wire logic [ VpnWidth-1:0] lookup_vpn_i,
    input wire logic [AsidWidth-1:0] lookup_asid_i,
    input wire logic [          2:0] lookup_levels_i,
    input wire logic                 lookup_user_i,
    input wire logic                 fill_i,
    input wire logic [ VpnWidth-1:0] fill_vpn_i,
    input wire logic [AsidWidth-1:0] fill_asid_i,
    input wire logic [          2:0] fill_mode_i,
    input wire logic                 fill_user_i,
    input wire logic [          2:0] fill_levels_i,
    input wire logic [ PpnWidth-1:0] fill_ppn_i,
    input wire logic                 fill_global_i,
    input wire logic                 fence_i,
    input wire logic                 fence_use_va_i,
    input wire logic                 fence_use_asid_i,
    input wire logic [AsidWidth-1:0] fence_asid_i
);
  logic found, found_global;
  logic [2:0] found_levels;
  logic [PpnWidth-1:0] found_ppn;

  rvmmu_walk_cache #(
      .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
      .PpnWidth(PpnWidth)
  ) u_walk_cache (
      .clk_i, .rst_ni,
      .lookup_i, .lookup_vpn_i, .lookup_asid_i, .lookup_levels_i, .lookup_user_i,
      .found_o(found), .found_levels_o(found_levels), .found_ppn_o(found_ppn),
      .found_global_o(found_global),
      .fill_i, .fill_vpn_i, .fill_asid_i, .fill_mode_i, .fill_levels_i, .fill_ppn_i,
      .fill_global_i, .fill_user_i,
      .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_asid_i
  );

  // ---- The specification. An address is below the watched table if it agrees in each VPN field
  //      from the table's level up.
  (* anyconst *) logic [VpnWidth-1:0] watched_vpn;
  (* anyconst *) logic [AsidWidth-1:0] watched_asid;
  (* anyconst *) logic [2:0] watched_mode, watched_level;
  (* anyconst *) logic watched_user;

  function automatic logic below(input logic [VpnWidth-1:0] vpn, input logic [2:0] mode,
                                 input logic user);
    below = mode == watched_mode && user == watched_user;
    for (int b = 0; b < VpnWidth; b++)
      if (3'(b / VpnBits) >= watched_level && vpn[b] != watched_vpn[b]) below = 1'b0;
  endfunction

  function automatic logic legal(input logic [2:0] mode);
    legal = (Levels == 2) ? mode == 3'd2 : mode >= 3'd3 && mode <= 3'(Levels);
  endfunction

  logic alive_q, global_q, fill_leads, fenced;
  logic [AsidWidth-1:0] asid_q;
  logic [PpnWidth-1:0] ppn_q;

  assign fill_leads = fill_i && fill_levels_i == watched_level && below(fill_vpn_i, fill_mode_i, fill_user_i)
                   && (fill_asid_i == watched_asid || fill_global_i);
  assign fenced = fence_i && !fence_use_va_i
               && (!fence_use_asid_i || (asid_q == fence_asid_i && !global_q));

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_leads) alive_q <= 1'b1;
    else if (fenced) alive_q <= 1'b0;

  always_ff @(posedge clk_i)
    if (fill_leads) begin
      asid_q   <= fill_asid_i;
      global_q <= fill_global_i;
      ppn_q    <= fill_ppn_i;
    end

  // The last lookup was below the watched table.
  logic looked_q, started_q;
  initial {started_q, looked_q} = '0;
  always_ff @(posedge clk_i) begin
    started_q <= 1'b1;
    if (lookup_i)
      looked_q <= started_q && below(lookup_vpn_i, lookup_levels_i, lookup_user_i)
               && lookup_asid_i == watched_asid;
  end

  // ---- Assumed: a reset at the start, modes of the build, a level below the mode's, and the
  //      contract that a fence's cycle has no fill.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (!(fill_i && fence_i));
    if (fill_i)
      assume (legal(fill_mode_i) && fill_levels_i >= 3'd1 && fill_levels_i < fill_mode_i);
    if (lookup_i) assume (lookup_levels_i == 3'd0 || legal(lookup_levels_i));
  end

  // ---- The theorem; its part about each level's matches is below.
  logic hit;
  assign hit = started_q && rst_ni && looked_q && found && found_levels == watched_level;
  always_comb begin
    if (hit) assert (alive_q && found_ppn == ppn_q && found_global == global_q);
    if (hit) assert (watched_level < watched_mode);
    if (started_q && found) assert (found_levels >= 3'd1 && found_levels < 3'(Levels));
    if (!found) assert ({found_levels, found_ppn, found_global} == '0);
  end

  // ---- Its invariants.
  always_comb
    if (Hints && started_q && alive_q)
      assert (legal(watched_mode) && watched_level >= 3'd1 && watched_level < watched_mode);

  for (genvar l = 1; l < Levels; l++) begin : gen_level
    localparam int Pointers = (l == 1) ? Entries : (Entries > 8) ? Entries / 4 : 2;
    localparam int PrefixWidth = VpnWidth - VpnBits * l;
    localparam int TagWidth = PrefixWidth + 3;
    localparam int PointerWidth = PpnWidth + 1;

    // Tied by run.sh: entry i of this level.
    logic [Pointers-1:0] seen_valid, seen_match;
    logic [Pointers*TagWidth-1:0] seen_tag;
    logic [Pointers*AsidWidth-1:0] seen_asid;
    logic [Pointers*PointerWidth-1:0] seen_pointer;

    logic [TagWidth-1:0] tag;
    assign tag = {watched_vpn[VpnWidth-1-:PrefixWidth], watched_user, (Levels > 3) ? watched_mode[1:0] : 2'd0};

    logic [Pointers-1:0] leading;
    always_comb
      for (int i = 0; i < Pointers; i++)
        leading[i] = seen_valid[i] && legal(watched_mode) && seen_tag[i*TagWidth+:TagWidth] == tag
                  && (seen_asid[i*AsidWidth+:AsidWidth] == watched_asid
                      || seen_pointer[i*PointerWidth+PpnWidth]);

    always_comb
      if (Hints && started_q && watched_level == 3'(l)) begin
        assert ((leading & (leading - Pointers'(1))) == '0);
        for (int i = 0; i < Pointers; i++)
          if (leading[i]) begin
            assert (alive_q && seen_asid[i*AsidWidth+:AsidWidth] == asid_q);
            assert (seen_pointer[i*PointerWidth+:PointerWidth] == {global_q, ppn_q});
          end
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

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

  logic alive_q, global_q, fill_leads, fenced, overlapped, lost;
  logic [Levels-1:1] evicted;  // by a fill of this level, if it is the watched one
  logic [AsidWidth-1:0] asid_q;
  logic [PpnWidth-1:0] ppn_q;

  assign overlapped = fill_i && fill_levels_i == watched_level && below(fill_vpn_i, fill_mode_i, fill_user_i)
                   && (fill_asid_i == asid_q || fill_global_i || global_q);
  assign fill_leads = fill_i && fill_levels_i == watched_level && below(fill_vpn_i, fill_mode_i, fill_user_i)
                   && (fill_asid_i == watched_asid || fill_global_i);
  assign fenced = fence_i && !fence_use_va_i
               && (!fence_use_asid_i || (asid_q == fence_asid_i && !global_q));
  assign lost = fenced || overlapped || |evicted;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) alive_q <= 1'b0;
    else if (fill_leads) alive_q <= 1'b1;
    else if (lost) alive_q <= 1'b0;

  always_ff @(posedge clk_i)
    if (fill_leads) begin
      asid_q   <= fill_asid_i;
      global_q <= fill_global_i;
      ppn_q    <= fill_ppn_i;
    end

  // The last lookup was below the watched table, and the pointer was there and has been since.
  logic looked_q, there_q, started_q;
  initial {started_q, looked_q, there_q} = '0;
  always_ff @(posedge clk_i) begin
    started_q <= 1'b1;
    if (lookup_i)
      looked_q <= started_q && below(lookup_vpn_i, lookup_levels_i, lookup_user_i)
               && lookup_asid_i == watched_asid;
  end
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) there_q <= 1'b0;
    else there_q <= (lookup_i ? alive_q : there_q) && !lost;

  // ---- Assumed: a reset at the start, modes of the build, a level below the mode's, and the
  //      contract that a fence's cycle has no fill.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (!(fill_i && fence_i));
    if (fill_i)
      assume (legal(fill_mode_i) && fill_levels_i >= 3'd1 && fill_levels_i < fill_mode_i);
    if (lookup_i) assume (lookup_levels_i == 3'd0 || legal(lookup_levels_i));
  end

  // ---- The theorem; its part about each level's victim is below.
  logic hit;
  assign hit = started_q && rst_ni && looked_q && found && found_levels == watched_level;
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
    localparam int Pointers = (l == 1) ? Entries : (Entries > 8) ? Entries / 4 : 2;
    localparam int PrefixWidth = VpnWidth - VpnBits * l;
    localparam int TagWidth = PrefixWidth + 3;
    localparam int PointerWidth = PpnWidth + 1;

    // Tied by run.sh: entry i of this level.
    logic [Pointers-1:0] seen_valid, seen_match, seen_plru;
    logic [Pointers*TagWidth-1:0] seen_tag;
    logic [Pointers*AsidWidth-1:0] seen_asid;
    logic [Pointers*PointerWidth-1:0] seen_pointer;

    function automatic logic [TagWidth-1:0] tag(input logic [VpnWidth-1:0] vpn,
                                                input logic [2:0] mode, input logic user);
      tag = {vpn[VpnWidth-1-:PrefixWidth], user, (Levels > 3) ? mode[1:0] : 2'd0};
    endfunction

    logic [Pointers-1:0] leading, overlapping;
    always_comb
      for (int i = 0; i < Pointers; i++) begin
        leading[i] = seen_valid[i] && legal(watched_mode)
                  && seen_tag[i*TagWidth+:TagWidth] == tag(watched_vpn, watched_mode, watched_user)
                  && (seen_asid[i*AsidWidth+:AsidWidth] == watched_asid
                      || seen_pointer[i*PointerWidth+PpnWidth]);
        overlapping[i] = seen_valid[i]
                      && seen_tag[i*TagWidth+:TagWidth] == tag(fill_vpn_i, fill_mode_i, fill_user_i)
                      && (seen_asid[i*AsidWidth+:AsidWidth] == fill_asid_i || fill_global_i
                          || seen_pointer[i*PointerWidth+PpnWidth]);
      end

    assign evicted[l] = fill_i && fill_levels_i == 3'(l) && watched_level == 3'(l)
                     && (&seen_valid) && overlapping == '0 && |(leading & seen_plru);

    always_comb
      if (started_q) assert (seen_plru != '0 && (seen_plru & (seen_plru - Pointers'(1))) == '0);

    always_comb
      if (Hints && started_q && watched_level == 3'(l)) begin
        assert ((leading & (leading - Pointers'(1))) == '0);
        assert (|leading == alive_q);
        for (int i = 0; i < Pointers; i++)
          if (leading[i]) begin
            assert (seen_asid[i*AsidWidth+:AsidWidth] == asid_q);
            assert (seen_pointer[i*PointerWidth+:PointerWidth] == {global_q, ppn_q});
          end
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

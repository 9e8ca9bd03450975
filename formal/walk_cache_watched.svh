// SPDX-License-Identifier: Apache-2.0
// What walk_cache_hit and walk_cache_keep have in common: the walk cache, and of one table that may
// be any (watched_*: its level, the VPN fields above it, ASID, mode, and whether it is U-mode's) a
// shadow of the last fill that leads to it, what covers that fill, and the lookups below the table.
// How long the shadow is alive says each theorem.
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
      .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_asid_i
  );

  // ---- The watched table. An address is below the watched table if it agrees in each VPN field
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

  logic fill_here, fill_leads, fenced, global_q;
  logic [AsidWidth-1:0] asid_q;
  logic [PpnWidth-1:0] ppn_q;

  assign fill_here = fill_i && fill_levels_i == watched_level
                  && below(fill_vpn_i, fill_mode_i, fill_user_i);
  assign fill_leads = fill_here && (fill_asid_i == watched_asid || fill_global_i);
  assign fenced = fence_i && !fence_use_va_i
               && (!fence_use_asid_i || (asid_q == fence_asid_i && !global_q));

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

  // It has found the pointer to that table.
  logic hit;
  assign hit = started_q && rst_ni && looked_q && found && found_levels == watched_level;

  // ---- Assumed: a reset at the start, modes of the build, a level below the mode's, and the
  //      contract that a fence is announced, and that no fill comes then.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (!fence_i || fence_soon_i);
    assume (!fill_i || !fence_soon_i);
    if (fill_i)
      assume (legal(fill_mode_i) && fill_levels_i >= 3'd1 && fill_levels_i < fill_mode_i);
    if (lookup_i) assume (lookup_levels_i == 3'd0 || legal(lookup_levels_i));
  end

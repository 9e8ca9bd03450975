// SPDX-License-Identifier: Apache-2.0
// What walk_cache_hit and walk_cache_keep have in common of level l: its entries, and those that lead
// to the watched table.
    localparam int Pointers = (l == 1) ? Entries : (Entries > 8) ? Entries / 4 : 2;
    localparam int PrefixWidth = VpnWidth - VpnBits * l;
    localparam int TagWidth = PrefixWidth + 3;
    localparam int PointerWidth = PpnWidth + 1;

    // Tied by run.sh: entry i of this level.
    logic [Pointers-1:0] seen_valid, seen_match;
    logic [Pointers*TagWidth-1:0] seen_tag;
    logic [Pointers*AsidWidth-1:0] seen_asid;
    logic [Pointers*PointerWidth-1:0] seen_pointer;

    function automatic logic [TagWidth-1:0] tag(input logic [VpnWidth-1:0] vpn,
                                                input logic [2:0] mode, input logic user);
      tag = {vpn[VpnWidth-1-:PrefixWidth], user, (Levels > 3) ? mode[1:0] : 2'd0};
    endfunction

    logic [Pointers-1:0] leading;
    always_comb
      for (int i = 0; i < Pointers; i++)
        leading[i] = seen_valid[i] && legal(watched_mode)
                  && seen_tag[i*TagWidth+:TagWidth] == tag(watched_vpn, watched_mode, watched_user)
                  && (seen_asid[i*AsidWidth+:AsidWidth] == watched_asid
                      || seen_pointer[i*PointerWidth+PpnWidth]);

    // ---- Invariants: one entry at most leads there, and it holds the shadow.
    always_comb
      if (Hints && started_q && watched_level == 3'(l)) begin
        assert ((leading & (leading - Pointers'(1))) == '0);
        for (int i = 0; i < Pointers; i++)
          if (leading[i]) begin
            assert (seen_asid[i*AsidWidth+:AsidWidth] == asid_q);
            assert (seen_pointer[i*PointerWidth+:PointerWidth] == {global_q, ppn_q});
          end
      end

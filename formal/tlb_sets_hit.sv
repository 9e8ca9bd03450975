// SPDX-License-Identifier: Apache-2.0
// Theorem tlb_sets_hit, of rvmmu_tlb_sets: of the base pages what hits is the last fill that no
// fence has removed, and none goes without need. For one page and ASID that may be any (watched_*),
// a shadow keeps the last base page that was filled and maps it.
//   - If a lookup of it matches a base page, no fence has covered the shadow, entry_o equals it,
//     and exactly one way matches. A lookup of U-mode matches U pages only, an untranslated one
//     none.
//   - Every lookup matches it, from the one in the fill's own cycle on, until a fence by address
//     covers it, one by ASID finds it not global (of whichever ASID), a full one comes, a fill of
//     this page shares an address space with it, or a fill finds its set full and the policy's one
//     choice is the way that holds it. With Shared the lookups in a cycle in which a fence is
//     announced are left out: they find nothing.
// Each fill goes to one side: translated pages of the smallest size that are no part of a larger
// leaf to the sets, all others to an rvmmu_tlb (tlb_hit), which answers when no base page matches.
// Privileged specification, "Supervisor Memory-Management Fence Instruction".
//
// The seen_* wires are tied to registers and wires of the module once the design is flat and its
// RAMs are registers (run.sh). What base pages do is an equivalence: a wrong tie can make the proof
// fail, not pass. Without Hints the invariants say nothing, for hunting faults from reset.
`default_nettype none

module tlb_sets_hit #(
    parameter int Ways = 2,
    parameter int Sets = 2,
    parameter int Entries = 2,
    parameter int VpnBits = 9,
    parameter int Levels = 3,
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter bit Shared = 1'b0,
    parameter bit Hints = 1'b1,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    `include "tlb_inputs.svh"
);
  localparam int SetWidth = $clog2(Sets);
  localparam int HighWidth = VpnWidth - SetWidth;
  localparam int TagWidth = 2 + AsidWidth + HighWidth;
  localparam int DataWidth = rvmmu_pkg::EntryNapot + PpnWidth;

  logic match;
  logic [EntryWidth-1:0] entry;

  rvmmu_tlb_sets #(
      .Ways(Ways), .Sets(Sets), .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels),
      .AsidWidth(AsidWidth), .PpnWidth(PpnWidth), .Shared(Shared)
  ) u_tlb (
      .clk_i, .rst_ni,
      .lookup_i, .lookup_vpn_i, .lookup_asid_i, .lookup_bare_i, .lookup_user_i,
      .match_o(match), .entry_o(entry), .used_i,
      .fill_soon_i, .fill_i, .fill_vpn_i, .fill_asid_i, .fill_bare_i, .fill_entry_i,
      .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
  );

  // Tied by run.sh: the ways that match and the one to be replaced, the words of all sets (way 0 of
  // set 0 lowest), and the ports of the other part.
  logic [Ways-1:0] seen_match, seen_turn;
  logic [Sets*Ways-1:0] seen_valid, seen_global;
  logic [Sets*Ways*TagWidth-1:0] seen_tag;    // G | U | ASID | VPN above the set
  logic [Sets*Ways*DataWidth-1:0] seen_data;
  logic seen_other_fill, seen_other_match;
  logic [EntryWidth-1:0] seen_other_entry;

  // ---- The specification.
  (* anyconst *) logic [VpnWidth-1:0] watched_vpn;
  (* anyconst *) logic [AsidWidth-1:0] watched_asid;

  function automatic logic [SetWidth-1:0] set_of(input logic [VpnWidth-1:0] vpn);
    set_of = '0;
    for (int b = 0; b < 3 * SetWidth && b < VpnWidth; b++)
      set_of[b%SetWidth] = set_of[b%SetWidth] ^ vpn[b];
  endfunction

  logic fill_base, fill_maps, fill_global;
  assign fill_base = fill_i && !fill_bare_i && !fill_entry_i[rvmmu_pkg::EntryFractured]
                  && !fill_entry_i[rvmmu_pkg::EntryNapot]
                  && fill_entry_i[rvmmu_pkg::EntryMask+:MaskWidth] == '0;
  assign fill_global = fill_entry_i[rvmmu_pkg::EntryGlobal];
  assign fill_maps = fill_base && fill_vpn_i == watched_vpn
                  && (fill_asid_i == watched_asid || fill_global);

  // The shadow: not yet covered by a fence (alive), and not yet gone for any reason (kept).
  logic alive_q, kept_q, shadow_global;
  logic [AsidWidth-1:0] asid_q;
  logic [EntryWidth-1:0] entry_q;
  assign shadow_global = entry_q[rvmmu_pkg::EntryGlobal];

  logic at_address, in_space, fenced, taken, overlapped, evicted;  // taken: also without need
  assign at_address = fence_vpn_i == watched_vpn;
  assign in_space = asid_q == fence_asid_i && !shadow_global;
  assign fenced = fence_i && (at_address || !fence_use_va_i) && (in_space || !fence_use_asid_i);
  assign taken = fenced || (fence_i && !fence_use_va_i && fence_use_asid_i && !shadow_global);
  assign overlapped = fill_base && fill_vpn_i == watched_vpn
                   && (fill_asid_i == asid_q || fill_global || shadow_global);

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) {alive_q, kept_q} <= '0;
    else if (fill_maps) {alive_q, kept_q} <= '1;
    else begin
      if (fenced) alive_q <= 1'b0;
      if (taken || overlapped || evicted) kept_q <= 1'b0;
    end

  always_ff @(posedge clk_i)
    if (fill_maps) begin
      asid_q  <= fill_asid_i;
      entry_q <= fill_entry_i;
    end

  // The words of the watched page's set, and those of them that map it.
  logic [Ways-1:0] there, copies, mapping;
  logic [Ways*TagWidth-1:0] tags;
  logic [Ways*DataWidth-1:0] words;
  assign there  = seen_valid[set_of(watched_vpn)*Ways+:Ways];
  assign copies = seen_global[set_of(watched_vpn)*Ways+:Ways];
  assign tags   = seen_tag[set_of(watched_vpn)*Ways*TagWidth+:Ways*TagWidth];
  assign words  = seen_data[set_of(watched_vpn)*Ways*DataWidth+:Ways*DataWidth];

  for (genvar w = 0; w < Ways; w++) begin : gen_way
    logic tag_global, tag_user;
    logic [AsidWidth-1:0] tag_asid;
    logic [HighWidth-1:0] tag_high;
    assign {tag_global, tag_user, tag_asid, tag_high} = tags[w*TagWidth+:TagWidth];
    assign mapping[w] = there[w] && tag_high == watched_vpn[VpnWidth-1:SetWidth]
                     && (tag_asid == watched_asid || tag_global);

    // Invariants: G has its copy, and what maps the watched page is the shadow.
    always_comb if (Hints && started_q && there[w]) assert (copies[w] == tag_global);
    always_comb
      if (Hints && started_q && mapping[w]) begin
        assert (tag_global == shadow_global && tag_user == entry_q[rvmmu_pkg::FlagU]);
        assert (tag_asid == asid_q);
        assert (words[w*DataWidth+:DataWidth] == {entry_q[EntryWidth-1-:PpnWidth],
                                                  entry_q[rvmmu_pkg::EntryNapot-1:0]});
      end
  end
  assign evicted = fill_base && set_of(fill_vpn_i) == set_of(watched_vpn) && (&there)
                && |(mapping & seen_turn);

  // What the last cycle's lookup of the watched page finds.
  logic started_q, looked_q, bare_q, user_q, found_alive_q, found_kept_q;
  logic [EntryWidth-1:0] found_entry_q;

  initial {started_q, looked_q, bare_q} = '0;
  always_ff @(posedge clk_i) begin
    started_q     <= 1'b1;
    looked_q      <= started_q && lookup_i && lookup_vpn_i == watched_vpn
                  && lookup_asid_i == watched_asid && !lookup_bare_i;
    bare_q        <= started_q && lookup_i && lookup_bare_i;
    user_q        <= lookup_user_i;
    found_alive_q <= fill_maps || alive_q;
    found_kept_q  <= fill_maps || (kept_q && !evicted && !(Shared && fence_soon_i));
    found_entry_q <= fill_maps ? fill_entry_i : entry_q;
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

  // ---- The theorem.
  logic hit;
  assign hit = started_q && rst_ni && looked_q && |seen_match;

  always_comb begin
    if (hit) begin
      assert (found_alive_q);
      assert (match && entry == found_entry_q);
      assert (!user_q || entry[rvmmu_pkg::FlagU]);
      assert ((seen_match & (seen_match - Ways'(1))) == '0);
    end
    if (started_q && rst_ni && looked_q)
      assert (|seen_match == (found_kept_q && (!user_q || found_entry_q[rvmmu_pkg::FlagU])));
    if (bare_q) assert (seen_match == '0);
    if (seen_match == '0) assert (match == seen_other_match && entry == seen_other_entry);
    assert (seen_other_fill == (fill_i && !fill_base));
    assert (seen_turn != '0 && (seen_turn & (seen_turn - Ways'(1))) == '0);
  end

  // ---- Its other invariants.
  always_comb
    if (Hints && started_q) begin
      assert ((mapping & (mapping - Ways'(1))) == '0);
      assert (|mapping == kept_q);
      assert (alive_q || !kept_q);
      assert (!kept_q || entry_q[rvmmu_pkg::EntryNapot+:MaskWidth+1] == '0);
    end

  // ---- It is not vacuous: a hit after an older fill, under another ASID, beside the fill, in a
  //      full set, and before another page; a page hidden from U-mode; an untranslated hit; a hit
  //      on a page that a fence of each form but the full one spares, by address even in its set; a
  //      miss after each form, after one by ASID that takes another's page, after an overlap that
  //      does not map the page, and after an eviction. With Shared, none beside the fill, but a miss
  //      beside a fence that spares the page, and beside one that was announced and did not come.
  logic then_q, fill_q, refilled_q, full_q, soon_q, fence_q, fenced_q, overlapped_q, evicted_q;
  logic missed;
  logic [1:0] form, form_q;
  logic [4:0] spared_q;  // since the last fill by a fence of each form; 4: by address, in its set

  assign form = {fence_use_va_i, fence_use_asid_i};
  initial {then_q, fill_q, refilled_q, full_q, soon_q, fence_q, spared_q} = '0;
  always_ff @(posedge clk_i) begin
    then_q       <= started_q && rst_ni && kept_q;
    fill_q       <= started_q && fill_i;
    full_q       <= started_q && (&there);
    soon_q       <= started_q && fence_soon_i;
    fence_q      <= started_q && fence_i;
    form_q       <= form;
    fenced_q     <= fenced;
    overlapped_q <= overlapped && !fill_maps && !evicted;
    evicted_q    <= evicted && !overlapped;
    if (fill_maps) begin
      refilled_q <= started_q && kept_q && fill_entry_i != entry_q;
      spared_q   <= '0;
    end else if (started_q && fence_i && kept_q && !taken)
      spared_q <= spared_q | 5'd1 << form
                | 5'(form[1] && set_of(fence_vpn_i) == set_of(watched_vpn)) << 4;
  end
  assign missed = started_q && rst_ni && then_q && !kept_q;

  always_comb begin
    cover (hit && refilled_q);
    cover (hit && asid_q != watched_asid);
    cover (hit && full_q);
    cover (hit && spared_q[4]);
    cover (hit && seen_other_match && entry != seen_other_entry);
    cover (looked_q && rst_ni && user_q && kept_q && then_q && !match);
    cover (bare_q && rst_ni && match);
    cover (missed && overlapped_q);
    cover (missed && evicted_q);
    cover (alive_q && !kept_q);
  end
  always_comb cover (missed && fence_q && !fenced_q && form_q == 2'b01);
  if (Shared) begin : gen_beside_fence
    logic beside;
    assign beside = looked_q && rst_ni && then_q && kept_q && !user_q && !match;
    always_comb cover (beside && fence_q);
    always_comb cover (beside && soon_q && !fence_q);
  end else begin : gen_beside_fill
    always_comb cover (hit && !then_q && kept_q && fill_q);
  end
  for (genvar f = 0; f < 4; f++) begin : gen_form
    always_comb cover (missed && fence_q && fenced_q && form_q == 2'(f));
    if (f != 0) begin : gen_spared
      always_comb cover (hit && spared_q[f]);
    end
  end
endmodule

`default_nettype wire

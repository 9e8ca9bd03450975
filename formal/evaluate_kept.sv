// SPDX-License-Identifier: Apache-2.0
// Theorem evaluate_kept, of rvmmu_look, rvmmu_evaluate and rvmmu_grant: a TLB grants nothing that a
// walk would not. Whatever entry rvmmu_evaluate lets a TLB keep, and whatever other access, in
// whatever other context, the entry then allows: a walk that met the same PTE for that access and
// context would grant it too, without an A or D update, and lead to the same physical page of the
// same memory type. What was granted is granted again by its entry, but where the entry has no room
// for that (theorem grant_table).
// Privileged specification, "Virtual Address Translation Process"; "Memory-Management Fence": what
// changes without a fence (SUM, MXR, privilege, SSE, ADUE) is not held in an entry.
`default_nettype none

module evaluate_kept #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    parameter int Features = 0,
    parameter bit Pmp = 1'b0,
    localparam int AsidWidth = 1,
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int Vpn = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth + rvmmu_pkg::OffsetWidth,
    localparam int WalkWidth = Vpn + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LookWidth = rvmmu_pkg::LookEntry + EntryWidth,
    localparam int BlockWidth = PaWidth - 2
) (
    input wire logic                 clk_i,  // of the checker's cycles
    input wire logic                 has_svnapot_i,
    input wire logic                 has_svrsw60t59b_i,
    input wire logic [WalkWidth-1:0] walk_i,   // what was granted,
    input wire logic [WalkWidth-1:0] other_i,  // and what comes later
    input wire logic                 global_i,
    input wire logic [          1:0] scope_i,
    input wire logic                 writable_i,
    input wire logic                 swapped_i,
    input wire logic [     Xlen-1:0] pte_i,
    input wire logic                 error_i,
    input wire logic                 pmp_whole_i,
    input wire logic [          2:0] pmp_xwr_i,
    input wire logic                 other_whole_i,
    input wire logic [          2:0] other_xwr_i
);
  localparam logic [rvmmu_pkg::FeaturesWidth-1:0] Has = rvmmu_pkg::FeaturesWidth'(Features);

  logic keep, share, steps, narrow, update;
  logic [1:0] fault;
  logic [PpnWidth-1:0] ppn;
  logic [EntryWidth-1:0] entry;
  logic [LookWidth-1:0] look;
  logic [BlockWidth-1:0] address, block;
  logic [Xlen-1:0] pte;

  rvmmu_look #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_look (
      .ask_i(1'b1), .has_svnapot_i, .has_svrsw60t59b_i, .walk_i, .scope_i, .pte_i, .error_i,
      .look_o(look), .address_o(address), .block_o(block), .machine_o()
  );
  rvmmu_evaluate #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_first (
      .ask_i(1'b1), .walk_i, .look_i(look), .global_i, .scope_i, .writable_i, .swapped_i,
      .pmp_whole_i, .pmp_xwr_i, .steps_o(steps), .narrow_o(narrow), .narrow_scope_o(),
      .update_o(update), .ppn_o(ppn), .fault_o(fault), .entry_o(entry), .keep_o(keep),
      .share_o(share), .spare_o(), .global_o()
  );

  // ---- The entry, asked for the other access; and for its own.
  logic [rvmmu_pkg::ContextWidth-1:0] hart, other_hart;
  logic [rvmmu_pkg::AccessWidth-1:0] access, other_access;
  logic [VpnWidth-1:0] vpn, other_vpn;
  logic bare, allowed, beyond, again, again_beyond;
  logic [PpnWidth-1:0] hit_ppn, again_ppn;

  assign hart = walk_i[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth];
  assign other_hart = other_i[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth];
  assign access = walk_i[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign other_access = other_i[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign vpn = walk_i[Vpn+:VpnWidth];
  assign other_vpn = other_i[Vpn+:VpnWidth];
  assign bare = Pmp && walk_i[rvmmu_pkg::WalkLevels+:3] == 3'd0;

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Has)
  ) u_hit (
      .ask_i(1'b1), .entry_i(entry), .accessed_i(1'b1), .vpn_i(other_vpn), .bare_i(bare),
      .context_i(other_hart), .access_i(other_access), .allowed_o(allowed), .beyond_o(beyond),
      .ppn_o(hit_ppn), .update_o(), .shadow_o(), .load_o(), .fetch_o()
  );
  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Has)
  ) u_again (
      .ask_i(1'b1), .entry_i(entry), .accessed_i(1'b1), .vpn_i(vpn), .bare_i(bare),
      .context_i(hart), .access_i(access), .allowed_o(again), .beyond_o(again_beyond),
      .ppn_o(again_ppn), .update_o(), .shadow_o(), .load_o(), .fetch_o()
  );

  // ---- The walk that meets the same PTE: with A, and D of a store, if a swap has set them.
  always_comb begin
    pte = pte_i;
    if (swapped_i) pte[6] = 1'b1;
    if (swapped_i && (access == 4'd2 || access == 4'd3 || access == 4'd4 || access == 4'd6
                      || access == 4'd8))
      pte[7] = 1'b1;
  end

  logic other_steps, other_narrow, other_update;
  logic [1:0] other_fault;
  logic [PpnWidth-1:0] other_ppn;
  logic [EntryWidth-1:0] other_entry;
  logic [LookWidth-1:0] other_look;
  logic [BlockWidth-1:0] other_address, other_block;

  rvmmu_look #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_other_look (
      .ask_i(1'b1), .has_svnapot_i, .has_svrsw60t59b_i, .walk_i(other_i), .scope_i, .pte_i(pte),
      .error_i(1'b0), .look_o(other_look), .address_o(other_address), .block_o(other_block),
      .machine_o()
  );
  rvmmu_evaluate #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(Pmp)
  ) u_other (
      .ask_i(1'b1), .walk_i(other_i), .look_i(other_look), .global_i, .scope_i, .writable_i,
      .swapped_i(1'b0), .pmp_whole_i(other_whole_i), .pmp_xwr_i(other_xwr_i),
      .steps_o(other_steps), .narrow_o(other_narrow), .narrow_scope_o(), .update_o(other_update),
      .ppn_o(other_ppn), .fault_o(other_fault), .entry_o(other_entry), .keep_o(), .share_o(),
      .spare_o(), .global_o()
  );

  // ---- The entry's page: which VPN bits it compares.
  logic [3:0] fields;
  logic in_page;
  assign fields = 4'(entry[rvmmu_pkg::EntryMask+:MaskWidth]);
  always_comb begin
    in_page = 1'b1;
    for (int b = 0; b < VpnWidth; b++)
      if (!(b / VpnBits < 4 && fields[(b/VpnBits)%4]) && !(b < 4 && entry[rvmmu_pkg::EntryNapot])
          && vpn[b] != other_vpn[b])
        in_page = 1'b0;
  end

  // ---- Assumed of the walks: levels that the build has; kinds that it has; M-mode only where
  //      nothing is translated, which then meets a PTE that maps its page to itself.
  logic [2:0] levels;
  logic [Xlen-1:0] identity;
  assign levels = walk_i[rvmmu_pkg::WalkLevels+:3];
  assign identity = Xlen'({walk_i[rvmmu_pkg::WalkAsid+AsidWidth+:PpnWidth], 10'b00_1100_1111});

  function automatic logic legal(input logic [rvmmu_pkg::ContextWidth-1:0] state,
                                 input logic [rvmmu_pkg::AccessWidth-1:0] kind);
    legal = kind < 4'd10 && state[rvmmu_pkg::ContextPriv+:2] != 2'd2;
    if (!Has[rvmmu_pkg::FeatureZicfiss] && (kind >= 4'd4 && kind <= 4'd6)) legal = 1'b0;
    if (!Has[rvmmu_pkg::FeatureZicbo] && kind >= 4'd7) legal = 1'b0;
    if (!bare && state[rvmmu_pkg::ContextPriv+:2] == 2'd3) legal = 1'b0;
  endfunction

  always_comb begin
    assume (levels <= 3'(Levels) && (Pmp || levels != 3'd0));
    assume (scope_i <= 2'd2 && (Pmp || scope_i == 2'd0));
    assume (legal(hart, access) && legal(other_hart, other_access));
    if (bare) assume (error_i || (pte_i == identity && !swapped_i && !global_i));
    assume (pmp_xwr_i[0] || !pmp_xwr_i[1]);  // theorem pmp_block
  end

  // ---- Assumed of the other: it matches the entry (an untranslated page is M-mode's or the
  //      others'), and PBMTE has not changed without a full fence ("Machine Environment
  //      Configuration Register"). PMP answers the same of the same memory: of all that it was asked
  //      about, which is less than a page if the access alone was.
  logic same_memory;
  assign same_memory = scope_i != 2'd2 && block == other_block
                    && ((address ^ other_address) & ~block) == '0;

  always_comb begin
    assume (in_page);
    assume (other_i[rvmmu_pkg::WalkLevels+:3] == levels);
    assume (other_i[rvmmu_pkg::WalkCanonical]);
    if (bare)
      assume ((hart[rvmmu_pkg::ContextPriv+:2] == 2'd3)
              == (other_hart[rvmmu_pkg::ContextPriv+:2] == 2'd3));
    assume (hart[rvmmu_pkg::ContextPbmte] == other_hart[rvmmu_pkg::ContextPbmte]);
    if (same_memory) assume (other_whole_i == pmp_whole_i && other_xwr_i == pmp_xwr_i);
  end

  // ---- The theorem.
  logic lost;
  assign lost = !pte[1] && ((pte[3] && !pmp_xwr_i[2]) || (pte[2] && !pmp_xwr_i[1]));

  always_comb begin
    if (share) assert (keep && !bare);
    if (keep) begin
      assert (fault == 2'd0 && !steps && !narrow && !update && !error_i);
      assert (pmp_whole_i || !Pmp);
      assert (pte[6]);
      assert ((again && !again_beyond && again_ppn == ppn) || (Pmp && lost));
      if (allowed && !beyond) begin
        assert (other_fault == 2'd0 && !other_steps && !other_narrow && !other_update);
        assert (other_ppn == hit_ppn);
        assert (other_entry[rvmmu_pkg::EntryPbmt+:2] == entry[rvmmu_pkg::EntryPbmt+:2]);
      end
    end
  end

  // ---- It is not vacuous: another kind of access, in another mode, in another page of a superpage;
  //      an entry kept after a swap, a fractured one, and one that is not translated.
  logic hits;
  assign hits = keep && allowed && !beyond && other_access != access;
  always_comb begin
    cover (hits && hart[1:0] != other_hart[1:0]);
    cover (hits && levels == 3'd2 && vpn != other_vpn);
    if (Has[rvmmu_pkg::FeatureSvadu]) cover (hits && swapped_i);
    if (Has[rvmmu_pkg::FeatureZicfiss]) cover (hits && access == 4'd4);
    if (Has[rvmmu_pkg::FeatureZicfiss])
      cover (keep && access == 4'd4 && !allowed && other_access == 4'd1
             && !other_hart[rvmmu_pkg::ContextSse] && hart[1:0] == other_hart[1:0]);
    if (Pmp) cover (hits && entry[rvmmu_pkg::EntryFractured] && !share);
    if (Pmp) cover (hits && bare && hart[1:0] == 2'd3);
    if (Has[rvmmu_pkg::FeatureSvnapot])
      cover (hits && entry[rvmmu_pkg::EntryNapot] && vpn != other_vpn);
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Theorem look_question, of rvmmu_look: PMP is asked about the memory that matters. Of a well-formed
// leaf: by the scope, all of its page, the base page that the access lies in, or the bytes of the
// access, for M-mode only if an untranslated access is M-mode's. Of a pointer: the PTE that the walk
// reads next, with the privilege of S-mode.
// Privileged specification, "Virtual Address Translation Process", steps 2 and 10; "Physical Memory
// Protection and Paging". Which PTE is which is taken from rvmmu_look's own answer, and the page of
// the access from its entry: theorem evaluate_outcome.
`default_nettype none

module look_question #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    parameter int Features = 0,
    localparam int AsidWidth = 1,
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int Offset = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int Vpn = Offset + rvmmu_pkg::OffsetWidth,
    localparam int WalkWidth = Vpn + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LookWidth = rvmmu_pkg::LookEntry + EntryWidth,
    localparam int BlockWidth = PaWidth - 2
) (
    input wire logic                 clk_i,  // of the checker's cycles
    input wire logic                 has_svnapot_i,
    input wire logic                 has_svrsw60t59b_i,
    input wire logic [WalkWidth-1:0] walk_i,
    input wire logic [          1:0] scope_i,
    input wire logic [     Xlen-1:0] pte_i
);
  localparam logic [rvmmu_pkg::FeaturesWidth-1:0] Has = rvmmu_pkg::FeaturesWidth'(Features);

  logic [LookWidth-1:0] look;
  logic [BlockWidth-1:0] address, block;
  logic machine;

  rvmmu_look #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Has),
      .Pmp(1'b1)
  ) u_look (
      .ask_i(1'b1), .has_svnapot_i, .has_svrsw60t59b_i, .walk_i, .scope_i, .pte_i,
      .error_i(1'b0), .look_o(look), .address_o(address), .block_o(block), .machine_o(machine)
  );

  // ---- The walk. PTEs of level l lead to pages of 2**(12 + VpnBits * l) bytes.
  logic [2:0] levels, level;
  logic bare, leaf, pointer;
  logic [PaWidth-1:0] va_offset;  // of the access in its base page
  logic [VpnWidth-1:0] vpn;
  logic [PpnWidth-1:0] page_ppn;

  assign levels = walk_i[rvmmu_pkg::WalkLevels+:3];
  assign bare = levels == 3'd0;
  assign level = bare ? 3'd0 : levels - 3'd1;
  assign va_offset = PaWidth'({walk_i[Offset+:rvmmu_pkg::OffsetWidth], 2'b00});
  assign vpn = walk_i[Vpn+:VpnWidth];
  assign leaf = look[rvmmu_pkg::LookLeaf] && !look[rvmmu_pkg::LookBeyond];
  assign pointer = look[rvmmu_pkg::LookPointer] && !look[rvmmu_pkg::LookBeyond];
  assign page_ppn = look[LookWidth-1-:PpnWidth];

  // ---- The memory, in bytes: where it begins, and the bits of an address within it.
  logic [PaWidth-1:0] first, within, next, size;
  logic napot;

  assign napot = Xlen == 64 && pte_i[Xlen-1];
  assign size = (PaWidth'(1) << walk_i[rvmmu_pkg::WalkSize+:3]) - PaWidth'(1);

  always_comb begin
    next = '0;  // the next table's index, of the level below
    for (int l = 0; l + 1 < Levels; l++)
      if (level == 3'(l + 1)) next = PaWidth'(vpn[VpnBits*l+:VpnBits]);

    if (pointer) begin
      within = PaWidth'(Xlen / 8 - 1);
      first  = {PpnWidth'(pte_i >> 10), 12'd0} + next * PaWidth'(Xlen / 8);
    end else
      case (scope_i)
        2'd0: begin
          within = '1;
          for (int l = 0; l < Levels; l++)
            if (level == 3'(l)) within = ~({PaWidth{1'b1}} << (12 + VpnBits * l));
          if (napot) within = PaWidth'(16'hffff);
          first = {PpnWidth'(pte_i >> 10), 12'd0} & ~within;
        end
        2'd1: begin
          within = PaWidth'(12'hfff);
          first  = {page_ppn, 12'd0};
        end
        default: begin
          within = size;
          first  = ({page_ppn, 12'd0} + va_offset) & ~size;
        end
      endcase
  end

  // ---- Assumed of the walk: levels that the build has; a PTE of what is
  //      not translated as rvmmu_walker has it.
  logic [Xlen-1:0] identity;
  assign identity = Xlen'({walk_i[rvmmu_pkg::WalkAsid+AsidWidth+:PpnWidth], 10'b00_1100_1111});

  always_comb begin
    assume (levels <= 3'(Levels) && scope_i <= 2'd2);
    if (bare) assume (pte_i == identity);
  end

  // ---- The theorem, without the two low address bits that PMP does not see.
  always_comb begin
    if (leaf || pointer) begin
      assert (block == within[PaWidth-1:2]);
      assert ((address & ~block) == first[PaWidth-1:2]);
    end
    if (leaf)
      assert (machine == (bare && walk_i[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextPriv+:2] == 2'd3));
    if (pointer) assert (!machine);
  end

  // ---- It is not vacuous: a pointer; a superpage, a 64 KiB page and an untranslated one of M-mode,
  //      by each scope.
  always_comb cover (pointer && next != '0);
  for (genvar s = 0; s < 3; s++) begin : gen_scope
    always_comb begin
      cover (leaf && scope_i == 2'(s) && level != 3'd0 && va_offset != '0 && size != '0);
      if (Has[rvmmu_pkg::FeatureSvnapot]) cover (leaf && scope_i == 2'(s) && napot);
      cover (leaf && scope_i == 2'(s) && machine);
    end
  end
endmodule

`default_nettype wire

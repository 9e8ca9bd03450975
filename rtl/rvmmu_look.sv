// SPDX-License-Identifier: Apache-2.0
// rvmmu_look: what the PTE that a walk has read means for it, and what PMP is to be asked for that:
// all that needs no answer of PMP. rvmmu_evaluate decides by it a cycle later. Pure. Privileged
// specification, "Virtual Address Translation Process", steps 2 to 10; "Physical Memory Protection
// and Paging".
//
// Of a pointer PMP is asked whether the next PTE may be read. Of a leaf it is asked first about the
// whole page, so that the TLBs need not ask it again; if PMP does not treat that as one, about the
// base page, and then about the access alone.
`default_nettype none

module rvmmu_look #(
    parameter int Xlen = 64,        // 32 or 64
    parameter int Levels = 3,       // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,     // physical address bits
    parameter int AsidWidth = 9,    // 1 to 16
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter bit Pmp = 1'b0,       // there is PMP
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LookWidth = rvmmu_pkg::LookEntry + EntryWidth,
    localparam int BlockWidth = PaWidth - 2
) (
    input  wire logic                  ask_i,       // there is a question; else any answer
    input  wire logic                  has_svnapot_i,
    input  wire logic                  has_svrsw60t59b_i,
    // the walk, and what it has read
    input  wire logic [ WalkWidth-1:0] walk_i,
    input  wire logic [           1:0] scope_i,     // rvmmu_pkg, "Scope"
    input  wire logic [      Xlen-1:0] pte_i,
    input  wire logic                  error_i,     // the read failed, or was refused
    output logic      [ LookWidth-1:0] look_o,      // rvmmu_pkg, "Look"
    // the question to PMP: the block that the address lies in; addresses without two low bits
    output logic      [BlockWidth-1:0] address_o,
    output logic      [BlockWidth-1:0] block_o,     // ones for the bits within it
    output logic                       machine_o    // effective privilege is M
);
  logic [rvmmu_pkg::ContextWidth-1:0] hart;
  logic [rvmmu_pkg::AccessWidth-1:0] access;
  logic [2:0] levels, level;
  logic [VpnWidth-1:0] vpn;
  logic bare;

  assign hart = walk_i[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth];
  assign access = walk_i[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign levels = walk_i[rvmmu_pkg::WalkLevels+:3];
  assign vpn = walk_i[HeadWidth+rvmmu_pkg::OffsetWidth+:VpnWidth];
  assign bare = Pmp && levels == 3'd0;
  assign level = rvmmu_pkg::one_less(levels);

  // ---- The PTE.
  logic pointer, leaf, accessed, pte_beyond;
  logic [EntryWidth-1:0] pte_entry;
  logic [PpnWidth-1:0] page_ppn, pte_ppn;

  rvmmu_pte #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
  ) u_pte (
      .pte_i, .level_i(level), .pbmte_i(hart[rvmmu_pkg::ContextPbmte]),
      .sse_i(hart[rvmmu_pkg::ContextSse]), .has_svnapot_i, .has_svrsw60t59b_i,
      .pointer_o(pointer), .leaf_o(leaf), .accessed_o(accessed), .beyond_o(pte_beyond),
      .entry_o(pte_entry)
  );
  assign pte_ppn = pte_entry[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];

  // ---- The access.
  logic allowed, update, shadow, loads, fetches, page_beyond, beyond;

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
  ) u_grant (
      .ask_i, .entry_i(pte_entry), .accessed_i(accessed), .vpn_i(vpn), .bare_i(bare),
      .context_i(hart), .access_i(access), .allowed_o(allowed), .update_o(update),
      .shadow_o(shadow), .load_o(loads), .fetch_o(fetches), .beyond_o(page_beyond), .ppn_o(page_ppn)
  );

  // ---- Where to. What is no page leads to a table, if anywhere.
  logic page;

  assign page = |pte_i[rvmmu_pkg::PteX:rvmmu_pkg::PteR];
  assign beyond = pte_beyond || (page && page_beyond);
  assign look_o = {
    page ? page_ppn : pte_ppn,
    pte_entry[rvmmu_pkg::EntryMask+MaskWidth-1:0],
    fetches,
    loads,
    shadow,
    update,
    allowed,
    beyond,
    accessed,
    leaf,
    pointer,
    error_i
  };

  // ---- The question. Of a page in one piece the offset is in the block; else the access says it.
  if (Pmp) begin : gen_question
    logic [44:0] offset;
    logic [PpnWidth-1:0] page_offset, ppn;
    logic [9:0] index;
    logic [2:0] size;
    logic [7:0] size_mask;
    logic [BlockWidth-1:0] access_block, page_block;

    assign offset = rvmmu_pkg::offset_bits(
        pte_entry[rvmmu_pkg::EntryNapot], 4'(pte_entry[rvmmu_pkg::EntryMask+:MaskWidth]), VpnBits);
    assign page_offset = (page && scope_i == rvmmu_pkg::ScopePage) ? offset[PpnWidth-1:0] : '0;
    assign ppn = (page && scope_i != rvmmu_pkg::ScopePage) ? page_ppn : pte_ppn;
    assign index = rvmmu_pkg::pte_index(45'(vpn), rvmmu_pkg::one_less(level), VpnBits);
    assign size = walk_i[rvmmu_pkg::WalkSize+:3];
    assign size_mask = (8'd1 << size) - 8'd1;
    assign access_block = BlockWidth'(size_mask[7:2]);
    assign page_block = {page_offset, {rvmmu_pkg::OffsetWidth{1'b1}}};

    assign address_o = {ppn, page ? walk_i[HeadWidth+:rvmmu_pkg::OffsetWidth]
                                  : (Xlen == 64) ? {index[8:0], 1'b0} : index};
    assign block_o = !page ? BlockWidth'(Xlen == 64)
        : (scope_i == rvmmu_pkg::ScopeAccess) ? access_block : page_block;
    assign machine_o = page && bare && hart[rvmmu_pkg::ContextPriv+:2] == rvmmu_pkg::PrivM;
    logic unused;
    assign unused = &{1'b0, offset, index, size_mask};
  end else begin : gen_no_question
    assign address_o = '0;
    assign block_o = '0;
    assign machine_o = 1'b0;
    logic unused;
    assign unused = &{1'b0, scope_i};
  end

  logic unused_walk;
  assign unused_walk = &{1'b0, walk_i};
endmodule

`default_nettype wire

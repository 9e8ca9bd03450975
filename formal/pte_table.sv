// SPDX-License-Identifier: Apache-2.0
// Theorem pte_table, of rvmmu_pte: what it makes of every PTE at every level is what this table
// says, row by row from the privileged specification: "Encoding of PTE R/W/X fields", the PTE
// figures of Sv32, Sv39, Sv48 and Sv57 with their reserved bits and PPN fields, and "Virtual
// Address Translation Process", steps 3 to 5. No extension that gives bits 63:54 a meaning.
`default_nettype none

module pte_table #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input wire logic            clk_i,  // of the checker's cycles; nothing is clocked
    input wire logic [Xlen-1:0] pte_i,
    input wire logic [     2:0] level_i
);
  logic pointer, leaf, accessed, beyond;
  logic [EntryWidth-1:0] entry;

  rvmmu_pte #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth)
  ) u_pte (
      .pte_i, .level_i, .pointer_o(pointer), .leaf_o(leaf), .accessed_o(accessed),
      .beyond_o(beyond), .entry_o(entry)
  );

  // ---- The table.
  localparam logic [1:0] Fault = 2'd0;
  localparam logic [1:0] Pointer = 2'd1;
  localparam logic [1:0] Leaf = 2'd2;

  logic [63:0] pte;
  logic [1:0] meaning;
  logic misaligned;
  logic [55:0] pa;     // of the table or page that the PPN names
  logic [3:0] offset;  // which VPN fields a leaf of this level leaves to the page offset

  assign pte = 64'(pte_i);

  // Xlen 32: PPN[1] 31:20, PPN[0] 19:10. Xlen 64: PPN[0] 18:10, PPN[1] 27:19, PPN[2] 36:28,
  // PPN[3] 45:37, and what is left; the topmost field is never an offset.
  always_comb begin
    misaligned = 1'b0;
    if (Xlen == 32)
      case (level_i)
        3'd0: misaligned = 1'b0;
        default: misaligned = pte[19:10] != 10'd0;
      endcase
    else
      case (level_i)
        3'd0: misaligned = 1'b0;
        3'd1: misaligned = pte[18:10] != 9'd0;
        3'd2: misaligned = pte[18:10] != 9'd0 || pte[27:19] != 9'd0;
        3'd3: misaligned = pte[18:10] != 9'd0 || pte[27:19] != 9'd0 || pte[36:28] != 9'd0;
        default:
          misaligned = pte[18:10] != 9'd0 || pte[27:19] != 9'd0 || pte[36:28] != 9'd0
                    || pte[45:37] != 9'd0;
      endcase
  end

  always_comb
    casez ({pte[63:54], pte[7:6], pte[4:0], level_i, misaligned})
      // 63:54          D A    U X W R V   level   misaligned
      {10'b??????????, 2'b??, 5'b????0, 3'b???, 1'b?}: meaning = Fault;    // not valid
      {10'b1?????????, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;    // N
      {10'b?1????????, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;    // PBMT
      {10'b??1???????, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b???1??????, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;    // reserved, 60:54
      {10'b????1?????, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b?????1????, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b??????1???, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b???????1??, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b????????1?, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b?????????1, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {10'b0000000000, 2'b??, 5'b?0101, 3'b???, 1'b?}: meaning = Fault;    // -W-
      {10'b0000000000, 2'b??, 5'b?1101, 3'b???, 1'b?}: meaning = Fault;    // -WX
      {10'b0000000000, 2'b??, 5'b?0001, 3'b000, 1'b?}: meaning = Fault;    // pointer to nowhere
      {10'b0000000000, 2'b1?, 5'b?0001, 3'b???, 1'b?}: meaning = Fault;    // D of a pointer
      {10'b0000000000, 2'b?1, 5'b?0001, 3'b???, 1'b?}: meaning = Fault;    // A of a pointer
      {10'b0000000000, 2'b??, 5'b10001, 3'b???, 1'b?}: meaning = Fault;    // U of a pointer
      {10'b0000000000, 2'b00, 5'b00001, 3'b???, 1'b?}: meaning = Pointer;
      {10'b0000000000, 2'b??, 5'b?????, 3'b???, 1'b1}: meaning = Fault;    // misaligned superpage
      {10'b0000000000, 2'b??, 5'b?0011, 3'b???, 1'b0}: meaning = Leaf;     // R--
      {10'b0000000000, 2'b??, 5'b?0111, 3'b???, 1'b0}: meaning = Leaf;     // RW-
      {10'b0000000000, 2'b??, 5'b?1001, 3'b???, 1'b0}: meaning = Leaf;     // --X
      {10'b0000000000, 2'b??, 5'b?1011, 3'b???, 1'b0}: meaning = Leaf;     // R-X
      {10'b0000000000, 2'b??, 5'b?1111, 3'b???, 1'b0}: meaning = Leaf;     // RWX
      default: meaning = Fault;
    endcase

  assign pa = (Xlen == 32) ? {22'd0, pte[31:10], 12'd0} : {pte[53:10], 12'd0};

  always_comb
    case (level_i)
      3'd0: offset = 4'b0000;
      3'd1: offset = 4'b0001;
      3'd2: offset = 4'b0011;
      3'd3: offset = 4'b0111;
      default: offset = 4'b1111;
    endcase

  // ---- Assumed: a level that the build has.
  always_comb assume (level_i < 3'(Levels));

  // ---- The theorem.
  always_comb begin
    assert (pointer == (meaning == Pointer));
    assert (leaf == (meaning == Leaf));
    if (pointer || leaf) begin
      assert (beyond == ((57'(pa) >> PaWidth) != '0));
      assert (entry[EntryWidth-1-:PpnWidth] == PpnWidth'(pa >> 12));
      assert (entry[rvmmu_pkg::EntryGlobal] == pte[5]);
    end
    if (leaf) begin
      assert (accessed == pte[6]);
      assert (entry[rvmmu_pkg::EntryMask+:MaskWidth] == offset[MaskWidth-1:0]);
      assert (entry[rvmmu_pkg::FlagD] == pte[7]);
      assert (entry[rvmmu_pkg::FlagU] == pte[4]);
      assert (entry[rvmmu_pkg::FlagX] == pte[3]);
      assert (entry[rvmmu_pkg::FlagW] == pte[2]);
      assert (entry[rvmmu_pkg::FlagR] == pte[1]);
    end
  end

  // ---- It is not vacuous: a leaf of each level, a pointer in each that can hold one, a fault.
  for (genvar l = 0; l < Levels; l++) begin : gen_level
    always_comb begin
      cover (leaf && level_i == 3'(l) && !beyond);
      if (l > 0) cover (pointer && level_i == 3'(l));
      cover (!pointer && !leaf && level_i == 3'(l));
    end
  end
  if (PaWidth < ((Xlen == 32) ? 34 : 56)) begin : gen_beyond
    always_comb cover (leaf && beyond);
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Theorem pte_table, of rvmmu_pte: what it makes of every PTE at every level is what this table
// says, row by row from the privileged specification: "Encoding of PTE R/W/X fields", the PTE
// figures of Sv32, Sv39, Sv48 and Sv57 with their reserved bits and PPN fields, "Virtual Address
// Translation Process", steps 3 to 5, "Page table entry encodings when pte.N=1" of Svnapot,
// "Encodings for PBMT field" of Svpbmt, Svrsw60t59b, and "Shadow Stack Memory Protection". What a
// build has is a parameter; what it admits to, and menvcfg.PBMTE and SSE, may be anything.
`default_nettype none

module pte_table #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    parameter int Features = 0,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input wire logic            clk_i,  // of the checker's cycles; nothing is clocked
    input wire logic [Xlen-1:0] pte_i,
    input wire logic [     2:0] level_i,
    input wire logic            pbmte_i,
    input wire logic            sse_i,
    input wire logic            has_svnapot_i,
    input wire logic            has_svrsw60t59b_i
);
  localparam logic [rvmmu_pkg::FeaturesWidth-1:0] Has = rvmmu_pkg::FeaturesWidth'(Features);

  logic pointer, leaf, accessed, beyond;
  logic [EntryWidth-1:0] entry;

  rvmmu_pte #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Has)
  ) u_pte (
      .pte_i, .level_i, .pbmte_i, .sse_i, .has_svnapot_i, .has_svrsw60t59b_i,
      .pointer_o(pointer), .leaf_o(leaf), .accessed_o(accessed), .beyond_o(beyond), .entry_o(entry)
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

  // Which extensions give bits a meaning: Svnapot, Svpbmt, Svrsw60t59b, shadow stacks.
  logic n, t, s, k;
  logic [3:0] low_ppn;
  assign n = Xlen == 64 && Has[rvmmu_pkg::FeatureSvnapot] && has_svnapot_i;
  assign t = Xlen == 64 && Has[rvmmu_pkg::FeatureSvpbmt] && pbmte_i;
  assign s = Xlen == 64 && Has[rvmmu_pkg::FeatureSvrsw60t59b] && has_svrsw60t59b_i;
  assign k = Has[rvmmu_pkg::FeatureZicfiss] && sse_i;
  assign low_ppn = pte[13:10];

  // Bits 63:54. The first row that fits decides.
  logic reserved;
  always_comb
    casez ({n, t, s, pte[63], pte[62:61], pte[60:59], pte[58:54], level_i, low_ppn, pte[3:1]})
      // n t s    N     PBMT   60:59  58:54     level   PPN[3:0]  XWR
      {3'b???, 1'b?, 2'b??, 2'b??, 5'b1????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b???, 1'b?, 2'b??, 2'b??, 5'b?1???, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b???, 1'b?, 2'b??, 2'b??, 5'b??1??, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b???, 1'b?, 2'b??, 2'b??, 5'b???1?, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b???, 1'b?, 2'b??, 2'b??, 5'b????1, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b??0, 1'b?, 2'b??, 2'b1?, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b??0, 1'b?, 2'b??, 2'b?1, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b?0?, 1'b?, 2'b1?, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b?0?, 1'b?, 2'b?1, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b???, 1'b?, 2'b11, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b???, 1'b?, 2'b1?, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b000}: reserved = 1'b1;  // pointer
      {3'b???, 1'b?, 2'b?1, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b000}: reserved = 1'b1;
      {3'b???, 1'b0, 2'b??, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b0;
      {3'b0??, 1'b1, 2'b??, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b???}: reserved = 1'b1;
      {3'b1??, 1'b1, 2'b??, 2'b??, 5'b?????, 3'b???, 4'b????, 3'b000}: reserved = 1'b1;  // pointer
      {3'b1??, 1'b1, 2'b??, 2'b??, 5'b?????, 3'b000, 4'b1000, 3'b???}: reserved = 1'b0;  // 64 KiB
      default: reserved = 1'b1;
    endcase

  always_comb
    casez ({reserved, k, pte[7:6], pte[4:0], level_i, misaligned})
      // res. k     D A    U X W R V  level   misaligned
      {2'b??, 2'b??, 5'b????0, 3'b???, 1'b?}: meaning = Fault;    // not valid
      {2'b1?, 2'b??, 5'b????1, 3'b???, 1'b?}: meaning = Fault;
      {2'b00, 2'b??, 5'b?0101, 3'b???, 1'b?}: meaning = Fault;    // -W-
      {2'b0?, 2'b??, 5'b?1101, 3'b???, 1'b?}: meaning = Fault;    // -WX
      {2'b0?, 2'b??, 5'b?0001, 3'b000, 1'b?}: meaning = Fault;    // pointer to nowhere
      {2'b0?, 2'b1?, 5'b?0001, 3'b???, 1'b?}: meaning = Fault;    // D of a pointer
      {2'b0?, 2'b?1, 5'b?0001, 3'b???, 1'b?}: meaning = Fault;    // A of a pointer
      {2'b0?, 2'b??, 5'b10001, 3'b???, 1'b?}: meaning = Fault;    // U of a pointer
      {2'b0?, 2'b00, 5'b00001, 3'b???, 1'b?}: meaning = Pointer;
      {2'b0?, 2'b??, 5'b?????, 3'b???, 1'b1}: meaning = Fault;    // misaligned superpage
      {2'b0?, 2'b??, 5'b?0011, 3'b???, 1'b0}: meaning = Leaf;     // R--
      {2'b01, 2'b??, 5'b?0101, 3'b???, 1'b0}: meaning = Leaf;     // -W-, a shadow stack
      {2'b0?, 2'b??, 5'b?0111, 3'b???, 1'b0}: meaning = Leaf;     // RW-
      {2'b0?, 2'b??, 5'b?1001, 3'b???, 1'b0}: meaning = Leaf;     // --X
      {2'b0?, 2'b??, 5'b?1011, 3'b???, 1'b0}: meaning = Leaf;     // R-X
      {2'b0?, 2'b??, 5'b?1111, 3'b???, 1'b0}: meaning = Leaf;     // RWX
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
      assert (entry[rvmmu_pkg::EntryNapot] == pte[63]);
      assert (entry[rvmmu_pkg::EntryPbmt+:2] == pte[62:61]);
      assert (!entry[rvmmu_pkg::EntryFractured]);
      assert (entry[rvmmu_pkg::FlagP]);
      assert (entry[rvmmu_pkg::FlagD] == pte[7]);
      assert (entry[rvmmu_pkg::FlagU] == pte[4]);
      assert (entry[rvmmu_pkg::FlagX] == pte[3]);
      assert (entry[rvmmu_pkg::FlagW] == pte[2]);
      assert (entry[rvmmu_pkg::FlagR] == pte[1]);
    end
  end

  // ---- It is not vacuous: a leaf of each level, a pointer in each that can hold one, a fault; and
  //      a leaf that only an extension lets through.
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
  if (Xlen == 64 && Has[rvmmu_pkg::FeatureSvnapot]) begin : gen_napot
    always_comb cover (leaf && pte[63]);
  end
  if (Xlen == 64 && Has[rvmmu_pkg::FeatureSvpbmt]) begin : gen_pbmt
    always_comb cover (leaf && pte[62] && level_i == 3'(Levels - 1));
  end
  if (Xlen == 64 && Has[rvmmu_pkg::FeatureSvrsw60t59b]) begin : gen_software
    always_comb cover (pointer && pte[60:59] == 2'd3);
  end
  if (Has[rvmmu_pkg::FeatureZicfiss]) begin : gen_shadow_stack
    always_comb cover (leaf && pte[3:1] == 3'b010);
  end
endmodule

`default_nettype wire

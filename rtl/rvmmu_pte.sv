// SPDX-License-Identifier: Apache-2.0
// rvmmu_pte: what a PTE means at a level: pointer, leaf or page fault. Pure; the only place in the
// design that looks at a PTE's bits. Whether a leaf allows an access is rvmmu_grant's question.
// Privileged specification, "Virtual Address Translation Process", steps 3 to 5, the reserved
// encodings in the page table entries of Sv32, Sv39, Sv48 and Sv57, and what Svnapot, Svpbmt,
// Svrsw60t59b and Zicfiss ("Shadow Stack Memory Protection") make of them.
`default_nettype none

module rvmmu_pte #(
    parameter int Xlen = 64,     // 32 or 64: PTEs of 4 or 8 bytes
    parameter int Levels = 3,    // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,  // physical address bits, 32 to 34 (Xlen 32) or 32 to 56
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic [      Xlen-1:0] pte_i,
    input  wire logic [           2:0] level_i,            // 0 is the level of base pages
    input  wire logic                  pbmte_i,            // menvcfg.PBMTE
    input  wire logic                  sse_i,              // menvcfg.SSE
    input  wire logic                  has_svnapot_i,      // the build admits to having it
    input  wire logic                  has_svrsw60t59b_i,
    output logic                       pointer_o,   // well-formed pointer to the next level
    output logic                       leaf_o,      // well-formed leaf; neither: page fault
    output logic                       accessed_o,  // A
    output logic                       beyond_o,    // the PPN does not fit PaWidth
    output logic      [EntryWidth-1:0] entry_o      // of a leaf; PPN and G of a pointer too
);
  localparam int VpnBits = (Xlen == 32) ? 10 : 9;
  localparam int PtePpnWidth = (Xlen == 32) ? 22 : 44;

  logic [PtePpnWidth-1:0] ppn;
  logic [MaskWidth-1:0] mask;
  logic [44:0] offset;
  logic r, w, x, well_formed, reserved, inner, plain, shadow, napot, napot_ok, aligned;
  logic [1:0] pbmt;

  assign ppn = pte_i[rvmmu_pkg::PtePpn+:PtePpnWidth];
  assign r = pte_i[rvmmu_pkg::PteR];
  assign w = pte_i[rvmmu_pkg::PteW];
  assign x = pte_i[rvmmu_pkg::PteX];

  if (Xlen == 32) begin : gen_pte32
    assign reserved = 1'b0;
    assign napot    = 1'b0;
    assign napot_ok = 1'b1;
    assign pbmt     = 2'd0;
    logic unused;
    assign unused = &{1'b0, pbmte_i, has_svnapot_i, has_svrsw60t59b_i};
  end else begin : gen_pte64
    // Bits 58:54 are always reserved, N, PBMT and 60:59 without the extension that gives them a
    // meaning; so is PBMT = 3. N is for leaves of level 0 with the PPN bits 1000.
    assign napot = Features[rvmmu_pkg::FeatureSvnapot] && has_svnapot_i && pte_i[rvmmu_pkg::PteN];
    assign pbmt  = (Features[rvmmu_pkg::FeatureSvpbmt] && pbmte_i) ? pte_i[rvmmu_pkg::PtePbmt+:2]
                                                                   : 2'd0;
    assign napot_ok = !napot || (level_i == 3'd0 && ppn[3:0] == 4'b1000);
    assign reserved = |pte_i[rvmmu_pkg::PteSoftware-1:rvmmu_pkg::PteReserved]
        || (|pte_i[rvmmu_pkg::PteSoftware+:2]
            && !(Features[rvmmu_pkg::FeatureSvrsw60t59b] && has_svrsw60t59b_i))
        || pte_i[rvmmu_pkg::PtePbmt+:2] == 2'd3
        || pte_i[rvmmu_pkg::PtePbmt+:2] != pbmt
        || pte_i[rvmmu_pkg::PteN] != napot;
  end

  // Step 3: V = 0, or W without R where that does not make a shadow stack, or a reserved bit set.
  assign shadow = Features[rvmmu_pkg::FeatureZicfiss] && sse_i && w && !r && !x;
  assign well_formed = pte_i[rvmmu_pkg::PteV] && !reserved && (r || !w || shadow);

  // Step 4: neither R nor X makes a pointer, in which D, A, U, N and PBMT are reserved and which
  // cannot stand at the last level.
  assign inner = !r && !x && !shadow;
  assign plain = !pte_i[rvmmu_pkg::PteD] && !pte_i[rvmmu_pkg::PteA] && !pte_i[rvmmu_pkg::PteU]
              && !napot && pbmt == 2'd0;
  assign pointer_o = well_formed && inner && level_i != 3'd0 && plain;

  // Step 5: a superpage is aligned to its size.
  always_comb
    for (int k = 0; k < MaskWidth; k++) mask[k] = level_i > 3'(k);

  assign offset = rvmmu_pkg::offset_bits(1'b0, 4'(mask), VpnBits);
  assign aligned = ~|(45'(ppn) & offset);
  assign leaf_o = well_formed && !inner && aligned && napot_ok;

  assign accessed_o = pte_i[rvmmu_pkg::PteA];

  if (PtePpnWidth > PpnWidth) begin : gen_beyond
    assign beyond_o = |ppn[PtePpnWidth-1:PpnWidth];
  end else begin : gen_within
    assign beyond_o = 1'b0;
  end

  assign entry_o = {
    ppn[PpnWidth-1:0],
    mask,
    napot,
    pbmt,
    1'b0,
    pte_i[rvmmu_pkg::PteG],
    1'b1,
    pte_i[rvmmu_pkg::PteD],
    pte_i[rvmmu_pkg::PteU],
    x,
    w,
    r
  };

  // The two software bits carry no meaning for hardware.
  logic unused_bits;
  assign unused_bits = &{1'b0, pte_i[9:8], sse_i};
endmodule

`default_nettype wire

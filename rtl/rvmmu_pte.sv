// SPDX-License-Identifier: Apache-2.0
// rvmmu_pte: what a PTE means at a level: pointer, leaf or page fault. Pure; the only place in the
// design that looks at a PTE's bits. Whether a leaf allows an access is rvmmu_grant's question.
// Privileged specification, "Virtual Address Translation Process", steps 3 to 5, and the
// reserved encodings in the page table entries of Sv32, Sv39, Sv48 and Sv57.
`default_nettype none

module rvmmu_pte #(
    parameter int Xlen = 64,     // 32 or 64: PTEs of 4 or 8 bytes
    parameter int Levels = 3,    // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,  // physical address bits, 32 to 34 (Xlen 32) or 32 to 56
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic [      Xlen-1:0] pte_i,
    input  wire logic [           2:0] level_i,     // 0 is the level of base pages
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
  logic well_formed, reserved, inner, aligned;

  assign ppn = pte_i[rvmmu_pkg::PtePpn+:PtePpnWidth];

  if (Xlen == 32) begin : gen_pte32
    assign reserved = 1'b0;
  end else begin : gen_pte64
    // N, PBMT and bits 60:54 are reserved without the extensions that give them a meaning.
    assign reserved = |pte_i[Xlen-1:rvmmu_pkg::PteReserved];
  end

  // Step 3: V = 0, or W without R, or a reserved bit set.
  assign well_formed = pte_i[rvmmu_pkg::PteV] && !reserved
                    && (pte_i[rvmmu_pkg::PteR] || !pte_i[rvmmu_pkg::PteW]);

  // Step 4: neither R nor X makes a pointer, in which D, A and U are reserved and which cannot
  // stand at the last level.
  assign inner = !pte_i[rvmmu_pkg::PteR] && !pte_i[rvmmu_pkg::PteX];
  assign pointer_o = well_formed && inner && level_i != 3'd0
                  && !pte_i[rvmmu_pkg::PteD] && !pte_i[rvmmu_pkg::PteA] && !pte_i[rvmmu_pkg::PteU];

  // Step 5: a superpage is aligned to its size.
  always_comb
    for (int k = 0; k < MaskWidth; k++) mask[k] = level_i > 3'(k);

  assign offset = rvmmu_pkg::offset_bits(4'(mask), VpnBits);
  assign aligned = ~|(45'(ppn) & offset);
  assign leaf_o = well_formed && !inner && aligned;

  assign accessed_o = pte_i[rvmmu_pkg::PteA];

  if (PtePpnWidth > PpnWidth) begin : gen_beyond
    assign beyond_o = |ppn[PtePpnWidth-1:PpnWidth];
  end else begin : gen_within
    assign beyond_o = 1'b0;
  end

  assign entry_o = {
    ppn[PpnWidth-1:0],
    mask,
    pte_i[rvmmu_pkg::PteG],
    pte_i[rvmmu_pkg::PteD],
    pte_i[rvmmu_pkg::PteU],
    pte_i[rvmmu_pkg::PteX],
    pte_i[rvmmu_pkg::PteW],
    pte_i[rvmmu_pkg::PteR]
  };

  // The two software bits carry no meaning for hardware.
  logic unused;
  assign unused = &{1'b0, pte_i[9:8]};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_byte_order: a PTE in the byte order of its page table: from memory's bytes to the PTE, or the
// other way. Pure. Privileged specification, "Endianness Control in mstatus and mstatush Registers".
`default_nettype none

module rvmmu_byte_order #(
    parameter int Xlen = 64,         // 32 or 64
    parameter bit BigEndian = 1'b0   // page tables may be big-endian
) (
    input  wire logic [Xlen-1:0] pte_i,
    input  wire logic            big_i,  // this one is
    output logic      [Xlen-1:0] pte_o
);
  if (BigEndian) begin : gen_either
    always_comb begin
      pte_o = pte_i;
      if (big_i) for (int b = 0; b < Xlen / 8; b++) pte_o[8*b+:8] = pte_i[Xlen-8-8*b+:8];
    end
  end else begin : gen_little
    assign pte_o = pte_i;
    logic unused;
    assign unused = &{1'b0, big_i};
  end
endmodule

`default_nettype wire

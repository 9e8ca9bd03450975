// SPDX-License-Identifier: Apache-2.0
// rvmmu_satp: what satp and the privilege say of a request's address: how many levels translate
// it (0: none) and whether its upper bits are a sign extension. Pure. Privileged specification,
// "Supervisor Address Translation and Protection (satp) Register" and, for the upper bits,
// "Addressing and Memory Protection" of Sv39, Sv48 and Sv57.
// A MODE that the build does not have is the core's to refuse (WARL); here it translates nothing.
`default_nettype none

module rvmmu_satp #(
    parameter int Xlen = 64,      // 32 or 64
    parameter int Levels = 3,     // most levels: 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,   // physical address bits
    parameter int AsidWidth = 9,  // implemented ASID bits, the low ones
    localparam int PpnWidth = PaWidth - 12,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth
) (
    input  wire logic [                       Xlen-1:0] satp_i,
    input  wire logic                                   sum_i,
    input  wire logic                                   mxr_i,
    input  wire logic [                            1:0] priv_i,
    input  wire logic [ rvmmu_pkg::AccessWidth-1:0]     access_i,
    input  wire logic [                       Xlen-1:0] va_i,
    output logic      [                  HeadWidth-1:0] head_o    // a walk without its VPN
);
  localparam int AsidAt = (Xlen == 32) ? 22 : 44;

  logic [2:0] mode_levels, levels;
  logic canonical, beyond;
  logic [AsidAt-1:0] root;

  assign root = satp_i[AsidAt-1:0];

  if (Xlen == 32) begin : gen_sv32
    assign mode_levels = satp_i[31] ? 3'd2 : 3'd0;
    assign canonical   = 1'b1;
    logic unused;
    assign unused = &{1'b0, va_i};
  end else begin : gen_sv64
    // MODE is 8, 9 or 10 for three, four or five levels.
    logic [3:0] mode;
    assign mode = satp_i[63:60];
    always_comb begin
      mode_levels = 3'd0;
      for (int l = 3; l <= Levels; l++) if (mode == 4'(l + 5)) mode_levels = 3'(l);
    end
    always_comb begin
      canonical = 1'b1;
      for (int l = 3; l <= Levels; l++)
        if (mode_levels == 3'(l))
          canonical = ~|((va_i ^ {64{va_i[9*l+11]}}) >> (9 * l + 12));
    end
  end

  if (AsidAt > PpnWidth) begin : gen_beyond
    assign beyond = |root[AsidAt-1:PpnWidth];
  end else begin : gen_within
    assign beyond = 1'b0;
  end

  assign levels = (priv_i == rvmmu_pkg::PrivM) ? 3'd0 : mode_levels;
  assign head_o = {root[PpnWidth-1:0], satp_i[AsidAt+:AsidWidth], 1'b0, beyond, canonical, levels, mxr_i,
                   sum_i, priv_i, access_i};

  logic unused_satp;
  assign unused_satp = &{1'b0, satp_i};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_capture: what the CSRs of its cycle make of a request: the address after pointer masking,
// how many levels translate it (0: none), whether its upper bits are as they must be, and all that
// the walk will want to know; nothing later reads a CSR. Pure. Privileged specification,
// "Supervisor Address Translation and Protection (satp) Register" and, for the upper bits,
// "Addressing and Memory Protection" of Sv39, Sv48 and Sv57.
// A MODE that the build does not have is the core's to refuse (WARL); here it translates nothing.
`default_nettype none

module rvmmu_capture #(
    parameter int Xlen = 64,      // 32 or 64
    parameter int Levels = 3,     // most levels: 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,   // physical address bits
    parameter int AsidWidth = 9,  // implemented ASID bits, the low ones
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter bit Pmp = 1'b0,     // there is PMP
    localparam int PpnWidth = PaWidth - 12,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth
) (
    // CSRs, as rvmmu describes them
    input  wire logic [                       Xlen-1:0] satp_i,
    input  wire logic                                   sum_i,
    input  wire logic                                   mxr_i,
    input  wire logic                                   sbe_i,
    input  wire logic                                   adue_i,
    input  wire logic                                   pbmte_i,
    input  wire logic                                   sse_i,
    input  wire logic [                            1:0] senvcfg_pmm_i,
    input  wire logic [                            1:0] menvcfg_pmm_i,
    input  wire logic [                            1:0] mseccfg_pmm_i,
    // request
    input  wire logic [                            1:0] priv_i,
    input  wire logic [ rvmmu_pkg::AccessWidth-1:0]     access_i,
    input  wire logic [                            2:0] size_i,
    input  wire logic                                   speculative_i,
    input  wire logic [                       Xlen-1:0] va_i,
    // what it becomes
    output logic      [                       Xlen-1:0] va_o,
    output logic      [                  HeadWidth-1:0] head_o
);
  localparam int AsidAt = (Xlen == 32) ? 22 : 44;
  localparam int VaWidth = (Xlen == 32) ? 32 : 9 * Levels + 12;
  localparam bit Svadu = Features[rvmmu_pkg::FeatureSvadu];

  logic [2:0] mode_levels, levels;
  logic machine, bare, canonical, beyond;
  logic [AsidAt-1:0] root;
  logic [AsidWidth-1:0] asid;
  logic [rvmmu_pkg::ContextWidth-1:0] head_context;

  assign machine = priv_i == rvmmu_pkg::PrivM;
  assign levels = machine ? 3'd0 : mode_levels;
  assign bare = levels == 3'd0;

  if (Xlen == 32) begin : gen_sv32
    assign mode_levels = satp_i[31] ? 3'd2 : 3'd0;
    assign canonical   = 1'b1;
  end else begin : gen_sv64
    // MODE is 8, 9 or 10 for three, four or five levels.
    logic [3:0] mode;
    assign mode = satp_i[63:60];
    always_comb begin
      mode_levels = 3'd0;
      for (int l = 3; l <= Levels; l++) if (mode == 4'(l + 5)) mode_levels = 3'(l);
    end
    always_comb begin
      canonical = ~|(va_o >> VaWidth);
      for (int l = 3; l <= Levels; l++)
        if (levels == 3'(l)) canonical = ~|((va_o ^ {64{va_o[9*l+11]}}) >> (9 * l + 12));
    end
  end

  if (Xlen == 64 && Features[rvmmu_pkg::FeaturePointerMasking]) begin : gen_masking
    rvmmu_pointer u_pointer (
        .va_i, .fetch_i(access_i == rvmmu_pkg::AccessFetch), .mxr_i, .priv_i,
        .translated_i(!bare), .senvcfg_pmm_i, .menvcfg_pmm_i, .mseccfg_pmm_i, .va_o
    );
  end else begin : gen_as_it_is
    assign va_o = va_i;
    logic unused;
    assign unused = &{1'b0, senvcfg_pmm_i, menvcfg_pmm_i, mseccfg_pmm_i};
  end

  // An untranslated address has its own page in the root's place.
  assign root = (Pmp && bare) ? AsidAt'(va_o >> 12) : satp_i[AsidAt-1:0];
  assign asid = (Pmp && bare) ? AsidWidth'(machine) : satp_i[AsidAt+:AsidWidth];

  logic root_beyond, va_beyond;
  assign root_beyond = |(satp_i[AsidAt-1:0] >> PpnWidth);
  if (Xlen > PaWidth) begin : gen_va_beyond
    assign va_beyond = |va_o[Xlen-1:PaWidth];
  end else begin : gen_va_within
    assign va_beyond = 1'b0;
  end
  assign beyond = bare ? va_beyond : root_beyond;

  assign head_context = {
    Features[rvmmu_pkg::FeatureZicfiss] && sse_i,
    Features[rvmmu_pkg::FeatureBigEndian] && sbe_i,
    Features[rvmmu_pkg::FeatureSvpbmt] && pbmte_i,
    Svadu && adue_i,
    mxr_i,
    sum_i,
    priv_i
  };
  assign head_o = {
    root[PpnWidth-1:0],
    asid,
    levels,
    1'b0,
    Pmp ? size_i : 3'd0,
    Svadu && speculative_i,
    1'b0,
    beyond,
    canonical,
    levels,
    head_context,
    access_i
  };

  logic unused_inputs;
  assign unused_inputs = &{1'b0, satp_i, size_i, speculative_i, sbe_i, adue_i, pbmte_i, sse_i, root};
endmodule

`default_nettype wire

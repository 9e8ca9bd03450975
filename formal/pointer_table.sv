// SPDX-License-Identifier: Apache-2.0
// Theorem pointer_table, of rvmmu_pointer: the address is transformed as in "Pointer Masking
// Extensions": by the ignore transformation for virtual or for physical addresses, with the PMLEN
// that the PMM field of the effective privilege says; not for fetches, and not below M while MXR is
// in effect.
`default_nettype none

module pointer_table (
    input wire logic        clk_i,  // of the checker's cycles
    input wire logic [63:0] va_i,
    input wire logic        fetch_i,
    input wire logic        mxr_i,
    input wire logic [ 1:0] priv_i,
    input wire logic        translated_i,
    input wire logic [ 1:0] senvcfg_pmm_i,
    input wire logic [ 1:0] menvcfg_pmm_i,
    input wire logic [ 1:0] mseccfg_pmm_i
);
  logic [63:0] va;

  rvmmu_pointer u_pointer (
      .va_i, .fetch_i, .mxr_i, .priv_i, .translated_i, .senvcfg_pmm_i, .menvcfg_pmm_i,
      .mseccfg_pmm_i, .va_o(va)
  );

  // ---- The specification.
  logic [1:0] pmm;
  logic [63:0] upper, expected;
  int pmlen;

  always_comb begin
    case (priv_i)
      2'd0: pmm = senvcfg_pmm_i;
      2'd1: pmm = menvcfg_pmm_i;
      default: pmm = mseccfg_pmm_i;
    endcase
    case (pmm)
      2'd2: pmlen = 7;
      2'd3: pmlen = 16;
      default: pmlen = 0;
    endcase
    if (fetch_i || (mxr_i && priv_i != 2'd3)) pmlen = 0;
    upper = va_i << pmlen;
    expected = translated_i ? 64'($signed(upper) >>> pmlen) : upper >> pmlen;
  end

  // ---- Assumed: a privilege mode, and only values of PMM that are not reserved.
  always_comb begin
    assume (priv_i != 2'd2);
    assume (senvcfg_pmm_i != 2'd1 && menvcfg_pmm_i != 2'd1 && mseccfg_pmm_i != 2'd1);
    assume (!translated_i || priv_i != 2'd3);
  end

  // ---- The theorem.
  always_comb assert (va == expected);

  // ---- It is not vacuous: each length masks in each mode, both ways.
  for (genvar m = 0; m < 3; m++) begin : gen_mode
    always_comb begin
      cover (priv_i == 2'(m + m / 2) && pmlen == 7 && va != va_i);
      cover (priv_i == 2'(m + m / 2) && pmlen == 16 && va != va_i);
    end
  end
  always_comb cover (translated_i && pmlen == 7 && va[63:57] == 7'h7f && va != va_i);
endmodule

`default_nettype wire

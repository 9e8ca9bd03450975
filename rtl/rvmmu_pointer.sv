// SPDX-License-Identifier: Apache-2.0
// rvmmu_pointer: pointer masking: the address of an explicit access with its tag bits ignored.
// Pure. "Pointer Masking Extensions", the ignore transformation: PMM is that of the effective
// privilege (senvcfg, menvcfg, mseccfg); fetches are not masked, nor is anything while MXR is in
// effect, which it never is in M-mode.
`default_nettype none

module rvmmu_pointer (
    input  wire logic [63:0] va_i,
    input  wire logic        fetch_i,
    input  wire logic        mxr_i,
    input  wire logic [ 1:0] priv_i,         // effective privilege
    input  wire logic        translated_i,   // else a physical address
    input  wire logic [ 1:0] senvcfg_pmm_i,
    input  wire logic [ 1:0] menvcfg_pmm_i,
    input  wire logic [ 1:0] mseccfg_pmm_i,
    output logic      [63:0] va_o
);
  logic [1:0] pmm;
  logic machine, masked;

  assign machine = priv_i == rvmmu_pkg::PrivM;
  assign pmm = machine ? mseccfg_pmm_i : (priv_i == rvmmu_pkg::PrivU) ? senvcfg_pmm_i
                                                                      : menvcfg_pmm_i;
  assign masked = pmm[1] && !fetch_i && (machine || !mxr_i);

  // PMM 2 ignores 7 bits, 3 ignores 16; a virtual address is sign-extended, a physical one is not.
  assign va_o[47:0]  = va_i[47:0];
  assign va_o[56:48] = (masked && pmm[0]) ? {9{va_i[47] && translated_i}} : va_i[56:48];
  assign va_o[63:57] = !masked ? va_i[63:57]
                               : {7{translated_i && (pmm[0] ? va_i[47] : va_i[56])}};
endmodule

`default_nettype wire

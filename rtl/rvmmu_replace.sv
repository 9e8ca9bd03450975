// SPDX-License-Identifier: Apache-2.0
// rvmmu_replace: which entry of a fully associative array goes when a new one comes, by the policy
// that Replacement names. Every policy tells its victim from registers.
`default_nettype none

module rvmmu_replace #(
    parameter int Entries = 8,  // a power of two, 2 to 128
    parameter int Replacement = rvmmu_pkg::ReplacementPlru  // rvmmu_pkg, "Replacement"
) (
    input  wire logic               clk_i,
    input  wire logic               rst_ni,
    input  wire logic [Entries-1:0] touch_i,  // one-hot: this entry was used; zero: none
    input  wire logic               fill_i,   // the use is a fill
    output logic      [Entries-1:0] victim_o  // one-hot
);
  if (Replacement == rvmmu_pkg::ReplacementLru) begin : gen_lru
    rvmmu_lru #(.Entries(Entries)) u_lru (.clk_i, .rst_ni, .touch_i, .victim_o);
  end else if (Replacement == rvmmu_pkg::ReplacementRandom) begin : gen_random
    rvmmu_random #(.Entries(Entries)) u_random (.clk_i, .rst_ni, .touch_i, .victim_o);
  end else if (Replacement == rvmmu_pkg::ReplacementReuse) begin : gen_reuse
    rvmmu_reuse #(.Entries(Entries)) u_reuse (.clk_i, .rst_ni, .touch_i, .fill_i, .victim_o);
  end else begin : gen_plru
    rvmmu_plru #(.Entries(Entries)) u_plru (.clk_i, .rst_ni, .touch_i, .victim_o);
  end

  logic unused_fill;
  assign unused_fill = &{1'b0, fill_i};

  initial
    if (Replacement < 0 || Replacement > rvmmu_pkg::ReplacementReuse)
      $error("rvmmu_replace: Replacement must be 0 (tree-PLRU), 1 (LRU), 2 (random) or 3 (reuse)");
endmodule

`default_nettype wire

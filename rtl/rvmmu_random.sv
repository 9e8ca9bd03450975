// SPDX-License-Identifier: Apache-2.0
// rvmmu_random: pseudo-random replacement over a power of two of entries. A linear feedback shift
// register of period 65535 moves on with each use; its youngest bits are the victim, which is so a
// function of registers. It does not know which entry was used.
`default_nettype none

module rvmmu_random #(
    parameter int Entries = 8  // a power of two, 2 to 128
) (
    input  wire logic               clk_i,
    input  wire logic               rst_ni,
    input  wire logic [Entries-1:0] touch_i,  // one-hot: this entry was used; zero: none
    output logic      [Entries-1:0] victim_o  // one-hot
);
  logic [15:0] bits_q;  // never zero

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) bits_q <= 16'd1;
    else if (|touch_i) bits_q <= {bits_q[14:0], bits_q[15] ^ bits_q[14] ^ bits_q[12] ^ bits_q[3]};

  assign victim_o = Entries'(1) << bits_q[$clog2(Entries)-1:0];

  initial
    if (Entries < 2 || Entries > 128 || (1 << $clog2(Entries)) != Entries)
      $error("rvmmu_random: Entries must be a power of two from 2 to 128");
endmodule

`default_nettype wire

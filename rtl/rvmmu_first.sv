// SPDX-License-Identifier: Apache-2.0
// rvmmu_first: the lowest set bit, alone; zero if none is set. Log2 of the width deep and made of
// plain gates: a subtraction takes a carry chain, which costs more and does not merge with its
// neighbours.
`default_nettype none

module rvmmu_first #(
    parameter int Width = 8
) (
    input  wire logic [Width-1:0] set_i,
    output logic      [Width-1:0] first_o
);
  logic [Width-1:0] below;  // a lower bit is set

  always_comb begin
    below = set_i << 1;
    for (int d = 0; d < $clog2(Width); d++) below = below | (below << (1 << d));
  end

  assign first_o = set_i & ~below;
endmodule

`default_nettype wire

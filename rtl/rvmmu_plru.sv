// SPDX-License-Identifier: Apache-2.0
// rvmmu_plru: tree pseudo-LRU over a power of two of entries. The victim is a function of registers.
//
//           node 1              Nodes are numbered like a heap: below node k are 2k and 2k + 1,
//          /      \             and entry e is leaf Entries + e. A node's bit points to the half
//      node 2    node 3         that was not used last: 0 the lower, 1 the upper.
//      /    \    /    \
//     e0    e1  e2    e3
`default_nettype none

module rvmmu_plru #(
    parameter int Entries = 8  // a power of two, 2 to 128
) (
    input  wire logic               clk_i,
    input  wire logic               rst_ni,
    input  wire logic [Entries-1:0] touch_i,  // one-hot: this entry was used; zero: none
    output logic      [Entries-1:0] victim_o  // one-hot
);
  // The leaves below node k whose entry number has `half` in the bit that the node decides. Nodes of
  // a depth differ in the bits above that one.
  function automatic logic [Entries-1:0] leaves(input int k, input logic half);
    int depth, bits;
    depth = 0;
    for (int d = 1; d <= 6; d++) if ((k >> d) != 0) depth = d;
    bits = $clog2(Entries) - depth;  // of an entry's number, below and at node k
    leaves = '0;
    for (int e = 0; e < Entries; e++)
      leaves[e] = ((e + Entries) >> bits) == k && (((e >> (bits - 1)) & 1) == 1) == half;
  endfunction

  logic [Entries-1:0] node_q;  // bit 0 is no node
  logic [Entries-1:0] above, away;  // the nodes above what is touched; those that are to point up

  // Entry e is below node (e + Entries) >> d, in its lower half if the bit below is 0.
  always_comb begin
    above = '0;
    away = '0;
    for (int e = 0; e < Entries; e++)
      if (touch_i[e])
        for (int d = 1; d <= $clog2(Entries); d++) begin
          above = above | (Entries'(1) << ((e + Entries) >> d));
          if (((e >> (d - 1)) & 1) == 0) away = away | (Entries'(1) << ((e + Entries) >> d));
        end
  end

  always_comb begin
    victim_o = '1;
    for (int k = 1; k < Entries; k++)
      victim_o = victim_o & ~(node_q[k] ? leaves(k, 1'b0) : leaves(k, 1'b1));
  end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) node_q <= '0;
    else node_q <= (node_q & ~above) | away;

  initial
    if (Entries < 2 || Entries > 128 || (1 << $clog2(Entries)) != Entries)
      $error("rvmmu_plru: Entries must be a power of two from 2 to 128");
endmodule

`default_nettype wire

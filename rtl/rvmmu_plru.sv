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
  logic [Entries-1:1] node_q;
  logic [2*Entries-1:1] touched;  // used in or below this node
  logic [2*Entries-1:1] pointed;  // the bits from the root lead here

  always_comb begin
    touched = '0;
    touched[2*Entries-1:Entries] = touch_i;
    for (int k = Entries - 1; k >= 1; k--) touched[k] = touched[2*k] || touched[2*k+1];
  end

  always_comb begin
    pointed = '0;
    pointed[1] = 1'b1;
    for (int k = 1; k < Entries; k++) begin
      pointed[2*k]   = pointed[k] && !node_q[k];
      pointed[2*k+1] = pointed[k] && node_q[k];
    end
  end
  assign victim_o = pointed[2*Entries-1:Entries];

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) node_q <= '0;
    else
      for (int k = 1; k < Entries; k++) if (touched[k]) node_q[k] <= touched[2*k];

  initial
    if (Entries < 2 || Entries > 128 || (1 << $clog2(Entries)) != Entries)
      $error("rvmmu_plru: Entries must be a power of two from 2 to 128");
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_arbiter: round-robin choice of one requester. Combinational; the place of the last one
// taken is a register. A requester that keeps asking is granted after at most Requesters - 1 takes.
`default_nettype none

module rvmmu_arbiter #(
    parameter int Requesters = 2  // 1 or more
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    input  wire logic [Requesters-1:0] request_i,
    input  wire logic                  take_i,   // the grant is used: go on behind it
    output logic      [Requesters-1:0] grant_o   // one-hot, or zero without a request
);
  logic [Requesters-1:0] behind_q;  // those behind the last one taken
  logic [Requesters-1:0] first;

  assign first = (|(request_i & behind_q)) ? request_i & behind_q : request_i;
  assign grant_o = first & (~first + Requesters'(1));

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) behind_q <= '0;
    else if (take_i && |request_i) behind_q <= ~(grant_o | (grant_o - Requesters'(1)));
endmodule

`default_nettype wire

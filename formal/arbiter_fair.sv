// SPDX-License-Identifier: Apache-2.0
// Theorem arbiter_fair, of rvmmu_arbiter: there is a grant if and only if somebody asks, it is one,
// it goes to somebody who asks, and who keeps asking is granted after at most Requesters - 1 takes.
//
// seen_behind is tied to the arbiter's register once the design is flat (run.sh), for inductive
// invariants that are asserted and never assumed.
`default_nettype none

module arbiter_fair #(
    parameter int Requesters = 4,
    parameter bit Hints = 1'b1,
    localparam int Count = $clog2(Requesters) + 2  // bits of what counts requesters
) (
    input wire logic                  clk_i,
    input wire logic                  rst_ni,
    input wire logic [Requesters-1:0] request_i,
    input wire logic                  take_i
);
  logic [Requesters-1:0] grant;

  rvmmu_arbiter #(.Requesters(Requesters)) u_arbiter (
      .clk_i, .rst_ni, .request_i, .take_i, .grant_o(grant)
  );

  logic [Requesters-1:0] seen_behind;  // tied by run.sh

  // ---- How many others were taken since the watched requester began to ask.
  (* anyconst *) logic [Count-1:0] watched;
  logic [Count-1:0] passed_q;
  logic started_q, asks, granted;

  assign asks = |(request_i & (Requesters'(1) << watched));
  assign granted = |(grant & (Requesters'(1) << watched));

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) passed_q <= '0;
    else if (!asks || (granted && take_i)) passed_q <= '0;
    else if (take_i) passed_q <= passed_q + Count'(1);

  // ---- Assumed: a reset at the start.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume (watched < Count'(Requesters));
  end

  // ---- The theorem.
  always_comb
    if (started_q) begin
      assert ((grant & ~request_i) == '0);
      assert ((grant & (grant - Requesters'(1))) == '0);
      assert ((grant == '0) == (request_i == '0));
      assert (passed_q < Count'(Requesters));
      if (asks && passed_q == Count'(Requesters - 1)) assert (granted);
    end

  // ---- Its invariants: the register marks all above a place, and that place draws nearer.
  logic [Count-1:0] ahead, place;
  always_comb begin
    place = '0;
    for (int r = 1; r < Requesters; r++) if (!seen_behind[r]) place = Count'(r);
    ahead = (watched > place) ? watched - place : watched + Count'(Requesters) - place;
  end
  always_comb
    if (Hints && started_q) begin
      assert (!seen_behind[0]);
      for (int r = 1; r < Requesters; r++) if (seen_behind[r-1]) assert (seen_behind[r]);
      assert (passed_q + ahead <= Count'(Requesters));
    end

  // ---- It is not vacuous: somebody waits as long as can be.
  always_comb cover (started_q && rst_ni && asks && granted && passed_q == Count'(Requesters - 1));
endmodule

`default_nettype wire

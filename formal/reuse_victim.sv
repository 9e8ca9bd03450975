// SPDX-License-Identifier: Apache-2.0
// Theorem reuse_victim, of rvmmu_reuse: the victim is one entry, never the one used last, and never
// one with credit left, but in a cycle of ageing. Credit: a fill earns one ageing, a use after
// others two; ageing takes one from each entry but the last. It comes only when all entries but the
// last have credit, and lasts at most two cycles.
//
// The seen_* wires are tied to registers once the design is flat (run.sh); seen_ages says when it
// ages, the others are for inductive invariants that are asserted and never assumed.
`default_nettype none

module reuse_victim #(
    parameter int Entries = 8,
    parameter bit Hints = 1'b1,
    localparam int Depth = $clog2(Entries)
) (
    input wire logic               clk_i,
    input wire logic               rst_ni,
    input wire logic [Entries-1:0] touch_i,
    input wire logic               fill_i
);
  logic [Entries-1:0] victim;

  rvmmu_reuse #(.Entries(Entries)) u_reuse (.clk_i, .rst_ni, .touch_i, .fill_i, .victim_o(victim));

  // Tied by run.sh.
  logic [Entries-1:0] seen_last, seen_used, seen_again;
  logic seen_ages, seen_filled;

  // ---- Any entry: whether it was the last used, what that use earns, and the credit it has left.
  (* anyconst *) logic [Depth-1:0] watched;
  logic last_q, started_q, used, victim_watched;
  logic [1:0] earned_q, credit_q;
  logic [1:0] aged_q;  // cycles of ageing so far, running; 3 or more are 3

  assign used           = |(touch_i & (Entries'(1) << watched));
  assign victim_watched = |(victim & (Entries'(1) << watched));

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      last_q   <= 1'b0;
      credit_q <= '0;
      aged_q   <= '0;
    end else begin
      if (|touch_i) last_q <= used;
      if (used && fill_i) earned_q <= 2'd1;
      else if (used && !last_q) earned_q <= 2'd2;
      if (last_q) credit_q <= earned_q;
      else if (seen_ages && credit_q != '0) credit_q <= credit_q - 2'd1;
      if (!seen_ages) aged_q <= '0;
      else if (aged_q != 2'd3) aged_q <= aged_q + 2'd1;
    end

  // ---- Assumed: a reset at the start, and at most one entry used in a cycle (theorem tlb_hit).
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume ((touch_i & (touch_i - Entries'(1))) == '0);
  end

  // ---- The theorem. With two entries the victim is the one that is not the last.
  always_comb
    if (started_q && rst_ni) begin
      assert (victim != '0 && (victim & (victim - Entries'(1))) == '0);
      if (victim_watched) assert (!last_q && (credit_q == '0 || seen_ages));
      if (seen_ages) assert (last_q || credit_q != '0);
      if (Entries > 2) assert (!(seen_ages && aged_q >= 2'd2));
    end

  // ---- Its invariants: the registers of the watched entry are its shadow.
  always_comb
    if (Hints && started_q) begin
      assert (1'(seen_last >> watched) == last_q);
      assert ((seen_last & (seen_last - Entries'(1))) == '0);
      assert (1'(seen_used >> watched) == (credit_q != '0));
      assert (1'(seen_again >> watched) == (credit_q == 2'd2));
      if (last_q) assert (earned_q == (seen_filled ? 2'd1 : 2'd2));
      assert (credit_q != 2'd3);
    end

  // ---- It is not vacuous: it ages for one cycle and for two; an entry used again outlives one
  //      that is filled after it, and goes in its turn.
  logic again_q;
  initial again_q = 1'b0;
  always_ff @(posedge clk_i) again_q <= (again_q && rst_ni) || (started_q && rst_ni && credit_q == 2'd2);
  always_comb begin
    cover (started_q && rst_ni && seen_ages && aged_q == 2'd0);
    cover (started_q && rst_ni && seen_ages && aged_q == 2'd1);
    cover (started_q && rst_ni && again_q && victim_watched && !seen_ages);
    cover (started_q && rst_ni && credit_q == 2'd1 && again_q && !seen_ages && !last_q);
  end
endmodule

`default_nettype wire

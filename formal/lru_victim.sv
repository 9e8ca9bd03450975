// SPDX-License-Identifier: Apache-2.0
// Theorem lru_victim, of rvmmu_lru: the victim is one entry, and it is the one used least recently:
// any other entry was used after it. Entries not used since reset count as used in their order
// before it.
//
// seen_older is tied to the age matrix once the design is flat (run.sh), for inductive invariants
// that are asserted and never assumed.
`default_nettype none

module lru_victim #(
    parameter int Entries = 8,
    parameter bit Hints = 1'b1,
    localparam int Depth = $clog2(Entries)
) (
    input wire logic               clk_i,
    input wire logic               rst_ni,
    input wire logic [Entries-1:0] touch_i
);
  logic [Entries-1:0] victim;

  rvmmu_lru #(.Entries(Entries)) u_lru (.clk_i, .rst_ni, .touch_i, .victim_o(victim));

  logic [Entries*Entries-1:0] seen_older;  // tied by run.sh

  // ---- Any two entries, and whether the other one was used after the watched one (turned: not so
  //      as after reset).
  (* anyconst *) logic [Depth-1:0] watched;
  (* anyconst *) logic [Depth-1:0] other;
  logic turned_q, after, started_q, used, other_used, victim_watched;

  assign used           = |(touch_i & (Entries'(1) << watched));
  assign other_used     = |(touch_i & (Entries'(1) << other));
  assign victim_watched = |(victim & (Entries'(1) << watched));

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) turned_q <= 1'b0;
    else if (used) turned_q <= other > watched;
    else if (other_used) turned_q <= other < watched;
  assign after = turned_q ^ (other > watched);

  // ---- Assumed: a reset at the start, and at most one entry used in a cycle (theorem tlb_hit).
  always_comb begin
    assume (watched != other);
    if (!started_q) assume (!rst_ni);
    assume ((touch_i & (touch_i - Entries'(1))) == '0);
  end

  // ---- The theorem.
  always_comb
    if (started_q) begin
      assert (victim != '0 && (victim & (victim - Entries'(1))) == '0);
      if (victim_watched) assert (after);
    end

  // ---- Its invariants: the matrix says of these two what the shadow says; and it is an order, for
  //      which it is enough that no three entries form a circle.
  always_comb
    if (Hints && started_q) begin
      assert (1'(seen_older >> (Entries * watched + other)) == after);
      for (int i = 0; i < Entries; i++)
        for (int j = i + 1; j < Entries; j++)
          for (int k = j + 1; k < Entries; k++)
            assert (seen_older[i*Entries+j] != seen_older[j*Entries+k]
                 || seen_older[i*Entries+j] == seen_older[i*Entries+k]);
    end

  // ---- It is not vacuous: each extreme entry becomes the victim after it was used.
  logic used_q;
  initial used_q = 1'b0;
  always_ff @(posedge clk_i) used_q <= (used_q && rst_ni) || (started_q && rst_ni && used);
  always_comb begin
    cover (started_q && used_q && victim_watched && victim[0]);
    cover (started_q && used_q && victim_watched && victim[Entries-1]);
  end
endmodule

`default_nettype wire

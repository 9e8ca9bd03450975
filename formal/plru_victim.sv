// SPDX-License-Identifier: Apache-2.0
// Theorem plru_victim, of rvmmu_plru: the victim is one entry, and an entry that was used is not
// the victim again before at least log2(Entries) other uses: in particular never the one used last.
//
// seen_node is tied to the tree's bits once the design is flat (run.sh), for an inductive invariant
// that is asserted and never assumed.
`default_nettype none

module plru_victim #(
    parameter int Entries = 8,
    parameter bit Hints = 1'b1,
    localparam int Depth = $clog2(Entries)
) (
    input wire logic               clk_i,
    input wire logic               rst_ni,
    input wire logic [Entries-1:0] touch_i
);
  logic [Entries-1:0] victim;

  rvmmu_plru #(.Entries(Entries)) u_plru (.clk_i, .rst_ni, .touch_i, .victim_o(victim));

  logic [Entries-1:0] seen_node;  // tied by run.sh

  // ---- Uses of other entries since the last one of the watched entry; Depth or more are Depth.
  (* anyconst *) logic [Depth-1:0] watched;
  logic [3:0] others_q;
  logic started_q, used, victim_watched;

  assign used = |(touch_i & (Entries'(1) << watched));
  assign victim_watched = |(victim & (Entries'(1) << watched));

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) others_q <= 4'(Depth);
    else if (used) others_q <= '0;
    else if (|touch_i && others_q < 4'(Depth)) others_q <= others_q + 4'd1;

  // ---- Assumed: a reset at the start, and at most one entry used in a cycle (theorem tlb_hit).
  always_comb begin
    if (!started_q) assume (!rst_ni);
    assume ((touch_i & (touch_i - Entries'(1))) == '0);
  end

  // ---- The theorem.
  always_comb
    if (started_q) begin
      assert (victim != '0 && (victim & (victim - Entries'(1))) == '0);
      if (victim_watched) assert (others_q == 4'(Depth));
    end

  // ---- Its invariant: of the nodes above the watched entry, no more point to it than others were
  //      used since.
  logic [3:0] pointing;
  logic [Depth:0] leaf;
  assign leaf = {1'b1, watched};
  always_comb begin
    pointing = '0;
    for (int d = 1; d <= Depth; d++)
      if (1'(seen_node >> (leaf >> d)) == 1'(leaf >> (d - 1)))
        pointing = pointing + 4'd1;
  end
  always_comb if (Hints && started_q) assert (pointing <= others_q && others_q <= 4'(Depth));

  // ---- It is not vacuous: the bound is reached, and so is each extreme entry as the victim.
  logic used_q;
  logic [3:0] then_q;
  initial used_q = 1'b0;
  always_ff @(posedge clk_i) begin
    used_q <= (used_q && rst_ni) || (started_q && rst_ni && used);
    then_q <= others_q;
  end
  always_comb begin
    cover (started_q && used_q && victim_watched && then_q == 4'(Depth - 1));
    cover (started_q && used_q && victim[0]);
    cover (started_q && used_q && victim[Entries-1]);
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// Theorem random_victim, of rvmmu_random: the victim is one entry, stays without a use, and is
// another one after at most 17 - log2(Entries) uses: the register never sticks.
//
// seen_bits is tied to the shift register once the design is flat (run.sh), for an inductive
// invariant that is asserted and never assumed.
`default_nettype none

module random_victim #(
    parameter int Entries = 8,
    parameter bit Hints = 1'b1,
    localparam int Depth = $clog2(Entries)
) (
    input wire logic               clk_i,
    input wire logic               rst_ni,
    input wire logic [Entries-1:0] touch_i
);
  logic [Entries-1:0] victim;

  rvmmu_random #(.Entries(Entries)) u_random (.clk_i, .rst_ni, .touch_i, .victim_o(victim));

  logic [15:0] seen_bits;  // tied by run.sh

  // ---- Uses that have left the victim as it was, running.
  logic [Entries-1:0] victim_q;
  logic [4:0] same_q, same;
  logic started_q, reset_q, touched_q;

  assign same = (reset_q || victim != victim_q) ? 5'd0 : touched_q ? same_q + 5'd1 : same_q;

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) begin
    started_q <= 1'b1;
    reset_q   <= !rst_ni;
    touched_q <= |touch_i;
    victim_q  <= victim;
    same_q    <= same;
  end

  // ---- Assumed: a reset at the start.
  always_comb if (!started_q) assume (!rst_ni);

  // ---- The theorem.
  always_comb
    if (started_q && rst_ni) begin
      assert (victim != '0 && (victim & (victim - Entries'(1))) == '0);
      if (!reset_q && !touched_q) assert (victim == victim_q);
      assert (same <= 5'(16 - Depth));
    end

  // ---- Its invariant: uses that left the victim as it was have shifted equal bits into the register.
  logic [15:0] window;
  assign window = 16'hffff >> (5'(16 - Depth) - same);
  always_comb
    if (Hints && started_q && rst_ni) begin
      assert (seen_bits != 16'd0);
      assert (same <= 5'(16 - Depth));
      assert (victim == Entries'(1) << seen_bits[Depth-1:0]);
      if (same != 5'd0)
        assert ((seen_bits & window) == window || (seen_bits & window) == 16'd0);
    end

  // ---- It is not vacuous: the victim stays over a use, and changes with one; it is an entry of
  //      either half.
  always_comb begin
    cover (started_q && rst_ni && same != 5'd0);
    cover (started_q && rst_ni && !reset_q && victim != victim_q);
    cover (started_q && rst_ni && victim[0]);
    cover (started_q && rst_ni && victim >= (Entries'(1) << (Entries / 2)));
  end
endmodule

`default_nettype wire

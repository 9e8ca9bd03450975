// SPDX-License-Identifier: Apache-2.0
// rvmmu_reuse: not-recently-used replacement that spares once what was used again, so that a page
// used for a while and no more goes before one that is come back to, and a loop over more pages
// than there are entries keeps most of them. The victim is a function of registers; of a use only
// the registers of the entry used last depend on it.
//
//   last   the entry used last; using it further is still the same use
//   used   since the last ageing
//   again  used again, after others, since it was filled or spared
//
// The victim is the lowest entry that is neither last nor used. When there is none, the next cycle
// ages all but the last: what was used again is spared once, the rest is no longer used. If all
// was used again, it takes two; until then the victim is entry 0, or 1 if entry 0 is the last.
`default_nettype none

module rvmmu_reuse #(
    parameter int Entries = 8  // a power of two, 2 to 128
) (
    input  wire logic               clk_i,
    input  wire logic               rst_ni,
    input  wire logic [Entries-1:0] touch_i,  // one-hot: this entry was used; zero: none
    input  wire logic               fill_i,   // the use is a fill
    output logic      [Entries-1:0] victim_o  // one-hot, never the entry used last
);
  logic [Entries-1:0] last_q, used_q, again_q;
  logic filled_q;  // the last one was filled and not used after others since
  logic [Entries-1:0] open, first;
  logic ages;

  assign open = ~used_q & ~last_q;
  assign ages = ~|open;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      last_q   <= '0;
      filled_q <= 1'b0;
    end else if (|touch_i) begin
      last_q   <= touch_i;
      filled_q <= fill_i || (filled_q && |(touch_i & last_q));
    end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      used_q  <= '0;
      again_q <= '0;
    end else begin
      used_q  <= last_q | (ages ? again_q : used_q);
      again_q <= (last_q & {Entries{!filled_q}}) | (~last_q & again_q & {Entries{!ages}});
    end

  rvmmu_first #(.Width(Entries)) u_first (.set_i(open), .first_o(first));
  assign victim_o = first | Entries'({ages && last_q[0], ages && !last_q[0]});

  initial
    if (Entries < 2 || Entries > 128 || (1 << $clog2(Entries)) != Entries)
      $error("rvmmu_reuse: Entries must be a power of two from 2 to 128");
endmodule

`default_nettype wire

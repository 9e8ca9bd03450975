// SPDX-License-Identifier: Apache-2.0
// rvmmu_lru: true least-recently-used over a power of two of entries, as an age matrix. The victim
// is a function of registers.
//
//            j 0 1 2 3    older[i][j]: entry i was used before entry j. Above the diagonal is a
//      i 0     . q q q    register for each pair, below it the opposite. A used entry becomes the
//        1     ! . q q    younger one of all its pairs; the victim is the older one of all its own.
//        2     ! ! . q
//        3     ! ! ! .    Entries * (Entries - 1) / 2 flip-flops.
`default_nettype none

module rvmmu_lru #(
    parameter int Entries = 8  // a power of two, 2 to 128
) (
    input  wire logic               clk_i,
    input  wire logic               rst_ni,
    input  wire logic [Entries-1:0] touch_i,  // one-hot: this entry was used; zero: none
    output logic      [Entries-1:0] victim_o  // one-hot
);
  logic [Entries*Entries-1:0] older;

  for (genvar i = 0; i < Entries; i++) begin : gen_row
    assign older[i*Entries+i] = 1'b1;
    for (genvar j = i + 1; j < Entries; j++) begin : gen_pair
      logic older_q;
      always_ff @(posedge clk_i or negedge rst_ni)
        if (!rst_ni) older_q <= 1'b1;
        else if (touch_i[i]) older_q <= 1'b0;
        else if (touch_i[j]) older_q <= 1'b1;
      assign older[i*Entries+j] = older_q;
      assign older[j*Entries+i] = !older_q;
    end
    assign victim_o[i] = &older[i*Entries+:Entries];
  end

  initial
    if (Entries < 2 || Entries > 128 || (1 << $clog2(Entries)) != Entries)
      $error("rvmmu_lru: Entries must be a power of two from 2 to 128");
endmodule

`default_nettype wire

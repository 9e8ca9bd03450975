// SPDX-License-Identifier: Apache-2.0
// rvmmu_mux: one of several words, by a one-hot selection; zero when nothing is selected. Written
// as AND and OR, which is smaller and faster than a priority or an index. The only word is passed on
// whether it is selected or not.
`default_nettype none

module rvmmu_mux #(
    parameter int Inputs = 2,  // 1 or more
    parameter int Width = 8,   // bits
    parameter int Stride = Width  // from one input to the next
) (
    input  wire logic [       Inputs-1:0] select_i,
    input  wire logic [Inputs*Stride-1:0] data_i,    // input i at i * Stride
    output logic      [        Width-1:0] data_o
);
  if (Inputs == 1) begin : gen_only
    assign data_o = data_i[Width-1:0];
    logic unused;
    assign unused = &{1'b0, select_i};
  end else begin : gen_several
    always_comb begin
      data_o = '0;
      for (int i = 0; i < Inputs; i++)
        if (select_i[i]) data_o = data_o | data_i[i*Stride+:Width];
    end
  end

  logic unused_data;
  assign unused_data = &{1'b0, data_i};
endmodule

`default_nettype wire

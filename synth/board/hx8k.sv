// SPDX-License-Identifier: Apache-2.0
// hx8k: the board on the iCE40-HX8K breakout board (12 MHz); pins in hx8k.pcf.
`default_nettype none

module hx8k #(
`include "board_parameters.svh"
    ,
    parameter int ClocksPerBit = 12,   // 1 Mbaud
    parameter int GapClocks = 120000   // 10 ms
) (
    input  wire logic clk,
    input  wire logic rx,
    output logic      tx,
    output logic      led
);
  board #(
`include "board_pass.svh"
      , .ClocksPerBit(ClocksPerBit), .GapClocks(GapClocks)
  ) u_board (
      .clk_i(clk), .rx_i(rx), .tx_o(tx), .busy_o(led)
  );
endmodule

`default_nettype wire

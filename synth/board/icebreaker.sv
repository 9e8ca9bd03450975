// SPDX-License-Identifier: Apache-2.0
// icebreaker: the board on an iCEBreaker (iCE40 UP5K, 12 MHz); pins in icebreaker.pcf.
`default_nettype none

module icebreaker #(
`include "board_parameters.svh"
    ,
    parameter int ClocksPerBit = 12,   // 1 Mbaud
    parameter int GapClocks = 120000   // 10 ms
) (
    input  wire logic clk,
    input  wire logic rx,
    output logic      tx,
    output logic      led_n
);
  logic busy;

  board #(
`include "board_pass.svh"
      , .ClocksPerBit(ClocksPerBit), .GapClocks(GapClocks)
  ) u_board (
      .clk_i(clk), .rx_i(rx), .tx_o(tx), .busy_o(busy)
  );

  assign led_n = !busy;
endmodule

`default_nettype wire

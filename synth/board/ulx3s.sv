// SPDX-License-Identifier: Apache-2.0
// ulx3s: the board on a ULX3S (ECP5, 25 MHz); pins in ulx3s.lpf. The names of the serial line are the
// USB bridge's.
`default_nettype none

module ulx3s #(
`include "board_parameters.svh"
    ,
    parameter int ClocksPerBit = 25,   // 1 Mbaud
    parameter int GapClocks = 250000   // 10 ms
) (
    input  wire logic clk_25mhz,
    input  wire logic ftdi_txd,
    output logic      ftdi_rxd,
    output logic      led,
    output logic      wifi_gpio0
);
  board #(
`include "board_pass.svh"
      , .ClocksPerBit(ClocksPerBit), .GapClocks(GapClocks)
  ) u_board (
      .clk_i(clk_25mhz), .rx_i(ftdi_txd), .tx_o(ftdi_rxd), .busy_o(led)
  );

  assign wifi_gpio0 = 1'b1;  // low would let the radio's processor load another bitstream
endmodule

`default_nettype wire

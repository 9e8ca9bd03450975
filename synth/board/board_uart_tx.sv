// SPDX-License-Identifier: Apache-2.0
// board_uart_tx: bytes onto a serial line, 8N1.
`default_nettype none

module board_uart_tx #(
    parameter int ClocksPerBit = 12  // 2 or more
) (
    input  wire logic       clk_i,
    input  wire logic       rst_ni,
    input  wire logic       valid_i,
    output logic            ready_o,
    input  wire logic [7:0] data_i,
    output logic            tx_o
);
  localparam int CountWidth = $clog2(ClocksPerBit);

  logic [8:0] shift_q;  // what follows the bit on the line
  logic [3:0] bits_q;   // left to be sent, with the one on the line
  logic [CountWidth-1:0] count_q;

  assign ready_o = bits_q == 4'd0;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      bits_q <= 4'd0;
      tx_o   <= 1'b1;
    end else if (ready_o) begin
      if (valid_i) begin
        bits_q <= 4'd10;
        tx_o   <= 1'b0;
      end
    end else if (count_q == '0) begin
      bits_q <= bits_q - 4'd1;
      tx_o   <= shift_q[0];
    end

  always_ff @(posedge clk_i)
    if (ready_o || count_q == '0) begin
      count_q <= CountWidth'(ClocksPerBit - 1);
      shift_q <= ready_o ? {1'b1, data_i} : {1'b1, shift_q[8:1]};
    end else count_q <= count_q - 1'b1;
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// board_uart_rx: the bytes of a serial line, 8N1. A byte is given in the middle of its stop bit, so
// that the next may begin half a bit early; one without a stop bit is dropped.
`default_nettype none

module board_uart_rx #(
    parameter int ClocksPerBit = 12  // 2 or more
) (
    input  wire logic       clk_i,
    input  wire logic       rst_ni,
    input  wire logic       rx_i,     // the line, asynchronous
    output logic            valid_o,  // for one cycle
    output logic      [7:0] data_o
);
  localparam int CountWidth = $clog2(ClocksPerBit);

  logic [1:0] line_q;
  logic busy_q, line, sample;
  logic [3:0] bit_q;  // 0: start bit, 1 to 8: data, 9: stop bit
  logic [CountWidth-1:0] count_q;

  assign line   = line_q[1];
  assign sample = busy_q && count_q == '0;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      line_q  <= 2'b11;
      busy_q  <= 1'b0;
      valid_o <= 1'b0;
    end else begin
      line_q  <= {line_q[0], rx_i};
      valid_o <= sample && bit_q == 4'd9 && line;
      if (!busy_q) busy_q <= !line;
      else if (sample && (bit_q == 4'd9 || (bit_q == 4'd0 && line))) busy_q <= 1'b0;
    end

  always_ff @(posedge clk_i) begin
    count_q <= count_q - 1'b1;
    if (!busy_q) begin
      count_q <= CountWidth'(ClocksPerBit / 2 - 1);
      bit_q   <= 4'd0;
    end else if (sample) begin
      count_q <= CountWidth'(ClocksPerBit - 1);
      bit_q   <= bit_q + 4'd1;
      if (bit_q != 4'd9) data_o <= {line, data_o[7:1]};
    end
  end
endmodule

`default_nettype wire

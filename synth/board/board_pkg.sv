// SPDX-License-Identifier: Apache-2.0
// board_pkg: the frames that a host and a board exchange; docs/board.md has them in tables.
`default_nettype none

package board_pkg;
  localparam int Version = 1;  // of the protocol

  localparam logic [7:0] Start = 8'h7e;

  // What a frame asks for; its reply carries the same with bit 7 set.
  localparam logic [7:0] KindIdentify = 8'd0;
  localparam logic [7:0] KindReset = 8'd1;
  localparam logic [7:0] KindLoad = 8'd2;
  localparam logic [7:0] KindClock = 8'd3;
  localparam logic [7:0] KindBoth = 8'd4;  // load and clock
  localparam logic [7:0] KindPmp = 8'd5;
  localparam logic [7:0] Reply = 8'h80;

  // Payload bytes
  localparam int LoadBytes = 48;
  localparam int ClockBytes = 24;
  localparam int InputBytes = 72;
  localparam int ResetBytes = 3;
  localparam int PmpBytes = 10;
  localparam int OutputBytes = 70;
  localparam int IdentityBytes = 67;  // version, 33 parameters of 2

  // Where the input registers of a payload begin: those of a cycle, of a reset, of PMP
  localparam int InputsAt = 0;
  localparam int RequestsAt = 48;
  localparam int StrapsAt = 72;
  localparam int PmpAt = 80;
  localparam int AddressWidth = 7;

  // What an edge of the input registers' clock does
  localparam logic [1:0] InputsWrite = 2'd0;  // one byte
  localparam logic [1:0] InputsEnd = 2'd1;    // withdraw what ends with a cycle, and the reset
  localparam logic [1:0] InputsReset = 2'd2;  // all 0 but PMP, and reset the MMU
  localparam logic [1:0] InputsClear = 2'd3;  // PMP too

  // Payload bytes of a kind; a number that no length has, if there is none such.
  function automatic logic [8:0] payload_bytes(input logic [7:0] kind);
    case (kind)
      KindIdentify: payload_bytes = 9'd0;
      KindReset: payload_bytes = 9'(ResetBytes);
      KindLoad: payload_bytes = 9'(LoadBytes);
      KindClock: payload_bytes = 9'(ClockBytes);
      KindBoth: payload_bytes = 9'(InputBytes);
      KindPmp: payload_bytes = 9'(PmpBytes);
      default: payload_bytes = 9'h100;
    endcase
  endfunction

  // CRC-16/CCITT-FALSE (x^16 + x^12 + x^5 + 1, highest bit first) with one more byte; begins as CrcInit.
  localparam logic [15:0] CrcInit = 16'hffff;

  function automatic logic [15:0] crc(input logic [15:0] sofar, input logic [7:0] data);
    logic [15:0] sum;
    sum = sofar ^ {data, 8'd0};
    for (int i = 0; i < 8; i++) sum = {sum[14:0], 1'b0} ^ (sum[15] ? 16'h1021 : 16'h0000);
    crc = sum;
  endfunction
endpackage

`default_nettype wire

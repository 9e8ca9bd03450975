// SPDX-License-Identifier: Apache-2.0
// board_receive: finds frames in the bytes of a line. It hunts for a start byte, drops a frame whose
// kind is unknown, whose length is not its kind's or whose CRC is wrong, and one in which no byte
// came for GapClocks. The payload is written into a RAM outside; the other fields hold until the
// next frame. While a frame is being worked on (busy_i) it takes nothing.
`default_nettype none

module board_receive #(
    parameter int GapClocks = 120000  // longest silence within a frame, 2 or more
) (
    input  wire logic       clk_i,
    input  wire logic       rst_ni,
    // bytes, from the line
    input  wire logic       valid_i,
    input  wire logic [7:0] data_i,
    // payload, to the RAM
    output logic            write_o,
    output logic      [6:0] index_o,
    // frame, to board_execute
    input  wire logic       busy_i,
    output logic            frame_o,     // whole and right; for one cycle
    output logic      [7:0] sequence_o,
    output logic      [7:0] kind_o,
    output logic      [7:0] length_o,
    output logic            hunting_o
);
  localparam int GapWidth = $clog2(GapClocks);

  enum logic [2:0] {Hunt, Length, Sequence, Kind, Payload, CrcLow, CrcHigh} state_q, state_d;
  logic [15:0] crc_q;
  logic low_right_q, gap, last;
  logic [GapWidth-1:0] silence_q;
  logic [8:0] bytes;

  assign bytes     = board_pkg::payload_bytes(data_i);  // of the kind that is on the line
  assign last      = {1'b0, index_o} + 8'd1 == length_o;
  assign gap       = silence_q == GapWidth'(GapClocks - 1);
  assign hunting_o = state_q == Hunt;
  assign write_o   = valid_i && state_q == Payload;

  always_comb begin
    state_d = state_q;
    if (valid_i)
      case (state_q)
        Hunt: if (data_i == board_pkg::Start) state_d = Length;
        Length: state_d = Sequence;
        Sequence: state_d = Kind;
        Kind:
        if (bytes != {1'b0, length_o}) state_d = Hunt;
        else if (length_o == 8'd0) state_d = CrcLow;
        else state_d = Payload;
        Payload: if (last) state_d = CrcLow;
        CrcLow: state_d = CrcHigh;
        default: state_d = Hunt;
      endcase
    else if (gap) state_d = Hunt;
    if (busy_i) state_d = Hunt;
  end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      state_q <= Hunt;
      frame_o <= 1'b0;
    end else begin
      state_q <= state_d;
      frame_o <= valid_i && !busy_i && state_q == CrcHigh && low_right_q && data_i == crc_q[15:8];
    end

  always_ff @(posedge clk_i) begin
    silence_q <= (valid_i || state_q == Hunt) ? '0 : silence_q + 1'b1;
    if (valid_i)
      case (state_q)
        Hunt: crc_q <= board_pkg::CrcInit;
        CrcLow, CrcHigh: low_right_q <= data_i == crc_q[7:0];
        default: crc_q <= board_pkg::crc(crc_q, data_i);
      endcase
    if (valid_i && state_q == Length) length_o <= data_i;
    if (valid_i && state_q == Sequence) sequence_o <= data_i;
    if (valid_i && state_q == Kind) kind_o <= data_i;
    if (state_q == Kind) index_o <= '0;
    else if (write_o) index_o <= index_o + 1'b1;
  end
endmodule

`default_nettype wire

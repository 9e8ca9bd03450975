// SPDX-License-Identifier: Apache-2.0
// board_reply: sends one frame, byte by byte; what its payload holds at index_o is asked for as it
// is sent.
`default_nettype none

module board_reply (
    input  wire logic       clk_i,
    input  wire logic       rst_ni,
    // the frame, from board_execute; all of it holds until done_o
    input  wire logic       start_i,
    output logic            done_o,      // the last byte has gone to the line
    input  wire logic [7:0] sequence_i,
    input  wire logic [7:0] kind_i,
    input  wire logic [7:0] length_i,    // of the payload, 1 or more
    output logic      [6:0] index_o,
    input  wire logic [7:0] payload_i,
    // bytes, to the line
    output logic            valid_o,
    input  wire logic       ready_i,
    output logic      [7:0] data_o
);
  enum logic [2:0] {Idle, Start, Length, Sequence, Kind, Payload, CrcLow, CrcHigh} state_q, state_d;
  logic [15:0] crc_q;
  logic [7:0] crc_low, crc_high;
  logic last;

  assign {crc_high, crc_low} = crc_q;
  assign last    = {1'b0, index_o} + 8'd1 == length_i;
  assign valid_o = state_q != Idle;
  assign done_o  = state_q == CrcHigh && ready_i;

  always_comb begin
    state_d = state_q;
    data_o  = board_pkg::Start;
    case (state_q)
      Idle: if (start_i) state_d = Start;
      Start: state_d = Length;
      Length: begin
        data_o  = length_i;
        state_d = Sequence;
      end
      Sequence: begin
        data_o  = sequence_i;
        state_d = Kind;
      end
      Kind: begin
        data_o  = kind_i | board_pkg::Reply;
        state_d = Payload;
      end
      Payload: begin
        data_o = payload_i;
        if (last) state_d = CrcLow;
      end
      CrcLow: begin
        data_o  = crc_low;
        state_d = CrcHigh;
      end
      default: begin
        data_o  = crc_high;
        state_d = Idle;
      end
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) state_q <= Idle;
    else if (!valid_o || ready_i) state_q <= state_d;

  always_ff @(posedge clk_i)
    if (!valid_o) begin
      crc_q   <= board_pkg::CrcInit;
      index_o <= '0;
    end else if (ready_i) begin
      if (state_q != Start && state_q != CrcLow) crc_q <= board_pkg::crc(crc_q, data_o);
      if (state_q == Payload) index_o <= index_o + 1'b1;
    end
endmodule

`default_nettype wire

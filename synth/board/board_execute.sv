// SPDX-License-Identifier: Apache-2.0
// board_execute: carries out a frame in steps of four clocks, in the third of which a step may give
// one pulse, either of the input registers' clock or of the MMU's: what they take settles in the
// clocks before, and holds until the end of the step. Between frames both stand still. A frame of the
// sequence that was carried out last is answered, but not carried out again.
`default_nettype none

module board_execute (
    input  wire logic                                clk_i,
    input  wire logic                                rst_ni,
    // frame, from board_receive
    input  wire logic                                frame_i,
    input  wire logic [                         7:0] sequence_i,
    input  wire logic [                         7:0] kind_i,
    input  wire logic [                         7:0] length_i,
    output logic                                     busy_o,
    // payload, from the RAM: a cycle after its index
    output logic      [                         6:0] index_o,
    // input registers: an operation at each pulse
    output logic                                     load_clk_o,
    output logic      [                         1:0] operation_o,
    output logic      [board_pkg::AddressWidth-1:0] address_o,
    // MMU
    output logic                                     mmu_clk_o,
    // reply
    output logic                                     reply_o,     // for one cycle
    input  wire logic                                replied_i
);
  localparam logic [6:0] ResetPulses = 7'd4;

  enum logic [2:0] {Clear, Idle, Reset, Copy, Pulse, End, Answer} state_q, state_d;
  logic [1:0] phase_q;
  logic [6:0] step_q;  // of those that this state has
  logic known_q;       // there is a sequence that was carried out last
  logic [7:0] sequence_q;
  logic again, clocks, resets, loads, last;

  assign resets = kind_i == board_pkg::KindReset;
  assign clocks = kind_i == board_pkg::KindClock || kind_i == board_pkg::KindBoth || resets;
  assign again  = known_q && sequence_q == sequence_i;
  assign loads  = state_q == Clear || state_q == Reset || state_q == Copy || state_q == End;
  assign last   = phase_q == 2'd3;  // clock of the step

  always_comb begin
    state_d = state_q;
    case (state_q)
      Clear: if (last) state_d = Idle;
      Idle:
      if (frame_i) begin
        if (again || kind_i == board_pkg::KindIdentify) state_d = Answer;
        else if (resets) state_d = Reset;
        else state_d = Copy;
      end
      Reset: if (last) state_d = Copy;
      Copy:
      if (last && {1'b0, step_q} + 8'd1 == length_i) begin
        if (clocks) state_d = Pulse;
        else state_d = Answer;
      end
      Pulse: if (last && (!resets || step_q == ResetPulses - 7'd1)) state_d = End;
      End: if (last) state_d = Answer;
      default: if (replied_i) state_d = Idle;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      state_q    <= Clear;
      phase_q    <= 2'd0;
      step_q     <= 7'd0;
      known_q    <= 1'b0;
      load_clk_o <= 1'b0;
      mmu_clk_o  <= 1'b0;
      reply_o    <= 1'b0;
    end else begin
      state_q    <= state_d;
      phase_q    <= (state_q == Idle || state_q == Answer) ? 2'd0 : phase_q + 2'd1;
      load_clk_o <= loads && phase_q == 2'd1;
      mmu_clk_o  <= state_q == Pulse && phase_q == 2'd1;
      reply_o    <= state_q != Answer && state_d == Answer;
      if (state_d != state_q) step_q <= 7'd0;
      else if (last) step_q <= step_q + 7'd1;
      if (state_q == Idle && frame_i) known_q <= 1'b1;
    end

  always_ff @(posedge clk_i) if (state_q == Idle && frame_i) sequence_q <= sequence_i;

  always_comb begin
    case (state_q)
      Clear: operation_o = board_pkg::InputsClear;
      Reset: operation_o = board_pkg::InputsReset;
      End: operation_o = board_pkg::InputsEnd;
      default: operation_o = board_pkg::InputsWrite;
    endcase
    case (kind_i)
      board_pkg::KindClock: address_o = 7'(board_pkg::RequestsAt) + step_q;
      board_pkg::KindReset: address_o = 7'(board_pkg::StrapsAt) + step_q;
      board_pkg::KindPmp: address_o = 7'(board_pkg::PmpAt) + step_q;
      default: address_o = 7'(board_pkg::InputsAt) + step_q;
    endcase
  end

  assign index_o = step_q;
  assign busy_o  = state_q != Idle;
endmodule

`default_nettype wire

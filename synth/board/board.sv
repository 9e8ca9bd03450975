// SPDX-License-Identifier: Apache-2.0
// board: an rvmmu that a host drives over a serial line, cycle by cycle: it stands still while the
// line talks. docs/board.md has the frames.
`default_nettype none

module board #(
`include "board_parameters.svh"
    ,
    parameter int ClocksPerBit = 12,   // of the serial line, 2 or more
    parameter int GapClocks = 120000,  // longest silence within a frame
    localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1,
    localparam int PmpAddrWidth = PaWidth - 2
) (
    input  wire logic clk_i,
    input  wire logic rx_i,
    output logic      tx_o,
    output logic      busy_o  // from a frame's first byte to the last of its reply
);
  // The registers of an FPGA begin with what is said here; the board has no reset of its own.
  logic [3:0] awake_q;
  logic rst_n;

  initial awake_q = 4'h0;
  always_ff @(posedge clk_i) awake_q <= {awake_q[2:0], 1'b1};
  assign rst_n = awake_q[3];

  logic rx_valid, tx_valid, tx_ready, write, frame, executing, hunting;
  logic [7:0] rx_data, tx_data, sequence_id, kind, length, payload;
  logic [6:0] write_index, read_index, reply_index;

  board_uart_rx #(.ClocksPerBit(ClocksPerBit)) u_rx (
      .clk_i, .rst_ni(rst_n), .rx_i, .valid_o(rx_valid), .data_o(rx_data)
  );

  board_receive #(.GapClocks(GapClocks)) u_receive (
      .clk_i, .rst_ni(rst_n), .valid_i(rx_valid), .data_i(rx_data),
      .write_o(write), .index_o(write_index), .busy_i(executing), .frame_o(frame),
      .sequence_o(sequence_id), .kind_o(kind), .length_o(length), .hunting_o(hunting)
  );

  rvmmu_ram #(.Words(128), .Width(8)) u_payload (
      .clk_i, .read_i(1'b1), .read_address_i(read_index), .read_data_o(payload),
      .write_i(write), .write_address_i(write_index), .write_data_i(rx_data)
  );

  logic load_clk, mmu_clk, reply, replied, clocked, identify;
  logic [1:0] operation;
  logic [board_pkg::AddressWidth-1:0] address;

  board_execute u_execute (
      .clk_i, .rst_ni(rst_n), .frame_i(frame), .sequence_i(sequence_id), .kind_i(kind),
      .length_i(length), .busy_o(executing), .index_o(read_index),
      .load_clk_o(load_clk), .operation_o(operation), .address_o(address),
      .mmu_clk_o(mmu_clk), .reply_o(reply), .replied_i(replied)
  );

  logic mmu_rst_n, mml, mmwp;
  logic [8*board_pkg::InputBytes-1:0] inputs;
  logic [8*board_pkg::ResetBytes-1:0] straps;
  logic [8*PmpPorts-1:0] pmpcfg;
  logic [PmpAddrWidth*PmpPorts-1:0] pmpaddr;
  logic [8*board_pkg::OutputBytes-1:0] outputs;
  logic [8*board_pkg::IdentityBytes-1:0] identity;

  board_inputs #(.PmpPorts(PmpPorts), .PmpAddrWidth(PmpAddrWidth)) u_inputs (
      .clk_i(load_clk), .operation_i(operation), .address_i(address), .data_i(payload),
      .mmu_rst_no(mmu_rst_n), .inputs_o(inputs), .straps_o(straps),
      .pmpcfg_o(pmpcfg), .pmpaddr_o(pmpaddr), .mml_o(mml), .mmwp_o(mmwp)
  );

  assign identify = kind == board_pkg::KindIdentify;
  assign clocked  = kind == board_pkg::KindClock || kind == board_pkg::KindBoth;

  board_mmu #(
`include "board_pass.svh"
  ) u_mmu (
      .clk_i(mmu_clk), .rst_ni(mmu_rst_n), .inputs_i(inputs), .straps_i(straps),
      .pmpcfg_i(pmpcfg), .pmpaddr_i(pmpaddr), .mml_i(mml), .mmwp_i(mmwp),
      .clocked_i(clocked), .outputs_o(outputs), .identity_o(identity)
  );

  logic [7:0] reply_length, reply_byte;

  assign reply_length = identify ? 8'(board_pkg::IdentityBytes) : 8'(board_pkg::OutputBytes);
  assign reply_byte   = identify ? identity[8*reply_index+:8] : outputs[8*reply_index+:8];

  board_reply u_reply (
      .clk_i, .rst_ni(rst_n), .start_i(reply), .done_o(replied), .sequence_i(sequence_id),
      .kind_i(kind), .length_i(reply_length), .index_o(reply_index), .payload_i(reply_byte),
      .valid_o(tx_valid), .ready_i(tx_ready), .data_o(tx_data)
  );

  board_uart_tx #(.ClocksPerBit(ClocksPerBit)) u_tx (
      .clk_i, .rst_ni(rst_n), .valid_i(tx_valid), .ready_o(tx_ready), .data_i(tx_data), .tx_o
  );

  // To the end of the last stop bit.
  assign busy_o = !hunting || frame || executing || !tx_ready;

  initial if (ClocksPerBit < 2) $error("board: ClocksPerBit must be 2 or more");
endmodule

`default_nettype wire

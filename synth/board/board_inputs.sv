// SPDX-License-Identifier: Apache-2.0
// board_inputs: the registers before the MMU's inputs, written a byte at a time. They have a clock of
// their own that stands still but for one pulse a byte, never beside the MMU's.
`default_nettype none

module board_inputs #(
    parameter int PmpPorts = 1,
    parameter int PmpAddrWidth = 54
) (
    input  wire logic                                clk_i,
    input  wire logic [                         1:0] operation_i,  // board_pkg::Inputs...
    input  wire logic [board_pkg::AddressWidth-1:0] address_i,
    input  wire logic [                         7:0] data_i,
    // to board_mmu
    output logic                                     mmu_rst_no,
    output logic      [ 8*board_pkg::InputBytes-1:0] inputs_o,     // as in the frames
    output logic      [ 8*board_pkg::ResetBytes-1:0] straps_o,
    output logic      [              8*PmpPorts-1:0] pmpcfg_o,
    output logic      [   PmpAddrWidth*PmpPorts-1:0] pmpaddr_o,
    output logic                                     mml_o,
    output logic                                     mmwp_o
);
  localparam int PmpEntry = board_pkg::PmpAt;
  localparam int PmpCfg = board_pkg::PmpAt + 1;
  localparam int PmpAddr = board_pkg::PmpAt + 2;
  localparam logic [7:0] PmpCsr = 8'hff;  // in place of an entry: mseccfg

  // Bits that end with a cycle: the kills, the valid bits of memory's answer, of a change of PMP, of
  // a fence, of the requests.
  localparam logic [8*board_pkg::InputBytes-1:0] Ends = {
    88'h0, 8'h01, 88'h0, 8'h01,                  // requests
    80'h0, 8'h01, 8'h01,                         // fence, change of PMP
    72'h0, 8'h02,                                // memory
    {128{1'b1}}, 80'h0                           // kills
  };

  logic write, ends, resets;
  logic [7:0] entry_q;

  assign write  = operation_i == board_pkg::InputsWrite;
  assign ends   = operation_i == board_pkg::InputsEnd;
  assign resets = operation_i == board_pkg::InputsReset || operation_i == board_pkg::InputsClear;

  always_ff @(posedge clk_i) begin
    if (resets) mmu_rst_no <= 1'b0;
    if (ends) mmu_rst_no <= 1'b1;
  end

  for (genvar b = 0; b < board_pkg::InputBytes; b++) begin : gen_input
    always_ff @(posedge clk_i)
      if (resets) inputs_o[8*b+:8] <= '0;
      else if (ends) inputs_o[8*b+:8] <= inputs_o[8*b+:8] & ~Ends[8*b+:8];
      else if (write && address_i == board_pkg::AddressWidth'(board_pkg::InputsAt + b))
        inputs_o[8*b+:8] <= data_i;
  end

  for (genvar b = 0; b < board_pkg::ResetBytes; b++) begin : gen_strap
    always_ff @(posedge clk_i)
      if (resets) straps_o[8*b+:8] <= '0;
      else if (write && address_i == board_pkg::AddressWidth'(board_pkg::StrapsAt + b))
        straps_o[8*b+:8] <= data_i;
  end

  // The entry comes before what it is to hold.
  logic clear, cfg;

  assign clear = operation_i == board_pkg::InputsClear;
  assign cfg   = write && address_i == board_pkg::AddressWidth'(PmpCfg);

  always_ff @(posedge clk_i) begin
    if (write && address_i == board_pkg::AddressWidth'(PmpEntry)) entry_q <= data_i;
    if (clear) {mmwp_o, mml_o} <= 2'b00;
    else if (cfg && entry_q == PmpCsr) {mmwp_o, mml_o} <= data_i[1:0];
  end

  for (genvar e = 0; e < PmpPorts; e++) begin : gen_pmp
    always_ff @(posedge clk_i)
      if (clear) pmpcfg_o[8*e+:8] <= '0;
      else if (cfg && entry_q == 8'(e)) pmpcfg_o[8*e+:8] <= data_i;
    for (genvar i = 0; i < PmpAddrWidth; i++) begin : gen_address
      always_ff @(posedge clk_i)
        if (clear) pmpaddr_o[PmpAddrWidth*e+i] <= 1'b0;
        else if (write && entry_q == 8'(e)
                 && address_i == board_pkg::AddressWidth'(PmpAddr + i / 8))
          pmpaddr_o[PmpAddrWidth*e+i] <= data_i[i%8];
    end
  end
endmodule

`default_nettype wire

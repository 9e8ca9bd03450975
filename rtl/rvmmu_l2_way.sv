// SPDX-License-Identifier: Apache-2.0
// rvmmu_l2_way: one way of the L2: a RAM of base pages with their valid bits, and what the word
// that was read last has to do with a key. The valid bits are registers, so that a full fence takes
// one cycle and nothing is believed of a RAM that was never written.
//
//   word | PBMT | P | tag (VPN above the set) | ASID | G | D U X W R | PPN |
//
// PBMT and P are not stored where nothing needs them: then PBMT is 0 and P is 1.
//
// Latency: 1 + Register cycles from read to the answers.
`default_nettype none

module rvmmu_l2_way #(
    parameter int Sets = 64,       // a power of two, 2 or more
    parameter int TagWidth = 21,   // VPN bits above the set's
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter bit Register = 1'b0, // one more register behind the RAM
    parameter bit Extra = 1'b0,    // PBMT and P are stored
    localparam int SetWidth = $clog2(Sets),
    localparam int FlagsWidth = rvmmu_pkg::FlagsWidth
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    input  wire logic                  read_i,
    input  wire logic [  SetWidth-1:0] read_set_i,
    // the word that was read, against a key
    input  wire logic [  TagWidth-1:0] key_tag_i,
    input  wire logic [ AsidWidth-1:0] key_asid_i,
    output logic                       valid_o,
    output logic                       tag_equal_o,
    output logic                       asid_equal_o,
    output logic                       global_o,
    output logic      [FlagsWidth-1:0] flags_o,
    output logic      [           1:0] pbmt_o,
    output logic      [  PpnWidth-1:0] ppn_o,
    // change of one word
    input  wire logic                  write_i,
    input  wire logic                  clear_i,       // drop it; not together with write_i
    input  wire logic [  SetWidth-1:0] change_set_i,
    input  wire logic [  TagWidth-1:0] write_tag_i,
    input  wire logic [ AsidWidth-1:0] write_asid_i,
    input  wire logic                  write_global_i,
    input  wire logic [FlagsWidth-1:0] write_flags_i,
    input  wire logic [           1:0] write_pbmt_i,
    input  wire logic [  PpnWidth-1:0] write_ppn_i,
    input  wire logic                  clear_all_i
);
  localparam int BaseWidth = TagWidth + AsidWidth + 1 + FlagsWidth - 1 + PpnWidth;
  localparam int WordWidth = BaseWidth + (Extra ? 3 : 0);

  logic [Sets-1:0] valid_q;
  logic [WordWidth-1:0] read_word, write_word, word;
  logic [BaseWidth-1:0] write_base;
  logic [TagWidth-1:0] tag;
  logic [AsidWidth-1:0] asid;
  logic read_valid_q;

  rvmmu_ram #(.Words(Sets), .Width(WordWidth)) u_ram (
      .clk_i, .read_i, .read_address_i(read_set_i), .read_data_o(read_word),
      .write_i, .write_address_i(change_set_i),
      .write_data_i(write_word)
  );

  assign write_base = {write_tag_i, write_asid_i, write_global_i,
                       write_flags_i[rvmmu_pkg::FlagP-1:0], write_ppn_i};

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) valid_q <= '0;
    else if (clear_all_i) valid_q <= '0;
    else if (write_i || clear_i) valid_q[change_set_i] <= write_i;

  always_ff @(posedge clk_i)
    if (read_i) read_valid_q <= valid_q[read_set_i];

  if (Register) begin : gen_register
    logic [WordWidth-1:0] word_q;
    logic valid_qq;
    always_ff @(posedge clk_i) begin
      word_q   <= read_word;
      valid_qq <= read_valid_q;
    end
    assign word    = word_q;
    assign valid_o = valid_qq;
  end else begin : gen_direct
    assign word    = read_word;
    assign valid_o = read_valid_q;
  end

  if (Extra) begin : gen_extra
    assign write_word = {write_pbmt_i, write_flags_i[rvmmu_pkg::FlagP], write_base};
    assign {pbmt_o, flags_o[rvmmu_pkg::FlagP]} = word[BaseWidth+:3];
  end else begin : gen_no_extra
    assign write_word = write_base;
    assign pbmt_o = 2'd0;
    assign flags_o[rvmmu_pkg::FlagP] = 1'b1;
    logic unused;
    assign unused = &{1'b0, write_pbmt_i, write_flags_i[rvmmu_pkg::FlagP]};
  end

  assign {tag, asid, global_o, flags_o[rvmmu_pkg::FlagP-1:0], ppn_o} = word[BaseWidth-1:0];
  assign tag_equal_o  = tag == key_tag_i;
  assign asid_equal_o = asid == key_asid_i;
endmodule

`default_nettype wire

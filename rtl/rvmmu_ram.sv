// SPDX-License-Identifier: Apache-2.0
// rvmmu_ram: a synchronous RAM with one read and one write port, in the form that synthesis tools
// turn into block RAM. Contents are undefined until written; a read of the word that is written in
// the same cycle returns anything. Latency: 1 cycle.
`default_nettype none

module rvmmu_ram #(
    parameter int Words = 128,  // 2 or more
    parameter int Width = 32    // bits
) (
    input  wire logic                     clk_i,
    input  wire logic                     read_i,
    input  wire logic [$clog2(Words)-1:0] read_address_i,
    output logic      [        Width-1:0] read_data_o,
    input  wire logic                     write_i,
    input  wire logic [$clog2(Words)-1:0] write_address_i,
    input  wire logic [        Width-1:0] write_data_i
);
  (* no_rw_check, ram_style = "block" *)
  logic [Width-1:0] word[Words];

  always_ff @(posedge clk_i) begin
    if (read_i) read_data_o <= word[read_address_i];
    if (write_i) word[write_address_i] <= write_data_i;
  end
endmodule

`default_nettype wire

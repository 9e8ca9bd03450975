// SPDX-License-Identifier: Apache-2.0
// rvmmu_tlb_way: one way of rvmmu_tlb_sets: base pages in small RAMs that are read in the cycle in
// which they are asked, and what the words of two sets have to do with a lookup and with a fill.
// Whether a word is valid its owner knows.
//
//   tag  | G | U | ASID | VPN above the set |          data  | PPN | PBMT | F | G | P D U X W R |
`default_nettype none

module rvmmu_tlb_way #(
    parameter int Sets = 16,        // a power of two, 2 or more
    parameter int VpnWidth = 27,
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int DataWidth = 54,
    localparam int SetWidth = $clog2(Sets),
    localparam int HighWidth = VpnWidth - SetWidth
) (
    input  wire logic                 clk_i,
    // lookup
    input  wire logic [ SetWidth-1:0] lookup_set_i,
    input  wire logic [HighWidth-1:0] lookup_high_i,
    input  wire logic [AsidWidth-1:0] lookup_asid_i,
    input  wire logic                 lookup_user_i,  // matches a U page only
    output logic                      match_o,
    // fill
    input  wire logic                 write_i,
    input  wire logic [ SetWidth-1:0] fill_set_i,
    input  wire logic [HighWidth-1:0] fill_high_i,
    input  wire logic [AsidWidth-1:0] fill_asid_i,
    input  wire logic                 fill_global_i,
    input  wire logic                 fill_user_i,
    input  wire logic [DataWidth-1:0] fill_data_i,
    output logic                      overlaps_o,     // the fill's page, in a common address space
    // readout
    input  wire logic [ SetWidth-1:0] read_set_i,
    output logic      [DataWidth-1:0] read_data_o
);
  localparam int TagWidth = 2 + AsidWidth + HighWidth;

  (* ram_style = "distributed" *)
  logic [TagWidth-1:0] tag[Sets];
  (* ram_style = "distributed" *)
  logic [DataWidth-1:0] data[Sets];

  logic lookup_global, lookup_u, fill_global, unused_u;
  logic [AsidWidth-1:0] lookup_asid, fill_asid;
  logic [HighWidth-1:0] lookup_high, fill_high;

  assign {lookup_global, lookup_u, lookup_asid, lookup_high} = tag[lookup_set_i];
  assign {fill_global, unused_u, fill_asid, fill_high} = tag[fill_set_i];
  assign read_data_o = data[read_set_i];

  assign match_o = lookup_high == lookup_high_i && (lookup_asid == lookup_asid_i || lookup_global)
                && (!lookup_user_i || lookup_u);
  assign overlaps_o = fill_high == fill_high_i
                   && (fill_asid == fill_asid_i || fill_global || fill_global_i);

  always_ff @(posedge clk_i)
    if (write_i) begin
      tag[fill_set_i]  <= {fill_global_i, fill_user_i, fill_asid_i, fill_high_i};
      data[fill_set_i] <= fill_data_i;
    end
endmodule

`default_nettype wire

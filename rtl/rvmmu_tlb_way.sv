// SPDX-License-Identifier: Apache-2.0
// rvmmu_tlb_way: one way of rvmmu_tlb_sets: base pages in small RAMs that are read in the cycle in
// which they are asked, and what the words of two sets have to do with a lookup and with a change
// (a fill or a fence). Whether a word is valid, and what goes, its owner knows.
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
    input  wire logic                 lookup_i,       // there is one; else any answer
    input  wire logic [ SetWidth-1:0] lookup_set_i,
    input  wire logic [HighWidth-1:0] lookup_high_i,
    input  wire logic [AsidWidth-1:0] lookup_asid_i,
    input  wire logic                 lookup_user_i,  // matches a U page only
    output logic                      match_o,
    // change, if there is one; else any answer
    input  wire logic                 change_i,
    input  wire logic [ SetWidth-1:0] change_set_i,
    input  wire logic [HighWidth-1:0] change_high_i,
    input  wire logic [AsidWidth-1:0] change_asid_i,
    output logic                      page_equal_o,
    output logic                      asid_equal_o,
    output logic                      global_o,
    // fill, into the set of the change
    input  wire logic                 write_i,
    input  wire logic                 write_global_i,
    input  wire logic                 write_user_i,
    input  wire logic [DataWidth-1:0] write_data_i,
    // readout
    input  wire logic [ SetWidth-1:0] read_set_i,
    output logic      [DataWidth-1:0] read_data_o
);
  localparam int TagWidth = 2 + AsidWidth + HighWidth;

  (* ram_style = "distributed" *)
  logic [TagWidth-1:0] tag[Sets];
  (* ram_style = "distributed" *)
  logic [DataWidth-1:0] data[Sets];

  logic lookup_global, lookup_u, unused_u;
  logic [AsidWidth-1:0] lookup_asid, change_asid;
  logic [HighWidth-1:0] lookup_high, change_high;

  assign read_data_o = data[read_set_i];

  always_comb begin
    {match_o, lookup_global, lookup_u, lookup_asid, lookup_high} = 'x;
    if (lookup_i) begin
      {lookup_global, lookup_u, lookup_asid, lookup_high} = tag[lookup_set_i];
      match_o = lookup_high == lookup_high_i && (lookup_asid == lookup_asid_i || lookup_global)
             && (!lookup_user_i || lookup_u);
    end
  end

  always_comb begin
    {page_equal_o, asid_equal_o, global_o, unused_u, change_asid, change_high} = 'x;
    if (change_i) begin
      {global_o, unused_u, change_asid, change_high} = tag[change_set_i];
      page_equal_o = change_high == change_high_i;
      asid_equal_o = change_asid == change_asid_i;
    end
  end

  always_ff @(posedge clk_i)
    if (write_i) begin
      tag[change_set_i]  <= {write_global_i, write_user_i, change_asid_i, change_high_i};
      data[change_set_i] <= write_data_i;
    end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// dut_top: rvmmu as the C testbench drives it. It adds what a testbench wants to see after the clock
// edge and the design shows before it: memory requests taken in the last cycle, event counts, and
// the parameters of the build.
`default_nettype none

module dut_top #(
    parameter int Xlen = 64,
    parameter int Levels = 4,
    parameter int PaWidth = 56,
    parameter int AsidWidth = 16,
    parameter int TagWidth = 3,
    parameter int FetchEntries = 16,
    parameter int DataEntries = 16,
    parameter int FetchSlots = 2,
    parameter int DataSlots = 4,
    parameter int L2Ways = 4,
    parameter int L2Sets = 128,
    parameter int L2Large = 8,
    parameter int L2Register = 1,
    parameter int Walkers = 2,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                    clk_i,
    input  wire logic                    rst_ni,
    input  wire logic [        Xlen-1:0] satp_i,
    input  wire logic                    sum_i,
    input  wire logic                    mxr_i,
    input  wire logic                    fetch_req_valid_i,
    output logic                         fetch_req_ready_o,
    input  wire logic [    TagWidth-1:0] fetch_req_tag_i,
    input  wire logic [        Xlen-1:0] fetch_req_va_i,
    input  wire logic [             1:0] fetch_req_priv_i,
    output logic                         fetch_rsp_valid_o,
    output logic      [    TagWidth-1:0] fetch_rsp_tag_o,
    output logic      [             1:0] fetch_rsp_result_o,
    output logic      [     PaWidth-1:0] fetch_rsp_pa_o,
    output logic      [             5:0] fetch_rsp_page_shift_o,
    output logic      [             5:0] fetch_rsp_cause_o,
    output logic      [        Xlen-1:0] fetch_rsp_tval_o,
    input  wire logic [2**TagWidth-1:0]  fetch_kill_i,
    input  wire logic                    data_req_valid_i,
    output logic                         data_req_ready_o,
    input  wire logic [    TagWidth-1:0] data_req_tag_i,
    input  wire logic [        Xlen-1:0] data_req_va_i,
    input  wire logic [             3:0] data_req_access_i,
    input  wire logic [             1:0] data_req_priv_i,
    output logic                         data_rsp_valid_o,
    output logic      [    TagWidth-1:0] data_rsp_tag_o,
    output logic      [             1:0] data_rsp_result_o,
    output logic      [     PaWidth-1:0] data_rsp_pa_o,
    output logic      [             5:0] data_rsp_page_shift_o,
    output logic      [             5:0] data_rsp_cause_o,
    output logic      [        Xlen-1:0] data_rsp_tval_o,
    input  wire logic [2**TagWidth-1:0]  data_kill_i,
    input  wire logic                    mem_req_ready_i,
    output logic                         mem_taken_o,      // a read was taken in the last cycle
    output logic      [     IdWidth-1:0] mem_taken_id_o,
    output logic      [     PaWidth-1:0] mem_taken_pa_o,
    output logic                         mem_unstable_o,   // a waiting read changed or went away
    input  wire logic                    mem_rsp_valid_i,
    input  wire logic [     IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [        Xlen-1:0] mem_rsp_data_i,
    input  wire logic                    mem_rsp_error_i,
    input  wire logic                    fence_valid_i,
    output logic                         fence_ready_o,
    input  wire logic                    fence_use_va_i,
    input  wire logic                    fence_use_asid_i,
    input  wire logic [        Xlen-1:0] fence_va_i,
    input  wire logic [            15:0] fence_asid_i,
    output logic      [        11*64-1:0] events_o,        // in the order of enum dut_event
    output logic      [        14*32-1:0] parameters_o     // in the order of this module's
);
  localparam int AsidField = (Xlen == 32) ? 9 : 16;

  logic mem_req_valid;
  logic [IdWidth-1:0] mem_req_id;
  logic [PaWidth-1:0] mem_req_pa;
  logic [10:0] event_strobes;

  rvmmu #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .FetchEntries(FetchEntries), .DataEntries(DataEntries), .FetchSlots(FetchSlots),
      .DataSlots(DataSlots), .L2Ways(L2Ways), .L2Sets(L2Sets), .L2Large(L2Large),
      .L2Register(L2Register), .Walkers(Walkers)
  ) u_rvmmu (
      .clk_i, .rst_ni, .satp_i, .sum_i, .mxr_i,
      .fetch_req_valid_i, .fetch_req_ready_o, .fetch_req_tag_i, .fetch_req_va_i, .fetch_req_priv_i,
      .fetch_rsp_valid_o, .fetch_rsp_tag_o, .fetch_rsp_result_o, .fetch_rsp_pa_o,
      .fetch_rsp_page_shift_o, .fetch_rsp_cause_o, .fetch_rsp_tval_o, .fetch_kill_i,
      .data_req_valid_i, .data_req_ready_o, .data_req_tag_i, .data_req_va_i, .data_req_access_i,
      .data_req_priv_i,
      .data_rsp_valid_o, .data_rsp_tag_o, .data_rsp_result_o, .data_rsp_pa_o,
      .data_rsp_page_shift_o, .data_rsp_cause_o, .data_rsp_tval_o, .data_kill_i,
      .mem_req_valid_o(mem_req_valid), .mem_req_ready_i, .mem_req_id_o(mem_req_id),
      .mem_req_pa_o(mem_req_pa),
      .mem_rsp_valid_i, .mem_rsp_id_i, .mem_rsp_data_i, .mem_rsp_error_i,
      .fence_valid_i, .fence_ready_o, .fence_use_va_i, .fence_use_asid_i, .fence_va_i,
      .fence_asid_i(fence_asid_i[AsidField-1:0]),
      .event_fetch_hit_o(event_strobes[0]), .event_fetch_miss_o(event_strobes[1]),
      .event_data_hit_o(event_strobes[2]), .event_data_miss_o(event_strobes[3]),
      .event_l2_hit_o(event_strobes[4]), .event_l2_miss_o(event_strobes[5]),
      .event_l2_conflict_o(event_strobes[6]), .event_walk_o(event_strobes[7]),
      .event_pte_read_o(event_strobes[8]), .event_walk_fault_o(event_strobes[9]),
      .event_fence_o(event_strobes[10])
  );

  // What was taken, and whether a read that waits stays as it is.
  logic waits_q;

  always_ff @(posedge clk_i) begin
    mem_taken_o    <= rst_ni && mem_req_valid && mem_req_ready_i;
    mem_taken_id_o <= mem_req_id;
    mem_taken_pa_o <= mem_req_pa;
    waits_q        <= rst_ni && mem_req_valid && !mem_req_ready_i;
    mem_unstable_o <= rst_ni && waits_q
        && (!mem_req_valid || mem_req_id != mem_taken_id_o || mem_req_pa != mem_taken_pa_o);
  end

  for (genvar e = 0; e < 11; e++) begin : gen_event
    logic [63:0] count_q;
    always_ff @(posedge clk_i)
      if (!rst_ni) count_q <= '0;
      else if (event_strobes[e]) count_q <= count_q + 64'd1;
    assign events_o[e*64+:64] = count_q;
  end

  assign parameters_o = {32'(Walkers), 32'(L2Register), 32'(L2Large), 32'(L2Sets), 32'(L2Ways),
                         32'(DataSlots), 32'(FetchSlots), 32'(DataEntries), 32'(FetchEntries),
                         32'(TagWidth), 32'(AsidWidth), 32'(PaWidth), 32'(Levels), 32'(Xlen)};

  logic unused;
  assign unused = &{1'b0, fence_asid_i};
endmodule

`default_nettype wire

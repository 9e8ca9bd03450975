// SPDX-License-Identifier: Apache-2.0
// A stand-in for the MMU in tests of the board around it: what stood at its inputs at an edge shows,
// a part at a time, at its outputs. The strap pmp_count says which part.
`default_nettype none

module rvmmu #(
    parameter int Xlen = 64,
    parameter int Levels = 4,
    parameter int PaWidth = 56,
    parameter int AsidWidth = 16,
    parameter int TagWidth = 3,
    parameter int FetchEntries = 16,
    parameter int DataEntries = 16,
    parameter int FetchWays = 0,
    parameter int DataWays = 0,
    parameter int L1Sets = 16,
    parameter int FetchSlots = 2,
    parameter int DataSlots = 4,
    parameter int L2Ways = 4,
    parameter int L2Sets = 128,
    parameter int L2Large = 8,
    parameter int L2Register = 1,
    parameter int Walkers = 2,
    parameter int WalkCacheEntries = 0,
    parameter int Patience = 63,
    parameter int Replacement = 0,
    parameter bit MemoryLine = 1'b0,
    parameter int Prefetch = 0,
    parameter bit Svadu = 1'b0,
    parameter bit MemoryCas = 1'b1,
    parameter bit Svnapot = 1'b0,
    parameter bit Svpbmt = 1'b0,
    parameter bit Svrsw60t59b = 1'b0,
    parameter bit Zicfiss = 1'b0,
    parameter bit Zicbo = 1'b0,
    parameter bit PointerMasking = 1'b0,
    parameter bit BigEndian = 1'b0,
    parameter int PmpEntries = 0,
    parameter int PmpGrain = 0,
    localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1,
    localparam int PmpAddrWidth = PaWidth - 2,
    localparam int AsidField = (Xlen == 32) ? 9 : 16,
    localparam int LineWidth = MemoryLine ? 512 : 1,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                              clk_i,
    input  wire logic                              rst_ni,
    input  wire logic [                  Xlen-1:0] satp_i,
    input  wire logic                              sum_i,
    input  wire logic                              mxr_i,
    input  wire logic                              sbe_i,
    input  wire logic                              adue_i,
    input  wire logic                              pbmte_i,
    input  wire logic                              sse_i,
    input  wire logic [                       1:0] senvcfg_pmm_i,
    input  wire logic [                       1:0] menvcfg_pmm_i,
    input  wire logic [                       1:0] mseccfg_pmm_i,
    input  wire logic [            8*PmpPorts-1:0] pmpcfg_i,
    input  wire logic [ PmpAddrWidth*PmpPorts-1:0] pmpaddr_i,
    input  wire logic                              mml_i,
    input  wire logic                              mmwp_i,
    input  wire logic                              pmp_valid_i,
    output logic                                   pmp_ready_o,
    input  wire logic                              has_svnapot_i,
    input  wire logic                              has_svrsw60t59b_i,
    input  wire logic [                       6:0] pmp_count_i,
    input  wire logic [                       5:0] pmp_grain_i,
    input  wire logic                              fetch_req_valid_i,
    output logic                                   fetch_req_ready_o,
    input  wire logic [              TagWidth-1:0] fetch_req_tag_i,
    input  wire logic [                  Xlen-1:0] fetch_req_va_i,
    input  wire logic [                       2:0] fetch_req_size_i,
    input  wire logic [                       1:0] fetch_req_priv_i,
    input  wire logic                              fetch_req_speculative_i,
    output logic                                   fetch_rsp_valid_o,
    output logic      [              TagWidth-1:0] fetch_rsp_tag_o,
    output logic      [                       1:0] fetch_rsp_result_o,
    output logic      [               PaWidth-1:0] fetch_rsp_pa_o,
    output logic      [                       5:0] fetch_rsp_page_shift_o,
    output logic      [                       1:0] fetch_rsp_pbmt_o,
    output logic      [                       5:0] fetch_rsp_cause_o,
    output logic      [                  Xlen-1:0] fetch_rsp_tval_o,
    input  wire logic [           2**TagWidth-1:0] fetch_kill_i,
    input  wire logic                              data_req_valid_i,
    output logic                                   data_req_ready_o,
    input  wire logic [              TagWidth-1:0] data_req_tag_i,
    input  wire logic [                  Xlen-1:0] data_req_va_i,
    input  wire logic [rvmmu_pkg::AccessWidth-1:0] data_req_access_i,
    input  wire logic [                       2:0] data_req_size_i,
    input  wire logic [                       1:0] data_req_priv_i,
    input  wire logic                              data_req_speculative_i,
    output logic                                   data_rsp_valid_o,
    output logic      [              TagWidth-1:0] data_rsp_tag_o,
    output logic      [                       1:0] data_rsp_result_o,
    output logic      [               PaWidth-1:0] data_rsp_pa_o,
    output logic      [                       5:0] data_rsp_page_shift_o,
    output logic      [                       1:0] data_rsp_pbmt_o,
    output logic      [                       5:0] data_rsp_cause_o,
    output logic      [                  Xlen-1:0] data_rsp_tval_o,
    input  wire logic [           2**TagWidth-1:0] data_kill_i,
    output logic                                   mem_req_valid_o,
    input  wire logic                              mem_req_ready_i,
    output logic      [               IdWidth-1:0] mem_req_id_o,
    output logic      [               PaWidth-1:0] mem_req_pa_o,
    output logic                                   mem_req_swap_o,
    output logic      [                  Xlen-1:0] mem_req_expected_o,
    output logic      [                  Xlen-1:0] mem_req_desired_o,
    input  wire logic                              mem_rsp_valid_i,
    input  wire logic [               IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [                  Xlen-1:0] mem_rsp_data_i,
    input  wire logic [             LineWidth-1:0] mem_rsp_line_i,
    input  wire logic                              mem_rsp_error_i,
    input  wire logic                              fence_valid_i,
    output logic                                   fence_ready_o,
    input  wire logic [                       2:0] fence_op_i,
    input  wire logic                              fence_use_va_i,
    input  wire logic                              fence_use_asid_i,
    input  wire logic [                  Xlen-1:0] fence_va_i,
    input  wire logic [             AsidField-1:0] fence_asid_i,
    output logic                                   event_fetch_hit_o,
    output logic                                   event_fetch_miss_o,
    output logic                                   event_data_hit_o,
    output logic                                   event_data_miss_o,
    output logic                                   event_l2_hit_o,
    output logic                                   event_l2_miss_o,
    output logic                                   event_l2_conflict_o,
    output logic                                   event_merge_o,
    output logic                                   event_walk_o,
    output logic                                   event_walk_cache_o,
    output logic                                   event_pte_read_o,
    output logic                                   event_update_o,
    output logic                                   event_walk_fault_o,
    output logic                                   event_prefetch_o,
    output logic                                   event_fence_o
);

  // All inputs, the first port lowest.
  localparam int All = 5 * Xlen + 8 * PmpPorts + PmpAddrWidth * PmpPorts + 2 * 2 ** TagWidth
      + 2 * TagWidth + IdWidth + AsidField + 57;
  // What shows: all outputs, the first port lowest, but the handshakes that answer at once.
  localparam int Shown = 2 * (TagWidth + PaWidth + Xlen + 18) + IdWidth + PaWidth + 2 * Xlen + 16;

  logic [All-1:0] all, all_q;
  logic [Shown-1:0] shown, shown_q;

  assign all = {
    fence_asid_i, fence_va_i, fence_use_asid_i, fence_use_va_i, fence_op_i, fence_valid_i,
    mem_rsp_error_i, mem_rsp_data_i, mem_rsp_id_i, mem_rsp_valid_i, mem_req_ready_i,
    data_kill_i, data_req_speculative_i, data_req_priv_i, data_req_size_i, data_req_access_i,
    data_req_va_i, data_req_tag_i, data_req_valid_i,
    fetch_kill_i, fetch_req_speculative_i, fetch_req_priv_i, fetch_req_size_i,
    fetch_req_va_i, fetch_req_tag_i, fetch_req_valid_i,
    pmp_grain_i, pmp_count_i, has_svrsw60t59b_i, has_svnapot_i,
    pmp_valid_i, mmwp_i, mml_i, pmpaddr_i, pmpcfg_i,
    mseccfg_pmm_i, menvcfg_pmm_i, senvcfg_pmm_i, sse_i, pbmte_i, adue_i, sbe_i, mxr_i, sum_i, satp_i
  };
  assign shown   = Shown'(all >> (Shown * pmp_count_i));
  assign shown_q = Shown'(all_q >> (Shown * pmp_count_i));

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) all_q <= '0;
    else all_q <= all;

  // What the board takes at the edge comes at once, the rest from the registers.
  localparam int Answers = 2 * (TagWidth + PaWidth + Xlen + 18);

  assign {
    data_rsp_tval_o, data_rsp_cause_o, data_rsp_pbmt_o, data_rsp_page_shift_o, data_rsp_pa_o,
    data_rsp_result_o, data_rsp_tag_o, data_rsp_valid_o, data_req_ready_o,
    fetch_rsp_tval_o, fetch_rsp_cause_o, fetch_rsp_pbmt_o, fetch_rsp_page_shift_o, fetch_rsp_pa_o,
    fetch_rsp_result_o, fetch_rsp_tag_o, fetch_rsp_valid_o, fetch_req_ready_o
  } = shown_q[Answers-1:0];
  assign {
    event_prefetch_o, event_walk_cache_o, event_merge_o, event_update_o, event_fence_o,
    event_walk_fault_o, event_pte_read_o, event_walk_o, event_l2_conflict_o, event_l2_miss_o,
    event_l2_hit_o, event_data_miss_o, event_data_hit_o, event_fetch_miss_o, event_fetch_hit_o,
    mem_req_desired_o, mem_req_expected_o, mem_req_swap_o, mem_req_pa_o, mem_req_id_o
  } = shown[Shown-1:Answers];

  assign mem_req_valid_o = 1'b1;
  assign fence_ready_o   = fence_valid_i;
  assign pmp_ready_o     = pmp_valid_i;

  logic unused;
  assign unused = &{1'b0, mem_rsp_line_i, shown_q};
endmodule

`default_nettype wire

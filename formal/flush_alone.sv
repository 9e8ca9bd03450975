// SPDX-License-Identifier: Apache-2.0
// Theorem flush_alone, of rvmmu: in the cycle in which a fence, or a change of PMP, flushes, nothing
// enters the L1s' TLBs, the L2 or the walk cache; the flush is announced then, and in a cycle of an
// announcement nothing enters the TLBs and the walk cache either. So what tlb_hit, tlb_keep,
// tlb_sets_hit, walk_cache_hit and walk_cache_keep assume of fences and fills is so: a fill is never
// taken for a fence, nor a fence for a fill.
// Privileged specification, "Supervisor Memory-Management Fence Instruction"; "Physical Memory
// Protection and Paging".
//
// An L1 with one slot fills in the cycle of the refill, one with several a cycle later: there is one
// of each.
//
// The wires of the design have here the names that they have once it is flat: hierconn is how Yosys
// ties them. An untied one would be any value, and the proof would fail.
`default_nettype none

module flush_alone #(
    parameter int PmpEntries = 1,
    localparam int Xlen = 32,
    localparam int PaWidth = 34
) (
    input wire logic                    clk_i,
    input wire logic                    rst_ni,
    input wire logic [        Xlen-1:0] satp_i,
    input wire logic [             6:0] pmp_count_i,
    input wire logic [             7:0] pmpcfg_i,
    input wire logic [     PaWidth-3:0] pmpaddr_i,
    input wire logic                    pmp_valid_i,
    input wire logic                    fetch_req_valid_i,
    input wire logic                    fetch_req_tag_i,
    input wire logic [        Xlen-1:0] fetch_req_va_i,
    input wire logic [             1:0] fetch_req_priv_i,
    input wire logic [             1:0] fetch_kill_i,
    input wire logic                    data_req_valid_i,
    input wire logic                    data_req_tag_i,
    input wire logic [        Xlen-1:0] data_req_va_i,
    input wire logic [             1:0] data_req_priv_i,
    input wire logic [             1:0] data_kill_i,
    input wire logic                    mem_req_ready_i,
    input wire logic                    mem_rsp_valid_i,
    input wire logic                    mem_rsp_id_i,
    input wire logic [        Xlen-1:0] mem_rsp_data_i,
    input wire logic                    mem_rsp_error_i,
    input wire logic                    fence_valid_i,
    input wire logic [             2:0] fence_op_i,
    input wire logic                    fence_use_va_i,
    input wire logic                    fence_use_asid_i,
    input wire logic [        Xlen-1:0] fence_va_i,
    input wire logic [             8:0] fence_asid_i
);
  rvmmu #(
      .Xlen(Xlen), .Levels(2), .PaWidth(PaWidth), .AsidWidth(1), .TagWidth(1),
      .FetchEntries(2), .DataEntries(2), .FetchSlots(1), .DataSlots(2),
      .L2Ways(1), .L2Sets(2), .L2Large(2), .L2Register(0), .Walkers(1), .WalkCacheEntries(2),
      .PmpEntries(PmpEntries)
  ) u_mmu (
      .clk_i, .rst_ni, .satp_i,
      .sum_i(1'b0), .mxr_i(1'b0), .sbe_i(1'b0), .adue_i(1'b0), .pbmte_i(1'b0), .sse_i(1'b0),
      .senvcfg_pmm_i(2'd0), .menvcfg_pmm_i(2'd0), .mseccfg_pmm_i(2'd0),
      .pmpcfg_i, .pmpaddr_i, .mml_i(1'b0), .mmwp_i(1'b0), .pmp_valid_i,
      .has_svnapot_i(1'b0), .has_svrsw60t59b_i(1'b0), .pmp_count_i, .pmp_grain_i(6'd0),
      .fetch_req_valid_i, .fetch_req_tag_i, .fetch_req_va_i, .fetch_req_size_i(3'd2),
      .fetch_req_priv_i, .fetch_req_speculative_i(1'b0), .fetch_kill_i,
      .data_req_valid_i, .data_req_tag_i, .data_req_va_i,
      .data_req_access_i(rvmmu_pkg::AccessLoad), .data_req_size_i(3'd2), .data_req_priv_i,
      .data_req_speculative_i(1'b0), .data_kill_i,
      .mem_req_ready_i, .mem_rsp_valid_i, .mem_rsp_id_i, .mem_rsp_data_i, .mem_rsp_line_i(1'b0),
      .mem_rsp_error_i,
      .fence_valid_i, .fence_op_i, .fence_use_va_i, .fence_use_asid_i, .fence_va_i, .fence_asid_i,
      .pmp_ready_o(), .fetch_req_ready_o(), .fetch_rsp_valid_o(), .fetch_rsp_tag_o(),
      .fetch_rsp_result_o(), .fetch_rsp_pa_o(), .fetch_rsp_page_shift_o(), .fetch_rsp_pbmt_o(),
      .fetch_rsp_cause_o(), .fetch_rsp_tval_o(), .data_req_ready_o(), .data_rsp_valid_o(),
      .data_rsp_tag_o(), .data_rsp_result_o(), .data_rsp_pa_o(), .data_rsp_page_shift_o(),
      .data_rsp_pbmt_o(), .data_rsp_cause_o(), .data_rsp_tval_o(), .mem_req_valid_o(),
      .mem_req_id_o(), .mem_req_pa_o(), .mem_req_swap_o(), .mem_req_expected_o(),
      .mem_req_desired_o(), .fence_ready_o(), .event_fetch_hit_o(), .event_fetch_miss_o(),
      .event_data_hit_o(), .event_data_miss_o(), .event_l2_hit_o(), .event_l2_miss_o(),
      .event_l2_conflict_o(), .event_merge_o(), .event_walk_o(), .event_walk_cache_o(),
      .event_pte_read_o(), .event_update_o(), .event_walk_fault_o(), .event_prefetch_o(),
      .event_fence_o()
  );

  (* hierconn *) logic \u_mmu.flush , \u_mmu.flush_soon ;
  (* hierconn *) logic \u_mmu.u_fetch.fill , \u_mmu.u_data.fill ;
  (* hierconn *) logic \u_mmu.u_shared.gen_walk_cache.u_walk_cache.fill_i ;
  (* hierconn *) logic \u_mmu.u_shared.gen_l2.u_l2.u_large.fill_i ;
  (* hierconn *) logic \u_mmu.u_shared.gen_l2.u_l2.way_write ;

  logic flush, soon, base;
  logic [3:0] fills;
  assign flush = \u_mmu.flush ;
  assign soon  = \u_mmu.flush_soon ;
  assign base  = \u_mmu.u_shared.gen_l2.u_l2.way_write ;
  assign fills = {
    \u_mmu.u_fetch.fill ,
    \u_mmu.u_data.fill ,
    \u_mmu.u_shared.gen_walk_cache.u_walk_cache.fill_i ,
    \u_mmu.u_shared.gen_l2.u_l2.u_large.fill_i
  };

  // ---- Assumed: a reset at the start.
  logic started_q;
  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;
  always_comb if (!started_q) assume (!rst_ni);

  // ---- The theorem.
  always_comb
    if (started_q && rst_ni) begin
      if (flush) assert (soon && !base);
      if (soon) assert (fills == '0);
    end
endmodule

`default_nettype wire

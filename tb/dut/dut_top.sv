// SPDX-License-Identifier: Apache-2.0
// dut_top: rvmmu as the C testbench drives it. It adds what a testbench wants to see after the clock
// edge and the design shows before it: memory requests taken in the last cycle, event counts, and
// the parameters of the build. It holds, as the hart around the design would, the straps (taken in
// reset) and the PMP CSRs (taken through the handshake).
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
    parameter int WalkCacheEntries = 0,
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
    parameter int Patience = 63,
    parameter int FetchWays = 0,
    parameter int DataWays = 0,
    parameter int L1Sets = 16,
    localparam int LineWidth = MemoryLine ? 512 : 1,
    localparam int Events = 15,
    localparam int PmpMost = 64,  // entries that the pins of any build carry
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                    clk_i,
    input  wire logic                    load_i,
    input  wire logic                    loaded_i,         // changes with the first load of a cycle
    input  wire logic                    asked_i,          // changes with the requests of a cycle
    input  wire logic                    configure_i,
    input  wire logic                    rst_ni,
    input  wire logic [        Xlen-1:0] satp_i,
    input  wire logic                    sum_i,
    input  wire logic                    mxr_i,
    input  wire logic                    sbe_i,
    input  wire logic                    adue_i,
    input  wire logic                    pbmte_i,
    input  wire logic                    sse_i,
    input  wire logic [             1:0] senvcfg_pmm_i,
    input  wire logic [             1:0] menvcfg_pmm_i,
    input  wire logic [             1:0] mseccfg_pmm_i,
    input  wire logic [   8*PmpMost-1:0] pmpcfg_i,         // what the PMP CSRs are to become
    input  wire logic [  64*PmpMost-1:0] pmpaddr_i,
    input  wire logic                    mml_i,
    input  wire logic                    mmwp_i,
    input  wire logic                    pmp_valid_i,
    output logic                         pmp_ready_o,
    output logic                         pmp_taken_o,      // the handshake was in the last cycle
    input  wire logic                    has_svnapot_i,    // the straps to be, in reset
    input  wire logic                    has_svrsw60t59b_i,
    input  wire logic [             6:0] pmp_count_i,
    input  wire logic [             5:0] pmp_grain_i,
    input  wire logic                    fetch_req_valid_i,
    output logic                         fetch_req_ready_o,
    input  wire logic [    TagWidth-1:0] fetch_req_tag_i,
    input  wire logic [        Xlen-1:0] fetch_req_va_i,
    input  wire logic [             2:0] fetch_req_size_i,
    input  wire logic [             1:0] fetch_req_priv_i,
    input  wire logic                    fetch_req_speculative_i,
    output logic                         fetch_rsp_valid_o,
    output logic      [    TagWidth-1:0] fetch_rsp_tag_o,
    output logic      [             1:0] fetch_rsp_result_o,
    output logic      [     PaWidth-1:0] fetch_rsp_pa_o,
    output logic      [             5:0] fetch_rsp_page_shift_o,
    output logic      [             1:0] fetch_rsp_pbmt_o,
    output logic      [             5:0] fetch_rsp_cause_o,
    output logic      [        Xlen-1:0] fetch_rsp_tval_o,
    input  wire logic [2**TagWidth-1:0]  fetch_kill_i,
    input  wire logic                    data_req_valid_i,
    output logic                         data_req_ready_o,
    input  wire logic [    TagWidth-1:0] data_req_tag_i,
    input  wire logic [        Xlen-1:0] data_req_va_i,
    input  wire logic [             3:0] data_req_access_i,
    input  wire logic [             2:0] data_req_size_i,
    input  wire logic [             1:0] data_req_priv_i,
    input  wire logic                    data_req_speculative_i,
    output logic                         data_rsp_valid_o,
    output logic      [    TagWidth-1:0] data_rsp_tag_o,
    output logic      [             1:0] data_rsp_result_o,
    output logic      [     PaWidth-1:0] data_rsp_pa_o,
    output logic      [             5:0] data_rsp_page_shift_o,
    output logic      [             1:0] data_rsp_pbmt_o,
    output logic      [             5:0] data_rsp_cause_o,
    output logic      [        Xlen-1:0] data_rsp_tval_o,
    input  wire logic [2**TagWidth-1:0]  data_kill_i,
    input  wire logic                    mem_req_ready_i,
    output logic                         mem_taken_o,      // a request was taken in the last cycle
    output logic      [     IdWidth-1:0] mem_taken_id_o,
    output logic      [     PaWidth-1:0] mem_taken_pa_o,
    output logic                         mem_taken_swap_o,
    output logic      [        Xlen-1:0] mem_taken_expected_o,
    output logic      [        Xlen-1:0] mem_taken_desired_o,
    output logic                         mem_unstable_o,   // a waiting one changed or went away
    input  wire logic                    mem_rsp_valid_i,
    input  wire logic [     IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [        Xlen-1:0] mem_rsp_data_i,
    input  wire logic [   LineWidth-1:0] mem_rsp_line_i,
    input  wire logic                    mem_rsp_error_i,
    input  wire logic                    fence_valid_i,
    output logic                         fence_ready_o,
    input  wire logic [             2:0] fence_op_i,
    input  wire logic                    fence_use_va_i,
    input  wire logic                    fence_use_asid_i,
    input  wire logic [        Xlen-1:0] fence_va_i,
    input  wire logic [            15:0] fence_asid_i,
    output logic      [    Events*64-1:0] events_o,        // in the order of enum dut_event
    output logic      [        33*32-1:0] parameters_o     // in the order of this module's
);
  localparam int AsidField = (Xlen == 32) ? 9 : 16;
  localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1;
  localparam int PmpAddrWidth = PaWidth - 2;

  logic mem_req_valid, mem_req_swap;
  logic [IdWidth-1:0] mem_req_id;
  logic [PaWidth-1:0] mem_req_pa;
  logic [Xlen-1:0] mem_req_expected, mem_req_desired;
  logic strobe[Events];

  // The simulator evaluates all that hangs on an input in every cycle, twice. So only requests come
  // straight from the pins. Everything else changes seldom and is held in registers, which take it
  // when the C side says so: straps and PMP CSRs at an edge of configure_i, the rest of load_i. What
  // is asked for one cycle ends with the cycle in which it was loaded.
  logic [Xlen-1:0] satp_q, mem_rsp_data_q, fence_va_q;
  logic sum_q, mxr_q, sbe_q, adue_q, pbmte_q, sse_q, pmp_valid_q, mem_req_ready_q,
      mem_rsp_valid_q, mem_rsp_error_q, fence_valid_q, fence_use_va_q, fence_use_asid_q;
  logic [1:0] senvcfg_pmm_q, menvcfg_pmm_q, mseccfg_pmm_q;
  logic [2**TagWidth-1:0] fetch_kill_q, data_kill_q;
  logic [IdWidth-1:0] mem_rsp_id_q;
  logic [LineWidth-1:0] mem_rsp_line_q;
  logic [2:0] fence_op_q;
  logic [15:0] fence_asid_q;

  logic loaded_q, spent_q, fresh;

  assign fresh = loaded_q != spent_q;
  always_ff @(posedge clk_i) spent_q <= loaded_q;

  // So do requests, so that after the edge nothing is worked out for those that are gone.
  logic answered_q, asks;

  assign asks = asked_i != answered_q;
  always_ff @(posedge clk_i) answered_q <= asked_i;

  always_ff @(posedge load_i or negedge load_i) begin
    loaded_q         <= loaded_i;
    satp_q           <= satp_i;
    sum_q            <= sum_i;
    mxr_q            <= mxr_i;
    sbe_q            <= sbe_i;
    adue_q           <= adue_i;
    pbmte_q          <= pbmte_i;
    sse_q            <= sse_i;
    senvcfg_pmm_q    <= senvcfg_pmm_i;
    menvcfg_pmm_q    <= menvcfg_pmm_i;
    mseccfg_pmm_q    <= mseccfg_pmm_i;
    pmp_valid_q      <= pmp_valid_i;
    fetch_kill_q     <= fetch_kill_i;
    data_kill_q      <= data_kill_i;
    mem_req_ready_q  <= mem_req_ready_i;
    mem_rsp_valid_q  <= mem_rsp_valid_i;
    mem_rsp_id_q     <= mem_rsp_id_i;
    mem_rsp_data_q   <= mem_rsp_data_i;
    mem_rsp_line_q   <= mem_rsp_line_i;
    mem_rsp_error_q  <= mem_rsp_error_i;
    fence_valid_q    <= fence_valid_i;
    fence_op_q       <= fence_op_i;
    fence_use_va_q   <= fence_use_va_i;
    fence_use_asid_q <= fence_use_asid_i;
    fence_va_q       <= fence_va_i;
    fence_asid_q     <= fence_asid_i;
  end

  logic has_svnapot_q, has_svrsw60t59b_q, mml_q, mmwp_q;
  logic [6:0] pmp_count_q;
  logic [5:0] pmp_grain_q;
  logic [8*PmpPorts-1:0] pmpcfg_q;
  logic [PmpAddrWidth*PmpPorts-1:0] pmpaddr_q;

  always_ff @(posedge configure_i or negedge configure_i) begin
    has_svnapot_q     <= has_svnapot_i;
    has_svrsw60t59b_q <= has_svrsw60t59b_i;
    pmp_count_q       <= pmp_count_i;
    pmp_grain_q       <= pmp_grain_i;
    mml_q             <= mml_i;
    mmwp_q            <= mmwp_i;
    pmpcfg_q          <= pmpcfg_i[8*PmpPorts-1:0];
    for (int e = 0; e < PmpPorts; e++)
      pmpaddr_q[e*PmpAddrWidth+:PmpAddrWidth] <= pmpaddr_i[e*64+:PmpAddrWidth];
  end

  rvmmu #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .FetchEntries(FetchEntries), .DataEntries(DataEntries), .FetchSlots(FetchSlots),
      .DataSlots(DataSlots), .L2Ways(L2Ways), .L2Sets(L2Sets), .L2Large(L2Large),
      .L2Register(L2Register), .Walkers(Walkers), .WalkCacheEntries(WalkCacheEntries),
      .Replacement(Replacement), .MemoryLine(MemoryLine), .Prefetch(Prefetch),
      .Svadu(Svadu), .MemoryCas(MemoryCas),
      .Svnapot(Svnapot), .Svpbmt(Svpbmt), .Svrsw60t59b(Svrsw60t59b), .Zicfiss(Zicfiss),
      .Zicbo(Zicbo), .PointerMasking(PointerMasking), .BigEndian(BigEndian),
      .PmpEntries(PmpEntries), .PmpGrain(PmpGrain), .Patience(Patience), .FetchWays(FetchWays),
      .DataWays(DataWays), .L1Sets(L1Sets)
  ) u_rvmmu (
      .clk_i, .rst_ni, .satp_i(satp_q), .sum_i(sum_q), .mxr_i(mxr_q), .sbe_i(sbe_q), .adue_i(adue_q), .pbmte_i(pbmte_q), .sse_i(sse_q),
      .senvcfg_pmm_i(senvcfg_pmm_q), .menvcfg_pmm_i(menvcfg_pmm_q), .mseccfg_pmm_i(mseccfg_pmm_q),
      .pmpcfg_i(pmpcfg_q), .pmpaddr_i(pmpaddr_q), .mml_i(mml_q), .mmwp_i(mmwp_q),
      .pmp_valid_i(fresh && pmp_valid_q), .pmp_ready_o,
      .has_svnapot_i(has_svnapot_q), .has_svrsw60t59b_i(has_svrsw60t59b_q),
      .pmp_count_i(pmp_count_q), .pmp_grain_i(pmp_grain_q),
      .fetch_req_valid_i(asks && fetch_req_valid_i), .fetch_req_ready_o, .fetch_req_tag_i, .fetch_req_va_i, .fetch_req_size_i,
      .fetch_req_priv_i, .fetch_req_speculative_i,
      .fetch_rsp_valid_o, .fetch_rsp_tag_o, .fetch_rsp_result_o, .fetch_rsp_pa_o,
      .fetch_rsp_page_shift_o, .fetch_rsp_pbmt_o, .fetch_rsp_cause_o, .fetch_rsp_tval_o,
      .fetch_kill_i(fresh ? fetch_kill_q : '0),
      .data_req_valid_i(asks && data_req_valid_i), .data_req_ready_o, .data_req_tag_i, .data_req_va_i, .data_req_access_i,
      .data_req_size_i, .data_req_priv_i, .data_req_speculative_i,
      .data_rsp_valid_o, .data_rsp_tag_o, .data_rsp_result_o, .data_rsp_pa_o,
      .data_rsp_page_shift_o, .data_rsp_pbmt_o, .data_rsp_cause_o, .data_rsp_tval_o, .data_kill_i(fresh ? data_kill_q : '0),
      .mem_req_valid_o(mem_req_valid), .mem_req_ready_i(mem_req_ready_q), .mem_req_id_o(mem_req_id),
      .mem_req_pa_o(mem_req_pa), .mem_req_swap_o(mem_req_swap),
      .mem_req_expected_o(mem_req_expected), .mem_req_desired_o(mem_req_desired),
      .mem_rsp_valid_i(fresh && mem_rsp_valid_q), .mem_rsp_id_i(mem_rsp_id_q), .mem_rsp_data_i(mem_rsp_data_q), .mem_rsp_line_i(mem_rsp_line_q), .mem_rsp_error_i(mem_rsp_error_q),
      .fence_valid_i(fresh && fence_valid_q), .fence_ready_o, .fence_op_i(fence_op_q), .fence_use_va_i(fence_use_va_q), .fence_use_asid_i(fence_use_asid_q), .fence_va_i(fence_va_q),
      .fence_asid_i(fence_asid_q[AsidField-1:0]),
      .event_fetch_hit_o(strobe[0]), .event_fetch_miss_o(strobe[1]),
      .event_data_hit_o(strobe[2]), .event_data_miss_o(strobe[3]),
      .event_l2_hit_o(strobe[4]), .event_l2_miss_o(strobe[5]),
      .event_l2_conflict_o(strobe[6]), .event_walk_o(strobe[7]),
      .event_pte_read_o(strobe[8]), .event_walk_fault_o(strobe[9]),
      .event_fence_o(strobe[10]), .event_update_o(strobe[11]),
      .event_merge_o(strobe[12]), .event_walk_cache_o(strobe[13]),
      .event_prefetch_o(strobe[14])
  );

  // What was taken, and whether a request that waits stays as it is: its operands too, of a swap.
  logic waits_q, same;

  assign same = mem_req_valid && mem_req_id == mem_taken_id_o && mem_req_pa == mem_taken_pa_o
      && mem_req_swap == mem_taken_swap_o
      && (!mem_req_swap || (mem_req_expected == mem_taken_expected_o
                            && mem_req_desired == mem_taken_desired_o));

  always_ff @(posedge clk_i) begin
    mem_taken_o    <= rst_ni && mem_req_valid && mem_req_ready_q;
    waits_q        <= rst_ni && mem_req_valid && !mem_req_ready_q;
    mem_unstable_o <= 1'b0;
    if (rst_ni && waits_q) mem_unstable_o <= !same;
    if (mem_req_valid) begin
      mem_taken_id_o       <= mem_req_id;
      mem_taken_pa_o       <= mem_req_pa;
      mem_taken_swap_o     <= mem_req_swap;
      mem_taken_expected_o <= mem_req_expected;
      mem_taken_desired_o  <= mem_req_desired;
    end
    pmp_taken_o <= 1'b0;
    if (pmp_valid_q) pmp_taken_o <= rst_ni && fresh && pmp_ready_o;
  end

  for (genvar e = 0; e < Events; e++) begin : gen_event
  logic [63:0] count_q;
    always_ff @(posedge clk_i)
      if (!rst_ni) count_q <= '0;
      else if (strobe[e]) count_q <= count_q + 64'd1;
    assign events_o[e*64+:64] = count_q;
  end

  assign parameters_o = {32'(L1Sets), 32'(DataWays), 32'(FetchWays), 32'(Patience),
                         32'(PmpGrain), 32'(PmpEntries), 32'(BigEndian), 32'(PointerMasking),
                         32'(Zicbo), 32'(Zicfiss), 32'(Svrsw60t59b),
                         32'(Svpbmt), 32'(Svnapot), 32'(MemoryCas), 32'(Svadu), 32'(Prefetch),
                         32'(MemoryLine), 32'(Replacement), 32'(WalkCacheEntries), 32'(Walkers),
                         32'(L2Register), 32'(L2Large), 32'(L2Sets), 32'(L2Ways), 32'(DataSlots),
                         32'(FetchSlots), 32'(DataEntries), 32'(FetchEntries), 32'(TagWidth),
                         32'(AsidWidth), 32'(PaWidth), 32'(Levels), 32'(Xlen)};

  logic unused;
  assign unused = &{1'b0, fence_asid_q, pmpcfg_i, pmpaddr_i};
endmodule

`default_nettype wire

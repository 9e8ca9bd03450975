// SPDX-License-Identifier: Apache-2.0
// board_mmu: rvmmu between the payload of the frames to the board and of those from it. Beside what
// the MMU shows within a cycle it shows what the last edge took: a memory request, a change of PMP,
// events.
`default_nettype none

module board_mmu #(
`include "board_parameters.svh"
    ,
    localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1,
    localparam int PmpAddrWidth = PaWidth - 2,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                                 clk_i,
    input  wire logic                                 rst_ni,
    // from board_inputs
    input  wire logic [  8*board_pkg::InputBytes-1:0] inputs_i,
    input  wire logic [  8*board_pkg::ResetBytes-1:0] straps_i,
    input  wire logic [               8*PmpPorts-1:0] pmpcfg_i,
    input  wire logic [    PmpAddrWidth*PmpPorts-1:0] pmpaddr_i,
    input  wire logic                                 mml_i,
    input  wire logic                                 mmwp_i,
    // payloads of replies
    input  wire logic                                 clocked_i,  // shows the events of the last edge
    output logic      [ 8*board_pkg::OutputBytes-1:0] outputs_o,
    output logic      [8*board_pkg::IdentityBytes-1:0] identity_o
);
  // First bytes of the inputs
  localparam int Satp = 0;
  localparam int Status = 8;
  localparam int FetchKill = 10;
  localparam int DataKill = 18;
  localparam int MemFlags = 26;
  localparam int MemId = 27;
  localparam int MemData = 28;
  localparam int PmpFlags = 36;
  localparam int FenceFlags = 37;
  localparam int FenceVa = 38;
  localparam int FenceAsid = 46;
  localparam int Fetch = 48;
  localparam int Data = 60;
  // and of a request
  localparam int ReqTag = 1;
  localparam int ReqAccess = 2;
  localparam int ReqKind = 3;
  localparam int ReqVa = 4;

  localparam int Events = 15;
  localparam int AsidField = (Xlen == 32) ? 9 : 16;

  logic [11:0] status;
  logic mem_ready, mem_valid, mem_error, pmp_valid, fence_valid, fence_use_va, fence_use_asid;
  logic [2:0] fence_op;

  assign status = inputs_i[8*Status+:12];
  assign {mem_error, mem_valid, mem_ready} = inputs_i[8*MemFlags+:3];
  assign pmp_valid = inputs_i[8*PmpFlags];
  assign {fence_use_asid, fence_use_va, fence_valid} = inputs_i[8*FenceFlags+:3];
  assign fence_op = inputs_i[8*FenceFlags+4+:3];

  logic [1:0] req_ready, rsp_valid;
  logic [2*8-1:0] rsp_tag;
  logic [2*2-1:0] rsp_result, rsp_pbmt;
  logic [2*8-1:0] rsp_page_shift, rsp_cause;
  logic [2*64-1:0] rsp_pa, rsp_tval;
  logic fence_ready, pmp_ready, mem_req_valid, mem_req_swap;
  logic [IdWidth-1:0] mem_req_id;
  logic [PaWidth-1:0] mem_req_pa;
  logic [Xlen-1:0] mem_req_expected, mem_req_desired;
  logic [Events-1:0] strobe;

  logic [2*TagWidth-1:0] tag;
  logic [2*PaWidth-1:0] pa;
  logic [2*Xlen-1:0] tval;
  logic [2*6-1:0] page_shift, cause;

  for (genvar p = 0; p < 2; p++) begin : gen_port
    assign rsp_tag[8*p+:8]        = 8'(tag[TagWidth*p+:TagWidth]);
    assign rsp_page_shift[8*p+:8] = {2'b00, page_shift[6*p+:6]};
    assign rsp_cause[8*p+:8]      = {2'b00, cause[6*p+:6]};
    assign rsp_pa[64*p+:64]       = 64'(pa[PaWidth*p+:PaWidth]);
    assign rsp_tval[64*p+:64]     = 64'(tval[Xlen*p+:Xlen]);
  end

  rvmmu #(
`include "board_pass.svh"
  ) u_rvmmu (
      .clk_i, .rst_ni,
      .satp_i(inputs_i[8*Satp+:Xlen]), .sum_i(status[0]), .mxr_i(status[1]), .sbe_i(status[2]),
      .adue_i(status[3]), .pbmte_i(status[4]), .sse_i(status[5]),
      .senvcfg_pmm_i(status[7:6]), .menvcfg_pmm_i(status[9:8]), .mseccfg_pmm_i(status[11:10]),
      .pmpcfg_i, .pmpaddr_i, .mml_i, .mmwp_i,
      .pmp_valid_i(pmp_valid), .pmp_ready_o(pmp_ready),
      .has_svnapot_i(straps_i[0]), .has_svrsw60t59b_i(straps_i[1]),
      .pmp_count_i(straps_i[8+:7]), .pmp_grain_i(straps_i[16+:6]),
      .fetch_req_valid_i(inputs_i[8*Fetch]), .fetch_req_ready_o(req_ready[0]),
      .fetch_req_tag_i(inputs_i[8*(Fetch+ReqTag)+:TagWidth]),
      .fetch_req_va_i(inputs_i[8*(Fetch+ReqVa)+:Xlen]),
      .fetch_req_size_i(inputs_i[8*(Fetch+ReqKind)+:3]),
      .fetch_req_priv_i(inputs_i[8*(Fetch+ReqKind)+4+:2]),
      .fetch_req_speculative_i(inputs_i[8*Fetch+1]),
      .fetch_rsp_valid_o(rsp_valid[0]), .fetch_rsp_tag_o(tag[0+:TagWidth]),
      .fetch_rsp_result_o(rsp_result[0+:2]), .fetch_rsp_pa_o(pa[0+:PaWidth]),
      .fetch_rsp_page_shift_o(page_shift[0+:6]), .fetch_rsp_pbmt_o(rsp_pbmt[0+:2]),
      .fetch_rsp_cause_o(cause[0+:6]), .fetch_rsp_tval_o(tval[0+:Xlen]),
      .fetch_kill_i(inputs_i[8*FetchKill+:2**TagWidth]),
      .data_req_valid_i(inputs_i[8*Data]), .data_req_ready_o(req_ready[1]),
      .data_req_tag_i(inputs_i[8*(Data+ReqTag)+:TagWidth]),
      .data_req_va_i(inputs_i[8*(Data+ReqVa)+:Xlen]),
      .data_req_access_i(inputs_i[8*(Data+ReqAccess)+:rvmmu_pkg::AccessWidth]),
      .data_req_size_i(inputs_i[8*(Data+ReqKind)+:3]),
      .data_req_priv_i(inputs_i[8*(Data+ReqKind)+4+:2]),
      .data_req_speculative_i(inputs_i[8*Data+1]),
      .data_rsp_valid_o(rsp_valid[1]), .data_rsp_tag_o(tag[TagWidth+:TagWidth]),
      .data_rsp_result_o(rsp_result[2+:2]), .data_rsp_pa_o(pa[PaWidth+:PaWidth]),
      .data_rsp_page_shift_o(page_shift[6+:6]), .data_rsp_pbmt_o(rsp_pbmt[2+:2]),
      .data_rsp_cause_o(cause[6+:6]), .data_rsp_tval_o(tval[Xlen+:Xlen]),
      .data_kill_i(inputs_i[8*DataKill+:2**TagWidth]),
      .mem_req_valid_o(mem_req_valid), .mem_req_ready_i(mem_ready), .mem_req_id_o(mem_req_id),
      .mem_req_pa_o(mem_req_pa), .mem_req_swap_o(mem_req_swap),
      .mem_req_expected_o(mem_req_expected), .mem_req_desired_o(mem_req_desired),
      .mem_rsp_valid_i(mem_valid), .mem_rsp_id_i(inputs_i[8*MemId+:IdWidth]),
      .mem_rsp_data_i(inputs_i[8*MemData+:Xlen]), .mem_rsp_line_i('0),
      .mem_rsp_error_i(mem_error),
      .fence_valid_i(fence_valid), .fence_ready_o(fence_ready), .fence_op_i(fence_op),
      .fence_use_va_i(fence_use_va), .fence_use_asid_i(fence_use_asid),
      .fence_va_i(inputs_i[8*FenceVa+:Xlen]), .fence_asid_i(inputs_i[8*FenceAsid+:AsidField]),
      .event_fetch_hit_o(strobe[0]), .event_fetch_miss_o(strobe[1]),
      .event_data_hit_o(strobe[2]), .event_data_miss_o(strobe[3]),
      .event_l2_hit_o(strobe[4]), .event_l2_miss_o(strobe[5]),
      .event_l2_conflict_o(strobe[6]), .event_walk_o(strobe[7]),
      .event_pte_read_o(strobe[8]), .event_walk_fault_o(strobe[9]),
      .event_fence_o(strobe[10]), .event_update_o(strobe[11]),
      .event_merge_o(strobe[12]), .event_walk_cache_o(strobe[13]),
      .event_prefetch_o(strobe[14])
  );

  // What the last edge took, and whether a request that waits stays as it is: its operands too, of
  // a swap.
  logic taken_q, swap_q, waits_q, unstable_q, changed_q, same;
  logic [IdWidth-1:0] id_q;
  logic [PaWidth-1:0] pa_q;
  logic [Xlen-1:0] expected_q, desired_q;
  logic [Events-1:0] strobe_q;

  assign same = mem_req_valid && mem_req_id == id_q && mem_req_pa == pa_q && mem_req_swap == swap_q
      && (!mem_req_swap || (mem_req_expected == expected_q && mem_req_desired == desired_q));

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      taken_q    <= 1'b0;
      waits_q    <= 1'b0;
      unstable_q <= 1'b0;
      changed_q  <= 1'b0;
      strobe_q   <= '0;
    end else begin
      taken_q    <= mem_req_valid && mem_ready;
      waits_q    <= mem_req_valid && !mem_ready;
      unstable_q <= waits_q && !same;
      changed_q  <= pmp_valid && pmp_ready;
      strobe_q   <= strobe;
    end

  always_ff @(posedge clk_i)
    if (mem_req_valid) begin
      id_q       <= mem_req_id;
      pa_q       <= mem_req_pa;
      swap_q     <= mem_req_swap;
      expected_q <= mem_req_expected;
      desired_q  <= mem_req_desired;
    end

  assign outputs_o = {
    1'b0, strobe_q & {Events{clocked_i}},
    64'(desired_q), 64'(expected_q), 64'(pa_q), 8'(id_q),
    2'b00, swap_q, unstable_q, taken_q, changed_q, pmp_ready, fence_ready,
    rsp_tval[64+:64], rsp_pa[64+:64], rsp_cause[8+:8], rsp_page_shift[8+:8],
    4'h0, rsp_pbmt[2+:2], rsp_result[2+:2], rsp_tag[8+:8], 6'h00, rsp_valid[1], req_ready[1],
    rsp_tval[0+:64], rsp_pa[0+:64], rsp_cause[0+:8], rsp_page_shift[0+:8],
    4'h0, rsp_pbmt[0+:2], rsp_result[0+:2], rsp_tag[0+:8], 6'h00, rsp_valid[0], req_ready[0]
  };

  assign identity_o = {
    16'(L1Sets), 16'(DataWays), 16'(FetchWays), 16'(Patience), 16'(PmpGrain), 16'(PmpEntries),
    16'(BigEndian), 16'(PointerMasking), 16'(Zicbo), 16'(Zicfiss), 16'(Svrsw60t59b), 16'(Svpbmt),
    16'(Svnapot), 16'(MemoryCas), 16'(Svadu), 16'(Prefetch), 16'(MemoryLine), 16'(Replacement),
    16'(WalkCacheEntries), 16'(Walkers), 16'(L2Register), 16'(L2Large), 16'(L2Sets), 16'(L2Ways),
    16'(DataSlots), 16'(FetchSlots), 16'(DataEntries), 16'(FetchEntries), 16'(TagWidth),
    16'(AsidWidth), 16'(PaWidth), 16'(Levels), 16'(Xlen), 8'(board_pkg::Version)
  };

  logic unused;
  assign unused = &{1'b0, inputs_i, straps_i};

  initial
    if (MemoryLine) $error("board: memory's lines are not carried over the wire (MemoryLine)");
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_response: the response port of an L1. What answers is chosen in each cycle: the lookup stage
// first, then the miss slots whose answers wait, in turn, then the refill of this cycle. Nothing
// refuses a response; who is not chosen waits in its slot, and after Patience cycles of that the L1
// accepts nothing more (impatient), until the stage runs empty and the port is free.
// Privileged specification, "Machine Cause Register" and "Machine Trap Value Register".
//
// Latency: none, from the stage, the slots or the refill to the response.
`default_nettype none

module rvmmu_response #(
    parameter int Xlen = 64,       // 32 or 64
    parameter int Levels = 3,      // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,    // physical address bits
    parameter int AsidWidth = 9,   // 1 to 16
    parameter int TagWidth = 2,    // request tags, 1 to 6
    parameter int Slots = 1,       // miss slots, 1 to 16
    parameter int Patience = 63,   // cycles that an answer waits before it is impatient, 0 to 255
    parameter bit Pmp = 1'b0,      // there is PMP
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int PageWidth = 3 + MaskWidth,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int RecordWidth =
        rvmmu_pkg::aligned(HeadWidth + Xlen + TagWidth + 2 + PageWidth)
) (
    input  wire logic                         clk_i,
    input  wire logic                         rst_ni,
    // the lookup stage
    input  wire logic                         stage_answers_i,  // granted in this cycle
    input  wire logic                         stage_direct_i,   // and needs no page for it
    input  wire logic                         stage_bare_i,     // not translated
    input  wire logic [         TagWidth-1:0] stage_tag_i,
    input  wire logic [             Xlen-1:0] stage_va_i,
    input  wire logic [         PpnWidth-1:0] stage_ppn_i,      // of the page that was found
    input  wire logic [        PageWidth-1:0] stage_page_i,     // | mask | N | PBMT |
    // the miss slots, as rvmmu_slot describes them
    input  wire logic [            Slots-1:0] done_i,
    input  wire logic [            Slots-1:0] live_i,
    input  wire logic [Slots*RecordWidth-1:0] record_i,         // slot 0 lowest
    output logic      [            Slots-1:0] sent_o,           // this slot's response leaves
    // refill, in its cycle
    input  wire logic [            Slots-1:0] refill_i,         // the answer to this slot
    input  wire logic [      RecordWidth-1:0] refill_slot_i,    // the record of that slot
    input  wire logic [                  1:0] refill_fault_i,
    input  wire logic [         PpnWidth-1:0] refill_ppn_i,
    input  wire logic [        PageWidth-1:0] refill_page_i,
    // an answer has waited too long; of registers only
    output logic                              impatient_o,
    // response, to the core
    output logic                              rsp_valid_o,
    output logic      [         TagWidth-1:0] rsp_tag_o,
    output logic      [                  1:0] rsp_result_o,
    output logic      [          PaWidth-1:0] rsp_pa_o,
    output logic      [                  5:0] rsp_page_shift_o,  // 0: not translated
    output logic      [                  1:0] rsp_pbmt_o,
    output logic      [                  5:0] rsp_cause_o,
    output logic      [             Xlen-1:0] rsp_tval_o
);
  localparam int VpnBits = (Xlen == 32) ? 10 : 9;
  localparam int RootPpn = rvmmu_pkg::WalkAsid + AsidWidth;
  localparam int RecordTag = HeadWidth + Xlen;
  localparam int RecordFault = RecordTag + TagWidth;
  localparam int RecordPage = RecordFault + 2;

  // ---- Patience. In the only slot an answer keeps ready low by itself.
  if (Slots > 1 && Patience > 0) begin : gen_patience
    localparam int Width = $clog2(Patience + 1);
    logic [Width-1:0] waited_q;
    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) waited_q <= '0;
      else if (!(|done_i) || !stage_answers_i) waited_q <= '0;
      else if (!impatient_o) waited_q <= waited_q + 1'b1;
    assign impatient_o = waited_q == Width'(Patience);
  end else begin : gen_no_patience
    assign impatient_o = |done_i;
  end

  // ---- Whose turn it is.
  logic [Slots-1:0] first_done, send;
  logic [RecordWidth-1:0] done_slot, sent_slot;

  rvmmu_arbiter #(.Requesters(Slots)) u_first_done (
      .clk_i, .rst_ni, .request_i(done_i), .take_i(|(sent_o & done_i)), .grant_o(first_done)
  );
  assign send = stage_answers_i ? '0 : |done_i ? first_done : refill_i;
  assign sent_o = send & live_i;
  assign rsp_valid_o = stage_answers_i || |sent_o;

  rvmmu_mux #(.Inputs(Slots), .Width(RecordWidth)) u_done (
      .select_i(first_done), .data_i(record_i), .data_o(done_slot)
  );
  assign sent_slot = |done_i ? done_slot : refill_slot_i;

  // ---- What it is answered.
  logic [1:0] fault, done_fault;
  logic [PpnWidth-1:0] ppn, va_ppn, done_ppn;
  logic [PageWidth-1:0] page, done_page;
  logic [rvmmu_pkg::AccessWidth-1:0] access;
  logic [2:0] sent_levels;
  logic [MaskWidth-1:0] mask;
  logic translated;

  assign done_fault = done_slot[RecordFault+:2];
  assign done_page  = done_slot[RecordPage+:PageWidth];
  assign done_ppn   = done_slot[RootPpn+:PpnWidth];
  assign va_ppn     = PpnWidth'(stage_va_i >> 12);

  always_comb begin
    if (stage_answers_i) begin
      fault = rvmmu_pkg::FaultNone;
      ppn   = stage_direct_i ? va_ppn : stage_ppn_i;
      page  = stage_page_i;
    end else if (|done_i) begin
      fault = done_fault;
      ppn   = done_ppn;
      page  = done_page;
    end else begin
      fault = refill_fault_i;
      ppn   = refill_ppn_i;
      page  = refill_page_i;
    end
  end

  assign rsp_tag_o = stage_answers_i ? stage_tag_i : sent_slot[RecordTag+:TagWidth];
  assign rsp_tval_o = sent_slot[HeadWidth+:Xlen];
  assign access = sent_slot[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign rsp_result_o = (fault == rvmmu_pkg::FaultNone) ? rvmmu_pkg::ResultGranted
                      : (fault == rvmmu_pkg::FaultDefer) ? rvmmu_pkg::ResultDefer
                                                         : rvmmu_pkg::ResultFault;
  assign rsp_cause_o = rvmmu_pkg::cause(fault, access);
  assign rsp_pa_o = {ppn, stage_answers_i ? stage_va_i[11:0] : rsp_tval_o[11:0]};
  assign sent_levels = sent_slot[rvmmu_pkg::WalkLevels+:3];
  assign translated = stage_answers_i ? !stage_bare_i : !Pmp || sent_levels != 3'd0;
  assign rsp_pbmt_o = translated ? page[1:0] : 2'd0;
  assign mask = page[3+:MaskWidth];
  assign rsp_page_shift_o = translated ? rvmmu_pkg::page_shift(page[2], 4'(mask), VpnBits) : 6'd0;
endmodule

`default_nettype wire

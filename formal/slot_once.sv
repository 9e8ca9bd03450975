// SPDX-License-Identifier: Apache-2.0
// Theorem slot_once, of rvmmu_slot: a request that was taken leaves the slot once: by its response
// or by a kill. Until then the slot is not free and holds it unchanged; a killed one is neither
// live nor asks for anything from the cycle of the kill on, so that no response of it can leave;
// and a request that a fence has found in the slot is marked old for as long as it is there.
//
// seen_killed is tied to the slot's register once the design is flat (run.sh), for an inductive
// invariant that is asserted and never assumed.
`default_nettype none

module slot_once #(
    parameter int TagWidth = 2,
    parameter int Xlen = 64,
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter int MaskWidth = 2,
    parameter bit Hints = 1'b1,
    localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth,
    localparam int HeadWidth = Root + PpnWidth,
    localparam int PageWidth = 3 + MaskWidth,
    localparam int RecordWidth = HeadWidth + Xlen + TagWidth + 2 + PageWidth
) (
    input wire logic                   clk_i,
    input wire logic                   rst_ni,
    input wire logic                   take_i,
    input wire logic                   take_handed_i,
    input wire logic [   TagWidth-1:0] take_tag_i,
    input wire logic [       Xlen-1:0] take_va_i,
    input wire logic [  HeadWidth-1:0] take_head_i,
    input wire logic                   handed_i,
    input wire logic                   refill_i,
    input wire logic [            1:0] refill_fault_i,
    input wire logic [   PpnWidth-1:0] refill_ppn_i,
    input wire logic [  PageWidth-1:0] refill_page_i,
    input wire logic                   sent_i,
    input wire logic [2**TagWidth-1:0] kill_i,
    input wire logic                   flush_i,
    input wire logic                   outdate_i
);
  logic free, need, done, live;
  logic [RecordWidth-1:0] record;

  rvmmu_slot #(
      .TagWidth(TagWidth), .Xlen(Xlen), .AsidWidth(AsidWidth), .PpnWidth(PpnWidth),
      .MaskWidth(MaskWidth)
  ) u_slot (
      .clk_i, .rst_ni,
      .take_i, .take_handed_i, .take_tag_i, .take_va_i, .take_head_i,
      .handed_i, .refill_i, .refill_fault_i, .refill_ppn_i, .refill_page_i, .sent_i, .kill_i,
      .flush_i, .outdate_i,
      .free_o(free), .need_o(need), .done_o(done), .live_o(live), .record_o(record)
  );

  logic seen_killed;  // tied by run.sh

  // ---- The request that was taken and has not left.
  logic started_q, pending_q, old_q, answered_q, killed;
  logic [TagWidth-1:0] tag_q;
  logic [Xlen-1:0] va_q;
  logic [Root-1:0] head_q;
  logic [1:0] fault_q;
  logic [PpnWidth-1:0] root_q;  // its root, then its physical page
  logic [PageWidth-1:0] page_q;

  assign killed = pending_q && kill_i[tag_q];

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) pending_q <= 1'b0;
    else if (take_i) pending_q <= 1'b1;
    else if (sent_i || killed) pending_q <= 1'b0;

  always_ff @(posedge clk_i)
    if (take_i) begin
      tag_q      <= take_tag_i;
      va_q       <= take_va_i;
      head_q     <= take_head_i[Root-1:0];
      root_q     <= take_head_i[Root+:PpnWidth];
      old_q      <= take_head_i[rvmmu_pkg::WalkOld] || outdate_i;
      answered_q <= 1'b0;
    end else begin
      old_q <= old_q || outdate_i;
      if (refill_i) begin
        answered_q <= 1'b1;
        fault_q    <= refill_fault_i;
        root_q     <= refill_ppn_i;
        page_q     <= refill_page_i;
      end
    end

  // ---- Assumed, as rvmmu_l1 has it: a reset at the start; a request that is live moves into a
  //      free slot; what asks is handed over; what was handed over is answered; what is answered
  //      and live is sent.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    if (take_i) assume (free && !kill_i[take_tag_i]);
    if (handed_i) assume (need);
    if (refill_i) assume (!free && !need && !done);
    if (sent_i) assume (live && (done || refill_i));
  end

  // ---- The theorem.
  logic [Root-1:0] marked;
  always_comb begin
    marked = head_q;
    marked[rvmmu_pkg::WalkOld] = old_q;
  end

  always_comb
    if (started_q && rst_ni) begin
      assert ((free && !need && !done) || (!free && !(need && done)));
      if (pending_q) begin
        assert (!free);
        assert (live == !killed);
        assert (done == answered_q);
        assert (record[HeadWidth+Xlen+:TagWidth] == tag_q);
        assert (record[HeadWidth+:Xlen] == va_q);
        assert (record[0+:Root] == marked);
        assert (record[Root+:PpnWidth] == root_q);
        if (done)
          assert (record[HeadWidth+Xlen+TagWidth+:2+PageWidth] == {page_q, fault_q});
      end else begin
        assert (!need && !done);
        if (!free) assert (!live);
        assert (!sent_i);
      end
    end

  // ---- Its invariant.
  always_comb if (Hints && started_q && !free) assert (seen_killed == !pending_q);

  // ---- It is not vacuous: a response that waited and one that did not, a kill in each state, a
  //      killed request that keeps the slot, an old one that is answered after a fence.
  logic cycle;
  assign cycle = started_q && rst_ni;
  always_comb begin
    cover (cycle && sent_i && refill_i);
    cover (cycle && sent_i && done);
    cover (cycle && killed && need);
    cover (cycle && killed && done);
    cover (cycle && killed && refill_i);
    cover (cycle && !pending_q && !free);
    cover (cycle && sent_i && old_q && !head_q[rvmmu_pkg::WalkOld]);
  end
endmodule

`default_nettype wire

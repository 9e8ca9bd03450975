// SPDX-License-Identifier: Apache-2.0
// Theorem slot_once, of rvmmu_slot: a request that was taken leaves the slot once: by its response
// or by a kill. Until then the slot holds it unchanged, and it is in one of four places: it asks; it
// was handed over and waits for its own answer; it follows another slot; it is answered, which is
// kept until it is sent. It follows only the slot that it was told to, and only until that one is
// answered, no longer leads, or a fence comes; answered in this way is only who is granted, with
// what that slot was answered with. Who follows in vain asks in the next cycle. A killed request is
// neither live nor asks for anything from the cycle of the kill on, so that no response of it can
// leave; it keeps the slot only if it was handed over, and only until its answer or a fence. A
// request that a fence has found in the slot is marked old for as long as it is there, and leads
// nobody.
//
// The seen_* wires are tied to the slot's registers once the design is flat (run.sh), for inductive
// invariants that are asserted and never assumed.
`default_nettype none

module slot_once #(
    parameter int TagWidth = 2,
    parameter int Xlen = 64,
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter int MaskWidth = 2,
    parameter int Slots = 1,
    parameter bit Hints = 1'b1,
    localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth,
    localparam int HeadWidth = Root + PpnWidth,
    localparam int PageWidth = 3 + MaskWidth,
    localparam int RecordWidth =
        rvmmu_pkg::aligned(HeadWidth + Xlen + TagWidth + 2 + PageWidth)
) (
    input wire logic                   clk_i,
    input wire logic                   rst_ni,
    input wire logic                   offer_i,
    input wire logic                   take_i,
    input wire logic                   take_handed_i,
    input wire logic                   take_follows_i,
    input wire logic [      Slots-1:0] take_leader_i,
    input wire logic [   TagWidth-1:0] take_tag_i,
    input wire logic [       Xlen-1:0] take_va_i,
    input wire logic [  HeadWidth-1:0] take_head_i,
    input wire logic                   handed_i,
    input wire logic                   refill_i,
    input wire logic [      Slots-1:0] refilled_i,
    input wire logic [      Slots-1:0] leads_i,
    input wire logic                   granted_i,
    input wire logic [            1:0] refill_fault_i,
    input wire logic [   PpnWidth-1:0] refill_ppn_i,
    input wire logic [  PageWidth-1:0] refill_page_i,
    input wire logic                   sent_i,
    input wire logic [2**TagWidth-1:0] kill_i,
    input wire logic                   flush_i,
    input wire logic                   outdate_i
);
  logic free, need, done, leads, live;
  logic [RecordWidth-1:0] record;

  rvmmu_slot #(
      .TagWidth(TagWidth), .Xlen(Xlen), .AsidWidth(AsidWidth), .PpnWidth(PpnWidth),
      .MaskWidth(MaskWidth), .Slots(Slots)
  ) u_slot (
      .clk_i, .rst_ni,
      .offer_i, .take_i, .take_handed_i, .take_follows_i, .take_leader_i, .take_tag_i, .take_va_i,
      .take_head_i, .handed_i, .refill_i, .refilled_i, .leads_i, .granted_i, .refill_fault_i,
      .refill_ppn_i, .refill_page_i, .sent_i, .kill_i, .flush_i, .outdate_i,
      .free_o(free), .need_o(need), .done_o(done), .leads_o(leads), .live_o(live),
      .record_o(record)
  );

  // Tied by run.sh.
  logic seen_killed;
  logic [2:0] seen_state;  // Free, Need, Wait, Follow, Store, Done

  // ---- The request that was taken and has not left: where it is, and what it is.
  logic started_q, pending_q, waiting_q, following_q, answered_q, stored_q, old_q, killed;
  logic [Slots-1:0] leader_q;
  logic [TagWidth-1:0] tag_q;
  logic [Xlen-1:0] va_q;
  logic [Root-1:0] head_q;
  logic [1:0] fault_q;
  logic [PpnWidth-1:0] root_q;  // its root, then its physical page
  logic [PageWidth-1:0] page_q;
  logic led_answer;  // its leader's answer does for it, too

  assign killed = pending_q && kill_i[tag_q];
  assign led_answer = following_q && |(leader_q & refilled_i) && granted_i && !flush_i;

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) pending_q <= 1'b0;
    else if (take_i) pending_q <= 1'b1;
    else if (sent_i || killed) pending_q <= 1'b0;

  // Handed over and not answered: this outlives a kill.
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) waiting_q <= 1'b0;
    else if (flush_i || refill_i) waiting_q <= 1'b0;
    else if (handed_i || (take_i && take_handed_i)) waiting_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) following_q <= 1'b0;
    else if (take_i) following_q <= take_follows_i && !flush_i;
    else if (flush_i || killed || |(leader_q & refilled_i) || !(|(leader_q & leads_i)))
      following_q <= 1'b0;

  // The slot's own answer stands on the refill's wires in that cycle or, when there are more slots,
  // in the next.
  always_ff @(posedge clk_i)
    if (take_i) begin
      tag_q      <= take_tag_i;
      va_q       <= take_va_i;
      head_q     <= take_head_i[Root-1:0];
      root_q     <= take_head_i[Root+:PpnWidth];
      old_q      <= take_head_i[rvmmu_pkg::WalkOld] || outdate_i;
      leader_q   <= take_leader_i;
      answered_q <= 1'b0;
      stored_q   <= 1'b0;
    end else begin
      old_q <= old_q || outdate_i;
      if (refill_i || led_answer) answered_q <= 1'b1;
      stored_q <= (Slots == 1) ? refill_i : led_answer || (answered_q && !stored_q) || stored_q;
      if ((Slots == 1) ? refill_i : led_answer || (answered_q && !stored_q)) begin
        fault_q <= refill_fault_i;
        root_q  <= refill_ppn_i;
        page_q  <= refill_page_i;
      end
    end

  // ---- Assumed, as rvmmu_l1 and rvmmu_slots have it: a reset at the start; a request that is live
  //      and offered moves into a free slot, handed over, following one other slot, or neither; what
  //      asks is handed over; what was handed over is answered; what is answered and live is sent.
  always_comb begin
    if (!started_q) assume (!rst_ni);
    if (take_i) assume (offer_i);
    if (take_i) assume (free && !kill_i[take_tag_i] && !(take_handed_i && take_follows_i));
    if (Slots == 1) assume (!take_follows_i);
    if (take_i && take_follows_i)
      assume (take_leader_i != '0 && (take_leader_i & (take_leader_i - Slots'(1))) == '0);
    if (handed_i) assume (need);
    if (refill_i) assume (waiting_q);
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
      assert (free == !(pending_q || waiting_q));
      assert (leads == ((need || waiting_q) && !record[rvmmu_pkg::WalkOld]));
      if (pending_q) begin
        assert (live == !killed);
        assert (3'(need) + 3'(waiting_q) + 3'(following_q) + 3'(answered_q) == 3'd1);
        assert (done == (answered_q && ((Slots == 1) || stored_q)));
        assert (record[HeadWidth+Xlen+:TagWidth] == tag_q);
        assert (record[HeadWidth+:Xlen] == va_q);
        assert (record[0+:Root] == marked);
        assert (record[Root+:PpnWidth] == root_q);
        if (done)
          assert (record[HeadWidth+Xlen+TagWidth+:2+PageWidth] == {page_q, fault_q});
      end else begin
        assert (!need && !done && !following_q);
        if (!free) assert (!live);
        assert (!sent_i);
      end
    end

  // ---- Its invariants.
  logic [2:0] state;
  always_comb begin
    if (answered_q) state = ((Slots == 1) || stored_q) ? 3'd5 : 3'd4;
    else state = following_q ? 3'd3 : 3'd1;
    if (waiting_q) state = 3'd2;
    else if (!pending_q) state = 3'd0;
    if (Hints && started_q) begin
      assert (seen_state == state);
      if (!free) assert (seen_killed == !pending_q);
      if (!free && !answered_q) assert (!stored_q);
      if (Slots == 1) assert (!following_q);
    end
  end

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

  // With followers: an answer of its own that waited a cycle more, a leader's that did and one that
  // did not do, a leader that stopped leading, a fence and a kill while it follows.
  if (Slots > 1) begin : gen_follow
    logic [Slots-1:0] seen_leader;  // tied by run.sh
    always_comb if (Hints && following_q) assert (seen_leader == leader_q);

    logic follows, led_q, vain_q, gone_q, fenced_q, own_q;
    initial {led_q, vain_q, gone_q, fenced_q, own_q} = '0;
    assign follows = cycle && following_q && !killed;
    always_ff @(posedge clk_i) begin
      own_q    <= cycle && refill_i && !sent_i && live;
      led_q    <= follows && led_answer;
      vain_q   <= follows && |(leader_q & refilled_i) && !granted_i && !flush_i;
      gone_q   <= follows && !(|(leader_q & (refilled_i | leads_i))) && !flush_i;
      fenced_q <= follows && flush_i && granted_i;
    end
    always_comb begin
      cover (cycle && own_q && pending_q && !done);
      cover (cycle && led_q && sent_i);
      cover (cycle && vain_q && need);
      cover (cycle && gone_q && need);
      cover (cycle && fenced_q && handed_i);
      cover (cycle && following_q && killed);
    end
  end
endmodule

`default_nettype wire

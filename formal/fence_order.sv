// SPDX-License-Identifier: Apache-2.0
// Theorem fence_order, of rvmmu_fence:
//   - a fence that removes anything flushes exactly once, in its first cycle, with its own form; it
//     completes in the first cycle in which the L2's part is done and no swap waits, not before, so
//     that it is bounded if both come; it outdates in its first and in its last cycle;
//   - a fence with an address that no mode of the build has, or one that only orders, removes
//     nothing and completes at once;
//   - a change of PMP flushes everything in the cycle in which it completes, once, only when asked
//     for, with ports that accept nothing, no request, walk or fence there; it completes in the
//     first such cycle after the one in which it was asked for;
//   - nothing else flushes or outdates; what flushes is announced in the same cycle, and nothing is
//     announced but in the first cycle of a fence and while the ports are drained.
// Privileged specification, "Supervisor Memory-Management Fence Instruction", "Svinval", "Physical
// Memory Protection and Paging".
//
// The seen_* wires are tied to registers once the design is flat (run.sh), for inductive invariants
// that are asserted and never assumed.
`default_nettype none

module fence_order #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter bit HasL2 = 1'b0,
    parameter bit Pmp = 1'b0,
    parameter bit Hints = 1'b1
) (
    input wire logic            clk_i,
    input wire logic            rst_ni,
    input wire logic            fence_valid_i,
    input wire logic [     2:0] fence_op_i,
    input wire logic            fence_use_va_i,
    input wire logic            fence_use_asid_i,
    input wire logic [Xlen-1:0] fence_va_i,
    input wire logic            pmp_valid_i,
    input wire logic            idle_i,
    input wire logic            l2_done_i,
    input wire logic            swap_pending_i
);
  logic fence_ready, pmp_ready, drain, soon, flush, use_va, use_asid, outdate;

  rvmmu_fence #(
      .Xlen(Xlen), .Levels(Levels), .HasL2(HasL2), .Pmp(Pmp)
  ) u_fence (
      .clk_i, .rst_ni,
      .fence_valid_i, .fence_ready_o(fence_ready), .fence_op_i, .fence_use_va_i,
      .fence_use_asid_i, .fence_va_i,
      .pmp_valid_i, .pmp_ready_o(pmp_ready), .drain_o(drain), .idle_i,
      .soon_o(soon), .flush_o(flush), .use_va_o(use_va), .use_asid_o(use_asid), .outdate_o(outdate),
      .l2_done_i, .swap_pending_i
  );

  logic seen_busy, seen_sweeping;  // tied by run.sh

  // ---- What a fence has to do. A canonical address is the sign extension of its bits below the
  //      largest virtual address.
  logic canonical, removes, sweeps;
  always_comb begin
    canonical = 1'b1;
    if (Xlen == 64)
      for (int b = 0; b < Xlen; b++)
        if (b > 9 * Levels + 11 && fence_va_i[b] != fence_va_i[(Xlen==64)?9*Levels+11:0])
          canonical = 1'b0;
  end
  assign removes = (fence_op_i == 3'd0 || fence_op_i == 3'd1) && (!fence_use_va_i || canonical);
  assign sweeps = HasL2 && removes && (fence_use_va_i || fence_use_asid_i);

  // ---- The fence that is there: whether it has begun and has swept; and the change of PMP.
  logic started_q, begun_q, swept_q, asked_q, done;

  initial started_q = 1'b0;
  always_ff @(posedge clk_i) started_q <= 1'b1;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) {begun_q, swept_q, asked_q} <= '0;
    else begin
      begun_q <= fence_valid_i && !fence_ready;
      swept_q <= begun_q && !fence_ready && (swept_q || l2_done_i);
      asked_q <= pmp_valid_i && !pmp_ready;
    end

  assign done = !removes || ((!sweeps || (begun_q && (swept_q || l2_done_i))) && !swap_pending_i);

  // ---- Assumed, as docs/interface.md asks of the core: a reset at the start; what is asked for is
  //      held, unchanged, until it is ready.
  logic fence_held_q, pmp_held_q;
  logic [Xlen+4:0] fence_q;
  initial {fence_held_q, pmp_held_q} = '0;
  always_ff @(posedge clk_i) begin
    fence_held_q <= started_q && rst_ni && fence_valid_i && !fence_ready;
    pmp_held_q   <= started_q && rst_ni && pmp_valid_i && !pmp_ready;
    fence_q      <= {fence_op_i, fence_use_va_i, fence_use_asid_i, fence_va_i};
  end
  always_comb begin
    if (!started_q) assume (!rst_ni);
    if (fence_held_q && rst_ni)
      assume (fence_valid_i
              && fence_q == {fence_op_i, fence_use_va_i, fence_use_asid_i, fence_va_i});
    if (pmp_held_q && rst_ni) assume (pmp_valid_i);
  end

  // ---- The theorem.
  logic first, last, change;
  assign first  = fence_valid_i && !begun_q && removes;
  assign last   = fence_valid_i && done;
  assign change = Pmp && pmp_valid_i && asked_q && idle_i && !fence_valid_i;

  always_comb
    if (started_q && rst_ni) begin
      assert (fence_ready == last);
      assert (flush == (first || change));
      assert (soon || !flush);
      assert ((fence_valid_i && !begun_q) || drain || !soon);
      if (fence_valid_i && removes && flush)
        assert (use_va == fence_use_va_i && use_asid == fence_use_asid_i);
      if (begun_q) assert (use_va == fence_use_va_i && use_asid == fence_use_asid_i);
      assert (outdate == (first || (last && removes)));

      assert (pmp_ready == (Pmp ? change : pmp_valid_i));
      if (Pmp && pmp_ready) assert (drain && flush && !use_va && !use_asid);
      assert (drain == (Pmp && asked_q));
      assert (!begun_q || fence_valid_i);
    end

  // ---- Its invariants.
  always_comb
    if (Hints && started_q && rst_ni) begin
      assert (seen_busy == begun_q && begun_q == fence_held_q && asked_q == pmp_held_q);
      assert (seen_sweeping == (begun_q && sweeps && !swept_q));
      if (begun_q) assert (removes);
    end

  // ---- It is not vacuous: a fence that completes at once, one after a swap, one after a sweep and
  //      a swap; one that removes nothing; a change of PMP, and one that waits for a fence.
  logic cycle, swapped_q, waited_q;
  assign cycle = started_q && rst_ni;
  initial {swapped_q, waited_q} = '0;
  always_ff @(posedge clk_i) begin
    swapped_q <= cycle && begun_q && swap_pending_i && (swept_q || !sweeps);
    waited_q  <= cycle && asked_q && idle_i && fence_valid_i && fence_ready && begun_q;
  end
  always_comb begin
    cover (cycle && last && first);
    cover (cycle && last && swapped_q);
    if (HasL2) cover (cycle && last && sweeps && swept_q);
    cover (cycle && last && !removes && swap_pending_i && fence_use_va_i);
    if (Pmp) cover (cycle && change && waited_q);
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_slot: one miss slot of an L1: a request from its miss to its answer. It holds the captured
// request and knows how far it is; who goes first among slots, rvmmu_handover and rvmmu_response say.
// A request to a page that another slot is fetching follows that one, and asks itself only if what
// comes does not grant it. A killed request that already waits for the walker keeps the slot until
// the refill comes.
`default_nettype none

module rvmmu_slot #(
    parameter int TagWidth = 2,
    parameter int Xlen = 64,
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter int MaskWidth = 2,
    parameter int Slots = 1,      // of the L1; with more than one, requests can follow
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,  // a walk but its VPN
    localparam int PageWidth = 3 + MaskWidth,  // what a response says of its page, as in an entry
    localparam int RecordWidth =
        rvmmu_pkg::aligned(HeadWidth + Xlen + TagWidth + 2 + PageWidth)
) (
    input  wire logic                   clk_i,
    input  wire logic                   rst_ni,
    // from the lookup stage
    input  wire logic                   offer_i,         // there is a request: early to know
    input  wire logic                   take_i,          // it missed, and moves in here
    input  wire logic                   take_handed_i,   // and was handed over in the same cycle
    input  wire logic                   take_follows_i,  // or follows the slot of this mask
    input  wire logic [      Slots-1:0] take_leader_i,
    input  wire logic [   TagWidth-1:0] take_tag_i,
    input  wire logic [       Xlen-1:0] take_va_i,
    input  wire logic [  HeadWidth-1:0] take_head_i,
    // to the shared part
    input  wire logic                   handed_i,        // this slot's request was handed over
    input  wire logic                   refill_i,        // the answer to this slot
    input  wire logic [      Slots-1:0] refilled_i,      // the slot that was answered a cycle ago
    input  wire logic [      Slots-1:0] leads_i,         // leads_o of all
    input  wire logic                   granted_i,       // what was answered grants this request
    // what was answered: a cycle ago where there are several slots, else in this cycle
    input  wire logic [            1:0] refill_fault_i,
    input  wire logic [   PpnWidth-1:0] refill_ppn_i,
    input  wire logic [  PageWidth-1:0] refill_page_i,   // | mask | N | PBMT |
    input  wire logic                   sent_i,          // its response leaves in this cycle
    input  wire logic [2**TagWidth-1:0] kill_i,
    input  wire logic                   flush_i,         // fence: what was handed over is forgotten
    input  wire logic                   outdate_i,       // fence: what is here is old from now on
    // state, of registers only but for live_o
    output logic                        free_o,
    output logic                        need_o,          // to be handed over
    output logic                        done_o,          // response waits
    output logic                        leads_o,         // its answer is still to come
    output logic                        live_o,          // not killed before or in this cycle
    output logic      [RecordWidth-1:0] record_o  // | page | fault | tag | VA | head |
);
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;

  localparam bit Follows = Slots > 1;

  typedef enum logic [2:0] {
    Free,
    Need,    // not yet handed over
    Wait,    // the shared part works on it
    Follow,  // another slot's answer may do for it
    Store,   // answered a cycle ago, and not sent
    Done     // its response waits for a free cycle
  } state_e;

  state_e state_q;
  logic killed_q;
  logic [TagWidth-1:0] tag_q;
  logic [Xlen-1:0] va_q;
  logic [HeadWidth-1:0] head_q;
  logic [1:0] fault_q;
  logic [PageWidth-1:0] page_q;
  logic led, answered;  // the leader's answer is still to come; it came a cycle ago
  logic store;          // what was answered is this slot's

  if (Follows) begin : gen_follow
    logic [Slots-1:0] leader_q;

    always_ff @(posedge clk_i) if (state_q == Free && take_i) leader_q <= take_leader_i;
    assign led      = |(leader_q & leads_i);
    assign answered = |(leader_q & refilled_i);
    assign store    = state_q == Store || (state_q == Follow && answered && granted_i && !flush_i);
  end else begin : gen_alone
    assign led      = 1'b0;
    assign answered = 1'b0;
    assign store    = state_q == Wait && refill_i;
    logic unused;
    assign unused = &{1'b0, take_leader_i, refilled_i, leads_i};
  end

  assign live_o = !killed_q && !kill_i[tag_q];

  // Reset: the state only.
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      state_q  <= Free;
      killed_q <= 1'b0;
    end else begin
      case (state_q)
        Free:
          if (take_i) begin
            killed_q <= 1'b0;
            if (Follows && take_follows_i && !flush_i) state_q <= Follow;
            else if (take_handed_i && !flush_i) state_q <= Wait;
            else state_q <= Need;
          end
        Need:
          if (handed_i && !flush_i) begin
            killed_q <= !live_o;
            state_q  <= Wait;
          end else if (!live_o) state_q <= Free;
        Wait: begin
          killed_q <= !live_o;
          if (refill_i) begin
            if (!live_o || sent_i) state_q <= Free;
            else if (Follows) state_q <= Store;
            else state_q <= Done;
          end else if (flush_i) begin
            if (live_o) state_q <= Need;
            else state_q <= Free;
          end
        end
        Follow:
          if (!live_o) state_q <= Free;
          else if (flush_i) state_q <= Need;
          else if (answered && granted_i) state_q <= Done;
          else if (answered || !led) state_q <= Need;
        Store:
          if (live_o) state_q <= Done;
          else state_q <= Free;
        default:  // Done
          if (sent_i || !live_o) state_q <= Free;
      endcase
    end

  // The root's place holds the physical page once the walk is over.
  always_ff @(posedge clk_i) begin
    if (state_q == Free) begin
      if (offer_i) begin
        tag_q  <= take_tag_i;
        va_q   <= take_va_i;
        head_q <= take_head_i;
      end
    end else if (store) begin
      fault_q <= refill_fault_i;
      page_q  <= refill_page_i;
      head_q[Root+:PpnWidth] <= refill_ppn_i;
    end
    if (outdate_i) head_q[rvmmu_pkg::WalkOld] <= 1'b1;
  end

  assign free_o  = state_q == Free;
  assign need_o  = state_q == Need;
  assign done_o  = state_q == Done;
  assign leads_o = (state_q == Need || state_q == Wait) && !head_q[rvmmu_pkg::WalkOld];
  assign record_o = RecordWidth'({page_q, fault_q, tag_q, va_q, head_q});
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_handover: the way of an L1's misses to the shared part: who looks up there what a miss will
// need, and who hands its miss over. Where the shared part has something to look up (Looks), a miss
// is handed over only in the cycle after its look was granted: by the lookup stage if it looked
// beside the TLB, in its cycle 0, else by the slot that the miss has moved into, which may look
// again and again. Where it has nothing, slots go first, and then the stage. The other end is
// rvmmu_intake.
//
// Latency: a miss of the stage is handed over in its cycle 1, one of a slot in the cycle after its
// look, two after it was chosen.
`default_nettype none

module rvmmu_handover #(
    parameter int Xlen = 64,       // 32 or 64
    parameter int Levels = 3,      // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,    // physical address bits
    parameter int AsidWidth = 9,   // 1 to 16
    parameter int TagWidth = 2,    // request tags, 1 to 6
    parameter int Slots = 1,       // miss slots, 1 to 16
    parameter int SlotWidth = 1,   // bits of a slot number, at least $clog2(Slots)
    parameter bit Looks = 1'b0,    // misses look something up before they are handed over
    parameter bit Pmp = 1'b0,      // there is PMP
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int PageWidth = 2 + Levels,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int RecordWidth =
        rvmmu_pkg::aligned(HeadWidth + Xlen + TagWidth + 2 + PageWidth)
) (
    input  wire logic                         clk_i,
    input  wire logic                         rst_ni,
    // request, in its cycle 0
    input  wire logic                         accept_i,
    input  wire logic [         VpnWidth-1:0] req_vpn_i,
    input  wire logic [        HeadWidth-1:0] req_head_i,
    // the lookup stage: a request in its cycle 1
    input  wire logic                         stage_valid_i,   // it may have to be handed over
    input  wire logic                         stage_misses_i,  // and has to
    input  wire logic                         stage_moves_i,   // it is not answered: into a slot
    input  wire logic [         VpnWidth-1:0] stage_vpn_i,
    input  wire logic [rvmmu_pkg::OffsetWidth-1:0] stage_offset_i,  // VA[11:2]
    input  wire logic [        HeadWidth-1:0] stage_head_i,
    output logic                              stage_handed_o,
    // the miss slots, as rvmmu_slots describes them
    input  wire logic [            Slots-1:0] free_i,
    input  wire logic [            Slots-1:0] need_i,
    input  wire logic [Slots*RecordWidth-1:0] record_i,
    output logic      [            Slots-1:0] handed_o,
    // look, to the shared part
    output logic                              look_valid_o,
    output logic      [         VpnWidth-1:0] look_vpn_o,
    output logic      [        AsidWidth-1:0] look_asid_o,
    output logic      [                  2:0] look_mode_o,     // levels of the mode
    output logic                              look_user_o,     // in U-mode
    input  wire logic                         look_grant_i,
    // miss, to the shared part
    output logic                              miss_valid_o,
    output logic      [        SlotWidth-1:0] miss_slot_o,
    output logic      [        WalkWidth-1:0] miss_walk_o,
    input  wire logic                         miss_ready_i,
    // fence, for one cycle: the look of this cycle is forgotten
    input  wire logic                         flush_i,
    // event, a one-cycle strobe
    output logic                              event_conflict_o  // a miss that found the L2 busy
);
  logic stage_asks, asked_stage_q;
  logic [Slots-1:0] next, asked_q, from_slot;  // one-hot: who asks next; who has asked
  logic [Slots-1:0] waiting;                   // who may be next
  logic owed;                                  // one of them was refused
  logic [RecordWidth-1:0] asked_slot;
  logic [rvmmu_pkg::OffsetWidth+VpnWidth-1:0] stage_place, asked_place;  // | VPN | VA[11:2] |

  assign stage_place = {stage_vpn_i, Pmp ? stage_offset_i : 10'd0};
  assign asked_place = {asked_slot[HeadWidth+12+:VpnWidth],
                        Pmp ? asked_slot[HeadWidth+2+:rvmmu_pkg::OffsetWidth] : 10'd0};

  rvmmu_mux #(.Inputs(Slots), .Width(RecordWidth)) u_asked (
      .select_i(asked_q), .data_i(record_i), .data_o(asked_slot)
  );

  rvmmu_arbiter #(.Requesters(Slots)) u_next (
      .clk_i, .rst_ni, .request_i(waiting),
      .take_i(owed ? |(handed_o & next) : |handed_o), .grant_o(next)
  );

  if (Looks) begin : gen_look
    // Slots ask first, the one that was next in the last cycle; then the stage if it found the L2
    // busy in cycle 0; then the incoming request. Whether a slot or the stage still needs its look
    // is known too late to give it to another. A slot asks twice, lest it is not taken the first
    // time; one that was not looks on, lest it is passed over in a rhythm. asked: whom the look
    // granted in the last cycle was for.
    logic looked_q;  // the stage's request was looked up in its cycle 0
    logic slot_asks_q;
    logic [Slots-1:0] chosen_q, refused_q;
    logic [RecordWidth-1:0] chosen_slot;
    logic [VpnWidth-1:0] chosen_vpn;
    localparam int Priv = rvmmu_pkg::WalkContext + rvmmu_pkg::ContextPriv;

    rvmmu_mux #(.Inputs(Slots), .Width(RecordWidth)) u_chosen (
        .select_i(chosen_q), .data_i(record_i), .data_o(chosen_slot)
    );
    assign chosen_vpn = chosen_slot[HeadWidth+12+:VpnWidth];

    assign stage_asks = stage_valid_i && !looked_q && !slot_asks_q;
    assign look_valid_o = slot_asks_q || stage_asks || accept_i;

    assign look_vpn_o = slot_asks_q ? chosen_vpn : stage_asks ? stage_vpn_i : req_vpn_i;
    assign look_asid_o = slot_asks_q ? chosen_slot[rvmmu_pkg::WalkAsid+:AsidWidth]
                       : stage_asks ? stage_head_i[rvmmu_pkg::WalkAsid+:AsidWidth]
                                    : req_head_i[rvmmu_pkg::WalkAsid+:AsidWidth];
    assign look_mode_o = slot_asks_q ? chosen_slot[rvmmu_pkg::WalkMode+:3]
                       : stage_asks ? stage_head_i[rvmmu_pkg::WalkMode+:3]
                                    : req_head_i[rvmmu_pkg::WalkMode+:3];
    assign look_user_o = (slot_asks_q ? chosen_slot[Priv+:2] : stage_asks ? stage_head_i[Priv+:2]
                                      : req_head_i[Priv+:2]) == rvmmu_pkg::PrivU;

    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) begin
        asked_q       <= '0;
        asked_stage_q <= 1'b0;
        looked_q      <= 1'b0;
        chosen_q      <= '0;
        slot_asks_q   <= 1'b0;
        refused_q     <= '0;
      end else begin
        refused_q   <= (refused_q | from_slot | (chosen_q & {Slots{slot_asks_q && !look_grant_i}}))
                     & need_i & ~handed_o;
        chosen_q    <= stage_asks ? free_i : next;
        slot_asks_q <= stage_asks ? stage_moves_i : |next;
        asked_q <= '0;
        if (look_grant_i && !flush_i) begin
          if (stage_asks) asked_q <= free_i;
          else asked_q <= chosen_q & need_i;
        end
        asked_stage_q <= look_grant_i && !flush_i && !stage_asks && !slot_asks_q;
        looked_q      <= look_grant_i && !stage_asks && !slot_asks_q;
      end

    assign from_slot = asked_q & need_i;
    assign owed = |(need_i & refused_q);
    assign waiting = owed ? need_i & refused_q : need_i & ~asked_q;
    logic unused_head;
    assign unused_head = &{1'b0, req_head_i};
  end else begin : gen_no_look
    assign stage_asks    = 1'b0;
    assign asked_stage_q = !(|need_i);
    assign owed          = 1'b0;
    assign waiting       = need_i;
    assign asked_q       = next;
    assign from_slot     = next;
    assign look_valid_o  = 1'b0;
    assign look_vpn_o    = '0;
    assign look_asid_o   = '0;
    assign look_mode_o   = '0;
    assign look_user_o   = 1'b0;
    logic unused_look;
    assign unused_look = &{1'b0, look_grant_i, flush_i, accept_i, req_vpn_i, req_head_i,
                           stage_valid_i, stage_moves_i};
  end

  assign miss_valid_o = (asked_stage_q && stage_misses_i) || |from_slot;
  assign stage_handed_o = asked_stage_q && stage_misses_i && miss_ready_i;
  assign handed_o = (!asked_stage_q && miss_ready_i) ? from_slot : '0;

  assign miss_walk_o = asked_stage_q ? {stage_place, stage_head_i}
                                     : {asked_place, asked_slot[HeadWidth-1:0]};

  always_comb begin
    miss_slot_o = '0;
    for (int s = 0; s < Slots; s++)
      if (asked_stage_q ? free_i[s] : asked_q[s]) miss_slot_o = miss_slot_o | SlotWidth'(s);
  end

  assign event_conflict_o = stage_asks && stage_misses_i;
endmodule

`default_nettype wire

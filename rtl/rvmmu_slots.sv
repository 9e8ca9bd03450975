// SPDX-License-Identifier: Apache-2.0
// rvmmu_slots: the miss slots of an L1, and which miss follows which. A miss to a page that a slot
// is fetching under the same translation context, with no fence in between, follows that slot: what
// it is answered with is kept for a cycle, and rvmmu_grant judges by it whether it does for the
// follower too. If not, the follower asks for itself; it never inherits a fault.
`default_nettype none

module rvmmu_slots #(
    parameter int Xlen = 64,          // 32 or 64
    parameter int Levels = 3,         // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,       // physical address bits
    parameter int AsidWidth = 9,      // 1 to 16
    parameter int TagWidth = 2,       // request tags, 1 to 6
    parameter int Slots = 1,          // 1 to 16; with one, nothing follows
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter bit Pmp = 1'b0,         // there is PMP
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int PageWidth = 3 + MaskWidth,
    localparam int RecordWidth =
        rvmmu_pkg::aligned(HeadWidth + Xlen + TagWidth + 2 + PageWidth)
) (
    input  wire logic                         clk_i,
    input  wire logic                         rst_ni,
    // from the lookup stage: a miss, which moves into a slot if one is free
    input  wire logic                         offer_i,         // there is a request: early to know
    input  wire logic                         take_i,
    input  wire logic                         take_handed_i,   // it was handed over in this cycle
    input  wire logic [         TagWidth-1:0] take_tag_i,
    input  wire logic [             Xlen-1:0] take_va_i,
    input  wire logic [        HeadWidth-1:0] take_head_i,
    output logic                              follows_o,       // it would follow a slot
    // to and from the shared part
    input  wire logic [            Slots-1:0] handed_i,        // this slot was handed over
    input  wire logic [            Slots-1:0] refill_i,        // the answer to this slot
    input  wire logic [                  1:0] refill_fault_i,
    input  wire logic [       EntryWidth-1:0] refill_entry_i,
    input  wire logic                         refill_fills_i,  // it enters the TLB
    input  wire logic [            Slots-1:0] sent_i,          // this slot's response leaves
    input  wire logic [      2**TagWidth-1:0] kill_i,
    input  wire logic                         flush_i,         // fence: its first cycle
    input  wire logic                         outdate_i,       // in that cycle and at completion
    // the refill of the last cycle, where there are several slots
    output logic                              refilled_o,
    output logic      [       EntryWidth-1:0] refilled_entry_o,
    output logic                              refilled_fills_o,
    // state, as rvmmu_slot describes it
    output logic      [            Slots-1:0] free_o,          // one-hot: the slot that a miss takes
    output logic                              idle_o,          // all are free
    output logic      [            Slots-1:0] need_o,
    output logic      [            Slots-1:0] done_o,
    output logic      [            Slots-1:0] live_o,
    output logic      [Slots*RecordWidth-1:0] record_o         // slot 0 lowest
);
  logic [Slots-1:0] free, take, leads, same, granted, leader, refilled;
  logic [1:0] fault;
  logic [EntryWidth-1:0] entry;
  logic [PpnWidth-1:0] ppn;
  logic [PageWidth-1:0] page;

  assign free_o = free & (~free + Slots'(1));
  assign idle_o = &free;
  assign take = take_i ? free_o : '0;
  assign leader = same & (~same + Slots'(1));
  assign follows_o = |same;
  assign ppn = entry[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];
  assign page = entry[rvmmu_pkg::EntryPage+:PageWidth];

  for (genvar s = 0; s < Slots; s++) begin : gen_slot
    rvmmu_slot #(
        .TagWidth(TagWidth), .Xlen(Xlen), .AsidWidth(AsidWidth), .PpnWidth(PpnWidth),
        .MaskWidth(MaskWidth), .Slots(Slots)
    ) u_slot (
        .clk_i, .rst_ni,
        .offer_i, .take_i(take[s]), .take_handed_i, .take_follows_i(follows_o),
        .take_leader_i(leader), .take_tag_i, .take_va_i, .take_head_i,
        .handed_i(handed_i[s]),
        .refill_i(refill_i[s]), .refilled_i(refilled), .leads_i(leads), .granted_i(granted[s]),
        .refill_fault_i(fault), .refill_ppn_i(ppn), .refill_page_i(page),
        .sent_i(sent_i[s]), .kill_i, .flush_i, .outdate_i,
        .free_o(free[s]), .need_o(need_o[s]), .done_o(done_o[s]), .leads_o(leads[s]),
        .live_o(live_o[s]), .record_o(record_o[s*RecordWidth+:RecordWidth])
    );
  end

  if (Slots > 1) begin : gen_follow
    localparam int Mode = rvmmu_pkg::WalkCanonical + 1 - rvmmu_pkg::WalkContext;
    logic [Slots-1:0] refilled_q;
    logic [1:0] fault_q;
    logic [EntryWidth-1:0] entry_q;
    logic fills_q;
    logic [Mode-1:0] take_mode;  // | canonical | levels | context |
    logic [AsidWidth-1:0] take_asid;
    logic [VpnWidth-1:0] take_vpn;
    logic take_old;

    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) refilled_q <= '0;
      else refilled_q <= refill_i;
    always_ff @(posedge clk_i)
      if (|refill_i) begin
        fault_q <= refill_fault_i;
        entry_q <= refill_entry_i;
        fills_q <= refill_fills_i;
      end
    assign refilled = refilled_q;
    assign refilled_o = |refilled_q;
    assign refilled_entry_o = entry_q;
    assign refilled_fills_o = fills_q;
    assign fault = fault_q;
    assign entry = entry_q;

    assign take_mode = take_head_i[rvmmu_pkg::WalkContext+:Mode];
    assign take_old  = take_head_i[rvmmu_pkg::WalkOld];
    assign take_asid = take_head_i[rvmmu_pkg::WalkAsid+:AsidWidth];
    assign take_vpn  = take_va_i[12+:VpnWidth];

    // Only a miss asks whom to follow.
    always_comb begin
      same = 'x;
      if (take_i)
        for (int s = 0; s < Slots; s++)
          same[s] = leads[s] && !take_old
                 && record_o[s*RecordWidth+rvmmu_pkg::WalkContext+:Mode] == take_mode
                 && record_o[s*RecordWidth+rvmmu_pkg::WalkAsid+:AsidWidth] == take_asid
                 && record_o[s*RecordWidth+HeadWidth+12+:VpnWidth] == take_vpn;
    end

    for (genvar s = 0; s < Slots; s++) begin : gen_judge
      logic [VpnWidth-1:0] vpn;
      logic [rvmmu_pkg::ContextWidth-1:0] hart;
      logic [rvmmu_pkg::AccessWidth-1:0] access;
      logic [2:0] levels;
      logic allowed;
      logic unused_update, unused_shadow, unused_load, unused_fetch, unused_beyond;
      logic [PpnWidth-1:0] unused_ppn;

      assign access = record_o[s*RecordWidth+rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
      assign hart   = record_o[s*RecordWidth+rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth];
      assign levels = record_o[s*RecordWidth+rvmmu_pkg::WalkLevels+:3];
      assign vpn    = record_o[s*RecordWidth+HeadWidth+12+:VpnWidth];

      rvmmu_grant #(
          .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
      ) u_grant (
          .ask_i(|refilled_q), .entry_i(entry_q), .accessed_i(1'b1), .vpn_i(vpn),
          .bare_i(Pmp && levels == 3'd0),
          .context_i(hart), .access_i(access),
          .allowed_o(allowed), .update_o(unused_update), .shadow_o(unused_shadow),
          .load_o(unused_load), .fetch_o(unused_fetch), .beyond_o(unused_beyond),
          .ppn_o(unused_ppn)
      );
      assign granted[s] = allowed && fills_q;
    end
  end else begin : gen_alone
    assign refilled = '0;
    assign refilled_o = 1'b0;
    assign refilled_entry_o = '0;
    assign refilled_fills_o = 1'b0;
    assign same     = '0;
    assign granted  = '0;
    assign fault = refill_fault_i;
    assign entry = refill_entry_i;
    logic unused;
    assign unused = &{1'b0, leads, refill_fills_i};
  end

  // Of an entry a response needs the PPN and the page's size and type.
  logic unused_entry;
  assign unused_entry = &{1'b0, entry};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_l1: one requester's side of the MMU: a TLB, the lookup stage, the miss slots, and the one
// response port. It never raises a page fault: what its TLB does not clearly allow goes to the shared
// part (rvmmu_shared), whose walker reads memory and decides.
//
// A request is accepted in cycle 0 with the context of that cycle, which it keeps. A hit answers in
// cycle 1, one a cycle, and so does any address that is not translated; with PMP the TLB holds
// pages of those too, so that PMP is asked for a page once. A miss asks the L2 and the walk cache in
// cycle 0 beside the TLB (look), is handed over in cycle 1 (miss), and answers in the cycle of its
// refill or, if the lookup stage answers then, in a later one; if none comes in Patience cycles,
// ready drops. A miss to a page that is being fetched under the same context follows that one: it
// is judged by the same leaf one cycle after its refill.
`default_nettype none

module rvmmu_l1 #(
    parameter int Xlen = 64,          // 32 or 64
    parameter int Levels = 3,         // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,       // physical address bits, 32 to 34 (Xlen 32) or 32 to 56
    parameter int AsidWidth = 9,      // 1 to 9 (Xlen 32) or 16
    parameter int TagWidth = 2,       // request tags, 1 to 6
    parameter int Entries = 8,        // fully associative TLB entries, a power of two, 2 to 128
    parameter int Ways = 0,           // 0: they hold all pages; else base pages are in sets of so many
    parameter int Sets = 16,          // sets, a power of two, 2 to 256
    parameter int Slots = 1,          // miss slots, 1 to 16; hits go on under Slots - 1 misses
    parameter int SlotWidth = 1,      // bits of a slot number, at least $clog2(Slots)
    parameter bit Looks = 1'b0,       // misses look something up before they are handed over
    parameter int Patience = 63,      // cycles that an answer waits before ready drops, 0 to 255
    parameter int Replacement = 0,    // of the TLB: rvmmu_pkg::Replacement...
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter bit Pmp = 1'b0,         // there is PMP
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic                               clk_i,
    input  wire logic                               rst_ni,
    // CSRs of the hart, captured with each request
    input  wire logic [                   Xlen-1:0] satp_i,
    input  wire logic                               sum_i,
    input  wire logic                               mxr_i,
    input  wire logic                               sbe_i,
    input  wire logic                               adue_i,
    input  wire logic                               pbmte_i,
    input  wire logic                               sse_i,
    input  wire logic [                        1:0] senvcfg_pmm_i,
    input  wire logic [                        1:0] menvcfg_pmm_i,
    input  wire logic [                        1:0] mseccfg_pmm_i,
    // request, from the core
    input  wire logic                               req_valid_i,
    output logic                                    req_ready_o,  // of registers only
    input  wire logic [               TagWidth-1:0] req_tag_i,
    input  wire logic [                   Xlen-1:0] req_va_i,
    input  wire logic [rvmmu_pkg::AccessWidth-1:0]  req_access_i,
    input  wire logic [                        2:0] req_size_i,   // log2 of bytes
    input  wire logic [                        1:0] req_priv_i,   // effective privilege
    input  wire logic                               req_speculative_i,
    // response, to the core; never back-pressured
    output logic                                    rsp_valid_o,
    output logic      [               TagWidth-1:0] rsp_tag_o,
    output logic      [                        1:0] rsp_result_o,
    output logic      [                PaWidth-1:0] rsp_pa_o,
    output logic      [                        5:0] rsp_page_shift_o,  // 0: not translated
    output logic      [                        1:0] rsp_pbmt_o,
    output logic      [                        5:0] rsp_cause_o,
    output logic      [                   Xlen-1:0] rsp_tval_o,
    // kill, from the core: a mask of tags
    input  wire logic [            2**TagWidth-1:0] kill_i,
    // look, to the shared part: what may miss is looked up there beside the TLB
    output logic                                    look_valid_o,
    output logic      [               VpnWidth-1:0] look_vpn_o,
    output logic      [              AsidWidth-1:0] look_asid_o,
    output logic      [                        2:0] look_mode_o,  // levels of the mode
    output logic                                    look_user_o,  // in U-mode
    input  wire logic                               look_grant_i,
    // miss, to the shared part; where it looks, only in the cycle after a granted look
    output logic                                    miss_valid_o,
    output logic      [              SlotWidth-1:0] miss_slot_o,
    output logic      [              WalkWidth-1:0] miss_walk_o,
    input  wire logic                               miss_ready_i,
    // refill, from the shared part
    input  wire logic                               refill_valid_i,
    input  wire logic [              SlotWidth-1:0] refill_slot_i,
    input  wire logic [                        1:0] refill_fault_i,
    input  wire logic [             EntryWidth-1:0] refill_entry_i,
    input  wire logic                               refill_keep_i,  // it may enter the TLB
    // drain: accepts nothing, so that idle comes
    input  wire logic                               drain_i,
    output logic                                    idle_o,         // nothing is unanswered
    // fence, from rvmmu_fence, for one cycle, announced in the same one; what would enter the TLB in
    // that cycle does not
    input  wire logic                               fence_soon_i,
    input  wire logic                               fence_i,
    input  wire logic                               outdate_i,  // in that cycle and at completion
    input  wire logic                               fence_use_va_i,
    input  wire logic                               fence_use_asid_i,
    input  wire logic [               VpnWidth-1:0] fence_vpn_i,
    input  wire logic [              AsidWidth-1:0] fence_asid_i,
    // events, one-cycle strobes; untranslated accesses are neither
    output logic                                    event_hit_o,
    output logic                                    event_miss_o,
    output logic                                    event_merge_o,    // a miss that follows another
    output logic                                    event_conflict_o  // a miss that found the L2 busy
);
  localparam int PageWidth = 3 + MaskWidth;  // what a response says of its page
  localparam int SlotRecord = rvmmu_pkg::aligned(HeadWidth + Xlen + TagWidth + 2 + PageWidth);

  // ---- Cycle 0: accept, and compare in the TLB.
  logic accept;
  logic [HeadWidth-1:0] req_head;
  logic [Xlen-1:0] req_va;  // after pointer masking
  logic req_bare;

  assign accept = req_valid_i && req_ready_o;

  rvmmu_capture #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Features(Features),
      .Pmp(Pmp)
  ) u_capture (
      .satp_i, .sum_i, .mxr_i, .sbe_i, .adue_i, .pbmte_i, .sse_i,
      .senvcfg_pmm_i, .menvcfg_pmm_i, .mseccfg_pmm_i,
      .priv_i(req_priv_i), .access_i(req_access_i), .size_i(req_size_i),
      .speculative_i(req_speculative_i), .va_i(req_va_i),
      .va_o(req_va), .head_o(req_head)
  );
  assign req_bare = Pmp && req_head[rvmmu_pkg::WalkLevels+:3] == 3'd0;

  // ---- Cycle 1: the lookup stage.
  logic stage_valid_q, stuck_q;  // stuck: it missed and found no slot
  logic [TagWidth-1:0] tag_q;
  logic [Xlen-1:0] va_q;
  logic [HeadWidth-1:0] head_q;

  logic tlb_match, beside;  // found in the TLB; refilled in the cycle of the lookup
  logic match, allowed, beyond_page, bare, direct, stack, canonical, live, granted, answers, misses;
  logic [rvmmu_pkg::AccessWidth-1:0] access_q;
  logic [EntryWidth-1:0] tlb_entry, match_entry;
  logic [PpnWidth-1:0] match_ppn;
  logic [VpnWidth-1:0] req_vpn, stage_vpn;
  logic [AsidWidth-1:0] req_asid;
  logic fills;  // a refill of this cycle enters the TLB

  assign req_vpn   = req_va[12+:VpnWidth];
  assign req_asid  = req_head[rvmmu_pkg::WalkAsid+:AsidWidth];
  assign stage_vpn = va_q[12+:VpnWidth];

  assign bare = head_q[rvmmu_pkg::WalkLevels+:3] == 3'd0;
  assign canonical = head_q[rvmmu_pkg::WalkCanonical];
  assign live = stage_valid_q && !kill_i[tag_q];
  assign granted = match && canonical && allowed && !beyond_page && (Pmp || !bare);

  // Without PMP an address that is not translated needs no page; a shadow stack always does.
  assign access_q = head_q[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign stack = Features[rvmmu_pkg::FeatureZicfiss] && rvmmu_pkg::stacks(access_q);
  assign direct = !Pmp && bare && !head_q[rvmmu_pkg::WalkBeyond] && !stack;

  assign answers = live && !stuck_q && (direct || granted);
  assign misses = live && (stuck_q || !(direct || granted));

  // ---- Miss slots.
  logic [Slots-1:0] free, need, done, slot_live, handed, refill, refill_of, sent;
  logic [Slots*SlotRecord-1:0] slot_record;  // | page | fault | tag | VA | head | of each
  logic stage_handed, follows, idle_slots, refilled, refilled_fills;
  logic [EntryWidth-1:0] refilled_entry;

  rvmmu_slots #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .Slots(Slots), .Features(Features), .Pmp(Pmp)
  ) u_slots (
      .clk_i, .rst_ni,
      .offer_i(stage_valid_q), .take_i(misses), .take_handed_i(stage_handed),
      .take_tag_i(tag_q), .take_va_i(va_q), .take_head_i(head_q), .follows_o(follows),
      .handed_i(handed), .refill_i(refill), .refill_fault_i, .refill_entry_i,
      .refill_fills_i(fills), .sent_i(sent), .kill_i, .flush_i(fence_i), .outdate_i,
      .free_o(free), .idle_o(idle_slots), .need_o(need), .done_o(done), .live_o(slot_live),
      .refilled_o(refilled), .refilled_entry_o(refilled_entry), .refilled_fills_o(refilled_fills),
      .record_o(slot_record)
  );

  for (genvar s = 0; s < Slots; s++) begin : gen_refill
    assign refill_of[s] = refill_slot_i == SlotWidth'(s);
    assign refill[s] = refill_valid_i && refill_of[s];
  end

  // ---- Ready, and what moves into the stage.
  logic impatient;  // an answer waits for a cycle in which the stage does not answer

  assign req_ready_o = |free && !impatient && !stuck_q && !drain_i;
  assign idle_o = idle_slots && !stage_valid_q;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      stage_valid_q <= 1'b0;
      stuck_q       <= 1'b0;
    end else begin
      stage_valid_q <= accept || (misses && !(|free));
      stuck_q       <= misses && !(|free);
    end

  always_ff @(posedge clk_i)
    if (accept) begin
      tag_q  <= req_tag_i;
      va_q   <= req_va;
      head_q <= req_head;
    end else if (outdate_i) head_q[rvmmu_pkg::WalkOld] <= 1'b1;

  // ---- Handing over. Without a match the stage hands over at once; a match that does not allow
  //      the access goes through its slot, to keep the permission check out of this path.
  logic stage_misses;

  assign stage_misses = live && !stuck_q && (Pmp || !bare) && !match && !follows && |free;

  rvmmu_handover #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .Slots(Slots), .SlotWidth(SlotWidth), .Looks(Looks), .Pmp(Pmp)
  ) u_handover (
      .clk_i, .rst_ni,
      .accept_i(accept), .req_vpn_i(req_vpn), .req_head_i(req_head),
      .stage_valid_i(stage_valid_q && !stuck_q && (Pmp || !bare)), .stage_misses_i(stage_misses),
      .stage_moves_i(misses), .stage_vpn_i(stage_vpn), .stage_offset_i(va_q[11:2]),
      .stage_head_i(head_q), .stage_handed_o(stage_handed),
      .free_i(free), .need_i(need), .record_i(slot_record), .handed_o(handed),
      .look_valid_o, .look_vpn_o, .look_asid_o, .look_mode_o, .look_user_o, .look_grant_i,
      .miss_valid_o, .miss_slot_o, .miss_walk_o, .miss_ready_i, .flush_i(fence_i),
      .event_conflict_o
  );

  // ---- TLB: a refill that is a granted leaf enters it, unless its request is old: in the cycle of
  //      the refill, or where there are several slots, a cycle later. A lookup of its page beside
  //      the refill finds it all the same.
  logic [SlotRecord-1:0] refill_slot;
  logic refill_bare, fill, fill_bare;
  logic [VpnWidth-1:0] refill_vpn, fill_vpn;
  logic [AsidWidth-1:0] refill_asid, fill_asid;
  logic [EntryWidth-1:0] fill_entry;

  assign fills = refill_keep_i && !refill_slot[rvmmu_pkg::WalkOld] && !fence_soon_i;
  assign refill_bare = Pmp && refill_slot[rvmmu_pkg::WalkLevels+:3] == 3'd0;
  assign refill_vpn = refill_slot[HeadWidth+12+:VpnWidth];
  assign refill_asid = refill_slot[rvmmu_pkg::WalkAsid+:AsidWidth];

  rvmmu_mux #(.Inputs(Slots), .Width(SlotRecord)) u_refill (
      .select_i(refill_of), .data_i(slot_record), .data_o(refill_slot)
  );

  if (Slots > 1) begin : gen_fill_later
    logic bare_q;
    logic [VpnWidth-1:0] vpn_q;
    logic [AsidWidth-1:0] asid_q;

    always_ff @(posedge clk_i)
      if (refill_valid_i) begin
        bare_q <= refill_bare;
        vpn_q  <= refill_vpn;
        asid_q <= refill_asid;
      end

    // U-mode finds only what U-mode was granted, which is a U page.
    logic refill_user, beside_q;
    assign refill_user = refill_slot[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextPriv+:2]
                      == rvmmu_pkg::PrivU;
    always_ff @(posedge clk_i)
      if (accept)
        beside_q <= refill_valid_i && fills && refill_vpn == req_vpn && refill_asid == req_asid
                 && refill_bare == req_bare && (refill_user || req_priv_i != rvmmu_pkg::PrivU);
    assign beside = beside_q;
    assign match = tlb_match || beside;
    assign match_entry = beside ? refilled_entry : tlb_entry;
    assign fill = refilled && refilled_fills && !fence_soon_i;
    assign fill_bare = bare_q;
    assign fill_vpn = vpn_q;
    assign fill_asid = asid_q;
    assign fill_entry = refilled_entry;
  end else begin : gen_fill_at_once
    assign fill = refill_valid_i && fills;
    assign fill_bare = refill_bare;
    assign fill_vpn = refill_vpn;
    assign fill_asid = refill_asid;
    assign fill_entry = refill_entry_i;
    assign beside = 1'b0;
    assign match = tlb_match;
    assign match_entry = tlb_entry;
    logic unused;
    assign unused = &{1'b0, refilled, refilled_fills, refilled_entry};
  end

  logic req_user, used, fill_soon;

  assign req_user = req_priv_i == rvmmu_pkg::PrivU && !req_bare;
  assign used = answers && !direct && !beside;
  assign fill_soon = !(|free);

  if (Ways > 0) begin : gen_sets
    rvmmu_tlb_sets #(
        .Ways(Ways), .Sets(Sets), .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels),
        .AsidWidth(AsidWidth), .PpnWidth(PpnWidth), .Replacement(Replacement), .Shared(Slots == 1)
    ) u_tlb (
        .clk_i, .rst_ni,
        .lookup_i(accept), .lookup_vpn_i(req_vpn), .lookup_asid_i(req_asid),
        .lookup_bare_i(req_bare), .lookup_user_i(req_user),
        .match_o(tlb_match), .entry_o(tlb_entry), .used_i(used),
        .fill_soon_i(fill_soon), .fill_i(fill), .fill_vpn_i(fill_vpn), .fill_asid_i(fill_asid),
        .fill_bare_i(fill_bare), .fill_entry_i(fill_entry),
        .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
    );
  end else begin : gen_fully_associative
    rvmmu_tlb #(
        .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
        .PpnWidth(PpnWidth), .Replacement(Replacement), .Shared(Slots == 1)
    ) u_tlb (
        .clk_i, .rst_ni,
        .lookup_i(accept), .lookup_vpn_i(req_vpn), .lookup_asid_i(req_asid),
        .lookup_bare_i(req_bare), .lookup_user_i(req_user),
        .match_o(tlb_match), .entry_o(tlb_entry), .used_i(used),
        .fill_soon_i(fill_soon), .fill_i(fill), .fill_vpn_i(fill_vpn), .fill_asid_i(fill_asid),
        .fill_bare_i(fill_bare), .fill_entry_i(fill_entry),
        .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
    );
  end

  logic unused_update, unused_shadow, unused_load, unused_fetch;  // a miss, whatever is missing

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
  ) u_grant (
      .ask_i(stage_valid_q), .entry_i(match_entry), .accessed_i(1'b1), .vpn_i(stage_vpn),
      .bare_i(Pmp && bare),
      .context_i(head_q[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth]), .access_i(access_q),
      .allowed_o(allowed), .beyond_o(beyond_page), .ppn_o(match_ppn),
      .update_o(unused_update), .shadow_o(unused_shadow), .load_o(unused_load),
      .fetch_o(unused_fetch)
  );

  // ---- Response.
  rvmmu_response #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .Slots(Slots), .Patience(Patience), .Pmp(Pmp)
  ) u_response (
      .clk_i, .rst_ni,
      .stage_answers_i(answers), .stage_direct_i(direct), .stage_bare_i(bare), .stage_tag_i(tag_q),
      .stage_va_i(va_q), .stage_ppn_i(match_ppn),
      .stage_page_i(match_entry[rvmmu_pkg::EntryPage+:PageWidth]),
      .done_i(done), .live_i(slot_live), .record_i(slot_record), .sent_o(sent),
      .refill_i(refill), .refill_slot_i(refill_slot), .refill_fault_i,
      .refill_ppn_i(refill_entry_i[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth]),
      .refill_page_i(refill_entry_i[rvmmu_pkg::EntryPage+:PageWidth]),
      .impatient_o(impatient),
      .rsp_valid_o, .rsp_tag_o, .rsp_result_o, .rsp_pa_o, .rsp_page_shift_o, .rsp_pbmt_o,
      .rsp_cause_o, .rsp_tval_o
  );

  assign event_hit_o  = answers && !direct;
  assign event_miss_o = misses && !stuck_q;
  assign event_merge_o = misses && |free && follows;
endmodule

`default_nettype wire

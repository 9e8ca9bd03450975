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
  localparam int RecordTag = HeadWidth + Xlen;
  localparam int RecordFault = RecordTag + TagWidth;
  localparam int RecordPage = RecordFault + 2;
  localparam int PageWidth = 3 + MaskWidth;
  localparam int SlotRecord = rvmmu_pkg::aligned(RecordPage + PageWidth);
  localparam int RootPpn = rvmmu_pkg::WalkAsid + AsidWidth;

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

  // ---- An answer that waits has patience. In the only slot it keeps ready low by itself.
  logic impatient;

  if (Slots > 1 && Patience > 0) begin : gen_patience
    localparam int Width = $clog2(Patience + 1);
    logic [Width-1:0] waited_q;
    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) waited_q <= '0;
      else if (!(|done) || !answers) waited_q <= '0;
      else if (!impatient) waited_q <= waited_q + 1'b1;
    assign impatient = waited_q == Width'(Patience);
  end else begin : gen_no_patience
    assign impatient = |done;
  end

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
  logic stage_misses, stage_asks, asked_stage_q;
  logic [Slots-1:0] next, asked_q, from_slot;  // one-hot: who asks next; who has asked
  logic [Slots-1:0] waiting;                   // who may be next
  logic owed;                                  // one of them was refused
  logic [SlotRecord-1:0] asked_slot;
  logic [rvmmu_pkg::OffsetWidth+VpnWidth-1:0] stage_place, asked_place;  // | VPN | VA[11:2] |

  assign stage_place = {stage_vpn, Pmp ? va_q[11:2] : 10'd0};
  assign asked_place = {asked_slot[HeadWidth+12+:VpnWidth],
                        Pmp ? asked_slot[HeadWidth+2+:rvmmu_pkg::OffsetWidth] : 10'd0};

  rvmmu_mux #(.Inputs(Slots), .Width(SlotRecord)) u_asked (
      .select_i(asked_q), .data_i(slot_record), .data_o(asked_slot)
  );

  assign stage_misses = live && !stuck_q && (Pmp || !bare) && !match && !follows && |free;

  rvmmu_arbiter #(.Requesters(Slots)) u_next (
      .clk_i, .rst_ni, .request_i(waiting),
      .take_i(owed ? |(handed & next) : |handed), .grant_o(next)
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
    logic [SlotRecord-1:0] chosen_slot;
    logic [VpnWidth-1:0] chosen_vpn;
    logic [AsidWidth-1:0] stage_asid, chosen_asid;
    logic [2:0] req_mode, stage_mode, chosen_mode;
    logic [1:0] stage_priv, chosen_priv;

    rvmmu_mux #(.Inputs(Slots), .Width(SlotRecord)) u_chosen (
        .select_i(chosen_q), .data_i(slot_record), .data_o(chosen_slot)
    );
    assign chosen_vpn  = chosen_slot[HeadWidth+12+:VpnWidth];
    assign chosen_asid = chosen_slot[rvmmu_pkg::WalkAsid+:AsidWidth];
    assign chosen_mode = chosen_slot[rvmmu_pkg::WalkMode+:3];
    assign stage_asid  = head_q[rvmmu_pkg::WalkAsid+:AsidWidth];
    assign stage_mode  = head_q[rvmmu_pkg::WalkMode+:3];
    assign chosen_priv = chosen_slot[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextPriv+:2];
    assign stage_priv  = head_q[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextPriv+:2];
    assign req_mode    = req_head[rvmmu_pkg::WalkMode+:3];

    assign stage_asks = stage_valid_q && !stuck_q && !looked_q && (Pmp || !bare) && !slot_asks_q;
    assign look_valid_o = slot_asks_q || stage_asks || accept;

    assign look_vpn_o  = slot_asks_q ? chosen_vpn : stage_asks ? stage_vpn : req_vpn;
    assign look_asid_o = slot_asks_q ? chosen_asid : stage_asks ? stage_asid : req_asid;
    assign look_mode_o = slot_asks_q ? chosen_mode : stage_asks ? stage_mode : req_mode;
    assign look_user_o = (slot_asks_q ? chosen_priv : stage_asks ? stage_priv : req_priv_i)
                      == rvmmu_pkg::PrivU;

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
                     & need & ~handed;
        chosen_q    <= stage_asks ? free : next;
        slot_asks_q <= stage_asks ? misses : |next;
        asked_q <= '0;
        if (look_grant_i && !fence_i) begin
          if (stage_asks) asked_q <= free;
          else asked_q <= chosen_q & need;
        end
        asked_stage_q <= look_grant_i && !fence_i && !stage_asks && !slot_asks_q;
        looked_q      <= look_grant_i && !stage_asks && !slot_asks_q;
      end

    assign from_slot = asked_q & need;
    assign owed = |(need & refused_q);
    assign waiting = owed ? need & refused_q : need & ~asked_q;
  end else begin : gen_no_look
    assign stage_asks    = 1'b0;
    assign asked_stage_q = !(|need);
    assign owed          = 1'b0;
    assign waiting       = need;
    assign asked_q       = next;
    assign from_slot     = next;
    assign look_valid_o  = 1'b0;
    assign look_vpn_o    = '0;
    assign look_asid_o   = '0;
    assign look_mode_o   = '0;
    assign look_user_o   = 1'b0;
    logic unused_look;
    assign unused_look = &{1'b0, look_grant_i};
  end

  assign miss_valid_o = (asked_stage_q && stage_misses) || |from_slot;
  assign stage_handed = asked_stage_q && stage_misses && miss_ready_i;
  assign handed = (!asked_stage_q && miss_ready_i) ? from_slot : '0;

  assign miss_walk_o = asked_stage_q ? {stage_place, head_q}
                                     : {asked_place, asked_slot[HeadWidth-1:0]};

  always_comb begin
    miss_slot_o = '0;
    for (int s = 0; s < Slots; s++)
      if (asked_stage_q ? free[s] : asked_q[s]) miss_slot_o = miss_slot_o | SlotWidth'(s);
  end

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

  if (Ways > 0) begin : gen_sets
    rvmmu_tlb_sets #(
        .Ways(Ways), .Sets(Sets), .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels),
        .AsidWidth(AsidWidth), .PpnWidth(PpnWidth), .Replacement(Replacement),
        .Shared(Slots == 1)
    ) u_tlb (
        .clk_i, .rst_ni,
        .lookup_i(accept),
        .lookup_vpn_i(req_vpn),
        .lookup_asid_i(req_asid),
        .lookup_bare_i(req_bare),
        .lookup_user_i(req_priv_i == rvmmu_pkg::PrivU && !req_bare),
        .match_o(tlb_match),
        .entry_o(tlb_entry),
        .used_i(answers && !direct && !beside),
        .fill_soon_i(!(|free)), .fill_i(fill), .fill_vpn_i(fill_vpn), .fill_asid_i(fill_asid),
        .fill_bare_i(fill_bare), .fill_entry_i(fill_entry),
        .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
    );
  end else begin : gen_fully_associative
    rvmmu_tlb #(
        .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
        .PpnWidth(PpnWidth), .Replacement(Replacement), .Shared(Slots == 1)
    ) u_tlb (
        .clk_i, .rst_ni,
        .lookup_i(accept),
        .lookup_vpn_i(req_vpn),
        .lookup_asid_i(req_asid),
        .lookup_bare_i(req_bare),
        .lookup_user_i(req_priv_i == rvmmu_pkg::PrivU && !req_bare),
        .match_o(tlb_match),
        .entry_o(tlb_entry),
        .used_i(answers && !direct && !beside),
        .fill_soon_i(!(|free)), .fill_i(fill), .fill_vpn_i(fill_vpn), .fill_asid_i(fill_asid),
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

  // ---- Response: the stage first, then a waiting slot, then the refill of this cycle.
  logic [Slots-1:0] first_done, send;
  logic [SlotRecord-1:0] done_slot, sent_slot;
  logic [1:0] fault;
  logic [PpnWidth-1:0] ppn, va_ppn, done_ppn, refill_ppn;
  logic [PageWidth-1:0] page, match_page, done_page, refill_page;
  logic translated;
  logic [rvmmu_pkg::AccessWidth-1:0] access;
  logic [1:0] done_fault;

  rvmmu_arbiter #(.Requesters(Slots)) u_first_done (
      .clk_i, .rst_ni, .request_i(done), .take_i(|(sent & done)), .grant_o(first_done)
  );
  assign send = answers ? '0 : |done ? first_done : refill;
  assign sent = send & slot_live;
  assign rsp_valid_o = answers || |sent;

  rvmmu_mux #(.Inputs(Slots), .Width(SlotRecord)) u_done (
      .select_i(first_done), .data_i(slot_record), .data_o(done_slot)
  );
  assign sent_slot = |done ? done_slot : refill_slot;
  assign done_fault = done_slot[RecordFault+:2];
  assign done_page  = done_slot[RecordPage+:PageWidth];
  assign done_ppn   = done_slot[RootPpn+:PpnWidth];
  assign match_page = match_entry[rvmmu_pkg::EntryPage+:PageWidth];
  assign va_ppn     = PpnWidth'(va_q >> 12);
  assign refill_ppn = refill_entry_i[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];
  assign refill_page = refill_entry_i[rvmmu_pkg::EntryPage+:PageWidth];

  always_comb begin
    if (answers) begin
      fault = rvmmu_pkg::FaultNone;
      ppn   = direct ? va_ppn : match_ppn;
      page  = match_page;
    end else if (|done) begin
      fault = done_fault;
      ppn   = done_ppn;
      page  = done_page;
    end else begin
      fault = refill_fault_i;
      ppn   = refill_ppn;
      page  = refill_page;
    end
  end

  logic [2:0] sent_levels;
  logic [MaskWidth-1:0] mask;

  assign rsp_tag_o = answers ? tag_q : sent_slot[RecordTag+:TagWidth];
  assign rsp_tval_o = sent_slot[HeadWidth+:Xlen];
  assign access = sent_slot[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth];
  assign rsp_result_o = (fault == rvmmu_pkg::FaultNone) ? rvmmu_pkg::ResultGranted
                      : (fault == rvmmu_pkg::FaultDefer) ? rvmmu_pkg::ResultDefer
                                                         : rvmmu_pkg::ResultFault;
  assign rsp_cause_o = rvmmu_pkg::cause(fault, access);
  assign rsp_pa_o = {ppn, answers ? va_q[11:0] : rsp_tval_o[11:0]};
  assign sent_levels = sent_slot[rvmmu_pkg::WalkLevels+:3];
  assign translated = answers ? !bare : !Pmp || sent_levels != 3'd0;
  assign rsp_pbmt_o = translated ? page[1:0] : 2'd0;
  assign mask = page[3+:MaskWidth];
  assign rsp_page_shift_o = translated ? rvmmu_pkg::page_shift(page[2], 4'(mask), VpnBits) : 6'd0;

  assign event_hit_o  = answers && !direct;
  assign event_miss_o = misses && !stuck_q;
  assign event_merge_o = misses && |free && follows;
  assign event_conflict_o = stage_asks && stage_misses;
endmodule

`default_nettype wire

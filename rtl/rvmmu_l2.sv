// SPDX-License-Identifier: Apache-2.0
// rvmmu_l2: the second-level TLB that all L1s share: base pages in set-associative RAM, indexed by
// the low VPN bits alone, and larger pages in a small fully associative rvmmu_tlb. What it does not
// clearly grant goes on to the walker. It never raises a fault.
//
// Look (cycle 0) reads the RAM; miss (cycle 1) hands over the request that looked; the hit or the
// start of a walk leaves in cycle 2 + Register. A walk's leaf is written by read, compare, write, so
// that no two words of a set match one address; one that comes while another is being written is
// not kept. A fence by address goes through one set, by ASID through all of them, one a cycle;
// nothing is looked up meanwhile.
`default_nettype none

module rvmmu_l2 #(
    parameter int Xlen = 64,         // 32 or 64
    parameter int Levels = 3,        // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,      // physical address bits
    parameter int AsidWidth = 9,     // 1 to 16
    parameter int OwnerWidth = 2,    // bits that say whose request it is
    parameter int Sets = 64,         // a power of two, 2 to 4096
    parameter int Ways = 2,          // 1 to 16
    parameter int Large = 4,         // entries for larger pages, a power of two, 2 to 128
    parameter bit Register = 1'b0,   // one more register behind the RAM
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter bit Pmp = 1'b0,        // there is PMP
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int HeadWidth = rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth,
    localparam int WalkWidth = HeadWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic                       clk_i,
    input  wire logic                       rst_ni,
    // look, from rvmmu_intake
    input  wire logic                       look_valid_i,
    input  wire logic [       VpnWidth-1:0] look_vpn_i,
    input  wire logic [      AsidWidth-1:0] look_asid_i,
    output logic                            look_ready_o,
    // miss, from rvmmu_intake: only in the cycle after a look
    input  wire logic                       miss_valid_i,
    input  wire logic [     OwnerWidth-1:0] miss_owner_i,
    input  wire logic [      WalkWidth-1:0] miss_walk_i,
    output logic                            miss_ready_o,
    // hit, to the L1s
    output logic                            hit_valid_o,
    input  wire logic                       hit_ready_i,
    output logic      [     EntryWidth-1:0] hit_entry_o,
    // start, to the walker; owner and walk are those of the hit too
    output logic                            start_valid_o,
    input  wire logic                       start_ready_i,
    output logic      [     OwnerWidth-1:0] start_owner_o,
    output logic      [      WalkWidth-1:0] start_walk_o,
    output logic                            next_valid_o,  // what may start in the next cycle
    output logic      [      WalkWidth-1:0] next_walk_o,
    // fill, from the walker
    input  wire logic                       fill_i,
    input  wire logic                       fill_spare_i,  // it was prefetched: asked for by nobody
    output logic                            fill_ready_o,  // one would not be dropped
    input  wire logic [       VpnWidth-1:0] fill_vpn_i,
    input  wire logic [      AsidWidth-1:0] fill_asid_i,
    input  wire logic [     EntryWidth-1:0] fill_entry_i,
    // fence, from rvmmu_fence: flush for one cycle, announced in the same one, operands until done
    input  wire logic                       fence_soon_i,
    input  wire logic                       flush_i,
    input  wire logic                       fence_use_va_i,
    input  wire logic                       fence_use_asid_i,
    input  wire logic [       VpnWidth-1:0] fence_vpn_i,
    input  wire logic [      AsidWidth-1:0] fence_asid_i,
    output logic                            fence_done_o,
    // events, one-cycle strobes
    output logic                            event_hit_o,
    output logic                            event_miss_o
);
  localparam int SetWidth = $clog2(Sets);
  localparam int TagWidth = VpnWidth - SetWidth;
  localparam int Ppn = rvmmu_pkg::EntryMask + MaskWidth;
  localparam int Vpn = HeadWidth + rvmmu_pkg::OffsetWidth;
  localparam int Stride = rvmmu_pkg::aligned(EntryWidth);

  // ---- Cycle 0: one read a cycle, the upkeep (fills and fences) first.
  logic upkeep_read, upkeep_write;
  logic [SetWidth-1:0] upkeep_read_set, upkeep_set, read_set;
  logic blocked, look;

  // A word that is being written cannot be read; of registers only, so any look waits a cycle.
  assign look_ready_o = !blocked && !upkeep_write;
  assign look = look_valid_i && look_ready_o;
  assign read_set = upkeep_read ? upkeep_read_set : look_vpn_i[SetWidth-1:0];

  // ---- Cycle 1: the request is handed over.
  logic take, result_valid_q, result_hit_q, result_free;
  logic [OwnerWidth-1:0] key_owner, result_owner_q;
  logic [WalkWidth-1:0] key_walk, result_walk_q;
  logic key_valid;

  assign miss_ready_o = take;

  // ---- Cycle 1 + Register: compare.
  logic large_match, large_tlb_match;
  logic [EntryWidth-1:0] large_entry, large_tlb_entry;
  logic result_moves;

  if (Register) begin : gen_register
    // One request at a time between here and the result, so that the RAM never has to wait.
    logic key_valid_q, large_match_q;
    logic [OwnerWidth-1:0] key_owner_q;
    logic [WalkWidth-1:0] key_walk_q;
    logic [EntryWidth-1:0] large_entry_q;

    assign take = !key_valid_q && result_free && !flush_i;
    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) key_valid_q <= 1'b0;
      else key_valid_q <= miss_valid_i && take;
    always_ff @(posedge clk_i) begin
      if (miss_valid_i && take) begin
        key_owner_q <= miss_owner_i;
        key_walk_q  <= miss_walk_i;
      end
      large_match_q <= large_tlb_match;
      large_entry_q <= large_tlb_entry;
    end
    assign key_valid   = key_valid_q;
    assign key_owner   = key_owner_q;
    assign key_walk    = key_walk_q;
    assign large_match = large_match_q;
    assign large_entry = large_entry_q;
  end else begin : gen_direct
    assign take        = result_free && !flush_i;
    assign key_valid   = miss_valid_i;
    assign key_owner   = miss_owner_i;
    assign key_walk    = miss_walk_i;
    assign large_match = large_tlb_match;
    assign large_entry = large_tlb_entry;
  end

  logic upkeep_acts, upkeep_fence;
  logic [TagWidth-1:0] upkeep_tag;
  logic [AsidWidth-1:0] upkeep_asid, key_asid;
  logic [TagWidth-1:0] key_tag;
  logic [EntryWidth-1:0] upkeep_entry;

  assign key_tag  = upkeep_acts ? upkeep_tag
                                : key_walk[Vpn+SetWidth+:TagWidth];
  assign key_asid = upkeep_acts ? upkeep_asid : key_walk[rvmmu_pkg::WalkAsid+:AsidWidth];

  logic [Ways-1:0] way_valid, way_tag_equal, way_asid_equal, way_global, way_match, way_removed;
  logic [Ways-1:0] way_write, way_clear;
  logic [Ways*Stride-1:0] way_entry;

  for (genvar w = 0; w < Ways; w++) begin : gen_way
    logic [rvmmu_pkg::FlagsWidth-1:0] flags;
    logic [1:0] pbmt;
    logic [PpnWidth-1:0] ppn;
    assign way_entry[w*Stride+:Stride] = !key_valid ? 'x : Stride'({
      ppn, MaskWidth'(0), 1'b0, pbmt, 1'b0, way_global[w], flags
    });
    rvmmu_l2_way #(
        .Sets(Sets), .TagWidth(TagWidth), .AsidWidth(AsidWidth), .PpnWidth(PpnWidth),
        .Register(Register), .Extra(Pmp || Features[rvmmu_pkg::FeatureSvpbmt])
    ) u_way (
        .clk_i, .rst_ni,
        .read_i(upkeep_read || look), .read_set_i(read_set),
        .key_tag_i(key_tag), .key_asid_i(key_asid),
        .valid_o(way_valid[w]), .tag_equal_o(way_tag_equal[w]), .asid_equal_o(way_asid_equal[w]),
        .global_o(way_global[w]), .flags_o(flags), .pbmt_o(pbmt), .ppn_o(ppn),
        .write_i(way_write[w]), .clear_i(way_clear[w]), .change_set_i(upkeep_set),
        .write_tag_i(upkeep_tag), .write_asid_i(upkeep_asid),
        .write_global_i(upkeep_entry[rvmmu_pkg::EntryGlobal]),
        .write_flags_i(upkeep_entry[rvmmu_pkg::FlagsWidth-1:0]),
        .write_pbmt_i(upkeep_entry[rvmmu_pkg::EntryPbmt+:2]),
        .write_ppn_i(upkeep_entry[Ppn+:PpnWidth]),
        .clear_all_i(flush_i && !fence_use_va_i && !fence_use_asid_i)
    );
  end

  assign way_match = way_valid & way_tag_equal & (way_asid_equal | way_global);

  logic [EntryWidth-1:0] base_entry, found;
  logic allowed, page_beyond, granted;
  logic [PpnWidth-1:0] found_ppn;

  rvmmu_mux #(.Inputs(Ways), .Width(EntryWidth), .Stride(Stride)) u_base_entry (
      .select_i(way_match), .data_i(way_entry), .data_o(base_entry)
  );

  // A base page and a larger one may both match; the base page is asked.
  assign found = (|way_match) ? base_entry : large_entry;

  logic unused_update, unused_shadow, unused_load, unused_fetch;  // a miss, whatever is missing

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Features)
  ) u_grant (
      .ask_i(key_valid), .entry_i(found), .accessed_i(1'b1), .vpn_i(key_walk[Vpn+:VpnWidth]),
      .bare_i(1'b0),
      .context_i(key_walk[rvmmu_pkg::WalkContext+:rvmmu_pkg::ContextWidth]),
      .access_i(key_walk[rvmmu_pkg::WalkAccess+:rvmmu_pkg::AccessWidth]),
      .allowed_o(allowed), .beyond_o(page_beyond), .ppn_o(found_ppn),
      .update_o(unused_update), .shadow_o(unused_shadow), .load_o(unused_load),
      .fetch_o(unused_fetch)
  );

  // What is not translated is never here. A request of before a fence may have a root of its own.
  assign granted = (|way_match || large_match) && allowed && !page_beyond
                && !key_walk[rvmmu_pkg::WalkOld] && key_walk[rvmmu_pkg::WalkCanonical]
                && key_walk[rvmmu_pkg::WalkLevels+:3] != 3'd0;

  // ---- Cycle 2 + Register: the hit, or the start of a walk.
  logic [EntryWidth-1:0] result_entry_q;

  assign result_moves = result_hit_q ? hit_ready_i : start_ready_i;
  assign result_free = !result_valid_q || result_moves;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) result_valid_q <= 1'b0;
    else if (flush_i) result_valid_q <= 1'b0;
    else if (result_free) result_valid_q <= key_valid;

  always_ff @(posedge clk_i)
    if (result_free && key_valid) begin
      result_hit_q   <= granted;
      result_owner_q <= key_owner;
      result_walk_q  <= key_walk;
      result_entry_q <= {found_ppn, found[Ppn-1:0]};
    end

  assign hit_valid_o   = result_valid_q && result_hit_q;
  assign hit_entry_o   = result_entry_q;
  assign start_valid_o = result_valid_q && !result_hit_q;
  assign start_owner_o = result_owner_q;
  assign start_walk_o  = result_walk_q;
  assign next_valid_o  = key_valid;
  assign next_walk_o   = key_walk;

  // ---- Larger pages.
  logic large_fill;
  logic [VpnWidth-1:0] large_vpn;
  logic [AsidWidth-1:0] large_asid;

  rvmmu_tlb #(
      .Entries(Large), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
      .PpnWidth(PpnWidth)
  ) u_large (
      .clk_i, .rst_ni,
      .lookup_i(look), .lookup_vpn_i(look_vpn_i), .lookup_asid_i(look_asid_i),
      .lookup_bare_i(1'b0), .lookup_user_i(1'b0),
      .match_o(large_tlb_match), .entry_o(large_tlb_entry),
      .used_i(miss_valid_i && large_tlb_match),
      .fill_soon_i(1'b0), .fill_i(large_fill && !fence_soon_i), .fill_vpn_i(large_vpn),
      .fill_asid_i(large_asid), .fill_bare_i(1'b0), .fill_entry_i(upkeep_entry),
      .fence_soon_i, .fence_i(flush_i), .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
  );

  // ---- Upkeep: read a set, compare, change it.
  rvmmu_l2_upkeep #(
      .VpnWidth(VpnWidth), .AsidWidth(AsidWidth), .EntryWidth(EntryWidth), .MaskWidth(MaskWidth),
      .Sets(Sets), .Ways(Ways), .Register(Register)
  ) u_upkeep (
      .clk_i, .rst_ni,
      .fill_i, .fill_spare_i, .fill_ready_o, .fill_vpn_i, .fill_asid_i,
      .fill_entry_i,
      .flush_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i, .fence_done_o,
      .read_o(upkeep_read), .read_set_o(upkeep_read_set), .blocked_o(blocked),
      .acts_o(upkeep_acts), .acts_fence_o(upkeep_fence), .acts_set_o(upkeep_set),
      .large_o(large_fill), .large_vpn_o(large_vpn), .large_asid_o(large_asid),
      .acts_tag_o(upkeep_tag), .acts_asid_o(upkeep_asid), .acts_entry_o(upkeep_entry),
      .valid_i(way_valid), .removed_i(way_removed), .write_o(way_write), .clear_o(way_clear)
  );

  // What the operation removes of the set it has read; the rules are those of rvmmu_tlb_entry.
  assign way_removed = upkeep_fence
      ? way_valid & (way_tag_equal | {Ways{!fence_use_va_i}})
                  & ((way_asid_equal & ~way_global) | {Ways{!fence_use_asid_i}})
      : way_valid & way_tag_equal
                  & (way_asid_equal | way_global | {Ways{upkeep_entry[rvmmu_pkg::EntryGlobal]}});

  assign upkeep_write = upkeep_acts && !upkeep_fence;

  assign event_hit_o = hit_valid_o && hit_ready_i;
  assign event_miss_o = start_valid_o && start_ready_i;
endmodule

`default_nettype wire

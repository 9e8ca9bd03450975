// SPDX-License-Identifier: Apache-2.0
// rvmmu_shared: what several L1s share: the L2 and the walk cache if there are any, the walker, and
// the refill that answers them. Without an L2 the L1s' misses go to the walker.
`default_nettype none

module rvmmu_shared #(
    parameter int Ports = 2,         // L1s, 1 or more
    parameter int Xlen = 64,         // 32 or 64
    parameter int Levels = 3,        // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,      // physical address bits
    parameter int AsidWidth = 9,     // 1 to 16
    parameter int SlotWidth = 1,     // bits of an L1's slot number
    parameter int L2Ways = 0,        // 0: no L2
    parameter int L2Sets = 64,       // a power of two
    parameter int L2Large = 4,       // L2 entries for larger pages, a power of two
    parameter bit L2Register = 1'b0, // one more register behind the L2 RAM
    parameter int Walkers = 1,       // walks at once, 1 to 8
    parameter int WalkCacheEntries = 0,  // pointers of each level, 0: no walk cache
    parameter bit MemoryLine = 1'b0, // memory answers a read with the 64 bytes around it
    parameter int Prefetch = 0,      // next pages' leaves taken from that line into the L2, 0 to 7
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    parameter int PmpEntries = 0,    // 0: no PMP
    parameter int PmpGrain = 0,      // G of the build
    localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1,
    localparam int PmpAddrWidth = PaWidth - 2,
    localparam int VpnBits = (Xlen == 32) ? 10 : 9,
    localparam int VpnWidth = VpnBits * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int WalkWidth =
        rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth + rvmmu_pkg::OffsetWidth + VpnWidth,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth,
    localparam int LineWidth = MemoryLine ? 512 : 1,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                       clk_i,
    input  wire logic                       rst_ni,
    // PMP CSRs and straps, as rvmmu describes them
    input  wire logic [            8*PmpPorts-1:0] pmpcfg_i,
    input  wire logic [ PmpAddrWidth*PmpPorts-1:0] pmpaddr_i,
    input  wire logic                              mml_i,
    input  wire logic                              mmwp_i,
    input  wire logic                       has_svnapot_i,
    input  wire logic                       has_svrsw60t59b_i,
    input  wire logic [                6:0] pmp_count_i,
    input  wire logic [                5:0] pmp_grain_i,
    // look and miss, from the L1s, as rvmmu_l1 describes them
    input  wire logic [          Ports-1:0] look_valid_i,
    input  wire logic [ Ports*VpnWidth-1:0] look_vpn_i,
    input  wire logic [Ports*AsidWidth-1:0] look_asid_i,
    input  wire logic [        Ports*3-1:0] look_mode_i,
    input  wire logic [          Ports-1:0] look_user_i,
    output logic      [          Ports-1:0] look_grant_o,
    input  wire logic [          Ports-1:0] miss_valid_i,
    input  wire logic [Ports*SlotWidth-1:0] miss_slot_i,
    input  wire logic [Ports*WalkWidth-1:0] miss_walk_i,
    output logic      [          Ports-1:0] miss_ready_o,
    // refill, to the L1s: the slot, fault and entry are common
    output logic      [          Ports-1:0] refill_valid_o,
    output logic      [      SlotWidth-1:0] refill_slot_o,
    output logic      [                1:0] refill_fault_o,
    output logic      [     EntryWidth-1:0] refill_entry_o,
    output logic                            refill_keep_o,
    // memory: reads and swaps of one PTE, as rvmmu_walker describes them
    output logic                            mem_req_valid_o,
    input  wire logic                       mem_req_ready_i,
    output logic      [        IdWidth-1:0] mem_req_id_o,
    output logic      [        PaWidth-1:0] mem_req_pa_o,
    output logic                            mem_req_swap_o,
    output logic      [           Xlen-1:0] mem_req_expected_o,
    output logic      [           Xlen-1:0] mem_req_desired_o,
    input  wire logic                       mem_rsp_valid_i,
    input  wire logic [        IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [           Xlen-1:0] mem_rsp_data_i,
    input  wire logic [      LineWidth-1:0] mem_rsp_line_i,
    input  wire logic                       mem_rsp_error_i,
    // fence, from rvmmu_fence: flush for one cycle, operands until done
    input  wire logic                       fence_soon_i,
    input  wire logic                       flush_i,
    input  wire logic                       fence_use_va_i,
    input  wire logic                       fence_use_asid_i,
    input  wire logic [       VpnWidth-1:0] fence_vpn_i,
    input  wire logic [      AsidWidth-1:0] fence_asid_i,
    output logic                            fence_done_o,   // the L2's part; without one never
    output logic                            swap_pending_o, // as rvmmu_walker describes them
    output logic                            idle_o,         // no walk is under way
    // events, one-cycle strobes
    output logic                            event_l2_hit_o,
    output logic                            event_l2_miss_o,
    output logic                            event_walk_o,
    output logic                            event_walk_cache_o,
    output logic                            event_read_o,
    output logic                            event_update_o,
    output logic                            event_fault_o,
    output logic                            event_prefetch_o
);
  localparam int PortWidth = (Ports > 1) ? $clog2(Ports) : 1;
  localparam int OwnerWidth = PortWidth + SlotWidth;
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;

  localparam bit HasL2 = L2Ways > 0;
  localparam bit HasWalkCache = WalkCacheEntries > 0;

  logic look_valid, look_user, look_ready, miss_valid, miss_ready;
  logic start_valid, start_ready, end_soon, end_valid, end_keep, end_share, hit_valid;
  logic spare_valid, fill_ready;  // a prefetched leaf; there is time for one
  logic [VpnWidth-1:0] look_vpn, end_vpn;
  logic [AsidWidth-1:0] look_asid, end_asid;
  logic [2:0] look_mode;
  logic [OwnerWidth-1:0] miss_owner, start_owner, end_owner, owner;
  logic [WalkWidth-1:0] miss_walk, known_walk, start_walk, next_walk;
  logic next_valid;
  logic [1:0] end_fault;
  logic [EntryWidth-1:0] end_entry, hit_entry;
  logic pointer, pointer_user, pointer_global;
  logic [2:0] pointer_mode, pointer_levels;
  logic [PpnWidth-1:0] pointer_ppn;

  rvmmu_intake #(
      .Ports(Ports), .VpnWidth(VpnWidth), .AsidWidth(AsidWidth), .SlotWidth(SlotWidth),
      .WalkWidth(WalkWidth), .Looks(HasL2 || HasWalkCache)
  ) u_intake (
      .clk_i, .rst_ni,
      .look_valid_i, .look_vpn_i, .look_asid_i, .look_mode_i, .look_user_i, .look_grant_o,
      .miss_valid_i, .miss_slot_i, .miss_walk_i, .miss_ready_o,
      .look_valid_o(look_valid), .look_vpn_o(look_vpn), .look_asid_o(look_asid),
      .look_mode_o(look_mode), .look_user_o(look_user), .look_ready_i(look_ready),
      .miss_valid_o(miss_valid), .miss_owner_o(miss_owner), .miss_walk_o(miss_walk),
      .miss_ready_i(miss_ready), .flush_i
  );

  // ---- Walk cache: what is known of the walk leads it on before it begins.
  if (HasWalkCache) begin : gen_walk_cache
    logic found, found_global, miss_old;
    logic [2:0] found_levels;
    logic [PpnWidth-1:0] found_ppn;
    // A pointer enters a cycle after it was read.
    logic pointer_q, user_q, global_q;
    logic [2:0] mode_q, levels_q;
    logic [PpnWidth-1:0] ppn_q;
    logic [VpnWidth-1:0] vpn_q;
    logic [AsidWidth-1:0] asid_q;

    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) pointer_q <= 1'b0;
      else pointer_q <= pointer;
    always_ff @(posedge clk_i)
      if (end_soon) begin
        {user_q, global_q} <= {pointer_user, pointer_global};
        {mode_q, levels_q} <= {pointer_mode, pointer_levels};
        {ppn_q, vpn_q, asid_q} <= {pointer_ppn, end_vpn, end_asid};
      end

    rvmmu_walk_cache #(
        .Entries(WalkCacheEntries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
        .PpnWidth(PpnWidth)
    ) u_walk_cache (
        .clk_i, .rst_ni,
        .lookup_i(look_valid && look_ready), .lookup_vpn_i(look_vpn), .lookup_asid_i(look_asid),
        .lookup_levels_i(look_mode), .lookup_user_i(look_user),
        .found_o(found), .found_levels_o(found_levels), .found_ppn_o(found_ppn),
        .found_global_o(found_global),
        .fill_i(pointer_q && !fence_soon_i), .fill_vpn_i(vpn_q), .fill_asid_i(asid_q),
        .fill_mode_i(mode_q), .fill_user_i(user_q), .fill_levels_i(levels_q), .fill_ppn_i(ppn_q),
        .fill_global_i(global_q),
        .fence_soon_i, .fence_i(flush_i), .fence_use_va_i, .fence_use_asid_i, .fence_asid_i
    );

    // A request of before a fence begins at the root that it has captured.
    assign miss_old = miss_walk[rvmmu_pkg::WalkOld];

    always_comb begin
      known_walk = miss_walk;
      if (found && !miss_old) begin
        known_walk[Root+:PpnWidth] = found_ppn;
        known_walk[rvmmu_pkg::WalkLevels+:3] = found_levels;
        known_walk[rvmmu_pkg::WalkGlobal] = found_global;
      end
    end
  end else begin : gen_no_walk_cache
    assign known_walk = miss_walk;
    logic unused;
    assign unused = &{1'b0, look_mode, look_user, pointer, pointer_user, pointer_global, pointer_mode,
                      pointer_levels, pointer_ppn};
  end

  if (HasL2) begin : gen_l2
    rvmmu_l2 #(
        .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth),
        .OwnerWidth(OwnerWidth), .Sets(L2Sets), .Ways(L2Ways), .Large(L2Large),
        .Register(L2Register), .Features(Features), .Pmp(PmpEntries > 0)
    ) u_l2 (
        .clk_i, .rst_ni,
        .look_valid_i(look_valid), .look_vpn_i(look_vpn), .look_asid_i(look_asid),
        .look_ready_o(look_ready),
        .miss_valid_i(miss_valid), .miss_owner_i(miss_owner), .miss_walk_i(known_walk),
        .miss_ready_o(miss_ready),
        .hit_valid_o(hit_valid), .hit_ready_i(!end_soon), .hit_entry_o(hit_entry),
        .start_valid_o(start_valid), .start_ready_i(start_ready),
        .start_owner_o(start_owner), .start_walk_o(start_walk),
        .next_valid_o(next_valid), .next_walk_o(next_walk),
        .fill_i(((end_valid && end_share) || spare_valid) && !flush_i),
        .fill_spare_i(spare_valid), .fill_ready_o(fill_ready),
        .fill_vpn_i(end_vpn), .fill_asid_i(end_asid), .fill_entry_i(end_entry),
        .fence_soon_i, .flush_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i,
        .fence_done_o,
        .event_hit_o(event_l2_hit_o), .event_miss_o(event_l2_miss_o)
    );
  end else begin : gen_no_l2
    if (PmpEntries > 0) begin : gen_start
      // PMP is asked about a walk in the cycle before it starts.
      logic valid_q;
      logic [OwnerWidth-1:0] owner_q;
      logic [WalkWidth-1:0] walk_q;

      assign miss_ready = (!valid_q || start_ready) && !flush_i;
      always_ff @(posedge clk_i or negedge rst_ni)
        if (!rst_ni) valid_q <= 1'b0;
        else if (flush_i) valid_q <= 1'b0;
        else if (miss_ready) valid_q <= miss_valid;
      always_ff @(posedge clk_i)
        if (miss_valid && miss_ready) begin
          owner_q <= miss_owner;
          walk_q  <= known_walk;
        end
      assign start_valid = valid_q;
      assign start_owner = owner_q;
      assign start_walk  = walk_q;
    end else begin : gen_start_at_once
      assign start_valid = miss_valid;
      assign start_owner = miss_owner;
      assign start_walk  = known_walk;
      assign miss_ready  = start_ready;
    end
    assign next_valid   = miss_valid;
    assign next_walk    = known_walk;
    assign look_ready   = 1'b1;
    assign hit_valid    = 1'b0;
    assign hit_entry    = '0;
    assign fill_ready   = 1'b0;
    assign fence_done_o = 1'b0;
    assign event_l2_hit_o  = 1'b0;
    assign event_l2_miss_o = 1'b0;
    logic unused;
    assign unused = &{1'b0, look_valid, look_vpn, look_asid, end_vpn, end_asid, end_share, spare_valid,
                      fence_soon_i,
                      fence_use_va_i, fence_use_asid_i, fence_vpn_i, fence_asid_i};
  end

  rvmmu_walker #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .Walkers(Walkers),
      .OwnerWidth(OwnerWidth), .MemoryLine(MemoryLine), .Prefetch(HasL2 ? Prefetch : 0),
      .Features(Features), .PmpEntries(PmpEntries), .PmpGrain(PmpGrain)
  ) u_walker (
      .clk_i, .rst_ni,
      .pmpcfg_i, .pmpaddr_i, .mml_i, .mmwp_i, .has_svnapot_i, .has_svrsw60t59b_i, .pmp_count_i,
      .pmp_grain_i,
      .start_valid_i(start_valid), .start_ready_o(start_ready), .start_owner_i(start_owner),
      .start_walk_i(start_walk), .next_valid_i(next_valid), .next_walk_i(next_walk),
      .end_soon_o(end_soon), .end_valid_o(end_valid), .end_owner_o(end_owner), .end_fault_o(end_fault),
      .end_entry_o(end_entry), .end_keep_o(end_keep), .end_share_o(end_share),
      .end_vpn_o(end_vpn), .end_asid_o(end_asid),
      .spare_valid_o(spare_valid), .spare_ready_i(fill_ready),
      .pointer_o(pointer), .pointer_mode_o(pointer_mode), .pointer_user_o(pointer_user),
      .pointer_levels_o(pointer_levels),
      .pointer_ppn_o(pointer_ppn), .pointer_global_o(pointer_global),
      .mem_req_valid_o, .mem_req_ready_i, .mem_req_id_o, .mem_req_pa_o,
      .mem_req_swap_o, .mem_req_expected_o, .mem_req_desired_o,
      .mem_rsp_valid_i, .mem_rsp_id_i, .mem_rsp_data_i, .mem_rsp_line_i, .mem_rsp_error_i,
      .flush_i, .swap_pending_o, .idle_o,
      .event_walk_o, .event_cache_o(event_walk_cache_o), .event_read_o, .event_update_o,
      .event_fault_o
  );

  assign event_prefetch_o = spare_valid && fill_ready && !flush_i;

  // ---- Refill: the end of a walk cannot wait, so it goes before an L2 hit.
  assign owner = end_soon ? end_owner : start_owner;
  assign refill_slot_o = owner[SlotWidth-1:0];
  assign refill_fault_o = end_soon ? end_fault : rvmmu_pkg::FaultNone;
  assign refill_entry_o = end_soon ? end_entry : hit_entry;
  assign refill_keep_o = !end_soon || end_keep;

  logic [PortWidth-1:0] owner_port;
  assign owner_port = owner[SlotWidth+:PortWidth];
  for (genvar p = 0; p < Ports; p++) begin : gen_refill
    assign refill_valid_o[p] = (end_soon ? end_valid : hit_valid) && owner_port == PortWidth'(p);
  end
endmodule

`default_nettype wire

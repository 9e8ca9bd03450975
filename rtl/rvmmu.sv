// SPDX-License-Identifier: Apache-2.0
// rvmmu: a RISC-V MMU for one hart: a fetch port and a data port (rvmmu_l1 each) over one shared
// part (rvmmu_shared), and a fence port. docs/interface.md describes the ports and their timing;
// cores with more load/store pipes compose rvmmu_l1, rvmmu_shared and rvmmu_fence themselves.
// Privileged specification, "Supervisor-Level ISA".
`default_nettype none

module rvmmu #(
    parameter int Xlen = 64,          // 32 or 64
    parameter int Levels = 4,         // 2: Sv32 (Xlen 32); 3, 4, 5: Sv39 and up to Sv48, Sv57
    parameter int PaWidth = 56,       // physical address bits, 32 to 34 (Xlen 32) or 32 to 56
    parameter int AsidWidth = 16,     // implemented ASID bits, 1 to 9 (Xlen 32) or 1 to 16
    parameter int TagWidth = 3,       // request tags of each port, 1 to 6
    parameter int FetchEntries = 16,  // L1 TLB entries, a power of two, 2 to 128
    parameter int DataEntries = 16,   // L1 TLB entries, a power of two, 2 to 128
    parameter int FetchWays = 0,      // 0: they hold all pages; else base pages are in sets of so many
    parameter int DataWays = 0,       // the same, 2 to 16, a power of two
    parameter int L1Sets = 16,        // sets of base pages in an L1 with ways, a power of two, 2 to 256
    parameter int FetchSlots = 2,     // misses outstanding at the fetch port, 1 to 16
    parameter int DataSlots = 4,      // misses outstanding at the data port, 1 to 16
    parameter int L2Ways = 4,         // 0: no L2; 1 to 16
    parameter int L2Sets = 128,       // a power of two, 2 to 4096
    parameter int L2Large = 8,        // L2 entries for larger pages, a power of two, 2 to 128
    parameter int L2Register = 1,     // 1: one more register behind the L2 RAM, else 0
    parameter int Walkers = 2,        // walks at once, 1 to 8
    parameter int WalkCacheEntries = 0,  // pointers kept of each level, 0: none, or a power of two, 2 to 32
    parameter int Patience = 63,      // cycles that a miss's answer waits before ready drops, 0 to 255
    parameter int Replacement = 0,    // of the L1 TLBs: rvmmu_pkg::Replacement...
    parameter bit MemoryLine = 1'b0,  // memory answers a read with the aligned 64 bytes around it
    parameter int Prefetch = 0,       // next pages' leaves taken from that line into the L2, 0 to 7
    parameter bit Svadu = 1'b0,       // the walker can set A and D; needs MemoryCas
    parameter bit MemoryCas = 1'b1,   // the bus can compare and swap
    parameter bit Svnapot = 1'b0,     // 64 KiB pages of one TLB entry; Xlen 64
    parameter bit Svpbmt = 1'b0,      // memory types of pages; Xlen 64
    parameter bit Svrsw60t59b = 1'b0, // PTE bits 60:59 are software's; Xlen 64
    parameter bit Zicfiss = 1'b0,     // shadow-stack pages and accesses
    parameter bit Zicbo = 1'b0,       // accesses of Zicbom, Zicboz and Zicbop
    parameter bit PointerMasking = 1'b0,  // Smnpm, Ssnpm, Smmpm; Xlen 64
    parameter bit BigEndian = 1'b0,   // page tables may be big-endian (SBE)
    parameter int PmpEntries = 0,     // 0: no PMP; 1 to 64
    parameter int PmpGrain = 0,       // G: the finest grain has 2^(G+2) bytes, 0 to 28
    localparam int PmpPorts = (PmpEntries > 0) ? PmpEntries : 1,
    localparam int PmpAddrWidth = PaWidth - 2,
    localparam int AsidField = (Xlen == 32) ? 9 : 16,
    localparam int LineWidth = MemoryLine ? 512 : 1,
    localparam int IdWidth = (Walkers > 1) ? $clog2(Walkers) : 1
) (
    input  wire logic                              clk_i,
    input  wire logic                              rst_ni,
    // CSRs of the hart; each request captures them when it is accepted
    input  wire logic [                  Xlen-1:0] satp_i,
    input  wire logic                              sum_i,              // sstatus.SUM
    input  wire logic                              mxr_i,              // sstatus.MXR
    input  wire logic                              sbe_i,              // mstatus.SBE
    input  wire logic                              adue_i,             // menvcfg.ADUE
    input  wire logic                              pbmte_i,            // menvcfg.PBMTE
    input  wire logic                              sse_i,              // menvcfg.SSE
    input  wire logic [                       1:0] senvcfg_pmm_i,      // PMM of U-mode,
    input  wire logic [                       1:0] menvcfg_pmm_i,      // of S-mode,
    input  wire logic [                       1:0] mseccfg_pmm_i,      // of M-mode
    // PMP CSRs: change only in the cycle after pmp_valid_i && pmp_ready_o
    input  wire logic [            8*PmpPorts-1:0] pmpcfg_i,           // entry 0 lowest
    input  wire logic [ PmpAddrWidth*PmpPorts-1:0] pmpaddr_i,          // as read; high bits are WARL 0
    input  wire logic                              mml_i,              // mseccfg.MML
    input  wire logic                              mmwp_i,             // mseccfg.MMWP
    input  wire logic                              pmp_valid_i,        // held until ready
    output logic                                   pmp_ready_o,        // ports and walks are empty
    // straps: what the build admits to having; constant
    input  wire logic                              has_svnapot_i,
    input  wire logic                              has_svrsw60t59b_i,
    input  wire logic [                       6:0] pmp_count_i,        // PMP entries that exist
    input  wire logic [                       5:0] pmp_grain_i,        // G, at least PmpGrain
    // fetch request, from the core's front end
    input  wire logic                              fetch_req_valid_i,
    output logic                                   fetch_req_ready_o,
    input  wire logic [              TagWidth-1:0] fetch_req_tag_i,
    input  wire logic [                  Xlen-1:0] fetch_req_va_i,
    input  wire logic [                       2:0] fetch_req_size_i,   // log2 of bytes
    input  wire logic [                       1:0] fetch_req_priv_i,
    input  wire logic                              fetch_req_speculative_i,
    // fetch response and kill
    output logic                                   fetch_rsp_valid_o,
    output logic      [              TagWidth-1:0] fetch_rsp_tag_o,
    output logic      [                       1:0] fetch_rsp_result_o,
    output logic      [               PaWidth-1:0] fetch_rsp_pa_o,
    output logic      [                       5:0] fetch_rsp_page_shift_o,
    output logic      [                       1:0] fetch_rsp_pbmt_o,
    output logic      [                       5:0] fetch_rsp_cause_o,
    output logic      [                  Xlen-1:0] fetch_rsp_tval_o,
    input  wire logic [           2**TagWidth-1:0] fetch_kill_i,
    // data request, from the core's load/store unit
    input  wire logic                              data_req_valid_i,
    output logic                                   data_req_ready_o,
    input  wire logic [              TagWidth-1:0] data_req_tag_i,
    input  wire logic [                  Xlen-1:0] data_req_va_i,
    input  wire logic [rvmmu_pkg::AccessWidth-1:0] data_req_access_i,
    input  wire logic [                       2:0] data_req_size_i,    // log2 of bytes, 0 to 6
    input  wire logic [                       1:0] data_req_priv_i,    // effective: MPRV applied
    input  wire logic                              data_req_speculative_i,  // no A or D update
    // data response and kill
    output logic                                   data_rsp_valid_o,
    output logic      [              TagWidth-1:0] data_rsp_tag_o,
    output logic      [                       1:0] data_rsp_result_o,
    output logic      [               PaWidth-1:0] data_rsp_pa_o,
    output logic      [                       5:0] data_rsp_page_shift_o,
    output logic      [                       1:0] data_rsp_pbmt_o,
    output logic      [                       5:0] data_rsp_cause_o,
    output logic      [                  Xlen-1:0] data_rsp_tval_o,
    input  wire logic [           2**TagWidth-1:0] data_kill_i,
    // memory, to the bus or the data cache
    output logic                                   mem_req_valid_o,
    input  wire logic                              mem_req_ready_i,
    output logic      [               IdWidth-1:0] mem_req_id_o,
    output logic      [               PaWidth-1:0] mem_req_pa_o,
    output logic                                   mem_req_swap_o,     // compare and swap; else a read
    output logic      [                  Xlen-1:0] mem_req_expected_o, // of a swap
    output logic      [                  Xlen-1:0] mem_req_desired_o,  // of a swap
    input  wire logic                              mem_rsp_valid_i,
    input  wire logic [               IdWidth-1:0] mem_rsp_id_i,
    input  wire logic [                  Xlen-1:0] mem_rsp_data_i,     // of a swap: what was found
    input  wire logic [             LineWidth-1:0] mem_rsp_line_i,     // of a read, with MemoryLine
    input  wire logic                              mem_rsp_error_i,
    // fence, from the core: ready is completion
    input  wire logic                              fence_valid_i,
    output logic                                   fence_ready_o,
    input  wire logic [                       2:0] fence_op_i,         // rvmmu_pkg::Fence...
    input  wire logic                              fence_use_va_i,     // rs1 is not x0
    input  wire logic                              fence_use_asid_i,   // rs2 is not x0
    input  wire logic [                  Xlen-1:0] fence_va_i,
    input  wire logic [             AsidField-1:0] fence_asid_i,       // high bits are ignored
    // events, one-cycle strobes, to performance counters
    output logic                                   event_fetch_hit_o,
    output logic                                   event_fetch_miss_o,
    output logic                                   event_data_hit_o,
    output logic                                   event_data_miss_o,
    output logic                                   event_l2_hit_o,
    output logic                                   event_l2_miss_o,
    output logic                                   event_l2_conflict_o,
    output logic                                   event_merge_o,      // a miss that follows another
    output logic                                   event_walk_o,
    output logic                                   event_walk_cache_o, // a walk begun below the root
    output logic                                   event_pte_read_o,
    output logic                                   event_update_o,     // A or D was set
    output logic                                   event_walk_fault_o,
    output logic                                   event_prefetch_o,   // a leaf taken from a line
    output logic                                   event_fence_o
);
  localparam bit HasL2 = L2Ways > 0;
  localparam bit Looks = HasL2 || WalkCacheEntries > 0;
  localparam bit Pmp = PmpEntries > 0;
  localparam logic [rvmmu_pkg::FeaturesWidth-1:0] Features = {
    BigEndian, PointerMasking, Zicbo, Zicfiss, Svrsw60t59b, Svpbmt, Svnapot, Svadu
  };
  localparam int MaxSlots = (FetchSlots > DataSlots) ? FetchSlots : DataSlots;
  localparam int SlotWidth = (MaxSlots > 1) ? $clog2(MaxSlots) : 1;
  localparam int VpnBits = (Xlen == 32) ? 10 : 9;
  localparam int VpnWidth = VpnBits * Levels;
  localparam int PpnWidth = PaWidth - 12;
  localparam int WalkWidth =
      rvmmu_pkg::WalkAsid + AsidWidth + PpnWidth + rvmmu_pkg::OffsetWidth + VpnWidth;
  localparam int EntryWidth = rvmmu_pkg::EntryMask + Levels - 1 + PpnWidth;

  logic [1:0] look_valid, look_grant, miss_valid, miss_ready, refill_valid;
  logic [2*VpnWidth-1:0] look_vpn;
  logic [2*AsidWidth-1:0] look_asid;
  logic [2*3-1:0] look_mode;
  logic [1:0] look_user;
  logic [2*SlotWidth-1:0] miss_slot;
  logic [2*WalkWidth-1:0] miss_walk;
  logic [SlotWidth-1:0] refill_slot;
  logic [1:0] refill_fault;
  logic [EntryWidth-1:0] refill_entry;
  logic refill_keep;
  logic flush, flush_soon, outdate, use_va, use_asid, l2_done, swap_pending, drain, walks_idle;
  logic [1:0] conflict, merge, port_idle;
  logic [VpnWidth-1:0] fence_vpn;
  logic [AsidWidth-1:0] fence_asid;

  assign fence_vpn  = fence_va_i[12+:VpnWidth];
  assign fence_asid = fence_asid_i[AsidWidth-1:0];

  rvmmu_l1 #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .Entries(FetchEntries), .Ways(FetchWays), .Sets(L1Sets), .Slots(FetchSlots),
      .SlotWidth(SlotWidth), .Looks(Looks), .Patience(Patience), .Replacement(Replacement),
      .Features(Features), .Pmp(Pmp)
  ) u_fetch (
      .clk_i, .rst_ni, .satp_i, .sum_i, .mxr_i, .sbe_i, .adue_i, .pbmte_i, .sse_i,
      .senvcfg_pmm_i, .menvcfg_pmm_i, .mseccfg_pmm_i,
      .req_valid_i(fetch_req_valid_i), .req_ready_o(fetch_req_ready_o),
      .req_tag_i(fetch_req_tag_i), .req_va_i(fetch_req_va_i),
      .req_access_i(rvmmu_pkg::AccessFetch), .req_size_i(fetch_req_size_i),
      .req_priv_i(fetch_req_priv_i), .req_speculative_i(fetch_req_speculative_i),
      .rsp_valid_o(fetch_rsp_valid_o), .rsp_tag_o(fetch_rsp_tag_o),
      .rsp_result_o(fetch_rsp_result_o), .rsp_pa_o(fetch_rsp_pa_o),
      .rsp_page_shift_o(fetch_rsp_page_shift_o), .rsp_pbmt_o(fetch_rsp_pbmt_o),
      .rsp_cause_o(fetch_rsp_cause_o),
      .rsp_tval_o(fetch_rsp_tval_o), .kill_i(fetch_kill_i),
      .look_valid_o(look_valid[0]), .look_vpn_o(look_vpn[0+:VpnWidth]),
      .look_asid_o(look_asid[0+:AsidWidth]), .look_mode_o(look_mode[0+:3]),
      .look_user_o(look_user[0]),
      .look_grant_i(look_grant[0]),
      .miss_valid_o(miss_valid[0]), .miss_slot_o(miss_slot[0+:SlotWidth]),
      .miss_walk_o(miss_walk[0+:WalkWidth]), .miss_ready_i(miss_ready[0]),
      .refill_valid_i(refill_valid[0]), .refill_slot_i(refill_slot),
      .refill_fault_i(refill_fault), .refill_entry_i(refill_entry), .refill_keep_i(refill_keep),
      .drain_i(drain), .idle_o(port_idle[0]),
      .fence_soon_i(flush_soon), .fence_i(flush), .outdate_i(outdate),
      .fence_use_va_i(use_va), .fence_use_asid_i(use_asid),
      .fence_vpn_i(fence_vpn), .fence_asid_i(fence_asid),
      .event_hit_o(event_fetch_hit_o), .event_miss_o(event_fetch_miss_o),
      .event_merge_o(merge[0]),
      .event_conflict_o(conflict[0])
  );

  rvmmu_l1 #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth), .TagWidth(TagWidth),
      .Entries(DataEntries), .Ways(DataWays), .Sets(L1Sets), .Slots(DataSlots),
      .SlotWidth(SlotWidth), .Looks(Looks), .Patience(Patience), .Replacement(Replacement),
      .Features(Features), .Pmp(Pmp)
  ) u_data (
      .clk_i, .rst_ni, .satp_i, .sum_i, .mxr_i, .sbe_i, .adue_i, .pbmte_i, .sse_i,
      .senvcfg_pmm_i, .menvcfg_pmm_i, .mseccfg_pmm_i,
      .req_valid_i(data_req_valid_i), .req_ready_o(data_req_ready_o),
      .req_tag_i(data_req_tag_i), .req_va_i(data_req_va_i),
      .req_access_i(data_req_access_i), .req_size_i(data_req_size_i),
      .req_priv_i(data_req_priv_i), .req_speculative_i(data_req_speculative_i),
      .rsp_valid_o(data_rsp_valid_o), .rsp_tag_o(data_rsp_tag_o),
      .rsp_result_o(data_rsp_result_o), .rsp_pa_o(data_rsp_pa_o),
      .rsp_page_shift_o(data_rsp_page_shift_o), .rsp_pbmt_o(data_rsp_pbmt_o),
      .rsp_cause_o(data_rsp_cause_o),
      .rsp_tval_o(data_rsp_tval_o), .kill_i(data_kill_i),
      .look_valid_o(look_valid[1]), .look_vpn_o(look_vpn[VpnWidth+:VpnWidth]),
      .look_asid_o(look_asid[AsidWidth+:AsidWidth]), .look_mode_o(look_mode[3+:3]),
      .look_user_o(look_user[1]),
      .look_grant_i(look_grant[1]),
      .miss_valid_o(miss_valid[1]), .miss_slot_o(miss_slot[SlotWidth+:SlotWidth]),
      .miss_walk_o(miss_walk[WalkWidth+:WalkWidth]), .miss_ready_i(miss_ready[1]),
      .refill_valid_i(refill_valid[1]), .refill_slot_i(refill_slot),
      .refill_fault_i(refill_fault), .refill_entry_i(refill_entry), .refill_keep_i(refill_keep),
      .drain_i(drain), .idle_o(port_idle[1]),
      .fence_soon_i(flush_soon), .fence_i(flush), .outdate_i(outdate),
      .fence_use_va_i(use_va), .fence_use_asid_i(use_asid),
      .fence_vpn_i(fence_vpn), .fence_asid_i(fence_asid),
      .event_hit_o(event_data_hit_o), .event_miss_o(event_data_miss_o),
      .event_merge_o(merge[1]),
      .event_conflict_o(conflict[1])
  );

  rvmmu_shared #(
      .Ports(2), .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .AsidWidth(AsidWidth),
      .SlotWidth(SlotWidth), .L2Ways(L2Ways), .L2Sets(L2Sets), .L2Large(L2Large),
      .L2Register(L2Register != 0), .Walkers(Walkers),
      .WalkCacheEntries(WalkCacheEntries), .MemoryLine(MemoryLine), .Prefetch(Prefetch),
      .Features(Features), .PmpEntries(PmpEntries), .PmpGrain(PmpGrain)
  ) u_shared (
      .clk_i, .rst_ni,
      .pmpcfg_i, .pmpaddr_i, .mml_i, .mmwp_i, .has_svnapot_i, .has_svrsw60t59b_i, .pmp_count_i,
      .pmp_grain_i,
      .look_valid_i(look_valid), .look_vpn_i(look_vpn), .look_asid_i(look_asid),
      .look_mode_i(look_mode), .look_user_i(look_user), .look_grant_o(look_grant),
      .miss_valid_i(miss_valid), .miss_slot_i(miss_slot), .miss_walk_i(miss_walk),
      .miss_ready_o(miss_ready),
      .refill_valid_o(refill_valid), .refill_slot_o(refill_slot), .refill_fault_o(refill_fault),
      .refill_entry_o(refill_entry), .refill_keep_o(refill_keep),
      .mem_req_valid_o, .mem_req_ready_i, .mem_req_id_o, .mem_req_pa_o,
      .mem_req_swap_o, .mem_req_expected_o, .mem_req_desired_o,
      .mem_rsp_valid_i, .mem_rsp_id_i, .mem_rsp_data_i, .mem_rsp_line_i, .mem_rsp_error_i,
      .fence_soon_i(flush_soon), .flush_i(flush), .fence_use_va_i(use_va), .fence_use_asid_i(use_asid),
      .fence_vpn_i(fence_vpn), .fence_asid_i(fence_asid), .fence_done_o(l2_done),
      .swap_pending_o(swap_pending), .idle_o(walks_idle),
      .event_l2_hit_o, .event_l2_miss_o,
      .event_walk_o, .event_walk_cache_o, .event_read_o(event_pte_read_o), .event_update_o,
      .event_fault_o(event_walk_fault_o), .event_prefetch_o
  );

  rvmmu_fence #(
      .Xlen(Xlen), .Levels(Levels), .HasL2(HasL2), .Pmp(Pmp)
  ) u_fence (
      .clk_i, .rst_ni,
      .fence_valid_i, .fence_ready_o, .fence_op_i, .fence_use_va_i, .fence_use_asid_i, .fence_va_i,
      .pmp_valid_i, .pmp_ready_o, .drain_o(drain), .idle_i(&port_idle && walks_idle),
      .soon_o(flush_soon), .flush_o(flush), .outdate_o(outdate),
      .use_va_o(use_va), .use_asid_o(use_asid),
      .l2_done_i(l2_done), .swap_pending_i(swap_pending)
  );
  assign event_l2_conflict_o = |conflict;
  assign event_fence_o = fence_valid_i && fence_ready_o;

  assign event_merge_o = |merge;

  logic unused_inputs;
  assign unused_inputs = &{1'b0, fence_asid_i};

  initial begin
    if (Xlen != 32 && Xlen != 64) $error("rvmmu: Xlen must be 32 or 64");
    if (Xlen == 32 && Levels != 2) $error("rvmmu: Levels must be 2 (Sv32) when Xlen is 32");
    if (Xlen == 64 && (Levels < 3 || Levels > 5))
      $error("rvmmu: Levels must be 3 (Sv39), 4 (Sv48) or 5 (Sv57) when Xlen is 64");
    if (PaWidth < 32 || PaWidth > (Xlen == 32 ? 34 : 56))
      $error("rvmmu: PaWidth must be 32 to 34 (Xlen 32) or 32 to 56 (Xlen 64)");
    if (AsidWidth < 1 || AsidWidth > AsidField)
      $error("rvmmu: AsidWidth must be 1 to 9 (Xlen 32) or 1 to 16 (Xlen 64)");
    if (TagWidth < 1 || TagWidth > 6) $error("rvmmu: TagWidth must be 1 to 6");
    if (FetchWays < 0 || FetchWays == 1 || FetchWays > 16 || (FetchWays & (FetchWays - 1)) != 0
        || DataWays < 0 || DataWays == 1 || DataWays > 16 || (DataWays & (DataWays - 1)) != 0)
      $error("rvmmu: FetchWays and DataWays must be 0 (no sets) or a power of two from 2 to 16");
    if (FetchSlots < 1 || FetchSlots > 16 || DataSlots < 1 || DataSlots > 16)
      $error("rvmmu: FetchSlots and DataSlots must be 1 to 16");
    if (L2Ways < 0 || L2Ways > 16) $error("rvmmu: L2Ways must be 0 (no L2) to 16");
    if (HasL2 && (L2Sets < 2 || L2Sets > 4096 || (1 << $clog2(L2Sets)) != L2Sets))
      $error("rvmmu: L2Sets must be a power of two from 2 to 4096");
    if (L2Register != 0 && L2Register != 1) $error("rvmmu: L2Register must be 0 or 1");
    if (WalkCacheEntries != 0 && (WalkCacheEntries < 2 || WalkCacheEntries > 32
                                  || (1 << $clog2(WalkCacheEntries)) != WalkCacheEntries))
      $error("rvmmu: WalkCacheEntries must be 0 (no walk cache) or a power of two from 2 to 32");
    if (Prefetch < 0 || Prefetch > 7) $error("rvmmu: Prefetch must be 0 to 7");
    if (Prefetch > 0 && (!MemoryLine || !HasL2))
      $error("rvmmu: Prefetch needs memory that answers with lines (MemoryLine) and an L2");
    if (Patience < 0 || Patience > 255) $error("rvmmu: Patience must be 0 to 255");
    if (Svadu && !MemoryCas)
      $error("rvmmu: Svadu needs a memory port that can compare and swap (MemoryCas)");
    if (Xlen == 32 && (Svnapot || Svpbmt || Svrsw60t59b || PointerMasking))
      $error("rvmmu: Svnapot, Svpbmt, Svrsw60t59b and PointerMasking need Xlen 64");
    if (PmpEntries < 0 || PmpEntries > 64) $error("rvmmu: PmpEntries must be 0 (no PMP) to 64");
    if (PmpGrain < 0 || PmpGrain > 28) $error("rvmmu: PmpGrain must be 0 to 28");
    if (Walkers < 1 || Walkers > 8) $error("rvmmu: Walkers must be 1 to 8");
  end
endmodule

`default_nettype wire

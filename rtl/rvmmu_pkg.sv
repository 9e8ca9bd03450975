// SPDX-License-Identifier: Apache-2.0
// rvmmu_pkg: the constants and pure functions that every module shares, always written
// rvmmu_pkg::NAME. Vectors that travel between modules are flat; their fields are drawn here once.
`default_nettype none

package rvmmu_pkg;

  // ---- Access kinds of a request. A request's cause is the one of its own kind: fetch, load, or
  //      store (AMO included).
  localparam int AccessWidth = 4;
  localparam logic [3:0] AccessFetch = 4'd0;
  localparam logic [3:0] AccessLoad  = 4'd1;
  localparam logic [3:0] AccessStore = 4'd2;
  localparam logic [3:0] AccessAmo   = 4'd3;
  localparam logic [3:0] AccessSsPush    = 4'd4;  // sspush
  localparam logic [3:0] AccessSsCheck   = 4'd5;  // sspopchk: a load with a store's causes
  localparam logic [3:0] AccessSsSwap    = 4'd6;  // ssamoswap
  localparam logic [3:0] AccessCboManage = 4'd7;  // cbo.inval, cbo.clean, cbo.flush
  localparam logic [3:0] AccessCboZero   = 4'd8;
  localparam logic [3:0] AccessPrefetch  = 4'd9;  // never faults, updates nothing

  // ---- Operations of the fence port. The two that only order are done when they are presented.
  localparam logic [2:0] FenceSfenceVma    = 3'd0;
  localparam logic [2:0] FenceSinvalVma    = 3'd1;
  localparam logic [2:0] FenceSfenceWInval = 3'd2;
  localparam logic [2:0] FenceSfenceInvalIr = 3'd3;

  // ---- Privilege modes (privileged specification, "Privilege Levels"); S is 1.
  localparam logic [1:0] PrivU = 2'd0;
  localparam logic [1:0] PrivM = 2'd3;

  // ---- Result of a response. Deferred: a speculative access would have to write A or D, so that
  //      the core asks again when it is certain; or a prefetch is to be dropped.
  localparam logic [1:0] ResultGranted = 2'd0;
  localparam logic [1:0] ResultFault   = 2'd1;
  localparam logic [1:0] ResultDefer   = 2'd2;

  // ---- What a walk ended in.
  localparam logic [1:0] FaultNone   = 2'd0;
  localparam logic [1:0] FaultPage   = 2'd1;
  localparam logic [1:0] FaultAccess = 2'd2;

  // ---- PTE, as in memory ("Sv32/Sv39 page table entry"):
  //
  //   Sv32   31            10 9 8 7 6 5 4 3 2 1 0
  //         |      PPN       |RSW|D|A|G|U|X|W|R|V|
  //   Sv39+  63  62  61 60   54 53     10 9 8 7 ... 0
  //         | N | PBMT | rsvd  |   PPN   |RSW|D ... V|
  localparam int PteV = 0;
  localparam int PteR = 1;
  localparam int PteW = 2;
  localparam int PteX = 3;
  localparam int PteU = 4;
  localparam int PteG = 5;
  localparam int PteA = 6;
  localparam int PteD = 7;
  localparam int PtePpn = 10;
  localparam int PteReserved = 54;

  // ---- Context: the state of the hart that was captured with a request.
  //
  //   3   2   1 0
  //  |MXR|SUM|priv|
  localparam int ContextWidth = 4;
  localparam int ContextPriv = 0;
  localparam int ContextSum = 2;
  localparam int ContextMxr = 3;

  // ---- Walk: what a translation needs to know of its request.
  //
  //  | VPN | root PPN | ASID | old | beyond | canonical | levels | context | access |
  //                     14     13     12        11        10..8     7..4      3..0
  //
  //  levels: how many the captured satp.MODE has; canonical: the upper address bits are a sign
  //  extension; beyond: the root table lies beyond the physical address width; old: a fence has
  //  completed since the request was accepted, so that it is answered but leaves nothing behind
  //  in a TLB (satp may have been another before the fence).
  localparam int WalkAccess = 0;
  localparam int WalkContext = 4;
  localparam int WalkLevels = 8;
  localparam int WalkCanonical = 11;
  localparam int WalkBeyond = 12;
  localparam int WalkOld = 13;
  localparam int WalkAsid = 14;

  // ---- Entry: a leaf that was granted once, as every TLB keeps it (A is always set, V too).
  //
  //  | PPN | mask | G | D | U | X | W | R |
  //           6     5   4   3   2   1   0
  //
  //  mask, one bit a level above the base: mask[k] = 1 says that VPN[k] is part of the offset, so a
  //  leaf at level l has the l lowest bits set. PPN has VPN merged in where the mask says so.
  localparam int FlagR = 0;
  localparam int FlagW = 1;
  localparam int FlagX = 2;
  localparam int FlagU = 3;
  localparam int FlagD = 4;
  localparam int FlagsWidth = 5;
  localparam int EntryGlobal = 5;
  localparam int EntryMask = 6;

  // mcause code of a fault of this kind for this access ("Machine Cause Register").
  function automatic logic [5:0] cause(input logic [1:0] fault, input logic [3:0] access);
    if (fault == FaultAccess)
      cause = (access == AccessFetch) ? 6'd1 : (access == AccessLoad) ? 6'd5 : 6'd7;
    else
      cause = (access == AccessFetch) ? 6'd12 : (access == AccessLoad) ? 6'd13 : 6'd15;
  endfunction

  // VPN bits that a page of this mask leaves to the offset; `bits` VPN bits a level.
  function automatic logic [44:0] offset_bits(input logic [3:0] mask, input int bits);
    offset_bits = '0;
    for (int k = 0; k < 4; k++)
      if (mask[k]) offset_bits = offset_bits | (45'((1 << bits) - 1) << (bits * k));
  endfunction

  // log2 of the page size in bytes.
  function automatic logic [5:0] page_shift(input logic [3:0] mask, input int bits);
    page_shift = 6'd12;
    for (int i = 0; i < 4; i++)
      if (mask[i]) page_shift = 6'(12 + bits * (i + 1));
  endfunction

endpackage

`default_nettype wire

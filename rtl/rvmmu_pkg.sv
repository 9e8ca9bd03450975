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

  // ---- Operations of the fence port. Two more only order, and find nothing to do: 2 is
  //      sfence.w.inval and 3 sfence.inval.ir.
  localparam logic [2:0] FenceSfenceVma = 3'd0;
  localparam logic [2:0] FenceSinvalVma = 3'd1;

  // ---- Privilege modes (privileged specification, "Privilege Levels"); S is 1.
  localparam logic [1:0] PrivU = 2'd0;
  localparam logic [1:0] PrivM = 2'd3;

  // ---- Result of a response. Deferred: a speculative access would have to write A or D, so that
  //      the core asks again when it is certain; or a prefetch is to be dropped.
  localparam logic [1:0] ResultGranted = 2'd0;
  localparam logic [1:0] ResultFault   = 2'd1;
  localparam logic [1:0] ResultDefer   = 2'd2;

  // ---- Which entry of an L1's TLB goes when a new one comes.
  localparam int ReplacementPlru   = 0;  // tree-PLRU
  localparam int ReplacementLru    = 1;  // true least recently used
  localparam int ReplacementRandom = 2;
  localparam int ReplacementReuse  = 3;  // not recently used, sparing once what was used again

  // ---- What a walk ended in.
  localparam logic [1:0] FaultNone   = 2'd0;
  localparam logic [1:0] FaultPage   = 2'd1;
  localparam logic [1:0] FaultAccess = 2'd2;
  localparam logic [1:0] FaultDefer  = 2'd3;  // no fault: see ResultDefer

  // ---- What a build can do, one bit each of the parameter Features.
  localparam int FeatureSvadu          = 0;
  localparam int FeatureSvnapot        = 1;
  localparam int FeatureSvpbmt         = 2;
  localparam int FeatureSvrsw60t59b    = 3;
  localparam int FeatureZicfiss        = 4;
  localparam int FeatureZicbo          = 5;
  localparam int FeaturePointerMasking = 6;
  localparam int FeatureBigEndian      = 7;
  localparam int FeaturesWidth         = 8;

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
  localparam int PteReserved = 54;  // 58:54
  localparam int PteSoftware = 59;  // 60:59, reserved without Svrsw60t59b
  localparam int PtePbmt = 61;      // 62:61
  localparam int PteN = 63;

  // ---- Context: the state of the hart that was captured with a request.
  //
  //   7   6    5    4   3   2   1 0
  //  |SSE|SBE|PBMTE|ADUE|MXR|SUM|priv|
  localparam int ContextWidth = 8;
  localparam int ContextPriv = 0;
  localparam int ContextSum = 2;
  localparam int ContextMxr = 3;
  localparam int ContextAdue = 4;
  localparam int ContextPbmte = 5;
  localparam int ContextSbe = 6;
  localparam int ContextSse = 7;

  // ---- Walk: what a translation needs to know of its request; without VPN and offset, its head.
  //
  //  | VPN | VA[11:2] | root PPN | ASID |  mode  | global | size | speculative | old | beyond |
  //                                26    25..23     22    21..19      18        17     16
  //                                              | canonical | levels | context | access |
  //                                                    15      14..12    11..4     3..0
  //
  //  mode: how many levels the captured satp.MODE has; 0: not translated, and root PPN is the
  //  address's own. levels: how many are left to walk from the table at root PPN, and global: G in
  //  a pointer above that; both change when the walk cache or a PTE leads on.
  //  canonical: the upper address bits are a sign extension or, untranslated, zero. beyond: the
  //  root table, or the untranslated address, lies beyond the physical address width. old: a fence
  //  has completed since the request was accepted, so that it is answered but leaves nothing behind
  //  in a TLB (satp may have been another before the fence). size: log2 of bytes; like VA[11:2] only
  //  for PMP. ASID of an address that is not translated: 1 in M-mode, else 0.
  localparam int WalkAccess = 0;
  localparam int WalkContext = 4;
  localparam int WalkLevels = 12;
  localparam int WalkCanonical = 15;
  localparam int WalkBeyond = 16;
  localparam int WalkOld = 17;
  localparam int WalkSpeculative = 18;
  localparam int WalkSize = 19;
  localparam int WalkGlobal = 22;
  localparam int WalkMode = 23;
  localparam int WalkAsid = 26;
  localparam int OffsetWidth = 10;  // VA[11:2]

  // ---- Entry: a leaf that was granted once, as every TLB keeps it (A is always set, V too).
  //
  //  | PPN | mask | N | PBMT | F | G | P | D | U | X | W | R |
  //           11   10   9..8   7   6   5   4   3   2   1   0
  //
  //  mask, one bit a level above the base: mask[k] = 1 says that VPN[k] is part of the offset, so a
  //  leaf at level l has the l lowest bits set. PPN has VPN merged in where the mask says so.
  //  N: a 64 KiB page, the four low VPN bits are part of the offset (Svnapot).
  //  F: fractured, a base page out of a larger leaf that PMP does not treat as one.
  //  W, X and P are what PMP leaves over: W and X of the leaf where PMP allows them in the whole
  //  page, P where it allows reads. R and U, D, G, PBMT are the leaf's.
  localparam int FlagR = 0;
  localparam int FlagW = 1;
  localparam int FlagX = 2;
  localparam int FlagU = 3;
  localparam int FlagD = 4;
  localparam int FlagP = 5;
  localparam int FlagsWidth = 6;
  localparam int EntryGlobal = 6;
  localparam int EntryFractured = 7;
  localparam int EntryPage = 8;  // from here up to the PPN: all that a response says of its page
  localparam int EntryPbmt = 8;
  localparam int EntryNapot = 10;
  localparam int EntryMask = 11;

  // ---- Scope: of what memory PMP is asked for a leaf.
  localparam logic [1:0] ScopePage = 2'd0;    // all of the leaf's page
  localparam logic [1:0] ScopeBase = 2'd1;    // the base page in it
  localparam logic [1:0] ScopeAccess = 2'd2;  // the access alone

  // ---- Look: what a walk has seen in a PTE (rvmmu_look).
  //
  //  | entry | fetches | loads | shadow | update | allowed | beyond | accessed | leaf | pointer | error |
  //     10        9        8       7        6         5        4         3         2       1        0
  //
  //  error: it could not be read. pointer, leaf: it is well-formed. accessed: A. beyond: it leads
  //  past PaWidth. allowed, update, shadow, loads, fetches: as rvmmu_grant says of the access. The
  //  entry's PPN is the access's page of a leaf, else the next table's.
  localparam int LookError = 0;
  localparam int LookPointer = 1;
  localparam int LookLeaf = 2;
  localparam int LookAccessed = 3;
  localparam int LookBeyond = 4;
  localparam int LookAllowed = 5;
  localparam int LookUpdate = 6;
  localparam int LookShadow = 7;
  localparam int LookLoads = 8;
  localparam int LookFetches = 9;
  localparam int LookEntry = 10;

  // mcause code of a fault of this kind for this access ("Machine Cause Register").
  function automatic logic [5:0] cause(input logic [1:0] fault, input logic [3:0] access);
    if (fault == FaultAccess)
      cause = (access == AccessFetch) ? 6'd1 : (access == AccessLoad) ? 6'd5 : 6'd7;
    else
      cause = (access == AccessFetch) ? 6'd12 : (access == AccessLoad) ? 6'd13 : 6'd15;
  endfunction

  // Whether an access writes, so that it needs D.
  function automatic logic writes(input logic [3:0] access);
    writes = access == AccessStore || access == AccessAmo || access == AccessCboZero
          || access == AccessSsPush || access == AccessSsSwap;
  endfunction

  // Whether an access is to a shadow stack.
  function automatic logic stacks(input logic [3:0] access);
    stacks = access == AccessSsPush || access == AccessSsCheck || access == AccessSsSwap;
  endfunction

  // The place of a word of this width among others in a flat vector that is put together anew all the
  // time: a simulator does it in a few steps if each word begins where one of its own does.
  function automatic int aligned(input int width);
    aligned = (width + 31) / 32 * 32;
  endfunction

  // VPN bits that a page of this mask leaves to the offset; `bits` VPN bits a level.
  function automatic logic [44:0] offset_bits(input logic napot, input logic [3:0] mask,
                                              input int bits);
    offset_bits = napot ? 45'd15 : 45'd0;
    for (int k = 0; k < 4; k++)
      if (mask[k]) offset_bits = offset_bits | (45'((1 << bits) - 1) << (bits * k));
  endfunction

  // Whether two VPNs lie in one page of this | mask | N |; `bits` VPN bits a level. Compared level by
  // level, which is smaller than bit by bit.
  function automatic logic same_page(input logic [44:0] a, input logic [44:0] b,
                                     input logic [4:0] larger, input int bits);
    logic [44:0] differ, level;
    logic equal;
    differ = a ^ b;
    same_page = 1'b1;
    for (int k = 0; k < 5; k++) begin
      level = 45'((1 << bits) - 1) << (bits * k);
      equal = ~|(differ & level);
      if (k == 0) equal = ~|(differ & level & ~45'd15) && (larger[0] || ~|(differ & level & 45'd15));
      if (k < 4) equal = equal || larger[k+1];
      same_page = same_page && equal;
    end
  endfunction

  // The number of the PTE for this VPN in a table of this level.
  function automatic logic [9:0] pte_index(input logic [44:0] vpn, input logic [2:0] level,
                                           input int bits);
    pte_index = '0;
    for (int k = 0; k < 5; k++)
      if (level == 3'(k) && bits * k < 45)
        pte_index = 10'(vpn >> (bits * k)) & 10'((1 << bits) - 1);
  endfunction

  // What an access sets in its PTE: A and, if it writes, D ("Virtual Address Translation Process",
  // step 9).
  function automatic logic [7:0] marks(input logic writing);
    marks = '0;
    marks[PteA] = 1'b1;
    if (writing) marks[PteD] = 1'b1;
  endfunction

  // One level less, and none below none: shorter than a carry chain.
  function automatic logic [2:0] one_less(input logic [2:0] levels);
    case (levels)
      3'd2: one_less = 3'd1;
      3'd3: one_less = 3'd2;
      3'd4: one_less = 3'd3;
      3'd5: one_less = 3'd4;
      default: one_less = 3'd0;
    endcase
  endfunction

  // log2 of the page size in bytes.
  function automatic logic [5:0] page_shift(input logic napot, input logic [3:0] mask,
                                            input int bits);
    page_shift = napot ? 6'd16 : 6'd12;
    for (int i = 0; i < 4; i++)
      if (mask[i]) page_shift = 6'(12 + bits * (i + 1));
  endfunction

endpackage

`default_nettype wire

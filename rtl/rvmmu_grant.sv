// SPDX-License-Identifier: Apache-2.0
// rvmmu_grant: whether an entry clearly allows an access, and the physical page it leads to. Pure;
// the only place in the design that decides this: the TLBs ask it of what they hold, the walker of
// the leaf it has read. Privileged specification, "Virtual Address Translation Process", steps 6
// to 10 (U and SUM; R, W, X and MXR; A and D; the physical address), "Shadow Stack Memory
// Protection", and what cache-block operations need ("Cache-Block Management Instructions",
// "Cache-Block Zero", "Cache-Block Prefetch", each under faults).
`default_nettype none

module rvmmu_grant #(
    parameter int Xlen = 64,     // 32 or 64
    parameter int Levels = 3,    // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,  // physical address bits
    parameter logic [rvmmu_pkg::FeaturesWidth-1:0] Features = '0,
    localparam int VpnWidth = (Xlen == 32) ? 20 : 9 * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic                                 ask_i,       // else any answer
    input  wire logic [               EntryWidth-1:0] entry_i,
    input  wire logic                                 accessed_i,  // A; always 1 of a TLB's entry
    input  wire logic [                 VpnWidth-1:0] vpn_i,
    input  wire logic                                 bare_i,      // a page that is not translated
    input  wire logic [rvmmu_pkg::ContextWidth-1:0]   context_i,
    input  wire logic [ rvmmu_pkg::AccessWidth-1:0]   access_i,
    output logic                                      allowed_o,   // by permissions, A and D
    output logic                                      update_o,    // A or D alone is missing
    output logic                                      shadow_o,    // if not allowed nor to be
                                                                   // updated: an access fault
    output logic                                      load_o,      // a load would be permitted,
    output logic                                      fetch_o,     // a fetch would be
    output logic                                      beyond_o,    // a superpage leads past PaWidth
    output logic      [                 PpnWidth-1:0] ppn_o        // VPN merged into a superpage's
);
  localparam int VpnBits = (Xlen == 32) ? 10 : 9;
  localparam bit Zicfiss = Features[rvmmu_pkg::FeatureZicfiss];
  localparam bit Zicbo = Features[rvmmu_pkg::FeatureZicbo];

  logic [rvmmu_pkg::FlagsWidth-1:0] flags;
  logic [MaskWidth-1:0] mask;
  logic [PpnWidth-1:0] ppn;
  logic [44:0] wide, offset;
  logic r, w, x, p, u, d, napot, user, sum, mxr, sse;

  assign flags = entry_i[rvmmu_pkg::FlagsWidth-1:0];
  assign mask = entry_i[rvmmu_pkg::EntryMask+:MaskWidth];
  assign ppn = entry_i[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];
  assign r = flags[rvmmu_pkg::FlagR];
  assign w = flags[rvmmu_pkg::FlagW];
  assign x = flags[rvmmu_pkg::FlagX];
  assign p = flags[rvmmu_pkg::FlagP];
  assign d = flags[rvmmu_pkg::FlagD];
  assign sum = context_i[rvmmu_pkg::ContextSum];
  assign mxr = context_i[rvmmu_pkg::ContextMxr];
  assign sse = context_i[rvmmu_pkg::ContextSse];
  assign u = flags[rvmmu_pkg::FlagU];
  assign napot = entry_i[rvmmu_pkg::EntryNapot];
  assign user = context_i[rvmmu_pkg::ContextPriv+:2] == rvmmu_pkg::PrivU;

  logic fetch, store, amo, stack, manage, prefetch, writes;
  logic own, mode_ok;
  logic shadow, readable, kind_ok, permitted;
  logic marked;

  always_comb begin
    {fetch, store, amo, stack, manage, prefetch, writes} = 'x;
    {own, mode_ok, shadow, readable, kind_ok, permitted, marked, wide, offset} = 'x;
    {allowed_o, update_o, shadow_o, load_o, fetch_o} = 'x;
    if (ask_i) begin
      // ---- What the access is.
      fetch = access_i == rvmmu_pkg::AccessFetch;
      amo = access_i == rvmmu_pkg::AccessAmo;
      store = access_i == rvmmu_pkg::AccessStore || amo
           || (Zicbo && access_i == rvmmu_pkg::AccessCboZero);
      stack = Zicfiss && rvmmu_pkg::stacks(access_i);
      manage = Zicbo && access_i == rvmmu_pkg::AccessCboManage;
      prefetch = Zicbo && access_i == rvmmu_pkg::AccessPrefetch;
      writes = rvmmu_pkg::writes(access_i);

      // ---- Step 6: a U page is U-mode's; S-mode may use it under SUM, and never fetch.
      own = bare_i || user == u;
      mode_ok = own || (!user && sum && !fetch);

      // ---- Steps 7 and 8. W without R is a shadow stack, which ends with SSE at once.
      shadow = Zicfiss && w && !r;
      readable = p && (r || (mxr && x && !bare_i) || (shadow && sse));

      fetch_o = own && x;
      kind_ok = readable;
      if (fetch) kind_ok = x;
      if (store) kind_ok = w && !shadow && (p || !amo);
      if (stack) kind_ok = shadow && p && sse && !bare_i;
      if (manage) kind_ok = (readable || w) && !shadow;
      if (prefetch) kind_ok = readable || fetch_o;
      load_o = mode_ok && readable;
      permitted = mode_ok && kind_ok;

      shadow_o = Zicfiss && mode_ok && ((shadow && (fetch || store || manage))
                                     || (stack && !shadow && (w || x || !r)));

      // ---- Step 9.
      marked    = prefetch || (accessed_i && (d || !writes));
      allowed_o = permitted && marked;
      update_o  = permitted && !marked;

      // ---- Step 10. A superpage may be larger than the physical address space: wide keeps what
      //      would not fit.
      offset = rvmmu_pkg::offset_bits(napot, 4'(mask), VpnBits);
      wide = 45'(vpn_i) & offset;
    end
  end
  assign ppn_o = (ppn & ~offset[PpnWidth-1:0]) | wide[PpnWidth-1:0];
  assign beyond_o = |wide[44:PpnWidth];

  // Which address spaces an entry serves is the TLBs' business; what it is for, the requester's.
  logic unused;
  assign unused = &{1'b0, entry_i, context_i};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_grant: whether an entry clearly allows an access, and the physical page it leads to. Pure;
// the only place in the design that decides this: the TLBs ask it of what they hold, the walker of
// the leaf it has read. Privileged specification, "Virtual Address Translation Process", steps 6
// to 10 (U and SUM; R, W, X and MXR; A and D; the physical address).
`default_nettype none

module rvmmu_grant #(
    parameter int Xlen = 64,     // 32 or 64
    parameter int Levels = 3,    // 2 (Xlen 32), 3 to 5 (Xlen 64)
    parameter int PaWidth = 56,  // physical address bits
    localparam int VpnWidth = (Xlen == 32) ? 20 : 9 * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic [               EntryWidth-1:0] entry_i,
    input  wire logic                                 accessed_i,  // A; always 1 of a TLB's entry
    input  wire logic [                 VpnWidth-1:0] vpn_i,
    input  wire logic [rvmmu_pkg::ContextWidth-1:0]   context_i,
    input  wire logic [ rvmmu_pkg::AccessWidth-1:0]   access_i,
    output logic                                      allowed_o,   // by permissions, A and D
    output logic                                      beyond_o,    // a superpage leads past PaWidth
    output logic      [                 PpnWidth-1:0] ppn_o        // VPN merged into a superpage's
);
  localparam int VpnBits = (Xlen == 32) ? 10 : 9;

  logic [rvmmu_pkg::FlagsWidth-1:0] flags;
  logic [MaskWidth-1:0] mask;
  logic [PpnWidth-1:0] ppn;
  logic [44:0] wide, offset;
  logic fetch, store, user, mode_ok, kind_ok;

  assign flags = entry_i[rvmmu_pkg::FlagsWidth-1:0];
  assign mask = entry_i[rvmmu_pkg::EntryMask+:MaskWidth];
  assign ppn = entry_i[rvmmu_pkg::EntryMask+MaskWidth+:PpnWidth];

  assign fetch = access_i == rvmmu_pkg::AccessFetch;
  assign store = access_i == rvmmu_pkg::AccessStore || access_i == rvmmu_pkg::AccessAmo;
  assign user = context_i[rvmmu_pkg::ContextPriv+:2] == rvmmu_pkg::PrivU;

  // A U page is U-mode's; S-mode may load and store there under SUM, and never fetch.
  assign mode_ok = user ? flags[rvmmu_pkg::FlagU]
                        : !flags[rvmmu_pkg::FlagU] || (context_i[rvmmu_pkg::ContextSum] && !fetch);

  // W without R is never well-formed, so W alone allows an AMO too.
  assign kind_ok = fetch ? flags[rvmmu_pkg::FlagX]
                 : store ? flags[rvmmu_pkg::FlagW] && flags[rvmmu_pkg::FlagD]
                         : flags[rvmmu_pkg::FlagR]
                           || (context_i[rvmmu_pkg::ContextMxr] && flags[rvmmu_pkg::FlagX]);

  assign allowed_o = mode_ok && kind_ok && accessed_i;

  // A superpage may be larger than the physical address space: wide keeps what would not fit.
  assign offset = rvmmu_pkg::offset_bits(4'(mask), VpnBits);
  assign wide = 45'(vpn_i) & offset;
  assign ppn_o = (ppn & ~offset[PpnWidth-1:0]) | wide[PpnWidth-1:0];
  assign beyond_o = |wide[44:PpnWidth];

  logic unused;  // which address spaces an entry serves is the TLBs' business
  assign unused = &{1'b0, entry_i[rvmmu_pkg::EntryGlobal]};
endmodule

`default_nettype wire

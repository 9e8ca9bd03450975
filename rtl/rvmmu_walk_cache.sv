// SPDX-License-Identifier: Apache-2.0
// rvmmu_walk_cache: the pointers (PTEs that are not leaves) that walks have read, so that a walk
// begins at the deepest table known. One fully associative array for each level that a pointer can
// lead to; what the array's tag holds is drawn below. It does not know what the PTE said.
//
// Lookup: asked in cycle 0, read out from cycle 1 on until the next; see rvmmu_walk_cache_level.
// A fill or a fence takes one cycle.
// Fences: privileged specification, "Supervisor Memory-Management Fence Instruction": with an
// address only leaves are ordered, so that no pointer goes; with an ASID, none that is global.
`default_nettype none

module rvmmu_walk_cache #(
    parameter int Entries = 8,    // pointers to tables of level 0; a power of two, 2 to 32
    parameter int VpnBits = 9,    // VPN bits a level: 9, or 10 for Sv32
    parameter int Levels = 3,     // 2 to 5
    parameter int AsidWidth = 9,  // 1 to 16
    parameter int PpnWidth = 44,  // physical page number bits
    localparam int VpnWidth = VpnBits * Levels
) (
    input  wire logic                 clk_i,
    input  wire logic                 rst_ni,
    // lookup, cycle 0
    input  wire logic                 lookup_i,
    input  wire logic [ VpnWidth-1:0] lookup_vpn_i,
    input  wire logic [AsidWidth-1:0] lookup_asid_i,
    input  wire logic [          2:0] lookup_levels_i,  // of the mode; 0: not translated, no match
    input  wire logic                 lookup_user_i,    // in U-mode, which finds what U-mode has read:
                                                        // nothing else is to show in its timing
    // lookup, cycle 1 until the next: the deepest pointer known, unless it has gone meanwhile
    output logic                      found_o,
    output logic      [          2:0] found_levels_o,   // left to walk: 1, only level 0
    output logic      [ PpnWidth-1:0] found_ppn_o,      // of the table with the next PTE
    output logic                      found_global_o,   // G in a pointer on the way there
    // fill: a pointer that a walk has read
    input  wire logic                 fill_i,
    input  wire logic [ VpnWidth-1:0] fill_vpn_i,
    input  wire logic [AsidWidth-1:0] fill_asid_i,
    input  wire logic [          2:0] fill_mode_i,      // levels of the mode
    input  wire logic                 fill_user_i,      // a walk for U-mode
    input  wire logic [          2:0] fill_levels_i,    // left below the pointer, 1 to mode - 1
    input  wire logic [ PpnWidth-1:0] fill_ppn_i,
    input  wire logic                 fill_global_i,    // G in this pointer or above
    // fence, announced in the same cycle: then no fill
    input  wire logic                 fence_soon_i,
    input  wire logic                 fence_i,
    input  wire logic                 fence_use_va_i,
    input  wire logic                 fence_use_asid_i,
    input  wire logic [AsidWidth-1:0] fence_asid_i
);
  // A pointer one level up reaches 2**VpnBits times as far, so a quarter of the entries is plenty.
  localparam int UpperEntries = (Entries > 8) ? Entries / 4 : 2;
  localparam int FoundWidth = 3 + 1 + PpnWidth;

  // Tag of a pointer with l levels left below; VPN[l-1:0] index the tables below it.
  //
  //  | VPN[Levels-1] | ... | VPN[l] | user | mode |
  //
  // mode: the two low bits of the mode's number of levels tell 2, 3, 4 and 5 apart. A build of up
  // to three levels has one mode only.
  localparam bit Modes = Levels > 3;
  logic [1:0] lookup_mode, fill_mode;
  assign lookup_mode = Modes ? lookup_levels_i[1:0] : 2'd0;
  assign fill_mode   = Modes ? fill_mode_i[1:0] : 2'd0;

  logic [AsidWidth-1:0] change_asid;
  assign change_asid = fence_soon_i ? fence_asid_i : fill_asid_i;

  logic [Levels-1:1] found, deepest;
  logic [(Levels-1)*FoundWidth-1:0] pointer;
  assign deepest = found & (~found + (Levels - 1)'(1));

  for (genvar l = 1; l < Levels; l++) begin : gen_level
    localparam int PrefixWidth = VpnWidth - VpnBits * l;
    logic [PpnWidth-1:0] ppn;
    logic global_above;

    rvmmu_walk_cache_level #(
        .Entries((l == 1) ? Entries : UpperEntries), .TagWidth(PrefixWidth + 3),
        .AsidWidth(AsidWidth), .PpnWidth(PpnWidth)
    ) u_level (
        .clk_i, .rst_ni,
        .lookup_i,
        .lookup_translated_i(lookup_levels_i != 3'd0),
        .lookup_tag_i({lookup_vpn_i[VpnWidth-1-:PrefixWidth], lookup_user_i, lookup_mode}),
        .lookup_asid_i,
        .found_o(found[l]), .found_ppn_o(ppn), .found_global_o(global_above),
        .used_i(deepest[l]),
        .change_asid_i(change_asid),
        .fill_i(fill_i && fill_levels_i == 3'(l)),
        .fill_tag_i({fill_vpn_i[VpnWidth-1-:PrefixWidth], fill_user_i, fill_mode}),
        .fill_ppn_i, .fill_global_i,
        .fence_i(fence_i && !fence_use_va_i), .fence_use_asid_i
    );
    assign pointer[(l-1)*FoundWidth+:FoundWidth] = {3'(l), global_above, ppn};
  end

  assign found_o = |found;
  rvmmu_mux #(.Inputs(Levels - 1), .Width(FoundWidth)) u_deepest (
      .select_i(deepest), .data_i(pointer),
      .data_o({found_levels_o, found_global_o, found_ppn_o})
  );

  // The lowest VPN field only indexes tables of level 0; of the mode, two bits are kept.
  logic unused;
  assign unused = &{1'b0, lookup_vpn_i[VpnBits-1:0], fill_vpn_i[VpnBits-1:0], fill_mode_i};

  initial
    if (Entries < 2 || Entries > 32 || (1 << $clog2(Entries)) != Entries)
      $error("rvmmu_walk_cache: Entries must be a power of two from 2 to 32");
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_tlb_sets: a TLB with the ports and the timing of rvmmu_tlb that keeps base pages in sets,
// in small RAMs, and all others (superpages, 64 KiB, fractured, untranslated) in an rvmmu_tlb. For
// FPGAs that can read a RAM in the cycle in which it is asked it holds several times the pages at
// the same size. Never do two base pages match one address, nor two others; of one of each, the base
// page is shown.
//
// A fence takes one cycle. By ASID it takes the base pages of every ASID but the global ones: more
// than it must. Privileged specification, "Supervisor Memory-Management Fence Instruction".
`default_nettype none

module rvmmu_tlb_sets #(
    parameter int Ways = 4,         // base pages of a set, a power of two, 2 to 16
    parameter int Sets = 16,        // a power of two, 2 to 256
    parameter int Entries = 4,      // for the other pages, a power of two, 2 to 128
    parameter int VpnBits = 9,      // VPN bits a level: 9, or 10 for Sv32
    parameter int Levels = 3,       // 2 to 5
    parameter int AsidWidth = 9,    // 1 to 16
    parameter int PpnWidth = 44,    // physical page number bits
    parameter int Replacement = 0,  // among the other pages; base pages at random
    parameter bit Shared = 1'b0,    // as in rvmmu_tlb
    localparam int VpnWidth = VpnBits * Levels,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // as rvmmu_tlb has them
    input  wire logic                  lookup_i,
    input  wire logic [  VpnWidth-1:0] lookup_vpn_i,
    input  wire logic [ AsidWidth-1:0] lookup_asid_i,
    input  wire logic                  lookup_bare_i,
    input  wire logic                  lookup_user_i,
    output logic                       match_o,
    output logic      [EntryWidth-1:0] entry_o,
    input  wire logic                  used_i,
    input  wire logic                  fill_soon_i,
    input  wire logic                  fill_i,
    input  wire logic [  VpnWidth-1:0] fill_vpn_i,
    input  wire logic [ AsidWidth-1:0] fill_asid_i,
    input  wire logic                  fill_bare_i,
    input  wire logic [EntryWidth-1:0] fill_entry_i,
    input  wire logic                  fence_soon_i,    // a fence may come: its operands stand
    input  wire logic                  fence_i,
    input  wire logic                  fence_use_va_i,
    input  wire logic                  fence_use_asid_i,
    input  wire logic [  VpnWidth-1:0] fence_vpn_i,
    input  wire logic [ AsidWidth-1:0] fence_asid_i
);
  localparam int SetWidth = $clog2(Sets);
  localparam int DataWidth = rvmmu_pkg::EntryNapot + PpnWidth;  // an entry without mask and N
  localparam int Stride = rvmmu_pkg::aligned(DataWidth);

  // Neighbouring regions of an address space begin in different sets.
  function automatic logic [SetWidth-1:0] set_of(input logic [VpnWidth-1:0] vpn);
    set_of = SetWidth'(vpn) ^ SetWidth'(vpn >> SetWidth) ^ SetWidth'(vpn >> (2 * SetWidth));
  endfunction

  logic fills, fill_base, fill_global, fill_user, fill_beside, found;
  logic [SetWidth-1:0] lookup_set, change_set, set_q;
  logic [VpnWidth-1:0] change_vpn, lookup_vpn;
  logic [AsidWidth-1:0] change_asid, lookup_asid;

  assign fill_base = fill_i && !fill_bare_i && !fill_entry_i[rvmmu_pkg::EntryFractured]
                  && fill_entry_i[rvmmu_pkg::EntryNapot+:MaskWidth+1] == '0;
  assign fill_global = fill_entry_i[rvmmu_pkg::EntryGlobal];
  assign fill_user   = fill_entry_i[rvmmu_pkg::FlagU];

  // What the words are compared with.
  assign fills       = !Shared || fill_soon_i;
  assign change_vpn  = fence_soon_i ? fence_vpn_i : fills ? fill_vpn_i : lookup_vpn_i;
  assign change_asid = fence_soon_i ? fence_asid_i : fills ? fill_asid_i : lookup_asid_i;
  assign lookup_vpn  = Shared ? change_vpn : lookup_vpn_i;
  assign lookup_asid = Shared ? change_asid : lookup_asid_i;
  assign lookup_set  = Shared ? change_set : set_of(lookup_vpn);
  assign change_set  = fence_soon_i ? set_of(fence_vpn_i)
                     : fills ? set_of(fill_vpn_i) : set_of(lookup_vpn_i);

  // A lookup beside a fill of its page.
  assign fill_beside = !Shared && fill_base && fill_vpn_i == lookup_vpn_i && !lookup_bare_i
                    && (fill_asid_i == lookup_asid_i || fill_global);

  // ---- Base pages.
  logic [Sets*Ways-1:0] valid_q, global_q;  // set 0 lowest; G again, for a fence of all sets
  logic [Ways-1:0] lookup_valid, same, match_q;
  logic [Ways-1:0] change_valid, page_equal, asid_equal, shared, going, vacant, turn, write;
  logic [Ways*Stride-1:0] data;
  logic [DataWidth-1:0] base_data;

  assign lookup_valid = valid_q[lookup_set*Ways+:Ways];
  assign change_valid = valid_q[change_set*Ways+:Ways];

  for (genvar w = 0; w < Ways; w++) begin : gen_way
    logic [DataWidth-1:0] read;

    rvmmu_tlb_way #(
        .Sets(Sets), .VpnWidth(VpnWidth), .AsidWidth(AsidWidth), .DataWidth(DataWidth)
    ) u_way (
        .clk_i,
        .lookup_i, .lookup_set_i(lookup_set), .lookup_high_i(lookup_vpn[VpnWidth-1:SetWidth]),
        .lookup_asid_i(lookup_asid), .lookup_user_i,
        .match_o(same[w]),
        .change_i(fence_i || fill_base), .change_set_i(change_set),
        .change_high_i(change_vpn[VpnWidth-1:SetWidth]),
        .change_asid_i(change_asid),
        .page_equal_o(page_equal[w]), .asid_equal_o(asid_equal[w]), .global_o(shared[w]),
        .write_i(write[w]), .write_global_i(fill_global), .write_user_i(fill_user),
        .write_data_i({fill_entry_i[EntryWidth-1-:PpnWidth],
                       fill_entry_i[rvmmu_pkg::EntryNapot-1:0]}),
        .read_set_i(set_q), .read_data_o(read)
    );
    assign data[w*Stride+:Stride] = Stride'(read);
  end

  // What a fill, or a fence by address, removes of its set; the rules are rvmmu_tlb_entry's.
  assign going = page_equal & (fence_i ? (asid_equal & ~shared) | {Ways{!fence_use_asid_i}}
                                         : asid_equal | shared | {Ways{fill_global}});

  rvmmu_random #(.Entries(Ways)) u_turn (
      .clk_i, .rst_ni, .touch_i(write), .victim_o(turn)
  );
  assign vacant = ~change_valid & (change_valid + Ways'(1));
  assign write = !fill_base ? '0 : (&change_valid) ? turn : vacant;

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) valid_q <= '0;
    else if (fence_i && !fence_use_va_i)
      valid_q <= valid_q & global_q & {Sets * Ways{fence_use_asid_i}};
    else if (fence_i || fill_base)
      for (int s = 0; s < Sets; s++)
        if (change_set == SetWidth'(s))
          valid_q[s*Ways+:Ways] <= (valid_q[s*Ways+:Ways] & ~going) | write;
  always_ff @(posedge clk_i)
    if (fill_base)
      for (int s = 0; s < Sets; s++)
        if (change_set == SetWidth'(s))
          global_q[s*Ways+:Ways] <= (global_q[s*Ways+:Ways] & ~write)
                                  | (write & {Ways{fill_global}});

  // A lookup beside a fill sees what it leaves behind; beside a fence, nothing if it shares the
  // comparators.
  assign found = !lookup_bare_i && !(Shared && fence_soon_i);
  always_ff @(posedge clk_i)
    if (lookup_i) begin
      set_q <= lookup_set;
      if (fill_beside) match_q <= write & {Ways{!lookup_user_i || fill_user}};
      else
        match_q <= lookup_valid & same & {Ways{found}}
                 & ~(write & {Ways{change_set == lookup_set}});
    end

  rvmmu_mux #(.Inputs(Ways), .Width(DataWidth), .Stride(Stride)) u_base (
      .select_i(match_q), .data_i(data), .data_o(base_data)
  );

  // ---- The others.
  logic other_match;
  logic [EntryWidth-1:0] other_entry;

  rvmmu_tlb #(
      .Entries(Entries), .VpnBits(VpnBits), .Levels(Levels), .AsidWidth(AsidWidth),
      .PpnWidth(PpnWidth), .Replacement(Replacement), .Shared(Shared)
  ) u_others (
      .clk_i, .rst_ni, .lookup_i, .lookup_vpn_i, .lookup_asid_i, .lookup_bare_i, .lookup_user_i,
      .match_o(other_match), .entry_o(other_entry), .used_i(used_i && other_match),
      .fill_soon_i, .fill_i(fill_i && !fill_base), .fill_vpn_i, .fill_asid_i, .fill_bare_i,
      .fill_entry_i,
      .fence_soon_i, .fence_i, .fence_use_va_i, .fence_use_asid_i, .fence_vpn_i, .fence_asid_i
  );

  assign match_o = |match_q || other_match;
  assign entry_o = |match_q ? {base_data[DataWidth-1-:PpnWidth], (MaskWidth + 1)'(0),
                               base_data[rvmmu_pkg::EntryNapot-1:0]}
                            : other_entry;

  initial begin
    if (Ways < 2 || Ways > 16 || (1 << $clog2(Ways)) != Ways)
      $error("rvmmu_tlb_sets: Ways must be a power of two from 2 to 16");
    if (Sets < 2 || Sets > 256 || (1 << SetWidth) != Sets)
      $error("rvmmu_tlb_sets: Sets must be a power of two from 2 to 256");
  end
endmodule

`default_nettype wire

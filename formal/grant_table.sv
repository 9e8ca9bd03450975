// SPDX-License-Identifier: Apache-2.0
// Theorem grant_table, of rvmmu_grant: which accesses a leaf allows, and where they go, is what
// this table says, from the privileged specification: "Addressing and Memory Protection" of Sv32
// (R, W, X, U, A, D by Svade), "Memory Privilege in sstatus Register" (SUM, MXR) and "Virtual
// Address Translation Process", the last step (the physical address).
`default_nettype none

module grant_table #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    localparam int VpnWidth = (Xlen == 32) ? 20 : 9 * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input wire logic                                clk_i,  // of the checker's cycles
    input wire logic [                EntryWidth-1:0] entry_i,
    input wire logic                                accessed_i,
    input wire logic [                VpnWidth-1:0] vpn_i,
    input wire logic [ rvmmu_pkg::ContextWidth-1:0] context_i,
    input wire logic [  rvmmu_pkg::AccessWidth-1:0] access_i
);
  logic allowed, beyond;
  logic [PpnWidth-1:0] ppn;

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth)
  ) u_grant (
      .entry_i, .accessed_i, .vpn_i, .context_i, .access_i,
      .allowed_o(allowed), .beyond_o(beyond), .ppn_o(ppn)
  );

  // ---- The table of permissions. Modes U and S; kinds fetch, load, store, AMO.
  logic [1:0] mode;
  logic sum, mxr, d, u, x, w, r, permitted, dirty_enough;

  assign mode = context_i[rvmmu_pkg::ContextPriv+:2];
  assign sum  = context_i[rvmmu_pkg::ContextSum];
  assign mxr  = context_i[rvmmu_pkg::ContextMxr];
  assign {d, u, x, w, r} = {entry_i[rvmmu_pkg::FlagD], entry_i[rvmmu_pkg::FlagU],
                            entry_i[rvmmu_pkg::FlagX], entry_i[rvmmu_pkg::FlagW],
                            entry_i[rvmmu_pkg::FlagR]};

  always_comb
    casez ({access_i[1:0], mode, u, sum, mxr, x, w, r})
      // kind mode  U    SUM   MXR   XWR
      {2'd0, 2'd0, 1'b1, 1'b?, 1'b?, 3'b1??}: permitted = 1'b1;  // fetch, U-mode, its own page
      {2'd0, 2'd1, 1'b0, 1'b?, 1'b?, 3'b1??}: permitted = 1'b1;  // fetch, S-mode, never from U
      {2'd1, 2'd0, 1'b1, 1'b?, 1'b?, 3'b??1}: permitted = 1'b1;  // load of a readable page
      {2'd1, 2'd1, 1'b0, 1'b?, 1'b?, 3'b??1}: permitted = 1'b1;
      {2'd1, 2'd1, 1'b1, 1'b1, 1'b?, 3'b??1}: permitted = 1'b1;
      {2'd1, 2'd0, 1'b1, 1'b?, 1'b1, 3'b1??}: permitted = 1'b1;  // load of an executable one, MXR
      {2'd1, 2'd1, 1'b0, 1'b?, 1'b1, 3'b1??}: permitted = 1'b1;
      {2'd1, 2'd1, 1'b1, 1'b1, 1'b1, 3'b1??}: permitted = 1'b1;
      {2'd2, 2'd0, 1'b1, 1'b?, 1'b?, 3'b?1?}: permitted = 1'b1;  // store
      {2'd2, 2'd1, 1'b0, 1'b?, 1'b?, 3'b?1?}: permitted = 1'b1;
      {2'd2, 2'd1, 1'b1, 1'b1, 1'b?, 3'b?1?}: permitted = 1'b1;
      {2'd3, 2'd0, 1'b1, 1'b?, 1'b?, 3'b?11}: permitted = 1'b1;  // AMO: reads and writes
      {2'd3, 2'd1, 1'b0, 1'b?, 1'b?, 3'b?11}: permitted = 1'b1;
      {2'd3, 2'd1, 1'b1, 1'b1, 1'b?, 3'b?11}: permitted = 1'b1;
      default: permitted = 1'b0;
    endcase

  always_comb
    case (access_i[1:0])
      2'd0, 2'd1: dirty_enough = accessed_i;
      default: dirty_enough = accessed_i && d;
    endcase

  // ---- The table of addresses: a leaf of level i takes PPN[i-1:0] from the VPN.
  logic [45:0] page, leaf_ppn, vpn;
  logic [3:0] offset;

  assign leaf_ppn = 46'(entry_i[EntryWidth-1-:PpnWidth]);
  assign vpn = 46'(vpn_i);
  assign offset = 4'(entry_i[rvmmu_pkg::EntryMask+:MaskWidth]);

  always_comb begin
    page = leaf_ppn;
    if (Xlen == 32) begin
      if (offset == 4'b0001) page = {leaf_ppn[45:10], vpn[9:0]};
    end else
      case (offset)
        4'b0000: page = leaf_ppn;
        4'b0001: page = {leaf_ppn[45:9], vpn[8:0]};
        4'b0011: page = {leaf_ppn[45:18], vpn[17:0]};
        4'b0111: page = {leaf_ppn[45:27], vpn[26:0]};
        default: page = {leaf_ppn[45:36], vpn[35:0]};
      endcase
  end

  // ---- Assumed, as rvmmu_pte and the captured context have it: a leaf's encoding that is not
  //      reserved, a mask of some level, mode U or S (M is not translated), one of the four kinds.
  always_comb begin
    assume (r || (x && !w));
    assume (offset == 4'b0000 || offset == 4'b0001 || offset == 4'b0011 || offset == 4'b0111
            || offset == 4'b1111);
    assume (mode == 2'd0 || mode == 2'd1);
    assume (access_i < 4'd4);
  end

  // ---- The theorem.
  always_comb begin
    assert (allowed == (permitted && dirty_enough));
    assert (beyond == ((page >> PpnWidth) != '0));
    assert (ppn == page[PpnWidth-1:0]);
  end

  // ---- It is not vacuous: each kind allowed and refused in each mode, S-mode allowed on a U page,
  //      each page size, and one beyond the physical address width where that can be.
  for (genvar k = 0; k < 4; k++) begin : gen_kind
    for (genvar m = 0; m < 2; m++) begin : gen_mode
      always_comb begin
        cover (allowed && access_i == 4'(k) && mode == 2'(m));
        cover (!allowed && access_i == 4'(k) && mode == 2'(m));
      end
    end
    if (k > 0) begin : gen_sum
      always_comb cover (allowed && access_i == 4'(k) && mode == 2'd1 && u);
    end
  end
  for (genvar l = 0; l < Levels; l++) begin : gen_size
    always_comb cover (allowed && !beyond && offset == 4'((1 << l) - 1));
  end
  if (PpnWidth < ((Xlen == 32) ? 10 : 9) * MaskWidth) begin : gen_beyond
    always_comb cover (allowed && beyond);
  end
endmodule

`default_nettype wire

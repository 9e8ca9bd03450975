// SPDX-License-Identifier: Apache-2.0
// Theorem grant_table, of rvmmu_grant: which accesses an entry allows, and where they go, is what
// these tables say, from the privileged specification: "Addressing and Memory Protection" of Sv32
// (R, W, X, U, A, D), "Memory Privilege in sstatus Register" (SUM, MXR), "Virtual Address
// Translation Process", steps 6 to 10, Svnapot (the physical address), "Shadow Stack Memory
// Protection", the faults of cache-block operations, and "Physical Memory Protection".
//
// The entry is made of a page table's leaf and of what PMP grants in its page, as in rvmmu_pkg. It
// has no room for all of both: if PMP takes away the X or W of a leaf without R, it must allow
// nothing, although a load (MXR, a shadow stack) might be permitted; else it is exact.
`default_nettype none

module grant_table #(
    parameter int Xlen = 64,
    parameter int Levels = 3,
    parameter int PaWidth = 56,
    parameter int Features = 0,
    localparam int VpnWidth = (Xlen == 32) ? 20 : 9 * Levels,
    localparam int PpnWidth = PaWidth - 12,
    localparam int MaskWidth = Levels - 1,
    localparam int EntryWidth = rvmmu_pkg::EntryMask + MaskWidth + PpnWidth
) (
    input wire logic                                clk_i,  // of the checker's cycles
    input wire logic [              EntryWidth-1:0] leaf_i,  // an entry but for PMP
    input wire logic [                         2:0] pmp_xwr_i,
    input wire logic                                accessed_i,
    input wire logic [                VpnWidth-1:0] vpn_i,
    input wire logic                                bare_i,
    input wire logic [ rvmmu_pkg::ContextWidth-1:0] context_i,
    input wire logic [  rvmmu_pkg::AccessWidth-1:0] access_i
);
  localparam logic [rvmmu_pkg::FeaturesWidth-1:0] Has = rvmmu_pkg::FeaturesWidth'(Features);

  logic [EntryWidth-1:0] entry;
  logic d, u, x, w, r, pmp_x, pmp_w, pmp_r;

  assign {d, u, x, w, r} = {leaf_i[rvmmu_pkg::FlagD], leaf_i[rvmmu_pkg::FlagU],
                            leaf_i[rvmmu_pkg::FlagX], leaf_i[rvmmu_pkg::FlagW],
                            leaf_i[rvmmu_pkg::FlagR]};
  assign {pmp_x, pmp_w, pmp_r} = pmp_xwr_i;

  always_comb begin
    entry = leaf_i;
    entry[rvmmu_pkg::FlagX] = x && pmp_x;
    entry[rvmmu_pkg::FlagW] = w && pmp_w;
    entry[rvmmu_pkg::FlagP] = pmp_r;
  end

  logic allowed, update, shadow, load, fetch, beyond;
  logic [PpnWidth-1:0] ppn;

  rvmmu_grant #(
      .Xlen(Xlen), .Levels(Levels), .PaWidth(PaWidth), .Features(Has)
  ) u_grant (
      .ask_i(1'b1), .entry_i(entry), .accessed_i, .vpn_i, .bare_i, .context_i, .access_i,
      .allowed_o(allowed), .update_o(update), .shadow_o(shadow), .load_o(load), .fetch_o(fetch),
      .beyond_o(beyond), .ppn_o(ppn)
  );

  // ---- The table of U and SUM, of data and of fetches. Modes U and S.
  logic [1:0] mode;
  logic sum, mxr, sse, data_mode, fetch_mode;

  assign mode = context_i[rvmmu_pkg::ContextPriv+:2];
  assign sum  = context_i[rvmmu_pkg::ContextSum];
  assign mxr  = context_i[rvmmu_pkg::ContextMxr];
  assign sse  = context_i[rvmmu_pkg::ContextSse];

  always_comb
    casez ({bare_i, mode, u, sum})
      // bare  mode  U    SUM
      {1'b1, 2'd?, 1'b?, 1'b?}: {data_mode, fetch_mode} = 2'b11;
      {1'b0, 2'd0, 1'b1, 1'b?}: {data_mode, fetch_mode} = 2'b11;  // U-mode, its own page
      {1'b0, 2'd1, 1'b0, 1'b?}: {data_mode, fetch_mode} = 2'b11;  // S-mode, its own page
      {1'b0, 2'd1, 1'b1, 1'b1}: {data_mode, fetch_mode} = 2'b10;  // S-mode, never fetches from U
      default: {data_mode, fetch_mode} = 2'b00;
    endcase

  // ---- The table of R, W and X: what a load, a store, a fetch and a shadow-stack access may do.
  logic loads, stores, fetches, stacks;

  always_comb
    casez ({bare_i, sse, mxr, x, w, r})
      // bare  SSE   MXR   XWR
      {1'b1, 1'b?, 1'b?, 3'b???}: {loads, stores, fetches, stacks} = 4'b1110;
      {1'b0, 1'b?, 1'b?, 3'b001}: {loads, stores, fetches, stacks} = 4'b1000;
      {1'b0, 1'b1, 1'b?, 3'b010}: {loads, stores, fetches, stacks} = 4'b1001;  // shadow stack
      {1'b0, 1'b0, 1'b?, 3'b010}: {loads, stores, fetches, stacks} = 4'b0000;  // reserved
      {1'b0, 1'b?, 1'b?, 3'b011}: {loads, stores, fetches, stacks} = 4'b1100;
      {1'b0, 1'b?, 1'b0, 3'b100}: {loads, stores, fetches, stacks} = 4'b0010;
      {1'b0, 1'b?, 1'b1, 3'b100}: {loads, stores, fetches, stacks} = 4'b1010;
      {1'b0, 1'b?, 1'b?, 3'b101}: {loads, stores, fetches, stacks} = 4'b1010;
      {1'b0, 1'b?, 1'b?, 3'b111}: {loads, stores, fetches, stacks} = 4'b1110;
      default: {loads, stores, fetches, stacks} = 4'b0000;
    endcase

  // ---- The table of kinds: what must be permitted by the page and by PMP, and which of A and D
  //      must be set.
  logic can_load, can_store, can_fetch, shadow_stack, permitted, needs_a, needs_d;

  assign can_load = data_mode && loads && pmp_r;
  assign can_store = data_mode && stores && pmp_w;
  assign can_fetch = fetch_mode && fetches && pmp_x;
  assign shadow_stack = {x, w, r} == 3'b010;

  always_comb begin
    permitted = 1'b0;
    {needs_a, needs_d} = 2'b10;
    case (access_i)
      4'd0: permitted = can_fetch;
      4'd1: permitted = can_load;
      4'd2: begin  // store
        permitted = can_store;
        needs_d = 1'b1;
      end
      4'd3: begin  // AMO
        permitted = can_load && can_store;
        needs_d = 1'b1;
      end
      4'd4, 4'd6: begin  // sspush, ssamoswap
        permitted = data_mode && stacks && pmp_r && pmp_w;
        needs_d = 1'b1;
      end
      4'd5: permitted = data_mode && stacks && pmp_r && pmp_w;  // sspopchk
      4'd7: permitted = (can_load || can_store) && !shadow_stack;  // cbo.inval, clean, flush
      4'd8: begin  // cbo.zero
        permitted = can_store;
        needs_d = 1'b1;
      end
      default: begin  // prefetch
        permitted = can_load || can_store || can_fetch;
        needs_a = 1'b0;
      end
    endcase
  end

  logic marked, lost, whole, protects;
  assign marked = (accessed_i || !needs_a) && (d || !needs_d);
  assign lost = !r && ((x && !pmp_x) || (w && !pmp_w));
  assign whole = pmp_xwr_i == 3'b111;

  // ---- The table of step 7: what a leaf protects with an access fault, once U and SUM have let
  //      the access through.
  always_comb
    casez ({access_i, x, w, r})
      {4'd0, 3'b010}, {4'd2, 3'b010}, {4'd3, 3'b010}, {4'd7, 3'b010}, {4'd8, 3'b010}:
        protects = 1'b1;
      {4'd4, 3'b?1?}, {4'd5, 3'b?1?}, {4'd6, 3'b?1?}: protects = !shadow_stack;
      {4'd4, 3'b1??}, {4'd5, 3'b1??}, {4'd6, 3'b1??}: protects = 1'b1;
      default: protects = 1'b0;
    endcase

  // ---- The table of addresses: a leaf of level i takes PPN[i-1:0] from the VPN, one of 64 KiB the
  //      four low bits.
  logic [45:0] page, leaf_ppn, vpn;
  logic [3:0] offset;
  logic napot;

  assign leaf_ppn = 46'(leaf_i[EntryWidth-1-:PpnWidth]);
  assign vpn = 46'(vpn_i);
  assign offset = 4'(leaf_i[rvmmu_pkg::EntryMask+:MaskWidth]);
  assign napot = leaf_i[rvmmu_pkg::EntryNapot];

  always_comb begin
    page = leaf_ppn;
    if (napot) page = {leaf_ppn[45:4], vpn[3:0]};
    else if (Xlen == 32) begin
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

  // ---- Assumed, as rvmmu_pte, rvmmu_pmp and the captured context have it: a leaf's encoding that
  //      is not reserved, a mask of some level, mode U or S (M is not translated), a kind that the
  //      build has; an untranslated page permits everything; PMP that permits stores permits loads.
  always_comb begin
    assume (r || (x && !w) || (Has[rvmmu_pkg::FeatureZicfiss] && w && !x));
    assume (offset == 4'b0000 || offset == 4'b0001 || offset == 4'b0011 || offset == 4'b0111
            || offset == 4'b1111);
    assume (!napot || (offset == 4'b0000 && Has[rvmmu_pkg::FeatureSvnapot]));
    assume (mode == 2'd0 || mode == 2'd1 || (mode == 2'd3 && bare_i));
    assume (access_i < 4'd10);
    if (!Has[rvmmu_pkg::FeatureZicfiss]) assume (access_i < 4'd4 || access_i > 4'd6);
    if (!Has[rvmmu_pkg::FeatureZicbo]) assume (access_i < 4'd7);
    if (bare_i) assume (accessed_i && d && !u && x && w && r && offset == 4'b0000 && !napot);
    assume (pmp_r || !pmp_w);
  end

  // ---- The theorem.
  always_comb begin
    assert (allowed == (permitted && marked && !lost));
    assert (update == (permitted && !marked && !lost));
    if (whole && !permitted && (sse || !shadow_stack))
      assert (shadow == (data_mode && protects && (fetch_mode || access_i != 4'd0)));
    if (access_i == 4'd9 && !lost) begin
      assert (load == can_load);
      assert (fetch == can_fetch);
    end
    assert (beyond == ((page >> PpnWidth) != '0));
    assert (ppn == page[PpnWidth-1:0]);
  end

  // ---- It is not vacuous: each kind allowed in U-mode and in S-mode on a U page, and protected
  //      from; waiting for A and for D, untranslated pages, each page size, and one beyond the physical
  //      address width where that can be.
  for (genvar k = 0; k < 10; k++) begin : gen_kind
    if (k < 4 || Has[k < 7 ? rvmmu_pkg::FeatureZicfiss : rvmmu_pkg::FeatureZicbo]) begin : gen_has
      always_comb begin
        cover (allowed && access_i == 4'(k) && mode == 2'd0 && !bare_i);
        if (k > 0) cover (allowed && access_i == 4'(k) && mode == 2'd1 && u);
        if (Has[rvmmu_pkg::FeatureZicfiss] && k != 1 && k != 9)
          cover (shadow && access_i == 4'(k) && !bare_i);
      end
    end
  end
  always_comb begin
    cover (allowed && bare_i && mode == 2'd3 && !pmp_w);
    cover (!allowed && bare_i);
    cover (update && !accessed_i && access_i == 4'd0);
    cover (update && accessed_i && access_i == 4'd2);
  end
  for (genvar l = 0; l < Levels; l++) begin : gen_size
    always_comb cover (allowed && !beyond && offset == 4'((1 << l) - 1));
  end
  if (Has[rvmmu_pkg::FeatureSvnapot]) begin : gen_napot
    always_comb cover (allowed && napot && leaf_ppn[3:0] != vpn[3:0]);
  end
  if (PpnWidth < ((Xlen == 32) ? 10 : 9) * MaskWidth) begin : gen_beyond
    always_comb cover (allowed && beyond);
  end
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_pmp_match: which entries of physical memory protection have to do with a naturally aligned
// block of memory: those that cover all of it, and those that overlap it. What they allow,
// rvmmu_pmp says. Pure. Privileged specification, "Physical Memory Protection", address matching.
`default_nettype none

module rvmmu_pmp_match #(
    parameter int PaWidth = 56,  // physical address bits
    parameter int Entries = 8,   // 1 to 64
    parameter int Grain = 0,     // G of the build: the finest grain has 2^(G+2) bytes
    localparam int AddrWidth = PaWidth - 2
) (
    // CSRs
    input  wire logic [          8*Entries-1:0] pmpcfg_i,
    input  wire logic [  AddrWidth*Entries-1:0] pmpaddr_i,
    input  wire logic [                    6:0] count_i,    // entries that exist
    input  wire logic [                    5:0] grain_i,    // G, at least Grain
    // question; addresses without their two low bits
    input  wire logic                           ask_i,      // there is one; else any answer
    input  wire logic [          AddrWidth-1:0] address_i,  // any of the block
    input  wire logic [          AddrWidth-1:0] block_i,    // ones for the bits within the block
    // answer, a bit for each entry
    output logic      [            Entries-1:0] covers_o,   // all of the block
    output logic      [            Entries-1:0] overlaps_o  // some of it
);
  // ---- What the CSRs alone say. It changes with them only, and is kept apart from what follows so
  //      that a simulator need not look at it for each question.
  logic [AddrWidth-1:0] ignored, kept;
  logic [AddrWidth*Entries-1:0] regions, tops;  // of each entry
  logic [Entries-1:0] napots, tors, somes;

  assign kept    = {AddrWidth{1'b1}} << Grain << (grain_i - 6'(Grain));
  assign ignored = ~kept;

  for (genvar e = 0; e < Entries; e++) begin : gen_entry
    logic [7:0] cfg;
    logic [AddrWidth-1:0] address, region, top;
    logic napot, tor, some;

    assign cfg     = pmpcfg_i[8*e+:8];
    assign address = pmpaddr_i[AddrWidth*e+:AddrWidth];
    assign napot   = cfg[4] && (7'(e) < count_i);
    assign tor     = cfg[4:3] == 2'd1 && (7'(e) < count_i);

    // NA4 and NAPOT: the ones at the end of pmpaddr, and the zero above them, are in the region.
    assign region   = cfg[3] ? ((address | (ignored >> 1)) ^ ((address | (ignored >> 1)) + 1'b1))
                             : '0;

    // TOR: from the address before up to this one; with the bottom not below the top, nothing.
    assign top = address & kept;
    if (e == 0) begin : gen_from_zero
      assign some = 1'b1;
    end else begin : gen_from_address
      assign some = tops[AddrWidth*(e-1)+:AddrWidth] < top;
    end

    assign regions[AddrWidth*e+:AddrWidth] = region;
    assign tops[AddrWidth*e+:AddrWidth] = top;
    assign napots[e] = napot;
    assign tors[e] = tor;
    assign somes[e] = some;
    logic unused;
    assign unused = &{1'b0, cfg};
  end

  // ---- One entry and the block: | covers | overlaps |. below: the block's first and last granule
  //      lie below the entry's top; above: not below its bottom, the top of the entry before.
  function automatic logic [1:0] meet(
      input logic [AddrWidth-1:0] asked, input logic [AddrWidth-1:0] block,
      input logic [AddrWidth-1:0] address, input logic [AddrWidth-1:0] region,
      input logic first_below, input logic last_below,
      input logic first_above, input logic last_above,
      input logic napot, input logic tor, input logic some);
    logic there, in_napot;

    there = ~|((address ^ asked) & ~region & ~block);
    in_napot = there && ~|(block & ~region);
    meet = {
      (napot && in_napot) || (tor && first_above && last_below),
      (napot && there) || (tor && some && last_above && first_below)
    };
  endfunction

  logic [AddrWidth-1:0] lowest, highest;  // of the block
  logic first_below, last_below, first_above, last_above;

  assign lowest  = address_i & ~block_i;
  assign highest = address_i | block_i;

  always_comb begin
    {first_below, last_below, first_above, last_above} = '0;
    {covers_o, overlaps_o} = 'x;
    if (ask_i)
      for (int e = 0; e < Entries; e++) begin
        first_above = e == 0 || !first_below;
        last_above  = e == 0 || !last_below;
        first_below = lowest < tops[AddrWidth*e+:AddrWidth];
        last_below  = highest < tops[AddrWidth*e+:AddrWidth];
        {covers_o[e], overlaps_o[e]} = meet(
            address_i, block_i, pmpaddr_i[AddrWidth*e+:AddrWidth],
            regions[AddrWidth*e+:AddrWidth], first_below, last_below, first_above, last_above,
            napots[e], tors[e], somes[e]);
      end
  end
endmodule

`default_nettype wire

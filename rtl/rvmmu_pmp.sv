// SPDX-License-Identifier: Apache-2.0
// rvmmu_pmp: what physical memory protection says of a naturally aligned block of memory: whether
// one entry, or none, speaks for all of it, and what it then allows. Pure; the only PMP in the
// design. Privileged specification, "Physical Memory Protection" (address matching, priority and
// matching logic, locking) and "Smepmp".
`default_nettype none

module rvmmu_pmp #(
    parameter int PaWidth = 56,  // physical address bits
    parameter int Entries = 8,   // 1 to 64
    parameter int Grain = 0,     // G of the build: the finest grain has 2^(G+2) bytes
    localparam int AddrWidth = PaWidth - 2
) (
    // CSRs
    input  wire logic [          8*Entries-1:0] pmpcfg_i,
    input  wire logic [  AddrWidth*Entries-1:0] pmpaddr_i,
    input  wire logic                           mml_i,
    input  wire logic                           mmwp_i,
    input  wire logic [                    6:0] count_i,    // entries that exist
    input  wire logic [                    5:0] grain_i,    // G, at least Grain
    // question; addresses without their two low bits
    input  wire logic                           ask_i,      // there is one; else any answer
    input  wire logic [          AddrWidth-1:0] address_i,  // any of the block
    input  wire logic [          AddrWidth-1:0] block_i,    // ones for the bits within the block
    input  wire logic                           machine_i,  // effective privilege is M
    // answer
    output logic                                whole_o,    // the rest holds for all of the block
    output logic                                r_o,
    output logic                                w_o,
    output logic                                x_o
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

  // ---- What an entry that decides allows, | X | W | R |; with MML as in the truth table of Smepmp.
  function automatic logic [2:0] rights(input logic locked, input logic [2:0] xwr,
                                        input logic machine, input logic mml);
    logic x, w, r;
    {x, w, r} = xwr;
    if (!mml) begin
      if (machine && !locked) {x, w, r} = 3'b111;
    end else if (xwr == 3'b010 || xwr == 3'b110) begin
      // W without R: shared between M and the others, as data or, locked, as code.
      if (locked) {x, w, r} = {2'b10, xwr == 3'b110 && machine};
      else {x, w, r} = {1'b0, xwr == 3'b110 || machine, 1'b1};
    end else if (locked && xwr == 3'b111) {x, w, r} = 3'b001;
    else if (locked != machine) {x, w, r} = 3'b000;
    rights = {x, w, r};
  endfunction

  // ---- The answer. The entry of the lowest number that has any byte of the block decides.
  logic [Entries-1:0] overlaps, covers, decides;
  logic [AddrWidth-1:0] lowest, highest;  // of the block
  logic first_below, last_below, first_above, last_above;

  assign lowest  = address_i & ~block_i;
  assign highest = address_i | block_i;

  always_comb begin
    {first_below, last_below, first_above, last_above} = '0;
    overlaps = '0;
    covers = '0;
    decides = '0;
    {whole_o, x_o, w_o, r_o} = 'x;
    if (ask_i) begin
      {whole_o, x_o, w_o, r_o} = 4'd0;
      for (int e = 0; e < Entries; e++) begin
        first_above = e == 0 || !first_below;
        last_above  = e == 0 || !last_below;
        first_below = lowest < tops[AddrWidth*e+:AddrWidth];
        last_below  = highest < tops[AddrWidth*e+:AddrWidth];
        {covers[e], overlaps[e]} = meet(
            address_i, block_i, pmpaddr_i[AddrWidth*e+:AddrWidth],
            regions[AddrWidth*e+:AddrWidth], first_below, last_below, first_above, last_above,
            napots[e], tors[e], somes[e]);
      end
      decides = overlaps & (~overlaps + Entries'(1));
      for (int e = 0; e < Entries; e++)
        if (decides[e])
          {whole_o, x_o, w_o, r_o} = {whole_o, x_o, w_o, r_o}
              | {covers[e], rights(pmpcfg_i[8*e+7], pmpcfg_i[8*e+:3], machine_i, mml_i)};
      if (!(|overlaps)) begin
        whole_o = 1'b1;
        {x_o, w_o, r_o} = 3'b000;
        if (count_i == 7'd0) {x_o, w_o, r_o} = 3'b111;
        else if (machine_i && !mmwp_i) {x_o, w_o, r_o} = {!mml_i, 2'b11};
      end
    end
  end
endmodule

`default_nettype wire

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
    input  wire logic [          AddrWidth-1:0] address_i,  // any of the block
    input  wire logic [          AddrWidth-1:0] block_i,    // ones for the bits within the block
    input  wire logic                           machine_i,  // effective privilege is M
    // answer
    output logic                                whole_o,    // the rest holds for all of the block
    output logic                                r_o,
    output logic                                w_o,
    output logic                                x_o
);
  logic [AddrWidth-1:0] first, last, ignored, kept;
  logic [Entries-1:0] overlaps, covers, decides;
  logic [4*Entries-1:0] verdict;  // | covers | X | W | R | of each

  assign first   = address_i & ~block_i;
  assign last    = address_i | block_i;
  assign kept    = {AddrWidth{1'b1}} << Grain << (grain_i - 6'(Grain));
  assign ignored = ~kept;

  for (genvar e = 0; e < Entries; e++) begin : gen_entry
    logic [7:0] cfg;
    logic [AddrWidth-1:0] address, region, top;
    logic napot, tor, there, in_napot, in_tor, r, w, x, locked;

    assign cfg     = pmpcfg_i[8*e+:8];
    assign address = pmpaddr_i[AddrWidth*e+:AddrWidth];
    assign napot   = cfg[4] && (7'(e) < count_i);
    assign tor     = cfg[4:3] == 2'd1 && (7'(e) < count_i);

    // NA4 and NAPOT: the ones at the end of pmpaddr, and the zero above them, are in the region.
    assign region   = cfg[3] ? ((address | (ignored >> 1)) ^ ((address | (ignored >> 1)) + 1'b1))
                             : '0;
    assign there    = ~|((address ^ address_i) & ~region & ~block_i);
    assign in_napot = there && ~|(block_i & ~region);

    // TOR: from the address before up to this one; with the bottom not below the top, nothing.
    logic first_above, last_above, some;
    assign top = address & kept;
    if (e == 0) begin : gen_from_zero
      assign some = 1'b1;
      assign first_above = 1'b1;
      assign last_above = 1'b1;
    end else begin : gen_from_address
      logic [AddrWidth-1:0] bottom;
      assign bottom = pmpaddr_i[AddrWidth*(e-1)+:AddrWidth] & kept;
      assign some = bottom < top;
      assign first_above = first >= bottom;
      assign last_above = last >= bottom;
    end
    assign in_tor = first_above && last < top;

    assign overlaps[e] = (napot && there) || (tor && some && last_above && first < top);
    assign covers[e]   = (napot && in_napot) || (tor && in_tor);

    // Permissions; with MML as in the truth table of Smepmp.
    logic [2:0] xwr;
    assign locked = cfg[7];
    assign xwr = cfg[2:0];
    always_comb begin
      {x, w, r} = xwr;
      if (!mml_i) begin
        if (machine_i && !locked) {x, w, r} = 3'b111;
      end else if (xwr == 3'b010 || xwr == 3'b110) begin
        // W without R: shared between M and the others, as data or, locked, as code.
        if (locked) {x, w, r} = {2'b10, xwr == 3'b110 && machine_i};
        else {x, w, r} = {1'b0, xwr == 3'b110 || machine_i, 1'b1};
      end else if (locked && xwr == 3'b111) {x, w, r} = 3'b001;
      else if (locked != machine_i) {x, w, r} = 3'b000;
    end
    assign verdict[4*e+:4] = {covers[e], x, w, r};
    logic unused;
    assign unused = &{1'b0, cfg};
  end

  // The entry of the lowest number that has any byte of the block decides.
  assign decides = overlaps & (~overlaps + Entries'(1));

  logic [3:0] chosen;
  rvmmu_mux #(.Inputs(Entries), .Width(4)) u_chosen (
      .select_i(decides), .data_i(verdict), .data_o(chosen)
  );

  always_comb begin
    {whole_o, x_o, w_o, r_o} = chosen;
    if (!(|overlaps)) begin
      whole_o = 1'b1;
      {x_o, w_o, r_o} = 3'b000;
      if (count_i == 7'd0) {x_o, w_o, r_o} = 3'b111;
      else if (machine_i && !mmwp_i) {x_o, w_o, r_o} = {!mml_i, 2'b11};
    end
  end
endmodule

`default_nettype wire

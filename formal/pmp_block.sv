// SPDX-License-Identifier: Apache-2.0
// Theorem pmp_block, of rvmmu_pmp_match and rvmmu_pmp: for any block of 2^k granules of four bytes,
//   - if it is whole, R, W and X are what the specification says of every granule in it (one that
//     may be any);
//   - if it is not, there are granules in it that different entries decide, or an entry and none:
//     no block is refused that one entry, or none, speaks for.
// Restated granule by granule from the privileged specification: "Physical Memory Protection",
// address matching, priority and matching logic, and "Smepmp", the truth table row by row.
`default_nettype none

module pmp_block #(
    parameter int PaWidth = 10,
    parameter int Entries = 3,
    parameter int Grain = 0,
    localparam int AddrWidth = PaWidth - 2
) (
    input wire logic                         clk_i,  // of the checker's cycles
    input wire logic [        8*Entries-1:0] pmpcfg_i,
    input wire logic [AddrWidth*Entries-1:0] pmpaddr_i,
    input wire logic                         mml_i,
    input wire logic                         mmwp_i,
    input wire logic [                  6:0] count_i,
    input wire logic [                  5:0] grain_i,
    input wire logic [        AddrWidth-1:0] address_i,
    input wire logic [                  4:0] size_i,  // k
    input wire logic                         machine_i,
    input wire logic [        AddrWidth-1:0] granule_i
);
  logic whole, r, w, x;
  logic [AddrWidth-1:0] block;
  logic [Entries-1:0] covers, overlaps;

  assign block = ~({AddrWidth{1'b1}} << size_i);

  rvmmu_pmp_match #(
      .PaWidth(PaWidth), .Entries(Entries), .Grain(Grain)
  ) u_match (
      .pmpcfg_i, .pmpaddr_i, .count_i, .grain_i,
      .ask_i(1'b1), .address_i, .block_i(block), .covers_o(covers), .overlaps_o(overlaps)
  );
  rvmmu_pmp #(.Entries(Entries)) u_pmp (
      .pmpcfg_i, .mml_i, .mmwp_i, .count_i,
      .ask_i(1'b1), .covers_i(covers), .overlaps_i(overlaps), .machine_i,
      .whole_o(whole), .r_o(r), .w_o(w), .x_o(x)
  );

  // ---- One granule. The low G bits of pmpaddr are zeros for TOR; for NAPOT the low G - 1 are ones,
  //      and the ones at the end, with the zero above them, are not compared.
  logic [AddrWidth-1:0] below, within;  // the low G bits, the low G - 1
  logic [AddrWidth*Entries-1:0] pmpaddr, bottom, top, napot, compared;
  logic ones;

  always_comb
    for (int b = 0; b < AddrWidth; b++) begin
      below[b]  = b < 32'(grain_i);
      within[b] = b + 1 < 32'(grain_i);
    end

  assign pmpaddr = pmpaddr_i;
  always_comb begin
    ones = 1'b1;
    for (int e = 0; e < Entries; e++) begin
      top[AddrWidth*e+:AddrWidth] = pmpaddr[AddrWidth*e+:AddrWidth] & ~below;
      bottom[AddrWidth*e+:AddrWidth] = '0;
      if (e > 0)
        bottom[AddrWidth*e+:AddrWidth] = pmpaddr[AddrWidth*((e>0)?e-1:0)+:AddrWidth] & ~below;
      napot[AddrWidth*e+:AddrWidth] = pmpaddr[AddrWidth*e+:AddrWidth] | within;
      ones = 1'b1;  // all bits below this one are
      for (int b = 0; b < AddrWidth; b++) begin
        compared[AddrWidth*e+b] = !ones;
        ones = ones && napot[AddrWidth*e+b];
      end
    end
  end

  function automatic logic matches(input int e, input logic [AddrWidth-1:0] granule);
    case (pmpcfg_i[8*e+3+:2])
      2'd0: matches = 1'b0;  // OFF
      2'd1: matches = bottom[AddrWidth*e+:AddrWidth] <= granule
                   && granule < top[AddrWidth*e+:AddrWidth];  // TOR
      2'd2: matches = granule == pmpaddr[AddrWidth*e+:AddrWidth];  // NA4
      default: matches = ((granule ^ napot[AddrWidth*e+:AddrWidth])  // NAPOT
                          & compared[AddrWidth*e+:AddrWidth]) == '0;
    endcase
  endfunction

  // Who decides: the matching entry of the lowest number, or Entries for none.
  function automatic logic [6:0] decider(input logic [AddrWidth-1:0] granule);
    decider = 7'(Entries);
    for (int e = Entries - 1; e >= 0; e--)
      if (7'(e) < count_i && matches(e, granule)) decider = 7'(e);
  endfunction

  // ---- What it permits.
  function automatic logic [2:0] permits(input logic [6:0] entry);  // R W X
    logic [7:0] cfg;
    logic [3:0] lrwx;
    cfg = '0;
    for (int e = 0; e < Entries; e++) if (entry == 7'(e)) cfg = pmpcfg_i[8*e+:8];
    lrwx = {cfg[7], cfg[0], cfg[1], cfg[2]};
    if (count_i == 7'd0) permits = 3'b111;
    else if (entry == 7'(Entries)) begin
      casez ({machine_i, mmwp_i, mml_i})
        3'b0??: permits = 3'b000;
        3'b100: permits = 3'b111;
        3'b101: permits = 3'b110;  // M-mode executes nothing that no entry says
        default: permits = 3'b000;
      endcase
    end else if (!mml_i) permits = (machine_i && !cfg[7]) ? 3'b111 : lrwx[2:0];
    else
      case (lrwx)
        //                                 M        S and U
        4'b0000: permits = machine_i ? 3'b000 : 3'b000;
        4'b0001: permits = machine_i ? 3'b000 : 3'b001;
        4'b0010: permits = machine_i ? 3'b110 : 3'b100;
        4'b0011: permits = machine_i ? 3'b110 : 3'b110;
        4'b0100: permits = machine_i ? 3'b000 : 3'b100;
        4'b0101: permits = machine_i ? 3'b000 : 3'b101;
        4'b0110: permits = machine_i ? 3'b000 : 3'b110;
        4'b0111: permits = machine_i ? 3'b000 : 3'b111;
        4'b1000: permits = machine_i ? 3'b000 : 3'b000;
        4'b1001: permits = machine_i ? 3'b001 : 3'b000;
        4'b1010: permits = machine_i ? 3'b001 : 3'b001;
        4'b1011: permits = machine_i ? 3'b101 : 3'b001;
        4'b1100: permits = machine_i ? 3'b100 : 3'b000;
        4'b1101: permits = machine_i ? 3'b101 : 3'b000;
        4'b1110: permits = machine_i ? 3'b110 : 3'b000;
        4'b1111: permits = machine_i ? 3'b100 : 3'b100;
      endcase
  endfunction

  // ---- Granules of which two are decided differently if any are: the block's first and last, and
  //      the first that a range begins with in the block.
  logic [AddrWidth-1:0] first, last;
  logic [Entries-1:0] differs;
  assign first = address_i & ~block;
  assign last  = address_i | block;

  function automatic logic [AddrWidth-1:0] beginning(input int e);
    case (pmpcfg_i[8*e+3+:2])
      2'd1: beginning = bottom[AddrWidth*e+:AddrWidth];
      2'd3: beginning = napot[AddrWidth*e+:AddrWidth] & compared[AddrWidth*e+:AddrWidth];
      default: beginning = pmpaddr[AddrWidth*e+:AddrWidth];
    endcase
  endfunction

  always_comb
    for (int e = 0; e < Entries; e++)
      differs[e] = beginning(e) >= first && beginning(e) <= last
                && decider(beginning(e)) != decider(first);

  // ---- Assumed: a legal size and strap; NA4 with the finest grain only; W without R, where that is
  //      reserved, is not written (WARL); Smepmp only beside entries.
  always_comb begin
    assume (size_i <= 5'(AddrWidth));
    assume (count_i <= 7'(Entries));
    assume (grain_i >= 6'(Grain) && grain_i < 6'(AddrWidth));
    assume (count_i != 7'd0 || (!mml_i && !mmwp_i));
    for (int e = 0; e < Entries; e++) begin
      assume (grain_i == 6'd0 || pmpcfg_i[8*e+3+:2] != 2'd2);
      assume (mml_i || pmpcfg_i[8*e+:2] != 2'b10);
    end
  end

  // ---- The theorem.
  always_comb begin
    if (whole && ((granule_i ^ address_i) & ~block) == '0)
      assert ({r, w, x} == permits(decider(granule_i)));
    if (!whole) assert (decider(last) != decider(first) || |differs);
    if (whole) assert (r || !w);
  end

  // ---- It is not vacuous: a whole block of several granules in a range of each kind that a lower
  //      entry does not touch, and in none; one that is not whole inside one entry's range.
  always_comb begin
    for (int a = 1; a < 4; a += 2)
      cover (whole && size_i == 5'd2 && pmpcfg_i[8*(Entries-1)+3+:2] == 2'(a)
             && decider(granule_i) == 7'(Entries - 1) && pmpcfg_i[4:3] != 2'd0 && x
             && ((granule_i ^ address_i) & ~block) == '0);
    cover (whole && size_i == 5'd2 && decider(first) == 7'(Entries) && x && machine_i);
    cover (!whole && matches(Entries - 1, first) && matches(Entries - 1, last)
           && decider(first) == 7'(Entries - 1) && decider(last) == 7'(Entries - 1));
    cover (!whole && grain_i == 6'd2 && size_i == 5'd3);
  end
endmodule

`default_nettype wire

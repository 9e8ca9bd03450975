// SPDX-License-Identifier: Apache-2.0
// rvmmu_pmp: what physical memory protection says of a block of memory: whether one entry, or none,
// speaks for all of it, and what it then allows. Which entries have to do with the block,
// rvmmu_pmp_match says. Pure. Privileged specification, "Physical Memory Protection" (priority and
// matching logic, locking) and "Smepmp".
`default_nettype none

module rvmmu_pmp #(
    parameter int Entries = 8    // 1 to 64
) (
    // CSRs
    input  wire logic [          8*Entries-1:0] pmpcfg_i,
    input  wire logic                           mml_i,
    input  wire logic                           mmwp_i,
    input  wire logic [                    6:0] count_i,    // entries that exist
    // question
    input  wire logic                           ask_i,      // there is one; else any answer
    input  wire logic [            Entries-1:0] covers_i,   // entries that cover all of the block
    input  wire logic [            Entries-1:0] overlaps_i, // entries that overlap it
    input  wire logic                           machine_i,  // effective privilege is M
    // answer
    output logic                                whole_o,    // the rest holds for all of the block
    output logic                                r_o,
    output logic                                w_o,
    output logic                                x_o
);
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
  logic [Entries-1:0] first, decides;

  rvmmu_first #(.Width(Entries)) u_first (.set_i(overlaps_i), .first_o(first));

  always_comb begin
    decides = '0;
    {whole_o, x_o, w_o, r_o} = 'x;
    if (ask_i) begin
      decides = first;
      {whole_o, x_o, w_o, r_o} = 4'd0;
      for (int e = 0; e < Entries; e++)
        if (decides[e])
          {whole_o, x_o, w_o, r_o} = {whole_o, x_o, w_o, r_o}
              | {covers_i[e], rights(pmpcfg_i[8*e+7], pmpcfg_i[8*e+:3], machine_i, mml_i)};
      if (!(|overlaps_i)) begin
        whole_o = 1'b1;
        {x_o, w_o, r_o} = 3'b000;
        if (count_i == 7'd0) {x_o, w_o, r_o} = 3'b111;
        else if (machine_i && !mmwp_i) {x_o, w_o, r_o} = {!mml_i, 2'b11};
      end
    end
  end

  logic unused;
  assign unused = &{1'b0, pmpcfg_i};
endmodule

`default_nettype wire

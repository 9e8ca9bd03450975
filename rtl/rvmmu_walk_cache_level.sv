// SPDX-License-Identifier: Apache-2.0
// rvmmu_walk_cache_level: the pointers of one level, fully associative: lookup, fill, fence,
// tree-PLRU replacement. A pointer is the PPN of a page table and the G gathered on the way there.
//
// Lookup: asked in cycle 0, read out from cycle 1 on (the matches are registered in between) until
// the next lookup. What a fill or a fence takes in cycle 0 or later is not found from the cycle
// after on, so that what is found is always what is there; a lookup does not see the fill beside
// it. Never do two pointers match one lookup: a fill removes what it overlaps.
`default_nettype none

module rvmmu_walk_cache_level #(
    parameter int Entries = 8,    // a power of two, 2 to 32
    parameter int TagWidth = 20,  // bits of what must be equal, but for the ASID
    parameter int AsidWidth = 9,  // 1 to 16
    parameter int PpnWidth = 44   // physical page number bits
) (
    input  wire logic                 clk_i,
    input  wire logic                 rst_ni,
    // lookup, cycle 0
    input  wire logic                 lookup_i,
    input  wire logic                 lookup_translated_i,  // else it matches nothing
    input  wire logic [ TagWidth-1:0] lookup_tag_i,
    input  wire logic [AsidWidth-1:0] lookup_asid_i,
    // lookup, cycle 1
    output logic                      found_o,
    output logic      [ PpnWidth-1:0] found_ppn_o,          // zero when nothing is found
    output logic                      found_global_o,
    input  wire logic                 used_i,               // what is found is of use
    // change: a fill or a fence
    input  wire logic [AsidWidth-1:0] change_asid_i,        // of either
    input  wire logic                 fill_i,
    input  wire logic [ TagWidth-1:0] fill_tag_i,
    input  wire logic [ PpnWidth-1:0] fill_ppn_i,
    input  wire logic                 fill_global_i,
    input  wire logic                 fence_i,              // no fill in the same cycle
    input  wire logic                 fence_use_asid_i      // spares other ASIDs and what is global
);
  localparam int PointerWidth = PpnWidth + 1;
  localparam int Stride = rvmmu_pkg::aligned(PointerWidth);

  logic [Entries-1:0] valid_q, match;
  logic [Entries-1:0] overlaps, removed, vacant, plru, write;
  logic [Entries*Stride-1:0] pointer;

  // A fill goes where it overlaps, or to a free entry, before it evicts.
  assign vacant = ~valid_q | overlaps;
  assign write  = !fill_i ? '0 : |vacant ? vacant & (~vacant + Entries'(1)) : plru;

  for (genvar e = 0; e < Entries; e++) begin : gen_entry
    logic [TagWidth-1:0] tag_q;
    logic [AsidWidth-1:0] asid_q;
    logic [PpnWidth-1:0] ppn_q;
    logic global_q, match_q, overlap, written, gone;

    // Only changes have to be compared with: a simulator then has nothing to do in most cycles.
    always_comb begin
      overlap = 1'bx;
      if (fill_i)
        overlap = tag_q == fill_tag_i && (asid_q == change_asid_i || global_q || fill_global_i);
    end
    always_comb begin
      gone = 1'b0;
      if (fill_i) gone = written || overlap;
      else if (fence_i) gone = !fence_use_asid_i || (asid_q == change_asid_i && !global_q);
    end
    assign overlaps[e] = overlap;
    assign written = write[e];
    assign removed[e] = gone;

    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) match_q <= 1'b0;
      else if (lookup_i || gone) begin
        match_q <= 1'b0;
        if (valid_q[e] && lookup_i && !gone)
          match_q <= lookup_translated_i && tag_q == lookup_tag_i
                  && (asid_q == lookup_asid_i || global_q);
      end
    assign match[e] = match_q;
    always_ff @(posedge clk_i)
      if (write[e]) begin
        tag_q    <= fill_tag_i;
        asid_q   <= change_asid_i;
        ppn_q    <= fill_ppn_i;
        global_q <= fill_global_i;
      end

    assign pointer[e*Stride+:Stride] = Stride'({global_q, ppn_q});
  end

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) valid_q <= '0;
    else valid_q <= write | (valid_q & ~removed);

  assign found_o = |match;
  rvmmu_mux #(.Inputs(Entries), .Width(PointerWidth), .Stride(Stride)) u_pointer (
      .select_i(match), .data_i(pointer), .data_o({found_global_o, found_ppn_o})
  );

  rvmmu_plru #(.Entries(Entries)) u_plru (
      .clk_i, .rst_ni,
      .touch_i(fill_i ? write : used_i ? match : '0),
      .victim_o(plru)
  );
endmodule

`default_nettype wire

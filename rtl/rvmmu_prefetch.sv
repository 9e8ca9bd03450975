// SPDX-License-Identifier: Apache-2.0
// rvmmu_prefetch: the next pages' PTEs. When memory has answered the read of a last-level PTE with
// the line around it, this holds the line and shows the PTEs that follow, one after the other, each
// with the walk that would have read it. PMP must let each be read as any other (asks); what they are
// worth is rvmmu_evaluate's to say. A line that comes while another is shown is let go.
//
// Latency: three cycles for each PTE, of which the walker has nothing better to do in two: asks,
// looks, evaluates.
`default_nettype none

module rvmmu_prefetch #(
    parameter int Xlen = 64,       // 32 or 64
    parameter int WalkWidth = 93,  // rvmmu_pkg, "Walk"
    parameter int VpnAt = 48,      // place of the VPN in a walk
    parameter bit BigEndian = 1'b0,  // page tables may be big-endian
    parameter int Pages = 7        // PTEs that are shown of a line, 1 to 7
) (
    input  wire logic                 clk_i,
    input  wire logic                 rst_ni,
    // line, in the cycle of memory's answer
    input  wire logic                 load_i,
    input  wire logic [WalkWidth-1:0] load_walk_i,  // the walk that has read one of its PTEs
    input  wire logic [        511:0] load_line_i,  // as memory has it
    // the PTE that is next
    input  wire logic                 quiet_i,      // there is nothing else to ask or look at
    output logic                      asks_o,       // PMP is asked about it
    input  wire logic                 readable_i,   // its answer, in the next cycle
    output logic                      looks_o,      // it is looked at
    output logic                      evaluates_o,  // and evaluated, in the cycle after
    output logic      [WalkWidth-1:0] walk_o,
    output logic      [     Xlen-1:0] pte_o,
    input  wire logic                 flush_i       // fence: let go of the line
);
  localparam int IndexWidth = $clog2(512 / Xlen);  // of a PTE in its line

  logic [2:0] left_q;  // PTEs still to be shown
  logic [511:0] line_q;
  logic [WalkWidth-1:0] walk_q;
  logic [IndexWidth-1:0] first, index;
  logic [Xlen-1:0] shown_pte;
  logic quiet, next;
  logic asked_q, looked_q;  // in the last cycle: PMP was asked; it was looked at

  assign first = load_walk_i[VpnAt+:IndexWidth];
  assign index = walk_q[VpnAt+:IndexWidth];

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) left_q <= 3'd0;
    else if (flush_i) left_q <= 3'd0;
    else if (left_q == 3'd0) left_q <= (load_i && !(&first)) ? 3'(Pages) : 3'd0;
    else if (next) left_q <= (&index) ? 3'd0 : left_q - 3'd1;

  always_ff @(posedge clk_i)
    if (left_q == 3'd0) begin
      if (load_i) begin
        line_q <= load_line_i;
        walk_q <= load_walk_i;
        walk_q[VpnAt+:IndexWidth] <= first + 1'b1;
      end
    end else if (next) walk_q[VpnAt+:IndexWidth] <= index + 1'b1;

  assign quiet = left_q != 3'd0 && quiet_i;
  assign asks_o = quiet && !asked_q && !looked_q;
  assign looks_o = quiet && asked_q && readable_i;
  assign evaluates_o = looked_q;
  assign next = looked_q || (asked_q && !readable_i);

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      asked_q <= 1'b0;
      looked_q <= 1'b0;
    end else begin
      asked_q <= asks_o;
      looked_q <= looks_o;
    end

  assign walk_o = walk_q;
  assign shown_pte = line_q[index*Xlen+:Xlen];

  rvmmu_byte_order #(.Xlen(Xlen), .BigEndian(BigEndian)) u_pte (
      .pte_i(shown_pte), .big_i(walk_q[rvmmu_pkg::WalkContext+rvmmu_pkg::ContextSbe]), .pte_o
  );
endmodule

`default_nettype wire

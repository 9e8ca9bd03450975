// SPDX-License-Identifier: Apache-2.0
// rvmmu_prefetch: the next pages' PTEs. When memory has answered the read of a last-level PTE with
// the line around it, this holds the line and shows the PTEs that follow, one after the other, each
// with the walk that would have read it. What they are worth is rvmmu_evaluate's to say; a line
// that comes while another is shown is let go.
`default_nettype none

module rvmmu_prefetch #(
    parameter int Xlen = 64,       // 32 or 64
    parameter int WalkWidth = 93,  // rvmmu_pkg, "Walk"
    parameter int VpnAt = 48,      // place of the VPN in a walk
    parameter int Pages = 7        // PTEs that are shown of a line, 1 to 7
) (
    input  wire logic                 clk_i,
    input  wire logic                 rst_ni,
    // line, in the cycle of memory's answer
    input  wire logic                 load_i,
    input  wire logic [WalkWidth-1:0] load_walk_i,  // the walk that has read one of its PTEs
    input  wire logic [        511:0] load_line_i,  // as memory has it
    // the PTE that is next
    output logic                      valid_o,
    output logic      [WalkWidth-1:0] walk_o,
    output logic      [     Xlen-1:0] pte_o,        // as memory has it
    input  wire logic                 next_i,       // to the one after it
    input  wire logic                 flush_i       // fence: let go of the line
);
  localparam int IndexWidth = $clog2(512 / Xlen);  // of a PTE in its line

  logic [2:0] left_q;  // PTEs still to be shown
  logic [511:0] line_q;
  logic [WalkWidth-1:0] walk_q;
  logic [IndexWidth-1:0] first, index;

  assign first = load_walk_i[VpnAt+:IndexWidth];
  assign index = walk_q[VpnAt+:IndexWidth];

  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) left_q <= 3'd0;
    else if (flush_i) left_q <= 3'd0;
    else if (left_q == 3'd0) left_q <= (load_i && !(&first)) ? 3'(Pages) : 3'd0;
    else if (next_i) left_q <= (&index) ? 3'd0 : left_q - 3'd1;

  always_ff @(posedge clk_i)
    if (left_q == 3'd0) begin
      if (load_i) begin
        line_q <= load_line_i;
        walk_q <= load_walk_i;
        walk_q[VpnAt+:IndexWidth] <= first + 1'b1;
      end
    end else if (next_i) walk_q[VpnAt+:IndexWidth] <= index + 1'b1;

  assign valid_o = left_q != 3'd0;
  assign walk_o  = walk_q;
  assign pte_o   = line_q[index*Xlen+:Xlen];
endmodule

`default_nettype wire

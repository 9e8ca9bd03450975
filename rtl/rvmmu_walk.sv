// SPDX-License-Identifier: Apache-2.0
// rvmmu_walk: one walk of the walker: whose it is, how far it is, and what becomes of it when a
// fence overtakes it. It reads one PTE at a time; what a PTE means is decided in rvmmu_walker.
// Its walk vector is always what is left to do: root PPN of the next table, levels still to read.
`default_nettype none

module rvmmu_walk #(
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter int WalkWidth = 93,  // rvmmu_pkg, "Walk"
    parameter int OwnerWidth = 2   // bits that say whose walk it is
) (
    input  wire logic                  clk_i,
    input  wire logic                  rst_ni,
    // start; never in the cycle of a flush
    input  wire logic                  start_i,
    input  wire logic [OwnerWidth-1:0] start_owner_i,
    input  wire logic [ WalkWidth-1:0] start_walk_i,
    input  wire logic                  start_refused_i,  // ends without reading memory
    // memory
    input  wire logic                  shown_i,    // its read stood on the port before this cycle
    input  wire logic                  issued_i,   // its read is taken in this cycle
    input  wire logic                  arrived_i,  // the answer is here
    input  wire logic                  chosen_i,   // a refused walk goes to evaluation
    // evaluation, in the cycle after arrival
    input  wire logic                  pointer_i,  // the PTE leads on; else the walk ends
    input  wire logic [  PpnWidth-1:0] pointer_ppn_i,
    input  wire logic                  pointer_global_i,
    input  wire logic                  flush_i,    // fence: forget; what is outstanding is dropped
    // state, of registers only
    output logic                       idle_o,
    output logic                       read_o,     // wants to read, or must since it was shown
    output logic                       refused_o,
    output logic                       late_o,     // the answer it waits for is not wanted
    output logic      [ OwnerWidth+WalkWidth:0] record_o  // | G in a pointer above | owner | walk |
);
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;

  typedef enum logic [2:0] {
    Idle,
    Refuse,   // faults by its address or root alone
    Read,     // the next PTE is to be asked for
    Wait,     // asked for
    Evaluate  // arrived in the last cycle
  } state_e;

  state_e state_q;
  logic late_q, global_q;
  logic [OwnerWidth-1:0] owner_q;
  logic [WalkWidth-1:0] walk_q;

  // Reset: state and lateness.
  always_ff @(posedge clk_i or negedge rst_ni)
    if (!rst_ni) begin
      state_q <= Idle;
      late_q  <= 1'b0;
    end else begin
      case (state_q)
        Idle:
          if (start_i) begin
            late_q <= 1'b0;
            if (start_refused_i) state_q <= Refuse;
            else if (issued_i) state_q <= Wait;
            else state_q <= Read;
          end
        Refuse:
          if (flush_i) state_q <= Idle;
          else if (chosen_i) state_q <= Evaluate;
        Read: begin
          // A read that stands on the memory port is not withdrawn.
          if (flush_i) late_q <= 1'b1;
          if (issued_i) state_q <= Wait;
          else if (flush_i && !shown_i) state_q <= Idle;
        end
        Wait: begin
          if (flush_i) late_q <= 1'b1;
          if (arrived_i) begin
            if (late_q || flush_i) state_q <= Idle;
            else state_q <= Evaluate;
          end
        end
        default:  // Evaluate
          if (flush_i || !pointer_i) state_q <= Idle;
          else if (issued_i) state_q <= Wait;
          else state_q <= Read;
      endcase
    end

  always_ff @(posedge clk_i)
    if (state_q == Idle) begin
      if (start_i) begin
        owner_q  <= start_owner_i;
        walk_q   <= start_walk_i;
        global_q <= 1'b0;
      end
    end else if (state_q == Evaluate && pointer_i) begin
      walk_q[Root+:PpnWidth] <= pointer_ppn_i;
      walk_q[rvmmu_pkg::WalkLevels+:3] <= walk_q[rvmmu_pkg::WalkLevels+:3] - 3'd1;
      global_q <= global_q | pointer_global_i;
    end

  assign idle_o    = state_q == Idle;
  assign read_o    = state_q == Read;
  assign refused_o = state_q == Refuse;
  assign late_o    = late_q;
  assign record_o  = {global_q, owner_q, walk_q};
endmodule

`default_nettype wire

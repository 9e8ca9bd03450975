// SPDX-License-Identifier: Apache-2.0
// rvmmu_walk: one walk of the walker: whose it is, how far it is, and what becomes of it when a
// fence overtakes it. It reads or swaps one PTE at a time; what a PTE means is decided in
// rvmmu_walker. Its walk vector is always what is left to do: root PPN of the next table, levels
// still to read.
`default_nettype none

module rvmmu_walk #(
    parameter int Xlen = 64,         // 32 or 64
    parameter int AsidWidth = 9,
    parameter int PpnWidth = 44,
    parameter int WalkWidth = 93,    // rvmmu_pkg, "Walk"
    parameter int OwnerWidth = 2,    // bits that say whose walk it is
    parameter bit Keeps = 1'b0,      // a PTE may be kept, for another look or for a swap
    localparam int RecordWidth = Xlen + 4 + OwnerWidth + WalkWidth
) (
    input  wire logic                   clk_i,
    input  wire logic                   rst_ni,
    // start; never in the cycle of a flush
    input  wire logic                   start_i,
    input  wire logic [ OwnerWidth-1:0] start_owner_i,
    input  wire logic [  WalkWidth-1:0] start_walk_i,
    input  wire logic                   start_refused_i,  // ends without reading memory:
    input  wire logic [       Xlen-1:0] start_pte_i,      // with this PTE, or an error
    // memory
    input  wire logic                   shown_i,    // its request stood on the port before
    input  wire logic                   issued_i,   // its request is taken in this cycle
    input  wire logic                   denied_i,   // PMP does not let it read the next PTE
    input  wire logic                   checked_i,  // PMP has let it, and says:
    input  wire logic                   writable_i, // the PTE may be written as well
    input  wire logic                   arrived_i,  // the answer is here
    input  wire logic                   chosen_i,   // it is looked at again
    // evaluation, in the cycle after arrival; none of these: the walk ends
    input  wire logic                   pointer_i,  // the PTE leads on
    input  wire logic [   PpnWidth-1:0] pointer_ppn_i,
    input  wire logic                   pointer_global_i,
    input  wire logic                   narrow_i,   // look again, at less memory
    input  wire logic [            1:0] narrow_scope_i,
    input  wire logic                   update_i,   // swap the PTE
    input  wire logic [       Xlen-1:0] pte_i,      // the PTE that was evaluated
    input  wire logic                   flush_i,    // fence: forget; what is outstanding is dropped
    // state, of registers only
    output logic                        idle_o,
    output logic                        read_o,     // wants to read, or must since it was shown
    output logic                        swap_o,     // wants to swap, or must
    output logic                        again_o,    // waits to be looked at without reading
    output logic                        late_o,     // the answer it waits for is not wanted
    output logic                        swapping_o, // its swap was taken and is not answered
    output logic      [RecordWidth-1:0] record_o
    // | kept PTE | writable | kept | scope | owner | walk |
);
  localparam int Root = rvmmu_pkg::WalkAsid + AsidWidth;

  typedef enum logic [2:0] {
    Idle,
    Again,     // to be evaluated without a read: it faults by its address, or has kept a PTE
    Read,      // the next PTE is to be asked for
    Wait,      // asked for
    Evaluate,  // arrived in the last cycle
    Update,    // A or D is to be set (step 9)
    Swap       // asked for
  } state_e;

  state_e state_q;
  logic late_q, writable, kept;
  logic [1:0] scope;
  logic [Xlen-1:0] pte;
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
            if (start_refused_i || denied_i) state_q <= Again;
            else if (issued_i) state_q <= Wait;
            else state_q <= Read;
          end
        Again:
          if (flush_i) state_q <= Idle;
          else if (chosen_i) state_q <= Evaluate;
        Read: begin
          // A read that stands on the memory port is not withdrawn.
          if (flush_i) late_q <= 1'b1;
          if (issued_i) state_q <= Wait;
          else if (flush_i && !shown_i) state_q <= Idle;
        end
        Update: begin
          if (flush_i) late_q <= 1'b1;
          if (issued_i) state_q <= Swap;
          else if (flush_i && !shown_i) state_q <= Idle;
        end
        Wait, Swap: begin
          if (flush_i) late_q <= 1'b1;
          if (arrived_i) begin
            if (late_q || flush_i) state_q <= Idle;
            else state_q <= Evaluate;
          end
        end
        default:  // Evaluate
          if (flush_i) state_q <= Idle;
          else if (pointer_i) begin
            if (denied_i) state_q <= Again;
            else if (issued_i) state_q <= Wait;
            else state_q <= Read;
          end else if (narrow_i) state_q <= Again;
          else if (update_i) state_q <= Update;
          else state_q <= Idle;
      endcase
    end

  always_ff @(posedge clk_i)
    if (state_q == Idle) begin
      if (start_i) begin
        owner_q <= start_owner_i;
        walk_q  <= start_walk_i;
      end
    end else if (state_q == Evaluate && pointer_i) begin
      walk_q[Root+:PpnWidth] <= pointer_ppn_i;
      walk_q[rvmmu_pkg::WalkLevels+:3] <= walk_q[rvmmu_pkg::WalkLevels+:3] - 3'd1;
      if (pointer_global_i) walk_q[rvmmu_pkg::WalkGlobal] <= 1'b1;
    end

  if (Keeps) begin : gen_keep
    logic writable_q, kept_q;
    logic [1:0] scope_q;
    logic [Xlen-1:0] pte_q;
    always_ff @(posedge clk_i) begin
      if (checked_i) writable_q <= writable_i;
      if (state_q == Evaluate) pte_q <= pte_i;
      else if (state_q == Idle) pte_q <= start_pte_i;
      if (state_q == Evaluate && narrow_i) begin
        kept_q  <= 1'b1;
        scope_q <= narrow_scope_i;
      end else if (state_q != Again && state_q != Evaluate) begin
        kept_q  <= 1'b0;
        scope_q <= 2'd0;
      end
    end
    assign writable = writable_q;
    assign kept     = kept_q;
    assign scope    = scope_q;
    assign pte      = pte_q;
  end else begin : gen_keep_nothing
    assign writable = 1'b0;
    assign kept     = 1'b0;
    assign scope    = 2'd0;
    assign pte      = '0;
    logic unused;
    assign unused = &{1'b0, checked_i, writable_i, narrow_scope_i, pte_i, start_pte_i};
  end

  assign idle_o     = state_q == Idle;
  assign read_o     = state_q == Read;
  assign swap_o     = state_q == Update;
  assign again_o    = state_q == Again;
  assign swapping_o = state_q == Swap;
  assign late_o     = late_q;
  assign record_o   = {pte, writable, kept, scope, owner_q, walk_q};
endmodule

`default_nettype wire

// SPDX-License-Identifier: Apache-2.0
// rvmmu_intake: the way of the L1s' misses into the shared part, one at a time. With something to
// look up there (L2, walk cache), a port looks in cycle 0 and hands its miss over in cycle 1, and
// only one port looks in a cycle, round-robin, first those whose misses were refused. With nothing
// to look up, the misses themselves take turns.
`default_nettype none

module rvmmu_intake #(
    parameter int Ports = 2,       // L1s, 1 or more
    parameter int VpnWidth = 27,
    parameter int AsidWidth = 9,
    parameter int SlotWidth = 1,   // bits of an L1's slot number
    parameter int WalkWidth = 93,  // rvmmu_pkg, "Walk"
    parameter bit Looks = 1'b0,    // there is something to look up
    localparam int PortWidth = (Ports > 1) ? $clog2(Ports) : 1,
    localparam int OwnerWidth = PortWidth + SlotWidth
) (
    input  wire logic                       clk_i,
    input  wire logic                       rst_ni,
    // look, from the L1s
    input  wire logic [          Ports-1:0] look_valid_i,
    input  wire logic [ Ports*VpnWidth-1:0] look_vpn_i,
    input  wire logic [Ports*AsidWidth-1:0] look_asid_i,
    input  wire logic [        Ports*3-1:0] look_mode_i,   // levels of the mode
    input  wire logic [          Ports-1:0] look_user_i,   // in U-mode
    output logic      [          Ports-1:0] look_grant_o,
    // miss, from the L1s: where they look, only in the cycle after a granted look
    input  wire logic [          Ports-1:0] miss_valid_i,
    input  wire logic [Ports*SlotWidth-1:0] miss_slot_i,
    input  wire logic [Ports*WalkWidth-1:0] miss_walk_i,
    output logic      [          Ports-1:0] miss_ready_o,
    // the look that was chosen
    output logic                            look_valid_o,
    output logic      [       VpnWidth-1:0] look_vpn_o,
    output logic      [      AsidWidth-1:0] look_asid_o,
    output logic      [                2:0] look_mode_o,
    output logic                            look_user_o,
    input  wire logic                       look_ready_i,
    // the miss that was chosen
    output logic                            miss_valid_o,
    output logic      [     OwnerWidth-1:0] miss_owner_o,
    output logic      [      WalkWidth-1:0] miss_walk_o,
    input  wire logic                       miss_ready_i,
    // fence, for one cycle: the look of this cycle is forgotten
    input  wire logic                       flush_i
);
  logic [Ports-1:0] first, turn;  // the port whose turn it is; the one whose miss is taken
  logic [Ports-1:0] asks;         // those that may go first
  logic take;

  rvmmu_arbiter #(.Requesters(Ports)) u_first (
      .clk_i, .rst_ni, .request_i(asks), .take_i(take), .grant_o(first)
  );

  if (Looks) begin : gen_look
    logic [Ports-1:0] looked_q;

    rvmmu_mux #(.Inputs(Ports), .Width(VpnWidth)) u_vpn (
        .select_i(first), .data_i(look_vpn_i), .data_o(look_vpn_o)
    );
    rvmmu_mux #(.Inputs(Ports), .Width(AsidWidth)) u_asid (
        .select_i(first), .data_i(look_asid_i), .data_o(look_asid_o)
    );
    rvmmu_mux #(.Inputs(Ports), .Width(3)) u_mode (
        .select_i(first), .data_i(look_mode_i), .data_o(look_mode_o)
    );
    assign look_user_o = |(first & look_user_i);
    assign look_valid_o = |look_valid_i;
    assign look_grant_o = look_ready_i ? first : '0;

    // A miss that is refused looks again. Lest it be refused for ever, in step with the others, the
    // ports whose misses were refused then go before all others, each until its miss is taken.
    logic [Ports-1:0] refused, refused_q;
    logic owed;

    assign refused = miss_ready_i ? '0 : miss_valid_i & turn;
    assign owed = |(look_valid_i & refused_q);
    assign asks = owed ? look_valid_i & refused_q : look_valid_i;
    assign take = owed ? |(refused_q & turn & ~refused) : look_ready_i;

    always_ff @(posedge clk_i or negedge rst_ni)
      if (!rst_ni) begin
        looked_q  <= '0;
        refused_q <= '0;
      end else begin
        looked_q  <= flush_i ? '0 : look_grant_o;
        refused_q <= (refused_q & ~turn) | refused;
      end
    assign turn = looked_q;
  end else begin : gen_no_look
    assign look_valid_o = 1'b0;
    assign look_vpn_o   = '0;
    assign look_asid_o  = '0;
    assign look_mode_o  = '0;
    assign look_user_o  = 1'b0;
    assign look_grant_o = '0;
    assign asks = miss_valid_i;
    assign take = miss_ready_i;
    assign turn = first;
    logic unused;
    assign unused = &{1'b0, look_valid_i, look_vpn_i, look_asid_i, look_mode_i, look_user_i,
                      look_ready_i, flush_i};
  end

  logic [Ports*OwnerWidth-1:0] port_owner;
  for (genvar p = 0; p < Ports; p++) begin : gen_owner
    assign port_owner[p*OwnerWidth+:OwnerWidth] = {
      PortWidth'(p), miss_slot_i[p*SlotWidth+:SlotWidth]
    };
  end

  rvmmu_mux #(.Inputs(Ports), .Width(OwnerWidth)) u_owner (
      .select_i(turn), .data_i(port_owner), .data_o(miss_owner_o)
  );
  rvmmu_mux #(.Inputs(Ports), .Width(WalkWidth)) u_walk (
      .select_i(turn), .data_i(miss_walk_i), .data_o(miss_walk_o)
  );
  assign miss_valid_o = |(miss_valid_i & turn);
  assign miss_ready_o = miss_ready_i ? turn : '0;
endmodule

`default_nettype wire

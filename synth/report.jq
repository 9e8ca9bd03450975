# SPDX-License-Identifier: Apache-2.0
# The report on one preset on one device, from the results of the stages (flow.sh, write_report).

def total($cells; $weights): reduce ($weights | to_entries[]) as $w (0;
  . + $w.value * ([$cells | to_entries[] | select(.key | test("^(\($w.key))$")) | .value] | add // 0));

# What the cells of each family count as. A RAM of LUTs is not among the LUTs.
def weights: {
  ice40: {lut: {SB_LUT4: 1}, ff: {"SB_DFF.*": 1}, lutram: {}, ram: {SB_RAM40_4K: 1}},
  ecp5: {lut: {LUT4: 1, CCU2C: 2}, ff: {TRELLIS_FF: 1}, lutram: {TRELLIS_DPR16X4: 4}, ram: {DP16KD: 1}},
  xilinx: {lut: {"LUT[1-6]": 1}, ff: {"FD[CPRS]E.*": 1},
           lutram: {"RAM(32|64)M": 4, "RAM(32|64)X1D": 2, "RAM(32|64)X1S": 1, "RAM128X1D": 4},
           ram: {"RAMB18E1": 0.5, "RAMB36E1": 1}}};

def counted: .num_cells_by_type as $cells | {cells: $cells}
  + (weights[$family] | map_values(total($cells; .)));

def binary: explode | reduce .[] as $digit (0; 2 * . + $digit - 48);
def ceil_div($by): (. + $by - 1) / $by | floor;

# Block RAMs that the memories meant for them need.
def expected_ram: [.[] | select(.style == "block") | {width: (.width | binary), size: (.size | binary)}
  | {ice40: ((.width | ceil_div(16)) * (.size | ceil_div(256))),
     ecp5: ((.width | ceil_div(36)) * (.size | ceil_div(512))),
     xilinx: ((.width | ceil_div(36)) * (.size | ceil_div(512)) / 2)}[$family]] | add // 0;

def rounded: . * 100 | round / 100;
def median: sort | (.[(length - 1) / 2 | floor] + .[length / 2 | floor]) / 2;

# The critical path of the clock, which is a path between flip-flops: the net that it begins with,
# whose name is the RTL's more often than its flip-flop's is, and the flip-flop at its end.
def critical: [.critical_paths[] | select(.from == .to or (.from | startswith("posedge")) and (.to | startswith("posedge")))][0].path
  | {from: (.[1].net // .[0].to.cell), to: .[-1].to.cell,
     ns: ([.[].delay] | add | rounded),
     routing_ns: ([.[] | select(.type == "routing").delay] | add | rounded),
     cells: ([.[] | select(.type == "logic")] | length)};

def of($kind): map(select(.kind == $kind));

(of("memories")[0].of | expected_ram) as $ram
| of("routed") as $routed
| ([$routed[] | {seed, mhz: ([.of.fmax[].achieved] | min | rounded)}]) as $clock
| {preset: $preset, family: $family, device: $device}
+ (if $part == "" then {} else {part: $part} end)
+ {command: "make synth PRESET=\($preset) FAMILY=\($family)\(if $part == "" then "" else " DEVICE=\($device) SEEDS=\"\($seeds)\"" end)",
   tools: ([$yosys, $placer] - [""]),
   ram_expected: $ram,
   plain: [of("plain")[] | {option} + (.of | counted)],
   pins: (of("pins")[0] | {option, wrapper_ff: .own} + (.of | counted))}
+ (if $routed == [] then {} else
    {used: ($routed[0].of.utilization | map_values(select(.used > 0))),
     clock: {seeds: $clock, median_mhz: ([$clock[].mhz] | median | rounded), worst_mhz: ([$clock[].mhz] | min)},
     critical_path: ($routed | min_by([.of.fmax[].achieved] | min).of | critical)} end)
| if all((.plain[], .pins); .ram == $ram) then .
  else error("the L2 wants \($ram) block RAMs, and has \([.plain[].ram, .pins.ram] | tostring)") end

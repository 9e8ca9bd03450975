# SPDX-License-Identifier: Apache-2.0
# The tables of the documentation from all reports, in the order given.
# Use: jq -rs --arg table routed|alone|peers -f tables.jq synth/reports/*.json

def names: {hx8k: "iCE40 HX8K", up5k: "iCE40 UP5K", "25k": "ECP5-25F, speed 6", "85k": "ECP5-85F, speed 6",
  "7series": "Xilinx 7-series"};
def rank($of; $order): $order | index($of) // length;
def sorted: sort_by(rank(.preset; ["tiny", "small", "linux", "server", "peer8", "peer4"]),
  rank(.device; ["up5k", "hx8k", "25k", "85k", "7series"]));
def row: "| " + (map(tostring) | join(" | ")) + " |";
def or_dash: if . == 0 then "-" else . end;
def ours: map(select(.preset | startswith("peer") | not));

# How full the device is of its LUTs and flip-flops together.
def full: .used | to_entries | map(select(.key | test("LC$|COMB$")))[0].value
  | "\(.used) of \(.available), \(100 * .used / .available | floor) %";

def alone: "| preset | family | LUT | flip-flops | LUT as RAM | block RAM |", "|---|---|--:|--:|--:|--:|",
  (ours | sorted | unique_by([.preset, .family]) | sorted[]
   | [.preset, {ice40: "iCE40", ecp5: "ECP5", xilinx: "7-series"}[.family],
      (.plain[0] | .lut, .ff, (.lutram | or_dash), (.ram | or_dash))] | row);

def routed: "| preset | device | cells used | of them the wrapper's flip-flops | MHz, median | worst | seeds |",
  "|---|---|--:|--:|--:|--:|--:|",
  (map(select(.clock)) | ours | sorted[]
   | [.preset, names[.device], full, .pins.wrapper_ff, .clock.median_mhz, .clock.worst_mhz,
      (.clock.seeds | length)] | row);

def paths: "| preset | device | ns | of routing | cells | from | to |", "|---|---|--:|--:|--:|---|---|",
  (map(select(.clock)) | ours | sorted[]
   | [.preset, names[.device], (.critical_path | .ns, .routing_ns, .cells,
      (.from, .to | sub("^u_rvmmu\\."; "") | gsub("_(SB|TRELLIS|LUT4|DFF|\\$)[A-Z_0-9]+.*$"; "") | "`\(.)`"))] | row);

def peers: "| | ECP5 LUT4 / flip-flops, default options | with `-nowidelut` | 7-series LUT / flip-flops | with `-nowidelut` |",
  "|---|--:|--:|--:|--:|",
  "| CVA6's MMU, 8 + 8 entries | 8964 / 2393 | | 3215 / 2393 | |",
  "| CVA6's MMU, 4 + 4 entries | 5092 / 1497 | | 2333 / 1497 | |",
  (map(select(.preset | startswith("peer"))) | group_by(.preset) | reverse[]
   | . as $of | def cell($family; $option):
       [$of[] | select(.family == $family).plain[] | select(.option == $option) | "\(.lut) / \(.ff)"][0] // "";
     ["rvmmu, \(.[0].preset | sub("peer"; "") | "\(.) + \(.)") entries",
      cell("ecp5"; "none"), cell("ecp5"; "-nowidelut"), cell("xilinx"; "none"), cell("xilinx"; "-nowidelut")] | row);

def tools: [.[].tools[]] | unique | join(", ") | "Made with " + . + ".";

{"alone": [alone], "routed": [routed, "", tools], "paths": [paths], "peers": [peers]}[$table][]

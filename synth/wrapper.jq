# SPDX-License-Identifier: Apache-2.0
# Writes a Verilog module around rvmmu, or the inside of one, from Yosys' JSON of it, elaborated with the parameters of a
# preset.
#
#   plain    rvmmu_plain has rvmmu's ports, but for the straps: what rvmmu alone takes
#   pins     rvmmu_pins has four pins, so that it fits any package: a shift register drives all
#            inputs, and the outputs go into a signature register. Both are flip-flops, so every
#            path of rvmmu begins and ends in one, and nothing of it can be optimised away.
#   netlist  what follows rvmmu's own parameters and ports, for it to be rvmmu_netlist; or, with other
#            parameters (a test may want a design of its own), rvmmu_rtl
#
# In the first two the straps are tied to all that the build has, as a core would tie them.
# Use: jq -r --arg kind plain|pins|netlist -f wrapper.jq elaborated.json

def parameters: .modules.rvmmu.parameter_default_values
  | to_entries | map({name: .key, bits: .value, value: "\(.value | length)'\(if (.value | length) > 1 then "s" else "" end)b\(.value)"});

def ports: [.modules.rvmmu.ports | to_entries[]
  | {name: .key, direction: .value.direction, bits: (.value.bits | length)}];

def strap($parameters):
  def of($name): "\(.bits)'b\(.bits as $bits | $parameters[] | select(.name == $name).bits[-$bits:])";
  if .name == "pmp_count_i" then of("PmpEntries")
  elif .name == "pmp_grain_i" then of("PmpGrain")
  elif .name | startswith("has_") then "1'b1"
  else null end;

def lines($separator): map("  " + .) | join($separator + "\n");

def declared: map("\(.direction) wire [\(.bits - 1):0] \(.name)") | lines(",");

def instance($of; $parameters):
  "  \($of) #(", ($parameters | map(".\(.name)(\(.value))") | lines(",")),
  "  ) u_rvmmu (", lines(","), "  );";

# Each port gets the place of its bits in a vector of them all.
def placed($vector): reduce .[] as $port ({bits: 0, connections: []};
  {connections: (.connections + [".\($port.name)(\($vector)[\(.bits)+:\($port.bits)])"]),
   bits: (.bits + $port.bits)});

def plain($parameters): ports | map(. + {tie: strap($parameters)})
  | "module rvmmu_plain (", (map(select(.tie == null)) | declared), ");",
    (map(".\(.name)(\(.tie // .name))") | instance("rvmmu"; $parameters)),
    "endmodule";

def pins($parameters): ports | map(. + {tie: strap($parameters)})
  | (map(select(.direction == "input" and .tie == null and .name != "clk_i" and .name != "rst_ni"))
     | placed("in_q")) as $in
  | (map(select(.direction == "output")) | placed("out")) as $out
  | "// Flip-flops of its own: \($in.bits + $out.bits)",
    "module rvmmu_pins (input wire clk_i, input wire rst_ni, input wire scan_i, output wire scan_o);",
    "  reg [\($in.bits - 1):0] in_q;",
    "  reg [\($out.bits - 1):0] out_q;",
    "  wire [\($out.bits - 1):0] out;",
    "  always @(posedge clk_i) begin",
    "    in_q <= {in_q[\($in.bits - 2):0], scan_i};",
    "    out_q <= {out_q[\($out.bits - 2):0], in_q[\($in.bits - 1)]} ^ out;",
    "  end",
    "  assign scan_o = out_q[\($out.bits - 1)];",
    (map(select(.tie) | ".\(.name)(\(.tie))") + $in.connections + $out.connections
     + [".clk_i(clk_i)", ".rst_ni(rst_ni)"] | instance("rvmmu"; $parameters)),
    "endmodule";

def netlist($parameters): ports | map(".\(.name)(\(.name))")
  | "  if (", ($parameters | (map(.name) - (if any(.name == "L2Ways" and (.value | test("1") | not))
        then ["L2Sets", "L2Large", "L2Register"] else [] end)) as $matter
      | map(select([.name] | inside($matter)) | "\(.name) == \(.value)") | lines(" &&")), "  )",
    "  rvmmu_netlist u_netlist (", lines(","), "  );",
    "  else",
    instance("rvmmu_rtl"; $parameters | map({name, value: .name})),
    "endmodule";

parameters as $parameters
| if $kind == "plain" then plain($parameters)
  elif $kind == "pins" then pins($parameters)
  else netlist($parameters) end

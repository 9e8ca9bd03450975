# SPDX-License-Identifier: Apache-2.0
# A report as a few lines for a person.

def size: "\(.lut) LUT, \(.ff) FF" + (if .lutram > 0 then ", \(.lutram) LUT as RAM" else "" end)
  + (if .ram > 0 then ", \(.ram) block RAM" else "" end)
  + (if .option == "none" then "" else " (\(.option))" end);

"\(.preset) on \(.part // .device)",
(.plain[] | "  alone:                  " + size),
(.pins | "  with registered pins:   " + size + ", \(.wrapper_ff) FF of them the wrapper's"),
(select(.clock) |
  "  placed and routed:      " + ([.used | to_entries[] | select(.key | test("LC$|COMB$|RAM|DP16KD|FF$")) | "\(.key) \(.value.used) of \(.value.available)"] | join(", ")),
  "  clock:                  \(.clock.median_mhz) MHz median, \(.clock.worst_mhz) worst of \(.clock.seeds | length)",
  (.critical_path | "  critical path (worst):  \(.ns) ns, \(.routing_ns) of routing, \(.cells) cells",
     "    from \(.from)", "    to   \(.to)"))

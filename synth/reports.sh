#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes all of synth/reports, from which `make docs` writes the tables: synthesises each preset
# for each family, and places and routes those named here. Usage: reports.sh [PRESET...] (all)
set -eu
cd "$(dirname "$0")/.."

# A preset, its family and device, and the seeds.
list() {
    cat <<'EOF'
tiny   ice40  hx8k    1 2 3 4 5
tiny   ice40  up5k    1 2 3 4 5
tiny   ecp5   25k     1 2 3
tiny   xilinx default
small  ice40  hx8k    1 2 3 4 5
small  ecp5   25k     1 2 3
small  xilinx default
linux  ecp5   25k     1 2
linux  xilinx default
server ecp5   85k     1
server xilinx default
peer8  ecp5   25k     1 2 3
peer8  xilinx default
peer4  ecp5   25k     1 2 3
peer4  xilinx default
EOF
}

list | while read -r preset family device seeds; do
    case " ${*:-$preset} " in *" $preset "*) ;; *) continue ;; esac
    # shellcheck disable=SC2086
    sh synth/synth.sh "$preset" "$family" "$device" $seeds </dev/null
    [ "$device" != default ] || device=7series
    cp "build/synth/$preset-$family-$device.json" synth/reports
done

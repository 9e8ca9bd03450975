#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Reads the boards with Verilator, Icarus and Yosys for each preset; any word from any of them is an
# error. Usage: lint.sh PRESET...
set -u
cd "$(dirname "$0")/../.."
sources="rtl/rvmmu_pkg.sv $(ls rtl/*.sv | grep -v rvmmu_pkg | tr '\n' ' ') synth/board/board_pkg.sv
    $(ls synth/board/board_*.sv | grep -v board_pkg | tr '\n' ' ') synth/board/board.sv"
status=0

# check TOOL BOARD PRESET COMMAND...
check() {
    what="$1, $2, $3"
    shift 3
    words=$("$@" 2>&1)
    if [ $? -ne 0 ] || [ -n "$words" ]; then
        printf '%s:\n%s\n' "$what" "$words"
        status=1
    else
        echo "$what: clean"
    fi
}

for preset in "$@"; do
    parameters=$(sed 's/#.*//; /^ *$/d' "sim/presets/$preset.preset")
    for board in icebreaker hx8k ulx3s; do
        files="$sources synth/board/$board.sv"
        # shellcheck disable=SC2086,SC2046
        check Verilator $board "$preset" verilator --lint-only -Wall --top-module $board \
            -Isynth/board $(echo "$parameters" | sed 's/^/-G/') sim/waivers.vlt $files
        # shellcheck disable=SC2086,SC2046
        check Icarus $board "$preset" iverilog -g2012 -Wall -t null -s $board -I synth/board \
            $(echo "$parameters" | sed "s/^/-P$board./") $files
    done
    check Yosys board "$preset" yosys -q -p "read_verilog -sv -Isynth/board $(echo $sources); \
        chparam $(echo "$parameters" | sed 's/=/ /; s/^/-set /' | tr '\n' ' ') board; \
        hierarchy -check -top board; proc; check -assert"
done
exit $status

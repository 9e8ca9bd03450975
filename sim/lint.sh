#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Reads the design with Verilator, Icarus and Yosys for each preset; any word from any of them is
# an error, and so is a path from an input of the design to the ready of a request.
# Usage: lint.sh PRESET...
set -u
cd "$(dirname "$0")/.."
rtl="rtl/rvmmu_pkg.sv $(ls rtl/*.sv | grep -v rvmmu_pkg | tr '\n' ' ')"
status=0

# check TOOL PRESET COMMAND...
check() {
    tool=$1 preset=$2
    shift 2
    words=$("$@" 2>&1)
    if [ $? -ne 0 ] || [ -n "$words" ]; then
        printf '%s, %s:\n%s\n' "$tool" "$preset" "$words"
        status=1
    else
        echo "$tool, $preset: clean"
    fi
}

for preset in "$@"; do
    parameters=$(sed 's/#.*//; /^ *$/d' "sim/presets/$preset.preset")
    # shellcheck disable=SC2086,SC2046
    check Verilator "$preset" verilator --lint-only -Wall --top-module rvmmu \
        $(echo "$parameters" | sed 's/^/-G/') sim/waivers.vlt $rtl
    # shellcheck disable=SC2086,SC2046
    check Icarus "$preset" iverilog -g2012 -Wall -t null -s rvmmu \
        $(echo "$parameters" | sed 's/^/-Prvmmu./') $rtl
    check Yosys "$preset" yosys -q -p "read_verilog -sv $rtl; \
        chparam $(echo "$parameters" | sed 's/=/ /; s/^/-set /' | tr '\n' ' ') rvmmu; \
        hierarchy -check -top rvmmu; proc; check -assert; flatten; opt_clean; cd rvmmu; \
        select -assert-none o:*_req_ready_o %cie* i:* %i"
done
exit $status

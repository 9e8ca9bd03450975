#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tests what Yosys made of the RTL: the netlist takes the RTL's place in the simulated design, and the
# directed tests and the random test run on it. Lint and proofs do not see all that a front end may
# get wrong. Yosys has no simulation model of ECP5's block RAM, so that there the L2 is of LUTs; iCE40
# has no RAM of LUTs, so that there the L1's sets are flip-flops.
# Usage: netlist.sh [PRESET-FAMILY...] (tiny-ice40 linux-ice40 linux-ecp5). Exit status 1 if a test fails.
set -u
cd "$(dirname "$0")/.." || exit 2
count=100000
tb=build/rvmmu-tb

fail() {
    echo "test-netlist: $1" >&2
    exit 2
}

. synth/tools.sh
. synth/stage.sh
. synth/flow.sh

# The netlist as rtl/ of a tree of its own; in it each cell is replaced by the model that Yosys has
# of it, in plain logic, which Verilator reads where it does not read the models themselves.
build_netlist() {
    case $family in
    # Deferred, else its large RAMs are built bit by bit; then what stands for them must go first.
    ice40) flags='' drop='delete =A:blackbox;' read=-defer ;;
    ecp5) flags='-nobram -nowidelut' drop='' read='' ;;
    esac
    mkdir -p "$out/rtl" && ln -s "$PWD/Makefile" "$PWD/tb" "$PWD/sim" "$PWD/synth" "$out" || return
    yosys -p "read_verilog -sv $rtl; chparam $(chparam) rvmmu; hierarchy -top rvmmu; proc
        setattr -unset ram_style m:*; synth_$family $flags -top rvmmu; check -assert
        rename rvmmu rvmmu_netlist; techmap -map synth/luts.v; $drop read_verilog $read -overwrite +/$family/cells_sim.v
        hierarchy -check -top rvmmu_netlist; proc; flatten -wb; opt_clean -purge
        write_verilog -noattr $out/rtl/netlist.sv" &&
        cp rtl/*.sv "$out/rtl" || return
    sed 's/^module rvmmu /module rvmmu_rtl /' rtl/rvmmu.sv >"$out/rtl/rvmmu_rtl.sv"
    {
        sed '/^);/q' rtl/rvmmu.sv
        jq -r --arg kind netlist -f synth/wrapper.jq "$work/elaborated/rvmmu.json"
    } >"$out/rtl/rvmmu.sv"
}

# Runs a test on the netlist in $root.
run() { # NAME COMMAND...
    name=$1
    shift
    if RVMMU_ROOT=$root RVMMU_PRESETS=$file "$@" >"$root/$name.log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $preset, $family: $name: $(tail -n 1 "$root/$name.log") (all of it in $root/$name.log)"
    fi
}

[ $# -gt 0 ] || set -- tiny-ice40 linux-ice40 linux-ecp5
need yosys yosys
need jq jq
directed=$(basename -as .c tb/test/test_known_bugs_*.c tb/test/test_rtl_*.c)
passed=0 failed=0
for design; do
    preset=${design%-*} family=${design##*-}
    file=$PWD/sim/presets/$preset.preset
    [ -f "$file" ] && [ -d "/usr/share/yosys/$family" ] || fail "$design: expected PRESET-ice40 or PRESET-ecp5"
    prepare_rtl
    stage "$preset, $family: netlist" "$(key "$rtl_key" -- synth/netlist.sh)" "$work/$family-netlist" build_netlist
    root=$PWD/$work/$family-netlist
    RVMMU_ROOT=$root $tb random --preset "$file" --count 1 >"$root/build.log" 2>&1
    [ $? -ne 2 ] || fail "$(tail -n 1 "$root/build.log")"
    grep -q u_netlist "$root/build/dut/$preset/obj/"*___024root.h || fail "$design: the netlist is not in the design"
    for test in $directed; do
        run "$test" "build/test/$test"
    done
    run random $tb random --preset "$file" --count $count
    echo "$preset, $family: $(sed -n 's/^ *accesses accepted */random accesses: /p' "$root/random.log")"
done
echo "$passed tests on netlists passed, $failed failed"
[ $failed -eq 0 ]

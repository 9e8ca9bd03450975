#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Takes a preset through Yosys and, where an open place and route exists, to a bitstream, and reports
# it in build/synth/PRESET-DEVICE.json. Everything is made under build/synth and kept until what it
# depends on changes.
set -u
cd "$(dirname "$0")/.." || exit 2

usage() {
    cat <<'TEXT'
Usage: synth/synth.sh PRESET FAMILY [DEVICE|default [SEED...]]

  PRESET  one of sim/presets and synth/presets
  FAMILY  ice40, ecp5 or xilinx (7-series, synthesis alone)
  DEVICE  ice40: hx8k (default), up5k; ecp5: 25k (default), 85k
  SEED    of place and route, 1 if none is given; of several, median and worst MHz are reported

Exit status: 0 done; 1 a tool found an error; 2 bad input or a missing tool.
TEXT
}

fail() {
    echo "synth: $1" >&2
    exit 2
}

. synth/tools.sh
. synth/stage.sh
. synth/flow.sh

choose_preset() {
    case $1 in */*) fail "PRESET=$1: expected a name" ;; esac
    for file in "sim/presets/$1.preset" "synth/presets/$1.preset"; do
        [ -f "$file" ] && preset=$1 && return
    done
    fail "PRESET=$1: expected one of$(basename -as .preset sim/presets/*.preset synth/presets/*.preset |
        sed 's/^/ /' | tr -d '\n')"
}

# The part, what place and route is told of it, the MHz it is to strive for, and the options of
# synthesis: alternatives, of which all are counted and the first is placed.
choose_device() { # FAMILY DEVICE
    part='' freq=0 where='' family=$1
    case $1 in
    ice40) device=hx8k options=none ;;
    ecp5) device=25k options='-nowidelut none' ;;
    xilinx) device=7series options='-nowidelut none' ;;
    *) fail "FAMILY=$1: expected ice40, ecp5 or xilinx" ;;
    esac
    [ "$2" = default ] || device=$2
    case $family-$device in
    ice40-hx8k) part=iCE40HX8K-CT256 freq=100 where='--hx8k --package ct256' ;;
    ice40-up5k) part=iCE40UP5K-SG48 freq=30 where='--up5k --package sg48' ;;
    ecp5-25k) part=LFE5U-25F-6BG256C freq=120 where='--25k --package CABGA256 --speed 6' ;;
    ecp5-85k) part=LFE5U-85F-6BG381C freq=120 where='--85k --package CABGA381 --speed 6' ;;
    xilinx-7series) ;;
    *) fail "DEVICE=$device: expected hx8k or up5k (ice40), 25k or 85k (ecp5), none (xilinx)" ;;
    esac
}

[ "${1:-}" = -h ] || [ "${1:-}" = --help ] && usage && exit 0
[ $# -ge 2 ] || fail 'expected PRESET FAMILY [DEVICE|default [SEED...]]'
choose_preset "$1"
choose_device "$2" "${3:-default}"
[ $# -gt 3 ] && shift 3 || set -- 1
for seed; do
    case $seed in '' | *[!0-9]*) fail "SEED=$seed: expected a whole number" ;; esac
done
find_tools "$family"

prepare_rtl
report=$work-$family-$device.json
for option in $options; do
    kind=plain
    stage "$preset, $family: synthesise, options $option" "$rtl_key" "$work/$family-plain$option" synthesise
done
kind=pins option=${options%% *}
stage "$preset, $family: synthesise with registered pins" "$rtl_key" "$work/$family-pins" synthesise
if [ -n "$place" ]; then
    for seed; do
        stage "$preset, $device: place and route, seed $seed" \
            "$(key "$rtl_key $placer $where $freq" -- /dev/null)" "$work/$device-seed-$seed" place_and_route
    done
fi

write_report "$@" >"$report.new" || fail "the report of $preset cannot be written"
mv "$report.new" "$report"
jq -r -f synth/summary.jq "$report"

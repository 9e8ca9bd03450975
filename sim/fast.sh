#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds a preset's simulated design twice: once to count what it does on a trace, and once more so
# that what it does often lies together. It is some tenths faster then, in every command that takes the
# preset as it is, until the RTL changes.
# Usage: fast.sh [PRESET] (linux)
set -eu
cd "$(dirname "$0")/.."
preset=${1:-linux}
tb=build/rvmmu-tb
library=build/dut/$preset/libdut.so
counts=$PWD/build/dut/$preset/counts

if [ ! -f "sim/presets/$preset.preset" ]; then
    echo "fast: no preset '$preset' in sim/presets" >&2
    exit 2
fi

# translate REFERENCES: leaves what it prints in $counts.log, and shows it if it fails.
translate() {
    "$tb" run --preset "$preset" --mode sv39 --limit "$1" sim/traces/sort.rvt.xz >"$counts.log" 2>&1 ||
        { cat "$counts.log" >&2 && exit 1; }
}

build() {
    rm -f "$library"
    make --no-print-directory -s "$library" "$(cat "build/dut/$preset/parameters")" \
        DUT_PROFILE="$1" >"build/dut/$preset/build.log" 2>&1 ||
        { tail "build/dut/$preset/build.log" >&2 && exit 1; }
}

mkdir -p "build/dut/$preset"
translate 1 # the design as it is, and its parameters
trap 'rm -f "$library"' EXIT # a design that counts is not left behind
trap 'exit 1' HUP INT TERM
rm -rf "$counts"
echo "building '$preset' to count what it does ..."
build "-fprofile-generate=$counts -fprofile-update=single"
echo "counting ..."
translate 200000
echo "building '$preset' by what was counted ..."
build "-fprofile-use=$counts -fprofile-partial-training -Wno-missing-profile"
trap - EXIT
translate 1
rm -rf "$counts" "$counts.log"

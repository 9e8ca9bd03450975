#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# How fast the simulation is: translations a second of one processor's time, each checked by the
# reference model, waves off, on the project's traces of real programs, which mostly hit. The traces
# take turns, so that what else the machine does falls on all of them.
# Usage: bench-speed.sh [PRESET [REPEATS [LIMIT]]] (linux, 3, 2000000 references of each trace)
set -eu
cd "$(dirname "$0")/.."
preset=${1:-linux}
repeats=${2:-3}
limit=${3:-2000000}
tb=build/rvmmu-tb
work=build/bench-speed
mkdir -p "$work"
rm -f "$work"/*

# run REFERENCES TRACE: leaves what it prints in $work/run, and shows it if the run fails.
run() {
    "$tb" run --preset "$preset" --mode sv39 --limit "$1" "$2" >"$work/run" || {
        cat "$work/run"
        exit 1
    }
}

run 1 sim/traces/sort.rvt.xz # so that the design is built before the first measurement
round=1
while [ "$round" -le "$repeats" ]; do
    for trace in sim/traces/*.rvt.xz; do
        run "$limit" "$trace"
        sed -n 's/^speed *\([0-9,]*\) .*/\1/p' "$work/run" | tr -d , \
            >>"$work/$(basename "$trace" .rvt.xz)"
    done
    round=$((round + 1))
done
rm "$work/run"

printf 'preset %s, translations a second, checked\n%-10s %12s %12s\n' "$preset" trace best median
for speeds in "$work"/*; do
    sort -n "$speeds" | awk -v trace="$(basename "$speeds")" '
        { speed[NR] = $1 }
        END { printf "%-10s %12d %12d\n", trace, speed[NR], speed[int((NR + 1) / 2)] }'
done

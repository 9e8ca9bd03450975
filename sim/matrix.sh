#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every trace in every mode under every replacement policy, with frames for a quarter of the pages
# touched and two processes at once. Options are passed on to `rvmmu-tb run` (--limit N makes it
# short). Exit status 1 at the first disagreement.
set -u
cd "$(dirname "$0")/.."
tb=build/rvmmu-tb
runs=0
policies=8
report=$(mktemp)
trap 'rm -f "$report"' EXIT

# pair MODE PRESET TRACE TRACE OPTION...
pair() {
    mode=$1 preset=$2 first=$3 second=$4
    shift 4
    if ! "$tb" run "$first" "$second" --mode "$mode" --preset "$preset" --frames 25% --policy all \
        "$@" >"$report" 2>&1; then
        cat "$report"
        echo "failed: $mode on $preset, $first and $second"
        exit 1
    fi
    agree=$(grep -c 'memory as written' "$report")
    runs=$((runs + 1))
    printf '%s on %s: %s and %s: %d policies agree\n' "$mode" "$preset" \
        "$(basename "$first" .rvt.xz)" "$(basename "$second" .rvt.xz)" "$agree"
    if [ "$agree" -ne "$policies" ]; then
        cat "$report"
        echo "failed: expected $policies policies"
        exit 1
    fi
}

last=$(ls sim/traces/*.rvt.xz | tail -n 1)
for trace in sim/traces/*.rvt.xz; do # each with its predecessor
    pair sv32 tiny "$last" "$trace" --fold "$@"
    pair sv39 small "$last" "$trace" "$@"
    pair sv48 linux "$last" "$trace" "$@"
    pair sv57 server "$last" "$trace" "$@"
    last=$trace
done
echo "$runs pairs of traces, each under every policy: all accesses agree, all memory holds"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A very small sweep of the design itself, killed once the first of its two runs has ended: asked again
# it makes only the other, and has the results of both. Exit status 1 if not.
set -u
cd "$(dirname "$0")/.."
tb=build/rvmmu-tb
out=build/test/sweep
definition=build/test/tiny.sweep

fail() {
    echo "sweep-test: $*"
    cat "$out/first" "$out/second" 2>/dev/null
    exit 1
}

rm -rf "$out"
mkdir -p "$out"
cat >"$definition" <<END_OF_DEFINITION
preset=tiny
traces=random
grid DataEntries=2,4
plot x=DataEntries series=port y=cycles
END_OF_DEFINITION

$tb sweep "$definition" --jobs 1 --limit 2000 --output "$out" >"$out/first" 2>&1 &
sweep=$!
waited=0
until ls "$out"/runs/*.json >/dev/null 2>&1; do
    kill -0 $sweep 2>/dev/null && [ $waited -lt 3000 ] || fail "no run has ended"
    waited=$((waited + 1))
    sleep 0.1
done
kill -9 $sweep 2>/dev/null
wait $sweep 2>/dev/null
$tb sweep "$definition" --jobs 1 --limit 2000 --output "$out" >"$out/second" 2>&1 ||
    fail "it does not go on"
grep -q '[12] of them there already' "$out/second" || fail "nothing was kept"
[ "$(wc -l <"$out/points.csv")" -eq 3 ] || fail "not two rows of results"
grep -q '</svg>' "$out/cycles-by-DataEntries.svg" || fail "no plot"
tail -n 1 "$out/second"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Boots Linux in every mode, with both ways of setting A and D, on both firmwares, two boots at once,
# and prints a table of what each did. Usage: matrix.sh PRESET [FIRMWARE...] (builtin mmode)
# Exit status 1 if one boot fails; its log is build/linux/MODE-AD-FIRMWARE.log. A quarter of an hour.
set -u
cd "$(dirname "$0")/../.."
preset=$1
shift
[ $# -gt 0 ] || set -- builtin mmode
boots=$(for firmware; do
    for mode in sv39 sv48 sv57; do
        for ad in svade svadu; do echo "$mode $ad $firmware"; done
    done
done)

# The designs first: two boots at once would build the same one twice.
for set in "" "--set Levels=5"; do
    # shellcheck disable=SC2086
    build/rvmmu-tb boot build/linux/Image --quiet --preset "$preset" $set --limit 1 >/dev/null 2>&1
    [ $? -ne 2 ] || build/rvmmu-tb boot build/linux/Image --preset "$preset" $set --limit 1 || exit
done
echo "$boots" | xargs -P 2 -L 1 sh -c '
    echo "booting $1 $2 $3 ..." >&2
    sh sim/linux/boot.sh "$1" "$2" "$3" "$0" >/dev/null 2>&1 ||
        { echo "$1 $2 $3 FAILED: see build/linux/$1-$2-$3.log" >&2 && exit 1; }' "$preset"
status=$?

echo "| mode | A, D | firmware | instructions | translations | agree | fetch, data TLB misses | walks | page faults | fences | satp written | A/D updates | processor seconds |"
echo "|---|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
echo "$boots" | while read -r mode ad firmware; do
    jq -r --arg boot "| $mode | $ad | $firmware" '
        def thousands: tostring | [scan("\\d{1,3}(?=(?:\\d{3})*$)")] | join(",");
        .mmu as $m | $m.events as $e |
        [$boot, (.instructions | thousands), ($m.translations | thousands),
         (if $m.answers_agreed == $m.translations then "all" else ($m.answers_agreed | thousands) end),
         "\($e.fetch_misses | thousands), \($e.data_misses | thousands)", ($e.walks | thousands),
         ($m.fetch_page_faults + $m.load_page_faults + $m.store_page_faults | thousands),
         ($e.fences | thousands), ($m.satp_changes | thousands), ($m.updates | thousands),
         ($m.processor_seconds | ceil | tostring)] | join(" | ") + " |"' "build/linux/$mode-$ad-$firmware.json"
done
[ $status -eq 0 ]

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Boots the kernel of sim/linux and judges it: every answer of the MMU agrees, every test of init
# passed, and the kernel chose the mode it was to choose. The console and the report go to
# build/linux/MODE-AD-FIRMWARE.log too, the figures to .json there.
# Usage: boot.sh MODE AD FIRMWARE PRESET [OPTION of rvmmu-tb boot ...]
# Exit status: 0, 1 for a disagreement or a failed test, 2 for bad input.
set -u
cd "$(dirname "$0")/../.."
mode=$1 ad=$2 firmware=$3 preset=$4
shift 4
out=build/linux
name=$out/$mode-$ad-$firmware

case $firmware in
builtin) ;;
mmode) set -- --firmware $out/firmware.bin "$@" ;;
*)
    echo "linux: FIRMWARE=$firmware: builtin or mmode is wanted" >&2
    exit 2
    ;;
esac
if [ "$mode" = sv57 ]; then set -- --set Levels=5 "$@"; fi # no matter what the preset has

# TAP: a plan, its tests in order, none failed; "# highest user address 0x...: MODE" among them.
judge() {
    tr -d '\r' <"$name.log" | awk -v mode="$mode" '
        /^1\.\.[0-9]+$/ { plan = substr($0, 4) + 0 }
        /^ok [0-9]+ - / { if ($2 == ++number) passed++ }
        /^not ok [0-9]+ - / { number++ }
        /^# highest user address / { seen = $NF }
        END {
            printf "%d of %d tests of the guest passed, in %s\n", passed, plan, seen
            if (seen != mode) print "the guest was to run in " mode
            exit !(plan && passed == plan && seen == mode)
        }'
}

rm -f "$name.json"
{
    build/rvmmu-tb boot $out/Image --mode "$mode" --ad "$ad" --preset "$preset" --json "$name.json" \
        "$@" 2>&1
    echo $? >"$name.status"
} | tee "$name.log"
status=$(cat "$name.status")
rm "$name.status"
if [ "$status" -eq 2 ]; then
    rm "$name.log"
    exit 2
fi
judge || exit 1
exit "$status"

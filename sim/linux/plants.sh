#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plants faults of tb/plants in copies of the RTL, one in each, and boots Linux on them, and replays
# the page trace of a boot: each must be caught as a wrong translation by both. Usage: plants.sh
# [NAME...] (the four below).
# Exit status 1 if one is missed, its patch no longer applies, or its design does not build.
set -u
cd "$(dirname "$0")/../.."
out=build/linux/plants
caught=0

build_root() { # NAME
    rm -rf "$root"
    mkdir -p "$root"
    cp -r rtl sim tb synth Makefile "$root" &&
        patch -s -p1 -F0 --no-backup-if-mismatch -d "$root" <"tb/plants/$1.patch"
}

boot_plant() { # NAME
    root=$PWD/$out/$1
    log=$out/$1.log
    if ! build_root "$1" >"$log" 2>&1; then
        echo "$1: does not apply; see $log"
        return
    fi
    if catch "$1" "boot" build/linux/Image --mode sv39 --ad svade &&
        catch "$1" "replay" sim/linux/boot.rvp.xz; then
        caught=$((caught + 1))
    fi
    rm -rf "$root"
}

# Whether a command of rvmmu-tb finds the design in $root wrong; a line of the table says how.
catch() { # NAME COMMAND ARGUMENT...
    name=$1 command=$2
    shift 2
    RVMMU_ROOT=$root build/rvmmu-tb "$command" "$@" --preset linux >"$log" 2>&1
    status=$?
    where=$(sed -n 's/^DISAGREEMENT at \([a-z]* [0-9]*\).*/\1/p' "$log")
    if [ $status -ne 1 ] || [ -z "$where" ]; then
        echo "$name: MISSED by $command, or it does not run (exit status $status); see $log"
        return 1
    fi
    fault=$(sed -n 's/^Fault: //p' "tb/plants/$name.patch")
    verdict=$(sed -n 's/^cycle [0-9]*: //p' "$log")
    seconds=$(awk '/^processor time/ { print $3 }' "$log")
    echo "| \`$name\`: $fault | $command | $where | $verdict | $seconds |"
}

[ $# -gt 0 ] || set -- sets-address-fence-missed l2-full-fence-missed sets-asid-not-compared \
    l2-asid-not-compared
for name; do
    if [ ! -f "tb/plants/$name.patch" ]; then
        echo "plants.sh: there is no tb/plants/$name.patch" >&2
        exit 2
    fi
done
mkdir -p $out
echo "| fault | found by | at | as | processor seconds |"
echo "|---|---|---|---|--:|"
for name; do
    boot_plant "$name"
done
echo "$caught of $# faults caught by boot and replay"
[ "$caught" -eq $# ]

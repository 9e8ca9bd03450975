#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plants faults of tb/plants in copies of the RTL, one in each, and boots Linux on them: each must be
# caught as a wrong translation before the boot is over. Usage: plants.sh [NAME...] (the four below).
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
    RVMMU_ROOT=$root build/rvmmu-tb boot build/linux/Image --mode sv39 --ad svade --preset linux >"$log" 2>&1
    status=$?
    rm -rf "$root"
    where=$(sed -n 's/^DISAGREEMENT at /wrong at /p' "$log")
    if [ $status -eq 1 ] && [ "$where" ]; then
        caught=$((caught + 1))
        printf '%-28s %s\n%28s %s\n' "$1" "$(sed -n 's/^Fault: //p' "tb/plants/$1.patch")" "" "$where"
    else
        echo "$1: MISSED, or does not run (exit status $status); see $log"
    fi
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
for name; do
    boot_plant "$name"
done
echo "$caught of $# faults caught by the boot"
[ "$caught" -eq $# ]

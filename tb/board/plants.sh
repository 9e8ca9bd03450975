#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plants the faults of plants.list in copies of the board, one in each, and expects the test that is
# named there to fail. Usage: plants.sh [NAME...] (all). Exit status 1 if one is missed.
set -u
cd "$(dirname "$0")/../.."
root=$PWD
work=build/board/plants
missed=0
make -s build/test/test_board build/test/test_board_pins build/test/test_board_cycles || exit 1

while read -r name file edit test; do
    case $name in '#' | '') continue ;; esac
    [ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
    rm -rf "$work" && mkdir -p "$work/build"
    cp -a Makefile rtl sim synth tb "$work"
    ln -s "$root/build/dut" "$work/build/dut"
    sed -i "$edit" "$work/synth/board/$file"
    if cmp -s "$work/synth/board/$file" "synth/board/$file"; then
        result='does not apply' missed=1
    elif ! make -s -C "$work" "build/board/sim/echo/libboard.so" >"$work/log" 2>&1 </dev/null; then
        result='does not build' missed=1
    elif RVMMU_ROOT=$root/$work timeout 300 "build/test/$test" >"$work/log" 2>&1 </dev/null; then
        result='MISSED' missed=1
    else
        result="found by $(sed -n 's/.*FAILED  \] //p' "$work/log" | grep -v ' test' | head -n 1)"
    fi
    printf '%-28s %s\n' "$name" "$result"
done <tb/board/plants.list
exit $missed

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Everything that must hold, one check a line; two at a time. What a check prints is in
# build/test/NAME.log, and is shown if it fails. Exit status 1 if any fails.
set -u
cd "$(dirname "$0")/.."
logs=build/test
tb=build/rvmmu-tb

# Each check: a name and a command. Those that build a design come before those that share it.
checks() {
    cat <<EOF
format|make -s format-check
known-bugs|sh docs/known-bugs.sh --check
lint|make -s lint
unit|make -s unit
vectors-model|$tb vectors --on model sim/vectors/*.txt.xz
vectors-rtl|$tb vectors --on rtl sim/vectors/*.txt.xz
traces|sh sim/matrix.sh --limit 150000
sweep|sh sim/sweep-test.sh
cover|for p in tiny small linux server every32; do $tb cover --preset \$p || exit 1; done
random-tiny|$tb random --preset tiny --seed 1 --seeds 10 --count 100000
random-small|$tb random --preset small --seed 11 --seeds 15 --count 100000
random-linux|$tb random --preset linux --seed 26 --seeds 15 --count 100000
random-server|$tb random --preset server --seed 41 --seeds 15 --count 100000
random-every32|$tb random --preset every32 --seed 56 --seeds 10 --count 100000
waves|DISPLAY= sh sim/waves.sh
linux-replay|$tb replay sim/linux/boot.rvp.xz
iss-programs|sh tb/iss/programs/check.sh
board|sh sim/board-test.sh
formal|bash formal/run.sh
plants|sh sim/plants.sh
EOF
}

run_check() {
    name=${1%%|*}
    command=${1#*|}
    begin=$(date +%s)
    sh -c "$command" >"$logs/$name.log" 2>&1
    status=$?
    echo $status >"$logs/$name.status"
    took=$(($(date +%s) - begin))
    if [ $status -eq 0 ]; then
        printf 'pass  %-14s %4d s  %s\n' "$name" $took "$(tail -n 1 "$logs/$name.log")"
    else
        printf 'FAIL  %-14s %4d s  exit status %d; the end of %s:\n%s\n' "$name" $took $status \
            "$logs/$name.log" "$(tail -n 40 "$logs/$name.log" | sed 's/^/    /')"
    fi
}

if [ $# -eq 1 ]; then # one check, by its line
    run_check "$1"
    exit 0
fi
mkdir -p "$logs"
rm -rf "$logs"/*.log "$logs"/*.status "$logs/runtime"
RUNTIME=$PWD/$logs/runtime OBJCACHE="sh $PWD/sim/compile.sh" # many designs are built
export RUNTIME OBJCACHE
checks | tr '\n' '\0' | xargs -0 -n 1 -P 2 sh "$0"
passed=$(cat "$logs"/*.status | grep -c '^0$')
failed=$(cat "$logs"/*.status | grep -vc '^0$')
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -eq "$(checks | wc -l)" ]

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Plants the faults of tb/plants in copies of the RTL, one in each, and expects every one of them to
# be caught: by the random test within 100,000 accesses, or by a directed test. Without a fault
# (NAME none) the tests must pass that are named for the same design. Usage: sim/plants.sh [NAME...]
# (all). Exit status 1 if a fault is missed, its patch no longer applies, or its design no longer
# builds: a test that fails for that has caught nothing.
#
# A patch begins with four lines: "Fault:" what is wrong; "Bugs:" the known bugs of this kind;
# "Preset:" the design (one of tb/plants/*.preset, else of sim/presets) and parameters to change in
# it; "Test:" random, or for what random does not see, or late only, programs of tb/test, with random
# or without: one of them must fail. They come first, being quicker.
set -u
cd "$(dirname "$0")/.."
work=build/plants
tb=build/rvmmu-tb
seeds=20
count=5000
directed=$(basename -as .c tb/test/test_known_bugs_*.c tb/test/test_rtl_*.c)

# Says in one line how it went; the status in $work/NAME.status.
finish() { # NAME STATUS PRESET WHAT
    echo "$2" >"$work/$1.status"
    printf '%-34s %-6s %s\n' "${1%%+*}" "${3%% *}" "$4"
}

write_preset() { # PRESET [PARAMETER=VALUE...]
    cat "tb/plants/$1.preset" 2>/dev/null || cat "sim/presets/$1.preset"
    shift
    printf '%s\n' "$@"
}

# The designs without a fault, as names of folders: none+PRESET[+PARAMETER-VALUE...].
list_sound() {
    sed -n 's/^Preset: //p' tb/plants/*.patch | tr ' =' '+-' | sort -u | sed 's/^/none+/'
}

# The design with one fault, or with none.
build_root() {
    rm -rf "${root:?}"
    mkdir -p "$root/sim" "$root/tb"
    cp -r rtl Makefile "$root"
    cp -r sim/presets sim/waivers.vlt sim/*.mk "$root/sim"
    cp -r tb/dut "$root/tb"
    mkdir -p "$root/synth"
    cp -r synth/board "$root/synth"
    write_preset $preset >"$design"
    case $1 in
    none+*) ;;
    *) patch -s -p1 -F0 --no-backup-if-mismatch -d "$root" <"tb/plants/$1.patch" ;;
    esac
}

# Runs the random test or a directed one on the design in $root: the exit status of the test.
run_test() { # TEST
    if [ "$1" = random ]; then
        RVMMU_ROOT=$root timeout 300 $tb random --preset "$design" --seeds $seeds --count $count \
            --no-shrink
    else
        RVMMU_ROOT=$root RVMMU_PRESETS=$design timeout 300 "build/test/$1"
    fi
}

# Whether there was a design to test; else what its build printed comes after what the test did.
was_built() {
    ls "$root"/build/dut/*/libdut.so >/dev/null 2>&1 && return
    cat "$root"/build/dut/*/build.log >>"$log" 2>&1
    return 1
}

# The verdict, from what the test printed.
verdict() { # TEST
    if [ "$1" = random ]; then
        printf '%6d  %s' "$(sed -n 's/^ *accesses accepted *//p' "$log")" \
            "$(sed -n 's/^seed .* cycle [0-9]*: //p' "$log")"
    else
        sed -n 's/^\[  FAILED  \] \([a-z_0-9]*\)$/\1/p' "$log" | sort -u | tr '\n' ' '
    fi
}

run_plant() {
    name=$1
    root=$PWD/$work/$name
    design=$root/design.preset
    log=$work/$name.log
    case $name in
    none+*)
        preset=$(echo "${name#none+}" | tr '+-' ' =')
        tests=$(grep -lx "Preset: $preset" tb/plants/*.patch | xargs sed -n 's/^Test: //p' |
            tr ' ' '\n' | sort -u)
        ;;
    *)
        preset=$(sed -n 's/^Preset: //p' "tb/plants/$name.patch")
        tests=$(sed -n 's/^Test: //p' "tb/plants/$name.patch" | tr ' ' '\n' | sort -r) # random last
        ;;
    esac
    if ! build_root "$name" >"$log" 2>&1; then
        finish "$name" 1 "$preset" "DOES NOT APPLY: see $log"
        return
    fi
    for test in $tests; do
        run_test "$test" >"$log" 2>&1
        status=$?
        [ $status -eq 0 ] || break
    done
    was_built
    built=$?
    rm -rf "$root"
    if [ $built -ne 0 ]; then
        finish "$name" 1 "$preset" "DOES NOT BUILD: see $log"
        return
    fi
    case $name:$test:$status in
    none+*:0) finish "$name" 0 "$preset" "        no fault: $(echo "$tests" | wc -l) tests pass" ;;
    none+*) finish "$name" 1 "$preset" "FAILS WITHOUT A FAULT: see $log" ;;
    *:0) finish "$name" 1 "$preset" "MISSED by $test" ;;
    *:random:1) finish "$name" 0 "$preset" "$(verdict random)" ;;
    *:random:*) finish "$name" 1 "$preset" "DOES NOT RUN: see $log" ;;
    *)
        caught=$(verdict "$test")
        if [ -n "$caught" ]; then
            finish "$name" 0 "$preset" "        $caught"
        else
            finish "$name" 1 "$preset" "DOES NOT RUN: see $log"
        fi
        ;;
    esac
}

if [ "${1:-}" = --one ]; then
    run_plant "$2"
    exit 0
fi
[ $# -gt 0 ] || set -- none $(basename -s .patch tb/plants/*.patch)
for name; do
    shift
    if [ "$name" = none ]; then
        set -- "$@" $(list_sound)
    elif [ -f "tb/plants/$name.patch" ]; then
        set -- "$@" "$name"
    else
        echo "sim/plants.sh: there is no tb/plants/$name.patch" >&2
        exit 2
    fi
done
rm -rf "$work"/*.status "$work/runtime"
mkdir -p "$work"
# GNUMAKEFLAGS: all that Verilator makes as one source, which compiles three times as fast.
RUNTIME=$PWD/$work/runtime OBJCACHE="sh $PWD/sim/compile.sh" DUT_OPTIMIZE=-O0
GNUMAKEFLAGS=VM_PARALLEL_BUILDS=0
export RUNTIME OBJCACHE DUT_OPTIMIZE GNUMAKEFLAGS
make -s $(printf 'build/test/%s ' $directed)
echo "fault                              design  caught after accesses as, or by directed test"
printf '%s\n' "$@" | xargs -n 1 -P 2 sh sim/plants.sh --one
good=$(cat "$work"/*.status | grep -c "^0$")
echo "$good of $# designs judged rightly"
[ "$good" -eq $# ]

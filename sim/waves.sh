#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Records two short waveforms and opens GTKWave with a first look at them; without a display, or
# without GTKWave, says where the files are and how to open them.
#
# Usage: sim/waves.sh [PRESET]          (default linux; build/rvmmu-tb must be there)
#
# Makes in build/waves/PRESET: run.fst (the beginning of a program), fence.fst (random traffic around
# a fence), and the save files of sim/waves, fitted to the preset: GTKWave finds a signal only under
# the range of bits that it has in that build, and the files here carry those of linux. With linux,
# a save file that names a signal the design no longer has, or a picture with nothing in it, is an
# error (exit status 1).
set -eu

cd "$(dirname "$0")/.."
preset=${1:-linux}
out=build/waves/$preset
trace=sim/traces/sort.rvt.xz

if [ ! -x build/rvmmu-tb ]; then
    echo "waves: build/rvmmu-tb is not there; make builds it" >&2
    exit 2
fi
mkdir -p "$out"

# Three levels, where there are so many; x86-64 addresses fit Sv32 only when they are folded.
mode="--mode sv39"
if grep -q '^Xlen=32' "sim/presets/$preset.preset" 2>/dev/null; then mode=--fold; fi
build/rvmmu-tb run --preset "$preset" $mode --limit 2000 --memory-latency 4 \
    --wave "$out/run.fst" --wave-to 2000 "$trace" >"$out/run.txt"
build/rvmmu-tb random --preset "$preset" --seed 10 --count 2000 --without kills,errors,contexts \
    --wave "$out/fence.fst" --wave-to 2000 >"$out/fence.txt"

if ! command -v fst2vcd >/dev/null; then
    echo "waveforms: $PWD/$out/run.fst and fence.fst"
    echo "GTKWave shows them; it is not installed (Debian package gtkwave)"
    exit 0
fi

# The times worth seeing: the request of a load or store whose walk ends in a fill, and a fence that
# overtakes a walk. Two units of time are a cycle.
moment() {
    fst2vcd "$1" 2>/dev/null | awk -v what="$2" '
        $1 == "$scope" { path[++depth] = $3 }
        $1 == "$upscope" { depth-- }
        $1 == "$var" {
            name = path[depth] "." $5
            if (name ~ /^u_rvmmu.data_req_(valid_i|ready_o)$/ ||
                name ~ /^u_rvmmu.fence_(valid_i|use_va_i)$/ ||
                name ~ /^u_data.(fill|event_miss_o)$/ || name == "u_walk.state_q")
                if (!($4 in known)) known[$4] = $5
        }
        /^#/ {
            time = substr($1, 2) + 0
            if (value["event_miss_o"] && !missed) miss = request # of the cycle before
            missed = value["event_miss_o"]
            if (value["data_req_valid_i"] && value["data_req_ready_o"]) request = last
            if (what == "walk" && last > 100 && value["fill"] && miss) { print miss; exit }
            if (what == "fence" && last > 100 && value["fence_valid_i"] \
                && value["fence_use_va_i"] && value["state_q"] == "011") { print last; exit }
            last = time
        }
        /^b/ && ($2 in known) { value[known[$2]] = substr($1, 2) }
        /^[01]/ { id = substr($1, 2); if (id in known) value[known[id]] = substr($1, 1, 1) + 0 }'
}

# Save file $1 for waveform $2, with the picture at time $3 if there is one.
fit() {
    fst2vcd "$out/$2.fst" 2>/dev/null | awk '
        $1 == "$scope" { path = path "." $3; next }
        $1 == "$upscope" { sub(/[.][^.]*$/, "", path); next }
        $1 == "$enddefinitions" { exit }
        $1 == "$var" { print substr(path, 2) "." $5, $6 == "$end" ? "" : $6 }' >"$out/ranges"
    awk -v root="$PWD" -v time="${3:-}" -v all="$([ "$preset" = linux ] && echo 1)" '
        NR == FNR { range[$1] = $2; next }
        /^\^/ { sub(/ /, " " root "/"); print; next }
        /^\[timestart\]/ && time != "" { print "[timestart] " (time > 2 ? time - 2 : 0); next }
        /^\*-/ && time != "" { $2 = time % 2 ? time : time + 1; print; next }
        /TOP\./ {
            line = ""
            for (f = 1; f <= NF; f++) {
                word = $f
                at = index(word, "TOP.")
                if (at) {
                    if (!match(word, /\[[0-9]+:0\]$/)) RSTART = length(word) + 1
                    name = substr(word, at, RSTART - at)
                    if (name in range) word = substr(word, 1, RSTART - 1) range[name]
                    else if (all && !(name in told)) {
                        print "waves: " ARGV[2] ": the design has no " name > "/dev/stderr"
                        told[name] = bad = 1
                    }
                }
                line = line (f > 1 ? " " : "") word
            }
            print line
            next
        }
        { print }
        END { exit bad }' "$out/ranges" "sim/waves/$1.gtkw" >"$out/$1.gtkw" || status=1
    rm "$out/ranges"
}

# Fits a save file to the moment of its name; linux must have one.
show() { # WALK|FENCE WAVEFORM
    time=$(moment "$out/$2.fst" "$1")
    if [ -z "$time" ] && [ "$preset" = linux ]; then
        echo "waves: nothing to show for sim/waves/$1.gtkw in $out/$2.fst" >&2
        status=1
    fi
    fit "$1" "$2" "$time"
}

status=0
fit first-look run
show walk run
show fence fence
[ $status -eq 0 ] || exit $status

if [ -n "${DISPLAY:-}" ] && command -v gtkwave >/dev/null; then
    exec gtkwave "$out/run.fst" "$out/first-look.gtkw"
fi
cat <<END
no display: the waveforms are recorded, and these commands show them where there is one:
  gtkwave $PWD/$out/run.fst $PWD/$out/first-look.gtkw
  gtkwave $PWD/$out/run.fst $PWD/$out/walk.gtkw
  gtkwave $PWD/$out/fence.fst $PWD/$out/fence.gtkw
END

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Records the moment at which the kernel turns paging on and opens it in GTKWave, or, with a file's
# name, draws it there as a PNG (Debian packages gtkwave xvfb xdotool imagemagick).
# Usage: waves.sh [FILE.png]
set -eu
cd "$(dirname "$0")/../.."
out=build/linux
wave=$out/paging.fst
save=$out/paging.gtkw

# It begins where the kernel first tries a mode, and this machine may not have that one: what is
# recorded reaches to the one that it has. The run ends at the limit, soon after: exit status 1.
status=0
build/rvmmu-tb boot $out/Image --mode sv39 --quiet --limit 300000 --memory-latency 4 \
    --waves $wave --waves-cycles 12000 >$out/paging.log 2>&1 || status=$?
if [ $status -ne 1 ] || ! grep -q "had not ended after" $out/paging.log; then
    cat $out/paging.log >&2
    exit 1
fi
# The time at which satp changes.
moment=$(fst2vcd $wave 2>/dev/null | awk '
    $1 == "$var" && $5 == "satp_i" && !id { id = $4 }
    /^#/ { time = substr($1, 2) }
    /^b1/ && $2 == id { print time; exit }')
if [ -z "$moment" ]; then
    echo "waves.sh: satp does not change in $wave" >&2
    exit 1
fi
awk -v root="$PWD" -v time="$moment" '
    /^\^/ { sub(/ /, " " root "/") }
    /^\[timestart\]/ { $2 = time - 4 }
    /^\*-/ { $2 = time }
    { print }' sim/waves/paging.gtkw >$save

if [ $# -eq 0 ]; then
    [ -n "${DISPLAY:-}" ] && exec gtkwave $wave $save
    echo "no display: gtkwave $PWD/$wave $PWD/$save shows it where there is one"
    exit 0
fi
# shellcheck disable=SC2016
xvfb-run -a -s "-screen 0 1500x900x24" sh -c '
    gtkwave --rcvar "splash_disable on" --rcvar "hide_sst on" "$1" "$2" >/dev/null 2>&1 &
    viewer=$!
    trap "kill $viewer" EXIT
    tries=0
    until window=$(xdotool search --onlyvisible --name "GTKWave" | head -n 1) && [ "$window" ]; do
        tries=$((tries + 1))
        [ $tries -lt 60 ] || { echo "waves.sh: GTKWave shows no window" >&2 && exit 1; }
        sleep 0.5
    done
    xdotool windowsize "$window" 1500 720
    sleep 3
    import -window "$window" "$3"
' sh "$wave" "$save" "$out/paging.png"
convert $out/paging.png -crop 1500x546+0+97 +repage -colors 64 "$1"
echo "$1: $(identify -format '%wx%h, %B bytes' "$1")"

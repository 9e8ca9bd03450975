#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The program against a simulated board, through its serial line: a clean one, and one that loses
# and changes bytes. Usage: board-test.sh [PRESET] (tiny)
set -eu
cd "$(dirname "$0")/.."
preset=${1:-tiny}
tb=build/rvmmu-tb
tty=build/board-test.tty
board=

end_board() {
    [ -z "$board" ] || kill "$board" 2>/dev/null || true
    [ -z "$board" ] || wait "$board" || true
    board=
}
trap end_board EXIT
trap 'exit 2' HUP INT TERM

# begin_board OPTION...: behind $tty when it returns.
begin_board() {
    end_board
    rm -f "$tty"
    build/board-sim --preset "$preset" --link "$tty" "$@" >/dev/null &
    board=$!
    until [ -e "$tty" ]; do
        kill -0 "$board" || exit 2
        sleep 0.1
    done
}

# ask COMMAND OPTION...: of the board's design, which must agree, and soon: that an answer does not
# come is found out after thousands of cycles.
ask() {
    command=$1
    shift
    echo "== $command $*"
    timeout 90 "$tb" "$command" --dut "uart:$tty" "$@"
}

make -s build/board-sim
begin_board
ask vectors --preset "$preset" --limit 2000 sim/vectors/rsvd.txt.xz
ask random --no-shrink --seed 1 --count 2000
ask run --fold --limit 2000 --frames 50% sim/traces/sort.rvt.xz
begin_board --drop 1 --corrupt 1
ask random --no-shrink --seed 2 --count 100
ask vectors --limit 100 sim/vectors/rsvd.txt.xz
echo "agree over a serial line: vectors, random, run, and with bytes lost and changed"

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a compiler for Verilator's make (its OBJCACHE) where many designs are built. What is the same
# for all that are compiled alike is compiled once, into a folder of RUNTIME: the objects of
# Verilator's own run time, and the header that all sources include, in which a board's macros change
# nothing. What is not optimised runs for a few seconds only, and is compiled by clang++ where there
# is one, which is twice as fast.
set -eu
case " $* " in
*" -O0 "*) command -v clang++ >/dev/null && shift && set -- clang++ "$@" ;;
esac
for source; do :; done # the last argument
line=$*
compile=${line%% -c *}
alike=$(printf '%s\n' $compile | grep -v -e '^-I' -e '^-DBOARD' | cksum)
folder=$RUNTIME/${alike%% *}

# once FILE COMMAND...: makes FILE in the folder; its name is the last argument of the command.
once() {
    made=$folder/$1
    shift
    [ -f "$made" ] && return
    (
        flock 9
        [ -f "$made" ] && exit
        "$@" "$made.new"
        mv "$made.new" "$made"
    ) 9>"$made.lock"
}

write_header() {
    echo '#include "verilated.h"' >"$1"
}

mkdir -p "$folder"
case $source in
*/verilated*.cpp)
    object=$(basename "$source" .cpp).o
    once "$object" $compile -c "$source" -o
    cp "$folder/$object" "$object"
    ;;
*)
    once all.h write_header
    once all.h.gch $compile -x c++-header "$folder/all.h" -o
    exec "$@" -include "$folder/all.h"
    ;;
esac

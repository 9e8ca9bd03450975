#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs a compiler for Verilator's make (its OBJCACHE) without optimisation, since what it makes runs
# for a few seconds only; clang++ where there is one, which is then twice as fast. The objects of
# Verilator's own run time are the same for every design: they are compiled once, into the folder
# RUNTIME.
set -eu
for source; do :; done # the last argument
case $source in
*/verilated*.cpp)
    object=$(basename "$source" .cpp).o
    if [ ! -f "$RUNTIME/$object" ]; then
        "$@" -O0
        cp "$object" "$RUNTIME/$object.$$"
        mv "$RUNTIME/$object.$$" "$RUNTIME/$object"
    else
        cp "$RUNTIME/$object" "$object"
    fi
    ;;
*)
    if command -v clang++ >/dev/null; then
        shift
        set -- clang++ "$@"
    fi
    exec "$@" -O0
    ;;
esac

# SPDX-License-Identifier: Apache-2.0
# Sourced by the scripts of synth/: work whose results are kept.

# stage WHAT KEY FOLDER FUNCTION: FOLDER is what FUNCTION makes in the folder $out. It is made once
# for each KEY (all that it depends on), appears when it is whole, and work in progress is told of.
stage() {
    if [ "$(cat "$3/key" 2>/dev/null)" = "$2" ]; then
        echo "$1: as it was"
        return
    fi
    out=$3.new
    rm -rf "$out" && mkdir -p "$out"
    begin=$(date +%s)
    trap 'stop_ticker; rm -rf "$out"; exit 130' INT TERM HUP
    tell "$1" &
    ticker=$!
    "$4" >"$out/log" 2>&1
    status=$?
    stop_ticker
    trap - INT TERM HUP
    if [ $status -ne 0 ]; then
        rm -rf "$3.failed" && mv "$out" "$3.failed"
        echo "synth: $1: $(explain "$3.failed/log")" >&2
        exit 1
    fi
    echo "$2" >"$out/key"
    rm -rf "$3" "$3.failed" && mv "$out" "$3"
    echo "$1: $(($(date +%s) - begin)) s"
}

# What the work is at, every 20 seconds, for as long as this script lives.
tell() {
    while sleep 20 >/dev/null 2>&1 && kill -0 $$ 2>/dev/null; do
        printf '%s: %d s: %.60s\n' "$1" $(($(date +%s) - begin)) "$(tail -n 1 "$out/log")"
    done
}

stop_ticker() {
    kill "$ticker" 2>/dev/null
    wait "$ticker" 2>/dev/null
}

# The first error of a log, and where all of it is.
explain() {
    printf '%s (all of it in %s)' "$(grep -m 1 -E 'ERROR|rror:' "$1" || tail -n 1 "$1")" "$1"
}

# One number for the contents of files and the texts given: key TEXT... -- FILE...
key() {
    { while [ "$1" != -- ]; do echo "$1" && shift; done && shift && cat "$@"; } | sha256sum | cut -d' ' -f1
}

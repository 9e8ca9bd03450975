#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the presets of sim/presets as a Markdown table: a row for each parameter of rtl/rvmmu.sv, in
# its order and with its comment there, a column for each preset. A preset that does not name a
# parameter has the RTL's default.
set -eu
cd "$(dirname "$0")/.."
files="sim/presets/tiny.preset sim/presets/small.preset sim/presets/linux.preset \
    sim/presets/server.preset"
for file in sim/presets/*.preset; do # those of the future behind these
    case $files in *"$file"*) ;; *) files="$files $file" ;; esac
done
# shellcheck disable=SC2086
awk '
    FILENAME ~ /[.]sv$/ {
        if ($0 ~ /^ *localparam|^\) \(/) { done = 1 }
        if (!done && match($0, /parameter (int|bit) [A-Za-z0-9]+ = [0-9b\047]+/)) {
            split(substr($0, RSTART, RLENGTH), word, " ")
            name = word[3]
            order[++parameters] = name
            value["", name] = word[5]
            sub(/1\047b/, "", value["", name])
            sub(/.*\/\/ */, "")
            meaning[name] = $0
        }
        next
    }
    FNR == 1 {
        preset = FILENAME
        sub(/.*\//, "", preset)
        sub(/[.]preset$/, "", preset)
        column[++presets] = preset
        sub(/^# */, "")
        purpose[preset] = $0
        next
    }
    /^[A-Za-z]/ { split($0, part, "="); value[preset, part[1]] = part[2] }
    END {
        for (c = 1; c <= presets; c++)
            printf "- `%s`: %s\n", column[c], purpose[column[c]]
        printf "\n| parameter |"
        for (c = 1; c <= presets; c++) printf " %s |", column[c]
        printf " meaning |\n|---|"
        for (c = 1; c <= presets; c++) printf "--:|"
        print "---|"
        for (p = 1; p <= parameters; p++) {
            name = order[p]
            printf "| `%s` |", name
            for (c = 1; c <= presets; c++)
                printf " %s |", name ~ /^L2[^W]/ && value[column[c], "L2Ways"] == 0 ? "-" \
                    : (column[c], name) in value ? value[column[c], name] : value["", name]
            printf " %s |\n", meaning[name]
        }
    }' rtl/rvmmu.sv $files

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Makes again what the documentation takes from elsewhere: the table of presets in docs/using.md
# (from sim/presets and rtl/rvmmu.sv), that in docs/known-bugs.md (from tb/test and tb/plants), those
# in docs/fpga.md and README.md (from synth/reports), and the timing diagrams (from docs/timing/*.txt).
set -eu
cd "$(dirname "$0")/.."

# replace FILE NAME: the lines between the marks of that name become standard input.
replace() {
    new=$(mktemp)
    cat >"$new"
    awk -v name="$2" -v new="$new" '
        $0 == "<!-- " name ": make docs -->" { print; inside = 1; found = 1
            while ((getline line < new) > 0) print line
            next }
        $0 == "<!-- end of " name " -->" { inside = 0 }
        !inside
        END { exit !found }' "$1" >"$1.new" || {
        rm "$new" "$1.new"
        echo "docs: $1 has no place for $2" >&2
        exit 2
    }
    rm "$new"
    if cmp -s "$1" "$1.new"; then rm "$1.new"; else mv "$1.new" "$1"; fi
}

sh docs/presets.sh | replace docs/using.md presets
sh docs/known-bugs.sh | replace docs/known-bugs.md "known bugs"
synthesis() { jq -rs --arg table "$1" -f synth/tables.jq synth/reports/*.json; }
if ls synth/reports/*.json >/dev/null 2>&1; then
    synthesis alone | replace docs/fpga.md synthesised
    synthesis routed | replace docs/fpga.md routed
    synthesis routed | replace README.md routed
    synthesis paths | replace docs/fpga.md "critical paths"
    synthesis peers | replace docs/fpga.md "beside others"
fi
for text in docs/timing/*.txt; do
    awk -f docs/timing/timing.awk "$text" >"${text%.txt}.svg"
done

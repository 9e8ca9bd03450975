#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints, as a Markdown table, which directed tests (known_bug_NN_... in tb/test) and which planted
# faults ("Bugs:" in tb/plants) stand for each number of the list of known bugs.
set -eu
cd "$(dirname "$0")/.."
{
    grep -ho 'void known_bug_[0-9_]*[a-z][a-z0-9_]*' tb/test/test_known_bugs_*.c | sort -u |
        sed 's/^void known_bug_//' | while read -r test; do
            name=$(echo "$test" | sed 's/^[0-9_]*//; s/_/ /g')
            echo "$test" | grep -o '^[0-9_]*' | tr '_' '\n' | grep . | while read -r number; do
                echo "${number#0}|test|$name"
            done
        done
    for patch in tb/plants/*.patch; do
        fault=$(sed -n 's/^Fault: //p' "$patch")
        for number in $(sed -n 's/^Bugs: //p' "$patch"); do
            echo "$number|plant|$fault"
        done
    done
} | sort -t '|' -k 1,1n -k 2,2r -k 3 | awk -F '|' '
    BEGIN { print "| number | directed tests | planted faults |\n|--:|---|---|" }
    $1 != last { if (last != "") print "| " last " | " tests " | " plants " |"; last = $1; tests = plants = "" }
    $2 == "test" { tests = tests (tests == "" ? "" : "; ") $3 }
    $2 == "plant" { plants = plants (plants == "" ? "" : "; ") $3 }
    END { if (last != "") print "| " last " | " tests " | " plants " |" }'

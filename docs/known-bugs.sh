#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints, as a Markdown table, which directed tests (known_bug_NN_... in tb/test) and which planted
# faults ("Bugs:" in tb/plants) stand for each number of the list of known bugs. With --check, one
# line instead: the numbers that have both; exit status 1 if one lacks either that does not need a
# second stage of translation.
set -eu
cd "$(dirname "$0")/.."

# Numbers that are about two stages, and why; some have a half that is about one.
two_stages() {
    cat <<END
3|HLVX belongs to the hypervisor extension
4|which permission the read of a PTE needs from the second stage; of one stage: from PMP
5|which stage's fault comes first; of one stage: page fault or access fault
7|HLVX again; of one stage: PMP is asked about the access itself
20|guest physical addresses
38|pages that are larger in one stage than in the other; of one stage: than what PMP allows
40|hfence.vvma and hfence.gvma
END
}

tests() {
    grep -ho 'void known_bug_[0-9_]*[a-z][a-z0-9_]*' tb/test/test_known_bugs_*.c | sort -u |
        sed 's/^void known_bug_//' | while read -r test; do
            name=$(echo "$test" | sed 's/^[0-9_]*//; s/_/ /g')
            echo "$test" | grep -o '^[0-9_]*' | tr '_' '\n' | grep . | while read -r number; do
                echo "${number#0}|test|$name"
            done
        done
}

plants() {
    for patch in tb/plants/*.patch; do
        fault=$(sed -n 's/^Fault: //p' "$patch")
        for number in $(sed -n 's/^Bugs: //p' "$patch"); do
            echo "$number|plant|$fault"
        done
    done
}

{
    seq 1 56 | sed 's/$/|row|/'
    two_stages | sed 's/|/|stages|/'
    tests
    plants
} | sort -t '|' -k 1,1n -k 2,2 -k 3 | awk -F '|' -v check="${1:-}" '
    function end_row() {
        if (number == "") return
        if (tests != "" && plants != "") covered = covered " " number
        else if (stages != "") later = later " " number
        else missing = missing " " number (tests == "" ? " (test)" : "") (plants == "" ? " (plant)" : "")
        if (stages != "") tests = "*two stages: " stages "*" (tests == "" ? "" : "; " tests)
        if (check == "") print "| " number " | " tests " | " plants " |"
        tests = plants = stages = ""
    }
    BEGIN { if (check == "") print "| number | directed tests | planted faults |\n|--:|---|---|" }
    $1 != number { end_row(); number = $1 }
    $2 == "stages" { stages = $3 }
    $2 == "test" { tests = tests (tests == "" ? "" : "; ") $3 }
    $2 == "plant" { plants = plants (plants == "" ? "" : "; ") $3 }
    END {
        end_row()
        if (check == "") exit 0
        if (missing != "") print "known bugs without:" missing
        print "known bugs with test and planted fault:" covered "; two stages:" later
        exit missing != ""
    }'

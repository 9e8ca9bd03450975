#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Assembles the self-checking programs of this folder and runs each on the simulator, translated by
# the reference model and by the RTL: each must end as passed, with the same registers and results.
# With --qemu each also runs on QEMU, which must say the same, but for those marked "Simulator alone".
# Usage: check.sh [--qemu] [PROGRAM...] (all). Exit status 1 if one fails.
set -u
cd "$(dirname "$0")/../../.."
here=tb/iss/programs
out=build/iss
tb=build/rvmmu-tb
tools=riscv64-linux-gnu-
qemu=
failed=0

if [ "${1:-}" = --qemu ]; then
    qemu=yes
    shift
fi
# What QEMU has that the simulator has not changes what traps.
cpu=rv64,c=off,f=off,d=off,h=off,sstc=off

assemble() { # PROGRAM
    for source in "$1" common; do
        ${tools}as -march=rv64ima_zicsr_zifencei -mabi=lp64 -I $here -o "$out/$source.o" "$here/$source.S" ||
            return
    done
    ${tools}ld --no-relax --no-warn-rwx-segments -T $here/programs.lds -o "$out/$1.elf" "$out/$1.o" \
        "$out/common.o"
}

# The lines of registers and results that a program prints, to $out/PROGRAM.MACHINE; the exit status.
run_simulator() { # PROGRAM model|rtl
    $tb boot "$out/$1.elf" --on "$2" --ad svade --limit 1000000 >"$out/$1.log" 2>&1
    status=$?
    grep -xE '[0-9a-f]{16}' "$out/$1.log" >"$out/$1.$2"
    return $status
}

run_qemu() { # PROGRAM
    timeout 60 qemu-system-riscv64 -machine virt -cpu $cpu -m 128 -bios none -kernel "$out/$1.elf" \
        -display none -monitor none -serial "file:$out/$1.qemu" >"$out/$1.log" 2>&1
}

fail() { # PROGRAM WHAT
    echo "$1: $2"
    failed=$((failed + 1))
}

# The program prints the number of the failed check as its register gp.
explain() { # PROGRAM MACHINE
    gp=$(sed -n 3p "$out/$1.$2")
    if [ "$gp" ]; then
        fail "$1" "on $2: check $(printf %d "0x$gp") does not hold"
    else
        fail "$1" "on $2: does not run; see $out/$1.log"
    fi
}

check() { # PROGRAM
    assemble "$1" || { fail "$1" "does not assemble" && return; }
    machines="model rtl"
    if [ "$qemu" ] && ! grep -qx '# Simulator alone\.' "$here/$1.S"; then
        machines="$machines qemu"
    fi
    for machine in $machines; do
        case $machine in
        qemu) run_qemu "$1" ;;
        *) run_simulator "$1" "$machine" ;;
        esac || { explain "$1" "$machine" && return; }
        cmp -s "$out/$1.model" "$out/$1.$machine" || { fail "$1" "on $machine: other results than on model" && return; }
    done
    printf '%-12s %4d results the same on %s\n' "$1" $(($(wc -l <"$out/$1.model") - 31)) "$machines"
}

mkdir -p $out
[ $# -gt 0 ] || set -- $(basename -s .S $here/*.S | grep -vx common)
for program; do
    if [ ! -f "$here/$program.S" ]; then
        echo "check.sh: there is no program '$program' in $here" >&2
        exit 2
    fi
    check "$program"
done
echo "$(($# - failed)) of $# programs passed"
[ $failed -eq 0 ]

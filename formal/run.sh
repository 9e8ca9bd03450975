#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Runs the proofs, their covers and the planted faults, and prints what became of each. What is run
# with which parameters stands in theorems.list; formal/README.md explains it.
set -u
cd "$(dirname "$0")/.." || exit 2

OUT=build/formal
JOBS=$(nproc)
LIMIT=900
ONLY=
ROW='%-48s %-25s %-56s %6s  %s\n'

usage() {
  cat <<'TEXT'
Usage: formal/run.sh [-j JOBS] [-t SECONDS] [NAME...]

Runs every line of formal/theorems.list and every fault in formal/plants, or only those of the
theorems and plants NAME... Everything is written under build/formal.

  -j JOBS      how many at a time (default: one a processor)
  -t SECONDS   time limit of one line (default: 900)
  -h, --help   this text

Exit status: 0 all theorems proved, all covers reached, all plants caught; 1 not so; 2 bad input.
TEXT
}

fail() {
  echo "formal/run.sh: $1" >&2
  exit 2
}

# ties WRAPPER NAME=VALUE...: yosys commands that tie the seen_* wires of a flat wrapper to
# registers of the module, which the language has no way to name in every tool.
ties() {
  local wrapper=$1 e
  shift
  local Entries=4 VpnBits=9 Levels=3 AsidWidth=9 PpnWidth=44 Slots=1 Ways=2 Sets=2
  [ $# -eq 0 ] || local "$@"
  case $wrapper in
  tlb_sets_*)
    local s w word way tag=$((2 + AsidWidth + VpnBits * Levels)) data=$((10 + PpnWidth))
    for ((s = Sets; s > 1; s /= 2)); do tag=$((tag - 1)); done
    echo "connect -nounset -set seen_match u_tlb.match_q"
    echo "connect -nounset -set seen_turn u_tlb.turn"
    echo "connect -nounset -set seen_valid u_tlb.valid_q"
    echo "connect -nounset -set seen_global u_tlb.global_q"
    echo "connect -nounset -set seen_other_fill u_tlb.u_others.fill_i"
    echo "connect -nounset -set seen_other_match u_tlb.other_match"
    echo "connect -nounset -set seen_other_entry u_tlb.other_entry"
    for ((s = 0; s < Sets; s++)); do
      for ((w = 0; w < Ways; w++)); do
        word=$((s * Ways + w)) way=u_tlb.gen_way[$w].u_way
        echo "connect -nounset -set seen_tag[$((tag * word + tag - 1)):$((tag * word))] $way.tag[$s]"
        echo "connect -nounset -set seen_data[$((data * word + data - 1)):$((data * word))] $way.data[$s]"
      done
    done
    ;;
  tlb_*)
    local vpn=$((VpnBits * Levels)) asid=$AsidWidth entry=$((10 + Levels + PpnWidth))
    echo "connect -nounset -set seen_valid u_tlb.valid"
    [ "$wrapper" = tlb_hit ] && echo "connect -nounset -set seen_match u_tlb.match"
    [ "$wrapper" = tlb_keep ] && echo "connect -nounset -set seen_replaced u_tlb.replaced"
    for ((e = 0; e < Entries; e++)); do
      echo "connect -nounset -set seen_vpn[$((vpn * e + vpn - 1)):$((vpn * e))] u_tlb.gen_entry[$e].u_entry.vpn_q"
      echo "connect -nounset -set seen_asid[$((asid * e + asid - 1)):$((asid * e))] u_tlb.gen_entry[$e].u_entry.asid_q"
      echo "connect -nounset -set seen_bare[$e] u_tlb.gen_entry[$e].u_entry.bare_q"
      echo "connect -nounset -set seen_entry[$((entry * e + entry - 1)):$((entry * e))] u_tlb.gen_entry[$e].u_entry.entry_q"
    done
    ;;
  walk_cache_*)
    local l at=u_walk_cache.gen_level pointers=$Entries tag ppn=$PpnWidth
    for ((l = 1; l < Levels; l++)); do
      tag=$((VpnBits * (Levels - l) + 3))
      ((l == 2)) && pointers=$((Entries > 8 ? Entries / 4 : 2))
      echo "connect -nounset -set gen_level[$l].seen_valid $at[$l].u_level.valid_q"
      echo "connect -nounset -set gen_level[$l].seen_match $at[$l].u_level.match"
      [ "$wrapper" = walk_cache_keep ] && echo "connect -nounset -set gen_level[$l].seen_plru $at[$l].u_level.plru"
      for ((e = 0; e < pointers; e++)); do
        echo "connect -nounset -set gen_level[$l].seen_tag[$((tag * e + tag - 1)):$((tag * e))] $at[$l].u_level.gen_entry[$e].tag_q"
        echo "connect -nounset -set gen_level[$l].seen_asid[$((AsidWidth * e + AsidWidth - 1)):$((AsidWidth * e))] $at[$l].u_level.gen_entry[$e].asid_q"
        echo "connect -nounset -set gen_level[$l].seen_pointer[$((ppn * (e + 1) + e - 1)):$((ppn * e + e))] $at[$l].u_level.gen_entry[$e].ppn_q"
        echo "connect -nounset -set gen_level[$l].seen_pointer[$((ppn * (e + 1) + e))] $at[$l].u_level.gen_entry[$e].global_q"
      done
    done
    ;;
  plru_*) echo "connect -nounset -set seen_node u_plru.node_q" ;;
  lru_*) echo "connect -nounset -set seen_older u_lru.older" ;;
  random_*) echo "connect -nounset -set seen_bits u_random.bits_q" ;;
  reuse_*)
    echo "connect -nounset -set seen_ages u_reuse.ages"
    echo "connect -nounset -set seen_last u_reuse.last_q"
    echo "connect -nounset -set seen_used u_reuse.used_q"
    echo "connect -nounset -set seen_again u_reuse.again_q"
    echo "connect -nounset -set seen_filled u_reuse.filled_q"
    ;;
  arbiter_*) echo "connect -nounset -set seen_behind u_arbiter.behind_q" ;;
  fence_*)
    echo "connect -nounset -set seen_busy u_fence.busy_q"
    echo "connect -nounset -set seen_sweeping u_fence.sweeping_q"
    ;;
  slot_*)
    echo "connect -nounset -set seen_killed u_slot.killed_q"
    echo "connect -nounset -set seen_state u_slot.state_q"
    [ "$Slots" = 1 ] || echo "connect -nounset -set gen_follow.seen_leader u_slot.gen_follow.leader_q"
    ;;
  esac
}

# elaborate WRAPPER RTL DIR NAME=VALUE...: DIR/model.smt2, RAMs as registers, and each 'x any value
# in each cycle, before anything could choose one. Only what is instantiated is elaborated. A warning
# is an error.
elaborate() {
  local wrapper=$1 rtl=$2 dir=$3 p
  shift 3
  {
    echo "read_verilog -defer -sv -formal $rtl/rvmmu_pkg.sv $(ls "$rtl"/*.sv | grep -v rvmmu_pkg | tr '\n' ' ') formal/$wrapper.sv"
    printf 'hierarchy -check -top %s' "$wrapper"
    for p in "$@"; do printf ' -chparam %s %s' "${p%%=*}" "${p#*=}"; done
    printf '\nproc\nflatten\nmemory_map\ncd %s\n' "$wrapper"
    ties "$wrapper" "$@"
    printf 'cd ..\ncheck -assert\nopt_clean\nsetundef -anyseq\nasync2sync\nopt\nopt_clean\ndffunmap\nsetundef -undriven -anyseq\n'
    echo "write_smt2 $dir/model.smt2"
  } >"$dir/model.ys"
  yosys -Q -q -l "$dir/yosys.log" "$dir/model.ys" >"$dir/yosys.out" 2>&1 || return 1
  ! grep -q '^Warning' "$dir/yosys.log"
}

# solve DIR LOG OPTIONS...: yes, no, or time. There are no arrays left: told so, z3 is two to twenty
# times as fast.
solve() {
  local dir=$1 log=$2
  shift 2
  timeout "$LIMIT" yosys-smtbmc -s z3 --logic QF_BV --unroll "$@" "$dir/model.smt2" >"$dir/$log.log" 2>&1
  case $? in
  0) grep -q 'Status: PASSED' "$dir/$log.log" && echo yes || echo no ;;
  124) echo time ;;
  *) grep -q 'Status: FAILED' "$dir/$log.log" && echo no || echo broken ;;
  esac
}

# job NUMBER MODE WRAPPER DEPTH NAME=VALUE...: one line of the table. MODE is prove (induction of
# DEPTH steps, after as many from reset; a module without state has one step), cover (within DEPTH), or a plant
# (the theorem must fail within DEPTH steps from reset, without the help of its hints).
job() {
  local number=$1 mode=$2 wrapper=$3 depth=$4
  local verdict reached how good=1 rtl=rtl start=${EPOCHREALTIME/[.,]/}
  shift 4
  local dir=$OUT/$number
  rm -rf "$dir" && mkdir -p "$dir"
  local shown="$*"
  case $mode in
  prove | cover) ;;
  *)
    rtl=$dir/rtl
    cp -r rtl "$rtl"
    local file
    file=$(sed -n 's/^# file: *//p' "formal/plants/$mode.sed")
    sed -E -i -f "formal/plants/$mode.sed" "$dir/$file"
    cmp -s "$file" "$dir/$file" && rtl=
    grep -q 'parameter bit Hints' "formal/$wrapper.sv" && set -- "$@" Hints=0
    ;;
  esac

  if [ -z "$rtl" ]; then
    verdict="NOTHING CHANGED"
  elif ! elaborate "$wrapper" "$rtl" "$dir" "$@"; then
    verdict="DOES NOT ELABORATE"
  else
    case $mode in
    prove)
      reached=$(solve "$dir" base --noincr -t "$depth")
      if [ "$reached" = yes ] && [ "$depth" != 1 ]; then
        reached=$(solve "$dir" induction --noincr -i -t "$depth")
      fi
      case $reached in yes) verdict=PROVED good=0 ;; no) verdict=FAILED ;; *) verdict=$reached ;; esac
      ;;
    cover)
      local anew= # faster of one step
      [ "$depth" = 1 ] && anew=--noincr
      reached=$(solve "$dir" cover $anew -c -t "$depth")
      case $reached in yes) verdict=REACHED good=0 ;; no) verdict=UNREACHED ;; *) verdict=$reached ;; esac
      ;;
    *)
      reached=$(solve "$dir" base -t "$depth")
      case $reached in no) verdict=CAUGHT good=0 ;; yes) verdict=MISSED ;; *) verdict=$reached ;; esac
      ;;
    esac
  fi
  [ "$verdict" = time ] && verdict="OVER $LIMIT S"
  [ "$verdict" = broken ] && verdict="SOLVER FAILED"

  case $mode in
  prove) [ "$depth" = 1 ] && how="z3, no state: complete" || how="z3, induction: unbounded" ;;
  cover) how="z3, cover within $depth" ;;
  *) how="z3, from reset to $depth" ;;
  esac
  local what=$wrapper
  [ "$mode" != prove ] && [ "$mode" != cover ] && what="$wrapper: $mode"
  local tenths=$(((${EPOCHREALTIME/[.,]/} - start) / 100000))
  printf "$ROW" "$what" "$how" "$shown" "$((tenths / 10)).$((tenths % 10))" "$verdict" |
    tee "$dir/line"
  echo $good >"$dir/status"
}

# All jobs, one a line: number mode wrapper depth parameters.
list() {
  local number=100 line plant theorem
  while read -r line; do
    case $line in '#'* | '') continue ;; esac
    number=$((number + 1))
    echo "$number $line"
  done <formal/theorems.list
  for plant in formal/plants/*.sed; do
    theorem=$(sed -n 's/^# theorem: *//p' "$plant")
    [ -n "$theorem" ] || fail "$plant has no line '# theorem: WRAPPER DEPTH NAME=VALUE...'"
    number=$((number + 1))
    echo "$number $(basename "$plant" .sed) $theorem"
  done
}

if [ "${1:-}" = --job ]; then
  LIMIT=$2
  shift 2
  # shellcheck disable=SC2086
  job $*
  exit 0
fi

while [ $# -gt 0 ]; do
  case $1 in
  -h | --help)
    usage
    exit 0
    ;;
  -j | -t)
    [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || fail "$1 takes a number from 1 on, not '${2:-}'"
    [ "$1" = -j ] && JOBS=$2 || LIMIT=$2
    shift 2
    ;;
  -*) fail "no such option: $1 (see --help)" ;;
  *)
    [ -f "formal/$1.sv" ] || [ -f "formal/plants/$1.sed" ] || fail "no such theorem or plant: $1"
    ONLY="$ONLY $1"
    shift
    ;;
  esac
done
for tool in yosys yosys-smtbmc z3; do
  command -v $tool >/dev/null || fail "$tool is missing (Debian packages yosys, z3)"
done

mkdir -p "$OUT"
rm -rf "${OUT:?}"/[0-9]*
list | while read -r number mode wrapper rest; do
  [ -z "$ONLY" ] || [[ " $ONLY " == *" $wrapper "* || " $ONLY " == *" $mode "* ]] || continue
  echo "$number $mode $wrapper $rest"
done >"$OUT/jobs"

START=$(date +%s)
printf "$ROW" "theorem, or theorem: plant" "how" "parameters" "s" "result"
xargs -P "$JOBS" -I{} bash formal/run.sh --job "$LIMIT" {} <"$OUT/jobs"

total=$(wc -l <"$OUT/jobs")
good=0
while read -r number _; do
  [ "$(cat "$OUT/$number/status" 2>/dev/null)" = 0 ] && good=$((good + 1))
done <"$OUT/jobs"
{
  printf "$ROW" "theorem, or theorem: plant" "how" "parameters" "s" "result"
  cat "$OUT"/[0-9]*/line 2>/dev/null
} >"$OUT/table.txt"
echo "$good of $total as they should be, in $(($(date +%s) - START)) s; the table is in $OUT/table.txt"
[ "$good" = "$total" ]

# SPDX-License-Identifier: Apache-2.0
# Sourced by synth.sh: the stages of synthesis, each of which leaves its results in the folder $out,
# and the report on them.

# The preset in $file: elaborated once, for all that is made of it in $work.
prepare_rtl() {
    parameters=$(sed 's/#.*//; /^ *$/d' "$file")
    rtl="rtl/rvmmu_pkg.sv $(ls rtl/*.sv | grep -v rvmmu_pkg | tr '\n' ' ')"
    work=build/synth/$preset
    mkdir -p "$work"
    exec 9>"$work.lock" # one at a time of a preset: the others wait
    flock 9
    # shellcheck disable=SC2086
    rtl_key=$(key "$(yosys -V)" "$parameters" -- $rtl synth/flow.sh synth/wrapper.jq)
    stage "$preset: elaborate" "$rtl_key" "$work/elaborated" elaborate
}

chparam() {
    echo "$parameters" | sed 's/^/-set /; s/=/ /' | tr '\n' ' '
}

# All of the RTL in one module, which is free of latches, loops and nets with several drivers.
elaborate() {
    yosys -p "read_verilog -sv $rtl
        chparam $(chparam) rvmmu
        hierarchy -check -top rvmmu; proc; check -assert; flatten; opt_clean; check -assert
        select -assert-none t:\$dlatch t:\$adlatch t:\$dlatchsr t:\$sr
        memory_collect; write_json $out/rvmmu.json" || return
    for kind in plain pins; do
        jq -r --arg kind $kind -f synth/wrapper.jq "$out/rvmmu.json" >"$out/$kind.v" || return
    done
}

# The netlist of the wrapper $kind, with or without $option.
synthesise() {
    case $family in
    xilinx) flags='-flatten -noiopad -noclkbuf' ;;
    *) flags= ;;
    esac
    [ "$option" = none ] || flags="$flags $option"
    yosys -p "read_verilog -sv $rtl $work/elaborated/$kind.v; synth_$family $flags -top rvmmu_$kind
        check -assert; select -assert-none t:*latch* t:*LATCH* t:LD*; write_json $out/netlist.json
        tee -q -o $out/stat.json stat -json"
}

place_and_route() {
    case $family in
    ice40) format=--asc routed=$out/rvmmu.asc bitstream=$out/rvmmu.bin pins= ;;
    ecp5) format=--textcfg routed=$out/rvmmu.config bitstream=$out/rvmmu.bit pins=--lpf-allow-unconstrained ;;
    esac
    # shellcheck disable=SC2086
    $place $where $pins --seed "$seed" --freq $freq --timing-allow-fail \
        --json "$work/$family-pins/netlist.json" $format "$routed" --report "$out/timing.json" &&
        $pack "$routed" "$bitstream"
}

# The stages' results as JSON, in one list for report.jq.
write_report() { # SEED...
    {
        jq '{kind: "memories", of: [.modules.rvmmu.cells[] | select(.type == "$mem_v2")
                | {width: .parameters.WIDTH, size: .parameters.SIZE, style: .attributes.ram_style}]}' \
            "$work/elaborated/rvmmu.json"
        for option in $options; do
            jq --arg option "$option" '{kind: "plain", $option, of: .design}' "$work/$family-plain$option/stat.json"
        done
        jq --arg option "${options%% *}" --arg own "$(sed -n 's/.*of its own: //p' "$work/elaborated/pins.v")" \
            '{kind: "pins", $option, own: ($own | tonumber), of: .design}' "$work/$family-pins/stat.json"
        if [ -n "$place" ]; then
            for seed; do
                jq --argjson seed "$seed" '{kind: "routed", $seed, of: .}' "$work/$device-seed-$seed/timing.json"
            done
        fi
    } | jq -s --arg preset "$preset" --arg family "$family" --arg device "$device" --arg part "$part" \
        --arg seeds "$*" --arg yosys "$(yosys -V)" --arg placer "$placer" -f synth/report.jq
}

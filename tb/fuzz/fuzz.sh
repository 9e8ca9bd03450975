#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# Builds the trace readers with libFuzzer and the sanitizers and runs them for FUZZ_SECONDS (600),
# beginning with the kept corpus; what is new stays under build/fuzz/work. Debian packages: clang-14
# libclang-rt-14-dev liblzma-dev libzstd-dev. Exit status: libFuzzer's, not 0 when it found
# something; the input is then under build/fuzz.
set -eu
cd "$(dirname "$0")/../.."
mkdir -p build/fuzz/work
"${FUZZ_CC:-clang-14}" -O1 -g -std=c11 -Wall -Wextra -Werror -D_GNU_SOURCE \
    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined \
    -Itb/trace -o build/fuzz/fuzz_trace tb/fuzz/fuzz_trace.c tb/trace/*.c -llzma -lzstd
exec build/fuzz/fuzz_trace -max_len=4096 -timeout=20 -max_total_time="${FUZZ_SECONDS:-600}" \
    -artifact_prefix=build/fuzz/ -print_final_stats=1 build/fuzz/work tb/fuzz/corpus

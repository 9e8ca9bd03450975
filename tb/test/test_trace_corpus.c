// SPDX-License-Identifier: Apache-2.0
/* Runs the fuzzer's kept inputs through the readers, by the entry that the fuzzer calls. */
#include "../fuzz/fuzz_trace.c"
#include "test_trace.h"

#include <glob.h>

static void corpus(void **state)
{
    (void)state;
    glob_t found;
    assert_int_equal(glob(RVMMU_ROOT "/tb/fuzz/corpus/*", 0, NULL, &found), 0);
    size_t total = 0;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct bytes b = read_file(found.gl_pathv[i]);
        assert_int_equal(LLVMFuzzerTestOneInput(b.at, b.size), 0);
        total += b.size;
        free(b.at);
    }
    assert_in_range(total, 1, 300000);
    globfree(&found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(corpus)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* The files of golden vectors: what is printed can be read again, and what the reader says of bad
 * ones. */
#include "vectors_bench.h"

#include <string.h>
#include <unistd.h>

/* Answers are printed in the same grammar: where all agree and nothing is skipped, the same file.
 */
static void answers_are_printed_in_the_grammar_they_were_read_in(void **state)
{
    (void)state;
    struct vectors_build builds[2];
    struct vectors_run run = {.files = 1};
    char first[] = "/tmp/vectors-first-XXXXXX", error[512];
    int fd = mkstemp(first);
    FILE *out = fdopen(fd, "w");
    char *text = NULL;
    size_t length = 0;

    assert_non_null(out);
    run.engine = vectors_model_engine(builds);
    run.room = malloc(sizeof *run.room);
    run.answers = out;
    assert_true(vectors_run_file(&run, VECTORS_FOLDER "perm.txt.xz", error, sizeof error));
    assert_int_equal(fclose(out), 0);

    run.answers = open_memstream(&text, &length);
    assert_true(vectors_run_file(&run, first, error, sizeof error));
    fclose(run.answers);
    FILE *in = fopen(first, "r");
    char *again = malloc(length + 1);
    assert_int_equal(fread(again, 1, length + 1, in), length);
    assert_memory_equal(text, again, length);
    assert_int_equal(run.total.agreed, 2 * 4608);
    fclose(in);
    unlink(first);
    free(again);
    free(text);
    free(run.room);
}

/* Bad files: one line with file and line number. */
#define HEAD                                                                                       \
    "scenario 0 xlen=64 napot=0 svrsw=0 madue=0 mpbmte=0 hadue=0 hpbmte=0 satp=8000000000080000"   \
    " vsatp=0 hgatp=0 npmp=0 pmpg=2 mml=0 mmwp=0 paw=40 nram=1 npe=0 nmem=1 nacc=1 tlbsafe=1\n"
#define BODY "ram 80000000 40000000\nmem 80000008 200000cf\n"
#define ACC  "acc k=L prv=1 v=0 sum=0 mxr=0 mprv=0 mpp=0 mpv=0 vsum=0 vmxr=0 spvp=0 ep=1 ev=0 len=8"
#define END  " va=40000000 -> ok pa=80000000 pbmt=0 pg=30 nupd=0\neof nscn=1\n"

static void bad_files_are_refused_with_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says; /* after the file's name */
    } rows[] = {
        {HEAD BODY ACC END, NULL},
        {"", ":1: file ends where"},
        {"\177ELF\n", ":1: not a scenario: \"?ELF\""},
        {"# a comment\n" HEAD BODY, ":5: file ends where an 'acc' line is expected"},
        {HEAD BODY ACC " va=4000", ":4: file ends inside a line"},
        {"scenario 0 xlen=48 napot=0\n", ":1: not a scenario"},
        {HEAD "ram 80000000 4000000g\n",
         ":2: not a 'ram' line of the vector grammar from column 21"},
        {HEAD "ram 80000000  40000000\n",
         ":2: not a 'ram' line of the vector grammar from column 14"},
        {HEAD "ram 080000000 40000000\n", ":2: not a 'ram' line"},
        {HEAD "ram 80000000 0\n", ":2: region is empty"},
        {HEAD BODY "mem 80000010 1\n", ":4: not an access"},
        {HEAD "ram 80000000 40000000\nmem 80000004 1\n", ":3: address 80000004"},
        {HEAD "ram 80000000 40000000\nmem 80000008 0\n", ":3: a word that is zero"},
        {HEAD BODY "acc k=Q" END, ":4: not an access"},
        {HEAD BODY ACC " va=40000004 -> ok pa=80000000 pbmt=0 pg=30 nupd=0\n",
         ":4: va=40000004 is not"},
        {HEAD BODY ACC " va=40000000 -> skip svadu\n", ":4: not an answer"},
        {HEAD BODY ACC " va=40000000 -> ok pa=10000000080000000 pbmt=0 pg=30 nupd=0\n",
         ":4: not an answer"},
        {HEAD BODY ACC " va=40000000 -> ok pa=80000000 pbmt=0 pg=30 nupd=17\n",
         ":4: nupd=17 is outside"},
        {HEAD BODY ACC " va=40000000 -> ok pa=80000000 pbmt=0 pg=30 nupd=1\nupd 80000008\n",
         ":5: not a 'upd' line"},
        {HEAD BODY ACC " va=40000000 -> ok pa=80000000 pbmt=0 pg=30 nupd=0\neof nscn=2\n",
         ":5: \"eof nscn=2\" after 1 scenarios"},
        {HEAD BODY ACC END "more\n", ":6: a line follows"},
        {HEAD "\n", ":2: not a 'ram' line"},
        {"\xfd"
         "7zXZ\0",
         ":1: file ends inside a line"},
    };
    struct vector_scenario *scenario = malloc(sizeof *scenario);

    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        char path[] = "/tmp/vectors-bad-XXXXXX", error[512] = "", expected[600];
        int fd = mkstemp(path);
        ssize_t length = strlen(rows[i].text);
        assert_int_equal(write(fd, rows[i].text, length), length);
        close(fd);
        struct vector_file *file = vector_file_open(path, error, sizeof error);
        enum vector_read read = VECTOR_COMMENT;
        while (file && (read == VECTOR_COMMENT || read == VECTOR_SCENARIO))
            read = vector_file_next(file, scenario, error, sizeof error);
        vector_file_close(file);
        unlink(path);
        if (!rows[i].says) {
            assert_int_equal(read, VECTOR_END);
            continue;
        }
        assert_int_equal(read, VECTOR_BAD);
        snprintf(expected, sizeof expected, "%s%s", path, rows[i].says);
        error[strlen(expected)] = 0;
        assert_string_equal(error, expected);
    }
    free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_printed_in_the_grammar_they_were_read_in),
        cmocka_unit_test(bad_files_are_refused_with_their_line),
    };
    return cmocka_run_group_tests_name("vector-file", tests, NULL, NULL);
}

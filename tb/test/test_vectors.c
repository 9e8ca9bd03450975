// SPDX-License-Identifier: Apache-2.0
/* Golden vectors on the model: how many run, how many are skipped for what, and that all agree; the
 * rules of the comparison; and what the reader says of bad files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vectors_run.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER RVMMU_ROOT "/sim/vectors/"

struct expectation {
    const char *name;
    unsigned run;
    unsigned unfenced; /* in each order */
    unsigned skipped[VECTORS_FEATURES];
};

static struct vectors_counts run_class_seeded(const struct vectors_engine *engine, const char *name,
                                              uint64_t seed)
{
    struct vectors_run run = {.engine = *engine, .files = 1, .seed = seed};
    char path[256], error[512] = "";

    run.room = malloc(sizeof *run.room);
    assert_non_null(run.room);
    snprintf(path, sizeof path, FOLDER "%s.txt.xz", name);
    bool ok = vectors_run_file(&run, path, error, sizeof error);
    free(run.room);
    assert_string_equal(error, "");
    assert_true(ok);
    return run.total;
}

static struct vectors_counts run_class(const struct vectors_engine *engine, const char *name)
{
    return run_class_seeded(engine, name, 1);
}

static void check_counts(const struct vectors_engine *engine, const struct expectation *expected,
                         unsigned n, unsigned run, unsigned skipped)
{
    struct vectors_counts total = {0};

    for (unsigned i = 0; i < n; i++) {
        struct vectors_counts counts = run_class(engine, expected[i].name);
        assert_int_equal(counts.run, expected[i].run);
        assert_int_equal(counts.unfenced, (1 + VECTORS_SHUFFLES) * expected[i].unfenced);
        assert_true(vectors_count_all_agree(&counts));
        for (int f = 0; f < VECTORS_FEATURES; f++)
            assert_int_equal(counts.skipped[f], expected[i].skipped[f]);
        vectors_count_add(&total, &counts);
    }
    assert_int_equal(total.run, run);
    assert_int_equal(vectors_count_skipped(&total), skipped);
}

static void model_agrees_with_every_access(void **state)
{
    (void)state;
    static const struct expectation expected[] = {
        {"sv32", 7008, 0, {0}},     {"sv39", 8016, 0, {0}},
        {"sv48", 7008, 0, {0}},     {"sv57", 7008, 0, {0}},
        {"perm", 4608, 0, {0}},     {"rsvd", 5016, 0, {0}},
        {"tlb", 6016, 0, {0}},      {"bare", 2016, 0, {0}},
        {"napot", 4008, 0, {0}},    {"pbmt", 4008, 0, {0}},
        {"ad", 6000, 0, {0}},       {"pmp", 8016, 0, {0}},
        {"smepmp", 5016, 0, {0}},   {"pmp_perm", 4592, 0, {[VECTORS_HYPERVISOR] = 2752}},
        {"pmp_edge", 5000, 0, {0}}, {"pmp_ad", 1555, 0, {[VECTORS_HYPERVISOR] = 3461}},
    };
    struct vectors_build builds[2];
    struct vectors_engine model = vectors_model_engine(builds);
    check_counts(&model, expected, 16, 84891, 6213);
}

/* The counts of a build that has Sv32 to Sv57 and no extension, as the RTL's: what the model
 * answers for such a build are the same accesses. */
static void a_build_without_extensions_runs_what_needs_none(void **state)
{
    (void)state;
    static const struct expectation expected[] = {
        {"sv32", 3072, 0, {[VECTORS_SVADU] = 3936}},
        {"sv39",
         1200,
         0,
         {[VECTORS_SVADU] = 5064,
          [VECTORS_SVNAPOT] = 1248,
          [VECTORS_SVRSW60T59B] = 48,
          [VECTORS_SVPBMT] = 456}},
        {"sv48",
         1344,
         0,
         {[VECTORS_SVADU] = 3672,
          [VECTORS_SVNAPOT] = 1464,
          [VECTORS_SVRSW60T59B] = 168,
          [VECTORS_SVPBMT] = 360}},
        {"sv57",
         1104,
         0,
         {[VECTORS_SVADU] = 3648,
          [VECTORS_SVNAPOT] = 1440,
          [VECTORS_SVRSW60T59B] = 312,
          [VECTORS_SVPBMT] = 504}},
        {"perm", 2304, 0, {[VECTORS_SVADU] = 2304}},
        {"rsvd",
         816,
         0,
         {[VECTORS_SVADU] = 2880,
          [VECTORS_SVNAPOT] = 936,
          [VECTORS_SVRSW60T59B] = 216,
          [VECTORS_SVPBMT] = 168}},
        {"tlb",
         1408,
         0,
         {[VECTORS_PMP] = 1280,
          [VECTORS_SVADU] = 2624,
          [VECTORS_SVNAPOT] = 192,
          [VECTORS_SVRSW60T59B] = 64,
          [VECTORS_SVPBMT] = 448}},
        {"bare", 96, 0, {[VECTORS_PMP] = 1848, [VECTORS_SVADU] = 72}},
    };
    struct vectors_build builds[2];
    struct vectors_engine plain = vectors_model_engine(builds);
    builds[0] = (struct vectors_build){.xlen = 32, .levels = 2, .pa_bits = 34};
    builds[1] = (struct vectors_build){.xlen = 64, .levels = 5, .pa_bits = 56};
    check_counts(&plain, expected, 8, 11344, 35352);
}

/* A build of fewer levels skips what it cannot select; one of fewer address bits faults. */
static void a_smaller_build_skips_schemes_and_faults_beyond_its_width(void **state)
{
    (void)state;
    struct vectors_build builds[2];
    struct vectors_engine small = vectors_model_engine(builds);
    builds[1].levels = 3;
    builds[1].pa_bits = 40;
    struct vectors_counts counts = run_class(&small, "sv48");
    assert_int_equal(counts.run, 0);
    assert_int_equal(counts.skipped[VECTORS_SV48], 7008);
    counts = run_class(&small, "sv57");
    assert_int_equal(counts.skipped[VECTORS_SV57], 7008);
    counts = run_class(&small, "sv39");
    assert_true(counts.run > 1000);
    assert_int_equal(counts.agreed, counts.run);
}

/* PMP is used as far as a scenario has lines for it: eight entries hold some of them, as do a
 * coarser grain and narrower registers. */
static void a_build_skips_the_pmp_that_it_cannot_hold(void **state)
{
    (void)state;
    static const struct {
        struct vectors_build build;
        unsigned skipped;
    } rows[] = {
        {{.pa_bits = 56, .pmp_entries = 16, .pmp_grain = 0}, 0},
        {{.pa_bits = 56, .pmp_entries = 0, .pmp_grain = 0}, 6024},
        {{.pa_bits = 56, .pmp_entries = 8, .pmp_grain = 0}, 3912},
        {{.pa_bits = 56, .pmp_entries = 16, .pmp_grain = 1}, 3504},
        {{.pa_bits = 40, .pmp_entries = 16, .pmp_grain = 0}, 5880},
    };

    for (unsigned i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct vectors_build builds[2];
        struct vectors_engine model = vectors_model_engine(builds);
        builds[1].pa_bits = rows[i].build.pa_bits;
        builds[1].pmp_entries = rows[i].build.pmp_entries;
        builds[1].pmp_grain = rows[i].build.pmp_grain;
        struct vectors_counts counts = run_class(&model, "pmp");
        assert_int_equal(counts.skipped[VECTORS_PMP], rows[i].skipped);
        assert_int_equal(counts.run, 8016 - rows[i].skipped);
        assert_true(vectors_count_all_agree(&counts));
    }
}

/* Wrong answers of every kind are disagreements. */
struct liar {
    struct vectors_build builds[2];
    int lie;
    unsigned told;
};

static const struct vectors_build *liar_build(void *user, unsigned xlen, char *error, size_t size)
{
    struct liar *liar = user;

    (void)error;
    (void)size;
    return &liar->builds[xlen == 64];
}

static void liar_answer(void *user, const struct vector_scenario *scenario,
                        const struct vector_access *const *accesses, int count,
                        struct vectors_answer *answer)
{
    struct liar *liar = user;
    unsigned before = liar->told;

    assert_int_equal(count, 1);
    vectors_model_answer(liar->builds[scenario->xlen == 64].pa_bits, scenario, *accesses, answer);
    struct vector_result *r = &answer->result;
    liar->told++;
    if (liar->lie == 0 && r->ok)
        r->pa ^= 4096;
    else if (liar->lie == 1 && r->ok)
        r->pg += 9;
    else if (liar->lie == 2 && r->ok)
        r->pg = r->pg ? 0 : 12;
    else if (liar->lie == 3 && r->ok && r->nupd)
        r->nupd = 0;
    else if (liar->lie == 4 && r->ok && r->nupd)
        r->upd[0].value ^= 0x80;
    else if (liar->lie == 5 && r->ok)
        r->pbmt ^= 1;
    else if (liar->lie == 6 && !r->ok)
        r->cause ^= 2;
    else if (liar->lie == 7 && !r->ok)
        r->tval ^= 1;
    else if (liar->lie == 8)
        r->ok = !r->ok;
    else if (liar->lie == 9)
        answer->outcome = VECTORS_SILENT;
    else if (liar->lie == 10)
        answer->outcome = VECTORS_DEFERRED;
    else if (liar->lie == 11 && !r->ok && r->nupd == 0)
        r->upd[r->nupd++] = (struct vector_word){0x80000000, 1};
    else
        liar->told = before;
}

static void every_wrong_answer_is_a_disagreement(void **state)
{
    (void)state;
    for (int lie = 0; lie < 12; lie++) {
        struct liar liar = {.lie = lie};
        struct vectors_engine engine = {.user = &liar, .build = liar_build, .answer = liar_answer};
        vectors_model_engine(liar.builds);
        struct vectors_counts counts = run_class(&engine, "sv32");
        assert_true(liar.told > 0);
        assert_int_equal(counts.run, 7008);
        assert_int_equal(counts.agreed, 7008 - liar.told);
    }
}

/* What the specification leaves open is none. */
static void fractured_answer(void *user, const struct vector_scenario *scenario,
                             const struct vector_access *const *accesses, int count,
                             struct vectors_answer *answer)
{
    vectors_model_answer(scenario->xlen == 32 ? 34 : 56, scenario, *accesses, answer);
    (void)user;
    assert_int_equal(count, 1);
    if (answer->result.ok && answer->result.pg)
        answer->result.pg = 12;
    if (!answer->result.ok)
        answer->result.nupd = 0;
}

static void what_is_open_is_no_disagreement(void **state)
{
    (void)state;
    struct liar honest = {.lie = -1};
    struct vectors_engine engine = {
        .user = &honest, .build = liar_build, .answer = fractured_answer};
    vectors_model_engine(honest.builds);
    struct vectors_counts counts = run_class(&engine, "sv32");
    assert_int_equal(counts.agreed, 7008);
}

/* An engine that caches, with what it was asked. */
struct cacher {
    struct vectors_build builds[2];
    bool forgets_permissions; /* a page that was granted is granted to everybody */
    uint64_t begun;           /* the scenario */
    unsigned lists, shuffled; /* lists of more than one access; those not in the file's order */
    uint64_t orders;          /* a digest of them */
};

static const struct vectors_build *cacher_build(void *user, unsigned xlen, char *error, size_t size)
{
    struct cacher *cacher = user;

    (void)error;
    (void)size;
    return &cacher->builds[xlen == 64];
}

static void cacher_begin(void *user, const struct vector_scenario *scenario)
{
    struct cacher *cacher = user;

    cacher->begun = scenario->number + 1;
}

static void cacher_answer(void *user, const struct vector_scenario *scenario,
                          const struct vector_access *const *accesses, int count,
                          struct vectors_answer *answers)
{
    struct cacher *cacher = user;
    unsigned pa_bits = cacher->builds[scenario->xlen == 64].pa_bits;
    bool ascends = true;

    assert_int_equal(cacher->begun, scenario->number + 1);
    for (int i = 0; i < count; i++) {
        vectors_model_answer(pa_bits, scenario, accesses[i], &answers[i]);
        for (int k = 0; k < i && cacher->forgets_permissions; k++)
            if (accesses[k]->va == accesses[i]->va && answers[k].result.ok)
                answers[i] = answers[k];
        ascends &= i == 0 || accesses[i] > accesses[i - 1];
        cacher->orders = cacher->orders * 31 + accesses[i]->line;
    }
    if (count == 1)
        return;
    assert_true(scenario->tlbsafe);
    cacher->lists++;
    cacher->shuffled += !ascends;
}

static struct vectors_counts run_cacher(struct cacher *cacher, const char *name, uint64_t seed)
{
    struct vectors_engine engine = {.user = cacher,
                                    .build = cacher_build,
                                    .begin = cacher_begin,
                                    .answer = cacher_answer,
                                    .caches = true};
    vectors_model_engine(cacher->builds);
    return run_class_seeded(&engine, name, seed);
}

static void scenarios_without_hazards_also_run_without_fences(void **state)
{
    (void)state;
    struct cacher cacher = {0};
    struct vectors_counts counts = run_cacher(&cacher, "tlb", 1);
    assert_int_equal(counts.run, 6016);
    assert_int_equal(counts.unfenced, 4 * 5952);
    assert_true(vectors_count_all_agree(&counts));
    assert_int_equal(cacher.lists, 4 * 93);
    assert_int_equal(cacher.shuffled, 3 * 93);
}

static void accesses_that_are_skipped_are_in_no_order(void **state)
{
    (void)state;
    struct cacher cacher = {0};
    struct vectors_counts counts = run_cacher(&cacher, "pmp_ad", 1);
    assert_int_equal(counts.run, 1555);
    assert_int_equal(counts.unfenced, 4 * 167);
    assert_true(vectors_count_all_agree(&counts));
}

static void orders_come_from_the_seed(void **state)
{
    (void)state;
    struct cacher first = {0}, again = {0}, other = {0};
    run_cacher(&first, "bare", 1);
    run_cacher(&again, "bare", 1);
    run_cacher(&other, "bare", 2);
    assert_true(first.orders == again.orders);
    assert_true(first.orders != other.orders);
}

static void what_an_access_leaves_behind_is_found_without_fences_only(void **state)
{
    (void)state;
    struct cacher cacher = {.forgets_permissions = true};
    struct vectors_counts counts = run_cacher(&cacher, "tlb", 1);
    assert_int_equal(counts.agreed, counts.run);
    assert_true(counts.unfenced_agreed < counts.unfenced);
    assert_false(vectors_count_all_agree(&counts));
}

/* A sample of the classes on the RTL, with each feature that a head can switch off in it, for both
 * xlens; `make vectors` runs them all. Only what needs two stages is skipped. */
static void the_rtl_runs_all_that_needs_one_stage(void **state)
{
    (void)state;
    static const struct expectation expected[] = {
        {"bare", 2016, 2016, {0}},
        {"napot", 4008, 456, {0}},
        {"rsvd", 5016, 3744, {0}},
        {"pmp_ad", 1555, 167, {[VECTORS_HYPERVISOR] = 3461}},
    };
    struct design verilated = {0};
    struct vectors_rtl *rtl = vectors_rtl_new(&verilated, 1);
    assert_non_null(rtl);
    struct vectors_engine engine = vectors_rtl_engine(rtl);
    check_counts(&engine, expected, 4, 12595, 3461);
    vectors_rtl_free(rtl);
}

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
    assert_true(vectors_run_file(&run, FOLDER "perm.txt.xz", error, sizeof error));
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
        cmocka_unit_test(model_agrees_with_every_access),
        cmocka_unit_test(a_build_without_extensions_runs_what_needs_none),
        cmocka_unit_test(a_smaller_build_skips_schemes_and_faults_beyond_its_width),
        cmocka_unit_test(a_build_skips_the_pmp_that_it_cannot_hold),
        cmocka_unit_test(every_wrong_answer_is_a_disagreement),
        cmocka_unit_test(what_is_open_is_no_disagreement),
        cmocka_unit_test(scenarios_without_hazards_also_run_without_fences),
        cmocka_unit_test(accesses_that_are_skipped_are_in_no_order),
        cmocka_unit_test(orders_come_from_the_seed),
        cmocka_unit_test(what_an_access_leaves_behind_is_found_without_fences_only),
        cmocka_unit_test(the_rtl_runs_all_that_needs_one_stage),
        cmocka_unit_test(answers_are_printed_in_the_grammar_they_were_read_in),
        cmocka_unit_test(bad_files_are_refused_with_their_line),
    };
    return cmocka_run_group_tests_name("vectors", tests, NULL, NULL);
}

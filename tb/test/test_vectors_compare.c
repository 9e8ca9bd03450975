// SPDX-License-Identifier: Apache-2.0
/* The rules of the comparison of golden vectors, on engines that are not the RTL: ones that answer
 * wrongly in one way, and one that caches. */
#include "vectors_bench.h"

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
        struct vectors_counts counts = vectors_bench_run(&engine, "sv32");
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
    struct vectors_counts counts = vectors_bench_run(&engine, "sv32");
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
    return vectors_bench_run_seeded(&engine, name, seed);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_wrong_answer_is_a_disagreement),
        cmocka_unit_test(what_is_open_is_no_disagreement),
        cmocka_unit_test(scenarios_without_hazards_also_run_without_fences),
        cmocka_unit_test(accesses_that_are_skipped_are_in_no_order),
        cmocka_unit_test(orders_come_from_the_seed),
        cmocka_unit_test(what_an_access_leaves_behind_is_found_without_fences_only),
    };
    return cmocka_run_group_tests_name("vectors-compare", tests, NULL, NULL);
}

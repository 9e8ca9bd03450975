// SPDX-License-Identifier: Apache-2.0
/* The scoreboard's verdicts on single answers: tags, kills, time, page sizes, causes, tval; and
 * what it says about a violation. */
#include "check.h"
#include "mmu_pte.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define ROOT UINT64_C(0x80000000)
#define VA   UINT64_C(0x40212345) /* root[1] is a superpage of 1 GiB */
#define PA   UINT64_C(0xc0212345)
#define ALL  (MMU_PTE_V | MMU_PTE_R | MMU_PTE_W | MMU_PTE_X | MMU_PTE_A | MMU_PTE_D)

struct bench {
    struct check *check;
    uint64_t leaf; /* root[1] */
    struct check_judgement judgement;
};

static bool bench_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct bench *b = user;

    (void)bytes;
    *value = pa == ROOT + 8 ? b->leaf : 0;
    return pa >= ROOT && pa < ROOT + 4096;
}

static const struct dut_context sv39 = {.satp = UINT64_C(8) << 60 | ROOT >> 12};

static int set_up(void **state)
{
    struct bench *b = calloc(1, sizeof *b);
    struct check_config config = {
        .model = {.xlen = 64, .levels = 3, .pa_bits = 40},
        .asid_bits = 16,
        .tag_bits = 2,
        .answer_bound = 100,
        .fence_bound = 50,
        .memory = {.user = b, .read = bench_read},
    };

    b->leaf = UINT64_C(0xc0000000) >> 2 | ALL;
    b->check = check_new(&config);
    *state = b;
    return 0;
}

static int tear_down(void **state)
{
    struct bench *b = *state;

    check_free(b->check);
    free(b);
    return 0;
}

static enum check_verdict ask(struct bench *b, unsigned tag, enum mmu_access access, uint64_t cycle)
{
    struct dut_request request = {
        .tag = tag, .va = VA, .access = access, .size = 1, .privilege = MMU_S};

    return check_note_accept(b->check, DUT_DATA, &request, &sv39, cycle);
}

static enum check_verdict answer(struct bench *b, struct dut_response response, uint64_t cycle)
{
    return check_note_answer(b->check, DUT_DATA, &response, cycle, &b->judgement);
}

static enum check_verdict granted(struct bench *b, unsigned tag, uint64_t pa, unsigned page_shift)
{
    return answer(b,
                  (struct dut_response){
                      .tag = tag, .result = DUT_GRANTED, .pa = pa, .page_shift = page_shift},
                  5);
}

static enum check_verdict fault(struct bench *b, unsigned tag, unsigned cause, uint64_t tval)
{
    return answer(
        b, (struct dut_response){.tag = tag, .result = DUT_FAULT, .cause = cause, .tval = tval}, 5);
}

static void says(const struct bench *b, const char *words)
{
    if (!strstr(check_explain(b->check), words))
        fail_msg("'%s' is not in: %s", words, check_explain(b->check));
}

static void right_answer_agrees(void **state)
{
    struct bench *b = *state;

    assert_int_equal(ask(b, 1, MMU_LOAD, 3), CHECK_OK);
    assert_int_equal(check_outstanding(b->check, DUT_DATA), 2);
    assert_int_equal(check_outstanding(b->check, DUT_FETCH), 0);
    assert_int_equal(granted(b, 1, PA, 30), CHECK_OK);
    assert_int_equal(check_outstanding(b->check, DUT_DATA), 0);
    assert_false(b->judgement.stale);
    assert_int_equal(b->judgement.accepted, 3);
    assert_int_equal(b->judgement.answer.pa, PA);
    assert_int_equal(b->judgement.request.va, VA);
    assert_string_equal(check_explain(b->check), "");
    assert_int_equal(check_end(b->check, 6), CHECK_OK);
}

static void wrong_address_is_caught(void **state)
{
    struct bench *b = *state;

    ask(b, 0, MMU_LOAD, 3);
    assert_int_equal(granted(b, 0, PA ^ 0x200000, 30), CHECK_WRONG_ADDRESS);
    says(b, "cycle 5: wrong physical address");
    says(b, "data port, tag 0: load of 1 bytes at 0x40212345, S-mode, SUM=0 MXR=0");
    says(b, "answered: 0xc0012345 in a page of 1 GiB");
    says(b, "legal was only:\n    0xc0212345 in a page of 1 GiB, from satp 0x8000000000080000");
    says(b, "level 2: [0x80000008] = 0x300000cf DA--XWRV");
}

/* A part of the mapping may be answered for, if it is a page of the mode; nothing larger. */
static void page_size_is_at_most_the_mappings(void **state)
{
    static const struct {
        unsigned shift;
        enum check_verdict verdict;
    } cases[] = {{30, CHECK_OK},         {21, CHECK_OK},         {12, CHECK_OK},
                 {39, CHECK_WRONG_SIZE}, {16, CHECK_WRONG_SIZE}, {13, CHECK_WRONG_SIZE},
                 {0, CHECK_WRONG_SIZE}};
    struct bench *b = *state;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ask(b, 0, MMU_LOAD, 3);
        assert_int_equal(granted(b, 0, PA, cases[i].shift), cases[i].verdict);
    }
}

static void faults_are_compared(void **state)
{
    struct bench *b = *state;

    b->leaf &= ~MMU_PTE_W;
    for (unsigned tag = 0; tag < 4; tag++)
        ask(b, tag, MMU_STORE, 3);
    assert_int_equal(fault(b, 0, 15, VA), CHECK_OK);
    assert_int_equal(fault(b, 1, 13, VA), CHECK_WRONG_FAULT);
    assert_int_equal(fault(b, 2, 15, VA & ~UINT64_C(0xfff)), CHECK_WRONG_TVAL);
    assert_int_equal(granted(b, 3, PA, 30), CHECK_WRONG_GRANT);
    ask(b, 0, MMU_LOAD, 3);
    assert_int_equal(fault(b, 0, 13, VA), CHECK_WRONG_FAULT);
    ask(b, 0, MMU_LOAD, 3);
    assert_int_equal(answer(b, (struct dut_response){.tag = 0, .result = DUT_DEFER}, 5),
                     CHECK_WRONG_DEFER);
}

static void tags_are_watched(void **state)
{
    struct bench *b = *state;

    assert_int_equal(granted(b, 2, PA, 30), CHECK_NEVER_ASKED);
    assert_int_equal(granted(b, 77, PA, 30), CHECK_NEVER_ASKED);
    ask(b, 2, MMU_LOAD, 3);
    assert_int_equal(ask(b, 2, MMU_LOAD, 4), CHECK_TAG_IN_USE);
    assert_int_equal(granted(b, 2, PA, 30), CHECK_OK);
    assert_int_equal(granted(b, 2, PA, 30), CHECK_TWICE);
    says(b, "answered in cycle 5");
}

/* No killed tag is answered in that cycle or later; a request accepted after the kill is. */
static void killed_requests_are_never_answered(void **state)
{
    struct bench *b = *state;

    ask(b, 0, MMU_LOAD, 3);
    ask(b, 1, MMU_LOAD, 3);
    check_note_kill(b->check, DUT_FETCH, 2, 4);
    check_note_kill(b->check, DUT_DATA, 2, 4);
    assert_int_equal(granted(b, 0, PA, 30), CHECK_OK);
    assert_int_equal(granted(b, 1, PA, 30), CHECK_KILLED);
    says(b, "killed in cycle 4");
    ask(b, 1, MMU_LOAD, 5);
    assert_int_equal(granted(b, 1, PA, 30), CHECK_OK);
}

static void waiting_has_bounds(void **state)
{
    struct bench *b = *state;

    ask(b, 0, MMU_LOAD, 10);
    assert_int_equal(check_overdue(b->check, 110), CHECK_OK);
    assert_int_equal(check_overdue(b->check, 111), CHECK_UNANSWERED);
    says(b, "accepted in cycle 10");
    assert_int_equal(check_end(b->check, 111), CHECK_UNANSWERED);
    check_note_kill(b->check, DUT_DATA, 1, 111);
    assert_int_equal(check_end(b->check, 111), CHECK_OK);

    check_note_fence(b->check, &(struct dut_fence){.use_asid = true, .asid = 7}, 200);
    assert_int_equal(check_overdue(b->check, 250), CHECK_OK);
    assert_int_equal(check_overdue(b->check, 251), CHECK_FENCE_STUCK);
    says(b, "sfence.vma x0, ASID 7, presented in cycle 200");
    assert_int_equal(check_end(b->check, 251), CHECK_FENCE_STUCK);
    check_note_fence_done(b->check, 251);
    assert_int_equal(check_end(b->check, 251), CHECK_OK);

    check_note_refusal(b->check, DUT_DATA, 300);
    check_note_refusal(b->check, DUT_DATA, 350);
    assert_int_equal(check_overdue(b->check, 400), CHECK_OK);
    assert_int_equal(check_overdue(b->check, 401), CHECK_REFUSED);
    says(b, "data port, asked since cycle 300");
    ask(b, 0, MMU_LOAD, 401);
    assert_int_equal(check_overdue(b->check, 402), CHECK_OK);
}

/* An answer that only an older value explains is said to be stale, and outcomes are counted. */
static void stale_answers_are_counted(void **state)
{
    struct bench *b = *state;
    uint64_t changed = UINT64_C(0x100000000) >> 2 | ALL;

    check_count_outcomes(b->check, 1);
    ask(b, 0, MMU_LOAD, 3);
    check_note_store(b->check, ROOT + 8, 8, changed, 4);
    b->leaf = changed;
    assert_int_equal(granted(b, 0, PA, 30), CHECK_OK);
    assert_true(b->judgement.stale);
    assert_int_equal(b->judgement.outcomes, 2);
    ask(b, 0, MMU_LOAD, 6);
    assert_int_equal(granted(b, 0, PA + 0x40000000, 30), CHECK_OK);
    assert_false(b->judgement.stale);
}

/* Every verdict has words. */
static void verdicts_have_names(void **state)
{
    (void)state;
    for (unsigned verdict = 0; verdict < CHECK_VERDICTS; verdict++)
        assert_true(strlen(check_verdict_name(verdict)) > 3);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(right_answer_agrees),
        TEST(wrong_address_is_caught),
        TEST(page_size_is_at_most_the_mappings),
        TEST(faults_are_compared),
        TEST(tags_are_watched),
        TEST(killed_requests_are_never_answered),
        TEST(waiting_has_bounds),
        TEST(stale_answers_are_counted),
        TEST(verdicts_have_names),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}

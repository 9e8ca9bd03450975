// SPDX-License-Identifier: Apache-2.0
/* The MMU on the board against the same MMU without one, cycle by cycle, under random inputs. */
#include "board_bench.h"
#include "dut_build.h"
#include "dut_shim.h"
#include "splitmix.h"

#include <dlfcn.h>

enum { ROOT = 0x80 }; /* page number of the root table */

struct twins {
    struct board_bench bench;
    const struct dut_shim_ops *ops; /* of the MMU alone */
    void *self;
    struct dut_inputs in;
    struct dut_outputs out;
    uint64_t random;
    unsigned tags;
    uint64_t asked[2]; /* tags of unanswered requests */
    bool owes;         /* memory, an answer: one at a time */
    uint8_t id;
    uint64_t pa, events[DUT_SHIM_EVENTS];
};

static bool chance(struct twins *twins, unsigned percent)
{
    return splitmix_below(&twins->random, 100) < percent;
}

static uint64_t below(struct twins *twins, uint64_t n)
{
    return splitmix_below(&twins->random, n);
}

static void put_port(uint8_t *payload, const struct dut_port_inputs *in)
{
    payload[0] = (uint8_t)(in->valid | in->speculative << 1);
    payload[1] = in->tag;
    payload[2] = in->access;
    payload[3] = (uint8_t)(in->size_log2 | in->privilege << 4);
    board_put(payload, 32, 64, in->va);
}

static void put_inputs(uint8_t *payload, const struct dut_inputs *in)
{
    memset(payload, 0, BOTH_BYTES);
    board_put(payload, 0, 64, in->satp);
    payload[8] = (uint8_t)(in->sum | in->mxr << 1 | in->sbe << 2 | in->adue << 3 | in->pbmte << 4 |
                           in->sse << 5);
    board_put(payload, 8 * 10, 64, in->port[0].kill);
    board_put(payload, 8 * 18, 64, in->port[1].kill);
    payload[26] = (uint8_t)(in->mem_ready | in->mem_valid << 1 | in->mem_error << 2);
    payload[27] = in->mem_id;
    board_put(payload, 8 * 28, 64, in->mem_data);
    payload[37] = (uint8_t)(in->fence_valid | in->fence_use_va << 1 | in->fence_use_asid << 2 |
                            in->fence_op << 4);
    board_put(payload, 8 * 38, 64, in->fence_va);
    board_put(payload, 8 * 46, 16, in->fence_asid);
    put_port(payload + 48, &in->port[0]);
    put_port(payload + 60, &in->port[1]);
}

static void compare_port(const uint8_t *reply, const struct dut_port_outputs *out)
{
    assert_int_equal(reply[0], out->ready | out->valid << 1);
    if (!out->valid)
        return;
    assert_int_equal(reply[1], out->tag);
    assert_int_equal(reply[2] & 3, out->result);
    if (out->result == 0) {
        assert_int_equal(reply[2] >> 2, out->pbmt);
        assert_int_equal(reply[3], out->page_shift);
        assert_int_equal(board_get(reply, 8 * 5, 64), out->pa);
    } else if (out->result == 1) {
        assert_int_equal(reply[4], out->cause);
        assert_int_equal(board_get(reply, 8 * 13, 64), out->tval);
    }
}

static void compare(const uint8_t *reply, const struct dut_outputs *out)
{
    compare_port(reply, &out->port[0]);
    compare_port(reply + 21, &out->port[1]);
    assert_int_equal(reply[42] & 0x1f, out->fence_ready | out->pmp_ready << 1 |
                                           out->pmp_taken << 2 | out->mem_taken << 3 |
                                           out->mem_unstable << 4);
    if (!out->mem_taken)
        return;
    assert_int_equal(reply[42] >> 5, out->mem_swap);
    assert_int_equal(reply[43], out->mem_id);
    assert_int_equal(board_get(reply, 8 * 44, 64), out->mem_pa);
    if (!out->mem_swap)
        return;
    assert_int_equal(board_get(reply, 8 * 52, 64), out->mem_expected);
    assert_int_equal(board_get(reply, 8 * 60, 64), out->mem_desired);
}

/* The strobes are what the counters of the MMU alone have gone up by. */
static void compare_events(struct twins *twins, const uint8_t *reply)
{
    uint64_t now[DUT_SHIM_EVENTS];

    twins->ops->events(twins->self, now);
    for (unsigned i = 0; i < DUT_SHIM_EVENTS; i++) {
        assert_int_equal(reply[68 + i / 8] >> i % 8 & 1, now[i] - twins->events[i]);
        twins->events[i] = now[i];
    }
}

static void request(struct twins *twins, unsigned port)
{
    struct dut_port_inputs *in = &twins->in.port[port];
    uint8_t tag = (uint8_t)below(twins, twins->tags);

    in->valid = !(twins->asked[port] >> tag & 1) && chance(twins, 60);
    in->tag = tag;
    in->va = below(twins, 6) << 12 | below(twins, 1024) << 2;
    in->access = port == 0 ? 0 : (uint8_t)(1 + below(twins, 3));
    in->size_log2 = 2;
    in->privilege = chance(twins, 80) ? 1 : (uint8_t)(chance(twins, 50) ? 0 : 3);
    in->speculative = chance(twins, 20);
}

static void fence(struct twins *twins)
{
    struct dut_inputs *in = &twins->in;

    if (!in->fence_valid) { /* else it is held */
        in->fence_valid = chance(twins, 2);
        in->fence_use_va = chance(twins, 50);
        in->fence_use_asid = chance(twins, 50);
        in->fence_va = below(twins, 6) << 12;
        in->fence_asid = (uint16_t)below(twins, 2);
    }
}

/* Memory holds at each address a PTE that hangs on it alone: in the root table a pointer, else
 * mostly a page of all rights. */
static void answer(struct twins *twins)
{
    struct dut_inputs *in = &twins->in;
    uint64_t seed = twins->pa;

    in->mem_ready = !twins->owes && chance(twins, 70);
    in->mem_valid = twins->owes && chance(twins, 50);
    in->mem_id = twins->id;
    in->mem_error = chance(twins, 3);
    uint64_t flags = splitmix_next(&seed) % 100;
    flags = twins->pa >> 12 == ROOT ? 0x01 : flags < 80 ? 0xcf : splitmix_next(&seed) & 0xff;
    in->mem_data = (0x100 + (twins->pa & 0xff)) << 10 | flags;
    if (in->mem_valid)
        twins->owes = false;
}

static void draw_cycle(struct twins *twins)
{
    struct dut_inputs *in = &twins->in;

    if (chance(twins, 2)) {
        in->satp = UINT64_C(0x80000000) | below(twins, 2) << 22 | ROOT;
        in->sum = chance(twins, 50);
        in->mxr = chance(twins, 50);
    }
    for (unsigned port = 0; port < 2; port++) {
        request(twins, port);
        in->port[port].kill = chance(twins, 2) ? below(twins, 1u << twins->tags) : 0;
    }
    fence(twins);
    answer(twins);
}

/* What was asked, answered and killed in this cycle, for the next. */
static void keep_books(struct twins *twins, const struct dut_outputs *before)
{
    for (unsigned p = 0; p < 2; p++) {
        const struct dut_port_inputs *in = &twins->in.port[p];
        twins->asked[p] &= ~in->kill;
        if (in->valid && before->port[p].ready)
            twins->asked[p] |= UINT64_C(1) << in->tag;
        if (twins->out.port[p].valid)
            twins->asked[p] &= ~(UINT64_C(1) << twins->out.port[p].tag);
    }
    if (before->fence_ready)
        twins->in.fence_valid = false;
    if (twins->out.mem_taken) {
        twins->owes = true;
        twins->id = twins->out.mem_id;
        twins->pa = twins->out.mem_pa;
    }
}

static void cycle(struct twins *twins)
{
    uint8_t payload[BOTH_BYTES], reply[OUTPUT_BYTES];
    bool looks = chance(twins, 30); /* within the cycle */

    draw_cycle(twins);
    put_inputs(payload, &twins->in);
    twins->ops->load(twins->self, &twins->in, &twins->out);
    if (looks) {
        board_ask(&twins->bench, LOAD, payload, reply);
        compare(reply, &twins->out);
    }
    struct dut_outputs before = twins->out;
    twins->ops->clock(twins->self, &twins->in, &twins->out);
    board_ask(&twins->bench, looks ? CLOCK : BOTH, payload + (looks ? LOAD_BYTES : 0), reply);
    compare(reply, &twins->out);
    compare_events(twins, reply);
    keep_books(twins, &before);
}

static void reset_alone(struct twins *twins)
{
    twins->in = (struct dut_inputs){.reset = true};
    twins->ops->load(twins->self, &twins->in, &twins->out);
    twins->ops->straps(twins->self, &(struct dut_strap_inputs){0});
    for (int i = 0; i < 4; i++)
        twins->ops->clock(twins->self, &twins->in, &twins->out);
    twins->in.reset = false;
    twins->ops->load(twins->self, &twins->in, &twins->out);
}

static void a_board_is_exact_to_the_cycle(void **state)
{
    (void)state;
    struct dut_preset preset;
    char path[5200], error[1000];
    const struct dut_shim_ops *(*get)(void);
    struct twins twins = {.bench = board_bench_open("tiny"), .random = 3};

    if (!dut_preset_load("tiny", NULL, 0, &preset, error, sizeof error) ||
        !dut_build(&preset, DUT_WAVE_NONE, path, sizeof path, error, sizeof error))
        fail_msg("%s", error);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    assert_non_null(library);
    *(void **)&get = dlsym(library, "dut_shim_get");
    twins.ops = get();
    twins.self = twins.ops->create();
    twins.tags = 4;

    for (unsigned round = 0; round < 4; round++) {
        reset_alone(&twins);
        board_reset(&twins.bench, 0, 0, 0);
        memset(twins.events, 0, sizeof twins.events);
        twins.asked[0] = twins.asked[1] = twins.owes = 0;
        for (unsigned i = 0; i < 1500; i++)
            cycle(&twins);
        assert_true(twins.events[0] + twins.events[2] > 20); /* hits */
        assert_true(twins.events[8] > 200);                  /* PTEs read */
    }
    twins.ops->destroy(twins.self);
    dlclose(library);
    board_line_close(twins.bench.line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_board_is_exact_to_the_cycle),
    };
    return cmocka_run_group_tests_name("board_cycles", tests, NULL, NULL);
}

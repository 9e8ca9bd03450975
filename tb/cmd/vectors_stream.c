// SPDX-License-Identifier: Apache-2.0
#include "vectors_stream.h"

#define TAGS_MOST 64

struct stream {
    struct dut *dut;
    struct vectors_memory *words;
    const struct vector_scenario *scenario;
    const struct vector_access *const *accesses;
    struct vectors_answer *answers;
    int count, asked, answered;
    unsigned tags;
    unsigned next_tag[DUT_PORTS];
    bool waits[DUT_PORTS][TAGS_MOST];
    int access[DUT_PORTS][TAGS_MOST]; /* that waits under the tag */
};

/* Fences everything. False: it did not complete. */
static bool fence_all(struct dut *dut)
{
    const struct dut_fence everything = {0};

    for (int cycle = 0; cycle < VECTORS_CYCLES_MOST; cycle++) {
        bool done = dut_fence(dut, &everything);
        dut_step(dut);
        if (done)
            return true;
    }
    return false;
}

static void set_context(struct dut *dut, const struct vector_scenario *scenario,
                        const struct vector_access *access)
{
    const struct dut_context context = {
        .satp = scenario->satp,
        .sum = access->sum,
        .mxr = access->mxr,
        .adue = scenario->madue,
        .pbmte = scenario->mpbmte,
    };

    dut_set_context(dut, &context);
}

/* Asks for the next access, if its port has a tag for it and accepts it. True: it does. */
static bool ask_next(struct stream *s)
{
    const struct vector_access *access = s->accesses[s->asked];
    struct mmu_request asked = vectors_request(access);
    enum dut_port port = asked.access == MMU_FETCH ? DUT_FETCH : DUT_DATA;
    unsigned tag = s->next_tag[port];
    const struct dut_request request = {
        .tag = tag,
        .va = asked.va,
        .access = asked.access,
        .size = asked.size,
        .privilege = access->ep,
    };

    if (s->waits[port][tag])
        return false;
    set_context(s->dut, s->scenario, access);
    if (!dut_submit(s->dut, port, &request))
        return false;
    s->waits[port][tag] = true;
    s->access[port][tag] = s->asked++;
    s->next_tag[port] = (tag + 1) % s->tags;
    return true;
}

/* Takes the answer that the port has in this cycle. True: it has one. */
static bool take_answer(struct stream *s, enum dut_port port)
{
    struct dut_response response;

    if (!dut_poll(s->dut, port, &response) || !s->waits[port][response.tag])
        return false;
    struct vectors_answer *answer = &s->answers[s->access[port][response.tag]];
    s->waits[port][response.tag] = false;
    s->answered++;
    answer->outcome = response.result == DUT_DEFER ? VECTORS_DEFERRED : VECTORS_ANSWERED;
    answer->result = (struct vector_result){
        .ok = response.result == DUT_GRANTED,
        .pa = response.pa,
        .pbmt = response.memory_type,
        .pg = response.page_shift,
        .cause = response.cause,
        .tval = response.tval,
    };
    vectors_memory_updates(s->words, &answer->result);
    return true;
}

/* One cycle. True: something went on in it. */
static bool run_cycle(struct stream *s)
{
    bool moves = take_answer(s, DUT_FETCH);

    moves |= take_answer(s, DUT_DATA);
    if (s->asked < s->count)
        moves |= ask_next(s);
    dut_step(s->dut);
    return moves;
}

void vectors_stream(struct dut *dut, struct vectors_memory *words,
                    const struct vector_scenario *scenario,
                    const struct vector_access *const *accesses, int count,
                    struct vectors_answer *answers)
{
    struct stream s = {
        .dut = dut,
        .words = words,
        .scenario = scenario,
        .accesses = accesses,
        .answers = answers,
        .count = count,
        .tags = 1u << dut_parameters(dut)->tag_bits,
    };
    int idle = 0;

    for (int i = 0; i < count; i++)
        answers[i].outcome = VECTORS_SILENT;
    vectors_memory_begin(words, scenario);
    if (!fence_all(dut))
        idle = VECTORS_CYCLES_MOST;
    while (s.answered < count && idle < VECTORS_CYCLES_MOST)
        idle = run_cycle(&s) ? 0 : idle + 1;
    if (s.answered < count)
        dut_reset(dut);
}

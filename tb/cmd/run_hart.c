// SPDX-License-Identifier: Apache-2.0
/* Accesses and fences put to the design, and the verdict on its answers. */
#include "run_hart.h"

#include <stdarg.h>
#include <stdio.h>

/* Cycles in which any answer must have come, and for each cycle of memory latency. A walk reads
 * at most five PTEs, a sweep of the L2 takes a cycle a set. */
#define PATIENCE         20000
#define PATIENCE_LATENCY 100

/* The model looks at memory after the design has answered: A and D must be set by then. */
static bool update_missing(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                           uint64_t desired, uint64_t *found)
{
    struct hart *hart = user;

    (void)pa;
    (void)bytes;
    (void)desired;
    hart->unset = true;
    *found = expected;
    return true;
}

static bool read_settled(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct hart *hart = user;

    return hart->memory.read(hart->memory.user, pa, bytes, value);
}

void hart_start(struct hart *hart, struct dut *dut, const struct mmu_memory *memory,
                unsigned latency, uint64_t seed)
{
    const struct dut_parameters *parameters = dut_parameters(dut);
    const struct dut_memory dut_memory = {
        .user = memory->user, .read = memory->read, .compare_and_swap = memory->compare_and_swap};
    struct dut_memory_timing timing = {
        .latency_min = latency,
        .latency_max = latency,
        .seed = seed,
    };

    *hart = (struct hart){
        .dut = dut,
        .config = {.xlen = parameters->xlen,
                   .levels = parameters->levels,
                   .pa_bits = parameters->pa_bits},
        .context = {.privilege = MMU_U},
        .memory = *memory,
        .settled = {hart, read_settled, update_missing},
        .patience = PATIENCE + (uint64_t)PATIENCE_LATENCY * latency,
    };
    for (int port = 0; port < DUT_PORTS; port++)
        hart->tag_mask[port] = (1u << parameters->tag_bits) - 1;
    dut_set_memory(dut, &dut_memory, &timing);
}

void hart_set_satp(struct hart *hart, uint64_t satp)
{
    struct dut_context context = {.satp = satp, .adue = hart->context.adue};

    hart->context.satp = satp;
    dut_set_context(hart->dut, &context);
}

static unsigned natural_size(uint64_t va, unsigned size)
{
    uint64_t natural = (va | 64) & -(va | 64);

    while (natural > size)
        natural /= 2;
    return (unsigned)natural;
}

void hart_ask(struct hart *hart, enum dut_port port, uint64_t va, unsigned size,
              enum mmu_access kind)
{
    struct hart_access *access = &hart->access[port];

    access->wanted = true;
    access->accepted = access->answered = false;
    access->request = (struct dut_request){
        .tag = hart->tag[port]++ & hart->tag_mask[port],
        .va = va,
        .access = kind,
        .size = natural_size(va, size),
        .privilege = MMU_U,
    };
}

const char *hart_kind_name(enum mmu_access kind)
{
    static const char *const names[] = {"fetch", "load", "store", "AMO"};

    return names[kind];
}

static bool disagree(struct hart *hart, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static bool disagree(struct hart *hart, const char *format, ...)
{
    va_list arguments;

    if (hart->wrong)
        return false;
    hart->wrong = true;
    va_start(arguments, format);
    vsnprintf(hart->message, sizeof hart->message, format, arguments);
    va_end(arguments);
    return false;
}

static void step(struct hart *hart)
{
    if (hart->wave) {
        uint64_t cycle = dut_cycle(hart->dut);

        dut_wave(hart->dut, cycle >= hart->wave_from && cycle <= hart->wave_to);
    }
    dut_step(hart->dut);
}

void hart_idle(struct hart *hart, unsigned cycles)
{
    for (unsigned i = 0; i < cycles; i++)
        step(hart);
}

/* Takes what the port answers in this cycle. */
static bool take_answer(struct hart *hart, enum dut_port port)
{
    struct hart_access *access = &hart->access[port];
    struct dut_response response;

    if (!dut_poll(hart->dut, port, &response))
        return true;
    if (!access->wanted || !access->accepted || access->answered ||
        response.tag != access->request.tag)
        return disagree(hart, "the %s port answers tag %u, which nobody asked for",
                        port == DUT_FETCH ? "fetch" : "data", response.tag);
    access->response = response;
    access->answered = true;
    return true;
}

static bool pending(const struct hart *hart, enum dut_port port)
{
    return hart->access[port].wanted && !hart->access[port].answered;
}

/* Until every access has its answer. */
static bool await(struct hart *hart)
{
    for (uint64_t waited = 0; pending(hart, DUT_FETCH) || pending(hart, DUT_DATA); waited++) {
        if (waited > hart->patience)
            return disagree(hart, "no answer within %llu cycles",
                            (unsigned long long)hart->patience);
        for (enum dut_port port = 0; port < DUT_PORTS; port++) {
            struct hart_access *access = &hart->access[port];

            if (access->wanted && !access->accepted)
                access->accepted = dut_submit(hart->dut, port, &access->request);
        }
        step(hart);
        for (enum dut_port port = 0; port < DUT_PORTS; port++)
            if (!take_answer(hart, port))
                return false;
    }
    return true;
}

static void describe_expected(char *text, size_t size, const struct mmu_answer *answer)
{
    if (answer->result == MMU_GRANTED)
        snprintf(text, size, "0x%llx in a page of 2^%u bytes", (unsigned long long)answer->pa,
                 answer->page_shift);
    else
        snprintf(text, size, "cause %u with tval 0x%llx", answer->cause,
                 (unsigned long long)answer->tval);
}

static void describe_response(char *text, size_t size, const struct dut_response *response)
{
    if (response->result == DUT_GRANTED)
        snprintf(text, size, "0x%llx in a page of 2^%u bytes", (unsigned long long)response->pa,
                 response->page_shift);
    else if (response->result == DUT_FAULT)
        snprintf(text, size, "cause %u with tval 0x%llx", response->cause,
                 (unsigned long long)response->tval);
    else
        snprintf(text, size, "a deferral of an access that was not speculative");
}

/* The design may know a smaller page than the one that is mapped. */
static bool same(const struct dut_response *response, const struct mmu_answer *expected)
{
    if (expected->result != MMU_GRANTED)
        return response->result == DUT_FAULT && response->cause == expected->cause &&
               response->tval == expected->tval;
    return response->result == DUT_GRANTED && response->pa == expected->pa &&
           response->page_shift <= expected->page_shift &&
           (response->page_shift >= 12) == (expected->page_shift >= 12);
}

static bool judge(struct hart *hart, struct hart_access *access)
{
    struct mmu_request request = {
        .va = access->request.va,
        .access = access->request.access,
        .size = access->request.size,
    };
    char answer[120], expected[120];

    hart->unset = false;
    mmu_translate(&hart->config, &hart->context, &hart->settled, &request, &access->expected);
    hart->answers++;
    if (hart->unset)
        return disagree(hart, "%s of 0x%llx: the RTL answers, and A or D is not set in memory",
                        hart_kind_name(access->request.access),
                        (unsigned long long)access->request.va);
    if (same(&access->response, &access->expected)) {
        hart->agreed++;
        return true;
    }
    describe_response(answer, sizeof answer, &access->response);
    describe_expected(expected, sizeof expected, &access->expected);
    return disagree(hart, "%s of 0x%llx, satp 0x%llx: the RTL answers %s, the reference model %s",
                    hart_kind_name(access->request.access), (unsigned long long)access->request.va,
                    (unsigned long long)hart->context.satp, answer, expected);
}

bool hart_exchange(struct hart *hart)
{
    bool good = !hart->wrong && await(hart);

    for (enum dut_port port = 0; port < DUT_PORTS; port++) {
        if (good && hart->access[port].wanted)
            good = judge(hart, &hart->access[port]);
        hart->access[port].wanted = false;
    }
    return good;
}

void hart_fence(void *user, bool use_va, uint64_t va, bool use_asid, unsigned asid)
{
    struct hart *hart = user;
    struct dut_fence fence = {.use_va = use_va, .use_asid = use_asid, .va = va, .asid = asid};
    bool done = false;

    for (uint64_t waited = 0; !done && waited <= hart->patience; waited++) {
        done = dut_fence(hart->dut, &fence);
        step(hart);
    }
    if (!done)
        disagree(hart, "a fence is not complete within %llu cycles",
                 (unsigned long long)hart->patience);
}

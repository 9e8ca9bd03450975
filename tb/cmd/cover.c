// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb cover: asks the RTL once for every combination that the model says is possible, each
 * with nothing cached, and compares with the model. */
#include "cmd.h"
#include "cover_config.h"
#include "design.h"
#include "dut_pmp.h"
#include "option.h"
#include "progress.h"

#include <inttypes.h>

#define PATIENCE 2000 /* cycles that an answer, a fence or a change of PMP may take */
#define SHOWN    5    /* disagreements that are printed */

struct cover {
    struct design design;
    struct dut *dut;
    struct coverage *coverage;
    struct mmu_memory memory;  /* of the case that is asked */
    const struct mmu_pmp *pmp; /* in force; null at first */
    struct progress progress;
    uint64_t asked, disagreed;
};

/* ---- Memory: the case's. */

static bool read_case(void *user, uint64_t pa, unsigned bytes, uint64_t *value)
{
    const struct cover *c = user;

    return c->memory.read(c->memory.user, pa, bytes, value);
}

static bool swap_case(void *user, uint64_t pa, unsigned bytes, uint64_t expected, uint64_t desired,
                      uint64_t *found)
{
    const struct cover *c = user;

    return c->memory.compare_and_swap(c->memory.user, pa, bytes, expected, desired, found);
}

/* ---- One case. */

/* With nothing cached. False: the design does not come to an end. */
static bool prepare(struct cover *c, const struct mmu_context *context)
{
    static const struct dut_fence everything = {.op = DUT_SFENCE_VMA};
    const struct dut_context csrs = {.satp = context->satp,
                                     .sum = context->sum,
                                     .mxr = context->mxr,
                                     .adue = context->adue,
                                     .pbmte = context->pbmte,
                                     .sse = context->sse,
                                     .sbe = context->sbe};
    bool done = false;

    if (context->pmp != c->pmp && dut_parameters(c->dut)->pmp_entries &&
        !dut_wait_pmp(c->dut, context->pmp, PATIENCE))
        return false;
    c->pmp = context->pmp;
    dut_set_context(c->dut, &csrs);
    for (unsigned waited = 0; !done && waited < PATIENCE; waited++) {
        done = dut_fence(c->dut, &everything);
        dut_step(c->dut);
    }
    return done;
}

/* False: no answer. */
static bool ask(struct cover *c, const struct check_judgement *what, struct dut_response *response)
{
    enum dut_port port = what->request.access == MMU_FETCH ? DUT_FETCH : DUT_DATA;
    const struct dut_request request = {.va = what->request.va,
                                        .access = what->request.access,
                                        .size = what->request.size,
                                        .privilege = what->context.privilege,
                                        .speculative = what->deferred};
    bool accepted = false;

    for (unsigned waited = 0; waited < PATIENCE; waited++) {
        accepted = accepted || dut_submit(c->dut, port, &request);
        dut_step(c->dut);
        if (dut_poll(c->dut, port, response))
            return true;
    }
    return false;
}

/* What differs, or null. A and D of an access that faults may be set or not. */
static const char *difference(const struct check_judgement *what,
                              const struct dut_response *response, bool swapped)
{
    const struct mmu_answer *answer = &what->answer;

    if (what->deferred || answer->result == MMU_DROPPED) {
        if (swapped)
            return "A or D is written";
        return response->result == DUT_DEFER ? NULL : "not deferred";
    }
    if (answer->result != MMU_GRANTED) {
        if (response->result != DUT_FAULT)
            return "no fault";
        if (response->cause != answer->cause)
            return "the cause";
        return response->tval == answer->tval ? NULL : "tval";
    }
    if (response->result != DUT_GRANTED)
        return "not granted";
    if (response->pa != answer->pa)
        return "the physical address";
    if (response->page_shift > answer->page_shift ||
        (response->page_shift == 0) != (answer->page_shift == 0))
        return "the page size";
    if (response->memory_type != answer->memory_type)
        return "the memory type";
    return swapped == what->updated ? NULL : "A or D";
}

static void report(struct cover *c, const struct check_judgement *what, const char *why)
{
    const struct mmu_context *context = &what->context;

    if (c->disagreed++ >= SHOWN)
        return;
    printf("%s: access %d at 0x%" PRIx64 ", satp 0x%" PRIx64
           ", privilege %d, SUM=%d MXR=%d ADUE=%d SSE=%d%s\n",
           why, what->request.access, what->request.va, context->satp, context->privilege,
           context->sum, context->mxr, context->adue, context->sse,
           what->deferred ? ", speculative" : "");
    for (unsigned i = 0; i < what->answer.steps; i++)
        printf("  level %u: PTE 0x%" PRIx64 "\n", what->answer.step[i].level,
               what->answer.step[i].pte);
}

static bool run_case(void *user, const struct coverage_case *what)
{
    struct cover *c = user;
    struct dut_response response;
    const char *why = "no end";

    c->memory = what->memory;
    if (prepare(c, &what->judgement->context) && ask(c, what->judgement, &response))
        why = difference(what->judgement, &response, *what->swapped);
    if (why)
        report(c, what->judgement, why);
    else
        coverage_judged(c->coverage, what->judgement);
    progress_update(&c->progress, (double)++c->asked);
    return true;
}

/* ---- The command. */

static unsigned all_modes(const struct dut_parameters *p)
{
    unsigned modes = 1;

    for (unsigned levels = p->xlen == 32 ? 2 : 3; levels <= p->levels; levels++)
        modes |= 1u << levels;
    return modes;
}

static int run_cases(struct cover *c)
{
    const struct coverage_config config =
        cover_config(dut_parameters(c->dut), all_modes(dut_parameters(c->dut)));
    const struct dut_memory memory = {.user = c, .read = read_case, .compare_and_swap = swap_case};

    c->coverage = coverage_open(&config);
    if (!c->coverage) {
        fputs("rvmmu-tb cover: out of memory\n", stderr);
        return CMD_BAD_INPUT;
    }
    dut_set_memory(c->dut, &memory, NULL);
    struct coverage_count total = coverage_total(c->coverage);
    progress_start(&c->progress, "cover", "combinations", (double)total.possible);
    bool all = coverage_each_case(&config, run_case, c);
    progress_end(&c->progress);
    coverage_print(c->coverage, stdout);
    total = coverage_total(c->coverage);
    coverage_free(c->coverage);
    if (!all) {
        fputs("rvmmu-tb cover: out of memory\n", stderr);
        return CMD_BAD_INPUT;
    }
    printf("%s: %" PRIu64 " of %" PRIu64 " possible combinations asked, and answered as by the "
           "model\n",
           c->design.preset, total.seen, total.possible);
    return c->disagreed || total.seen != total.possible ? CMD_DISAGREE : CMD_AGREE;
}

static error_t parse_option(int key, char *text, struct argp_state *state)
{
    struct cover *c = state->input;

    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &c->design;
        return 0;
    case 'p':
        c->design.preset = text;
        return 0;
    case 'S':
        design_add_set(state, &c->design, text);
        return 0;
    case ARGP_KEY_ARG:
        option_bad(state, "'%s': this command takes options only", text);
    case ARGP_KEY_END:
        design_check(state, &c->design, "linux", false);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void parse(struct cover *c, int argc, char **argv)
{
    static const struct argp_option options[] = {
        {"preset", 'p', "P", 0, "Design: a name in sim/presets or a file (linux)", 0},
        {"set", 'S', "NAME=VALUE", 0, "Override a parameter of the preset; may be repeated", 0},
        {0},
    };
    static const struct argp_child children[] = {{&design_argp, 0, NULL, 0}, {0}};
    static const struct argp argp = {
        .options = options,
        .children = children,
        .parser = parse_option,
        .doc = "Asks the RTL once for every combination of mode, level, PTE, page size, privilege, "
               "SUM, MXR, kind of access and result that the model finds possible, each with "
               "nothing cached. Exit status: 0 all are answered as by the model, 1 one is not, "
               "2 bad input.",
    };

    option_parse(&argp, argc, argv, c);
}

int cmd_cover(int argc, char **argv)
{
    struct cover c = {0};
    char error[600];
    int status = CMD_BAD_INPUT;

    parse(&c, argc, argv);
    c.dut = design_open(&c.design, DUT_WAVE_NONE, error, sizeof error);
    if (c.dut)
        status = run_cases(&c);
    else
        fprintf(stderr, "rvmmu-tb cover: %s\n", error);
    design_close(&c.design, c.dut);
    design_free(&c.design);
    return status;
}

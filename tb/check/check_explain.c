// SPDX-License-Identifier: Apache-2.0
/* Violations in words. */
#include "check_internal.h"
#include "mmu_pte.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

__attribute__((format(printf, 2, 3))) static void say(struct check *check, const char *format, ...)
{
    size_t used = strlen(check->text);
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(check->text + used, sizeof check->text - used, format, arguments);
    va_end(arguments);
}

static const char *port_name(enum dut_port port)
{
    return port == DUT_FETCH ? "fetch" : "data";
}

const char *check_access_name(enum mmu_access access)
{
    static const char *const names[MMU_ACCESSES] = {
        [MMU_FETCH] = "fetch",       [MMU_LOAD] = "load",
        [MMU_STORE] = "store",       [MMU_AMO] = "amo",
        [MMU_SS_PUSH] = "sspush",    [MMU_SS_CHECK] = "sspopchk",
        [MMU_SS_SWAP] = "ssamoswap", [MMU_CBO_MANAGE] = "cbo management",
        [MMU_CBO_ZERO] = "cbo.zero", [MMU_PREFETCH] = "prefetch",
    };

    return names[access];
}

static char privilege_name(enum mmu_privilege privilege)
{
    return privilege == MMU_U ? 'U' : privilege == MMU_S ? 'S' : 'M';
}

static void say_mode(struct check *check, uint64_t satp)
{
    const struct mmu_config *model = &check->config.model;
    static const char *const names[] = {"Bare", "", "Sv32", "Sv39", "Sv48", "Sv57"};

    say(check, "satp 0x%" PRIx64 " (%s, ASID %u)", satp, names[mmu_satp_levels(model, satp)],
        mmu_satp_asid(model, satp));
}

/* What is not 0. */
static void say_set(struct check *check, const char *name, unsigned value)
{
    if (value)
        say(check, " %s=%u", name, value);
}

static void say_request(struct check *check, enum dut_port port, unsigned tag,
                        const struct check_pending *pending)
{
    const struct mmu_context *context = &pending->context;

    say(check, "  %s port, tag %u: %s%s of %u bytes at 0x%" PRIx64 ", %c-mode, SUM=%d MXR=%d",
        port_name(port), tag, pending->speculative ? "speculative " : "",
        check_access_name(pending->request.access), pending->request.size, pending->request.va,
        privilege_name(context->privilege), context->sum, context->mxr);
    say_set(check, "ADUE", context->adue);
    say_set(check, "PBMTE", context->pbmte);
    say_set(check, "SSE", context->sse);
    say_set(check, "SBE", context->sbe);
    say_set(check, "PMLEN", context->pmlen);
    say(check, ", ");
    say_mode(check, context->satp);
    say(check, ", accepted in cycle %" PRIu64 "\n", pending->accepted_cycle);
}

static void say_page(struct check *check, uint64_t pa, unsigned shift, enum mmu_memory_type type)
{
    static const char *const names[] = {[MMU_PMA] = "", [MMU_NC] = "NC ", [MMU_IO] = "IO "};

    say(check, "%s", type <= MMU_IO ? names[type] : "reserved type ");
    if (shift == 0)
        say(check, "0x%" PRIx64 ", no translation in force", pa);
    else if (shift < 20)
        say(check, "0x%" PRIx64 " in a page of %u KiB", pa, 1u << (shift - 10));
    else if (shift < 30)
        say(check, "0x%" PRIx64 " in a page of %u MiB", pa, 1u << (shift - 20));
    else
        say(check, "0x%" PRIx64 " in a page of %u GiB", pa, 1u << (shift - 30));
}

static void say_response(struct check *check, const struct dut_response *response)
{
    say(check, "  answered: ");
    if (response->result == DUT_DEFER)
        say(check, "defer\n");
    else if (response->result == DUT_FAULT)
        say(check, "fault, cause %u, tval 0x%" PRIx64 "\n", response->cause, response->tval);
    else {
        say_page(check, response->pa, response->page_shift, response->memory_type);
        say(check, "\n");
    }
}

static void say_pte_bits(struct check *check, uint64_t pte)
{
    static const char letters[] = "DAGUXWRV";
    char bits[sizeof letters] = "--------";

    for (unsigned i = 0; i < 8; i++)
        if (pte >> i & 1)
            bits[7 - i] = letters[7 - i];
    say(check, "%s", bits);
}

static void say_outcome(struct check *check, const struct check_outcome *outcome)
{
    const struct mmu_answer *answer = &outcome->answer;

    say(check, "    ");
    if (outcome->defer)
        say(check, "defer");
    else if (answer->result == MMU_GRANTED)
        say_page(check, answer->pa, answer->page_shift, answer->memory_type);
    else if (answer->result == MMU_DROPPED)
        say(check, "defer: the prefetch is dropped");
    else
        say(check, "%s, cause %u, tval 0x%" PRIx64,
            answer->result == MMU_PAGE_FAULT ? "page fault" : "access fault", answer->cause,
            answer->tval);
    if (answer->steps > 0) {
        say(check, ", from ");
        say_mode(check, outcome->satp);
    }
    say(check, "\n");
    for (unsigned i = 0; i < answer->steps; i++) {
        const struct mmu_step *step = &answer->step[i];
        say(check, "      level %u: [0x%" PRIx64 "] = 0x%" PRIx64 " ", step->level, step->pte_pa,
            step->pte);
        say_pte_bits(check, step->pte);
        say(check, ", readable since cycle %" PRIu64 "\n", outcome->since[i]);
    }
}

void check_say_answer(struct check *check, enum check_verdict verdict, enum dut_port port,
                      const struct check_pending *pending, const struct dut_response *response,
                      const struct check_outcome *outcomes, size_t count)
{
    check->text[0] = 0;
    say(check, "cycle %" PRIu64 ": %s\n", check_cycle(check->last), check_verdict_name(verdict));
    say_request(check, port, response->tag, pending);
    say_response(check, response);
    say(check, count == 1 ? "  legal was only:\n" : "  legal was, by what no fence has ordered:\n");
    for (size_t i = 0; i < count; i++)
        say_outcome(check, &outcomes[i]);
}

void check_say_tag(struct check *check, enum check_verdict verdict, enum dut_port port,
                   unsigned tag, uint64_t cycle)
{
    const struct check_pending *pending = &check->pending[port][tag % CHECK_TAGS];

    check->text[0] = 0;
    say(check, "cycle %" PRIu64 ": %s\n", cycle, check_verdict_name(verdict));
    if (pending->state == CHECK_FREE || tag >= CHECK_TAGS)
        say(check, "  %s port, tag %u: nothing was ever asked under it\n", port_name(port), tag);
    else
        say_request(check, port, tag, pending);
    if (verdict == CHECK_TWICE || verdict == CHECK_KILLED)
        say(check, "  %s in cycle %" PRIu64 "\n", verdict == CHECK_TWICE ? "answered" : "killed",
            pending->ended_cycle);
}

void check_say_refusal(struct check *check, enum dut_port port, uint64_t cycle)
{
    check->text[0] = 0;
    say(check, "cycle %" PRIu64 ": %s\n  %s port, asked since cycle %" PRIu64 "\n", cycle,
        check_verdict_name(CHECK_REFUSED), port_name(port), check->refused_since[port]);
}

void check_say_fence(struct check *check, uint64_t cycle)
{
    const struct check_fence *fence = &check->fences[check->fence_count - 1];

    static const char *const names[] = {[DUT_SFENCE_VMA] = "sfence.vma",
                                        [DUT_SINVAL_VMA] = "sinval.vma",
                                        [DUT_SFENCE_W_INVAL] = "sfence.w.inval",
                                        [DUT_SFENCE_INVAL_IR] = "sfence.inval.ir"};

    check->text[0] = 0;
    say(check, "cycle %" PRIu64 ": %s\n  %s ", cycle, check_verdict_name(CHECK_FENCE_STUCK),
        names[fence->what.op]);
    if (fence->what.use_va)
        say(check, "0x%" PRIx64, fence->what.va);
    else
        say(check, "x0");
    if (fence->what.use_asid)
        say(check, ", ASID %u", fence->what.asid);
    else
        say(check, ", x0");
    say(check, ", presented in cycle %" PRIu64 "\n", check_cycle(fence->cut));
}

void check_say_update(struct check *check, const struct check_swap *swap)
{
    struct check_access store = {MMU_S, MMU_STORE, swap->pa, check->pte_bytes};

    check->text[0] = 0;
    say(check, "cycle %" PRIu64 ": %s\n", check_cycle(check->last),
        check_verdict_name(CHECK_WRONG_UPDATE));
    say(check,
        "  swap at 0x%" PRIx64 ": expected 0x%" PRIx64 ", desired 0x%" PRIx64 ", found 0x%" PRIx64
        "\n",
        swap->pa, swap->expected, swap->desired, swap->found);
    if (!check_allows(check, &store, CHECK_NEVER)) {
        say(check, "  PMP or the width denies the store\n");
        return;
    }
    say(check, "  no request asks for it; outstanding are:\n");
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (uint64_t left = check->live[port]; left; left &= left - 1) {
            unsigned tag = __builtin_ctzll(left);
            say_request(check, port, tag, &check->pending[port][tag]);
        }
}

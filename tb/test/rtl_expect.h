// SPDX-License-Identifier: Apache-2.0
/* What an answer of the design must be, in directed tests; a failure is reported where the test
 * stands. */
#ifndef RTL_EXPECT_H
#define RTL_EXPECT_H

#include "rtl_bench.h"

static inline bool is_shadow_stack(enum mmu_access access)
{
    return access >= MMU_SS_PUSH && access <= MMU_SS_SWAP;
}

/* mcause codes for a kind of access. */
static inline unsigned page_fault_of(enum mmu_access access)
{
    return access == MMU_FETCH ? 12 : access == MMU_LOAD ? 13 : 15;
}

static inline unsigned access_fault_of(enum mmu_access access)
{
    return access == MMU_FETCH ? 1 : access == MMU_LOAD ? 5 : 7;
}

#define expect_pa(b, access, va, pa, shift)                                                        \
    bench_pa_is(b, bench_ask(b, access, va), pa, shift, __FILE__, __LINE__)
#define expect_fault(b, access, va, cause)                                                         \
    bench_fault_is(b, bench_ask(b, access, va), cause, va, __FILE__, __LINE__)
#define answer_pa(b, port, tag, pa, shift)                                                         \
    bench_pa_is(b, bench_wait(b, port, tag), pa, shift, __FILE__, __LINE__)
#define answer_fault(b, port, tag, cause, va)                                                      \
    bench_fault_is(b, bench_wait(b, port, tag), cause, va, __FILE__, __LINE__)
#define expect_page_fault(b, access, va)   expect_fault(b, access, va, page_fault_of(access))
#define expect_access_fault(b, access, va) expect_fault(b, access, va, access_fault_of(access))
#define expect_defer(b, access, va)                                                                \
    check_equal(b, bench_ask(b, access, va)->response.result, DUT_DEFER)

static inline void bench_say(const struct bench *b, const struct bench_answer *a)
{
    static const char *const results[] = {"granted", "a fault", "deferred"};

    print_error("preset %s: the answer is %s, cause %u, tval 0x%" PRIx64 ", pa 0x%" PRIx64
                ", page shift %u, memory type %u\n",
                b->preset, results[a->response.result], a->response.cause, a->response.tval,
                a->response.pa, a->response.page_shift, a->response.memory_type);
}

static inline void bench_pa_is(const struct bench *b, const struct bench_answer *a, uint64_t pa,
                               unsigned shift, const char *file, int line)
{
    bool good = a->response.result == DUT_GRANTED && a->response.pa == pa &&
                a->response.page_shift == shift && a->response.memory_type == b->type;

    if (!good) {
        bench_say(b, a);
        print_error("should be granted, pa 0x%" PRIx64 ", page shift %u, memory type %u\n", pa,
                    shift, b->type);
    }
    _assert_true(good, "right answer", file, line);
}

static inline void bench_fault_is(const struct bench *b, const struct bench_answer *a,
                                  unsigned cause, uint64_t tval, const char *file, int line)
{
    bool good =
        a->response.result == DUT_FAULT && a->response.cause == cause && a->response.tval == tval;

    if (!good) {
        bench_say(b, a);
        print_error("should be a fault, cause %u, tval 0x%" PRIx64 "\n", cause, tval);
    }
    _assert_true(good, "right answer", file, line);
}

#endif

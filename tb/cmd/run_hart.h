// SPDX-License-Identifier: Apache-2.0
/* The hart's side of a run: accesses and fences put to the design, each answer judged by the
 * reference model on the same memory. */
#ifndef RUN_HART_H
#define RUN_HART_H

#include "dut.h"
#include "mmu_model.h"

/* An access in flight, its answer and its verdict. */
struct hart_access {
    bool wanted; /* this port has an access */
    bool accepted, answered;
    struct dut_request request;
    struct dut_response response;
    struct mmu_answer expected;
};

struct hart {
    struct dut *dut;
    struct mmu_config config;
    struct mmu_context context; /* of the process that runs */
    struct mmu_memory memory;
    struct mmu_memory settled; /* the same as the model sees it */
    bool unset;                /* the model found A or D still to be set */
    struct hart_access access[DUT_PORTS];
    unsigned tag_mask[DUT_PORTS], tag[DUT_PORTS];
    uint64_t patience; /* cycles after which an answer, or a fence, is overdue */
    bool wave;
    uint64_t wave_from, wave_to;
    uint64_t answers, agreed;
    bool wrong; /* a disagreement; `message` says which */
    char message[500];
};

/* Prepares a hart whose design has just been reset. `memory` serves design and model. */
void hart_start(struct hart *hart, struct dut *dut, const struct mmu_memory *memory,
                unsigned latency, uint64_t seed);

/* Switches the address space; in force for accesses made from now on. */
void hart_set_satp(struct hart *hart, uint64_t satp);

/* Names an access for hart_exchange, in user mode. `va` may have any alignment; the design is shown
 * the largest naturally aligned part at its start, as one page holds the whole. */
void hart_ask(struct hart *hart, enum dut_port port, uint64_t va, unsigned size,
              enum mmu_access kind);

/* Makes the accesses asked for, in the same cycle, and returns in the cycle of the last answer,
 * in which the next ones may be asked. Each answer is judged. False: a disagreement. */
bool hart_exchange(struct hart *hart);

/* Executes sfence.vma. Has the signature of vm_fence_fn; `user` is the hart. An overdue fence is a
 * disagreement that the next exchange reports. */
void hart_fence(void *user, bool use_va, uint64_t va, bool use_asid, unsigned asid);

/* Lets cycles go by, for the waveform's sake. */
void hart_idle(struct hart *hart, unsigned cycles);

/* An access kind and a result as words. */
const char *hart_kind_name(enum mmu_access kind);

#endif

// SPDX-License-Identifier: Apache-2.0
/* What answers vectors: the reference model, or the RTL. */
#ifndef VECTORS_ENGINE_H
#define VECTORS_ENGINE_H

#include "design.h"
#include "mmu_model.h"
#include "vector_file.h"

/* What an access may need and a build may lack. */
enum vectors_feature {
    VECTORS_NOTHING, /* the build has all that is needed */
    VECTORS_HYPERVISOR,
    VECTORS_XLEN32,
    VECTORS_XLEN64,
    VECTORS_SV39,
    VECTORS_SV48,
    VECTORS_SV57,
    VECTORS_PMP,
    VECTORS_SVADU,
    VECTORS_SVNAPOT,
    VECTORS_SVRSW60T59B,
    VECTORS_SVPBMT,
    VECTORS_FEATURES
};

/* The name of a feature as it is printed: "pmp". */
const char *vectors_feature_name(enum vectors_feature feature);

/* What a build can do. */
struct vectors_build {
    unsigned xlen, levels, pa_bits;
    unsigned pmp_entries; /* 0: no PMP */
    unsigned pmp_grain;   /* G: the finest grain has 2^(G+2) bytes */
    bool svadu, svnapot, svrsw60t59b, svpbmt;
};

/*
 * What the scenario uses and the build lacks, the first in the order of the enumeration. A feature
 * that the scenario's head switches off is not used: there its bits must fault, on any build.
 * Svnapot, Svrsw60t59b and Svpbmt are used only if a word of memory sets their bits. Of PMP, what
 * is used are the entries that have a line, the grain, and addresses that the build can hold.
 */
enum vectors_feature vectors_scenario_lacks(const struct vectors_build *build,
                                            const struct vector_scenario *scenario);

/* The same for an access of a scenario that by itself can be run: two stages, or nothing. */
enum vectors_feature vectors_access_lacks(const struct vector_access *access);

enum vectors_outcome { VECTORS_ANSWERED, VECTORS_SILENT, VECTORS_DEFERRED };

struct vectors_answer {
    enum vectors_outcome outcome;
    struct vector_result result; /* when answered */
};

/* The PMP CSRs of a scenario. */
struct mmu_pmp vectors_pmp(const struct vector_scenario *scenario);

/* Memory of accesses: the scenario's image under the words that they have changed. */
struct vectors_memory {
    const struct vector_scenario *scenario;
    int nupd;
    struct vector_word upd[VECTOR_MAX_UPDATES];
};

void vectors_memory_begin(struct vectors_memory *memory, const struct vector_scenario *scenario);
/* The callbacks of mmu_memory and dut_memory; `user` is a vectors_memory. */
bool vectors_memory_read(void *user, uint64_t pa, unsigned bytes, uint64_t *value);
bool vectors_memory_swap(void *user, uint64_t pa, unsigned bytes, uint64_t expected,
                         uint64_t desired, uint64_t *found);
/* Puts the words that differ from the image into the result, in the order of their first change. */
void vectors_memory_updates(const struct vectors_memory *memory, struct vector_result *result);

/* The request that an access (without two stages) makes. */
struct mmu_request vectors_request(const struct vector_access *access);

/* What answers: a build for each xlen, and its answers. */
struct vectors_engine {
    void *user;
    /* The build that answers for an xlen (perhaps of another xlen). Null if there is none: one
     * line, without newline, in `error`. */
    const struct vectors_build *(*build)(void *user, unsigned xlen, char *error, size_t size);
    /* Takes up a scenario, of which the build for its xlen lacks nothing. Null: nothing to do. */
    void (*begin)(void *user, const struct vector_scenario *scenario);
    /* Answers accesses of the scenario that was begun, made in this order without a fence, from its
     * image of memory and with nothing cached before the first. */
    void (*answer)(void *user, const struct vector_scenario *scenario,
                   const struct vector_access *const *accesses, int count,
                   struct vectors_answer *answers);
    bool caches; /* so that an access may leave something behind for the next */
};

/* The model's build for an xlen: everything it can do. */
struct vectors_build vectors_model_build(unsigned xlen);

/* The model's answer, in a machine with physical addresses of `pa_bits`. */
void vectors_model_answer(unsigned pa_bits, const struct vector_scenario *scenario,
                          const struct vector_access *access, struct vectors_answer *answer);

/* The model as an engine. `builds` (xlen 32, xlen 64) is filled, and must live as long as it. */
struct vectors_engine vectors_model_engine(struct vectors_build builds[2]);

struct vectors_rtl;

/*
 * The RTL: `chosen` for everything, or, if its preset is null, `every32` and `every64` with its
 * --set, each opened when first needed, with a fixed memory latency in cycles. `chosen` must live
 * as long as it. Null: out of memory. The caller frees it.
 */
struct vectors_rtl *vectors_rtl_new(struct design *chosen, unsigned memory_latency);
void vectors_rtl_free(struct vectors_rtl *rtl);

/* The RTL as an engine. Of what a build has, straps take away what a scenario's head leaves out. A
 * full fence precedes the first access; the others follow as fast as they are accepted. */
struct vectors_engine vectors_rtl_engine(struct vectors_rtl *rtl);

/*
 * Compares an answer with the expected one. Null if it is allowed, else a few words that say what
 * differs. Allowed beside equality is what the specification leaves open: a smaller page size; on a
 * fault, missing A and D updates. In a build with narrower physical addresses than the vectors',
 * an access or a table beyond the width is an access fault.
 */
const char *vectors_difference(const struct vectors_build *build,
                               const struct vector_scenario *scenario,
                               const struct vector_access *access,
                               const struct vectors_answer *answer);

#endif

// SPDX-License-Identifier: Apache-2.0
/*
 * The scoreboard: judges every answer of the design under test by what the architecture allows.
 *
 * The caller tells it, in the order in which they happen, the events at the design's ports and
 * every store to a word that a page-table walk may read. For each answer it then asks whether some
 * walk explains it. A walk is a chain of PTE reads t0 <= t1 <= ... at moments when the words held
 * the values used; each pointer may be used, and each leaf may answer, for as long as no fence
 * that covers it has come between ("Supervisor Memory-Management Fence Instruction"; the notes on
 * address-translation caches in "Virtual Address Translation Process"):
 *
 *   fence             covers
 *   no rs1, no rs2    everything
 *   rs2 (ASID)        pointers and leaves of the ASID that are not global
 *   rs1 (address)     leaves that map the address; no pointer
 *   rs1 and rs2       leaves of the ASID that map the address and are not global; no pointer
 *
 * SINVAL.VMA counts as SFENCE.VMA, as the design runs it; the two ordering instructions of Svinval
 * cover nothing. A leaf of Svnapot maps 64 KiB: each of its sixteen PTEs may answer for all of
 * them.
 *
 * A write of satp covers nothing: what was read under an earlier root or mode of the same ASID, and
 * global mappings of every ASID, stay usable. So it is with what decides how PTEs are read and
 * whether: an answer may be explained by the PMP CSRs ("Physical Memory Protection and Paging"),
 * menvcfg.PBMTE and mstatus.SBE of the request, or by any that were in force since the last fence
 * of everything; but a PTE that was gone before they came into force was never read by them. SUM,
 * MXR, SSE and pointer masking count at once: they are the request's own.
 *
 * What denies is judged more strictly, by the design's own rule that faults are born in walks: the
 * PTE that caused it must have been in memory (the read or the swap must have erred) between the
 * request's acceptance and its answer, and denies by the request's own CSRs and the PMP in force.
 * The pointers above it, and the leaf that leads to an address that PMP or the width denies, may be
 * old.
 *
 * A fence takes away, from the requests accepted in cycles after the one in which it completes,
 * what was read before it was first presented.
 *
 * A and D are written for a request that asked for it: see check_note_update. Where PMP denies the
 * final address, they may be written first or not; a speculative request whose update or final
 * address PMP denies may be deferred or fault.
 *
 * `cycle` arguments never decrease. Not thread-safe; one scoreboard for one design.
 */
#ifndef CHECK_H
#define CHECK_H

#include "dut.h"
#include "mmu_model.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct check;

struct check_config {
    struct mmu_config model;
    unsigned asid_bits;    /* ASID bits that the design implements, 0..16 */
    unsigned tag_bits;     /* 1..6 */
    uint64_t answer_bound; /* most cycles from acceptance to answer, and from the first time that
                              a request is asked to its acceptance; 0 = not checked */
    uint64_t fence_bound;  /* most cycles that a fence may take; 0 = not checked */
    /* Memory as it is now, for PTEs: bytes is 4 (xlen 32) or 8. False where every read errs. Only
     * `user` and `read` are used. Reads that err once are told by check_note_error. */
    struct mmu_memory memory;
};

/* What an answer was found to be. */
enum check_verdict {
    CHECK_OK,
    CHECK_WRONG_ADDRESS, /* granted, with an address that no legal translation gives */
    CHECK_WRONG_GRANT,   /* granted, where every legal outcome is a fault */
    CHECK_WRONG_SIZE,    /* granted, for a page larger than the mapping's, or of no legal size */
    CHECK_WRONG_FAULT,   /* a fault, or a cause, that no legal outcome has */
    CHECK_WRONG_TYPE,    /* granted, with another memory type than the mapping's */
    CHECK_WRONG_TVAL,    /* the right fault with another address */
    CHECK_WRONG_DEFER,   /* deferred, though nothing in memory would have to be written, or the
                            request is not speculative; or a prefetch dropped that may be performed */
    CHECK_WRONG_UPDATE,  /* a swap that no request asks for, or that PMP denies */
    CHECK_NEVER_ASKED,   /* nothing was accepted under this tag */
    CHECK_TWICE,         /* already answered */
    CHECK_KILLED,        /* answered after its kill */
    CHECK_UNANSWERED,    /* not answered in the time allowed, or at the end */
    CHECK_REFUSED,       /* a request was not accepted in the time allowed */
    CHECK_FENCE_STUCK,   /* a fence did not complete in the time allowed */
    CHECK_PORT_UNSTABLE, /* the design changed a memory request that waited: told by the caller */
    CHECK_WRONG_EVENTS,  /* events that do not fit what the ports have shown: told by the caller */
    CHECK_NO_MEMORY,     /* the scoreboard itself ran out of memory: nothing is judged any more */
    CHECK_TAG_IN_USE,    /* accepted under a tag that is still unanswered: the caller's mistake */
    CHECK_VERDICTS
};

/* A few words for people, such as "wrong address"; static. */
const char *check_verdict_name(enum check_verdict verdict);

/* "load", "cbo.zero", ...; static. */
const char *check_access_name(enum mmu_access access);

/* One legal outcome of a request, with the walk that explains it. */
struct check_outcome {
    struct mmu_answer answer;
    bool defer; /* legal answer: DUT_DEFER (the walk would have to write A or D; for a prefetch,
                   answer.result is MMU_DROPPED instead) */
    uint64_t expected, desired;     /* of that write */
    uint64_t satp;                  /* the root that the walk began at */
    uint64_t since[MMU_MAX_LEVELS]; /* for each step: the first cycle at which it could be read */
};

/* What the caller may want to know about an answer that was judged. */
struct check_judgement {
    enum check_verdict verdict;
    bool stale;                 /* explained only by values that are no longer in memory, or by a
                                   root or CSRs that are not the request's */
    bool deferred;              /* speculative, and the walk would have to write A or D */
    bool updated;               /* a swap was stored for it ... */
    uint64_t before;            /* ... to a PTE that had this value */
    unsigned outcomes;          /* how many outcomes were legal; 0 = was not counted */
    struct mmu_context context; /* of the request */
    struct mmu_request request;
    struct mmu_answer answer; /* the model's answer that explains it, when the verdict is OK */
    uint64_t accepted;        /* cycle */
};

/* Returns null when memory is exhausted. `config` is copied. Free with check_free. */
struct check *check_new(const struct check_config *config);
void check_free(struct check *check);

/* The CSRs as the design sees them from this cycle on. What the design does not have is 0. */
void check_note_context(struct check *check, const struct dut_context *context, uint64_t cycle);

/* A word that a walk may read is about to get a new value: call before memory changes. `bytes` is
 * the PTE's size (4 or 8), `pa` aligned to it. */
void check_note_store(struct check *check, uint64_t pa, unsigned bytes, uint64_t value,
                      uint64_t cycle);

/* The design read or swapped this PTE now, and that erred although memory is there. */
void check_note_error(struct check *check, uint64_t pa, uint64_t cycle);

/* The PMP CSRs from this cycle on; copied. Before the first call all are 0. The design has no
 * request outstanding and no walk on its way. */
void check_note_pmp(struct check *check, const struct mmu_pmp *pmp, uint64_t cycle);

/*
 * The design's compare-and-swap is answered now, with the value found; all three values as the
 * memory port shows them. Judges it: legal only if
 * - a request that is outstanding; or was killed and whose walk may go on (until a fence of
 *   everything completes, PMP changes, or answer_bound cycles have passed since the kill); or was
 *   answered while a fence waits, which may cut a walk short but not its swap,
 * - with ADUE, not speculative and no prefetch,
 * - has a walk whose leaf is this word, which held `expected` when it was read in its life, which
 *   permits the access, and nothing of which a fence that has completed took away,
 * - `desired` is `expected` with A, and with D if and only if the access stores,
 * - and PMP lets S-mode store a PTE there.
 * Call it for each swap, stored, lost or erred. In order: check_note_store if it is stored
 * (found = expected and no error), or check_note_error if it errs; then this; then memory changes.
 */
enum check_verdict check_note_update(struct check *check, uint64_t pa, unsigned bytes,
                                     uint64_t expected, uint64_t desired, uint64_t found,
                                     uint64_t cycle);

/* A fence is presented for the first time; it completed. One at a time. */
void check_note_fence(struct check *check, const struct dut_fence *fence, uint64_t cycle);
void check_note_fence_done(struct check *check, uint64_t cycle);

/* The design accepted a request under this context (which becomes the context in force). */
enum check_verdict check_note_accept(struct check *check, enum dut_port port,
                                     const struct dut_request *request,
                                     const struct dut_context *context, uint64_t cycle);

/* The port did not accept the request that is asked in this cycle. */
void check_note_refusal(struct check *check, enum dut_port port, uint64_t cycle);

/* The requests of the port whose tag is in the mask are killed, in this cycle. */
void check_note_kill(struct check *check, enum dut_port port, uint64_t tags, uint64_t cycle);

/* Judges an answer. After a verdict other than CHECK_OK, check_explain says why. */
enum check_verdict check_note_answer(struct check *check, enum dut_port port,
                                     const struct dut_response *response, uint64_t cycle,
                                     struct check_judgement *judgement);

/* Whether a request or a fence has waited too long. Costs little; every hundred cycles will do. */
enum check_verdict check_overdue(struct check *check, uint64_t cycle);

/* At the end, when everything should have been answered. */
enum check_verdict check_end(struct check *check, uint64_t cycle);

/* The last violation, in several lines: the access, the answer, and every legal outcome with the
 * PTEs that explain it. Valid until the next call. Empty if there was none. */
const char *check_explain(const struct check *check);

/* Tags of the port that are outstanding, as a mask. */
uint64_t check_outstanding(const struct check *check, enum dut_port port);

/* All legal outcomes of an outstanding request if it were answered now, at most `max`. Returns how
 * many there are; 0 if the tag is not outstanding. */
size_t check_outcomes(struct check *check, enum dut_port port, unsigned tag, uint64_t cycle,
                      struct check_outcome *outcomes, size_t max);

/* Count the outcomes of one in `n` answers, for statistics; 0 = of none (the default). */
void check_count_outcomes(struct check *check, unsigned n);

#endif

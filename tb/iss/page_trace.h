// SPDX-License-Identifier: Apache-2.0
/*
 * A page trace: what an MMU saw of a guest, as far as it changed, so that the guest's changes of
 * pages can be done again without the guest.
 *
 * It has an access where one of the four kinds of accesses goes to another page than the last of
 * its kind, or something came between (a fence, another context, a fault); each change of the
 * context and of PMP that an access saw; each fence; and each word of a page table, with its value,
 * before the first walk that reads it and after each change, in order with the fences.
 *
 * The file is the eight bytes of PAGE_TRACE_MAGIC, a header and events; compressed or not, as its
 * name ends. Numbers are little-endian groups of seven bits, the top bit set in all but the last;
 * signed ones are zigzag-coded. Pages and words are differences to the one before of their kind.
 *
 *   0x80 + 4 * kind + privilege   access: page (signed)
 *   1   context: satp, flags (SUM, MXR, ADUE, PBMTE from bit 0)
 *   2   PMP: entries, then cfg and addr of each
 *   3   fence: flags (use_va, use_asid), page (signed) if use_va, ASID if use_asid
 *   4   word: address / 8 (signed), value
 *   5   end: accesses, faults among them
 */
#ifndef PAGE_TRACE_H
#define PAGE_TRACE_H

#include "iss_mmu.h"

#include <stddef.h>

#define PAGE_TRACE_MAGIC "RVMMUPT1"
#define PAGE_TRACE_PMP   16

/* What a machine must have to replay the trace. */
struct page_trace_needs {
    uint64_t memory; /* bytes */
    unsigned levels, asid_bits, pmp_entries;
    bool svadu;
};

enum page_event_kind { PAGE_ACCESS, PAGE_CONTEXT, PAGE_PMP, PAGE_FENCE, PAGE_WORD, PAGE_END };

/* Of the fields those that belong to the kind. */
struct page_event {
    enum page_event_kind kind;
    struct iss_request access; /* at the beginning of the page */
    struct dut_context context;
    struct mmu_pmp pmp;
    struct dut_fence fence; /* its address is that of a page */
    uint64_t pa, word;
    uint64_t accesses, faults;
};

struct page_writer;

/* Begins a file. Null on failure, with one line in `error`. */
struct page_writer *page_writer_open(const char *path, const struct page_trace_needs *needs,
                                     char *error, size_t error_size);
void page_writer_put(struct page_writer *writer, const struct page_event *event);

/* Completes the file under its name; false, with one line in `error`, if something was not written:
 * then nothing is left on disk. */
bool page_writer_close(struct page_writer *writer, char *error, size_t error_size);
void page_writer_abandon(struct page_writer *writer);

struct page_reader;

/* Opens a file. Null on failure, with one line in `error`. */
struct page_reader *page_reader_open(const char *path, struct page_trace_needs *needs, char *error,
                                     size_t error_size);

/* The next event. False with one line in `error` if there is none, or what is there is none: the
 * end of a whole file is an event. */
bool page_reader_next(struct page_reader *reader, struct page_event *event, char *error,
                      size_t error_size);

/* How much of the file has been read, 0..1; -1 if that is not known. */
double page_reader_progress(const struct page_reader *reader);
void page_reader_close(struct page_reader *reader);

#endif

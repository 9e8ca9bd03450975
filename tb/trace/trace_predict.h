// SPDX-License-Identifier: Apache-2.0
/*
 * The predictor that the compact format's encoder and decoder share. Both feed it every record, so
 * that both hold the same state, and the file says only where the program departed from it.
 * docs/trace-format.md describes it; a change here is a new version of the format.
 */
#ifndef TRACE_PREDICT_H
#define TRACE_PREDICT_H

#include "trace.h"

enum {
    PREDICT_INDEX_BITS = 16,
    PREDICT_ENTRIES = 1 << PREDICT_INDEX_BITS,
    PREDICT_ORDINAL_MAX = 7,
    PREDICT_PATH_SHIFT = 10,
    PREDICT_PATH_BITS = 40,
    PREDICT_GUESSES = 3 /* addresses guessed for each record */
};

/* What happened last time at this place: the same fetch, the same number of data records since. */
struct predict_place {
    uint64_t successor; /* address of the fetch that came next */
    uint64_t address;   /* of the data reference that came next */
    uint64_t stride;    /* and its distance from the one before it */
    unsigned op;        /* kind and size of what came next */
};

/* The same, where also the last four jumps were the same. */
struct predict_path {
    uint64_t successor;
    uint64_t step; /* distance of the data reference from the data reference before it */
};

struct predictor {
    uint64_t fetch, fetch_size, data; /* the last fetch and the last data reference */
    unsigned ordinal;                 /* data records since that fetch, at most 7 */
    uint64_t path;                    /* the last four jumps' targets, hashed */
    struct predict_place *place;      /* where the next record is looked up */
    struct predict_path *route;
    struct predict_place places[PREDICT_ENTRIES];
    struct predict_path paths[PREDICT_ENTRIES];
};

/* A record's kind in bits 1:0, its size above. */
static inline unsigned predict_op(enum trace_kind kind, unsigned size)
{
    return (unsigned)kind | size << 2;
}

static inline uint64_t predict_mix(uint64_t x)
{
    return x * UINT64_C(0x9E3779B97F4A7C15) >> (64 - PREDICT_INDEX_BITS);
}

/* Finds the entries of the next record. */
static inline void predict_locate(struct predictor *p)
{
    uint64_t where = p->fetch * 8 + p->ordinal;
    p->place = &p->places[predict_mix(where)];
    p->route = &p->paths[predict_mix(where ^ p->path * UINT64_C(0xC2B2AE3D27D4EB4F))];
}

/* The three guesses of a fetch's address; the last is the base of an explicit one. */
static inline void predict_fetch(const struct predictor *p, uint64_t guess[PREDICT_GUESSES])
{
    guess[0] = p->route->successor;
    guess[1] = p->place->successor;
    guess[2] = p->fetch + p->fetch_size;
}

/* The same for a data reference. */
static inline void predict_data(const struct predictor *p, uint64_t guess[PREDICT_GUESSES])
{
    guess[0] = p->place->address + p->place->stride;
    guess[1] = p->data + p->route->step;
    guess[2] = p->place->address;
}

static inline void predict_learn_fetch(struct predictor *p, uint64_t va, unsigned size)
{
    p->place->successor = va;
    p->route->successor = va;
    if (va != p->fetch + p->fetch_size)
        p->path = (p->path << PREDICT_PATH_SHIFT ^ predict_mix(va)) &
                  ((UINT64_C(1) << PREDICT_PATH_BITS) - 1);
    p->fetch = va;
    p->fetch_size = size;
    p->ordinal = 0;
}

static inline void predict_learn_data(struct predictor *p, uint64_t va)
{
    p->place->stride = va - p->place->address;
    p->place->address = va;
    p->route->step = va - p->data;
    p->data = va;
    if (p->ordinal < PREDICT_ORDINAL_MAX)
        p->ordinal++;
}

/* The record was this one: learns it and finds the entries of the next. */
static inline void predict_learn(struct predictor *p, uint64_t va, unsigned op)
{
    p->place->op = op;
    if ((op & 3) == TRACE_FETCH)
        predict_learn_fetch(p, va, op >> 2);
    else
        predict_learn_data(p, va);
    predict_locate(p);
}

#endif

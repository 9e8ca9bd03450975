// SPDX-License-Identifier: Apache-2.0
/* FIFO: the page that came in first goes first, however much it is used. It has Belady's anomaly:
 * more frames may mean more faults. */
#include "frame_list.h"
#include "policy.h"

/* The oldest page at the head. */
struct fifo {
    struct frame_list queue;
};

static void fifo_destroy(void *state)
{
    struct fifo *fifo = state;

    frame_list_destroy(&fifo->queue);
    free(fifo);
}

static void *fifo_create(const struct policy_setup *setup)
{
    struct fifo *fifo = malloc(sizeof *fifo);

    if (fifo && !frame_list_create(&fifo->queue, setup->frames)) {
        free(fifo);
        return NULL;
    }
    return fifo;
}

static void fifo_loaded(void *state, unsigned frame)
{
    struct fifo *fifo = state;

    frame_list_append(&fifo->queue, frame);
}

static void fifo_freed(void *state, unsigned frame)
{
    struct fifo *fifo = state;

    frame_list_remove(&fifo->queue, frame);
}

static unsigned fifo_victim(void *state)
{
    struct fifo *fifo = state;

    return frame_list_head(&fifo->queue);
}

const struct policy policy_fifo = {
    .name = "fifo",
    .does = "first in, first out",
    .create = fifo_create,
    .destroy = fifo_destroy,
    .loaded = fifo_loaded,
    .freed = fifo_freed,
    .victim = fifo_victim,
};

// SPDX-License-Identifier: Apache-2.0
/*
 * WSClock (Carr and Hennessy 1981): a clock over working sets. Each frame notes the virtual time
 * of its process at which its page was last seen used. The hand spares a page with A set (and
 * notes the time), spares one used within the window, takes a clean page older than the window, and
 * has a dirty one written back, to be taken when the hand comes by again. If a whole round finds
 * nothing older than the window, the page longest unused goes, a clean one rather than a dirty one.
 *
 * The timer notes and clears A bits between faults, so that the times don't depend on how often the
 * hand comes by.
 */
#include "policy.h"

#include <stdlib.h>

/* The window in ticks. */
#define WINDOW_TICKS 4

/* Most pages written back in one search for a victim. */
#define MOST_WRITES 8

struct wsclock {
    struct policy_view view;
    unsigned frames, hand;
    uint64_t window; /* in accesses of the page's own process */
    bool *resident;
    uint64_t *last_use;
};

static void wsclock_destroy(void *state)
{
    struct wsclock *ws = state;

    free(ws->resident);
    free(ws->last_use);
    free(ws);
}

static void *wsclock_create(const struct policy_setup *setup)
{
    struct wsclock *ws = malloc(sizeof *ws);

    if (!ws)
        return NULL;
    *ws = (struct wsclock){
        .view = setup->view,
        .frames = setup->frames,
        .window = WINDOW_TICKS * setup->interval,
        .resident = calloc(setup->frames, sizeof *ws->resident),
        .last_use = calloc(setup->frames, sizeof *ws->last_use),
    };
    if (!ws->resident || !ws->last_use) {
        wsclock_destroy(ws);
        return NULL;
    }
    return ws;
}

static void wsclock_loaded(void *state, unsigned frame)
{
    struct wsclock *ws = state;

    ws->resident[frame] = true;
    ws->last_use[frame] = ws->view.virtual_time(ws->view.user, frame);
}

static void wsclock_freed(void *state, unsigned frame)
{
    ((struct wsclock *)state)->resident[frame] = false;
}

static uint64_t wsclock_age(const struct wsclock *ws, unsigned frame)
{
    return ws->view.virtual_time(ws->view.user, frame) - ws->last_use[frame];
}

/* True if A was set; then the time is noted. */
static bool wsclock_note(struct wsclock *ws, unsigned frame)
{
    if (!ws->view.accessed(ws->view.user, frame))
        return false;
    ws->last_use[frame] = ws->view.virtual_time(ws->view.user, frame);
    return true;
}

/* The page longest unused; of several the first clean one, if any is. */
static unsigned wsclock_oldest(const struct wsclock *ws)
{
    unsigned choice = 0;

    for (unsigned frame = 1; frame < ws->frames; frame++) {
        uint64_t age = wsclock_age(ws, frame), oldest = wsclock_age(ws, choice);

        if (age > oldest || (age == oldest && ws->view.dirty(ws->view.user, choice) &&
                             !ws->view.dirty(ws->view.user, frame)))
            choice = frame;
    }
    return choice;
}

/* Two rounds: pages written back in the first are clean in the second. */
static unsigned wsclock_victim(void *state)
{
    struct wsclock *ws = state;
    unsigned writes = 0;

    for (unsigned looked = 0; looked < 2 * ws->frames; looked++) {
        unsigned frame = ws->hand;

        ws->hand = (ws->hand + 1) % ws->frames;
        if (wsclock_note(ws, frame)) {
            ws->view.clear_accessed(ws->view.user, frame);
        } else if (wsclock_age(ws, frame) > ws->window) {
            if (!ws->view.dirty(ws->view.user, frame))
                return frame;
            if (writes++ < MOST_WRITES)
                ws->view.write_back(ws->view.user, frame);
        }
        if (looked + 1 == ws->frames && writes == 0)
            break;
    }
    return wsclock_oldest(ws);
}

/* All bits are read before one is cleared: the frames of a superpage share their A bit. */
static void wsclock_tick(void *state)
{
    struct wsclock *ws = state;

    for (unsigned frame = 0; frame < ws->frames; frame++)
        if (ws->resident[frame])
            wsclock_note(ws, frame);
    for (unsigned frame = 0; frame < ws->frames; frame++)
        if (ws->resident[frame])
            ws->view.clear_accessed(ws->view.user, frame);
}

const struct policy policy_wsclock = {
    .name = "wsclock",
    .does = "a clock that spares pages used within a window of process time",
    .create = wsclock_create,
    .destroy = wsclock_destroy,
    .loaded = wsclock_loaded,
    .freed = wsclock_freed,
    .victim = wsclock_victim,
    .tick = wsclock_tick,
};

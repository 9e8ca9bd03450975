// SPDX-License-Identifier: Apache-2.0
/* A doubly linked list of frame numbers in two arrays: every operation takes constant time. */
#ifndef FRAME_LIST_H
#define FRAME_LIST_H

#include <stdbool.h>
#include <stdlib.h>

/* The element after the last frame is the sentinel: its next is the head, its prev the tail. A
 * frame that is not in the list points to itself. */
struct frame_list {
    unsigned sentinel;
    unsigned *next, *prev;
};

static inline bool frame_list_create(struct frame_list *list, unsigned frames)
{
    list->sentinel = frames;
    list->next = malloc(2 * ((size_t)frames + 1) * sizeof *list->next);
    if (!list->next)
        return false;
    list->prev = list->next + frames + 1;
    for (unsigned i = 0; i <= frames; i++)
        list->next[i] = list->prev[i] = i;
    return true;
}

static inline void frame_list_destroy(struct frame_list *list)
{
    free(list->next);
}

static inline unsigned frame_list_head(const struct frame_list *list)
{
    return list->next[list->sentinel];
}

static inline unsigned frame_list_tail(const struct frame_list *list)
{
    return list->prev[list->sentinel];
}

static inline void frame_list_remove(struct frame_list *list, unsigned frame)
{
    list->next[list->prev[frame]] = list->next[frame];
    list->prev[list->next[frame]] = list->prev[frame];
    list->next[frame] = list->prev[frame] = frame;
}

static inline void frame_list_append(struct frame_list *list, unsigned frame)
{
    unsigned tail = frame_list_tail(list);

    list->next[tail] = frame;
    list->prev[frame] = tail;
    list->next[frame] = list->sentinel;
    list->prev[list->sentinel] = frame;
}

#endif

// SPDX-License-Identifier: Apache-2.0
#include "check_visits.h"

#include <string.h>

void check_visits_clear(struct check_visits *visits)
{
    visits->count = 0;
    memset(visits->bucket, 0, sizeof visits->bucket);
}

static bool covers(const struct check_visit *old, const struct check_visit *visit)
{
    return old->pa == visit->pa && old->level == visit->level && old->asid == visit->asid &&
           old->global == visit->global && old->foreign == visit->foreign &&
           old->usable.from <= visit->usable.from && old->usable.to >= visit->usable.to;
}

bool check_visited(struct check_visits *visits, const struct check_visit *visit)
{
    unsigned short *bucket = &visits->bucket[(visit->pa >> 2 ^ visit->pa >> 12) % CHECK_BUCKETS];

    for (unsigned at = *bucket; at; at = visits->visit[at - 1].next)
        if (covers(&visits->visit[at - 1], visit))
            return true;
    if (visits->count < CHECK_VISITS) {
        visits->visit[visits->count] = *visit;
        visits->visit[visits->count].next = *bucket;
        *bucket = ++visits->count;
    }
    return false;
}

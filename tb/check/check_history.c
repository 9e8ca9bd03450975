// SPDX-License-Identifier: Apache-2.0
/* What memory held and which roots satp named, and when. */
#include "check_internal.h"

#include <stdlib.h>

bool check_room(struct check *check, void **array, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return true;
    size_t wanted = *capacity ? 2 * *capacity : 4;
    void *more = realloc(*array, wanted * size);
    if (!more) {
        check->no_memory = true;
        return false;
    }
    *array = more;
    *capacity = wanted;
    return true;
}

uint64_t check_now(struct check *check, uint64_t cycle)
{
    uint64_t first = cycle << CHECK_ORDER_BITS;

    check->last = check->last < first ? first : check->last + 1;
    return check->last;
}

static struct check_word *find_word(struct check *check, uint64_t pa)
{
    struct check_word *word;

    HASH_FIND(hh, check->words, &pa, sizeof pa, word);
    return word;
}

/* A word with the value that memory holds now as its only one. Null where there is no memory. */
static struct check_word *new_word(struct check *check, uint64_t pa)
{
    uint64_t value;

    if (!check->config.memory.read(check->config.memory.user, pa, check->pte_bytes, &value))
        return NULL;
    struct check_word *word = calloc(1, sizeof *word);
    if (!word ||
        !check_room(check, (void **)&word->values, 0, &word->capacity, sizeof *word->values)) {
        check->no_memory = true;
        free(word);
        return NULL;
    }
    word->pa = pa;
    word->values[word->count++] = (struct check_value){0, value};
    HASH_ADD(hh, check->words, pa, sizeof word->pa, word);
    return word;
}

/* Drops values that ended before the horizon. */
static void trim_word(struct check_word *word, uint64_t horizon)
{
    size_t drop = 0;

    while (drop + 1 < word->count && word->values[drop + 1].from <= horizon)
        drop++;
    if (drop == 0)
        return;
    word->count -= drop;
    for (size_t i = 0; i < word->count; i++)
        word->values[i] = word->values[i + drop];
}

void check_note_store(struct check *check, uint64_t pa, unsigned bytes, uint64_t value,
                      uint64_t cycle)
{
    uint64_t now = check_now(check, cycle);
    struct check_word *word = find_word(check, pa);

    if (bytes == 4)
        value &= UINT32_MAX;
    if (!word)
        word = new_word(check, pa);
    if (!word || word->values[word->count - 1].value == value)
        return;
    trim_word(word, check->horizon);
    if (check_room(check, (void **)&word->values, word->count, &word->capacity,
                   sizeof *word->values))
        word->values[word->count++] = (struct check_value){now, value};
}

/* Index of the value in force at a moment. */
static size_t first_value(const struct check_word *word, uint64_t moment)
{
    size_t low = 0, high = word->count;

    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (word->values[middle].from <= moment)
            low = middle;
        else
            high = middle;
    }
    return low;
}

bool check_value_in(struct check *check, uint64_t pa, struct check_span span, unsigned index,
                    uint64_t *value, struct check_span *when, bool *readable)
{
    const struct check_word *word = find_word(check, pa);

    *readable = true;
    if (!word) {
        *when = span;
        *value = 0;
        if (index == 0)
            *readable =
                check->config.memory.read(check->config.memory.user, pa, check->pte_bytes, value);
        return index == 0;
    }
    size_t at = first_value(word, span.from) + index;
    if (at >= word->count || word->values[at].from >= span.to)
        return false;
    uint64_t to = at + 1 < word->count ? word->values[at + 1].from : CHECK_NEVER;
    *when = check_overlap(span, (struct check_span){word->values[at].from, to});
    *value = word->values[at].value;
    return true;
}

size_t check_values_in(struct check *check, uint64_t pa, struct check_span span)
{
    const struct check_word *word = find_word(check, pa);

    if (!word)
        return 1;
    size_t first = first_value(word, span.from), end = first;
    while (end < word->count && word->values[end].from < span.to)
        end++;
    return end - first;
}

void check_note_error(struct check *check, uint64_t pa, uint64_t cycle)
{
    uint64_t now = check_now(check, cycle);

    if (check_room(check, (void **)&check->errors, check->error_count, &check->error_capacity,
                   sizeof *check->errors))
        check->errors[check->error_count++] = (struct check_error){now, pa};
}

static struct check_root *find_root(struct check *check, uint64_t satp)
{
    for (size_t i = 0; i < check->root_count; i++)
        if (check->roots[i].satp == satp)
            return &check->roots[i];
    if (!check_room(check, (void **)&check->roots, check->root_count, &check->root_capacity,
                    sizeof *check->roots))
        return NULL;
    struct check_root *root = &check->roots[check->root_count++];
    *root = (struct check_root){.satp = satp, .asid = mmu_satp_asid(&check->config.model, satp)};
    return root;
}

/* Puts a root in force. Its last span goes on if no fence came since that covers its pointers: what
 * was read at its end is still usable. */
static void open_root(struct check *check, struct check_root *root, uint64_t now)
{
    if (root->count > 0) {
        struct check_span *last = &root->spans[root->count - 1];
        struct check_entry pointer = {.asid = root->asid};
        if (check_next_cut(check, &pointer, last->to, CHECK_NEVER) == CHECK_NEVER) {
            last->to = CHECK_NEVER;
            return;
        }
    }
    if (check_room(check, (void **)&root->spans, root->count, &root->capacity, sizeof *root->spans))
        root->spans[root->count++] = (struct check_span){now, CHECK_NEVER};
}

static void close_root(struct check *check, uint64_t satp, uint64_t now)
{
    if (mmu_satp_levels(&check->config.model, satp) == 0)
        return;
    struct check_root *root = find_root(check, satp);
    if (root && root->count > 0)
        root->spans[root->count - 1].to = now;
}

static void note_satp(struct check *check, uint64_t satp, uint64_t cycle)
{
    const struct mmu_config *model = &check->config.model;
    uint64_t now = check_now(check, cycle);

    close_root(check, check->satp, now);
    check->satp = satp;
    if (check->fence_waits && check->fences[check->fence_count - 1].what.use_va) {
        struct check_fence *fence = &check->fences[check->fence_count - 1];
        fence->effective &=
            mmu_canonical(model, mmu_satp_levels(model, check->satp), fence->what.va);
    }
    if (mmu_satp_levels(model, check->satp) == 0)
        return;
    struct check_root *root = find_root(check, check->satp);
    if (root)
        open_root(check, root, now);
}

void check_note_context(struct check *check, const struct dut_context *context, uint64_t cycle)
{
    check_csrs_note(check, context, cycle);
    if (context->satp != check->satp)
        note_satp(check, context->satp, cycle);
}

static void forget_roots(struct check *check)
{
    size_t kept = 0;

    for (size_t i = 0; i < check->root_count; i++) {
        struct check_root *root = &check->roots[i];
        size_t spans = 0;
        for (size_t k = 0; k < root->count; k++)
            if (root->spans[k].to > check->horizon)
                root->spans[spans++] = root->spans[k];
        root->count = spans;
        if (spans > 0)
            check->roots[kept++] = *root;
        else
            free(root->spans);
    }
    check->root_count = kept;
}

static void forget_errors(struct check *check, uint64_t oldest)
{
    size_t drop = 0;

    while (drop < check->error_count && check->errors[drop].when < oldest)
        drop++;
    check->error_count -= drop;
    for (size_t i = 0; i < check->error_count; i++)
        check->errors[i] = check->errors[i + drop];
}

/* The earliest acceptance among outstanding requests; now if there is none. */
static void find_oldest(const struct check *check, uint64_t *moment, uint64_t *cycle)
{
    *moment = check->last;
    *cycle = check_cycle(check->last);
    for (unsigned port = 0; port < DUT_PORTS; port++)
        for (uint64_t left = check->live[port]; left; left &= left - 1) {
            const struct check_pending *pending = &check->pending[port][__builtin_ctzll(left)];
            if (pending->accepted < *moment) {
                *moment = pending->accepted;
                *cycle = pending->accepted_cycle;
            }
        }
}

/* Moves the horizon to the last fence of everything that every outstanding and every later request
 * obeys. */
void check_forget(struct check *check)
{
    uint64_t oldest, oldest_cycle;

    find_oldest(check, &oldest, &oldest_cycle);
    forget_errors(check, oldest);
    for (size_t i = check->fence_count; i-- > 0;) {
        const struct check_fence *fence = &check->fences[i];
        if (!check_fence_is_full(fence) || fence->done_cycle >= oldest_cycle)
            continue;
        check->horizon = fence->cut;
        check->fence_count -= i;
        for (size_t k = 0; k < check->fence_count; k++)
            check->fences[k] = check->fences[k + i];
        forget_roots(check);
        check_csrs_forget(check);
        return;
    }
}

void check_history_free(struct check *check)
{
    struct check_word *word, *next;

    HASH_ITER(hh, check->words, word, next)
    {
        HASH_DEL(check->words, word);
        free(word->values);
        free(word);
    }
    for (size_t i = 0; i < check->root_count; i++)
        free(check->roots[i].spans);
    free(check->roots);
    free(check->csrs.old_pmp);
    free(check->ended);
    free(check->errors);
    free(check->fences);
}

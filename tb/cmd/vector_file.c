// SPDX-License-Identifier: Apache-2.0
/*
 * Reads vector files. Each line is scanned, written again by vector_format and compared with what
 * was read: so spaces, signs, zeros in front, numbers too large and missing or misplaced fields are
 * all found in one place, and only ranges and counts are left to check.
 */
#include "vector_file.h"
#include "vectors_input.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vector_file {
    const char *path;
    struct vectors_input *input;
    unsigned number; /* of the line */
    uint64_t scenarios;
    bool begun; /* a scenario has been read: comments come before the first only */
    char line[VECTOR_LINE_BYTES];
    char *error; /* the caller's, during a call */
    size_t error_size;
};

struct vector_file *vector_file_open(const char *path, char *error, size_t size)
{
    struct vector_file *file = calloc(1, sizeof *file);
    char why[256] = "out of memory";

    if (file) {
        file->path = path;
        file->input = vectors_input_open(path, why, sizeof why);
    }
    if (file && file->input)
        return file;
    free(file);
    snprintf(error, size, "%s: %s", path, why);
    return NULL;
}

void vector_file_close(struct vector_file *file)
{
    if (!file)
        return;
    vectors_input_close(file->input);
    free(file);
}

const char *vector_file_line(const struct vector_file *file)
{
    return file->line;
}

uint64_t vector_file_scenarios(const struct vector_file *file)
{
    return file->scenarios;
}

double vector_file_progress(const struct vector_file *file)
{
    return vectors_input_progress(file->input);
}

/* Leaves "path:line: why" in the caller's error, with what a terminal might obey made harmless;
 * always false. */
static bool bad(struct vector_file *file, const char *format, ...)
{
    char why[512];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    for (char *c = why; *c; c++)
        if (!isprint((unsigned char)*c))
            *c = '?';
    snprintf(file->error, file->error_size, "%s:%u: %s", file->path, file->number, why);
    return false;
}

static bool read_line(struct vector_file *file, const char *expected)
{
    char why[256];

    file->number++;
    switch (vectors_input_line(file->input, file->line, sizeof file->line, why, sizeof why)) {
    case VECTORS_LINE:
        return true;
    case VECTORS_LINE_ERROR:
        return bad(file, "%s", why);
    case VECTORS_LINE_END:
        break;
    }
    return bad(file, "file ends where %s is expected: it is truncated", expected);
}

/* Whether the line is exactly what its fields are written as. */
static bool exact(struct vector_file *file, const char *canonical, const char *keyword)
{
    size_t same = 0;

    if (!strcmp(file->line, canonical))
        return true;
    while (file->line[same] && file->line[same] == canonical[same])
        same++;
    return bad(file, "not a '%s' line of the vector grammar from column %zu on: \"%.24s\"", keyword,
               same + 1, file->line + same);
}

static bool is_bit(int value)
{
    return value == 0 || value == 1;
}

static bool is_privilege(int value)
{
    return value == 0 || value == 1 || value == 3;
}

static bool count_within(struct vector_file *file, const char *name, int count, int most)
{
    return (count >= 0 && count <= most) || bad(file, "%s=%d is outside 0..%d", name, count, most);
}

static bool check_head(struct vector_file *file, const struct vector_scenario *s)
{
    uint64_t mode = s->xlen == 32 ? 0 : s->satp >> 60;

    if (s->xlen != 32 && s->xlen != 64)
        return bad(file, "xlen=%d is neither 32 nor 64", s->xlen);
    if (!is_bit(s->napot) || !is_bit(s->svrsw) || !is_bit(s->madue) || !is_bit(s->mpbmte) ||
        !is_bit(s->hadue) || !is_bit(s->hpbmte) || !is_bit(s->mml) || !is_bit(s->mmwp) ||
        !is_bit(s->tlbsafe))
        return bad(file, "a field of one bit is neither 0 nor 1");
    if (s->xlen == 32 && s->satp >> 32)
        return bad(file, "satp=%" PRIx64 " has more than 32 bits", s->satp);
    if (mode != 0 && (mode < 8 || mode > 10))
        return bad(file, "satp=%" PRIx64 " has a reserved MODE", s->satp);
    if (s->pmpg < 2 || s->pmpg > 55)
        return bad(file, "pmpg=%d is outside 2..55", s->pmpg);
    return count_within(file, "npmp", s->npmp, 64) &&
           count_within(file, "nram", s->nram, VECTOR_MAX_RAM) &&
           count_within(file, "npe", s->npe, s->npmp < VECTOR_MAX_PMP ? s->npmp : VECTOR_MAX_PMP) &&
           count_within(file, "nmem", s->nmem, VECTOR_MAX_WORDS) &&
           count_within(file, "nacc", s->nacc, VECTOR_MAX_ACCESSES);
}

static bool parse_head(struct vector_file *file, struct vector_scenario *s)
{
    char canonical[VECTOR_LINE_BYTES];
    int fields =
        sscanf(file->line,
               "scenario %" SCNu64 " xlen=%d napot=%d svrsw=%d madue=%d mpbmte=%d hadue=%d"
               " hpbmte=%d satp=%" SCNx64 " vsatp=%" SCNx64 " hgatp=%" SCNx64
               " npmp=%d pmpg=%d mml=%d mmwp=%d paw=%d nram=%d npe=%d nmem=%d nacc=%d"
               " tlbsafe=%d",
               &s->number, &s->xlen, &s->napot, &s->svrsw, &s->madue, &s->mpbmte, &s->hadue,
               &s->hpbmte, &s->satp, &s->vsatp, &s->hgatp, &s->npmp, &s->pmpg, &s->mml, &s->mmwp,
               &s->paw, &s->nram, &s->npe, &s->nmem, &s->nacc, &s->tlbsafe);
    if (fields != 21)
        return bad(file, "not a scenario: \"%.40s\"", file->line);
    vector_format_head(canonical, s);
    return exact(file, canonical, "scenario") && check_head(file, s);
}

static bool read_ram(struct vector_file *file, struct vector_ram *ram)
{
    char canonical[VECTOR_LINE_BYTES];

    if (!read_line(file, "a 'ram' line"))
        return false;
    *ram = (struct vector_ram){0};
    sscanf(file->line, "ram %" SCNx64 " %" SCNx64, &ram->base, &ram->size);
    vector_format_ram(canonical, ram);
    if (!exact(file, canonical, "ram"))
        return false;
    return (ram->size > 0 && ram->base + (ram->size - 1) >= ram->base) ||
           bad(file, "region is empty or wraps around");
}

static bool read_pmp(struct vector_file *file, struct vector_pmp *pmp, int index)
{
    char canonical[VECTOR_LINE_BYTES];

    if (!read_line(file, "a 'pmp' line"))
        return false;
    *pmp = (struct vector_pmp){.index = -1};
    sscanf(file->line, "pmp %d %x %" SCNx64, &pmp->index, &pmp->cfg, &pmp->addr);
    vector_format_pmp(canonical, pmp);
    if (!exact(file, canonical, "pmp"))
        return false;
    if (pmp->index != index)
        return bad(file, "entry %d where %d is expected", pmp->index, index);
    return pmp->cfg <= 0xff || bad(file, "cfg %x has more than 8 bits", pmp->cfg);
}

static bool read_word(struct vector_file *file, const char *keyword, int xlen,
                      struct vector_word *word)
{
    char canonical[VECTOR_LINE_BYTES];
    char expected[32];

    snprintf(expected, sizeof expected, "a '%s' line", keyword);
    if (!read_line(file, expected))
        return false;
    *word = (struct vector_word){0};
    sscanf(file->line, "%*s %" SCNx64 " %" SCNx64, &word->address, &word->value);
    vector_format_word(canonical, keyword, word);
    if (!exact(file, canonical, keyword))
        return false;
    if (word->address % (xlen / 8))
        return bad(file, "address %" PRIx64 " is not that of a word of %d bits", word->address,
                   xlen);
    return xlen == 64 || word->value >> 32 == 0 ||
           bad(file, "value %" PRIx64 " has more than 32 bits", word->value);
}

static bool read_memory(struct vector_file *file, struct vector_scenario *s)
{
    for (int i = 0; i < s->nmem; i++) {
        if (!read_word(file, "mem", s->xlen, &s->mem[i]))
            return false;
        if (s->mem[i].value == 0)
            return bad(file, "a word that is zero has no line");
        if (i > 0 && s->mem[i].address <= s->mem[i - 1].address)
            return bad(file, "addresses do not ascend");
    }
    return true;
}

static bool parse_result(struct vector_file *file, const char *text, struct vector_result *r)
{
    char canonical[VECTOR_LINE_BYTES];
    int fields;

    memset(r, 0, offsetof(struct vector_result, upd));
    r->ok = !strncmp(text, "ok ", 3);
    if (r->ok)
        fields = sscanf(text, "ok pa=%" SCNx64 " pbmt=%d pg=%d nupd=%d", &r->pa, &r->pbmt, &r->pg,
                        &r->nupd) -
                 4;
    else
        fields = sscanf(text,
                        "fault cause=%d tval=%" SCNx64 " tval2=%" SCNx64 " tinst=%" SCNx64
                        " gva=%d nupd=%d",
                        &r->cause, &r->tval, &r->tval2, &r->tinst, &r->gva, &r->nupd) -
                 6;
    vector_format_result(canonical, r);
    if (fields != 0 || strcmp(text, canonical))
        return bad(file, "not an answer of the vector grammar: \"%.40s\"", text);
    return count_within(file, "nupd", r->nupd, VECTOR_MAX_UPDATES);
}

static bool check_access(struct vector_file *file, const struct vector_access *a, int xlen)
{
    if (!strchr("FLSAVXW", a->k))
        return bad(file, "k=%c is none of F L S A V X W", a->k);
    if (!is_privilege(a->prv) || !is_privilege(a->mpp) || !is_privilege(a->ep))
        return bad(file, "prv, mpp and ep are each one of 0, 1 and 3");
    if (!is_bit(a->v) || !is_bit(a->sum) || !is_bit(a->mxr) || !is_bit(a->mprv) ||
        !is_bit(a->mpv) || !is_bit(a->vsum) || !is_bit(a->vmxr) || !is_bit(a->spvp) ||
        !is_bit(a->ev))
        return bad(file, "a field of one bit is neither 0 nor 1");
    if (a->len != 1 && a->len != 2 && a->len != 4 && a->len != 8)
        return bad(file, "len=%d is none of 1, 2, 4 and 8", a->len);
    if (a->va % a->len)
        return bad(file, "va=%" PRIx64 " is not aligned to len=%d", a->va, a->len);
    return xlen == 64 || a->va >> 32 == 0 ||
           bad(file, "va=%" PRIx64 " has more than 32 bits", a->va);
}

static bool read_access(struct vector_file *file, struct vector_access *a, int xlen)
{
    char canonical[VECTOR_LINE_BYTES];
    int arrow = 0;

    if (!read_line(file, "an 'acc' line"))
        return false;
    a->line = file->number;
    int fields = sscanf(file->line,
                        "acc k=%c prv=%d v=%d sum=%d mxr=%d mprv=%d mpp=%d mpv=%d vsum=%d vmxr=%d"
                        " spvp=%d ep=%d ev=%d len=%d va=%" SCNx64 " -> %n",
                        &a->k, &a->prv, &a->v, &a->sum, &a->mxr, &a->mprv, &a->mpp, &a->mpv,
                        &a->vsum, &a->vmxr, &a->spvp, &a->ep, &a->ev, &a->len, &a->va, &arrow);
    if (fields != 15 || arrow == 0)
        return bad(file, "not an access: \"%.40s\"", file->line);
    vector_format_access(canonical, a);
    if (strncmp(file->line, canonical, strlen(canonical)))
        return exact(file, canonical, "acc");
    if (!check_access(file, a, xlen) ||
        !parse_result(file, file->line + strlen(canonical), &a->expected))
        return false;
    for (int i = 0; i < a->expected.nupd; i++)
        if (!read_word(file, "upd", xlen, &a->expected.upd[i]))
            return false;
    return true;
}

static bool read_body(struct vector_file *file, struct vector_scenario *s)
{
    for (int i = 0; i < s->nram; i++)
        if (!read_ram(file, &s->ram[i]))
            return false;
    for (int i = 0; i < s->npe; i++)
        if (!read_pmp(file, &s->pmp[i], i))
            return false;
    if (!read_memory(file, s))
        return false;
    for (int i = 0; i < s->nacc; i++)
        if (!read_access(file, &s->acc[i], s->xlen))
            return false;
    return true;
}

/* The last line: its count is right and nothing follows. */
static bool read_eof(struct vector_file *file)
{
    char canonical[VECTOR_LINE_BYTES];
    char rest[VECTOR_LINE_BYTES];
    char why[256];

    vector_format_eof(canonical, file->scenarios);
    if (strcmp(file->line, canonical))
        return bad(file, "\"%.40s\" after %" PRIu64 " scenarios", file->line, file->scenarios);
    file->number++;
    switch (vectors_input_line(file->input, rest, sizeof rest, why, sizeof why)) {
    case VECTORS_LINE_END:
        return true;
    case VECTORS_LINE_ERROR:
        return bad(file, "%s", why);
    case VECTORS_LINE:
        break;
    }
    return bad(file, "a line follows the 'eof' line");
}

enum vector_read vector_file_next(struct vector_file *file, struct vector_scenario *scenario,
                                  char *error, size_t size)
{
    file->error = error;
    file->error_size = size;
    if (!read_line(file, file->begun ? "a scenario or 'eof'" : "a vector file's first line"))
        return VECTOR_BAD;
    if (file->line[0] == '#' && !file->begun)
        return VECTOR_COMMENT;
    if (!strncmp(file->line, "eof ", 4))
        return read_eof(file) ? VECTOR_END : VECTOR_BAD;
    file->begun = true;
    if (!parse_head(file, scenario) || !read_body(file, scenario))
        return VECTOR_BAD;
    file->scenarios++;
    return VECTOR_SCENARIO;
}

// SPDX-License-Identifier: Apache-2.0
/* Writes the lines of vector files. The reader accepts exactly what this file writes. */
#include "vector_file.h"

#include <inttypes.h>
#include <stdio.h>

void vector_format_head(char *text, const struct vector_scenario *s)
{
    snprintf(text, VECTOR_LINE_BYTES,
             "scenario %" PRIu64 " xlen=%d napot=%d svrsw=%d madue=%d mpbmte=%d hadue=%d hpbmte=%d"
             " satp=%" PRIx64 " vsatp=%" PRIx64 " hgatp=%" PRIx64 " npmp=%d pmpg=%d mml=%d mmwp=%d"
             " paw=%d nram=%d npe=%d nmem=%d nacc=%d tlbsafe=%d",
             s->number, s->xlen, s->napot, s->svrsw, s->madue, s->mpbmte, s->hadue, s->hpbmte,
             s->satp, s->vsatp, s->hgatp, s->npmp, s->pmpg, s->mml, s->mmwp, s->paw, s->nram,
             s->npe, s->nmem, s->nacc, s->tlbsafe);
}

void vector_format_ram(char *text, const struct vector_ram *ram)
{
    snprintf(text, VECTOR_LINE_BYTES, "ram %" PRIx64 " %" PRIx64, ram->base, ram->size);
}

void vector_format_pmp(char *text, const struct vector_pmp *pmp)
{
    snprintf(text, VECTOR_LINE_BYTES, "pmp %d %02x %" PRIx64, pmp->index, pmp->cfg, pmp->addr);
}

void vector_format_word(char *text, const char *keyword, const struct vector_word *word)
{
    snprintf(text, VECTOR_LINE_BYTES, "%s %" PRIx64 " %" PRIx64, keyword, word->address,
             word->value);
}

void vector_format_access(char *text, const struct vector_access *a)
{
    snprintf(text, VECTOR_LINE_BYTES,
             "acc k=%c prv=%d v=%d sum=%d mxr=%d mprv=%d mpp=%d mpv=%d vsum=%d vmxr=%d spvp=%d"
             " ep=%d ev=%d len=%d va=%" PRIx64 " -> ",
             a->k, a->prv, a->v, a->sum, a->mxr, a->mprv, a->mpp, a->mpv, a->vsum, a->vmxr, a->spvp,
             a->ep, a->ev, a->len, a->va);
}

void vector_format_result(char *text, const struct vector_result *r)
{
    if (r->ok)
        snprintf(text, VECTOR_LINE_BYTES, "ok pa=%" PRIx64 " pbmt=%d pg=%d nupd=%d", r->pa, r->pbmt,
                 r->pg, r->nupd);
    else
        snprintf(text, VECTOR_LINE_BYTES,
                 "fault cause=%d tval=%" PRIx64 " tval2=%" PRIx64 " tinst=%" PRIx64
                 " gva=%d nupd=%d",
                 r->cause, r->tval, r->tval2, r->tinst, r->gva, r->nupd);
}

void vector_format_eof(char *text, uint64_t scenarios)
{
    snprintf(text, VECTOR_LINE_BYTES, "eof nscn=%" PRIu64, scenarios);
}

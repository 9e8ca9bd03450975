// SPDX-License-Identifier: Apache-2.0
/*
 * Reader and writer of vector files: scenarios (a state of the machine and of memory), each with
 * independent accesses and their answers. The grammar stands in sim/vectors/README.md.
 */
#ifndef VECTOR_FILE_H
#define VECTOR_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VECTOR_MAX_RAM      2
#define VECTOR_MAX_PMP      16
#define VECTOR_MAX_WORDS    230
#define VECTOR_MAX_ACCESSES 1152
#define VECTOR_MAX_UPDATES  16
#define VECTOR_LINE_BYTES   400 /* a line with its end */

struct vector_ram {
    uint64_t base, size; /* bytes */
};

struct vector_pmp {
    int index;
    unsigned cfg;
    uint64_t addr; /* the CSR: bits 2 and up of an address */
};

/* A word of memory: 8 bytes when xlen is 64, 4 when it is 32. */
struct vector_word {
    uint64_t address, value;
};

/* An answer. Of `pa pbmt pg` and `cause tval tval2 tinst gva`, only those of its kind count. */
struct vector_result {
    bool ok;
    uint64_t pa;
    int pbmt, pg; /* pg: log2 of the mapping's size, 0 = no translation */
    int cause, gva;
    uint64_t tval, tval2, tinst;
    int nupd;
    struct vector_word upd[VECTOR_MAX_UPDATES];
};

struct vector_access {
    unsigned line; /* where it stands in the file */
    char k;        /* F L S A, V X W */
    int prv, v, sum, mxr, mprv, mpp, mpv, vsum, vmxr, spvp;
    int ep, ev, len; /* effective privilege and virtualization; bytes */
    uint64_t va;
    struct vector_result expected;
};

struct vector_scenario {
    uint64_t number;
    int xlen, napot, svrsw, madue, mpbmte, hadue, hpbmte;
    uint64_t satp, vsatp, hgatp;
    int npmp, pmpg, mml, mmwp, paw;
    int nram, npe, nmem, nacc, tlbsafe;
    struct vector_ram ram[VECTOR_MAX_RAM];
    struct vector_pmp pmp[VECTOR_MAX_PMP];
    struct vector_word mem[VECTOR_MAX_WORDS]; /* ascending */
    struct vector_access acc[VECTOR_MAX_ACCESSES];
};

struct vector_file;

/* Opens a file ("-": standard input; plain, xz or zstd). Null on failure, with one line, without
 * newline, in `error`, which begins with the file's name. The caller closes it. */
struct vector_file *vector_file_open(const char *path, char *error, size_t size);
void vector_file_close(struct vector_file *file);

enum vector_read { VECTOR_SCENARIO, VECTOR_COMMENT, VECTOR_END, VECTOR_BAD };

/*
 * Reads the next scenario into `scenario`, or a comment, which vector_file_line then gives.
 * VECTOR_END: the file was whole. VECTOR_BAD: `error` says "file:line: what is wrong".
 */
enum vector_read vector_file_next(struct vector_file *file, struct vector_scenario *scenario,
                                  char *error, size_t size);

/* The line that was read last, without newline; the file's until the next call. */
const char *vector_file_line(const struct vector_file *file);

/* Scenarios read until now. */
uint64_t vector_file_scenarios(const struct vector_file *file);

/* Fraction of the file that has been read, 0..1; -1 when unknown. */
double vector_file_progress(const struct vector_file *file);

/* The lines of the grammar as text, without newline. `text` holds VECTOR_LINE_BYTES; a line that
 * would be longer is cut. `keyword` is "mem" or "upd". */
void vector_format_head(char *text, const struct vector_scenario *scenario);
void vector_format_ram(char *text, const struct vector_ram *ram);
void vector_format_pmp(char *text, const struct vector_pmp *pmp);
void vector_format_word(char *text, const char *keyword, const struct vector_word *word);
void vector_format_access(char *text, const struct vector_access *access); /* to the arrow */
void vector_format_result(char *text, const struct vector_result *result);
void vector_format_eof(char *text, uint64_t scenarios);

#endif

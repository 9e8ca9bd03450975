// SPDX-License-Identifier: Apache-2.0
/* A byte stream through one of three decoders, cut into lines. */
#include "vectors_input.h"

#include <errno.h>
#include <lzma.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zstd.h>

#define BUFFER_BYTES     65536
#define LZMA_MEMORY_MOST (UINT64_C(256) << 20)

enum coding { PLAIN, XZ, ZSTD };

struct vectors_input {
    FILE *file;
    double size; /* of the file; -1: unknown */
    double read;
    enum coding coding;
    lzma_stream lzma;
    ZSTD_DCtx *zstd;
    bool in_frame; /* the decoder is inside a stream that must still end */
    bool finished; /* an end marker has been seen; another stream may follow */
    unsigned char raw[BUFFER_BYTES];
    size_t raw_used, raw_count;
    char text[BUFFER_BYTES];
    size_t text_used, text_count;
};

/* Reads more of the file if all of raw[] is used. False: a read error. At the end of the file
 * raw[] stays empty. */
static bool fill_raw(struct vectors_input *in, char *error, size_t size)
{
    if (in->raw_used < in->raw_count)
        return true;
    in->raw_used = 0;
    in->raw_count = fread(in->raw, 1, sizeof in->raw, in->file);
    in->read += (double)in->raw_count;
    if (in->raw_count == 0 && ferror(in->file)) {
        snprintf(error, size, "file cannot be read: %s", strerror(errno));
        return false;
    }
    return true;
}

static bool decode_xz(struct vectors_input *in, char *error, size_t size)
{
    in->lzma.next_out = (uint8_t *)in->text;
    in->lzma.avail_out = sizeof in->text;
    while (!in->finished && in->lzma.avail_out == sizeof in->text) {
        if (!fill_raw(in, error, size))
            return false;
        bool end = in->raw_count == 0;
        in->lzma.next_in = in->raw + in->raw_used;
        in->lzma.avail_in = in->raw_count - in->raw_used;
        lzma_ret ret = lzma_code(&in->lzma, end ? LZMA_FINISH : LZMA_RUN);
        in->raw_used = in->raw_count - in->lzma.avail_in;
        if (ret == LZMA_STREAM_END) {
            in->finished = true;
        } else if (ret != LZMA_OK) {
            snprintf(error, size, "%s",
                     end && ret == LZMA_BUF_ERROR ? "file is truncated inside its xz compression"
                                                  : "file is corrupt: not a valid xz stream");
            return false;
        }
    }
    in->text_count = sizeof in->text - in->lzma.avail_out;
    return true;
}

static bool decode_zstd(struct vectors_input *in, char *error, size_t size)
{
    ZSTD_outBuffer out = {in->text, sizeof in->text, 0};

    while (out.pos == 0) {
        if (!fill_raw(in, error, size))
            return false;
        if (in->raw_count == 0) {
            if (in->in_frame)
                snprintf(error, size, "file is truncated inside its zstd compression");
            return !in->in_frame;
        }
        ZSTD_inBuffer src = {in->raw, in->raw_count, in->raw_used};
        size_t ret = ZSTD_decompressStream(in->zstd, &out, &src);
        in->raw_used = src.pos;
        if (ZSTD_isError(ret)) {
            snprintf(error, size, "file is corrupt: not a valid zstd stream");
            return false;
        }
        in->in_frame = ret != 0;
    }
    in->text_count = out.pos;
    return true;
}

static bool decode_plain(struct vectors_input *in, char *error, size_t size)
{
    if (!fill_raw(in, error, size))
        return false;
    in->text_count = in->raw_count - in->raw_used;
    memcpy(in->text, in->raw + in->raw_used, in->text_count);
    in->raw_used = in->raw_count;
    return true;
}

/* Fills text[]; it stays empty at the end of the file. */
static bool fill_text(struct vectors_input *in, char *error, size_t size)
{
    in->text_used = in->text_count = 0;
    switch (in->coding) {
    case XZ:
        return decode_xz(in, error, size);
    case ZSTD:
        return decode_zstd(in, error, size);
    case PLAIN:
        break;
    }
    return decode_plain(in, error, size);
}

/* Recognises the compression by the magic number and prepares its decoder. */
static bool prepare(struct vectors_input *in, char *error, size_t size)
{
    static const unsigned char xz[6] = {0xfd, '7', 'z', 'X', 'Z', 0};
    static const unsigned char zstd[4] = {0x28, 0xb5, 0x2f, 0xfd};

    if (!fill_raw(in, error, size))
        return false;
    if (in->raw_count >= sizeof xz && !memcmp(in->raw, xz, sizeof xz)) {
        in->coding = XZ;
        if (lzma_stream_decoder(&in->lzma, LZMA_MEMORY_MOST, LZMA_CONCATENATED) == LZMA_OK)
            return true;
    } else if (in->raw_count >= sizeof zstd && !memcmp(in->raw, zstd, sizeof zstd)) {
        in->coding = ZSTD;
        in->zstd = ZSTD_createDCtx();
        if (in->zstd)
            return true;
    } else {
        return true;
    }
    snprintf(error, size, "file cannot be decompressed: out of memory");
    return false;
}

struct vectors_input *vectors_input_open(const char *path, char *error, size_t size)
{
    struct vectors_input *in = calloc(1, sizeof *in);
    struct stat status;

    if (!in) {
        snprintf(error, size, "out of memory");
        return NULL;
    }
    in->lzma = (lzma_stream)LZMA_STREAM_INIT;
    in->file = strcmp(path, "-") ? fopen(path, "rb") : stdin;
    if (!in->file) {
        snprintf(error, size, "file cannot be opened: %s", strerror(errno));
        free(in);
        return NULL;
    }
    in->size = fstat(fileno(in->file), &status) == 0 && S_ISREG(status.st_mode) && status.st_size
                   ? (double)status.st_size
                   : -1;
    if (!prepare(in, error, size)) {
        vectors_input_close(in);
        return NULL;
    }
    return in;
}

void vectors_input_close(struct vectors_input *in)
{
    if (!in)
        return;
    lzma_end(&in->lzma);
    ZSTD_freeDCtx(in->zstd);
    if (in->file != stdin)
        fclose(in->file);
    free(in);
}

enum vectors_line vectors_input_line(struct vectors_input *in, char *line, size_t capacity,
                                     char *error, size_t size)
{
    size_t length = 0;

    for (;;) {
        if (in->text_used == in->text_count) {
            if (!fill_text(in, error, size))
                return VECTORS_LINE_ERROR;
            if (in->text_count == 0)
                break;
        }
        const char *from = in->text + in->text_used;
        const char *newline = memchr(from, '\n', in->text_count - in->text_used);
        size_t part = (newline ? newline : in->text + in->text_count) - from;
        if (length + part >= capacity) {
            snprintf(error, size, "line is too long: at most %zu characters", capacity - 1);
            return VECTORS_LINE_ERROR;
        }
        memcpy(line + length, from, part);
        length += part;
        in->text_used += part + (newline != NULL);
        if (!newline)
            continue;
        line[length] = 0;
        if (strlen(line) == length)
            return VECTORS_LINE;
        snprintf(error, size, "line holds a NUL character: not a text file");
        return VECTORS_LINE_ERROR;
    }
    if (length == 0)
        return VECTORS_LINE_END;
    snprintf(error, size, "file ends inside a line");
    return VECTORS_LINE_ERROR;
}

double vectors_input_progress(const struct vectors_input *in)
{
    return in->size > 0 ? in->read / in->size : -1;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * A byte source has an input (a file descriptor or memory), a decompressor (none, xz, zstd) and a
 * buffer of decompressed bytes that readers look into.
 */
#include "trace_source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <lzma.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

enum { INPUT_CHUNK = 64 << 10, OUTPUT_CHUNK = 64 << 10 };

/* xz -9 needs 65 MiB, zstd -19 8 MiB; a stream that asks for much more is not a trace. */
#define DECODER_MEMORY (UINT64_C(256) << 20)
enum { ZSTD_WINDOW_LOG_MAX = 27 };

struct trace_source {
    char *name;
    int fd; /* -1 = memory */
    bool own_fd;
    const uint8_t *input; /* next input byte: in `chunk` or in the caller's memory */
    size_t input_left;
    uint8_t *chunk;
    bool input_ended;
    uint64_t input_taken, input_size; /* compressed bytes; size 0 = unknown */

    enum trace_compression compression;
    lzma_stream xz;
    ZSTD_DStream *zstd;
    bool frame_open; /* in the middle of a compressed stream */

    uint8_t *buffer; /* bytes [begin, end) are decompressed and not consumed */
    size_t begin, end;
    uint64_t offset; /* of buffer[begin] */
    bool ended, failed;
    char error[512];
};

static void fail(struct trace_source *s, const char *format, ...)
{
    if (s->failed)
        return;
    s->failed = s->ended = true;
    int n = snprintf(s->error, sizeof s->error, "%s: ", s->name);
    if (n < 0 || (size_t)n >= sizeof s->error)
        return;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(s->error + n, sizeof s->error - n, format, arguments);
    va_end(arguments);
}

/* Has at least one byte of input, unless it ended or failed. */
static void refill_input(struct trace_source *s)
{
    if (s->input_left || s->input_ended || s->failed)
        return;
    if (s->fd < 0) {
        s->input_ended = true;
        return;
    }
    ssize_t n;
    do
        n = read(s->fd, s->chunk, INPUT_CHUNK);
    while (n < 0 && errno == EINTR);
    if (n < 0) {
        fail(s, "cannot read: %s", strerror(errno));
    } else if (n == 0) {
        s->input_ended = true;
    } else {
        s->input = s->chunk;
        s->input_left = (size_t)n;
    }
}

static void take_input(struct trace_source *s, size_t n)
{
    s->input += n;
    s->input_left -= n;
    s->input_taken += n;
}

static size_t copy_plain(struct trace_source *s, uint8_t *to, size_t room)
{
    refill_input(s);
    size_t n = s->input_left < room ? s->input_left : room;
    if (n)
        memcpy(to, s->input, n);
    else
        s->ended = true;
    take_input(s, n);
    return n;
}

static size_t decode_xz(struct trace_source *s, uint8_t *to, size_t room)
{
    s->xz.next_out = to;
    s->xz.avail_out = room;
    while (s->xz.avail_out == room && !s->ended) {
        refill_input(s);
        if (s->failed)
            break;
        s->xz.next_in = s->input;
        s->xz.avail_in = s->input_left;
        lzma_ret result = lzma_code(&s->xz, s->input_ended ? LZMA_FINISH : LZMA_RUN);
        take_input(s, s->input_left - s->xz.avail_in);
        if (result == LZMA_STREAM_END)
            s->ended = true;
        else if (result == LZMA_BUF_ERROR)
            fail(s, "truncated: the xz stream ends at byte %" PRIu64 " before its end",
                 s->input_taken);
        else if (result == LZMA_MEMLIMIT_ERROR)
            fail(s, "the xz stream asks for more than %" PRIu64 " MiB of memory",
                 DECODER_MEMORY >> 20);
        else if (result == LZMA_MEM_ERROR)
            fail(s, "out of memory for the xz stream");
        else if (result != LZMA_OK)
            fail(s, "corrupt: the xz stream is damaged before byte %" PRIu64, s->input_taken);
    }
    return room - s->xz.avail_out;
}

static size_t decode_zstd(struct trace_source *s, uint8_t *to, size_t room)
{
    ZSTD_outBuffer out = {to, room, 0};
    while (!out.pos && !s->ended) {
        refill_input(s);
        if (s->failed)
            break;
        ZSTD_inBuffer in = {s->input, s->input_left, 0};
        if (s->input_ended && !s->frame_open) {
            s->ended = true;
            break;
        }
        size_t result = ZSTD_decompressStream(s->zstd, &out, &in);
        take_input(s, in.pos);
        if (ZSTD_isError(result))
            fail(s, "corrupt: the zstd stream is damaged before byte %" PRIu64 " (%s)",
                 s->input_taken, ZSTD_getErrorName(result));
        else if (s->input_ended && result && !out.pos)
            fail(s, "truncated: the zstd stream ends at byte %" PRIu64 " before its end",
                 s->input_taken);
        else
            s->frame_open = result != 0;
    }
    return out.pos;
}

size_t trace_source_need(struct trace_source *s, size_t wanted, const uint8_t **bytes)
{
    if (s->end - s->begin < wanted && !s->ended) {
        memmove(s->buffer, s->buffer + s->begin, s->end - s->begin);
        s->end -= s->begin;
        s->begin = 0;
        while (s->end < wanted && !s->ended) {
            uint8_t *to = s->buffer + s->end;
            if (s->compression == TRACE_XZ)
                s->end += decode_xz(s, to, OUTPUT_CHUNK);
            else if (s->compression == TRACE_ZSTD)
                s->end += decode_zstd(s, to, OUTPUT_CHUNK);
            else
                s->end += copy_plain(s, to, OUTPUT_CHUNK);
        }
    }
    *bytes = s->buffer + s->begin;
    return s->end - s->begin;
}

void trace_source_skip(struct trace_source *s, size_t count)
{
    s->begin += count;
    s->offset += count;
}

/* The first input must hold a whole magic number, so it is read until it has one or ends. */
static void first_input(struct trace_source *s)
{
    size_t got = 0;
    while (s->fd >= 0 && got < 8) {
        ssize_t n = read(s->fd, s->chunk + got, INPUT_CHUNK - got);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            fail(s, "cannot read: %s", strerror(errno));
        if (n <= 0)
            break;
        got += (size_t)n;
    }
    if (s->fd >= 0) {
        s->input = s->chunk;
        s->input_left = got;
    }
}

static void recognise_compression(struct trace_source *s)
{
    static const uint8_t xz[] = {0xFD, '7', 'z', 'X', 'Z', 0}, zstd[] = {0x28, 0xB5, 0x2F, 0xFD};
    if (s->input_left >= sizeof xz && !memcmp(s->input, xz, sizeof xz)) {
        s->compression = TRACE_XZ;
        if (lzma_stream_decoder(&s->xz, DECODER_MEMORY, LZMA_CONCATENATED) != LZMA_OK)
            fail(s, "cannot start the xz decoder: out of memory");
    } else if (s->input_left >= sizeof zstd && !memcmp(s->input, zstd, sizeof zstd)) {
        s->compression = TRACE_ZSTD;
        s->zstd = ZSTD_createDStream();
        if (!s->zstd ||
            ZSTD_isError(ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG_MAX)))
            fail(s, "cannot start the zstd decoder: out of memory");
    }
}

static struct trace_source *start(struct trace_source *s, char *error, size_t size)
{
    if (!s->failed)
        first_input(s);
    if (!s->failed && !s->input_left)
        fail(s, "empty; a trace holds at least one reference");
    if (!s->failed)
        recognise_compression(s);
    if (!s->failed)
        return s;
    snprintf(error, size, "%s", s->error);
    trace_source_close(s);
    return NULL;
}

static struct trace_source *allocate(const char *name, char *error, size_t size)
{
    struct trace_source *s = calloc(1, sizeof *s);
    if (s) {
        s->fd = -1;
        s->xz = (lzma_stream)LZMA_STREAM_INIT;
        s->name = strdup(name);
        s->chunk = malloc(INPUT_CHUNK);
        s->buffer = malloc(TRACE_SOURCE_SPAN + OUTPUT_CHUNK);
        if (s->name && s->chunk && s->buffer)
            return s;
        trace_source_close(s);
    }
    snprintf(error, size, "%s: out of memory", name);
    return NULL;
}

struct trace_source *trace_source_open(const char *path, char *error, size_t size)
{
    bool standard = !strcmp(path, "-");
    struct trace_source *s = allocate(standard ? "standard input" : path, error, size);
    if (!s)
        return NULL;
    s->own_fd = !standard;
    s->fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (s->fd < 0)
        fail(s, "cannot open: %s", strerror(errno));
    else if (fstat(s->fd, &status) == 0 && S_ISDIR(status.st_mode))
        fail(s, "a directory, where a trace file is wanted");
    else if (fstat(s->fd, &status) == 0 && S_ISREG(status.st_mode))
        s->input_size = (uint64_t)status.st_size;
    return start(s, error, size);
}

struct trace_source *trace_source_memory(const char *name, const void *data, size_t length,
                                         char *error, size_t size)
{
    struct trace_source *s = allocate(name, error, size);
    if (!s)
        return NULL;
    s->input = data;
    s->input_left = s->input_size = length;
    return start(s, error, size);
}

uint64_t trace_source_offset(const struct trace_source *s)
{
    return s->offset;
}

const char *trace_source_error(const struct trace_source *s)
{
    return s->failed ? s->error : NULL;
}

const char *trace_source_name(const struct trace_source *s)
{
    return s->name;
}

enum trace_compression trace_source_compression(const struct trace_source *s)
{
    return s->compression;
}

double trace_source_progress(const struct trace_source *s)
{
    if (!s->input_size)
        return -1;
    double fraction = (double)s->input_taken / (double)s->input_size;
    return fraction < 1 ? fraction : 1;
}

void trace_source_close(struct trace_source *s)
{
    if (!s)
        return;
    if (s->own_fd && s->fd >= 0)
        close(s->fd);
    lzma_end(&s->xz);
    ZSTD_freeDStream(s->zstd);
    free(s->name);
    free(s->chunk);
    free(s->buffer);
    free(s);
}

// SPDX-License-Identifier: Apache-2.0
#include "trace_sink.h"

#include <errno.h>
#include <lzma.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zstd.h>

enum { SINK_CHUNK = 64 << 10, ZSTD_LEVEL = 19 };

struct trace_sink {
    char *path, *temporary;
    int fd;
    enum trace_compression compression;
    lzma_stream xz;
    ZSTD_CStream *zstd;
    bool failed;
    char error[512];
    uint8_t chunk[SINK_CHUNK];
};

static bool fail(struct trace_sink *s, const char *what, const char *why)
{
    if (!s->failed)
        snprintf(s->error, sizeof s->error, "%s: %s: %s", s->path, what, why);
    s->failed = true;
    return false;
}

static bool write_out(struct trace_sink *s, const uint8_t *bytes, size_t count)
{
    while (count) {
        ssize_t n = write(s->fd, bytes, count);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(s, "cannot write", strerror(errno));
        bytes += n;
        count -= (size_t)n;
    }
    return true;
}

static bool write_xz(struct trace_sink *s, const void *bytes, size_t count, bool last)
{
    s->xz.next_in = bytes;
    s->xz.avail_in = count;
    for (;;) {
        s->xz.next_out = s->chunk;
        s->xz.avail_out = SINK_CHUNK;
        lzma_ret result = lzma_code(&s->xz, last ? LZMA_FINISH : LZMA_RUN);
        if (result != LZMA_OK && result != LZMA_STREAM_END)
            return fail(s, "cannot compress", "the xz encoder failed");
        if (!write_out(s, s->chunk, SINK_CHUNK - s->xz.avail_out))
            return false;
        if (last ? result == LZMA_STREAM_END : !s->xz.avail_in)
            return true;
    }
}

static bool write_zstd(struct trace_sink *s, const void *bytes, size_t count, bool last)
{
    ZSTD_inBuffer in = {bytes, count, 0};
    for (;;) {
        ZSTD_outBuffer out = {s->chunk, SINK_CHUNK, 0};
        size_t result =
            ZSTD_compressStream2(s->zstd, &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
        if (ZSTD_isError(result))
            return fail(s, "cannot compress", ZSTD_getErrorName(result));
        if (!write_out(s, s->chunk, out.pos))
            return false;
        if (last ? !result : in.pos == in.size)
            return true;
    }
}

static bool put(struct trace_sink *s, const void *bytes, size_t count, bool last)
{
    if (s->failed)
        return false;
    if (s->compression == TRACE_XZ)
        return write_xz(s, bytes, count, last);
    if (s->compression == TRACE_ZSTD)
        return write_zstd(s, bytes, count, last);
    return write_out(s, bytes, count);
}

static bool ends_in(const char *path, const char *suffix)
{
    size_t n = strlen(path), m = strlen(suffix);
    return n > m && !strcmp(path + n - m, suffix);
}

static void start_compression(struct trace_sink *s)
{
    if (ends_in(s->path, ".xz")) {
        s->compression = TRACE_XZ;
        if (lzma_easy_encoder(&s->xz, 9 | LZMA_PRESET_EXTREME, LZMA_CHECK_CRC32) != LZMA_OK)
            fail(s, "cannot compress", "out of memory for the xz encoder");
    } else if (ends_in(s->path, ".zst")) {
        s->compression = TRACE_ZSTD;
        s->zstd = ZSTD_createCStream();
        if (!s->zstd ||
            ZSTD_isError(ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_compressionLevel, ZSTD_LEVEL)) ||
            ZSTD_isError(ZSTD_CCtx_setParameter(s->zstd, ZSTD_c_checksumFlag, 1)))
            fail(s, "cannot compress", "out of memory for the zstd encoder");
    }
}

/* The permissions that a plainly created file would have, rather than mkstemp's private ones. */
static void open_temporary(struct trace_sink *s)
{
    struct stat status;
    if (stat(s->path, &status) == 0 && !S_ISREG(status.st_mode)) {
        fail(s, "cannot write", "it exists and is not a regular file");
        return;
    }
    s->fd = mkstemp(s->temporary);
    if (s->fd < 0) {
        fail(s, "cannot create a file beside it", strerror(errno));
        return;
    }
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(s->fd, 0666 & ~mask))
        fail(s, "cannot set its permissions", strerror(errno));
}

struct trace_sink *trace_sink_open(const char *path, char *error, size_t size)
{
    struct trace_sink *s = calloc(1, sizeof *s);
    if (s) {
        s->fd = -1;
        s->xz = (lzma_stream)LZMA_STREAM_INIT;
        s->path = strdup(path);
        if (!s->path || asprintf(&s->temporary, "%s.XXXXXX", path) < 0)
            s->temporary = NULL;
    }
    if (!s || !s->temporary) {
        snprintf(error, size, "%s: out of memory", path);
        trace_sink_abandon(s);
        return NULL;
    }
    open_temporary(s);
    if (!s->failed)
        start_compression(s);
    if (!s->failed)
        return s;
    snprintf(error, size, "%s", s->error);
    trace_sink_abandon(s);
    return NULL;
}

bool trace_sink_write(struct trace_sink *s, const void *bytes, size_t count)
{
    return put(s, bytes, count, false);
}

static bool publish(struct trace_sink *s)
{
    int fd = s->fd;
    if (!put(s, NULL, 0, true))
        return false;
    s->fd = -1;
    if (close(fd))
        fail(s, "cannot write", strerror(errno));
    else if (rename(s->temporary, s->path))
        fail(s, "cannot rename the finished file", strerror(errno));
    if (s->failed)
        unlink(s->temporary);
    return !s->failed;
}

bool trace_sink_close(struct trace_sink *s, char *error, size_t size)
{
    bool good = publish(s);
    if (!good)
        snprintf(error, size, "%s", s->error);
    trace_sink_abandon(s);
    return good;
}

void trace_sink_abandon(struct trace_sink *s)
{
    if (!s)
        return;
    if (s->fd >= 0) {
        close(s->fd);
        unlink(s->temporary);
    }
    lzma_end(&s->xz);
    ZSTD_freeCStream(s->zstd);
    free(s->path);
    free(s->temporary);
    free(s);
}

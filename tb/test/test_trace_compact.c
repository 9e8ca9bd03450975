// SPDX-License-Identifier: Apache-2.0
/* The compact form: its bytes, the way there and back, and everything that can be wrong in it. */
#include "test_trace.h"
#include "trace_compact.h"

/* A compact file built by hand, its checks right unless a test spoils them afterwards. */
struct file {
    uint8_t at[1024];
    size_t size;
    uint32_t check;
};

static void append(struct file *f, const void *bytes, size_t size)
{
    memcpy(f->at + f->size, bytes, size);
    f->size += size;
    f->check = lzma_crc32(bytes, size, f->check);
}

static void append_number(struct file *f, uint64_t value, size_t bytes)
{
    uint8_t stored[8];
    compact_store64(stored, value);
    append(f, stored, bytes);
}

static void append_check(struct file *f)
{
    compact_store32(f->at + f->size, f->check);
    f->size += 4;
}

static void append_header(struct file *f, uint32_t version, const char *name, uint64_t count)
{
    *f = (struct file){0};
    append(f, "\x89RVTRACE", 8);
    append_number(f, version, 4);
    append_number(f, strlen(name), 4);
    append_number(f, count, 8);
    append(f, name, strlen(name));
    append_check(f);
}

struct part {
    const char *at;
    size_t size;
};
#define PART(string) ((struct part){string, sizeof string - 1})

static void append_block(struct file *f, struct part code, struct part op, struct part fetch,
                         struct part data)
{
    const struct part parts[] = {code, op, fetch, data};
    for (int i = 0; i < 4; i++)
        append_number(f, parts[i].size, 4);
    for (int i = 0; i < 4; i++)
        append(f, parts[i].at, parts[i].size);
    append_check(f);
}

static void append_trailer(struct file *f, uint64_t count)
{
    append_number(f, 0, 4);
    append_number(f, count, 8);
    append_check(f);
}

/*
 * A loop of two instructions that walks down an array, three times round. The first round is
 * explicit (code 7: address and op); in the second the op of each place is known, the fall-through
 * is what came last time (guess 1, as the path is new) and the data address is explicit; in the
 * third the stride is known too.
 */
static const struct trace_record loop[] = {
    {0x1000, TRACE_FETCH, 4}, {0x9000, TRACE_LOAD, 8}, {0x1004, TRACE_FETCH, 2},
    {0x1000, TRACE_FETCH, 4}, {0x8ff8, TRACE_LOAD, 8}, {0x1004, TRACE_FETCH, 2},
    {0x1000, TRACE_FETCH, 4}, {0x8ff0, TRACE_LOAD, 8}, {0x1004, TRACE_FETCH, 2},
};
enum { LOOP = sizeof loop / sizeof *loop };

/* Fetch 0x1000 is +0x1000 from 0; back from 0x1006 to 0x1000 is -6; 0x8ff8 is -8 from 0x9000. */
static void build_loop(struct file *f)
{
    append_header(f, 1, "loop", LOOP);
    append_block(f, PART("\7\7\6\7\3\1\1\0\1"), PART("\x10\x21\x08\x10"), PART("\x80\x40\x0b"),
                 PART("\x80\xc0\x04\x0f"));
    append_trailer(f, LOOP);
}

static void assert_records(struct trace *t, const struct trace_record *records, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_record(t, records[i].kind, records[i].va, records[i].size);
    assert_end(t);
}

static void bytes_by_hand(void **state)
{
    (void)state;
    struct file f;
    char directory[64], path[80];
    build_loop(&f);
    struct trace *t = open_bytes(f.at, f.size, TRACE_AUTO);
    assert_int_equal(trace_format(t), TRACE_COMPACT);
    assert_string_equal(trace_name(t), "loop");
    assert_int_equal(trace_count(t), LOOP);
    assert_records(t, loop, LOOP);

    make_directory(directory);
    snprintf(path, sizeof path, "%s/t", directory);
    write_compact(path, "loop", loop, LOOP);
    struct bytes written = read_file(path);
    assert_int_equal(written.size, f.size);
    assert_memory_equal(written.at, f.at, f.size);
    free(written.at);
    unlink(path);
    rmdir(directory);
}

/* A fetch and nine loads of one address: the eighth and the ninth share a place, so that the
 * ninth's op is known. */
static void ordinal_stops_at_seven(void **state)
{
    (void)state;
    static const struct trace_record load = {0x100, TRACE_LOAD, 8};
    struct file f;
    append_header(&f, 1, "", 10);
    append_block(&f, PART("\7\7\5\5\5\5\5\5\5\1"), PART("\x10\x21!!!!!!!"), PART("\x20"),
                 PART("\x80\4"));
    append_trailer(&f, 10);
    struct trace *t = open_bytes(f.at, f.size, TRACE_AUTO);
    assert_record(t, TRACE_FETCH, 0x10, 4);
    for (int i = 0; i < 9; i++)
        assert_record(t, load.kind, load.va, load.size);
    assert_end(t);
}

static uint64_t random_number(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* A program-like mixture with surprises of every size. */
static struct trace_record *make_records(size_t count)
{
    static const unsigned sizes[] = {0, 1, 2, 3, 4, 8, 16, 63, 64};
    struct trace_record *records = malloc(count * sizeof *records);
    uint64_t seed = 0x123456789abcdef, pc = 0x400000;
    assert_non_null(records);
    for (size_t i = 0; i < count; i++) {
        uint64_t r = random_number(&seed);
        enum trace_kind kind = r % 10 < 6 ? TRACE_FETCH : (enum trace_kind)(1 + r / 16 % 3);
        unsigned size = sizes[r / 64 % 9];
        uint64_t va = r / 1024 % 50 ? 0x7fff0000 + i % 977 * 8 : random_number(&seed);
        if (kind == TRACE_FETCH)
            va = pc = r / 1024 % 8 ? pc + size : 0x400000 + r / 8192 % 64 * 36;
        if (r >> 20 % 5000 == 0)
            va = r % 2 ? UINT64_MAX : 0;
        records[i] = (struct trace_record){va, kind, size};
    }
    return records;
}

/* Through each compression, over several blocks, converted twice. */
static void there_and_back(void **state)
{
    (void)state;
    enum { COUNT = 3 * COMPACT_BLOCK_RECORDS + 17 };
    static const char *const suffixes[] = {"", ".xz", ".zst"};
    struct trace_record *records = make_records(COUNT);
    char directory[64], path[80], error[1024];
    make_directory(directory);
    for (int i = 0; i < 3; i++) {
        snprintf(path, sizeof path, "%s/t%s", directory, suffixes[i]);
        write_compact(path, "mixture", records, COUNT);
        struct trace *t = trace_open(path, TRACE_AUTO, error, sizeof error);
        assert_non_null(t);
        assert_int_equal(trace_compression(t), i);
        assert_int_equal(trace_count(t), COUNT);
        assert_true(trace_progress(t) >= 0);
        assert_records(t, records, COUNT);
        unlink(path);
    }
    rmdir(directory);
    free(records);
}

/* Whole blocks exactly, and the least trace. */
static void block_boundaries(void **state)
{
    (void)state;
    static const size_t counts[] = {1, COMPACT_BLOCK_RECORDS - 1, COMPACT_BLOCK_RECORDS,
                                    COMPACT_BLOCK_RECORDS + 1, 2 * COMPACT_BLOCK_RECORDS};
    struct trace_record *records = make_records(2 * COMPACT_BLOCK_RECORDS);
    char directory[64], path[80], error[1024];
    make_directory(directory);
    snprintf(path, sizeof path, "%s/t", directory);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        write_compact(path, "", records, counts[i]);
        struct trace *t = trace_open(path, TRACE_COMPACT, error, sizeof error);
        assert_non_null(t);
        assert_records(t, records, counts[i]);
    }
    unlink(path);
    rmdir(directory);
    free(records);
}

/* Reads to the end; true when every record came right and the end was a proper one. */
static bool reads_well(const void *at, size_t size)
{
    char error[1024];
    struct trace_record record;
    enum trace_status status;
    struct trace *t = trace_open_memory("mem", at, size, TRACE_COMPACT, error, sizeof error);
    if (!t)
        return false;
    size_t n = 0;
    while ((status = trace_next(t, &record)) == TRACE_RECORD) {
        assert_true(n < LOOP);
        assert_int_equal(record.va, loop[n].va);
        assert_int_equal(record.kind, loop[n].kind);
        assert_int_equal(record.size, loop[n].size);
        n++;
    }
    if (status == TRACE_ERROR)
        assert_true(strlen(trace_error(t)) > strlen("mem: "));
    trace_close(t);
    return status == TRACE_END;
}

static void every_truncation_is_noticed(void **state)
{
    (void)state;
    struct file f;
    build_loop(&f);
    assert_true(reads_well(f.at, f.size));
    for (size_t size = 1; size < f.size; size++)
        if (reads_well(f.at, size))
            fail_msg("%zu of %zu bytes are taken for a whole trace", size, f.size);
}

static void every_flipped_bit_is_noticed(void **state)
{
    (void)state;
    struct file f;
    build_loop(&f);
    for (size_t bit = 0; bit < 8 * f.size; bit++) {
        f.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (reads_well(f.at, f.size))
            fail_msg("bit %zu of byte %zu may change", bit % 8, bit / 8);
        f.at[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static void errors_say_what_and_where(void **state)
{
    (void)state;
    struct file f;
    build_loop(&f); /* header to byte 32, block of 16 + 20 bytes to 72, trailer to 88 */
    assert_int_equal(f.size, 88);
    assert_no_open(f.at, 20, TRACE_COMPACT, "mem: truncated: the header is cut short");
    assert_no_open(f.at, 30, TRACE_COMPACT, "mem: truncated: the header at byte 0 is cut short");
    assert_no_open("0123456789012345678901234", 25, TRACE_COMPACT,
                   "mem: not a compact trace: byte 0 does not begin with its magic number");
    assert_error(open_bytes(f.at, 32, TRACE_AUTO), 0,
                 "mem: truncated: neither a block nor the trailer at byte 32");
    assert_error(open_bytes(f.at, 50, TRACE_AUTO), 0,
                 "mem: truncated: the block at byte 32 is cut short");
    assert_error(open_bytes(f.at, 72, TRACE_AUTO), LOOP,
                 "mem: truncated: neither a block nor the trailer at byte 72");
    assert_error(open_bytes(f.at, 87, TRACE_AUTO), LOOP,
                 "mem: truncated: neither a block nor the trailer at byte 72");
    assert_error(open_bytes(f.at, 89, TRACE_AUTO), LOOP,
                 "mem: corrupt: data follow the trailer, from byte 88");
    f.at[50] ^= 1;
    assert_error(open_bytes(f.at, f.size, TRACE_AUTO), 0,
                 "mem: corrupt: wrong checksum of the block at byte 32");
    f.at[50] ^= 1;
    f.at[80] ^= 1;
    assert_error(open_bytes(f.at, f.size, TRACE_AUTO), LOOP,
                 "mem: corrupt: wrong checksum of the trailer at byte 72");
}

static void impossible_headers(void **state)
{
    (void)state;
    struct file f;
    append_header(&f, 2, "", 1);
    assert_no_open(f.at, f.size, TRACE_AUTO,
                   "mem: compact trace of version 2; this program reads version 1");
    append_header(&f, 1, "", 1);
    compact_store32(f.at + 12, 256);
    assert_no_open(f.at, f.size, TRACE_AUTO,
                   "mem: corrupt: a name of 256 bytes at byte 12; at most 255 are allowed");
    append_header(&f, 1, "none", 0);
    append_trailer(&f, 0);
    assert_error(open_bytes(f.at, f.size, TRACE_AUTO), 0,
                 "mem: no reference in it; a compact trace holds at least one");
}

/* Blocks with right checks and wrong content, as no writer makes them. */
static void impossible_blocks(void **state)
{
    (void)state;
    static const char malformed[] = "mem: corrupt: record 0 in the block at byte 28 is malformed";
    static const struct {
        struct part code, op, fetch, data;
    } blocks[] = {
        {{"\x08", 1}, {"", 0}, {"", 0}, {"", 0}},         /* a code that is none */
        {{"\x04", 1}, {"", 0}, {"", 0}, {"", 0}},         /* no op */
        {{"\x04", 1}, {"\x80", 1}, {"", 0}, {"", 0}},     /* an op without end */
        {{"\x04", 1}, {"\x84\x02", 2}, {"", 0}, {"", 0}}, /* 65 bytes */
        {{"\x03", 1}, {"", 0}, {"", 0}, {"\1", 1}},       /* no address of the fetch */
        {{"\x07", 1}, {"\x21", 1}, {"\1", 1}, {"", 0}},   /* none of the load */
        {{"\x03", 1}, {"", 0}, {"\xff\xff", 2}, {"", 0}}, /* an address without end */
        {{"\x02", 1}, {"\1", 1}, {"", 0}, {"", 0}},       /* columns not used up */
        {{"\x02", 1}, {"", 0}, {"\1", 1}, {"", 0}},
        {{"\x02", 1}, {"", 0}, {"", 0}, {"\1", 1}},
    };
    struct file f;
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++) {
        append_header(&f, 1, "", 1);
        append_block(&f, blocks[i].code, blocks[i].op, blocks[i].fetch, blocks[i].data);
        append_trailer(&f, 1);
        assert_error(open_bytes(f.at, f.size, TRACE_AUTO), 0, malformed);
    }
}

static void impossible_sizes(void **state)
{
    (void)state;
    static const uint32_t sizes[][4] = {{COMPACT_BLOCK_RECORDS + 1, 0, 0, 0},
                                        {1, 3, 0, 0},
                                        {1, 0, 11, 0},
                                        {1, 0, 0, 11},
                                        {1, 0, 5, 6},
                                        {1, 0, 0, UINT32_MAX}};
    struct file f;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        append_header(&f, 1, "", 1);
        for (int j = 0; j < 4; j++)
            append_number(&f, sizes[i][j], 4);
        f.size += 64;
        assert_error(open_bytes(f.at, f.size, TRACE_AUTO), 0,
                     "mem: corrupt: impossible sizes in the block at byte 28");
    }
}

/* The counts of the header, the trailer and the blocks must be one. */
static void counts_that_differ(void **state)
{
    (void)state;
    static const unsigned counts[][2] = {{2, 1}, {1, 2}, {2, 2}};
    struct file f;
    for (size_t i = 0; i < 3; i++) {
        char error[128];
        append_header(&f, 1, "", counts[i][0]);
        append_block(&f, PART("\2"), PART(""), PART(""), PART(""));
        append_trailer(&f, counts[i][1]);
        snprintf(error, sizeof error,
                 "mem: corrupt: 1 records, where the header says %u and the trailer %u",
                 counts[i][0], counts[i][1]);
        assert_error(open_bytes(f.at, f.size, TRACE_AUTO), 1, error);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_by_hand),
        cmocka_unit_test(ordinal_stops_at_seven),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(block_boundaries),
        cmocka_unit_test(every_truncation_is_noticed),
        cmocka_unit_test(every_flipped_bit_is_noticed),
        cmocka_unit_test(errors_say_what_and_where),
        cmocka_unit_test(impossible_headers),
        cmocka_unit_test(impossible_blocks),
        cmocka_unit_test(impossible_sizes),
        cmocka_unit_test(counts_that_differ),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: Apache-2.0
/* rvmmu-tb trace: converts memory traces to the compact form, and says what is in them. */
#include "cmd.h"
#include "option.h"
#include "progress.h"
#include "trace.h"
#include "trace_summary.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROGRESS_EVERY = 1 << 16 };

/* Updates the line; `fraction` of the work is done, negative when that is not known. */
static void show(struct progress *progress, uint64_t records, double fraction)
{
    progress->total = fraction > 0 ? (double)records / fraction : 0;
    progress_update(progress, (double)records);
}

static int complain(const char *what)
{
    fprintf(stderr, "rvmmu-tb trace: %s\n", what);
    return CMD_BAD_INPUT;
}

struct convert {
    enum trace_format from;
    uint64_t skip, limit; /* in references; limit 0 = all */
    const char *name, *out, *in;
};

enum { OPTION_FROM = 256, OPTION_LIMIT, OPTION_SKIP, OPTION_NAME };

static const struct argp_option convert_options[] = {
    {"from", OPTION_FROM, "FORMAT", 0,
     "lackey, dinero, champsim, compact, raw64 or auto (the default: by content)", 0},
    {"skip", OPTION_SKIP, "N", 0, "Leave out the first N references", 0},
    {"limit", OPTION_LIMIT, "N", 0, "Take at most N references", 0},
    {"name", OPTION_NAME, "TEXT", 0,
     "What the trace is called in its header (default: the name it had, or the name of IN)", 0},
    {"output", 'o', "OUT", 0, "Where to write; .xz or .zst at its end says how it is compressed",
     0},
    {0}};

/* The argument of --from. */
static enum trace_format take_format(const struct argp_state *state, const char *text)
{
    const char *names[TRACE_RAW64 + 1];

    for (enum trace_format format = TRACE_AUTO; format <= TRACE_RAW64; format++)
        names[format] = trace_format_name(format);
    return option_name(state, "from", text, names, TRACE_RAW64 + 1);
}

static error_t parse_convert(int key, char *argument, struct argp_state *state)
{
    struct convert *c = state->input;
    switch (key) {
    case OPTION_FROM:
        c->from = take_format(state, argument);
        return 0;
    case OPTION_SKIP:
        c->skip = option_number(state, "skip", argument, 0, UINT64_MAX);
        return 0;
    case OPTION_LIMIT:
        c->limit = option_number(state, "limit", argument, 1, UINT64_MAX);
        return 0;
    case OPTION_NAME:
        c->name = argument;
        return 0;
    case 'o':
        c->out = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (c->in)
            option_bad(state, "one trace at a time: '%s' is the second", argument);
        c->in = argument;
        return 0;
    case ARGP_KEY_END:
        if (!c->in || !c->out)
            option_bad(state, "%s", c->in ? "no -o OUT" : "no trace to convert");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* How far a conversion is: in what is asked for if that is limited, in the file otherwise. */
static double convert_fraction(const struct convert *c, const struct trace *trace, uint64_t seen)
{
    double file = trace_progress(trace);
    double asked = c->limit ? (double)seen / ((double)c->skip + (double)c->limit) : -1;
    return asked > file ? asked : file;
}

/* Copies the references asked for and counts those seen; false when the reader or the writer
 * failed. */
static bool copy(const struct convert *c, struct trace *trace, struct trace_writer *writer,
                 uint64_t *seen)
{
    struct trace_record record;
    struct progress progress;
    enum trace_status status = TRACE_END;
    bool good = true;
    uint64_t n = 0;
    progress_start(&progress, "trace convert", "references", 0);
    while (good && (!c->limit || n < c->skip + c->limit) &&
           (status = trace_next(trace, &record)) == TRACE_RECORD) {
        if (n++ >= c->skip)
            good = trace_writer_put(writer, &record);
        if (n % PROGRESS_EVERY == 0)
            show(&progress, n, convert_fraction(c, trace, n));
    }
    progress_end(&progress);
    *seen = n;
    return good && status != TRACE_ERROR;
}

static const char *default_name(const struct trace *trace, const char *in)
{
    const char *slash = strrchr(in, '/');
    if (trace_name(trace)[0])
        return trace_name(trace);
    if (!strcmp(in, "-"))
        return "standard input";
    return slash ? slash + 1 : in;
}

/* Converts an open trace; the writer is finished or abandoned. */
static int convert_open(const struct convert *c, struct trace *trace)
{
    char error[1024];
    const char *name = c->name ? c->name : default_name(trace, c->in);
    struct trace_writer *writer = trace_writer_open(c->out, name, error, sizeof error);
    uint64_t seen;
    if (!writer)
        return complain(error);
    if (!copy(c, trace, writer, &seen)) {
        const char *why = trace_error(trace)[0] ? trace_error(trace) : trace_writer_error(writer);
        complain(why);
        trace_writer_abandon(writer);
        return CMD_BAD_INPUT;
    }
    if (seen <= c->skip) {
        fprintf(stderr,
                "rvmmu-tb trace: %s has %" PRIu64 " references; --skip %" PRIu64 " leaves none\n",
                c->in, seen, c->skip);
        trace_writer_abandon(writer);
        return CMD_BAD_INPUT;
    }
    return trace_writer_close(writer, error, sizeof error) ? CMD_AGREE : complain(error);
}

static int convert(int argc, char **argv)
{
    static const struct argp argp = {
        convert_options,
        parse_convert,
        "-o OUT IN",
        "Converts a memory trace to the compact form.\v"
        "IN is a trace of valgrind's lackey tool, Dinero IV, ChampSim, 64-bit words or the compact "
        "form itself, plain or compressed by xz or zstd; - is standard input. OUT appears when it "
        "is complete.",
        NULL,
        NULL,
        NULL};
    struct convert c = {.from = TRACE_AUTO};
    char error[1024];
    option_parse(&argp, argc, argv, &c);
    struct trace *trace = trace_open(c.in, c.from, error, sizeof error);
    if (!trace)
        return complain(error);
    int status = convert_open(&c, trace);
    trace_close(trace);
    return status;
}

struct info {
    enum trace_format from;
    char **files;
    int count;
};

static const struct argp_option info_options[] = {
    {"from", OPTION_FROM, "FORMAT", 0, "As for trace convert", 0}, {0}};

static error_t parse_info(int key, char *argument, struct argp_state *state)
{
    struct info *info = state->input;
    switch (key) {
    case OPTION_FROM:
        info->from = take_format(state, argument);
        return 0;
    case ARGP_KEY_ARGS:
        info->files = state->argv + state->next;
        info->count = state->argc - state->next;
        return 0;
    case ARGP_KEY_NO_ARGS:
        option_bad(state, "no trace named");
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_modes(const struct trace_summary *s)
{
    static const unsigned bits[] = {32, 39, 48, 57};
    bool fold = false;
    printf("  fits");
    for (int i = 0; i < 4; i++)
        if (trace_summary_fits(s, bits[i]))
            printf(" Sv%u", bits[i]);
    for (int i = 0; i < 4; i++)
        if (!trace_summary_fits(s, bits[i])) {
            printf("%s Sv%u", fold ? "," : "; needs --fold for", bits[i]);
            fold = true;
        }
    putchar('\n');
}

static void print_summary(const char *path, const struct trace *trace,
                          const struct trace_summary *s)
{
    uint64_t all = s->count[0] + s->count[1] + s->count[2] + s->count[3];
    printf("%s: %s, %s", path, trace_format_name(trace_format(trace)),
           trace_compression_name(trace_compression(trace)));
    if (trace_name(trace)[0])
        printf(", \"%s\"", trace_name(trace));
    printf("\n  references %" PRIu64 ": fetches %" PRIu64 ", loads %" PRIu64 ", stores %" PRIu64
           ", modifies %" PRIu64 "\n",
           all, s->count[TRACE_FETCH], s->count[TRACE_LOAD], s->count[TRACE_STORE],
           s->count[TRACE_MODIFY]);
    printf("  4 KiB pages %" PRIu64 ": data %" PRIu64 ", fetch %" PRIu64 "\n", s->pages,
           s->data_pages, s->fetch_pages);
    printf("  addresses 0x%" PRIx64 " to 0x%" PRIx64 "\n", s->lowest, s->highest);
    print_modes(s);
}

static int info_of(const char *path, enum trace_format from)
{
    char error[1024];
    struct trace_summary summary = {0};
    struct trace_record record;
    struct progress progress;
    enum trace_status status;
    bool room = true;
    uint64_t n = 0;
    struct trace *trace = trace_open(path, from, error, sizeof error);
    if (!trace)
        return complain(error);
    progress_start(&progress, "trace info", "references", 0);
    while (room && (status = trace_next(trace, &record)) == TRACE_RECORD) {
        room = trace_summary_add(&summary, &record);
        if (++n % PROGRESS_EVERY == 0)
            show(&progress, n, trace_progress(trace));
    }
    progress_end(&progress);
    bool good = room && status == TRACE_END;
    if (good)
        print_summary(path, trace, &summary);
    else
        complain(room ? trace_error(trace) : "out of memory");
    trace_summary_free(&summary);
    trace_close(trace);
    return good ? CMD_AGREE : CMD_BAD_INPUT;
}

static int info(int argc, char **argv)
{
    static const struct argp argp = {
        info_options,
        parse_info,
        "FILE...",
        "Says of each memory trace: its format, the references by kind, the pages touched, and the "
        "virtual-memory modes whose address space it fits.\v"
        "- is standard input. A page counts when any byte of it is touched.",
        NULL,
        NULL,
        NULL};
    struct info info = {.from = TRACE_AUTO};
    int worst = CMD_AGREE;
    option_parse(&argp, argc, argv, &info);
    for (int i = 0; i < info.count; i++) {
        int status = info_of(info.files[i], info.from);
        if (status > worst)
            worst = status;
    }
    return worst;
}

static int usage(FILE *to, int status)
{
    fputs("Usage: rvmmu-tb trace convert [OPTION...] -o OUT IN\n"
          "  or:  rvmmu-tb trace info [OPTION...] FILE...\n\n"
          "  convert    convert a memory trace to the compact form\n"
          "  info       say what is in memory traces\n\n"
          "rvmmu-tb trace convert --help and rvmmu-tb trace info --help say more.\n",
          to);
    return status;
}

int cmd_trace(int argc, char **argv)
{
    if (argc < 2)
        return usage(stderr, CMD_BAD_INPUT);
    if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-?"))
        return usage(stdout, CMD_AGREE);
    if (!strcmp(argv[1], "convert")) {
        argv[1] = "rvmmu-tb trace convert";
        return convert(argc - 1, argv + 1);
    }
    if (!strcmp(argv[1], "info")) {
        argv[1] = "rvmmu-tb trace info";
        return info(argc - 1, argv + 1);
    }
    fprintf(stderr, "rvmmu-tb trace: no '%s'; there are convert and info\n", argv[1]);
    return CMD_BAD_INPUT;
}

// SPDX-License-Identifier: Apache-2.0
/*
 * A board that there is not: a process behind a pseudo-terminal that speaks the board's protocol,
 * with a Verilated design in place of the one on the board. It may misbehave in one way, and its
 * line may lose, change and double bytes, both ways.
 */
#ifndef FAKE_BOARD_H
#define FAKE_BOARD_H

#include "dut_build.h"
#include "dut_link_frame.h"
#include "dut_shim.h"
#include "splitmix.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define BOARD_GAP_MS  4       /* without a byte: what has come of a frame is dropped */
#define BOARD_LATE_MS 30      /* of a late answer: beyond the patience of the tests */
#define BOARD_CHANCES 1000000 /* noise: in so many */

enum board_fault {
    BOARD_SOUND,
    BOARD_SILENT,         /* answers nothing */
    BOARD_GARBAGE,        /* answers bytes that are no frame */
    BOARD_VERSION,        /* another version of the protocol */
    BOARD_SHORT_IDENTITY, /* tells too few parameters */
    BOARD_IMPOSSIBLE,     /* tells parameters that cannot be */
    BOARD_LINE,           /* is built with MemoryLine */
    BOARD_SHORT_OUTPUTS,  /* answers with too few bytes */
    BOARD_WRONG_TAG,      /* answers a tag that no request has */
    BOARD_WRONG_WALKER,   /* asks memory in the name of no walker */
    BOARD_HANGS_UP,       /* is unplugged */
    BOARD_OLD_ANSWERS,    /* sends the answer before the last once more, first */
    BOARD_LATE,           /* answers late, now and then */
    BOARD_REPEATS,        /* executes a question that is asked again once more */
    BOARD_NO_CRC,         /* takes frames whatever their CRC is */
    BOARD_KEEPS_KILLS,    /* kills last beyond their cycle */
    BOARD_LOSES_CONTEXT,  /* takes no context with a question that has requests, too */
    BOARD_FORGETS_EVENTS, /* tells no events in an answer to such a one */
    BOARD_OLD_PMP,        /* takes the PMP CSRs' addresses for granted */
};

struct board_options {
    const char *preset;
    enum board_fault fault;
    unsigned after;                    /* questions before it shows */
    unsigned drop, corrupt, duplicate; /* chances of a byte */
};

struct board {
    struct board_options options;
    const struct dut_shim_ops *ops;
    void *self;
    int port;
    uint64_t rng;
    unsigned asked;
    bool executed;
    uint8_t sequence; /* last executed */
    uint32_t parameters[DUT_SHIM_PARAMETERS];
    struct dut_inputs in;
    struct dut_outputs out;
    struct dut_pmp_inputs pmp;
    uint64_t events[DUT_SHIM_EVENTS];
    unsigned strobes;
    struct dut_frame before; /* the answer before this one */
};

static bool board_is(const struct board *b, enum board_fault fault)
{
    return b->options.fault == fault && b->asked > b->options.after;
}

/* ---- Bytes. */

static uint64_t board_take(const uint8_t **from, unsigned bytes)
{
    uint64_t value = 0;

    memcpy(&value, *from, bytes); /* this machine is little-endian, too */
    *from += bytes;
    return value;
}

static void board_put(struct dut_frame *to, unsigned bytes, uint64_t value)
{
    memcpy(to->payload + to->length, &value, bytes);
    to->length = (uint8_t)(to->length + bytes);
}

/* Passes a byte through the line: how often it comes out, as what. */
static unsigned board_noise(struct board *b, uint8_t *byte)
{
    const struct board_options *o = &b->options;
    uint64_t drawn = splitmix_below(&b->rng, BOARD_CHANCES);

    if (drawn < o->drop)
        return 0;
    drawn -= o->drop;
    if (drawn < o->corrupt)
        *byte ^= (uint8_t)(1 + splitmix_below(&b->rng, 255));
    else if (drawn - o->corrupt < o->duplicate)
        return 2;
    return 1;
}

static void board_send(struct board *b, const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint8_t byte = bytes[i];
        for (unsigned times = board_noise(b, &byte); times > 0; times--)
            if (write(b->port, &byte, 1) != 1)
                _exit(1);
    }
}

static void board_send_frame(struct board *b, const struct dut_frame *frame)
{
    uint8_t bytes[DUT_FRAME_MOST];

    board_send(b, bytes, dut_frame_encode(frame, bytes));
}

/* ---- The design's side. */

static void board_settle(struct board *b)
{
    b->ops->load(b->self, &b->in, &b->out);
}

static void board_load(struct board *b, const uint8_t *p)
{
    struct dut_inputs *in = &b->in;

    in->satp = board_take(&p, 8);
    unsigned status = (unsigned)board_take(&p, 2);
    in->sum = status & 1;
    in->mxr = status >> 1 & 1;
    in->sbe = status >> 2 & 1;
    in->adue = status >> 3 & 1;
    in->pbmte = status >> 4 & 1;
    in->sse = status >> 5 & 1;
    in->pmm_u = status >> 6 & 3;
    in->pmm_s = status >> 8 & 3;
    in->pmm_m = status >> 10 & 3;
    for (int port = 0; port < 2; port++) {
        uint64_t kill = board_take(&p, 8);
        in->port[port].kill = kill | (board_is(b, BOARD_KEEPS_KILLS) ? in->port[port].kill : 0);
    }
    unsigned memory = (unsigned)board_take(&p, 1);
    in->mem_ready = memory & 1;
    in->mem_valid = memory >> 1 & 1;
    in->mem_error = memory >> 2 & 1;
    in->mem_id = (uint8_t)board_take(&p, 1);
    in->mem_data = board_take(&p, 8);
    in->pmp_valid = board_take(&p, 1);
    unsigned fence = (unsigned)board_take(&p, 1);
    in->fence_valid = fence & 1;
    in->fence_use_va = fence >> 1 & 1;
    in->fence_use_asid = fence >> 2 & 1;
    in->fence_op = fence >> 4 & 7;
    in->fence_va = board_take(&p, 8);
    in->fence_asid = (uint16_t)board_take(&p, 2);
}

static void board_clock(struct board *b, const uint8_t *p)
{
    uint64_t count[DUT_SHIM_EVENTS];

    for (int port = 0; port < 2; port++) {
        struct dut_port_inputs *in = &b->in.port[port];
        unsigned flags = (unsigned)board_take(&p, 1);
        in->valid = flags & 1;
        in->speculative = flags >> 1 & 1;
        in->tag = (uint8_t)board_take(&p, 1);
        in->access = (uint8_t)board_take(&p, 1);
        unsigned kind = (unsigned)board_take(&p, 1);
        in->size_log2 = kind & 7;
        in->privilege = kind >> 4 & 3;
        in->va = board_take(&p, 8);
    }
    b->ops->clock(b->self, &b->in, &b->out);
    for (int port = 0; port < 2; port++) {
        b->in.port[port].valid = false;
        if (!board_is(b, BOARD_KEEPS_KILLS))
            b->in.port[port].kill = 0;
    }
    b->in.fence_valid = b->in.pmp_valid = b->in.mem_valid = false;
    b->ops->events(b->self, count);
    for (unsigned i = 0; i < DUT_SHIM_EVENTS; i++)
        b->strobes |= (unsigned)(count[i] - b->events[i]) << i;
    memcpy(b->events, count, sizeof count);
}

static void board_reset(struct board *b, const uint8_t *p)
{
    struct dut_strap_inputs straps = {p[0] & 1, p[0] >> 1 & 1, p[1], p[2]};

    memset(&b->in, 0, sizeof b->in);
    b->in.reset = true;
    board_settle(b);
    b->ops->straps(b->self, &straps);
    for (int i = 0; i < 4; i++)
        b->ops->clock(b->self, &b->in, &b->out);
    b->in.reset = false;
    board_settle(b);
    memset(b->events, 0, sizeof b->events);
}

static void board_pmp(struct board *b, const uint8_t *p)
{
    unsigned index = (unsigned)board_take(&p, 1), cfg = (unsigned)board_take(&p, 1);

    if (index == 0xFF) {
        b->pmp.mml = cfg & 1;
        b->pmp.mmwp = cfg >> 1 & 1;
    } else if (index < DUT_SHIM_PMP) {
        b->pmp.cfg[index] = (uint8_t)cfg;
        if (!board_is(b, BOARD_OLD_PMP))
            b->pmp.addr[index] = board_take(&p, 8);
    }
    b->ops->pmp(b->self, &b->pmp);
    board_settle(b);
}

/* Loading and clocking in one. */
static void board_both(struct board *b, const uint8_t *p)
{
    uint64_t satp = b->in.satp;

    board_load(b, p);
    if (board_is(b, BOARD_LOSES_CONTEXT))
        b->in.satp = satp;
    board_settle(b);
    board_clock(b, p + 48);
    if (board_is(b, BOARD_FORGETS_EVENTS))
        b->strobes = 0;
}

static void board_execute(struct board *b, const struct dut_frame *question)
{
    const uint8_t *p = question->payload;

    b->strobes = 0;
    switch (question->kind) {
    case 1:
        board_reset(b, p);
        break;
    case 2:
        board_load(b, p);
        board_settle(b);
        break;
    case 3:
        board_clock(b, p);
        break;
    case 4:
        board_both(b, p);
        break;
    case 5:
        board_pmp(b, p);
        break;
    }
}

/* ---- Answers. */

static void board_tell_identity(struct board *b, struct dut_frame *answer)
{
    unsigned count = DUT_SHIM_PARAMETERS - board_is(b, BOARD_SHORT_IDENTITY);

    board_put(answer, 1, board_is(b, BOARD_VERSION) ? 2 : 1);
    for (unsigned i = 0; i < count; i++) {
        uint32_t value = b->parameters[i];
        if (i == 4 && board_is(b, BOARD_IMPOSSIBLE))
            value = 7; /* TagWidth */
        if (i == 16 && board_is(b, BOARD_LINE))
            value = 1;
        board_put(answer, 2, value);
    }
}

/* The design leaves fields without meaning as they were; here they are rubbish. */
static void board_tell_port(struct board *b, const struct dut_port_outputs *out,
                            struct dut_frame *answer)
{
    bool v = out->valid;

    board_put(answer, 1, (unsigned)out->ready | v << 1);
    board_put(answer, 1, v && !board_is(b, BOARD_WRONG_TAG) ? out->tag : 0xA5);
    board_put(answer, 1, v ? (unsigned)out->result | out->pbmt << 2 : 0xFF);
    board_put(answer, 1, v ? out->page_shift : 0xA5);
    board_put(answer, 1, v ? out->cause : 0xA5);
    board_put(answer, 8, v ? out->pa : 0xA5A5A5A5A5A5A5A5u);
    board_put(answer, 8, v ? out->tval : 0xA5A5A5A5A5A5A5A5u);
}

static void board_tell_outputs(struct board *b, struct dut_frame *answer)
{
    const struct dut_outputs *out = &b->out;
    bool taken = out->mem_taken;

    board_tell_port(b, &out->port[0], answer);
    board_tell_port(b, &out->port[1], answer);
    board_put(answer, 1,
              (unsigned)out->fence_ready | out->pmp_ready << 1 | out->pmp_taken << 2 |
                  out->mem_taken << 3 | out->mem_unstable << 4 | out->mem_swap << 5);
    board_put(answer, 1, taken && !board_is(b, BOARD_WRONG_WALKER) ? out->mem_id : 0xA5);
    board_put(answer, 8, out->mem_pa);
    board_put(answer, 8, out->mem_expected);
    board_put(answer, 8, out->mem_desired);
    board_put(answer, 2, b->strobes);
    if (board_is(b, BOARD_SHORT_OUTPUTS))
        answer->length--;
}

static void board_send_answer(struct board *b, const struct dut_frame *answer)
{
    static const uint8_t garbage[80] = {1, 2, DUT_FRAME_START, 9, 9, 9, DUT_FRAME_START};

    if (board_is(b, BOARD_HANGS_UP))
        _exit(0);
    if (board_is(b, BOARD_SILENT))
        return;
    if (board_is(b, BOARD_GARBAGE)) {
        board_send(b, garbage, sizeof garbage);
        return;
    }
    if (board_is(b, BOARD_OLD_ANSWERS) && b->asked > 1)
        board_send_frame(b, &b->before);
    if (board_is(b, BOARD_LATE) && splitmix_below(&b->rng, 8) == 0)
        nanosleep(&(struct timespec){.tv_nsec = BOARD_LATE_MS * 1000000}, NULL);
    board_send_frame(b, answer);
    b->before = *answer;
}

static void board_answer(struct board *b, const struct dut_frame *question)
{
    static const uint8_t length[] = {0, 3, 48, 24, 72, 10};
    struct dut_frame answer = {.sequence = question->sequence,
                               .kind = (uint8_t)(question->kind | 0x80)};

    if (question->kind >= sizeof length || question->length != length[question->kind])
        return;
    b->asked++;
    if (question->kind == 0 || !b->executed || question->sequence != b->sequence ||
        board_is(b, BOARD_REPEATS))
        board_execute(b, question);
    b->executed = true;
    b->sequence = question->sequence;
    if (question->kind == 0)
        board_tell_identity(b, &answer);
    else
        board_tell_outputs(b, &answer);
    board_send_answer(b, &answer);
}

/* The byte, or, if it is the last of a frame, what it should be; the one before is put right. */
static uint8_t board_pardon(struct dut_frame_receiver *r, uint8_t byte)
{
    size_t end = r->have > 1 ? (size_t)r->bytes[1] + 4 : 0;

    if (end == 0 || r->have != end + 1)
        return byte;
    uint16_t crc = dut_frame_crc(r->bytes + 1, end - 1);
    r->bytes[end] = (uint8_t)crc;
    return (uint8_t)(crc >> 8);
}

static void board_receive(struct board *b, struct dut_frame_receiver *receiver, uint8_t byte)
{
    struct dut_frame question;

    if (board_is(b, BOARD_NO_CRC))
        byte = board_pardon(receiver, byte);
    if (dut_frame_receive(receiver, byte, &question))
        board_answer(b, &question);
}

static _Noreturn void board_serve(struct board *b)
{
    struct dut_frame_receiver receiver = {0};
    struct pollfd port = {.fd = b->port, .events = POLLIN};

    for (;;) {
        uint8_t bytes[256];
        if (poll(&port, 1, receiver.have ? BOARD_GAP_MS : -1) == 0) {
            receiver.have = 0;
            continue;
        }
        ssize_t count = read(b->port, bytes, sizeof bytes);
        if (count <= 0)
            _exit(0);
        for (ssize_t i = 0; i < count; i++)
            for (unsigned times = board_noise(b, &bytes[i]); times > 0; times--)
                board_receive(b, &receiver, bytes[i]);
    }
}

/* ---- For the test. */

/* Starts it: its process, and in `path` the serial port that leads to it. Negative: it cannot. */
static pid_t board_start(const struct board_options *options, char path[64])
{
    struct board b = {.options = *options, .rng = 1};
    const struct dut_shim_ops *(*get)(void);
    struct dut_preset preset;
    struct termios raw;
    char library[6000], error[600];
    int tty;

    if (!dut_preset_load(options->preset, NULL, 0, &preset, error, sizeof error) ||
        !dut_build(&preset, DUT_WAVE_NONE, library, sizeof library, error, sizeof error)) {
        fprintf(stderr, "%s\n", error);
        return -1;
    }
    memset(&raw, 0, sizeof raw);
    cfmakeraw(&raw);
    raw.c_cflag |= CREAD;
    if (openpty(&b.port, &tty, path, &raw, NULL))
        return -1;
    pid_t child = fork();
    if (child != 0) {
        close(b.port);
        close(tty); /* the child keeps it, so that the line stays between two programs */
        return child;
    }
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    void *design = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (!design)
        _exit(1);
    *(void **)&get = dlsym(design, "dut_shim_get");
    b.ops = get();
    b.self = b.ops->create();
    b.ops->parameters(b.self, b.parameters);
    board_serve(&b);
}

static void board_stop(pid_t board)
{
    kill(board, SIGKILL);
    waitpid(board, NULL, 0);
}

#endif

// SPDX-License-Identifier: Apache-2.0
#include "dut_link.h"

#include "dut_link_tty.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How long an answer may take beside its time on the line, at first. Once it is known how long one
 * usually takes, a few times that; but longer than a board waits for a byte within a frame. */
#define MOST_MS    100
#define LEAST_MS   25
#define TIMES      4
#define LONGEST    4 /* times the first wait, to which it doubles from try to try */
#define TRIES      20
#define BYTE_BITS  10 /* with start and stop bit */
#define ANSWERED   0x80
#define READ_BYTES 512

enum receive { RECEIVED, NOTHING, LINE_GONE };

bool dut_link_open(struct dut_link *link, struct dut_uart *uart, char *error, size_t error_size)
{
    *link = (struct dut_link){.uart = uart};
    uart->counts = (struct dut_uart_counts){0};
    link->fd = dut_tty_open(uart->path, uart->baud, error, error_size);
    return link->fd >= 0;
}

void dut_link_close(struct dut_link *link)
{
    close(link->fd);
}

static int64_t now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* Waits for the port until `end`, in us. False: in vain. */
static bool wait_for(const struct dut_link *link, short event, int64_t end)
{
    struct pollfd port = {.fd = link->fd, .events = event};
    int64_t left = end - now_us();

    return left > 0 && (poll(&port, 1, (int)(left / 1000) + 1) >= 0 || errno == EINTR);
}

static enum receive send_bytes(struct dut_link *link, const uint8_t *bytes, size_t count,
                               int64_t end)
{
    for (size_t sent = 0; sent < count;) {
        ssize_t wrote = write(link->fd, bytes + sent, count - sent);

        if (wrote < 0 && errno != EAGAIN && errno != EINTR)
            return LINE_GONE;
        if (wrote > 0)
            sent += (size_t)wrote;
        else if (!wait_for(link, POLLOUT, end))
            return NOTHING;
    }
    return RECEIVED;
}

static bool answers(const struct dut_frame *frame, const struct dut_frame *question)
{
    return frame->sequence == question->sequence && frame->kind == (question->kind | ANSWERED);
}

/* True: the answer is among them. Whatever else comes is dropped. */
static bool take_bytes(struct dut_link *link, const uint8_t *bytes, size_t count,
                       const struct dut_frame *question, struct dut_frame *answer)
{
    struct dut_frame frame;
    bool found = false;

    for (size_t i = 0; i < count; i++)
        if (dut_frame_receive(&link->receiver, bytes[i], &frame) && answers(&frame, question)) {
            *answer = frame;
            found = true;
        }
    link->uart->counts.bytes_received += count;
    return found;
}

static enum receive receive(struct dut_link *link, const struct dut_frame *question,
                            struct dut_frame *answer, int64_t end)
{
    uint8_t bytes[READ_BYTES];

    do {
        ssize_t count = read(link->fd, bytes, sizeof bytes);

        if (count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR))
            return LINE_GONE;
        if (count > 0 && take_bytes(link, bytes, (size_t)count, question, answer))
            return RECEIVED;
    } while (wait_for(link, POLLIN, end));
    return NOTHING;
}

/* One try. What is left of an answer that did not become one is forgotten before the next. */
static enum receive try_once(struct dut_link *link, const struct dut_frame *question,
                             struct dut_frame *answer, int64_t wait_us)
{
    uint8_t bytes[DUT_FRAME_MOST];
    size_t count = dut_frame_encode(question, bytes);
    int64_t line_us = 2 * DUT_FRAME_MOST * BYTE_BITS * INT64_C(1000000) / link->uart->baud;
    int64_t end = now_us() + wait_us + line_us;
    enum receive result = send_bytes(link, bytes, count, end);

    link->uart->counts.bytes_sent += count;
    if (result == RECEIVED)
        result = receive(link, question, answer, end);
    if (result == NOTHING)
        link->receiver.have = 0;
    return result;
}

/* How long to wait for an answer the first time, in us. */
static int64_t first_wait(const struct dut_link *link)
{
    int64_t wait = TIMES * link->usual_us;

    if (link->uart->wait_ms)
        return INT64_C(1000) * link->uart->wait_ms;
    if (wait == 0 || wait > 1000 * MOST_MS)
        return 1000 * MOST_MS;
    return wait > 1000 * LEAST_MS ? wait : 1000 * LEAST_MS;
}

/* Learns from an answer that came at once. */
static void learn(struct dut_link *link, int64_t took_us)
{
    int64_t usual = link->usual_us ? link->usual_us : took_us;

    link->usual_us = usual + (took_us - usual) / 8 + 1;
}

static void explain_silence(const struct dut_link *link, unsigned tries, uint64_t bytes,
                            char *error, size_t error_size)
{
    size_t used = (size_t)snprintf(error, error_size, "no answer to %u tries at %u baud", tries,
                                   link->uart->baud);

    if (used < error_size && bytes > 0)
        snprintf(error + used, error_size - used,
                 ", but %ju bytes that are none: is the rate right?", (uintmax_t)bytes);
    else if (used < error_size)
        snprintf(error + used, error_size - used, ": is the board on, and is it this line?");
}

bool dut_link_ask(struct dut_link *link, uint8_t kind, const uint8_t *payload, size_t length,
                  struct dut_frame *answer, char *error, size_t error_size)
{
    struct dut_uart_counts *counts = &link->uart->counts;
    struct dut_frame question = {
        .length = (uint8_t)length, .sequence = ++link->sequence, .kind = kind};
    unsigned tries = link->uart->tries ? link->uart->tries : TRIES;
    int64_t begun = now_us(), wait = first_wait(link), longest = LONGEST * wait;
    uint64_t before = counts->bytes_received;

    if (length > 0)
        memcpy(question.payload, payload, length);
    counts->questions++;
    for (unsigned i = 0; i < tries; i++) {
        enum receive result = try_once(link, &question, answer, wait);

        counts->repeated += i > 0;
        if (result == RECEIVED && i == 0)
            learn(link, now_us() - begun);
        if (result == RECEIVED)
            return true;
        if (result == LINE_GONE) {
            snprintf(error, error_size, "the line is gone");
            return false;
        }
        wait = wait * 2 < longest ? wait * 2 : longest;
    }
    explain_silence(link, tries, counts->bytes_received - before, error, error_size);
    return false;
}

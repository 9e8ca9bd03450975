// SPDX-License-Identifier: Apache-2.0
/* A conversation with a board over a serial line: one question at a time, asked again until it is
 * answered. */
#ifndef DUT_LINK_H
#define DUT_LINK_H

#include "dut.h"
#include "dut_link_frame.h"

struct dut_link {
    int fd;
    struct dut_uart *uart; /* the caller's: line, patience, counts */
    uint8_t sequence;      /* of the last question */
    int64_t usual_us;      /* that an answer takes; 0: not known yet */
    struct dut_frame_receiver receiver;
};

/* False with the reason in `error`. `uart` must live as long as the link. */
bool dut_link_open(struct dut_link *link, struct dut_uart *uart, char *error, size_t error_size);
void dut_link_close(struct dut_link *link);

/* Asks with the next sequence number, and again with the same as often as no answer comes: the
 * frame of that number and of kind | 0x80. False with the reason in `error`: none came. */
bool dut_link_ask(struct dut_link *link, uint8_t kind, const uint8_t *payload, size_t length,
                  struct dut_frame *answer, char *error, size_t error_size);

#endif

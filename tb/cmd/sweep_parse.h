// SPDX-License-Identifier: Apache-2.0
/* The lines of a definition of a sweep. */
#ifndef SWEEP_PARSE_H
#define SWEEP_PARSE_H

#include "sweep_definition.h"

/* Reads one line, which has neither comment nor blanks at its ends and is not empty, into the
 * definition; cuts it in pieces. False with the reason in `error`. */
bool sweep_parse_line(struct sweep_definition *definition, char *line, char *error,
                      size_t error_size);

#endif

// SPDX-License-Identifier: Apache-2.0
/* The pins of a Verilated design as plain C, and the few calls that move them. One shared library
 * a build exports dut_shim_get; dut.c is its only user. */
#ifndef DUT_SHIM_H
#define DUT_SHIM_H

#include <stdbool.h>
#include <stdint.h>

#define DUT_SHIM_VERSION    1 /* of this file: a cached library of another version is rebuilt */
#define DUT_SHIM_PARAMETERS 14
#define DUT_SHIM_EVENTS     11

struct dut_port_inputs {
    bool valid;
    uint8_t tag, access, privilege;
    uint64_t va;
    uint64_t kill;
};

struct dut_inputs {
    bool reset, sum, mxr;
    uint64_t satp;
    struct dut_port_inputs port[2]; /* fetch, data */
    bool mem_ready, mem_valid, mem_error;
    uint8_t mem_id;
    uint64_t mem_data;
    bool fence_valid, fence_use_va, fence_use_asid;
    uint16_t fence_asid;
    uint64_t fence_va;
};

struct dut_port_outputs {
    bool ready, valid;
    uint8_t tag, result, page_shift, cause;
    uint64_t pa, tval;
};

struct dut_outputs {
    struct dut_port_outputs port[2];
    bool fence_ready;
    bool mem_taken, mem_unstable; /* of the last cycle */
    uint8_t mem_id;
    uint64_t mem_pa;
};

struct dut_shim_ops {
    void *(*create)(void);
    void (*destroy)(void *self);
    void (*parameters)(void *self, uint32_t value[DUT_SHIM_PARAMETERS]);
    void (*events)(void *self, uint64_t count[DUT_SHIM_EVENTS]);
    /* Lets the inputs settle within the cycle. */
    void (*settle)(void *self, const struct dut_inputs *in, struct dut_outputs *out);
    /* Clock edge with these inputs; the outputs are those of the new cycle. */
    void (*clock)(void *self, const struct dut_inputs *in, struct dut_outputs *out);
    /* Waves: null and nothing in a build without them. */
    bool (*wave_open)(void *self, const char *path);
    void (*wave)(void *self, bool on);
};

#ifdef __cplusplus
extern "C"
#endif
    const struct dut_shim_ops *
    dut_shim_get(void);

#endif

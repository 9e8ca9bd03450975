// SPDX-License-Identifier: Apache-2.0
/* The pins of a Verilated design as plain C, and the few calls that move them. One shared library
 * a build exports dut_shim_get; dut.c is its only user. */
#ifndef DUT_SHIM_H
#define DUT_SHIM_H

#include <stdbool.h>
#include <stdint.h>

#define DUT_SHIM_VERSION    4 /* of this file: a cached library of another version is rebuilt */
#define DUT_SHIM_PARAMETERS 33
#define DUT_SHIM_EVENTS     15
#define DUT_SHIM_PMP        64 /* entries that the pins carry */
#define DUT_SHIM_LINE       8  /* times 64 bits: what memory answers with MemoryLine */

struct dut_port_inputs {
    bool valid, speculative;
    uint8_t tag, access, size_log2, privilege;
    uint64_t va;
    uint64_t kill;
};

struct dut_inputs {
    bool reset, sum, mxr, sbe, adue, pbmte, sse;
    uint8_t pmm_u, pmm_s, pmm_m;
    uint64_t satp;
    struct dut_port_inputs port[2]; /* fetch, data */
    bool mem_ready, mem_valid, mem_error;
    uint8_t mem_id;
    uint64_t mem_data;
    uint64_t mem_line[DUT_SHIM_LINE]; /* with MemoryLine; byte 0 lowest */
    bool pmp_valid;
    bool fence_valid, fence_use_va, fence_use_asid;
    uint8_t fence_op;
    uint16_t fence_asid;
    uint64_t fence_va;
};

struct dut_port_outputs {
    bool ready, valid;
    uint8_t tag, result, page_shift, pbmt, cause;
    uint64_t pa, tval;
};

struct dut_outputs {
    struct dut_port_outputs port[2];
    bool fence_ready, pmp_ready;
    bool pmp_taken; /* the CSRs are to change now; of the last cycle, as are */
    bool mem_taken, mem_unstable;
    bool mem_swap;
    uint8_t mem_id;
    uint64_t mem_pa, mem_expected, mem_desired;
};

/* Inputs that hardly ever change: straps in reset, PMP CSRs after their handshake. */
struct dut_strap_inputs {
    bool svnapot, svrsw60t59b;
    uint8_t pmp_count, pmp_grain;
};

struct dut_pmp_inputs {
    uint8_t cfg[DUT_SHIM_PMP];
    uint64_t addr[DUT_SHIM_PMP];
    bool mml, mmwp;
};

struct dut_shim_ops {
    void *(*create)(void);
    void (*destroy)(void *self);
    void (*parameters)(void *self, uint32_t value[DUT_SHIM_PARAMETERS]);
    void (*events)(void *self, uint64_t count[DUT_SHIM_EVENTS]);
    void (*straps)(void *self, const struct dut_strap_inputs *in);
    void (*pmp)(void *self, const struct dut_pmp_inputs *in);
    /* Takes all of these inputs, and lets them settle within the cycle. Kills, fence, change of PMP
     * and answer of memory end with it. */
    void (*load)(void *self, const struct dut_inputs *in, struct dut_outputs *out);
    /* Takes the requests, all else being as it was loaded, and gives a clock edge; the outputs are
     * those of the new cycle. */
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

// SPDX-License-Identifier: Apache-2.0
// Verilator's class for the board behind the C calls of board_shim.h.
#include "board_shim.h"

#include "Vboard.h"
#include "verilated.h"

namespace
{

struct Shim {
    VerilatedContext context;
    Vboard top;
    // What has no reset starts with random bits.
    Shim() : top((context.randReset(2), context.randSeed(1), &context))
    {
        top.clk_i = 0;
        top.rx_i = 1;
        top.eval();
    }
};

void *create()
{
    return new Shim;
}

void destroy(void *self)
{
    Shim *s = static_cast<Shim *>(self);
    s->top.final();
    delete s;
}

bool clock(void *self, bool rx)
{
    Vboard &t = static_cast<Shim *>(self)->top;
    t.rx_i = rx;
    t.clk_i = 1;
    t.eval();
    t.clk_i = 0;
    t.eval();
    return t.tx_o;
}

bool busy(const void *self)
{
    return static_cast<const Shim *>(self)->top.busy_o;
}

const board_shim_ops ops = {create, destroy, clock, busy, BOARD_CLOCKS_PER_BIT, BOARD_GAP_CLOCKS};

} // namespace

const board_shim_ops *board_shim_get(void)
{
    return &ops;
}

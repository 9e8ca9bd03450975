// SPDX-License-Identifier: Apache-2.0
/*
 * Fields of a page-table entry, "Addressing and Memory Protection" of Sv32 and Sv39. Sv48 and Sv57
 * share the format of Sv39.
 *
 *           63   62 61   60      54   53         10   9 8   7   6   5   4   3   2   1   0
 *         +----+-------+------------+--------------+-----+---+---+---+---+---+---+---+---+
 *   Sv39  | N  | PBMT  |  reserved  |  PPN (44)    | RSW | D | A | G | U | X | W | R | V |
 *         +----+-------+------------+--------------+-----+---+---+---+---+---+---+---+---+
 *   Sv32                             31         10   same bits 9 to 0; PPN has 22 bits
 */
#ifndef MMU_PTE_H
#define MMU_PTE_H

#include <stdint.h>

#define MMU_PTE_V (UINT64_C(1) << 0)
#define MMU_PTE_R (UINT64_C(1) << 1)
#define MMU_PTE_W (UINT64_C(1) << 2)
#define MMU_PTE_X (UINT64_C(1) << 3)
#define MMU_PTE_U (UINT64_C(1) << 4)
#define MMU_PTE_G (UINT64_C(1) << 5)
#define MMU_PTE_A (UINT64_C(1) << 6)
#define MMU_PTE_D (UINT64_C(1) << 7)

#define MMU_PTE_PPN_SHIFT     10
#define MMU_PTE_PPN_BITS_SV32 22
#define MMU_PTE_PPN_BITS_SV39 44

#define MMU_VPN_BITS_SV32 10
#define MMU_VPN_BITS_SV39 9

/* Bits above the PPN; only in PTEs of eight bytes. */
#define MMU_PTE_SOFTWARE_60_59 (UINT64_C(3) << 59) /* Svrsw60t59b; reserved without it */
#define MMU_PTE_PBMT_SHIFT     61
#define MMU_PTE_PBMT           (UINT64_C(3) << MMU_PTE_PBMT_SHIFT) /* Svpbmt; reserved without it */
#define MMU_PTE_N              (UINT64_C(1) << 63)     /* Svnapot; reserved without it */
#define MMU_PTE_HIGH           (UINT64_C(0x3ff) << 54) /* everything above the PPN */

#define MMU_PAGE_SHIFT 12

#endif

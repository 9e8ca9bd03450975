// SPDX-License-Identifier: Apache-2.0
/* The list of policies. */
#include "policy.h"

#include <string.h>

const struct policy *const policy_all[] = {
    &policy_fifo,    &policy_clock,  &policy_nru, &policy_aging, &policy_lru,
    &policy_wsclock, &policy_random, &policy_opt, NULL,
};

const struct policy *policy_find(const char *name)
{
    for (size_t i = 0; policy_all[i]; i++)
        if (!strcmp(policy_all[i]->name, name))
            return policy_all[i];
    return NULL;
}

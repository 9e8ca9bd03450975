# SPDX-License-Identifier: Apache-2.0
# The proofs; FORMAL= names some of them, or options (formal/run.sh --help).

.PHONY: formal
formal:
	formal/run.sh $(FORMAL)

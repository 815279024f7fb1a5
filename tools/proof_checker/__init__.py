# SPDX-License-Identifier: Apache-2.0
"""An independent checker of proofs of the format ntm-proof/1 (docs/proof.md), written from the pages alone.

It shares no code with the library and reads nothing but the document. It can be read as the definition:

canonical   the text and its digests
shape       which keys there are and what values look like (shape_law, shape_proof)
exact       numbers and intervals
law         what a law names, and whether it is there
walk        what a claim rests on, in which order
inputs      what is known of each fact
figures     which cell of a figure holds
algebra     the result of each kind of step
derive      all results, and again after a change
reasons     reasons of a known verdict, facts that decide an open one
proof       one proof
document    the whole: `check(bytes) -> Result`
"""

from .document import Result, check

__all__ = ["Result", "check"]

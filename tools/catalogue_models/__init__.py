# SPDX-License-Identifier: Apache-2.0
"""One module per criteria set for make-catalogue.py: what the compiled facts do not say themselves.

The compiled facts hold titles, figures and their provenance. A model adds what turns them into rules: the fact
dictionary, the rule of each indicator, the ids of figures, the English wording, and notes.
"""

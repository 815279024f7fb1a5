# SPDX-License-Identifier: Apache-2.0
"""One module per set or family: which facts a row asks for, and what is to be said about it.

Each has make(facts, sources), which gives a list of families: a set, and the overlays that belong to it.
"""
from . import (commune_advanced_2021_2025, commune_ntm_2010_2020, commune_ntm_2016_2020, commune_ntm_2021_2025, districts,
               ha_tinh, model_communes, ocop, poverty, provinces, sets_2026_2030, urban)

MODULES = [commune_ntm_2010_2020, commune_ntm_2016_2020, commune_ntm_2021_2025, commune_advanced_2021_2025,
           model_communes, districts, provinces, sets_2026_2030, urban, ocop, ha_tinh, poverty]

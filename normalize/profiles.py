"""The sources whose documents can be read: one line each."""

from __future__ import annotations

from normalize.ecfr_profile import US_ECFR
from normalize.eu_profile import EU_AI_ACT, EU_DUAL_USE
from normalize.federal_register_profile import US_FEDERAL_REGISTER
from normalize.lists_profiles import US_BIS_DPL, US_CSL, US_OFAC_SDN

_ALL = (
    US_ECFR,
    US_FEDERAL_REGISTER,
    US_CSL,
    US_OFAC_SDN,
    US_BIS_DPL,
    EU_AI_ACT,
    EU_DUAL_USE,
)

PROFILES = {profile.source: profile for profile in _ALL}

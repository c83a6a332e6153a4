"""The sources whose documents can be read: one line each."""

from __future__ import annotations

from normalize.china_profile import CN_MOFCOM
from normalize.ecfr_profile import US_ECFR
from normalize.eu_profile import EU_AI_ACT, EU_DUAL_USE
from normalize.federal_register_profile import US_FEDERAL_REGISTER
from normalize.germany_profile import DE_AWV
from normalize.japan_profile import JP_EGOV, JP_METI
from normalize.lists_profiles import US_BIS_DPL, US_CSL, US_OFAC_SDN
from normalize.page_profile import EU_AI_OFFICE, SG_CUSTOMS, US_BIS, US_WHITEHOUSE, WEB_PAGE
from normalize.pdf_profile import PDF_DOCUMENT
from normalize.public_inspection import US_PUBLIC_INSPECTION
from normalize.uk_profile import UK_LEGISLATION, UK_NOTICES

_ALL = (
    US_ECFR,
    US_FEDERAL_REGISTER,
    US_PUBLIC_INSPECTION,
    US_CSL,
    US_OFAC_SDN,
    US_BIS_DPL,
    JP_EGOV,
    JP_METI,
    DE_AWV,
    CN_MOFCOM,
    US_BIS,
    US_WHITEHOUSE,
    SG_CUSTOMS,
    EU_AI_OFFICE,
    WEB_PAGE,
    PDF_DOCUMENT,
    EU_AI_ACT,
    EU_DUAL_USE,
    UK_LEGISLATION,
    UK_NOTICES,
)

PROFILES = {profile.source: profile for profile in _ALL}

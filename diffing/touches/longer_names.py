"""Names that are longer than the country's in them and are no country: firms, newspapers, ships, buildings, treaties, persons, rivers.

``archive.vocabulary.countries_contexts`` holds what stands right beside a name in running text; the rules here hold in headings and lists
too, where every word has a capital and a capital says nothing.
"""

from __future__ import annotations

import re
from functools import cache

from archive.vocabulary.countries import Name, spellings
from archive.vocabulary.countries_contexts import FIRST_NAMES, PERSONS

# "Qatar Foundation", "Japan Times", "India Gate": what is called so after a country's name.
_CALLED_SO = (
    r"Airports?|Airlink|Cargo|Foundation|Daily|Times|Post|Herald|Tribune|Gazette|News(?!letter)|Mail|Observer|Monitor|Mirror|Telegraph|Standard|Journal|Today|Gate|Town|Towers?|Building|House|Plaza|Cent(?:er|re)|Mall|Hotel|Inn|Square|Bridge"
    r"|Stadium|Arena|Museum|Gallery|Theat(?:er|re)|Pavilion|Palace|Castle|Temple|Church|Cathedral|Hospital|Clinic|Polytechnic|School|College|Library|Observatory|Laborator(?:y|ies)|Fund|Trust|Partners|Capital|Ventures|Investments?|Securities"
    r"|Insurance|Assurance|Financial|Telecom|Télécom|Travail|Stratégie|Telecommunications?|Mobile|Unicom|Tobacco|Brewery|Pharma|Pharmaceuticals?|Biotech|Petroleum|Petrochemicals?|Shipping|Lines?|Maritime|Logistics|Freight|Express|Railways?|Motors?|Automobile|Aviation|Aero"
    r"|Eastern|Southern|Werbung|Tourismus|Re(?=[,;.)]|$)|Ordnance|Shipbuilding|Optronics|Photonics|Microelectronics|Systems|Solutions|Engineering|Construction|Merchants|Minmetals|Resources|Expo|Forum|Club|Open|Cup|Masters|Marathon|Festival|Olympics|Games|Squad|Wharf|Harbou?r|Wall|Cross|Way|Court|Row"
    r"|Terrace|Gardens?|Heights|Hill|Bay|Beach|River|Lake|Canal|Strait|Basin|Valley|Delta|Ridge|Mountains?|Desert|Pony|Terrier|Shepherd|Wine|Blend|Papers|Project|War|Wars|Crisis(?= of)|Accords?|Pact|Treaty|Agreement|Convention|Memorandum"
)
_IS_CALLED = re.compile(
    rf"^(?:\s(?!(?:And|Or|In|To|For|The|With|On|From|Of|By|At|As|Is)\s)[A-Z][\w-]*(?<!s)(?<!ed))?\s(?:{_CALLED_SO})\b(?!\s?(?:of|in|for)\b)(?!:)"
)
# "Russia Oil Sanctions", "China Export Controls Update": a subject, not a name.
_SUBJECT = re.compile(
    r"^(?:\s(?!(?:Act|Regulations?|Law|Bank|Ltd|Inc|Corp|Company|Co|Group|Commission|Ministry|Agency|Authority)\b)[A-Z][\w-]*){0,3}?\s(?:Sanctions?|Embargo(?:es)?|Rules?|Rulemaking|Controls?|Measures|Restrictions?|Bans?|Exports?|Imports?|Reexports?|Trade(?!\sCent)|Tariffs|Updates?|Policy|Licen[sc](?:e|es|ing)|Compliance|Amendments?|Guidance|Enforcement|Review|Sectors?|Industry|Advisory|Notice|Reports?|Alert|Orders?|Determinations?|Entit(?:y|ies)|Parties|Persons|Programs?|Screening)\b(?!\s(?:Expo|Fair|Bank|Corporation|Company|Co\b|Cent|Finance|Credit|Development|Promotion|&))"
)
# "Thales Australia", "BAE Systems Malta", "ZTE Germany": a house and where it works.
_HOUSE = re.compile(
    r"(?:^|[\s(\"“„«'/|-])(?:[\w&-]*Systems|Technolog(?:y|ies)|Electronics|Energy|Telecom|Motors|Pharma|Chemicals|Aerospace|Airlines|Airways|Airport|Banking|Capital|Partners|Consulting|Solutions|Semiconductors?|Microelectronics|Instruments|Industries|Engineering|Shipping"
    r"|Logistics|Holdings?|Networks|Robotics|Photonics|Insurance|Securities|Ventures|Bank|Radio|Petro|Universit(?:y|ät|é)|Hochschule|Reederei|Messe|Flughafen|Zeitung|Verlag|Kanzlei|Campus|Business|Statistics|Health|Parks|Invest\sin|Innovate|Visit|Telekom|Société\sgénérale|[A-ZÄÖÜ]\w*(?:technik|werke?|versicherung|gruppe|kammer|verband|zentrale|zeitung|funk)|Météo|Stade|Aéroport|Cabinet|Hotel|Hôtel|Club|FC|Team|Équipe|Miss)\s$"
)
_ACRONYM = re.compile(r"(?:^|[\s(\"“„«/|])(?P<word>[A-Z]{3,6})\s$")
_NO_HOUSE = frozenset("ECCN CCL EAR SAR ITAR USML EAG DUAL UNO NATO ASEAN OECD OSZE OSCE USA UAE GCC AND THE FOR TO VIA FROM NON BIS UVL MEU SDN OFAC ITN AES TEL FAX ART NR LLC INC LTD GMBH PRC ROK DPRK KSA AWV BAFA FDPR IAEA EFTA OPEC AL VO TOTAL ALL ONLY MIT NACH UND AUS VON PAR ET DE VERS POUR SAUF HORS NEAR SOUTH NORTH EAST WEST PORT CITY ISLE NEW OLD".split())  # fmt: skip
# "the Pride of Malta", "the Great Wall of China", "le Stade de France".
_OF = re.compile(
    r"""\b(?:Pride|Spirit|Stars?|Voice|Times|Wall|Heart|Rose|Order|Bay|Sea|Gulf|Cape|Church|Gazette|Herald|Lion|Pearl|Jewel|Port-of|Daughters|Sons|Friends|Mirror|Merchant|Isle)\s(?:of|Of)\s(?:the\s)?$
    |\b(?:Stade|Tour|[Éé]quipe|Équipes|Gaz|Électricité|Etoile|Étoile|Reine|Perle|Fleur|[Bb]ourse|[Gg]azette|Opéra|Musée|Hôtel|Caisse|Compagnie|Aéroports?|[Ff]édération|[Cc]ollège|[Cc]our\s(?:de\scassation|suprême|d['’]appel|des\scomptes|constitutionnelle)|[Cc]onseil\s(?:d['’][Éé]tat|national|fédéral))\s(?:de\s(?:la\s|l['’])?|du\s|des\s|d['’])$
    |\b(?:[A-ZÄÖÜ]\w*amts?|Amts?|Stern|Stolz|Perle|Börse|Königin|Rat|Rates|Bundesrat)\s(?:von|der|des)\s$
    |\b(?:dollars?|francs?|livres?|pesos?|roupies?|rials?|dinars?|dirhams?|shillings?|couronnes?|yens?|wons?|rands?|bahts?)\s(?:de\s(?:la\s|l['’])?|du\s|des\s|d['’])$
    |\b(?:Banco|Banca|Petr[óo]le?os?|Instituto|Universidade?|Ministerio|Empresa|Corporaci[óo]n|Compa[ñn][íi]a|Servicio|Ferrocarriles|Aerol[íi]neas|Correos|Embajada|Embaixada|C[áa]mara)\s(?:(?:de|do|da|del|di|la|el|los|las|e|y|[A-ZÁÉÍÓÚ]\w*|central|nacional)\s)*?(?:de|do|da|del|di)\s(?:la\s)?$
    |\b(?:cochons?|porcs?|œillets?|marrons?|encres?|papiers?|ombres?|choux?|noix|poivre|crêpes?|jute|cachemire|roses?|bois)\s(?:de\s|du\s|d['’])$""",
    re.X,
)
# "le fleuve Niger", "the river Jordan", "der Fluss Kongo".
_WATER = re.compile(
    r"\b(?:[Ff]leuves?|[Rr]ivières?|[Rr]ivers?|[Ff]luss(?:es)?|[Ll]ac|[Ll]ake|[Mm]ount|[Mm]ont|[Vv]allée\sdu|[Bb]assin\sdu|[Dd]elta\sdu|[Cc]anal\sd[eu]|[Gg]olfe\s(?:de|du|d['’])|[Dd]étroit\sde|[Mm]er\s(?:de|du))\s?$"
)
_SHIP = re.compile(
    r"\b(?:M/?V|M/?T|S/?S|HMS|HMAS|USS|INS|[Vv]essels?|[Ss]hips?|[Tt]ankers?|[Ff]reighter|[Bb]arge|[Yy]acht|[Ss]chiff(?:s|es)?|[Tt]anker[s]?|[Nn]avires?|[Pp]étroliers?|[Cc]argo)\s(?:named\s|called\s|namens\s|dénommé\s)?(?:[\"“”„«‘']\s?(?:[\w.-]+\s){0,3}|(?:(?!(?:In|To|From|Of|For|At|Under|Off|Near|Via|And|Or|The|Flying)\s)[A-Z][\w.-]+\s){1,3})$"
)
_SHIP_ALONE = re.compile(r"\b(?:M/?V|M/T|S/S|HMS|HMAS|USS)\s[\"“„«']?$")
_LAW_OF_COMPOUND = re.compile(
    r"^-(?:[A-ZÄÖÜ][\wäöüß]*-?){0,3}?(?:[Gg]esetz(?:es)?|[Vv]erordnung|[Kk]ommission|[Vv]ertrag(?:s|es)?|[Kk]rieg(?:s|es)?|[Ii]nstituts?|[Gg]esellschaft|[Bb]ank|[Hh]aus(?:es)?|[Ff]orums?|[Ss]tiftung)\b"
)
_SITE = re.compile(r"^\.(?:com|org|net|gov|edu|info|biz|co|io|[a-z]{2})\b")
_COMPOUND_OF_STATES = re.compile(
    r"(?<![\w-])(?:U\.?S\.?A?|UK|EU|[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?:[-–](?:U\.?S\.?A?|UK|EU|[A-Z][a-z]+))+\s(?:(?:[A-Z][\w&-]*|on|of|and|for)\s){0,6}?(?:Wars?|Agreement|Treaty|Pact|Accords?|Commission|Council|Chamber|Forum|Convention|Memorandum|Protocol)\b"
)
_HYPHENED = re.compile(r"(?<=[A-Za-z.])-(?=[A-Z][a-zKS.])")
_FAMILY_FIRST = re.compile(r"^,\s(?P<first>[A-Z][a-z]+)\b")
_INITIAL = re.compile(r"(?<=[\w,;:]\s)[A-Z]\.\s$")  # "with R. Jordan"; at the start of a line it is a mark
_SURNAME = re.compile(r"^\s[A-Z][a-z]+(?<!s)(?=[,;.)]|$|\sand\s[A-Z])")
_IN_ADDRESS = re.compile(r"[,;(|]\s?\0(?!\s[A-Z])")
_ENGLISH_ONLY = frozenset({"jordan", "chad", "georgia"})
_GIVEN = frozenset({"jordan", "chad", "georgia", "israel", "kenya", "india"})
_SURNAMES = PERSONS - {"china", "america", "germany", "india", "israel"}
_AND_OTHERS = frozenset("Beyond Others Allies More Elsewhere".split())


@cache
def _words_of_countries() -> frozenset[str]:
    """The words that countries' names begin and end with, folded."""
    return frozenset(
        word for name in spellings() for word in (name.key.split(" ")[0], name.key.split(" ")[-1])
    )


def compounds_of_states(text: str) -> list[tuple[int, int]]:
    """The spans of names such as "Iran-Iraq War" and "U.S.-Mexico-Canada Agreement"."""
    found: list[tuple[int, int]] = []
    for hyphen in _HYPHENED.finditer(text):
        at = hyphen.start()
        found += [
            hit.span()
            for hit in _COMPOUND_OF_STATES.finditer(text, max(0, at - 40), at + 160)
            if hit.start() < at < hit.end()
        ]
    return found


def is_in_longer_name(language: str, name: Name, before: str, after: str, *, titled: bool) -> bool:
    """Whether ``name`` is part of a longer name by what stands on its line ``before`` and ``after`` it."""
    if (
        _OF.search(before)
        or _WATER.search(before)
        or _SITE.match(after)
        or re.search(r"[A-Z]\w*-of-$", before)
    ):
        return True
    if _SHIP.search(before) or _SHIP_ALONE.search(before) or _LAW_OF_COMPOUND.match(after):
        return True
    if name.key in _SURNAMES and (_is_joined(before, after) or _INITIAL.search(before)):
        return True
    if _is_house(before):
        return True
    if _IS_CALLED.match(after) and not _SUBJECT.match(after):
        return True
    if (
        language in ("de", "fr")
        and name.key in _ENGLISH_ONLY
        and not _IN_ADDRESS.search(f"{before}\0{after}")
    ):
        return True  # Jordanien, Tschad, Georgien: the English word is a person, a river, a state
    if name.key in PERSONS and (inverted := _FAMILY_FIRST.match(after)) and inverted["first"] in FIRST_NAMES:
        return True  # "JORDAN, Michael"
    return titled and name.key in _GIVEN and bool(_SURNAME.match(after)) and not _SUBJECT.match(after)


def is_subject(after: str) -> bool:
    """Whether what follows says that the country is the subject of a heading: Sanctions, Trade Restrictions, Country Policy."""
    return bool(_SUBJECT.match(after))


def _is_joined(before: str, after: str) -> bool:
    """Holland & Knight: what an & joins to a country is another country, or the whole is a firm."""
    for joined in (
        re.match(r"^\s?&\s?([A-Z][\w.'’-]*)", after),
        re.search(r"([A-Z][\w.'’-]*)\s?&\s?$", before),
    ):
        if joined is not None:
            word = joined[1].rstrip(".,").casefold()
            if (
                word not in _words_of_countries()
                and joined[1].rstrip(".,") not in _AND_OTHERS
                and not joined[1].isupper()
            ):
                return True
    return False


def _is_house(before: str) -> bool:
    if _HOUSE.search(before):
        return True
    acronym = _ACRONYM.search(before)
    return acronym is not None and acronym["word"] not in _NO_HOUSE and not before.isupper()

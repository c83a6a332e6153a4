"""What looks like a control number and is something else: citations, dockets, catalogue numbers, files, floats.

Two tools: ``masked`` finds the spans no code may start in, whatever it looks like; ``is_labelled_otherwise`` judges the
words right before a candidate ("room 3B101", "invoice no. 3A001").
"""

from __future__ import annotations

import re
from functools import lru_cache

# Each with a piece of text without which it cannot match: most texts hold few of them.
_MASKS = (
    ("://", re.compile(r"https?://\S+")),
    ("www.", re.compile(r"www\.\S+")),
    ("@", re.compile(r"[\w.+-]{1,80}@[\w-]+\.[\w.]+")),
    ("Comp.", re.compile(r"\b3\s+CFR,\s+\d{4}\s+Comp\.(?:,\s+p\.\s+\d+)?")),
    ("编号", re.compile(r"海关商品编号[:：]?\s*[\d.、,，\s]+")),
    ("編號", re.compile(r"海關商品編號[:：]?\s*[\d.、,，\s]+")),
)
# Those that begin at a word, in one pass.
_WORDS = re.compile(
    r"""\b(?:
        (?=\d)(?:
            0x[0-9A-Fa-f]+\b
          | \d{2,7}-\d{2}-\d\b                                                       # CAS numbers
          | \d+\s+(?:FR|Fed\.\s?Reg\.|U\.?S\.?C\.?|C\.?F\.?R\.?|Stat\.)\s+(?:part\s+)?\d[\w.,-]*(?:\([\w]+\))*
          | [0-9]\.[0-9]+E[+-]?\d+\b | \d+[eE][+-]\d+\b                              # floats
        )
      | (?=[0-9A-Fa-f]{8})(?:
            [0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}\b                     # UUID
          | (?=[0-9a-fA-F]{16})(?=[0-9]*[a-fA-F])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{16,}\b  # digests
        )
      | (?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}\b                                     # hardware addresses
      | (?=[RDFCHKNSEIU])(?:
        (?:RIN|Docket\s+(?:No\.|ID)?|FR\s+Doc\.|CELEX)\s*:?\s*[0-9A-Z][\w-]*
      | (?:HS|HTS|HTSUS|CN|KN|NC|Schedule\s+B|ECN)\s*(?:codes?|numbers?|No\.?|Nr\.?|-Code)?\s*:?\s*\d{4}[\d.\s]*\d
      | ISO(?:/IEC)?\s?[\d-]+(?::\d{4})? | UN\s?\d{4}\b
      )
    )""",
    re.X,
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|csv|txt|xml|html?|json|zip|png|jpe?g|dwg|step|stp|exe|dll|bin|log|py|cpp|md|pptx?|gz|tar|dat|hex|cfg|iso)\b"
)
_FILE_NAME = re.compile(r"[\w.-]{1,80}$")

_OTHER = r"""
    rooms? | cells? | rows? | jobs? | clauses? | tables?(?!:) | tasks? |  rm | suite | ste | unit | apartment | apt | building | bldg | block | floor | gate | hall | lab | laborator(?:y|ies) | lot | bay | dock | rack
  | shelf | bin | stand | booth | stall | seat | locker | platform | ward | flat | desk | office | zone | hangar | warehouse | parking(?:\ space)? | cabinet
  | flights? | train | bus | route | tail | vessel | coach | tram | line
  | (?:spare\ )?parts? | p/n | pn | s/n | serial | sku | model | type\ plate | catalog(?:ue)? | cat | drawing | dwg | order | po | purchase\ order | work\ order | invoice
  | bill | receipt | ticket | voucher | batch | (?<!must\ )(?<!should\ )(?<!shall\ )(?<!to\ )(?<!may\ )(?<!and\ )quote | quotation | tracking | shipment | parcel | container | consignment | asset | inventory | article | product | barcode
  | files? | folder | directory | record | document | attachment | exhibit | page | figure | fig | chapter | slide | sheet | volume | hex | hexadecimal | checksum | hash
  | crc | register | offset | opcode | address | memory | byte | bytes | error | fault | errno | status | float | firmware | version | build | commit | release | revision | rev | ver | err | grade
  | (?<!\bof\ )(?<!\bof\ the\ )(?<!same\ )(?<!any\ )typ[e]? | colou?r | ral | pantone | postal | post | postcode | zip | plate | licence\ plate | license\ plate | registration | passport | badge | course | class | lecture | seminar | exam | case | matter
  | constant | coefficient | opcode | account | chassis | engine | vin | frame | extension | ext | phone | telephone | fax | hotline | customer | member | policy | coupon | promo(?:tion)? | password | pin | user | login | channel | frequency | star | galaxy | asteroid | connector | cable | resistor | capacitor
  | raum | zimmer | saal | halle | gebäude | büro | stockwerk | etage | flug | flugnummer | zug | linie | bahnsteig | gleis | sitz(?:platz)? | teil | teile(?:nummer|-nr) | ersatzteil | bauteil | artikel(?:nummer|-nr)? | bestell(?:ung|nummer|-nr)
  | rechnung(?:snummer|s-nr)? | lieferschein | auftrag(?:snummer|s-nr)? | katalog(?:nummer|-nr)? | serien(?:nummer|-nr) | modell | datei | ordner | zeichnung | charge(?:nnummer)? | los | hexwert | speicheradresse | fehler(?:code)? | kennzeichen | kundennummer | aktenzeichen | durchwahl | telefon | hausnummer | tor | straße | spind | regal | lager
  | salle | chambre | châssis | baie | quai | armoire | caisse | consigne | casier | palette | hangar | colis | valise | voie | bureau | bâtiment | étage | porte | hall | vol | train | place | siège | pièce | référence | réf\.? | modèle | numéro\ de\ série | série\ n° | facture | commande | bon | catalogue | fichier | dossier\ client | dessin | lot | colis | registre | adresse | couleur | erreur | plaque | version
  | specimen | beds? | patient | student | anhänger | fass | ausweis | kurs | stromkreis | relais | schließfach | allée | clé | cours | examen | puits | bouée | parking | passager | étudiant | téléphonique | téléphone | devis | plan | permis | keys? | schlüssel | az\. | dwg\. | ext\. | fig\. | inv\. | ser\. | bldg\. | apt\. | gz\. | ref\. | tel\. | dok\. | doss\. | kst\.
  | kamer | zaal | vlucht | onderdeel | factuur | bestelling | bestand
"""
# Those of them that are said of several; articles, orders and pages are parts of law as well.
_OTHERS = "units|suites|buildings|labs|laboratories|lots|gates|halls|racks|shelves|lockers|desks|offices|containers|serials|models|drawings|invoices|receipts|tickets|batches|quotes|shipments|parcels|files|folders|documents|exhibits|errors|versions|builds|courses|seats|plates|badges|extensions|connectors|cables|räume|zimmern|säle|hallen|büros|flüge|teilen?|rechnungen|salles|chambres|bureaux|vols|pièces|factures|commandes|lots"
_LABELS = re.compile(
    rf"\b(?:{_OTHER}|{_OTHERS})(?![a-zà-ÿ])\s*(?:(?:no|nos|nr|num|number|numbers|id|ids|code|codes|named|called|value|marked|labelled|labeled|nummer|numéro|n|wert)\b\.?\s*)?[#:°º'\"=]*\s*(?:(?:is|was|ist|war|lautet|est|était)\s+)?$",
    re.X | re.I,
)
# "The product is 5A992.c": what a thing is, where a room or a flight only has a number.
_IS_SAID_OF_GOODS = re.compile(
    r"\b(?:products?|parts?|articles?|models?|engines?|cables?|resistors?|capacitors?|connectors?|units?|shipments?|firmware|bauteil|ersatzteil|artikel|modell|pièce|modèle)\s(?:is|was|are|ist|war|est|était)\s$",
    re.I,
)
# "turbojet engine 9A101", "test stand 9B990": with the word that says what it is for, a thing of the list and no number of one.
_KIND_OF_GOODS = re.compile(
    r"(?:\b(?:test|turbo\w+|jet|rocket|ramjet|scramjet|diesel|piston|fuel|solar|reaction|pressure|storage|measur\w+|processing|control|display|power|navigation|inertial|coaxial|optical|fib(?:re|er)|submarine|stirred|cooling|vacuum|launch|orbital|unmanned|robot|tank)"
    r"[ -](?:stands?|engines?|cells?|units?|vessels?|cables?|platforms?|vehicles?|chambers?|containers?|registers?|frames?)|(?:strahl|raketen|turbo\w*)triebwerk|moteur-fusée)\s$",
    re.I,
)
# "Does Note 3 release 5A002.b?": words that are verbs as well, before a code with its paragraph.
_IS_A_VERB = re.compile(
    r"\b(?:to|not|does|do|did|will|would|may|must|shall|should|can|could|cannot|we|they|you|which|that|who|and|or|notes?\s[0-9]+)\s(?:also\s|only\s|now\s)?(?:release|order|record|document|address|file|table|quote|cite|book|register|ship|commit|exhibit|figure|class|license|model|bill|offset|frame|stand)\s$",
    re.I,
)
# "phone 5A992.c": a thing that may be numbered, but not with a paragraph.
_IS_GOODS = re.compile(
    r"\b(?:phones?|telephones?|engines?|cables?|resistors?|capacitors?|connectors?|vessels?|containers?|frames?|chassis|memory|platforms?|plates?|firmware|cells?|tanks?|valves?|pumps?|parts|components|units|models|products|articles|moteurs?|câbles?|téléphones?|kabel|telefone?|bauteile?|ersatzteile?)\s$",
    re.I,
)
_DOTTED_LETTER = re.compile(r"\.[a-z](?![a-z0-9])")
# "job no. 5B002", "permit number 3A001": whatever it is the number of, it is none of a list.
_NUMBER_OF = re.compile(
    r"\b(?!(?:eccns?|ccl|entr(?:y|ies)|controls?|classification|categor(?:y|ies)|list|items?|commodity|goods|export|dual-use|annex|the|of|in|under|by|and|or|with|for|to|from|as|at|on|see|that|which|is|are|these|those|following|such|their|its|e\.g\.|i\.e\.)\s)[a-z][a-z-]+\s(?:no\.|nos\.|number|numbers)\s?[:#]?\s*$",
    re.I,
)
# Rohrnummer, Vorgangsnummer: of all the German numbers few are those of a list.
_NUMMER = re.compile(
    r"(?<![\w-])(?!(?:unter|güter|listen|positions|kontroll|klassifi|ausfuhr|güterlisten|waren|ex|gattungs|eintrags|kategorie|anhangs|dual-use-|anhang-i-|klassifizierungs|erfassungs|kontrolllisten)[a-zäöü]*nummer)[a-zäöüß-]+nummer\s*$",
    re.I,
)
_LABELS_WIDE = re.compile(
    r"(?:内線|引き出し|鍵|钥匙|鑰匙|收据|收據|回执|回執|部屋(?:番号)?|房[號号]|[字文][號号]|电话|電話(?:番号)?|车牌(?:号)?|車牌(?:號)?|护照(?:号)?|護照(?:號)?|パスポート(?:番号)?|口座(?:番号)?|会員番号|受付番号|顧客番号|社員番号|学籍番号|郵便番号|车架号|车位|車位|展位|攤位|摊位|ブース|登机口|登機口|搭乗口|ゲート|駐車場|ロッカー|キャビネット|客户(?:号|编号)|客戶(?:號|編號)|会议编号|課程|课程|演習|门牌(?:号)?|門牌(?:號)?|号室|會議室|会议室|会議室|教室|房间|房間|室|便|航班|班机|班機|航班号|型番|品番|部品番号|部品|製品番号|図面番号|注文番号|請求書(?:番号)?|伝票(?:番号)?|カタログ(?:番号)?|シリアル(?:番号)?|ロット(?:番号)?"
    r"|ファイル(?:名)?|モデル|フライト|型式|管理番号|整理番号|座席|発票|发票(?:号|号码)?|發票(?:號|號碼)?|文件(?:名|号|名为)?|檔案(?:名)?|档案号?|型号(?:为)?|型號(?:為)?|零件(?:号|编号)?|零件(?:號|編號)?|部件(?:号|编号)?|料号|料號"
    r"|货号|貨號|目录(?:号|编号)|目錄(?:號|編號)|订单(?:号|编号)?|訂單(?:號|編號)?|批号|批號|批次|序列号|序號|产品编号|產品編號|座位|车次|車次|列车|浮点数|浮點數|十六进制(?:数|值)?|十六進位(?:數|值)?|编号为内部|快递单号|合同(?:号|编号)|地址|颜色|顏色|错误(?:代码)?|(?<![编編类類项項制控列])[\u4e00-\u9fff](?<![编編类類番])[号號]|(?<!規制)(?<!品目)(?<!分類)(?<!貨物)(?<!項目)(?<![A-Zト])番号|[一-鿿](?<!管制)(?<!管控)(?<!列管)(?<!控制)(?<!物项)(?<!物項)(?<!清单)(?<!清單)(?<!分类)(?<!分類)(?<!货品)(?<!貨品)(?<!商品)(?<!产品管)(?<!技术)(?<!技術)(?<!项目)(?<!項目)(?<!条目)(?<!许可)(?<!許可)(?<!出口)(?:编号|編號)|公寓|宿舍|大楼|大樓|楼层|樓層|单元|單元|车厢|車廂|通道|站点|包厢|包廂|床位|工位|机位|機位|站台|月台)\s*[:：はがの为為是「『“\"'(（]*\s*$"
)
_AFTER = re.compile(
    r"\s*(?:号室|号線|號線|号车|號車|号车厢|便り|番ゲート|番窓口|號室|室|便|航班|次航班|次列车|号房|號房|会议室|會議室|教室)"
)


def masked(text: str) -> list[tuple[int, int]]:
    """The spans of ``text`` (width folded, case kept) that are citations, numbers of other schemes, addresses of the net, files."""
    spans = [hit.span() for piece, mask in _MASKS if piece in text for hit in mask.finditer(text)]
    spans += [hit.span() for hit in _WORDS.finditer(text)]
    for hit in _FILE.finditer(text):
        name = _FILE_NAME.search(text[max(0, hit.start() - 80) : hit.start()])
        if name is not None:
            spans.append((hit.start() - len(name[0]), hit.end()))
    return sorted(spans)


def is_labelled_otherwise(before: str, after: str = "") -> bool:
    """Whether the words right ``before`` a candidate (a few dozen characters), or right ``after`` it, say it is a room, a flight,
    a part, an invoice, a file, a number ... and so no control number."""
    if _DOTTED_LETTER.match(after) and (_IS_A_VERB.search(before) or _IS_GOODS.search(before)):
        return False
    tail = " ".join(before.split()[-4:]) + (" " if before[-1:].isspace() else "")
    if _IS_SAID_OF_GOODS.search(tail) or _KIND_OF_GOODS.search(tail):
        return False
    return _is_label(tail) or bool(_AFTER.match(after))


def is_kind_of_goods(before: str) -> bool:
    """Whether the words right ``before`` a candidate say what the thing is and what for ("turbojet engine", "test stand")."""
    return bool(_KIND_OF_GOODS.search(before))


@lru_cache(maxsize=20_000)
def _is_label(tail: str) -> bool:
    """By the last four words: the same few stand before most codes of a list."""
    return bool(
        _LABELS.search(tail) or _NUMBER_OF.search(tail) or _NUMMER.search(tail) or _LABELS_WIDE.search(tail)
    )

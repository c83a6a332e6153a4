"""Units of measure after a number, and the currencies before or after it. A unit is given as in the text, ``us`` for μs, ``degC`` for °C."""

from __future__ import annotations

import re

# The look-ahead leaves out words that a prefix and a symbol happen to make: as, am, das, Es; 3 D, 2 b.
_SYMBOL = (
    r"(?!(?:as|am|das|dam|at|Es|D|b)(?![A-Za-z/·^]))(?:[yzafpnuµμmcdhkMGTPEZ]|da)?(?:m|g|s|W|V|A|Hz|Pa|J|N|K|T|F|H|L|l|C|B|b|bit|bits|byte|bytes|eV|Wh|Ah|VA|Ω|ohm|ohms|mol|bar|rad|lm|lx|Bq|Gy|Sv|Ci|"
    r"bps|Bps|FLOPS|flops|FLOP|OPS|TOPS|SPS|cd|Torr|var|rpm|sr|D|Da|torr|psi)"
)
_OTHERS = (
    r"TOPS|WT|h|GSPS|MSPS|TPP|dB[A-Za-z]{0,2}|dBc/Hz|ppm|ppb|ppt|rpm|psi|inHg|in\.|in(?=\s*(?:[)\];,×x]|$|by\b))|ft\.?|lbs?\.?|oz\.?|yd|mph|sec|min|hrs?|kt|arcsec(?:onds?)?|°|′|″|CEP|k gal|gal|"
    r"Mtops|cal(?:iber)?|microns?|mils?|degrees?(?: (?:C|F|K|Celsius|Fahrenheit|Kelvin))?|°[CFK]|℃|℉|"
    r"(?:weight|atomic|mole|molar|volume|mass) ?(?:percent|per cent|%)|(?:wt|vol|mol|at)\.? ?%|percent|per cent|Prozent|pour cent|procent|v\.H\.|"
    r"grains?|centistokes|cSt|milligals?|[mµμ]?Gal|mgal|(?:nautical )?mph|knots|nautical miles?|horsepower|hp|decibels?|oersteds?|Oe|gauss|"
    r"[Rr]ads? ?\(Si\)|Gy ?\(Si\)|errors/part|errors(?=/bit)|(?:n|neutrons|protons|particles|atoms)(?=/cm)|cc|tera (?:integer operations|operations|FLOPS)|"
    r"(?i:weighted teraflops|(?:giga|mega) samples per second|(?:billion|million) words per second)|"
    r"(?:nano|micro|milli|centi|kilo|mega|giga|tera)?(?:meters?|metres?|grams?|grammes?|seconds?|watts?|volts?|amperes?|hertz|pascals?|joules?|newtons?|liters?|litres?|bits?|bytes?|"
    r"Meter|Metern|Gramm|Sekunden?|Watt|Volt|Ampere|Hertz|Liter|mètres?|grammes|secondes?|mètre)|"
    r"(?i:(?:nano|mikro|micro|milli|zenti|centi|kilo|mega|giga|tera)(?:metern?|mètres?|gramm?e?s?|watts?|volts?|hertz|pascals?|joules?|bits?|bytes?|secondes?|sekunden?|seconden?))|"
    r"(?i:(?:square|cubic) (?:milli|centi|kilo)?(?:meters?|metres?|inch(?:es)?|feet|foot|yards?))|Quadratmetern?|Kubikmetern?|mètres? (?:carrés?|cubes?)|vierkante meter|kubieke meter|"
    r"gram|(?:Grad|degrés?|graden) Celsius|FLOPs|"
    r"inch(?:es)?|feet|foot|pounds?|ounces?|miles?|gallons?|tons?|tonnes?|Kelvin|Tesla|"
    r"(?:calendar|business|working)? ?days?|hours?|minutes?|weeks?|months?|years?|"
    r"Tagen?|Tag|Stunden?|Minuten?|Wochen?|Monaten?|Monat|Jahren?|Jahr|Arbeitstagen?|jours?|heures?|mois|ans?|années?|semaines?|dagen|dag|uren|uur|weken|maanden|maand|jaren|jaar|werkdagen|"
    r"US dollars|U\.S\. dollars|dollars|euros?|Euro|EUR|USD|yen|Yen|GBP|JPY|CNY"
)
_IDEOGRAPHIC = (
    r"(?:毎秒|毎分|一時間につき|平方|立方)?(?:ナノ|マイクロ|ミリ|センチ|キロ|メガ|ギガ|テラ|ピコ|ヘクト)?(?:メートル|グラム|秒|ワット|ボルトアンペア|ボルト|アンペア|ヘルツ|パスカル|ジュール|ニュートン|リットル|"
    r"ビット|バイト|テスラ|ケルビン|オーム|ファラド|ラジアン|ディービーエム|デシベル|電子ボルト|トン|パーセント|ヌーター|モル|キュリー|ベクレル|フロップス|加重テラ演算|実効テラ演算|テラ演算|演算)(?:毎秒|毎時|毎分|毎(?:平方|立方)?[ァ-ヶー]+|時)*|"
    r"[ァ-ヶー]{2,}|转/分钟?|转每分钟?|轉/分|回転毎分|"
    r"(?:纳|微|毫|厘|千|兆|吉|奈)?(?:米|克|瓦|伏|安|赫兹?|帕|焦耳?|升|比特|字节|特斯拉)|立方米|平方米|公斤|千克|吨|纳米|微米|毫米|摄氏度|攝氏度|個工作日|个工作日|個月|度|年|か月|箇月|个月|月|日|天|小时|時間|分|分钟|秒|円|元|人民币|万円|億円|%|個|軸|級|倍|枚|回|本|台|人|名|次"
)
_LATIN = rf"(?:{_OTHERS}|{_SYMBOL})(?:\^?[-−]?[23²³]|\^[-−]1|(?<=[Kms])[-−]1)?(?:(?:[/·]| per )(?:{_SYMBOL}|{_OTHERS})(?:\^?[-−]?[23²³])?)*(?![A-Za-zÀ-ÿ0-9]|[-−+]\d)"
UNIT_AFTER = re.compile(
    rf"(?:[ \u00a0\u202f-]?(?:{_LATIN})|[ \u00a0\u202f]?(?:[%‰％]|€|\$|¥|£)|(?:{_IDEOGRAPHIC})(?:・(?:{_IDEOGRAPHIC}))*)"
)

CURRENCIES = {
    "$": "USD",
    "US$": "USD",
    "USD": "USD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "¥": "JPY",
    "JPY": "JPY",
    "CNY": "CNY",
    "RMB": "CNY",
}
PREFIX_CURRENCY = re.compile(r"((?:US)?\$|€|£|¥|\b(?:USD|EUR|GBP|JPY|CNY|RMB)) ?$", re.IGNORECASE)
_NAMES = {
    "°c": "degC", "℃": "degC", "degrees c": "degC", "degrees celsius": "degC", "degree c": "degC",
    "grad celsius": "degC", "degrés celsius": "degC", "degré celsius": "degC", "graden celsius": "degC", "摄氏度": "degC", "攝氏度": "degC",
    "°f": "degF", "℉": "degF", "degrees f": "degF", "degrees fahrenheit": "degF", "°k": "K", "％": "%",
    "us dollars": "USD", "u.s. dollars": "USD", "dollars": "USD", "euro": "EUR", "euros": "EUR", "€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "°": "deg",
}  # fmt: skip
_MICRO = re.compile(r"[µμ](?=[A-Za-zΩ])")


# Units under two names: a limit that only changes the name of its unit did not move.
_SAME = {
    "giga samples per second": "GSPS", "mega samples per second": "MSPS", "weighted teraflops": "WT",
    "percent": "%", "per cent": "%", "prozent": "%", "pour cent": "%", "procent": "%",
    "nanometer": "nm", "nanometers": "nm", "nanometre": "nm", "nanometres": "nm", "micrometers": "um", "micrometres": "um",
    "second": "s", "seconds": "s", "sec": "s", "hertz": "Hz", "watts": "W", "watt": "W", "meters": "m", "metres": "m",
    "bits": "bit", "bytes": "byte", "day": "days", "month": "months", "year": "years", "hour": "hours",
}  # fmt: skip


def same_unit(unit: str) -> str:
    """One name for a unit that has several."""
    return _SAME.get(unit.lower(), unit)


def canonical_unit(unit: str) -> str:
    """The unit as the output writes it.

    >>> canonical_unit("μs"), canonical_unit("°C"), canonical_unit("nm"), canonical_unit("-bit")
    ('us', 'degC', 'nm', 'bit')
    """
    unit = _MICRO.sub("u", unit.strip().lstrip("-"))
    return _NAMES.get(unit.lower(), unit)

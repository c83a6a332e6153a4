"""How mails look: colours with their backgrounds, for light and for dark, and the typefaces of each script.

Mail programs drop style sheets, so every element carries its style and reads well in light without any. Where a program keeps the sheet in the head,
``DARK`` turns the same elements dark by their classes. Each pair of a colour and its background has a contrast of 4.5 or more (WCAG 2.2, 1.4.3),
which a test computes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A colour and the background it stands on, in light and in dark."""

    colour: str
    background: str
    dark_colour: str
    dark_background: str


LOOKS = {
    "page": Look(colour="#1c1c1c", background="#ffffff", dark_colour="#e8e8e8", dark_background="#16181b"),
    "box": Look(colour="#1c1c1c", background="#ffffff", dark_colour="#e8e8e8", dark_background="#1f2226"),
    "muted": Look(colour="#595959", background="", dark_colour="#b4b8bf", dark_background=""),
    "link": Look(colour="#0b57a4", background="", dark_colour="#8ab8f5", dark_background=""),
    "del": Look(colour="#8c1616", background="#fbe4e4", dark_colour="#ffc2c2", dark_background="#4d1f22"),
    "ins": Look(colour="#0f5123", background="#dff3e3", dark_colour="#b8efc6", dark_background="#173d23"),
    "long": Look(colour="#0f5123", background="#eef9f0", dark_colour="#c9f0d3", dark_background="#16281c"),
    "button": Look(colour="#ffffff", background="#0b57a4", dark_colour="#0f1620", dark_background="#8ab8f5"),
    "head": Look(colour="#3a3a3a", background="#f1f2f4", dark_colour="#d6d9de", dark_background="#2b2f35"),
}
"""By class. A background of "" is that of the element around."""

_LATIN = "-apple-system,'Segoe UI',Roboto,'Noto Sans','Helvetica Neue',Arial,'Liberation Sans'"
_FONTS = {
    "ja": f"{_LATIN},'Hiragino Sans','Yu Gothic',Meiryo,'Noto Sans CJK JP',sans-serif",
    "zh-Hans": f"{_LATIN},'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif",
    "zh-Hant": f"{_LATIN},'PingFang TC','Microsoft JhengHei','Noto Sans CJK TC',sans-serif",
}
_FONTS["zh"] = _FONTS["zh-Hans"]
_ANY = f"{_LATIN},'DejaVu Sans','Noto Sans CJK SC','Noto Sans CJK JP',sans-serif"


def font(language: str) -> str:
    """The typefaces for a language: the same Chinese character is written otherwise in Tokyo, Beijing and Taipei."""
    return f"font-family:{_FONTS.get(language, _ANY)}"


def styled(name: str, style: str = "") -> str:
    """The attributes ``class`` and ``style`` of an element with the look of a class; ``style`` is what it has besides."""
    look = LOOKS[name]
    painted = f"background:{look.background};" if look.background else ""
    return f'class="{name}" style="{painted}color:{look.colour}{";" if style else ""}{style}"'


DARK = "@media (prefers-color-scheme:dark){{{}}}".format(
    "".join(
        f".{name}{{{f'background:{look.dark_background}!important;' if look.dark_background else ''}color:{look.dark_colour}!important}}"
        for name, look in LOOKS.items()
    )
    + ".box,.cell,.rule{border-color:#454a52!important}"
)
"""The style sheet of the head."""

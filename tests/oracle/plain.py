"""Words, numbers and days as people write them; nothing here knows a workbook."""

import datetime
import re
import unicodedata
from fractions import Fraction

TONES = "\u0300\u0301\u0303\u0309\u0323"
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def key(text):
    """What is equal for people is equal here: case, spaces, invisible characters
    and the place of the tone mark («hòa», «hoà») do not matter."""
    words = str(text).translate(INVISIBLE).replace("\u00a0", " ").lower().split()
    return " ".join(map(_syllables, words))


def _syllables(word):
    """Moves every tone mark to the end of its syllable."""
    out, tone = [], ""
    for char in unicodedata.normalize("NFD", word) + "|":
        if char in TONES:
            tone += char
        elif unicodedata.category(char)[0] in "LM":
            out.append(char)
        else:
            out += [tone, char]
            tone = ""
    return "".join(out)[:-1]


def blank(value):
    return value is None or (isinstance(value, str) and not key(value))


def number(value):
    """The exact number in a cell, or None. A float is the decimal that Excel
    shows; a text may have a decimal comma or point."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return Fraction(value)
    if isinstance(value, float):
        return Fraction(f"{value:.15g}")
    if isinstance(value, str) and re.fullmatch(r"-?\d+([.,]\d+)?", value.strip()):
        return Fraction(value.strip().replace(",", "."))
    return None


def is_ambiguous(text):
    """`1.234` may be one and a bit or more than a thousand."""
    return isinstance(text, str) and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text.strip()) is not None


def day(value):
    """A day from a date cell, or from `31/01/2019`; None when it is neither."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        match = re.fullmatch(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*", value)
        try:
            return match and datetime.date(int(match[3]), int(match[2]), int(match[1]))
        except ValueError:
            return None
    return None


def rounded(value, places):
    """Half away from zero, to `places` decimals, exactly."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 10**places)


def places(value):
    """The decimals needed to write `value` exactly; 99 when there is no end."""
    return next((n for n in range(29) if (value * 10**n).denominator == 1), 99)

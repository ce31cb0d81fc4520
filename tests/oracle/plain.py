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


def bare(text):
    """Without any mark: lower case, words apart by one space."""
    letters = unicodedata.normalize("NFD", str(text).lower().replace("đ", "d"))
    return " ".join("".join(it if it.isalnum() else " " * (not unicodedata.combining(it))
                            for it in letters).split())


def may_be_one(a, b):
    """Whether two names may be one person's: a letter wrong or left out, words in
    another order, joined, left out (not the last) or shortened to a letter."""
    a, b = bare(a).split(), bare(b).split()
    less, more = sorted((a, b), key=len)
    same = lambda x, y: x == y or 1 in (len(x), len(y)) and x[0] == y[0]  # noqa: E731
    rest = iter(more)
    is_shorter = len(less) > 1 and less[-1] == more[-1] and same(less[0], more[0])
    is_shorter = is_shorter and all(any(same(x, y) for y in rest) for x in less)
    return sorted(a) == sorted(b) or is_shorter or _one_letter_off("".join(a), "".join(b))


def _one_letter_off(a, b):
    if abs(len(a) - len(b)) > 1:
        return False
    at = next((at for at, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    swapped = a[at + 1 : at + 2] + a[at : at + 1] + a[at + 2 :]
    return a[at + 1 :] in (b[at:], b[at + 1 :]) or a[at:] == b[at + 1 :] or swapped == b[at:]


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

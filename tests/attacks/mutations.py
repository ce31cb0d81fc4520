"""One valid form, changed in the ways that units, programs and accidents change it."""

import datetime
import io
import random
import re
import unicodedata
from xml.etree import ElementTree as ET

import openpyxl
from openpyxl.comments import Comment

from compound import encrypted
from editor import Book, Layout, main, needed, plain, reference
from legacy import tcvn3, vni
from listing import ACCEPT, FINDING, REFUSE, Skip
from other_formats import in_other_formats
from workbooks import PNG, sheet_xml
from zips import STORED, Entry, bomb, entries_of, pack, write_zip

SAME = "same total and same per-criterion scores as the base form"
WORDS = "không một hai ba bốn năm sáu bảy tám chín mười".split()


def mutations(listing, path, seed):
    with open(path, "rb") as file:
        base = Base(file.read())
    put = listing.group("base")
    of_bytes(put, base, seed)
    of_every_score(put, base)
    of_one_score(put, base)
    of_rows_and_columns(put, base)
    of_sheets(put, base)
    of_codes(put, base)
    of_explanations(put, base)
    of_unit_and_year(put, base)
    of_view(put, base)
    in_other_formats(put, base.data)
    for number in range(200):
        put(
            f"flip/flip_{number:03d}.xlsx",
            REFUSE,
            "one random bit of the file flipped",
            "refused: damaged archive (checksum), or the exact base score; NEVER another score",
            lambda number=number: flipped(base.data, f"{seed}-flip{number}"),
        )


def flipped(data, seed):
    rng = random.Random(seed)
    at = rng.randrange(len(data))
    data = bytearray(data)
    data[at] ^= 1 << rng.randrange(8)
    return bytes(data), {"offset": at}


class Base:
    """The valid form. Each `changed…` gives a function that makes a changed copy."""

    def __init__(self, data):
        self.data = data

    def changed(self, edit):
        """`edit(book, layout)` may return more fields of the manifest's row."""

        def make():
            book = Book(self.data)
            more = edit(book, Layout(book))
            return book.bytes(), more if isinstance(more, dict) else {}

        return make

    def changed_score(self, new, **how):
        """The first typed score replaced by `new`, a value or a function of the old."""

        def edit(book, layout):
            row, code = layout.leaves[0]
            old = layout.grid[(row, layout.score)]
            value = new(old) if callable(new) else new
            book.set(layout.sheet, row, layout.score, value, **how)
            return {
                "code": code,
                "cell": reference(row, layout.score),
                "old": old,
                "new": value,
            }

        return self.changed(edit)

    def changed_scores(self, new, formula=None):
        """Every typed score replaced by what `new` makes of it."""

        def edit(book, layout):
            for row, _ in layout.leaves:
                old = layout.grid[(row, layout.score)]
                text = formula(old) if formula else None
                book.set(layout.sheet, row, layout.score, new(old), formula=text)
            return {"changed": len(layout.leaves)}

        return self.changed(edit)

    def changed_type(self, kind, text):
        """The first typed score replaced by a raw value of a type."""

        def edit(book, layout):
            row, code = layout.leaves[0]
            book.set_typed(layout.sheet, row, layout.score, kind, text)
            return {"code": code, "cell": reference(row, layout.score)}

        return self.changed(edit)

    def changed_max(self, column, value):
        """A column of the first item set to what `value` makes of its max points."""

        def edit(book, layout):
            row, code = layout.leaves[0]
            top = layout.grid.get((row, needed(layout.max, "max column"))) or 10
            at = column(layout)
            book.set(layout.sheet, row, at, value(top))
            return {"code": code, "cell": reference(row, at), "max": top}

        return self.changed(edit)

    def changed_code(self, new, fits=lambda code: True, style=None):
        """A two-part code replaced by what `new` makes of it."""

        def edit(book, layout):
            codes = (it for it in layout.rows if re.match(r"^\d+\.\d+$", it[1]) and fits(it[1]))
            row, code = needed(next(codes, None), "a fitting code, such as 1.2,")
            at = style(book) if style else None
            book.set(layout.sheet, row, layout.code, new(code), style=at)
            return {"code": code, "cell": reference(row, layout.code)}

        return self.changed(edit)

    def changed_explanation(self, text):
        def edit(book, layout):
            row, code = layout.leaves[0]
            column = needed(layout.explanation, "explanation column")
            book.set(layout.sheet, row, column, text)
            return {"code": code, "cell": reference(row, column)}

        return self.changed(edit)

    def changed_unit(self, new):
        def edit(book, layout):
            row, column, label, old = needed(layout.unit, "unit name")
            book.set(layout.sheet, row, column, label + new(old))
            return {"cell": reference(row, column), "old": old, "new": new(old)}

        return self.changed(edit)

    def shifted(self, at, by, axis):
        """A row or column put in or taken out where `at(layout)` says."""
        return self.changed(lambda book, layout: book.shift(layout.sheet, at(layout), by, axis))


def of_bytes(put, base, seed):
    data, half = base.data, len(base.data) // 2
    put("00_identity.xlsx", ACCEPT, "the base form unchanged", SAME, data)
    put(
        "01_repacked.xlsx",
        ACCEPT,
        "same parts, new zip container",
        SAME,
        lambda: pack(Book(data).parts),
    )
    put(
        "02_truncated_50.xlsx",
        REFUSE,
        "cut at 50 %",
        "refused: damaged archive",
        lambda: data[:half],
    )
    put(
        "03_zero_tail.xlsx",
        ACCEPT,
        "64 kB of zeros behind the archive",
        SAME + ", or refused as damaged; never another score",
        lambda: data + bytes(65536),
    )
    put(
        "04_zero_filled_half.xlsx",
        REFUSE,
        "right length, second half zero (copy cut off)",
        "refused: damaged archive",
        lambda: data[:half] + bytes(len(data) - half),
    )
    put(
        "05_encrypted.xlsx",
        REFUSE,
        "encrypted with a password",
        "refused: password protected",
        lambda: encrypted(data),
        note="salt is random: the bytes differ per run",
    )
    put(
        "06_bomb_image.xlsx",
        ACCEPT,
        "a picture part that inflates to 1 GiB is added",
        SAME + " without inflating it, or refused: declared size",
        lambda: with_picture(data, **bomb(PNG, bytes(64), 1024, b"")),
    )
    put(
        "07_image_50MB.xlsx",
        ACCEPT,
        "50 MB picture (does not compress) embedded",
        SAME + " (or refused: file over the size ceiling, size named)",
        lambda: with_picture(
            data, data=PNG + random.Random(seed).randbytes(50_000_000), method=STORED
        ),
    )
    put(
        "08_copy_other_name.xlsx",
        FINDING,
        "the same bytes under another name",
        "finding: duplicate submission of one unit",
        data,
    )
    put(
        "09_openpyxl_resave.xlsx",
        FINDING,
        "re-saved through openpyxl: formulas lose their cached values",
        "leaf scores the same; finding where a needed value is a formula without value; "
        "sums are computed, not read",
        lambda: resaved(data),
    )
    put(
        "10_comments.xlsx",
        ACCEPT,
        "a comment on every score cell (through openpyxl)",
        SAME + " (formula caches lost as in 09), with a finding",
        lambda: resaved(data, with_comments=True),
    )


def with_picture(form, **entry):
    picture = Entry("xl/media/image99.png", **entry)
    return write_zip(entries_of(Book(form).parts) + [picture])


def resaved(data, with_comments=False):
    layout = Layout(Book(data))
    workbook = openpyxl.load_workbook(io.BytesIO(data))
    if with_comments:
        for row, _ in layout.leaves:
            cell = workbook[layout.name].cell(row, layout.score + 1)
            cell.comment = Comment("đã kiểm tra", "x")
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def with_comma(value):
    return f"{value:g}".replace(".", ",")


def of_every_score(put, base):
    as_text = SAME + "; finding: numbers stored as text"
    wide = {ord(digit): ord("０") + at for at, digit in enumerate("0123456789")}
    wide[ord(".")] = ord("．")
    put(
        "20_all_nfd.xlsx",
        ACCEPT,
        "every text in NFD",
        SAME + "; the unit is matched",
        base.changed(decompose),
    )
    put(
        "21_header_upper.xlsx",
        ACCEPT,
        "header texts in upper case",
        SAME,
        base.changed(capitalise_header),
    )
    put(
        "22_text_comma.xlsx",
        FINDING,
        "all scores are text with a decimal comma ('9,5')",
        as_text,
        base.changed_scores(with_comma),
    )
    put(
        "23_text_point.xlsx",
        FINDING,
        "all scores are text with a point ('9.5')",
        as_text,
        base.changed_scores(lambda old: f"{old:g}"),
    )
    put(
        "24_text_nbsp.xlsx",
        FINDING,
        "scores as text with NBSP around",
        as_text,
        base.changed_scores(lambda old: f"\u00a0{with_comma(old)}\u00a0"),
    )
    put(
        "25_text_fullwidth.xlsx",
        FINDING,
        "scores in full-width digits",
        "same score with finding, or finding: not a number; never 0 silently",
        base.changed_scores(lambda old: f"{old:g}".translate(wide)),
    )
    put(
        "38_formula_no_cache.xlsx",
        FINDING,
        "all leaf scores are formulas without cached values",
        "finding per cell: formula without a value; the form has no total",
        base.changed_scores(lambda old: None, formula=lambda old: f"{old!r}+0"),
    )
    put(
        "39_formula_cached.xlsx",
        ACCEPT,
        "all leaf scores are formulas with right cached values",
        SAME + " (optionally a finding: formula in a score cell)",
        base.changed_scores(lambda old: old, formula=lambda old: f"{old!r}+0"),
    )


def decompose(book, layout):
    for index in range(len(book.sheets)):
        for cell in list(book.cells(index).values()):
            value = book.value(cell)
            if isinstance(value, str) and cell.get("t") in ("s", "inlineStr"):
                cell.attrib.pop("t")
                for child in list(cell):
                    cell.remove(child)
                cell.set("t", "inlineStr")
                text = ET.SubElement(ET.SubElement(cell, main("is")), main("t"))
                text.text = unicodedata.normalize("NFD", value)


def capitalise_header(book, layout):
    for (row, column), value in layout.grid.items():
        if row == layout.header and isinstance(value, str):
            book.set(layout.sheet, row, column, value.upper())


def of_one_score(put, base):
    not_a_number = "finding: not a number"
    for name, description, expect, new in [
        ("26_half_sign", "'½' (or '1½')", "the same half, or " + not_a_number, half_sign),
        ("27_words", "a word ('chín')", not_a_number, lambda old: WORDS[min(10, int(old))]),
        (
            "28_apostrophe",
            "typed with a leading apostrophe ('5: text)",
            "finding: number stored as text; value taken or asked for",
            lambda old: f"{old:g}",
        ),
        ("29_apostrophe_literal", "a literal apostrophe", not_a_number, lambda old: f"'{old:g}"),
        ("30_text_range", "'1-2'", not_a_number, "1-2"),
        ("31_text_percent", "'95%'", not_a_number, "95%"),
        ("32_text_slash", "'1,5/2'", not_a_number, "1,5/2"),
        (
            "33_thousands",
            "'1.000' (text: one, or one thousand)",
            "finding: ambiguous number as text; never taken as 1000",
            "1.000",
        ),
        ("34_x_mark", "'x' (a tick)", not_a_number, "x"),
        ("35_empty_leaf", "empty", "finding: no self-score; not the same as 0", None),
        ("36_spaces_only", "a space", "finding: no self-score; not 0", " "),
        ("37_dash", "'-'", "finding: no self-score or not a number", "-"),
        ("44_negative", "negative", "finding: negative score", lambda old: -abs(old) or -1.0),
        ("45_huge", "1e308", "finding: over the maximum; sums stay finite", 1e308),
        ("46_off_step", "0.333", "finding if the form has a step; else accepted", 0.333),
    ]:
        put(f"{name}.xlsx", FINDING, f"one score is {description}", expect, base.changed_score(new))
    put(
        "40_error_value.xlsx",
        FINDING,
        "one score is #REF!",
        "finding: error value",
        base.changed_type("e", "#REF!"),
    )
    put("41_bool.xlsx", FINDING, "one score is TRUE", not_a_number, base.changed_type("b", "1"))
    put(
        "42_float_noise.xlsx",
        ACCEPT,
        "one score written 0.30000000000000004-style (v + 4e-16)",
        SAME + " after rounding to the form step",
        base.changed_score(lambda old: old + 4.4e-16),
    )
    put(
        "43_over_max.xlsx",
        FINDING,
        "one score above its maximum",
        "finding: over the maximum (code, cell, both values)",
        base.changed_max(lambda layout: layout.score, lambda top: top + 1.0),
    )
    put(
        "47_neighbour_column.xlsx",
        FINDING,
        "one score typed one column to the right",
        "finding: no self-score; a number stands in the next column (cell named)",
        base.changed(move_right),
    )
    put(
        "48_scores_one_row_down.xlsx",
        FINDING,
        "four scores slipped one row down",
        "finding: one missing and, where values pass a maximum, over the maximum",
        base.changed(slip_down),
    )
    put(
        "75_max_changed.xlsx",
        FINDING,
        "the maximum of one leaf raised by 5 in the form",
        "finding: maximum differs from the criteria file; the criteria file rules",
        base.changed_max(lambda layout: layout.max, lambda top: top + 5.0),
    )


def half_sign(old):
    return f"{int(old) or ''}½"


def move_right(book, layout):
    row, code = layout.leaves[0]
    old = layout.grid[(row, layout.score)]
    book.set(layout.sheet, row, layout.score, None)
    book.set(layout.sheet, row, layout.score + 1, old)
    return {"code": code, "cell": reference(row, layout.score + 1), "old": old}


def slip_down(book, layout):
    rows = [row for row, _ in layout.leaves[:4]]
    old = [layout.grid[(row, layout.score)] for row in rows]
    for row, value in zip(rows, [None, *old]):
        book.set(layout.sheet, row, layout.score, value)
    return {"cells": [reference(row, layout.score) for row in rows]}


def of_rows_and_columns(put, base):
    put(
        "50_row_above.xlsx",
        ACCEPT,
        "one row inserted above the table",
        SAME,
        base.shifted(lambda layout: layout.header, 1, "row"),
    )
    put(
        "51_row_deleted.xlsx",
        FINDING,
        "one leaf row deleted inside the table",
        "finding: code missing (named); no total",
        base.shifted(lambda layout: layout.leaves[1 % len(layout.leaves)][0], -1, "row"),
    )
    put(
        "52_row_inserted_inside.xlsx",
        ACCEPT,
        "an empty row inserted inside the table",
        SAME,
        base.shifted(lambda layout: layout.leaves[-1][0], 1, "row"),
    )
    put(
        "53_row_added_code.xlsx",
        FINDING,
        "a row with a code that is not in the criteria, score 5",
        "finding: unknown code; not in the total",
        base.changed(add_unknown),
    )
    put(
        "54_code_twice.xlsx",
        FINDING,
        "one code occurs twice with another score",
        "finding: code twice; neither is taken silently",
        base.changed(add_twice),
    )
    put(
        "55_column_inserted.xlsx",
        ACCEPT,
        "an empty column inserted left of the self-score column",
        SAME + " (columns are found by header)",
        base.shifted(lambda layout: layout.score, 1, "column"),
    )
    put(
        "56_column_inserted_left.xlsx",
        ACCEPT,
        "an empty column inserted at A",
        SAME,
        base.shifted(lambda layout: 0, 1, "column"),
    )
    put(
        "57_column_deleted_max.xlsx",
        FINDING,
        "the maximum column deleted",
        "finding: column missing (maxima come from the criteria file); score still readable",
        base.shifted(lambda layout: needed(layout.max, "max column"), -1, "column"),
    )
    put(
        "58_column_deleted_self.xlsx",
        REFUSE,
        "the self-score column deleted",
        "refused: no self-score column",
        base.shifted(lambda layout: layout.score, -1, "column"),
    )


def add_unknown(book, layout):
    row, code = layout.leaves[-1]
    book.shift(layout.sheet, row + 1, 1, "row")
    unknown = ".".join([*code.split(".")[:-1], "99"])
    book.set(layout.sheet, row + 1, layout.code, unknown)
    book.set(layout.sheet, row + 1, layout.score, 5.0)
    return {"code": unknown, "cell": reference(row + 1, layout.score)}


def add_twice(book, layout):
    row, code = layout.leaves[0]
    book.shift(layout.sheet, row + 1, 1, "row")
    book.set(layout.sheet, row + 1, layout.code, code)
    book.set(layout.sheet, row + 1, layout.score, 0.25)
    return {"code": code}


def of_sheets(put, base):
    put("60_sheets_swapped.xlsx", ACCEPT, "two sheets swapped", SAME, base.changed(swap_sheets))
    put(
        "61_sheet_renamed.xlsx",
        ACCEPT,
        "the form sheet renamed",
        SAME + " (or a finding: sheet found by its table)",
        base.changed(lambda book, layout: mark_sheet(book, layout, "name", "Bang tinh 1")),
    )
    put(
        "62_empty_sheet_front.xlsx",
        ACCEPT,
        "an empty sheet added in front",
        SAME,
        base.changed(lambda book, layout: book.add_sheet(sheet_xml().encode(), True)),
    )
    put(
        "63_two_form_sheets.xlsx",
        FINDING,
        "the form sheet twice in one workbook, one score different",
        "finding: two tables; neither is taken silently",
        base.changed(double_sheet),
    )
    put(
        "64_form_sheet_hidden.xlsx",
        FINDING,
        "the form sheet is veryHidden",
        "read with a finding: hidden sheet",
        base.changed(lambda book, layout: mark_sheet(book, layout, "state", "veryHidden")),
    )


def swap_sheets(book, layout):
    sheets = book.sheet_list()
    if len(sheets) < 2:
        raise Skip("only one sheet")
    first = sheets[0]
    sheets.remove(first)
    sheets.insert(1, first)


def mark_sheet(book, layout, attribute, value):
    book.sheet_list()[layout.sheet].set(attribute, value)


def double_sheet(book, layout):
    book.add_sheet(book.parts[book.sheets[layout.sheet][1]], False)
    book.set(layout.sheet, layout.leaves[0][0], layout.score, 0.0)


def of_codes(put, base):
    put(
        "70_code_as_date.xlsx",
        FINDING,
        "a code like 1.2 turned into a date (1 February) by Excel",
        "finding: code is a date, cell named; code recovered only with a finding",
        base.changed_code(day_serial, is_day, style=Book.add_date_format),
    )
    put(
        "71_code_float.xlsx",
        ACCEPT,
        "a code stored as a number with float noise (4.0999999999999996)",
        SAME + " (codes as numbers are read as shown: 4.1), with a finding",
        base.changed_code(float, lambda code: len(f"{float(code):.17g}") > 8),
    )
    put(
        "72_code_10_as_1.xlsx",
        FINDING,
        "code 1.10 became the number 1.1",
        "finding: code twice (1.1) and code missing (1.10)",
        base.changed_code(float, lambda code: code.endswith("0")),
    )
    put(
        "73_code_trailing_dot.xlsx",
        ACCEPT,
        "code typed '1.2.' with spaces and NBSP",
        SAME,
        base.changed_code(lambda code: f"\u00a0{code}. "),
    )
    put(
        "74_code_comma.xlsx",
        FINDING,
        "code typed '1,2'",
        SAME + ", with a finding, or finding: unknown code",
        base.changed_code(lambda code: code.replace(".", ",")),
    )


def is_day(code):
    day, month = map(int, code.split("."))
    return day <= 28 and 1 < month <= 12


def day_serial(code):
    day, month = map(int, code.split("."))
    return float((datetime.date(2019, month, day) - datetime.date(1899, 12, 30)).days)


def of_explanations(put, base):
    for name, description, expect, text in [
        (
            "80_inject_hyperlink",
            '=HYPERLINK("http://x","y") as text',
            "; in every output (xlsx, csv) it is text, not a formula",
            '=HYPERLINK("http://x","y")',
        ),
        (
            "81_inject_cmd",
            "+cmd|' /C calc'!A0 as text",
            "; text in outputs",
            "+cmd|' /C calc'!A0",
        ),
        ("82_inject_at", "@SUM(1) as text", "; text in outputs", "@SUM(1)"),
        (
            "83_inject_tab",
            "with a tab or newline before =1+1",
            "; text in outputs",
            "\t=1+1\n=2+2",
        ),
        (
            "84_inject_html",
            "with <script> and a markdown link",
            "; escaped in HTML outputs",
            "<script>alert(1)</script>[x](javascript:1)",
        ),
        (
            "85_text_32767",
            "of 32,767 characters",
            "; kept whole or cut with a mark",
            "ă" * 32_767,
        ),
        (
            "87_emoji",
            "with emoji, combined emoji, rare CJK",
            "",
            "\U0001f1fb\U0001f1f3 \U0001f468\u200d\U0001f469\u200d\U0001f467 \U00020000",
        ),
        (
            "88_control_escapes",
            "with control characters escaped as _x0007_, and a literal _x005F_x0041_",
            "; the output writer must not fail on them",
            "a_x0007_b_x0000_c_x005F_x0041_ _xD83D_",
        ),
        ("89_rich_newlines", "of 5,000 lines", "", "dòng\r\n" * 5000),
    ]:
        put(
            f"{name}.xlsx",
            ACCEPT,
            f"explanation {description}",
            SAME + expect,
            base.changed_explanation(text),
        )
    put(
        "86_text_40000.xlsx",
        FINDING,
        "explanation of 40,000 characters (more than a cell can hold)",
        SAME + "; read or refused; the output writer must not fail on it",
        base.changed_explanation("ă" * 40_000),
    )


def of_unit_and_year(put, base):
    matched = SAME + "; the unit is matched"
    old_encoding = "finding: old encoding; converted and matched, or not matched"
    for name, verdict, description, expect, new in [
        (
            "90_unit_rtl",
            FINDING,
            "right-to-left override and zero-width characters in the unit name",
            "unit matched after cleaning, with a finding, or not matched; shown escaped",
            lambda name: f"\u202e{name[:3]}\u200b{name[3:]}\u202c",
        ),
        (
            "91_unit_nbsp",
            ACCEPT,
            "unit name with trailing NBSP and double spaces",
            matched,
            lambda name: name.replace(" ", "  ") + "\u00a0",
        ),
        (
            "92_unit_abbrev",
            FINDING,
            "unit name abbreviated ('P. Bến Thành', 'X. …')",
            "matched by abbreviation with a finding, or candidates named",
            abbreviated,
        ),
        (
            "93_unit_nfd",
            ACCEPT,
            "unit name in NFD",
            matched,
            lambda name: unicodedata.normalize("NFD", name),
        ),
        ("94_unit_tcvn3", FINDING, "unit name in TCVN3 (.VnTime) bytes", old_encoding, tcvn3),
        ("95_unit_vni", FINDING, "unit name in VNI-Windows bytes", old_encoding, vni),
        (
            "96_unit_no_marks",
            FINDING,
            "unit name without tone marks",
            "matched only when unique, with a finding",
            without_marks,
        ),
        ("97_unit_upper", ACCEPT, "unit name in upper case", matched, str.upper),
        (
            "98_unit_old_tone",
            ACCEPT,
            "tone on the other vowel ('Hoà' / 'Hòa')",
            "the unit is matched (both spellings are one)",
            other_vowel,
        ),
        (
            "99_unit_unknown",
            FINDING,
            "unit name not in the list",
            "finding: unknown unit, nearest names given; not counted for any unit",
            lambda name: "Phường Không Có Thật",
        ),
        (
            "A0_unit_empty",
            FINDING,
            "unit name empty",
            "finding: no unit name; the file name is not used silently",
            lambda name: " ",
        ),
    ]:
        put(f"{name}.xlsx", verdict, description, expect, base.changed_unit(new))
    put(
        "A1_last_year.xlsx",
        FINDING,
        "last year's form (year changed)",
        "finding: wrong year; not counted",
        base.changed(age),
    )


def abbreviated(name):
    name = plain(name)
    for whole, short in [("Ủy ban nhân dân", "UBND"), ("phường", "P."), ("xã", "X.")]:
        name = re.sub(rf"\b{whole}\b", short, name, flags=re.I)
    return name


def without_marks(name):
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def other_vowel(name):
    name = unicodedata.normalize("NFC", name)
    for old, new in [("òa", "oà"), ("óa", "oá"), ("ùy", "uỳ"), ("ủy", "uỷ")]:
        name = name.replace(old, new)
    return name


def age(book, layout):
    row, column, text, year = needed(layout.year, "year")
    before = str(int(year) - 1)
    book.set(layout.sheet, row, column, text.replace(year, before))
    return {"cell": reference(row, column), "old": year, "new": before}


def of_view(put, base):
    put(
        "B0_rows_hidden.xlsx",
        FINDING,
        "half of the leaf rows hidden",
        SAME + "; hidden rows count, with a finding, or read or left out",
        base.changed(hide_rows),
    )
    put(
        "B1_column_hidden.xlsx",
        FINDING,
        "the self-score column hidden",
        SAME + ", with a finding, else accepted",
        base.changed(hide_column),
    )
    put(
        "B2_autofilter.xlsx",
        FINDING,
        "autofilter on, most rows filtered out",
        SAME + " (with a finding: filter on), else accepted",
        base.changed(filter_rows),
    )
    put(
        "B3_far_cell.xlsx",
        ACCEPT,
        "a stray cell at XFD1048576",
        SAME + " in flat memory",
        base.changed(lambda book, layout: book.set(layout.sheet, 1_048_576, 16_383, "x")),
    )
    put(
        "B4_million_empty_rows.xlsx",
        ACCEPT,
        "1,000,000 rows of empty styled cells under the table",
        SAME + ", or refused by the cell budget with that reason; within the time ceiling",
        lambda: with_empty_rows(base.data, 1_000_000),
    )
    put("B5_unmerged.xlsx", ACCEPT, "all merges dissolved", SAME, base.changed(unmerge))
    put(
        "B6_scores_merged.xlsx",
        FINDING,
        "two score cells merged",
        "finding: merged score cells / no self-score in the lower one",
        base.changed(merge_scores),
    )


def hide_rows(book, layout):
    for row, _ in layout.leaves[::2]:
        book.row(layout.sheet, row).set("hidden", "1")


def after_cells(sheet, element):
    """Puts an element that may follow the cells where the schema wants it."""
    sheet.insert(list(sheet).index(sheet.find(main("sheetData"))) + 1, element)


def hide_column(book, layout):
    sheet = book.sheet(layout.sheet)
    columns = sheet.find(main("cols"))
    number = layout.score + 1
    if columns is None:
        columns = ET.Element(main("cols"))
        sheet.insert(list(sheet).index(sheet.find(main("sheetData"))), columns)
    for column in list(columns):
        if int(column.get("min")) <= number <= int(column.get("max")):
            columns.remove(column)
    hidden = {"min": str(number), "max": str(number), "width": "9", "hidden": "1"}
    ET.SubElement(columns, main("col"), hidden)
    columns[:] = sorted(columns, key=lambda column: int(column.get("min")))


def filter_rows(book, layout):
    last = layout.leaves[-1][0]
    area = f"{reference(layout.header, 0)}:{reference(last, layout.score)}"
    auto = ET.Element(main("autoFilter"), {"ref": area})
    column = ET.SubElement(auto, main("filterColumn"), {"colId": "0"})
    ET.SubElement(ET.SubElement(column, main("filters")), main("filter"), {"val": "1"})
    after_cells(book.sheet(layout.sheet), auto)
    for row, _ in layout.leaves[1:]:
        book.row(layout.sheet, row).set("hidden", "1")


def with_empty_rows(data, count):
    book = Book(data)
    layout = Layout(book)
    part = book.sheets[layout.sheet][1]
    xml = book.parts[part].decode()
    last = max(row for row, _ in layout.grid)
    rows = "".join(
        f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}" s="0"/></row>'
        for row in range(last + 100, last + 100 + count)
    )
    end = re.search(r"</(\w+:)?sheetData>", xml).start()
    parts = dict(book.parts)
    parts[part] = xml[:end] + rows + xml[end:]
    return pack(parts)


def unmerge(book, layout):
    sheet = book.sheet(layout.sheet)
    sheet.remove(needed(sheet.find(main("mergeCells")), "merged cells"))


def merge_scores(book, layout):
    sheet = book.sheet(layout.sheet)
    (first, _), (second, _) = layout.leaves[:2]
    merged = sheet.find(main("mergeCells"))
    if merged is None:
        merged = ET.Element(main("mergeCells"))
        after_cells(sheet, merged)
    area = f"{reference(first, layout.score)}:{reference(second, layout.score)}"
    ET.SubElement(merged, main("mergeCell"), {"ref": area})
    merged.set("count", str(len(merged)))
    for row in range(first + 1, second + 1):
        book.set(layout.sheet, row, layout.score, None)

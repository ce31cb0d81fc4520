"""Forms and traps in the formats that are read beside .xlsx: .xls, .xlsb, .ods."""

import datetime
import io
import struct
from xml.sax.saxutils import escape

import openpyxl

from compound import compound_file, old_workbook_of, record
from listing import ACCEPT, REFUSE
from zips import STORED, Entry, write_zip

ODS = b"application/vnd.oasis.opendocument.spreadsheet"
EPOCH = datetime.datetime(1899, 12, 30)


def ods(content, manifest=b"<manifest:manifest/>"):
    return write_zip(
        [
            Entry("mimetype", ODS, method=STORED),
            Entry("META-INF/manifest.xml", manifest),
            Entry("content.xml", content.encode() if isinstance(content, str) else content),
        ]
    )


def document(tables, before="", head=""):
    return (
        f"{head}<office:document-content><office:automatic-styles>"
        '<style:style style:name="an" style:family="table">'
        '<style:table-properties table:display="false"/></style:style>'
        f"</office:automatic-styles><office:body><office:spreadsheet>{before}{tables}"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def table(rows, name="Phiếu tự chấm", style=""):
    return f'<table:table table:name="{name}"{style}>{rows}</table:table>'


def number(value, more=""):
    return f'<table:table-cell{more} office:value-type="float" office:value="{value}"/>'


def row(cells, more=""):
    return f"<table:table-row{more}>{cells}</table:table-row>"


def as_ods(data):
    """The form's values, sheet by sheet."""
    tables = ""
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        rows = "".join(row("".join(map(ods_cell, line))) for line in sheet.iter_rows())
        style = "" if sheet.sheet_state == "visible" else ' table:style-name="an"'
        tables += table(rows, escape(sheet.title), style)
    return ods(document(tables))


def ods_cell(cell):
    value = cell.value
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, datetime.datetime):
        day = f"{value:%Y-%m-%d}"
        return f'<table:table-cell office:value-type="date" office:date-value="{day}"/>'
    if isinstance(value, (int, float)):
        return number(repr(value))
    text = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def as_xls(data):
    sheets = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets:
        cells = (cell for line in sheet.iter_rows() for cell in line if cell.value is not None)
        body = b"".join(map(xls_cell, cells))
        sheets.append((sheet.title, sheet.sheet_state != "visible", body))
    return old_workbook_of(sheets)


def xls_cell(cell):
    value, format = cell.value, 0
    if isinstance(value, datetime.datetime):
        value, format = (value - EPOCH).days, 1
    at = struct.pack("<HHH", cell.row - 1, cell.column - 1, format)
    if isinstance(value, (int, float)):
        return record(0x203, at + struct.pack("<d", value))
    wide = value.encode("utf-16-le")
    return record(0x204, at + struct.pack("<HB", len(wide) // 2, 1) + wide)


def in_other_formats(put, data):
    same = "same score as the base form, with the note of another format"
    put("other/form_ods.ods", ACCEPT, "the base form as .ods", same, lambda: as_ods(data))
    put("other/form_xls.xls", ACCEPT, "the base form as .xls", same, lambda: as_xls(data))
    put(
        "other/form_ods_renamed.xlsx",
        ACCEPT,
        "the base form as .ods, renamed .xlsx",
        same,
        lambda: as_ods(data),
    )
    put(
        "other/form_ods_doubled.ods",
        REFUSE,
        "two tables of one name, the second with other scores",
        "refused: no reader may choose",
        lambda: ods(document(table(row(number(1))) + table(row(number(2))))),
    )


def other_formats(put, seed):
    cell = number(7)
    many = ' table:number-rows-repeated="1048576"'
    wide = ' table:number-columns-repeated="16384"'
    far = row("<table:table-cell/>", ' table:number-rows-repeated="1000000"')
    beyond = '<table:table-cell table:number-columns-repeated="16000"/>'
    doctype = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    locked = b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    deep = "<text:span>" * 200_000
    for name, description, make in [
        ("ods_rows", "a filled row repeated to the end", lambda: document(table(row(cell, many)))),
        ("ods_cells", "a filled cell repeated in every row", lambda: document(
            table(row(number(7, wide), many)))),
        ("ods_far", "two cells at two corners", lambda: document(
            table(row(cell) + far + row(beyond + cell)))),
        ("ods_tables", "a hundred tables", lambda: document(
            "".join(table(row(cell), f"T{at}") for at in range(100)))),
        ("ods_doctype", "entities that grow", lambda: document(table(row(cell)), head=doctype)),
        ("ods_deep", "tags in tags in tags", lambda: document(
            table(row(f'<table:table-cell office:value-type="string"><text:p>{deep}')))),
        ("ods_spaces", "a text of a billion spaces by count", lambda: document(
            table(row('<table:table-cell office:value-type="string"><text:p>'
                      '<text:s text:c="4000000000"/></text:p></table:table-cell>')))),
        ("ods_cut", "the content ends in the middle", lambda: document(table(row(cell)))[:-60]),
        ("ods_bomb", "800 MB of blanks", lambda: b"<a>" + b" " * 800_000_000),
    ]:
        expect = "refused; no hang, no memory"
        put(f"{name}.ods", REFUSE, description, expect, lambda make=make: ods(make()))
    put(
        "ods_locked.ods",
        REFUSE,
        "an .ods with a password",
        "refused: password protected",
        lambda: ods(b"\x9a\x01", manifest=locked),
    )
    at = lambda row, col: struct.pack("<HHH", row, col, 0)  # noqa: E731
    seven = struct.pack("<d", 7.0)
    old = lambda body, before=b"": old_workbook_of([("T", False, body)], before)  # noqa: E731
    for name, description, make in [
        ("xls_locked", "an .xls with a password", lambda: old(b"", record(0x2F, b"\1\0\1\0"))),
        ("xls_far", "two cells at two corners", lambda: old(
            record(0x203, at(0, 0) + seven) + record(0x203, at(65535, 255) + seven))),
        ("xls_twice", "one cell with two values", lambda: old(
            record(0x203, at(3, 3) + seven) + record(0x203, at(3, 3) + seven))),
        ("xls_no_string", "a text that the table does not have", lambda: old(
            record(0xFD, at(0, 0) + struct.pack("<I", 4_000_000)))),
        ("xls_strings_cut", "a table of texts that ends in one", lambda: old(
            b"", record(0xFC, struct.pack("<IIHB", 1, 1, 60_000, 9) + b"\xff" * 60))),
        ("xls_fonts", "a text in sixty thousand runs", lambda: old(
            b"", record(0xFC, struct.pack("<IIHBH", 1, 1, 1, 8, 60_000) + b"a"))),
        ("xls_nested", "charts in charts in charts", lambda: old(
            record(0x809, struct.pack("<HHHHII", 0x600, 0x20, 0, 0, 0, 0)) * 5_000)),
        ("xls_formula_cut", "a formula of two bytes", lambda: old(record(6, at(0, 0)))),
        ("xls_start", "a sheet that starts beyond the stream", lambda: compound_file(
            [("Workbook", record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
              + record(0x85, struct.pack("<IBBBB", 0x7FFFFFFF, 0, 0, 1, 0) + b"T")
              + record(0x0A))])),
        ("xls_in_doc", "an old workbook in an old document", lambda: compound_file(
            [("WordDocument", b"\xec\xa5"), ("ObjectPool", b""), ("Workbook", b"")])),
    ]:
        put(f"{name}.xls", REFUSE, description, "refused; no hang, no memory", make)
    put(
        "xls_dimensions.xls",
        REFUSE,
        "a sheet that declares four billion rows and holds one cell",
        "read, and no form; no memory",
        lambda: old(
            record(0x200, struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 0xFFFF, 0))
            + record(0x203, at(0, 0) + seven)
        ),
    )
    put(
        "xlsb_lost.xlsb",
        REFUSE,
        "a sheet that no relation leads to: a parser stops over it",
        "refused; the run goes on",
        lambda: write_zip(
            [
                Entry("xl/_rels/workbook.bin.rels", b"<Relationships/>"),
                Entry(
                    "xl/workbook.bin",
                    b"\x83\x01\0\x9c\x01\x1a"
                    + struct.pack("<III", 0, 1, 2) + "r9".encode("utf-16-le")
                    + struct.pack("<I", 3) + "Lac".encode("utf-16-le")
                    + b"\x90\x01\0\x84\x01\0",
                ),
            ]
        ),
    )

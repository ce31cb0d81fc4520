"""Small workbooks, part by part, in which any part can be replaced."""

import base64
from xml.sax.saxutils import escape

from zips import Entry, entries_of, pack, write_zip

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
XML_HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)

# In the usual layout of a form, but of no round: it must be taken for no unit's.
FORM = [
    ["ỦY BAN NHÂN DÂN"],
    ["PHIẾU TỰ CHẤM ĐIỂM CẢI CÁCH HÀNH CHÍNH NĂM 2025"],
    ["Đơn vị:", "Phường Bến Thành"],
    [],
    ["Mã", "Tiêu chí", "Điểm tối đa", "Điểm tự chấm", "Giải trình"],
    ["1", "Công tác chỉ đạo", 3, 2.5],
    ["1.1", "Kế hoạch", 1, 1, "QĐ 12"],
    ["1.2", "Báo cáo", 2, 1.5, "BC 34"],
    ["2", "Thủ tục hành chính", 4, 3.5],
    ["2.1", "Công khai", 2, 2],
    ["2.2", "Đúng hạn", 2, 1.5],
]


def column_name(index):
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell(row, column, value, style=None):
    start = f'<c r="{column_name(column)}{row}"' + (f' s="{style}"' if style else "")
    if value is None:
        return start + "/>"
    if isinstance(value, bool):
        return start + f' t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return start + f"><v>{value!r}</v></c>"
    text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return start + f' t="inlineStr">{text}</c>'


def rows_xml(rows):
    xml = ""
    for number, row in enumerate(rows, 1):
        cells = (cell(number, at, value) for at, value in enumerate(row) if value is not None)
        xml += f'<row r="{number}">' + "".join(cells) + "</row>"
    return xml


def sheet_xml(rows="", dim=None, after=""):
    dimension = f'<dimension ref="{dim}"/>' if dim else ""
    head = f'{XML_HEADER}<worksheet xmlns="{MAIN}" xmlns:r="{RELATIONS}">{dimension}'
    return f"{head}<sheetData>{rows}</sheetData>{after}</worksheet>"


FORM_XML = sheet_xml(rows_xml(FORM))
SHEET_HEAD = sheet_xml().split("</sheetData>")[0].encode()
SHEET_TAIL = b"</sheetData></worksheet>"
FIRST_STRING = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'


def strings_xml(items, count=None, unique=None):
    count = len(items) if count is None else count
    unique = len(items) if unique is None else unique
    strings = "".join(f'<si><t xml:space="preserve">{escape(item)}</t></si>' for item in items)
    return f'{XML_HEADER}<sst xmlns="{MAIN}" count="{count}" uniqueCount="{unique}">{strings}</sst>'


STYLES_XML = (
    f'{XML_HEADER}<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/>'
    '<xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/>'
    "</cellXfs></styleSheet>"
)


def relation(number, kind, target):
    return f'<Relationship Id="rId{number}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def relations_xml(relations):
    return f'{XML_HEADER}<Relationships xmlns="{PACKAGE}">{relations}</Relationships>'


def workbook_parts(
    sheets=None, sst=None, styles=True, wbrels=None, extra=None, ct_extra="", types=None, state=None
):
    """The parts by name. `sheets` are pairs of name and XML, None for a missing part."""
    sheets = [("Sheet1", FORM_XML)] if sheets is None else sheets
    defaults = "".join(
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("bin", "application/octet-stream"),
            ("png", "image/png"),
        ]
    )
    overrides = f'<Override PartName="/xl/workbook.xml" ContentType="{WORKBOOK_TYPE}"/>' + "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{SHEET_TYPE}"/>'
        for number in range(1, min(len(sheets), 50) + 1)
    )
    entries = links = ""
    for index, (name, _) in enumerate(sheets):
        visibility = f' state="{state[index]}"' if state and index in state else ""
        number = index + 1
        entries += (
            f'<sheet name="{escape(name)}" sheetId="{number}"{visibility} r:id="rId{number}"/>'
        )
        kind = (types or {}).get(index, "worksheet")
        links += relation(number, kind, f"worksheets/sheet{number}.xml")
    links += relation(9001, "styles", "styles.xml")
    if sst is not None:
        links += relation(9002, "sharedStrings", "sharedStrings.xml")
    head = f'{XML_HEADER}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
    parts = {
        "[Content_Types].xml": (
            f'{XML_HEADER}<Types xmlns="{TYPES}">{defaults}{overrides}{ct_extra}</Types>'
        ),
        "_rels/.rels": relations_xml(relation(1, "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f"{head}<sheets>{entries}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": wbrels or relations_xml(links),
    }
    for number, (_, xml) in enumerate(sheets, 1):
        if xml is not None:
            parts[f"xl/worksheets/sheet{number}.xml"] = xml
    if sst is not None:
        parts["xl/sharedStrings.xml"] = sst
    if styles:
        parts["xl/styles.xml"] = STYLES_XML
    parts.update(extra or {})
    return parts


def workbook(**parts):
    return pack(workbook_parts(**parts))


def with_bomb(part, big, **parts):
    """A workbook whose `part` is a bomb as `zips.bomb` describes it."""
    others = workbook_parts(**parts)
    others.pop(part, None)
    return write_zip(entries_of(others) + [Entry(part, **big)])


def with_sheet(entry):
    """The entries of the usual form, its sheet replaced in place."""
    others = entries_of(workbook_parts())
    return [entry if other.name == SHEET.encode() else other for other in others]

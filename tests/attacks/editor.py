"""A small editor for a filled form: changes cells and leaves all other bytes alone."""

import io
import re
import unicodedata
import zipfile
from xml.etree import ElementTree as ET

from listing import Skip
from workbooks import MAIN, RELATIONS, SHEET_TYPE, XML_HEADER, column_name
from zips import pack

WORKBOOK = "xl/workbook.xml"
LINKS = "xl/_rels/workbook.xml.rels"
STRINGS = "xl/sharedStrings.xml"
TYPES = "[Content_Types].xml"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

CODE_HEAD = re.compile(r"^(mã( số| tiêu chí| chỉ tiêu)?|stt|tt|số tt)\b", re.I)
SCORE_HEAD = re.compile(r"(điểm tự|tự chấm|tự đánh giá|đơn vị (tự )?chấm)", re.I)
MAX_HEAD = re.compile(r"(điểm tối đa|điểm chuẩn|thang điểm|tối đa)", re.I)
EXPLANATION_HEAD = re.compile(r"(giải trình|thuyết minh|minh chứng|ghi chú|diễn giải)", re.I)
MOTTO = re.compile(r"^(cộng hòa xã hội chủ nghĩa|độc lập)", re.I)
UNIT_LABEL = re.compile(r"^(tên )?(đơn vị|cơ quan)\b", re.I)
CODE = re.compile(r"^\d+(\.\d+)*\.?$")
REFERENCE = re.compile(r"([A-Za-z0-9_.!'\]]?)(\$?)\b([A-Z]{1,3})(\$?)(\d{1,7})\b(?!\()")


def main(tag):
    return f"{{{MAIN}}}{tag}"


def plain(text):
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(text))).strip()


def split_reference(reference):
    """The row, from 1, and the column, from 0, of an address."""
    letters, row = re.match(r"([A-Z]+)(\d+)$", reference).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(row), column - 1


def reference(row, column):
    return f"{column_name(column)}{row}"


class Book:
    """A workbook. Only the sheets that are touched are parsed and written again."""

    def __init__(self, data):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            self.parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        for part in self.parts.values():
            for prefix, uri in re.findall(rb'xmlns:(\w+)="([^"]+)"', part[:4000]):
                if not re.match(rb"ns\d+$", prefix):
                    ET.register_namespace(prefix.decode(), uri.decode())
        ET.register_namespace("", MAIN)
        targets = {link.get("Id"): link.get("Target") for link in ET.fromstring(self.parts[LINKS])}
        self.workbook = ET.fromstring(self.parts[WORKBOOK])
        self.is_workbook_changed = False
        self.sheets = []
        for sheet in self.workbook.iter(main("sheet")):
            target = targets[sheet.get(f"{{{RELATIONS}}}id")]
            part = target[1:] if target.startswith("/") else f"xl/{target}"
            self.sheets.append((sheet.get("name"), part))
        self.strings = []
        if STRINGS in self.parts:
            for item in ET.fromstring(self.parts[STRINGS]).iter(main("si")):
                texts = (text.text or "" for text in item.iter(main("t")))
                self.strings.append("".join(texts))
        self.trees = {}

    def sheet(self, index):
        part = self.sheets[index][1]
        if part not in self.trees:
            tree = ET.fromstring(self.parts[part])
            for name in [name for name in tree.attrib if name.endswith("}Ignorable")]:
                del tree.attrib[name]
            self.trees[part] = tree
        return self.trees[part]

    def sheet_list(self):
        self.is_workbook_changed = True
        return next(self.workbook.iter(main("sheets")))

    def cells(self, index):
        cells = self.sheet(index).iter(main("c"))
        return {cell.get("r"): cell for cell in cells if cell.get("r")}

    def value(self, cell):
        kind, value = cell.get("t"), cell.find(main("v"))
        if kind == "inlineStr":
            return "".join(text.text or "" for text in cell.iter(main("t")))
        if value is None or value.text is None:
            return None
        if kind == "s":
            return self.strings[int(value.text)]
        return value.text if kind in ("str", "e", "b") else float(value.text)

    def grid(self, index):
        """The values of a sheet by row and column."""
        values = {name: self.value(cell) for name, cell in self.cells(index).items()}
        return {split_reference(name): value for name, value in values.items() if value is not None}

    def row(self, index, number):
        rows = self.sheet(index).find(main("sheetData"))
        at = 0
        for position, row in enumerate(rows):
            found = int(row.get("r"))
            if found == number:
                return row
            if found < number:
                at = position + 1
        row = ET.Element(main("row"), {"r": str(number)})
        rows.insert(at, row)
        return row

    def cell(self, index, number, column):
        row = self.row(index, number)
        at = 0
        for position, cell in enumerate(row):
            found = split_reference(cell.get("r"))[1]
            if found == column:
                return cell
            if found < column:
                at = position + 1
        cell = ET.Element(main("c"), {"r": reference(number, column)})
        row.insert(at, cell)
        return cell

    def set(self, index, number, column, value, formula=None, style=None):
        """Puts a value into a cell, whose format stays unless `style` is given."""
        cell = self.cell(index, number, column)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if style is not None:
            cell.set("s", str(style))
        if formula is not None:
            ET.SubElement(cell, main("f")).text = formula
        if isinstance(value, str):
            cell.set("t", "inlineStr")
            text = ET.SubElement(ET.SubElement(cell, main("is")), main("t"), {SPACE: "preserve"})
            text.text = value
        elif value is not None:
            ET.SubElement(cell, main("v")).text = repr(value)
        return cell

    def set_typed(self, index, number, column, kind, text):
        """Puts a raw value of a type (`e`, `b`) into a cell."""
        cell = self.set(index, number, column, None)
        cell.set("t", kind)
        ET.SubElement(cell, main("v")).text = text

    def add_sheet(self, content, is_first):
        part = "xl/worksheets/sheet_extra.xml"
        self.parts[part] = content
        override = f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}"/></Types>'
        self.parts[TYPES] = self.parts[TYPES].replace(b"</Types>", override.encode())
        link = (
            f'<Relationship Id="rIdExtra" Type="{RELATIONS}/worksheet" '
            'Target="worksheets/sheet_extra.xml"/></Relationships>'
        )
        self.parts[LINKS] = self.parts[LINKS].replace(b"</Relationships>", link.encode())
        names = {"name": "Sheet_them", "sheetId": "9999", f"{{{RELATIONS}}}id": "rIdExtra"}
        sheets = self.sheet_list()
        sheets.insert(0 if is_first else len(sheets), ET.Element(main("sheet"), names))

    def add_date_format(self):
        """A cell format that shows a date; its index."""
        styles = self.parts["xl/styles.xml"].decode()
        formats = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.S)
        index = len(re.findall(r"<xf[ />]", formats[1]))
        end = formats.end(1)
        added = styles[:end] + '<xf numFmtId="14" applyNumberFormat="1"/>' + styles[end:]
        count = f'<cellXfs count="{index}"', f'<cellXfs count="{index + 1}"'
        self.parts["xl/styles.xml"] = added.replace(*count).encode()
        return index

    def shift(self, index, at, by, axis):
        """Inserts (`by` 1) or deletes (−1) a row or a column; references follow.

        `at` counts rows from 1, columns from 0.
        """
        first = at + 1 if by < 0 else at

        def moved(row, column):
            if axis == "row":
                return (row + by if first <= row else row), column
            return row, (column + by if first <= column else column)

        def moved_reference(match):
            before, dollar, letters, row_dollar, digits = match.groups()
            if before:
                return match[0]
            row, column = moved(*split_reference(letters + digits))
            return f"{dollar}{column_name(column)}{row_dollar}{row}"

        sheet = self.sheet(index)
        rows = sheet.find(main("sheetData"))
        for row in list(rows):
            if axis == "row" and by < 0 and int(row.get("r")) == at:
                rows.remove(row)
                continue
            row.set("r", str(moved(int(row.get("r")), 0)[0]))
            row.attrib.pop("spans", None)
            for cell in list(row):
                place = split_reference(cell.get("r"))
                if axis == "column" and by < 0 and place[1] == at:
                    row.remove(cell)
                    continue
                cell.set("r", reference(*moved(*place)))
                formula = cell.find(main("f"))
                if formula is not None and formula.text:
                    formula.text = REFERENCE.sub(moved_reference, formula.text)
                if formula is not None and formula.get("ref"):
                    formula.set("ref", REFERENCE.sub(moved_reference, formula.get("ref")))
        for element in sheet.iter():
            for name in ("ref", "sqref"):
                if element.tag not in (main("c"), main("f")) and element.get(name):
                    element.set(name, REFERENCE.sub(moved_reference, element.get(name)))
        if axis == "column":
            for column in sheet.iter(main("col")):
                for edge in ("min", "max"):
                    if at <= int(column.get(edge)) - 1:
                        column.set(edge, str(int(column.get(edge)) + by))

    def bytes(self):
        parts = dict(self.parts)
        for part, tree in self.trees.items():
            parts[part] = XML_HEADER.encode() + ET.tostring(tree, encoding="unicode").encode()
        if self.is_workbook_changed:
            text = ET.tostring(self.workbook, encoding="unicode")
            parts[WORKBOOK] = XML_HEADER.encode() + text.encode()
        if self.trees and parts.pop("xl/calcChain.xml", None):
            link, override = (
                rb"<Relationship [^>]*calcChain[^>]*/>",
                rb"<Override [^>]*calcChain[^>]*/>",
            )
            parts[LINKS] = re.sub(link, b"", parts[LINKS])
            parts[TYPES] = re.sub(override, b"", parts[TYPES])
        return pack(parts)


class Layout:
    """Where the table of a form lies, found by the words of its header row."""

    def __init__(self, book):
        for index, (name, _) in enumerate(book.sheets):
            self.sheet, self.name, self.grid = index, name, book.grid(index)
            for row in sorted({row for row, _ in self.grid})[:80]:
                if self._read_header(row) and self._read_rows(book):
                    self._read_unit()
                    self._read_year()
                    return
        raise Skip("no row with a code word and a self-score word above numeric scores")

    def _texts(self, row):
        texts = {}
        for (at, column), value in self.grid.items():
            if at == row and isinstance(value, str):
                texts[column] = plain(value)
        return texts

    def _read_header(self, row):
        texts = self._texts(row)

        def find(words):
            return next((column for column in sorted(texts) if words.search(texts[column])), None)

        self.header = row
        self.code, self.score = find(CODE_HEAD), find(SCORE_HEAD)
        self.max, self.explanation = find(MAX_HEAD), find(EXPLANATION_HEAD)
        return self.code is not None and self.score is not None

    def _read_rows(self, book):
        self.rows = []
        for row in sorted({row for row, _ in self.grid}):
            value = self.grid.get((row, self.code))
            text = f"{value:g}" if isinstance(value, float) else plain(value or "")
            if self.header < row and CODE.match(text):
                self.rows.append((row, text.rstrip(".")))
        codes = [code for _, code in self.rows]
        cells = book.cells(self.sheet)

        def is_typed(row):
            cell = cells.get(reference(row, self.score))
            is_number = isinstance(self.grid.get((row, self.score)), float)
            return is_number and cell.find(main("f")) is None

        # Items whose score the unit typed itself.
        self.leaves = [
            (row, code)
            for row, code in self.rows
            if is_typed(row) and not any(other.startswith(code + ".") for other in codes)
        ]
        return bool(self.leaves)

    def _read_unit(self):
        """The cell of the unit's name, what stands before it there, and the name.

        The head of a department's form may begin with «CƠ QUAN», beside which
        stands the name of the country, not of a unit.
        """
        self.unit = None
        for (row, column), value in sorted(self.grid.items()):
            if self.unit or row == self.header or not isinstance(value, str):
                continue
            label, _, name = plain(value).partition(":")
            if not UNIT_LABEL.match(label):
                continue
            beside = [(row, column + step) for step in range(1, 8)]
            beside = [place for place in beside if self._is_name(place)]
            if name.strip():
                self.unit = (row, column, f"{label}: ", name.strip())
            elif beside:
                self.unit = (*beside[0], "", self.grid[beside[0]])

    def _is_name(self, place):
        value = self.grid.get(place)
        return isinstance(value, str) and not MOTTO.match(plain(value))

    def _read_year(self):
        """The cell of the title, its text, and the year in it."""
        self.year = None
        for (row, column), value in sorted(self.grid.items()):
            year = re.search(r"chấm.*năm (20\d\d)", plain(value), re.I)
            if self.year is None and isinstance(value, str) and year:
                self.year = (row, column, plain(value), year[1])


def needed(found, what):
    if found is None:
        raise Skip(f"{what} not found in the base form")
    return found

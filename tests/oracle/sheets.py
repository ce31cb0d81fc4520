"""Opens workbooks and finds tables in them by the words of their header."""

import functools
import io
import subprocess
import tempfile
from pathlib import Path

import openpyxl

from plain import blank, key

FOREIGN = (".xls", ".xlsb", ".ods")


def load(path, values=True):
    if Path(path).suffix.lower() in FOREIGN:
        path = io.BytesIO(_converted(path))
    return openpyxl.load_workbook(path, data_only=values)


@functools.lru_cache(maxsize=64)
def _converted(path):
    """The .xlsx that LibreOffice makes of a workbook in another format."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        target = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", folder]
        command = ["soffice", profile, "--headless", *target, str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return (Path(folder) / path.name).with_suffix(".xlsx").read_bytes()


class Table:
    """The rows under a header, by the header's words."""

    def __init__(self, sheet, labels):
        """`labels`: the words that the header row must hold."""
        wanted = {key(label) for label in labels}
        self.sheet = sheet
        self.header = None
        for row in sheet.iter_rows(max_row=min(sheet.max_row, 200)):
            columns = {key(c.value): c.column for c in row if not blank(c.value)}
            if wanted <= columns.keys():
                self.header, self.columns = row[0].row, columns
                return
        raise ValueError(f"{sheet.title}: no header row with {labels}")

    def rows(self, needed=None):
        """Yields a `Row` for every row under the header that holds anything, or
        something under the label `needed`: below it there may be signatures."""
        for number in range(self.header + 1, self.sheet.max_row + 1):
            row = Row(self, number)
            cells = [row.raw(needed)] if needed else map(row.at, self.columns.values())
            if not all(blank(cell) for cell in cells):
                yield row


class Row:
    def __init__(self, table, number):
        self.table, self.number = table, number

    def at(self, column):
        return self.table.sheet.cell(self.number, column).value

    def raw(self, label):
        """The cell under a label; None when there is no such column."""
        column = self.table.columns.get(key(label))
        return None if column is None else self.at(column)

    def put(self, label, value):
        """Writes under a label, as a person types: no formula, no format."""
        self.table.sheet.cell(self.number, self.table.columns[key(label)]).value = value

    def text(self, label):
        value = self.raw(label)
        return "" if value is None else " ".join(str(value).split())


def words(text):
    """Parts of a cell separated by `;`."""
    return [part.strip() for part in text.split(";") if part.strip()]


def hidden_pairs(book):
    """The identity that the program keeps in the hidden sheet `_cchc`."""
    if "_cchc" not in book.sheetnames:
        return {}
    rows = book["_cchc"].iter_rows(max_col=2, values_only=True)
    return {str(name): str(value) for name, value in rows if name is not None}

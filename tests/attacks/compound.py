"""OLE compound files: what old Office programs and locked workbooks begin as."""

import io
import struct

from msoffcrypto.format.ooxml import OOXMLFile

SECTOR = 512
FREE = 0xFFFFFFFF
CHAIN_END = 0xFFFFFFFE
TABLE = 0xFFFFFFFD
SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sectors(length):
    return -(-length // SECTOR)


def directory_entry(name, kind, start, size, child=FREE, right=FREE):
    wide = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(wide), kind, 1, FREE, right, child)
    return wide.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)


def compound_file(streams, edit_table=None, edit_header=None):
    """A version 3 file of named streams, each padded so that none is a mini stream.

    `edit_table(table, directory)` may spoil the sector table, `edit_header` the
    512 bytes of the header.
    """
    streams = [(name, data.ljust(4096, b"\0")) for name, data in streams]
    directory_length = sectors(128 * (len(streams) + 1))
    lengths = [sectors(len(data)) for _, data in streams]
    total = directory_length + sum(lengths)
    tables = 1
    while total + tables > tables * 128:
        tables += 1

    table = [TABLE] * tables
    starts = []
    for length in [directory_length, *lengths]:
        at = len(table)
        starts.append(at)
        table += [*range(at + 1, at + length), CHAIN_END]
    table += [FREE] * (tables * 128 - len(table))
    if edit_table:
        edit_table(table, starts[0])

    directory = directory_entry("Root Entry", 5, CHAIN_END, 0, child=1)
    for number, (name, data) in enumerate(streams, 1):
        right = number + 1 if number < len(streams) else FREE
        directory += directory_entry(name, 2, starts[number], len(data), right=right)

    header = bytearray(SIGNATURE + bytes(16))
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<9I", 0, tables, starts[0], 0, 4096, CHAIN_END, 0, CHAIN_END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    if edit_header:
        edit_header(header)
    body = directory.ljust(directory_length * SECTOR, b"\0")
    for (_, data), length in zip(streams, lengths):
        body += data.ljust(length * SECTOR, b"\0")
    return bytes(header) + struct.pack(f"<{len(table)}I", *table) + body


def record(kind, data=b""):
    """One record of a BIFF stream."""
    return struct.pack("<HH", kind, len(data)) + data


def old_workbook():
    """A real, tiny .xls (BIFF8): one sheet, A1 = 7."""
    size = record(0x200, struct.pack("<IIHHH", 0, 1, 0, 1, 0))
    return old_workbook_of([("S1", False, size + record(0x203, struct.pack("<HHHd", 0, 0, 0, 7.0)))])


def old_workbook_of(sheets, before=b""):
    """An .xls of sheets: (name, whether hidden, records). Cell format 1 is of days;
    `before` stands before the formats of the whole workbook."""

    def start(kind):
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x1CC, 1996, 0x41, 6))

    def tab(at, name, is_hidden):
        wide = name.encode("utf-16-le")
        head = struct.pack("<IBBBB", at, is_hidden, 0, len(wide) // 2, 1)
        return record(0x85, head + wide)

    end = record(0x0A)
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\0Arial"
    book = start(5) + record(0x42, b"\xb0\x04") + before + record(0x31, font) * 4
    book += b"".join(record(0xE0, struct.pack("<HH16x", 0, format)) for format in [0, 14] + [0] * 14)
    bodies = [start(0x10) + body + end for _, _, body in sheets]
    at = len(book) + len(end) + sum(len(tab(0, *sheet[:2])) for sheet in sheets)
    for sheet, body in zip(sheets, bodies, strict=True):
        book += tab(at, *sheet[:2])
        at += len(body)
    return compound_file([("Workbook", book + end + b"".join(bodies))])


def encrypted(workbook):
    """A workbook locked with a password, as Excel locks it."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(workbook)).encrypt("matkhau", out)
    return out.getvalue()

"""Files that are no workbook, and workbooks with random damage."""

import gzip
import random
import struct

from compound import compound_file, encrypted, old_workbook, record
from listing import FINDING, REFUSE
from workbooks import (
    PNG,
    SHEET,
    TYPES,
    XML_HEADER,
    relation,
    relations_xml,
    strings_xml,
    workbook,
    workbook_parts,
)
from zips import MIB, STORED, Entry, pack, write_zip


def office_file(main, kind):
    """An Office package of another program, as small as can be."""
    types = f'<Types xmlns="{TYPES}"><Override PartName="/{main}" ContentType="{kind}"/></Types>'
    return pack(
        {
            "[Content_Types].xml": XML_HEADER + types,
            "_rels/.rels": relations_xml(relation(1, "officeDocument", main)),
            main: "<x/>",
        }
    )


def foreign(put, seed):
    rng = random.Random(seed)
    form = workbook()
    for n, d, w in [
        ("zero_bytes", b"", "empty file"),
        ("one_byte", b"P", "one byte"),
        ("pk_only", b"PK\x03\x04", "only the zip signature"),
        ("spaces_1MB", b" " * MIB, "1 MB of spaces"),
        ("zeros_1MB", b"\x00" * MIB, "1 MB of zero bytes"),
        ("text", "Phiếu chấm điểm\n1.1\t2\n".encode(), "plain text"),
        (
            "html_table",
            "<html><table><tr><td>Mã</td><td>Điểm tự chấm</td></tr></table></html>".encode(),
            "HTML table (old web export)",
        ),
        (
            "xml_2003",
            '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'.encode(),
            "SpreadsheetML 2003",
        ),
        ("mhtml", b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "web archive from Excel"),
        ("csv", "Mã;Điểm tự chấm\n1.1;1,5\n".encode("utf-8-sig"), "CSV"),
        ("json", b'{"a":1}', "JSON"),
        ("pdf", b"%PDF-1.4\n%%EOF\n", "PDF"),
        ("png", PNG, "picture"),
        ("rar", b"Rar!\x1a\x07\x01\x00" + b"\x00" * 50, "RAR archive"),
        ("7z", b"7z\xbc\xaf'\x1c" + b"\x00" * 50, "7z archive"),
        ("gzip", gzip.compress(form, mtime=0), "gzip of a form"),
        ("exe", b"MZ" + b"\x00" * 100, "program"),
        ("random_64k", rng.randbytes(65536), "random bytes"),
        ("biff2_raw", record(9, b"\x00\x00\x10\x00") + record(10), "bare BIFF2 stream (no OLE)"),
    ]:
        put(
            f"not_{n}.xlsx", REFUSE, f"{w} renamed .xlsx", f"refused: {w}, not an Excel workbook", d
        )
    put(
        "not_docx.xlsx",
        REFUSE,
        "Word file renamed .xlsx",
        "refused: a Word document",
        lambda: office_file(
            "word/document.xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        ),
    )
    put(
        "not_pptx.xlsx",
        REFUSE,
        "PowerPoint file renamed .xlsx",
        "refused: a presentation",
        lambda: office_file(
            "ppt/presentation.xml",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
        ),
    )
    put(
        "not_xlsb.xlsx",
        REFUSE,
        "binary workbook (.xlsb) renamed .xlsx",
        "refused: it has no sheets",
        lambda: office_file(
            "xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        ),
    )
    put(
        "not_ods.xlsx",
        REFUSE,
        "OpenDocument sheet renamed .xlsx",
        "refused: it has no sheets",
        lambda: write_zip(
            [
                Entry("mimetype", b"application/vnd.oasis.opendocument.spreadsheet", method=STORED),
                Entry("content.xml", b"<x/>"),
            ]
        ),
    )
    put(
        "not_apk.xlsx",
        REFUSE,
        "an unrelated zip (jar) renamed .xlsx",
        "refused: a zip archive, not a workbook",
        lambda: write_zip([Entry("META-INF/MANIFEST.MF", b"x")]),
    )
    put(
        "xls_biff8_renamed.xlsx",
        REFUSE,
        "real .xls (BIFF8 in OLE) renamed .xlsx",
        "read, and no form",
        old_workbook,
    )
    put(
        "xls_biff8.xls",
        REFUSE,
        "real .xls",
        "read, and no form",
        old_workbook,
    )
    put(
        "ole_doc.xlsx",
        REFUSE,
        "old Word file (.doc, OLE) renamed .xlsx",
        "refused: not a workbook",
        lambda: compound_file([("WordDocument", b"\xec\xa5" + b"\x00" * 600)]),
    )
    put(
        "ole_header_only.xlsx",
        REFUSE,
        "only the 8-byte OLE signature",
        "refused",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    )
    put(
        "ole_encrypted.xlsx",
        REFUSE,
        "password-protected workbook (ECMA-376 agile)",
        "refused: password protected",
        lambda: encrypted(form),
        note="salt is random: the bytes differ per run",
    )
    foreign_chains(put)
    damaged(put, seed)


def foreign_chains(put):
    """Compound files that a parser of those follows for ever, or out of bounds."""

    def loop(table, directory):
        table[directory] = directory

    def past_table(table, directory):
        table[directory] = 4000

    def past_file(header):
        header[76:92] = b"\xff" * 16

    def short_mini_stream(header):
        header[64:68] = struct.pack("<I", 1)

    def large_sectors(header):
        header[30:32] = struct.pack("<H", 12)

    put(
        "ole_dir_loop.xlsx",
        REFUSE,
        "OLE directory chain points at itself: a parser never ends and takes all memory",
        "refused: the chain is followed no further than the file is long",
        lambda: compound_file([("Workbook", b"x")], edit_table=loop),
    )
    put(
        "ole_fat_out_of_range.xlsx",
        REFUSE,
        "OLE directory chain points past the table",
        "refused; no panic",
        lambda: compound_file([("Workbook", b"x")], edit_table=past_table),
    )
    put(
        "ole_dir_past_fat.xlsx",
        REFUSE,
        "OLE directory starts inside the file but past the table",
        "refused; no panic",
        lambda: compound_file([("Workbook", b"x" * 200_000)], edit_header=past_file),
    )
    put(
        "ole_mini_len_short.xlsx",
        REFUSE,
        "OLE mini stream length in the root entry shorter than its chain",
        "refused; no panic",
        lambda: compound_file([("Workbook", b"x" * 9000)], edit_header=short_mini_stream),
    )
    put(
        "ole_sector_4096.xlsx",
        REFUSE,
        "OLE header says 4096-byte sectors in a 2 kB file",
        "refused",
        lambda: compound_file([("Workbook", b"x")], edit_header=large_sectors),
    )


def damaged(put, seed):
    form = workbook()
    put(
        "nul_in_file.xlsx",
        REFUSE,
        "a form with every 50th byte set to NUL",
        "refused: damaged archive",
        lambda: bytes(0 if at % 50 == 49 else byte for at, byte in enumerate(form)),
    )
    for number in range(40):
        put(
            f"fuzz_zip_{number:02d}.xlsx",
            REFUSE,
            f"random damage to the archive bytes, number {number}",
            "refused, or read like the form when only unused bytes changed; never another score",
            lambda number=number: damaged_bytes(form, f"{seed}-{number}", 1 + number % 8),
        )
        put(
            f"fuzz_xml_{number:02d}.xlsx",
            FINDING,
            f"random damage inside one XML part, valid zip, number {number}",
            "refused, or read; a score may change only if its own digits were changed",
            lambda number=number: damaged_part(f"{seed}-x{number}", 1 + number % 5),
        )


def damaged_bytes(data, seed, times):
    """Flips a bit, cuts a stretch out or puts one in, `times` over."""
    rng = random.Random(seed)
    data = bytearray(data)
    for _ in range(times):
        kind = rng.randrange(3)
        at = rng.randrange(len(data))
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at : at + rng.randrange(1, 64)]
        else:
            data[at:at] = rng.randbytes(rng.randrange(1, 64))
    return bytes(data)


PARTS = [
    SHEET,
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
]
SPLINTERS = b'< > " & &#0; \0 \xff -1 99999999999 </c> <!-- <![CDATA[ <?'.split() + [b""]


def damaged_part(seed, times):
    """Writes splinters of XML over one part, `times` over."""
    rng = random.Random(seed)
    parts = workbook_parts(sst=strings_xml(["a", "b"]))
    name = rng.choice(PARTS)
    part = bytearray(parts[name].encode())
    for _ in range(times):
        at = rng.randrange(len(part))
        part[at : at + rng.randrange(1, 6)] = rng.choice(SPLINTERS)
    parts[name] = bytes(part)
    return pack(parts)

"""Archives that are damaged, or that two readers would read in two ways."""

import random
import struct
import zlib

from listing import ACCEPT, FINDING, REFUSE
from workbooks import (
    FORM,
    FORM_XML,
    SHEET,
    rows_xml,
    sheet_xml,
    with_sheet,
    workbook,
    workbook_parts,
)
from zips import LZMA, STORED, Entry, entries_of, stream_zip, write_zip


def flipped(data, at):
    """The same bytes but one, which has every bit turned."""
    data = bytearray(data)
    data[at] ^= 0xFF
    return bytes(data)


def containers(put, seed):
    rng = random.Random(seed)
    form = workbook()
    put(
        "zip_truncated.xlsx",
        REFUSE,
        "a form cut at 60 %",
        "refused: damaged archive",
        lambda: form[: int(len(form) * 0.6)],
    )
    put(
        "zip_truncated_tail.xlsx",
        REFUSE,
        "the last 20 bytes are missing",
        "refused: damaged archive",
        lambda: form[:-20],
    )
    put(
        "zip_wrong_crc.xlsx",
        REFUSE,
        "the CRC of sheet1.xml is wrong (data intact)",
        "refused: checksum",
        lambda: write_zip(with_sheet(Entry(SHEET, FORM_XML.encode(), crc=0xDEADBEEF))),
    )
    put(
        "zip_wrong_crc_score.xlsx",
        REFUSE,
        "one score byte changed inside the stored sheet1.xml, CRC of the original",
        "refused: checksum; the changed score must never be used",
        lambda: write_zip(
            with_sheet(
                Entry(
                    SHEET,
                    FORM_XML.replace("<v>1.5</v>", "<v>1.75</v>", 1).encode(),
                    method=STORED,
                    crc=zlib.crc32(FORM_XML.encode()),
                )
            )
        ),
    )
    put(
        "zip_bitflip.xlsx",
        REFUSE,
        "one byte inside the deflate stream of sheet1.xml is flipped",
        "refused: damaged archive",
        lambda: flipped(
            write_zip(
                [e for e in entries_of(workbook_parts()) if b"sheet1" not in e.name]
                + [Entry("xl/worksheets/sheet1.xml", sheet_xml(rows_xml(FORM * 30)).encode())]
            ),
            -1500,
        ),
    )
    put(
        "zip_encrypted_flag.xlsx",
        REFUSE,
        "sheet1.xml has the zip encryption flag",
        "refused: encrypted entry",
        lambda: write_zip(with_sheet(Entry(SHEET, FORM_XML.encode(), flags=1))),
    )
    put(
        "zip_method_unknown.xlsx",
        REFUSE,
        "sheet1.xml says compression method 99 / LZMA",
        "refused: unknown compression",
        lambda: write_zip(
            with_sheet(Entry(SHEET, method=LZMA, packed=b"x" * 100, crc=0, size=100))
        ),
    )
    put(
        "zip_duplicate_names.xlsx",
        REFUSE,
        "xl/worksheets/sheet1.xml occurs twice with different scores",
        "refused: duplicate entry (readers differ in which one they take)",
        lambda: write_zip(
            entries_of(workbook_parts())
            + [
                Entry(
                    "xl/worksheets/sheet1.xml", FORM_XML.replace("<v>1.5</v>", "<v>0</v>").encode()
                )
            ]
        ),
    )
    put(
        "zip_duplicate_case.xlsx",
        REFUSE,
        "XL/WORKSHEETS/SHEET1.XML besides the lower-case name",
        "refused: duplicate entry when case is ignored",
        lambda: write_zip(
            entries_of(workbook_parts())
            + [
                Entry(
                    "XL/WORKSHEETS/SHEET1.XML", FORM_XML.replace("<v>1.5</v>", "<v>0</v>").encode()
                )
            ]
        ),
    )
    put(
        "zip_local_name_differs.xlsx",
        ACCEPT,
        "the local header names another file than the directory",
        "refused or read by the directory; never a crash",
        lambda: write_zip(
            with_sheet(Entry(SHEET, FORM_XML.encode(), local_name="xl/worksheets/sheet9.xml"))
        ),
    )
    put(
        "zip_path_traversal.xlsx",
        FINDING,
        "entries ../../../../tmp/evil and C:\\evil.txt besides a valid form",
        "read (nothing is ever unpacked to disk) with a finding, or refused",
        lambda: write_zip(
            entries_of(workbook_parts())
            + [
                Entry("../../../../tmp/evil_xlsx", b"x"),
                Entry("/tmp/evil_abs", b"x"),
                Entry("C:\\evil.txt", b"x"),
            ]
        ),
    )
    put(
        "zip_name_nul.xlsx",
        FINDING,
        "entry name with NUL and 65,535 bytes",
        "refused or read; never a crash",
        lambda: write_zip(entries_of(workbook_parts()) + [Entry(b"a\x00b" + b"x" * 65000, b"x")]),
    )
    put(
        "zip64_eocd.xlsx",
        ACCEPT,
        "a small archive with zip64 end records",
        "read like the form",
        lambda: write_zip(entries_of(workbook_parts()), is_zip64=True),
    )
    put(
        "zip64_lie.xlsx",
        REFUSE,
        "zip64 extra field claims an uncompressed size of 2^63",
        "refused: declared size",
        lambda: write_zip(
            with_sheet(
                Entry(
                    SHEET,
                    FORM_XML.encode(),
                    size=0xFFFFFFFF,
                    extra=struct.pack("<HHQ", 1, 8, 1 << 63),
                    local_extra=struct.pack("<HHQQ", 1, 16, 1 << 63, 1 << 63),
                    version=45,
                )
            )
        ),
    )
    put(
        "zip_leading_junk.xlsx",
        FINDING,
        "64 kB of junk before the archive (offsets not adjusted)",
        "read or refused; the kind of file is judged by content",
        lambda: rng.randbytes(65536) + form,
    )
    put(
        "zip_leading_junk_ok_offsets.xlsx",
        FINDING,
        "a shell script in front (self-extractor style), offsets right",
        "refused: does not start like an xlsx; or read",
        lambda: write_zip(
            entries_of(workbook_parts()), prefix=b"#!/bin/sh\nexit 0\n" + b" " * 4000
        ),
    )
    put(
        "zip_trailing_junk.xlsx",
        FINDING,
        "1 MB of junk after the archive",
        "read or refused as damaged",
        lambda: form + rng.randbytes(1000000),
    )
    put(
        "zip_trailing_zeros.xlsx",
        ACCEPT,
        "4 kB of zeros after the archive (copy from a failing stick)",
        "read, or refused as damaged",
        lambda: form + b"\x00" * 4096,
    )
    put(
        "zip_comment_fake_eocd.xlsx",
        REFUSE,
        "archive comment holds a second end record of another archive: two readers see two workbooks",
        "refused or the outer one read; noted",
        lambda: write_zip(
            entries_of(workbook_parts()),
            comment=workbook(
                sheets=[("S", sheet_xml(rows_xml(FORM).replace("<v>1.5</v>", "<v>0</v>")))]
            )[:60000],
        ),
    )
    put(
        "zip_empty.xlsx",
        REFUSE,
        "an archive without entries (22 bytes)",
        "refused: not a workbook",
        lambda: write_zip([]),
    )
    put(
        "zip_data_descriptor.xlsx",
        ACCEPT,
        "streamed archive: sizes only in data descriptors (flag bit 3), as many servers write",
        "read like the form",
        lambda: stream_zip(workbook_parts()),
    )

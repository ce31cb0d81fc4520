"""Files that unpack to far more than they weigh, and sizes at the edge of the grid."""

import re

from listing import ACCEPT, FINDING, REFUSE
from workbooks import (
    FIRST_STRING,
    FORM,
    MAIN,
    PACKAGE,
    PNG,
    RELATIONS,
    SHEET_HEAD,
    SHEET_TAIL,
    XML_HEADER,
    cell,
    rows_xml,
    sheet_xml,
    strings_xml,
    with_bomb,
    workbook,
    workbook_parts,
)
from zips import MIB, STORED, Entry, bomb, entries_of, write_zip

TOO_BIG = "refused before parsing: declared uncompressed size over the ceiling (size named)"


def bombs(put, seed):
    put(
        "bomb_sheet_cells.xlsx",
        REFUSE,
        "1 MiB file, sheet1.xml of 1 GiB valid one-cell rows",
        TOO_BIG,
        lambda: with_bomb(
            "xl/worksheets/sheet1.xml",
            bomb(SHEET_HEAD, b"<row><c><v>1</v></c></row>      ", 1024, SHEET_TAIL),
        ),
    )
    put(
        "bomb_sheet_spaces.xlsx",
        REFUSE,
        "1 GiB of spaces in sheetData: one text node",
        TOO_BIG,
        lambda: with_bomb(
            "xl/worksheets/sheet1.xml", bomb(SHEET_HEAD, b" " * 64, 1024, SHEET_TAIL)
        ),
    )
    put(
        "bomb_sheet_comment.xlsx",
        REFUSE,
        "1 GiB XML comment in the sheet",
        TOO_BIG,
        lambda: with_bomb(
            "xl/worksheets/sheet1.xml",
            bomb(
                (XML_HEADER + f'<worksheet xmlns="{MAIN}"><!--').encode(),
                b"x" * 64,
                1024,
                b"--><sheetData/></worksheet>",
            ),
        ),
    )
    put(
        "bomb_sst.xlsx",
        REFUSE,
        "sharedStrings.xml of 1 GiB, 16 million strings (read whole when the file is opened)",
        TOO_BIG,
        lambda: with_bomb(
            "xl/sharedStrings.xml",
            bomb(
                strings_xml([]).replace("</sst>", "").encode(),
                b"<si><t>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</t></si>",
                1024,
                b"</sst>",
            ),
            sst="",
        ),
    )
    put(
        "bomb_sst_empty_si.xlsx",
        REFUSE,
        "sharedStrings.xml of 256 MiB of <si/>: 53 million empty strings, 24 bytes each",
        TOO_BIG,
        lambda: with_bomb(
            "xl/sharedStrings.xml",
            bomb(
                strings_xml([]).replace("</sst>", "").encode(), b"<si/>" * 13 + b" ", 256, b"</sst>"
            ),
            sst="",
        ),
    )
    put(
        "bomb_styles.xlsx",
        REFUSE,
        "styles.xml of 512 MiB of <xf/>",
        TOO_BIG,
        lambda: with_bomb(
            "xl/styles.xml",
            bomb(
                (XML_HEADER + f'<styleSheet xmlns="{MAIN}"><cellXfs>').encode(),
                b'<xf numFmtId="0"/>' + b" " * 14,
                512,
                b"</cellXfs></styleSheet>",
            ),
        ),
    )
    put(
        "bomb_workbook.xlsx",
        REFUSE,
        "workbook.xml of 256 MiB: 4 million sheets",
        TOO_BIG,
        lambda: with_bomb(
            "xl/workbook.xml",
            bomb(
                (XML_HEADER + f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>').encode(),
                b'<sheet name="Sheet1" sheetId="1" r:id="rId1"/>' + b" " * 18,
                256,
                b"</sheets></workbook>",
            ),
        ),
    )
    put(
        "bomb_small_64MiB.xlsx",
        REFUSE,
        "64 MiB sheet in a 70 kB file: passes many size ceilings, 2 million cells",
        "refused: ratio or cell budget",
        lambda: with_bomb(
            "xl/worksheets/sheet1.xml",
            bomb(SHEET_HEAD, b"<row><c><v>1</v></c></row>      ", 64, SHEET_TAIL),
        ),
    )
    put(
        "bomb_lying_size.xlsx",
        REFUSE,
        "the directory declares 1,000 bytes for a sheet of 1 GiB",
        "refused: entry longer than declared; never more than the ceiling is inflated",
        lambda: with_bomb(
            "xl/worksheets/sheet1.xml",
            dict(
                bomb(SHEET_HEAD, b"<row><c><v>1</v></c></row>      ", 1024, SHEET_TAIL), size=1000
            ),
        ),
    )
    put(
        "bomb_lying_sst.xlsx",
        REFUSE,
        "the directory declares 1,000 bytes for a sharedStrings.xml of 1 GiB",
        "refused: entry longer than declared",
        lambda: with_bomb(
            "xl/sharedStrings.xml",
            dict(
                bomb(
                    strings_xml([]).replace("</sst>", "").encode(),
                    b"<si><t>AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA</t></si>",
                    1024,
                    b"</sst>",
                ),
                size=1000,
            ),
            sst="",
        ),
    )
    put(
        "bomb_unread_part.xlsx",
        FINDING,
        "a valid form plus xl/media/image1.png that inflates to 1 GiB (never needed)",
        "accepted without inflating the picture, or refused by the total-size ceiling; peak memory must stay flat",
        lambda: write_zip(
            entries_of(workbook_parts())
            + [Entry("xl/media/image1.png", **bomb(PNG, b"\x00" * 64, 1024, b""))]
        ),
    )

    def overlapping():
        kernel = Entry("xl/worksheets/kernel.xml", b" " * (8 * MIB))
        entries = entries_of(workbook_parts()) + [kernel]
        write_zip(entries)
        return write_zip(
            entries
            + [
                Entry(
                    f"xl/media/{i}.xml",
                    packed=kernel.packed,
                    crc=kernel.crc,
                    size=kernel.size,
                    offset=kernel.at,
                    has_local=False,
                )
                for i in range(2000)
            ]
        )

    put(
        "overlapping_entries.xlsx",
        REFUSE,
        "2,000 directory entries that all point at the same 8 MiB entry (16 GB declared)",
        "refused: total declared size, or overlapping entries",
        overlapping,
    )

    def same_sheet(n, mib):
        b = bomb(SHEET_HEAD, b"<row><c><v>1</v></c></row>      ", mib, SHEET_TAIL)
        sh = [(f"S{i}", None) for i in range(n)]
        p = workbook_parts(sheets=sh)
        p["xl/_rels/workbook.xml.rels"] = (
            XML_HEADER
            + f'<Relationships xmlns="{PACKAGE}">'
            + "".join(
                (
                    f'<Relationship Id="rId{i + 1}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
                    for i in range(n)
                )
            )
            + "</Relationships>"
        )
        return write_zip(entries_of(p) + [Entry("xl/worksheets/sheet1.xml", **b)])

    put(
        "sheets_share_one_part.xlsx",
        REFUSE,
        "2,000 sheets that all name the same 4 MiB part: 8 GB of work in a 90 kB file that passes every size ceiling",
        "refused: number of sheets, or the cell budget, which counts for the whole file",
        lambda: same_sheet(2000, 4),
    )
    put(
        "entries_100k.xlsx",
        REFUSE,
        "100,000 empty zip entries besides a valid form",
        "refused: number of entries",
        lambda: write_zip(
            entries_of(workbook_parts())
            + [Entry(f"x/{i:06d}", b"", method=STORED) for i in range(100000)]
        ),
    )
    put(
        "entries_count_lie.xlsx",
        REFUSE,
        "the end record says 60,000 entries, there are 5",
        "refused as damaged",
        lambda: write_zip(entries_of(workbook_parts()), count=60000),
    )

    def nest(depth):
        d = workbook()
        for i in range(depth):
            d = write_zip([Entry("form.xlsx", d, method=STORED)])
        return d

    put(
        "nested_zip.xlsx",
        REFUSE,
        "a form zipped 10 times over, named .xlsx",
        "refused: a zip archive, not a workbook (hint: unpack it)",
        lambda: nest(10),
    )
    put(
        "zip_of_form.xlsx",
        REFUSE,
        "one form inside a zip that was renamed .xlsx",
        "refused: a zip archive with form.xlsx in it",
        lambda: nest(1),
    )


def sizes(put, seed):
    far = sheet_xml(
        '<row r="1">'
        + cell(1, 0, "a")
        + '</row><row r="1048576">'
        + cell(1048576, 16383, "z")
        + "</row>",
        dim="A1:XFD1048576",
    )
    put(
        "far_cell.xlsx",
        REFUSE,
        "A1 and XFD1048576 filled: 17 thousand million cells if held densely",
        'refused as "no form table" in flat memory',
        lambda: workbook(sheets=[("S", far)]),
    )
    put(
        "dim_huge.xlsx",
        ACCEPT,
        "dimension ref says A1:XFD1048576, the form is small",
        "read like the form: dimension is never trusted",
        lambda: workbook(sheets=[("S", sheet_xml(rows_xml(FORM), dim="A1:XFD1048576"))]),
    )
    put(
        "dim_reversed.xlsx",
        ACCEPT,
        'dimension ref="Z99:A1"',
        "read like the form, or refused (overflow checks make calamine panic on it: caught)",
        lambda: workbook(sheets=[("S", sheet_xml(rows_xml(FORM), dim="Z99:A1"))]),
    )
    put(
        "dim_garbage.xlsx",
        FINDING,
        'dimension ref="A0:??"',
        "read, or refused with the sheet named; no panic",
        lambda: workbook(sheets=[("S", sheet_xml(rows_xml(FORM), dim="A0:??"))]),
    )
    put(
        "sst_count_1e9.xlsx",
        REFUSE,
        "sharedStrings count = uniqueCount = 1,000,000,000 with 1 string",
        "refused before opening (uniqueCount is reserved by calamine), or read; no abort",
        lambda: workbook(
            sheets=[("S", sheet_xml(FIRST_STRING))], sst=strings_xml(["a"], 10**9, 10**9)
        ),
    )
    put(
        "sst_count_1e18.xlsx",
        REFUSE,
        "uniqueCount = 10^18: capacity overflow",
        "refused before opening; no panic reaches the user",
        lambda: workbook(
            sheets=[("S", sheet_xml(FIRST_STRING))], sst=strings_xml(["a"], 10**18, 10**18)
        ),
    )
    put(
        "shared_formula_si_4e9.xlsx",
        REFUSE,
        'one shared formula with si="4000000000"',
        "refused or read; no abort (calamine resizes a vector to si+1 in its formula readers)",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="4000000000">1+1</f><v>2</v></c></row>'
                    ),
                )
            ]
        ),
    )
    put(
        "shared_formula_si_max.xlsx",
        REFUSE,
        'one shared formula with si="18446744073709551615": index + 1 overflows',
        "refused or read; no panic reaches the user",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="18446744073709551615">1+1</f><v>2</v></c></row>'
                    ),
                )
            ]
        ),
    )
    put(
        "string_40MB.xlsx",
        REFUSE,
        "one inline string of 40 MB (Excel allows 32,767 characters)",
        "refused: text longer than the ceiling",
        lambda: with_bomb(
            "xl/worksheets/sheet1.xml",
            bomb(
                SHEET_HEAD + b'<row r="1"><c r="A1" t="inlineStr"><is><t>',
                b"abcdefgh",
                40,
                b"</t></is></c></row></sheetData></worksheet>",
            ),
        ),
    )
    put(
        "string_40MB_sst.xlsx",
        REFUSE,
        "one shared string of 40 MB",
        "refused: text longer than the ceiling",
        lambda: with_bomb(
            "xl/sharedStrings.xml",
            bomb(
                strings_xml([]).replace("</sst>", "<si><t>").encode(),
                b"abcdefgh",
                40,
                b"</t></si></sst>",
            ),
            sst="",
            sheets=[("S", sheet_xml(FIRST_STRING))],
        ),
    )
    put(
        "string_shared_amplified.xlsx",
        REFUSE,
        "one 1 MiB shared string named by 200,000 cells: 200 GB if each cell owns its text",
        "refused: string budget; memory flat",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        "".join(
                            (
                                f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>'
                                for i in range(1, 200001)
                            )
                        )
                    ),
                )
            ],
            sst=strings_xml(["a" * MIB]),
        ),
    )
    put(
        "rows_1M_empty_styled.xlsx",
        ACCEPT,
        "the form, then 1,000,000 rows of empty styled cells (a whole column was formatted)",
        "read like the form, or refused by the cell budget with that reason; under the time ceiling",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM)
                        + "".join(
                            (
                                f'<row r="{i}"><c r="A{i}" s="1"/><c r="B{i}" s="1"/></row>'
                                for i in range(20, 1000020)
                            )
                        )
                    ),
                )
            ]
        ),
    )
    put(
        "formula_1MB.xlsx",
        FINDING,
        "one formula of 1 MB",
        "read, or refused; no slow path",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        '<row r="1"><c r="A1"><f>' + "1+" * 500000 + "1</f><v>5</v></c></row>"
                    ),
                )
            ]
        ),
    )
    put(
        "attrs_100k.xlsx",
        REFUSE,
        "one cell element with 100,000 attributes",
        "refused or read within the time ceiling (no quadratic duplicate check)",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        '<row r="1"><c r="A1" '
                        + " ".join((f'a{i}="1"' for i in range(100000)))
                        + "><v>1</v></c></row>"
                    ),
                )
            ]
        ),
    )
    put(
        "merges_200k.xlsx",
        ACCEPT,
        "200,000 merged ranges that overlap",
        "read like the form within the time ceiling, or refused: too many merges",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM),
                        after='<mergeCells count="200000">'
                        + "".join((f'<mergeCell ref="A1:XFD{i + 2}"/>' for i in range(200000)))
                        + "</mergeCells>",
                    ),
                )
            ]
        ),
    )
    put(
        "cell_ref_overflow.xlsx",
        REFUSE,
        'cell r="ZZZZZZZZZ1": overflows u32 (calamine issue 709); with wrapping the cell lands somewhere else',
        "refused: cell outside the grid",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM)[:-6] + '<c r="ZZZZZZZZZ99999999999"><v>9</v></c></row>'
                    ),
                )
            ]
        ),
    )
    put(
        "cell_ref_wraps_to_score.xlsx",
        REFUSE,
        'cell r="D4294967303" (= 2^32 + 7): wraps to D7 and would replace a score',
        "refused: cell outside the grid; the score must not become 99",
        lambda: workbook(
            sheets=[
                ("S", sheet_xml(rows_xml(FORM)[:-6] + '<c r="D4294967303"><v>99</v></c></row>'))
            ]
        ),
    )
    put(
        "cell_ref_xfe.xlsx",
        REFUSE,
        'cell r="XFE1" and row 1048577: just past the grid',
        "refused: cell outside the grid",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM) + '<row r="1048577"><c r="XFE1048577"><v>1</v></c></row>'
                    ),
                )
            ]
        ),
    )
    put(
        "cell_twice.xlsx",
        FINDING,
        "D7 occurs twice with different scores (1 and 0.25)",
        "refused or finding: the same cell twice; never silently one of them",
        lambda: workbook(
            sheets=[("S", sheet_xml(rows_xml(FORM) + '<row r="7"><c r="D7"><v>0.25</v></c></row>'))]
        ),
    )
    put(
        "rows_out_of_order.xlsx",
        ACCEPT,
        "rows written bottom-up",
        "read like the form",
        lambda: workbook(
            sheets=[
                ("S", sheet_xml("".join(reversed(re.findall("<row .*?</row>", rows_xml(FORM))))))
            ]
        ),
    )
    put(
        "no_cell_refs.xlsx",
        ACCEPT,
        "rows and cells without r attributes (some writers do this)",
        "read like the form",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        re.sub(
                            '<(row|c) r="[A-Z0-9]+"',
                            "<\\1",
                            "".join(
                                (
                                    f'<row r="{i + 1}">'
                                    + "".join((cell(i + 1, j, v) for j, v in enumerate(r)))
                                    + "</row>"
                                    for i, r in enumerate(FORM)
                                )
                            ),
                        )
                    ),
                )
            ]
        ),
    )

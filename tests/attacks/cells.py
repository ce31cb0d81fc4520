"""Sheets whose markup or cells are not as Excel writes them."""

import re

from listing import ACCEPT, FINDING, REFUSE
from workbooks import (
    FIRST_STRING,
    FORM,
    FORM_XML,
    MAIN,
    RELATIONS,
    XML_HEADER,
    column_name,
    rows_xml,
    sheet_xml,
    strings_xml,
    workbook,
    workbook_parts,
)
from zips import pack


def markup(put, seed):
    put(
        "dtd_billion_laughs.xlsx",
        REFUSE,
        "billion-laughs DTD in the sheet",
        "refused: DTD or unknown entity; entities are never expanded",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    XML_HEADER
                    + '<!DOCTYPE l [<!ENTITY l0 "lol">'
                    + "".join(
                        (f"""<!ENTITY l{i} "{'&l%d;' % (i - 1) * 10}">""" for i in range(1, 11))
                    )
                    + f']><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&l10;</t></is></c></row></sheetData></worksheet>',
                )
            ]
        ),
    )
    put(
        "dtd_external_entity.xlsx",
        REFUSE,
        "external entity file:///etc/passwd",
        "refused; the file is never opened (check with strace)",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    XML_HEADER
                    + f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>',
                )
            ]
        ),
    )
    put(
        "dtd_external_entity_sst.xlsx",
        REFUSE,
        "external entity in sharedStrings.xml",
        "refused; the file is never opened",
        lambda: workbook(
            sst=XML_HEADER
            + f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><t>&e;</t></si></sst>'
        ),
    )
    put(
        "deep_nesting.xlsx",
        REFUSE,
        "200,000 nested elements in the sheet",
        "refused or read; no stack overflow",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    XML_HEADER
                    + f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1">'
                    + "<is>" * 200000
                    + "</is>" * 200000
                    + "</c></row></sheetData></worksheet>",
                )
            ]
        ),
    )
    put(
        "deep_nesting_sst.xlsx",
        REFUSE,
        "200,000 nested <r> in one shared string",
        "refused or read; no stack overflow",
        lambda: workbook(
            sst=XML_HEADER
            + f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si>'
            + "<r>" * 200000
            + "</r>" * 200000
            + "</si></sst>"
        ),
    )
    put(
        "xml_cut.xlsx",
        REFUSE,
        "sheet XML ends inside a cell",
        "refused: damaged sheet; no partial score",
        lambda: workbook(sheets=[("S", FORM_XML[:-180])]),
    )
    put(
        "xml_invalid_utf8.xlsx",
        REFUSE,
        "bytes FF FE C0 in a cell text",
        "refused: damaged text",
        lambda: workbook(
            sheets=[("S", FORM_XML.encode().replace("Báo cáo".encode(), b"B\xff\xfe\xc0o"))]
        ),
    )
    put(
        "xml_nul.xlsx",
        REFUSE,
        "NUL bytes in the sheet XML",
        "refused or finding: illegal character",
        lambda: workbook(sheets=[("S", FORM_XML.encode().replace("Báo cáo".encode(), b"B\x00o"))]),
    )
    put(
        "xml_utf16_bom.xlsx",
        ACCEPT,
        "sheet XML in UTF-16LE with BOM (allowed by OPC)",
        "read like the form, or refused in plain words",
        lambda: workbook(
            sheets=[("S", ("\ufeff" + FORM_XML.replace("UTF-8", "UTF-16")).encode("utf-16-le"))]
        ),
    )
    put(
        "xml_utf8_bom.xlsx",
        ACCEPT,
        "sheet XML in UTF-8 with BOM",
        "read like the form",
        lambda: workbook(sheets=[("S", b"\xef\xbb\xbf" + FORM_XML.encode())]),
    )
    put(
        "xml_windows1258.xlsx",
        REFUSE,
        'sheet XML says encoding="windows-1258"',
        "refused, or read right; never wrong letters",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(rows_xml([["Đon vi:", "x"]]))
                    .replace("UTF-8", "windows-1258")
                    .encode("cp1258"),
                )
            ]
        ),
    )
    put(
        "strict_ooxml.xlsx",
        ACCEPT,
        "strict OOXML namespaces (purl.oclc.org)",
        "read like the form",
        lambda: pack(
            {
                k: (
                    v.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                        RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
                    )
                    if isinstance(v, str)
                    else v
                )
                for k, v in workbook_parts().items()
            }
        ),
    )
    put(
        "prefixed_ns.xlsx",
        ACCEPT,
        "every element carries a namespace prefix (x:row, x:c)",
        "read like the form",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    re.sub("<(/?)(?=[a-z])", "<\\1x:", FORM_XML.split("?>\n", 1)[1]).replace(
                        "xmlns=", "xmlns:x="
                    ),
                )
            ]
        ),
    )
    put(
        "xml_space.xlsx",
        ACCEPT,
        'unit name with leading and trailing spaces, xml:space="preserve"',
        "read; the name is trimmed for matching",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(
                            [
                                r if r[:1] != ["Đơn vị:"] else ["Đơn vị: ", "  Phường Bến Thành  "]
                                for r in FORM
                            ]
                        )
                    ),
                )
            ]
        ),
    )


def cells(put, seed):
    put(
        "inline_strings.xlsx",
        ACCEPT,
        "all texts inline (no sharedStrings part)",
        "read",
        lambda: workbook(),
    )
    put(
        "rich_text_phonetic.xlsx",
        ACCEPT,
        "rich text in runs plus phonetic runs (rPh)",
        "read: runs joined, phonetic text left out",
        lambda: workbook(
            sheets=[("S", sheet_xml(FIRST_STRING))],
            sst=XML_HEADER
            + f'<sst xmlns="{MAIN}" count="1" uniqueCount="1"><si><r><t>Điểm </t></r><r><rPr><b/></rPr><t xml:space="preserve">tự chấm</t></r><rPh sb="0" eb="1"><t>XXXX</t></rPh></si></sst>',
        ),
    )
    put(
        "formulas_no_cache.xlsx",
        FINDING,
        "scores are formulas without cached values",
        "finding: formula without value in D7; the score is not taken as 0",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM).replace(
                            '<c r="D7"><v>1</v></c>', '<c r="D7"><f>0.5+0.5</f></c>'
                        )
                    ),
                )
            ]
        ),
    )
    put(
        "formula_errors.xlsx",
        FINDING,
        "a score is #REF!, another #DIV/0!",
        "finding per cell",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM)
                        .replace('<c r="D7"><v>1</v></c>', '<c r="D7" t="e"><v>#REF!</v></c>')
                        .replace('<c r="D8"><v>1.5</v></c>', '<c r="D8" t="e"><v>#DIV/0!</v></c>')
                    ),
                )
            ]
        ),
    )
    put(
        "formula_error_unknown.xlsx",
        FINDING,
        "a cell with an error code calamine does not know (#SPILL!, #BLOCKED!)",
        "finding, or the sheet refused by name",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM).replace(
                            '<c r="D7"><v>1</v></c>', '<c r="D7" t="e"><v>#SPILL!</v></c>'
                        )
                    ),
                )
            ]
        ),
    )
    put(
        "dates.xlsx",
        FINDING,
        "a score cell formatted as a date (1.5 shows as 1/1/1900)",
        "finding: date where a number is wanted, value given",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM).replace(
                            '<c r="D8"><v>1.5</v></c>', '<c r="D8" s="1"><v>1.5</v></c>'
                        )
                    ),
                )
            ]
        ),
    )
    put(
        "booleans.xlsx",
        FINDING,
        "a score cell is TRUE",
        "finding: TRUE where a number is wanted",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM).replace(
                            '<c r="D7"><v>1</v></c>', '<c r="D7" t="b"><v>1</v></c>'
                        )
                    ),
                )
            ]
        ),
    )
    put(
        "number_nan_inf.xlsx",
        FINDING,
        "scores NaN, inf, 1e999, 0x10, 1_000 in <v>",
        "finding per cell; no non-finite number enters a sum",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        '<row r="1">'
                        + "".join(
                            (
                                f'<c r="{column_name(i)}1"><v>{v}</v></c>'
                                for i, v in enumerate(
                                    [
                                        "NaN",
                                        "inf",
                                        "1e999",
                                        "-1e999",
                                        "0x10",
                                        "1_000",
                                        "1,5",
                                        " 2 ",
                                        "",
                                    ]
                                )
                            )
                        )
                        + "</row>"
                    ),
                )
            ]
        ),
    )
    put(
        "sst_missing.xlsx",
        REFUSE,
        "cells name shared strings, the part is missing",
        "refused: shared strings missing",
        lambda: pack(
            {
                k: v
                for k, v in workbook_parts(sheets=[("S", sheet_xml(FIRST_STRING))], sst="").items()
                if k != "xl/sharedStrings.xml"
            }
        ),
    )
    put(
        "sst_index_out.xlsx",
        REFUSE,
        "shared string index 999999 of 1",
        "refused: string index",
        lambda: workbook(
            sheets=[("S", sheet_xml('<row r="1"><c r="A1" t="s"><v>999999</v></c></row>'))],
            sst=strings_xml(["a"]),
        ),
    )
    put(
        "sst_index_negative.xlsx",
        REFUSE,
        "shared string index -1",
        "refused: string index",
        lambda: workbook(
            sheets=[("S", sheet_xml('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>'))],
            sst=strings_xml(["a"]),
        ),
    )
    put(
        "style_index_out.xlsx",
        ACCEPT,
        "style index 0xFFFFFFFF",
        "read: styles carry no score",
        lambda: workbook(
            sheets=[
                ("S", sheet_xml(rows_xml(FORM).replace('<c r="D7">', '<c r="D7" s="0xFFFFFFFF">')))
            ]
        ),
    )
    put(
        "numfmt_huge.xlsx",
        ACCEPT,
        "number format code of 2 MB",
        "read within the time ceiling",
        lambda: workbook(
            extra={
                "xl/styles.xml": XML_HEADER
                + f"""<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="200" formatCode="{'0.0;[Red]' * 220000}"/></numFmts><cellXfs count="1"><xf numFmtId="200"/></cellXfs></styleSheet>"""
            }
        ),
    )

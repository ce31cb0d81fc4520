"""Workbooks whose parts are missing, doubled, linked oddly or not sheets at all."""

from compound import compound_file
from listing import ACCEPT, FINDING, REFUSE
from workbooks import (
    FORM,
    FORM_XML,
    MAIN,
    PACKAGE,
    RELATIONS,
    XML_HEADER,
    rows_xml,
    sheet_xml,
    workbook,
    workbook_parts,
)
from zips import Entry, pack, write_zip


def packages(put, seed):
    put(
        "no_sheets.xlsx",
        REFUSE,
        "workbook with an empty <sheets/>",
        "refused: no sheet",
        lambda: workbook(sheets=[]),
    )
    put(
        "sheet_part_missing.xlsx",
        REFUSE,
        "the sheet part is missing from the archive",
        "refused: sheet part missing (by name)",
        lambda: workbook(sheets=[("S", None)]),
    )
    put(
        "workbook_missing.xlsx",
        REFUSE,
        "xl/workbook.xml is missing",
        "refused: not a workbook",
        lambda: pack({k: v for k, v in workbook_parts().items() if k != "xl/workbook.xml"}),
    )
    put(
        "rels_missing.xlsx",
        REFUSE,
        "_rels/.rels is missing",
        "refused: not a workbook",
        lambda: pack({k: v for k, v in workbook_parts().items() if k != "_rels/.rels"}),
    )
    put(
        "styles_missing.xlsx",
        ACCEPT,
        "styles.xml is missing",
        "read like the form",
        lambda: workbook(styles=False),
    )
    put(
        "very_hidden_only.xlsx",
        FINDING,
        "every sheet is veryHidden",
        "finding: the form sheet is hidden",
        lambda: workbook(state={0: "veryHidden"}),
    )
    put(
        "state_unknown.xlsx",
        FINDING,
        'sheet state="show" (unknown word; calamine refuses the file)',
        "read with a finding, or refused in plain words",
        lambda: workbook(state={0: "show"}),
    )
    put(
        "sheet_names_twice.xlsx",
        FINDING,
        "two sheets of the same name (Excel repairs it)",
        "finding or refused: two sheets of one name; must not read one twice",
        lambda: workbook(sheets=[("S", FORM_XML), ("S", sheet_xml(rows_xml([["khác"]])))]),
    )
    put(
        "sheet_name_odd.xlsx",
        ACCEPT,
        "sheet name with newline, quote, RTL override, 300 characters",
        "read; the name is shown escaped",
        lambda: workbook(sheets=[("a'b&#10;\u202ex" + "n" * 300, FORM_XML)]),
    )

    def chartsheet():
        p = workbook_parts(sheets=[("Chart1", None)], types={0: "chartsheet"})
        p["xl/worksheets/sheet1.xml"] = (
            XML_HEADER
            + f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
        )
        return pack(p)

    put(
        "chartsheet_only.xlsx",
        REFUSE,
        "the only sheet is a chart sheet",
        "refused: no worksheet",
        chartsheet,
    )
    put(
        "dialogsheet_macrosheet.xlsx",
        REFUSE,
        "the only sheet is an Excel 4 macro sheet",
        "refused: macro sheet",
        lambda: workbook(
            wbrels=XML_HEADER
            + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
    )
    put(
        "external_links.xlsx",
        FINDING,
        "external link parts; a score is taken from [1]Sheet1!A1 with a cached value",
        "read with a finding: value from another workbook; nothing is fetched",
        lambda: workbook(
            sheets=[
                (
                    "S",
                    sheet_xml(
                        rows_xml(FORM).replace(
                            '<c r="D7"><v>1</v></c>', '<c r="D7"><f>[1]Sheet1!A1</f><v>1</v></c>'
                        )
                    ),
                )
            ],
            extra={
                "xl/externalLinks/externalLink1.xml": XML_HEADER
                + f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{RELATIONS}" r:id="rId1"/></externalLink>',
                "xl/externalLinks/_rels/externalLink1.xml.rels": XML_HEADER
                + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/externalLinkPath" Target="\\\\10.0.0.1\\share\\x.xlsx" TargetMode="External"/></Relationships>',
            },
        ),
    )
    put(
        "rel_absolute.xlsx",
        ACCEPT,
        "relationship targets are absolute (/xl/worksheets/sheet1.xml)",
        "read like the form",
        lambda: workbook(
            wbrels=XML_HEADER
            + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/sheet1.xml"/></Relationships>'
        ),
    )
    put(
        "rel_absolute_fs.xlsx",
        REFUSE,
        "the sheet relationship names /etc/passwd",
        "refused: sheet part missing; the file is never opened",
        lambda: workbook(
            wbrels=XML_HEADER
            + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="/etc/passwd"/></Relationships>'
        ),
    )
    put(
        "rel_no_folder.xlsx",
        ACCEPT,
        "the sheet part lies at the top (sheet1.xml, no folder): calamine load_tables panics",
        "read, or refused; no panic",
        lambda: pack(
            {
                **{
                    k: v
                    for k, v in workbook_parts(
                        wbrels=XML_HEADER
                        + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="/sheet1.xml"/></Relationships>'
                    ).items()
                    if "sheet1" not in k
                },
                "sheet1.xml": FORM_XML,
            }
        ),
    )
    put(
        "rel_external_sheet.xlsx",
        REFUSE,
        'the sheet relationship is TargetMode="External" http://127.0.0.1:9/',
        "refused; no network access",
        lambda: workbook(
            wbrels=XML_HEADER
            + f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="http://127.0.0.1:9/s.xml" TargetMode="External"/></Relationships>'
        ),
    )
    put(
        "case_and_backslash_names.xlsx",
        ACCEPT,
        "entry names with backslashes and upper case (XL\\Worksheets\\Sheet1.xml), as some writers do",
        "read like the form",
        lambda: write_zip(
            [
                Entry(k.replace("/", "\\") if k.startswith("xl") else k, v.encode())
                for k, v in workbook_parts().items()
            ]
        ),
    )
    put(
        "xlsm_vba.xlsm",
        FINDING,
        "macro workbook with a vbaProject.bin (OLE)",
        "read; finding: the file holds macros (never read)",
        lambda: pack(
            {
                **workbook_parts(
                    ct_extra='<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
                ),
                "xl/vbaProject.bin": compound_file(
                    [("dir", b"\x01" * 600), ("PROJECT", b"x" * 600)]
                ),
            }
        ),
    )
    put(
        "xlsm_vba_renamed.xlsx",
        FINDING,
        "the same macro workbook named .xlsx",
        "read with finding, or refused: name and content differ",
        lambda: pack(
            {**workbook_parts(), "xl/vbaProject.bin": compound_file([("dir", b"\x01" * 600)])}
        ),
    )
    put(
        "xlsm_vba_broken.xlsm",
        FINDING,
        "vbaProject.bin of 7 bytes (calamine vba_project panics on some)",
        "read; VBA is never parsed",
        lambda: pack({**workbook_parts(), "xl/vbaProject.bin": b"garbage"}),
    )

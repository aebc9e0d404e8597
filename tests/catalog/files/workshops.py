"""Workbooks made for tests, well and ill."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/{{type}}" Target="{{target}}"/></Relationships>'
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOOK = (
    f'<?xml version="1.0"?><workbook {MAIN} xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def workbook(*rows, merged=(), formats=None, sheets=None):
    """Return the bytes of an XLSX of `rows`, or of several `sheets` by name."""
    book = Workbook()
    book.remove(book.active)
    for name, content in (sheets or {"Sheet1": rows}).items():
        sheet = book.create_sheet(name)
        for row in content:
            sheet.append(row)
        for area in merged:
            sheet.merge_cells(area)
        for cell, code in (formats or {}).items():
            sheet[cell].number_format = code
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def package(sheet, prologue="", **others):
    """Return the bytes of an XLSX whose one sheet has `sheet` for its XML; `others` are further parts."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(type="officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS.format(type="worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?>{prologue}<worksheet {MAIN}>{sheet}</worksheet>',
        **others,
    }
    return zipped(parts)


def zipped(parts):
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def cells(*references):
    """Return sheet data with a number in each cell."""
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, r))}"><c r="{r}"><v>1</v></c></row>' for r in references
    )
    return f"<sheetData>{rows}</sheetData>"

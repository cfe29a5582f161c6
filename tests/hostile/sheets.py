"""Kinds of bad workbooks put together from raw XML: dimensions, cells, texts, names, links."""

from random import Random
from typing import Final
from xml.sax.saxutils import escape

from papi_xl import schema
from tests.hostile import archives, books, texts
from tests.hostile.books import cell, number, task
from tests.hostile.kinds import CHEAP, HEAVY, SLOW, kind, parts_of, plain_table
from tests.hostile.seeds import Seed

ENDS: Final = (
    "A1:XFD1048576",
    "A1:XFE1048577",
    "A1:ZZZ9999999",
    "B2:A1",
    "",
    "A1",
    "A:XFD",
    "1:1048576",
    "A0:A0",
)
BLANKS: Final = 1_000_000


@kind("huge dimensions")
def dimensions(random: Random, _: Seed) -> bytes:
    """Ranges over the whole sheet, and cells and rows at its far corners or beyond."""
    end = random.choice(ENDS)
    before = "".join(random.sample((
        f'<dimension ref="{end}"/>',
        f'<cols><col min="1" max="{random.choice((16384, 99999999, 0, -1))}" hidden="1"/></cols>',
        f'<sheetViews><sheetView topLeftCell="{end}"/></sheetViews>',
    ), random.randrange(4)))  # fmt: skip
    after = "".join(random.sample((
        f'<mergeCells><mergeCell ref="{end}"/></mergeCells>',
        f'<autoFilter ref="{end}"/>',



        f'<dataValidations><dataValidation type="list" sqref="{end}"><formula1>A:A</formula1>'
        "</dataValidation></dataValidations>",
        f'<conditionalFormatting sqref="{end}"><cfRule type="expression"/></conditionalFormatting>',
        f'<ignoredErrors><ignoredError sqref="{end}"/></ignoredErrors>',
    ), random.randrange(5)))  # fmt: skip
    rows = books.row_xml(books.table(random, task("2.1.")))
    far = random.choice((
        "", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>', '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="-5"><c r="ZZZ1"><v>1</v></c></row>', '<row r="99999999999999999999"/>',
        '<row r="12" hidden="1"/>' * 3, "<row><c><v>1</v></c></row>" * 5, '<row spans="1:99999"/>',
        '<row r="500000"><c r="B500000"><v>1</v></c></row>',
    ))  # fmt: skip
    made = books.book([], before=before, after=after)
    made[books.SHEET] = books.worksheet(rows + far, before, after).encode()
    return parts_of(made)


@kind("a million styled blank rows", times=HEAVY)
def blank_rows(random: Random, _: Seed) -> bytes:
    """Rows with a format and nothing else, before, among and after the tasks."""
    rows = books.row_xml(books.table(random, task("2.1.")))
    blank = random.choice((
        b'<row r="9" s="1" customFormat="1" ht="15"/>',
        b'<row r="9"><c r="A9" s="1"/><c r="K9" s="2"/></row>',
        b"<row><c/></row>", b'<row r="9"><c r="A9" t="inlineStr"><is><t></t></is></c></row>',
        b'<row r="9"><c r="A9" t="s"><v></v></c></row>', b'<row r="9"><c r="A9"><f>A1</f></c></row>',
        b'<row r="9"><c r="A9" t="inlineStr"><is><t> </t></is></c></row>', b'<row r="9" hidden="1"/>',
    ))  # fmt: skip
    numbered = b"r=" in blank and random.random() < 0.7
    made = books.book([])
    start, end = made[books.SHEET].split(b"</sheetData>")
    start = start + rows.encode()
    if not numbered:
        entry = archives.repeated(books.SHEET, start, blank * 1_000, BLANKS // 1_000, b"</sheetData>" + end)
    else:
        lines = b"".join(blank.replace(b"9", b"%d" % n) for n in range(20, random.choice((200_000, BLANKS))))
        entry = archives.entry(books.SHEET, start + lines + b"</sheetData>" + end)
    others = [archives.entry(name, content) for name, content in made.items() if name != books.SHEET]
    return archives.archive([*others, entry])


@kind("a great many rows", times=HEAVY)
def many_rows(random: Random, _: Seed) -> bytes:
    """More tasks, or rows with texts, than any plan has."""
    count = random.choice((5_000, 19_000, 60_000, 150_000, 400_000))
    inner = b"".join(
        b'<c t="inlineStr"><is><t>%b</t></is></c>' % text.encode()
        for text in ("1.1", "Họp", "Sổ", "A", "", "Quý II", "Hoàn thành", "1", "", "")
    )
    wide = random.choice((inner, inner * 3, b'<c t="n"><v>1</v></c>' * 26, b'<c t="s"><v>0</v></c>' * 11))
    block = b"<row>" + wide + b"</row>"
    made = books.book(books.table(random), strings="<si><t>Họp</t></si>")
    start, end = made[books.SHEET].split(b"</sheetData>")
    entry = archives.repeated(books.SHEET, start, block * 1_000, count // 1_000, b"</sheetData>" + end)
    others = [archives.entry(name, content) for name, content in made.items() if name != books.SHEET]
    return archives.archive([*others, entry])


@kind("hundreds of sheets", times=SLOW)
def many_sheets(random: Random, _: Seed) -> bytes:
    """Sheets by the hundred, with tables or without, of odd and equal names."""
    count = random.choice((150, 300, 900))
    rows = books.row_xml(books.table(random)) if random.random() < 0.5 else ""
    names = (lambda n: f"T{n}", lambda _: "Bảng", lambda n: texts.WRITTEN[n % len(texts.WRITTEN)] + str(n),
             lambda n: "a" * n, lambda n: texts.OBEYED[n % len(texts.OBEYED)] + str(n))  # fmt: skip
    name = random.choice(names)
    sheet = books.worksheet(rows)
    others = {books.held(name(n)): sheet for n in range(count)}
    return parts_of(books.book(books.table(random), others=others))


@kind("formulas without values, and others")
def formulas(random: Random, _: Seed) -> bytes:
    """Formulas of every kind, with no value, with another type of value, or leading round in circles."""
    kinds = (
        "|<f>A1&amp;B2</f>", 't="str"|<f>SUM(A:XFD)</f>', "|<f>A1</f><v></v>", 't="str"|<f>"a"</f><v/>',
        '|<f t="shared" si="0"/>', '|<f t="shared" ref="A1:XFD1048576" si="0">A1</f><v>1</v>',
        '|<f t="array" ref="A1:B1048576">1</f>', '|<f t="dataTable" ref="A1" r1="B1"/>', "|<f/>",
        "|<f>cmd|'/c calc'!A1</f><v>5</v>", 't="str"|<f>HYPERLINK("http://x.vn")</f><v>http://x.vn</v>',
        "t=\"str\"|<f>'[1]Trang'!A1</f><v>a</v>", f't="str"|<f>{"(" * 9_000}</f><v>a</v>', 't="b"|<f>1</f>',
        't="e"|<f>1/0</f>', "|<f>1</f><f>2</f><v>3</v><v>4</v>", 't="d"|<f>TODAY()</f><v>2021-06-30</v>',
    )  # fmt: skip
    tasks = [task(f"5.{n}.", **_some(random, kinds)) for n in range(1, 5)]
    return plain_table(random, *tasks)


def _some(random: Random, cells: tuple[str, ...]) -> dict[str, str]:
    keys = random.sample(schema.KEYS, random.randrange(1, 5))
    return {key: random.choice(cells) for key in keys}


@kind("error values and odd cell types", times=CHEAP)
def errors(random: Random, _: Seed) -> bytes:
    """Error values known, new and invented; types that contradict their values."""
    values = ("#REF!", "#N/A", "#SPILL!", "#CALC!", "#BUSY!", "#xyz", "", "=1", "x" * 5_000, "#&lt;", "1")
    kinds = tuple(f't="e"|<v>{value}</v>' for value in values)
    others = (
        't="b"|<v>2</v>', 't="b"|<v>x</v>', 't="n"|<v>một</v>', 't="d"|<v>2021-02-31</v>', 't="d"|<v>x</v>',
        't="d"|<v>-9999-01-01T25:61:61Z</v>', 't="s"|<v>-1</v>', 't="s"|<v>1.5</v>',
        't="s"|<v>99999999999</v>',
        't="?"|<v>1</v>', 't="str"|<v>a</v>', 't="inlineStr"|<v>a</v>', 't="inlineStr"|<is/>', 't="e"|<v/>',
        't="n"|<is><t>a</t></is>', 's="99999"|<v>1</v>', 's="-1"|<v>1</v>', 's="x"|<v>1</v>', 't=""|<v>1</v>',
    )  # fmt: skip
    tasks = [task(f"5.{n}.", **_some(random, (*kinds, *others))) for n in range(1, 5)]
    return plain_table(random, *tasks)


@kind("odd numbers and dates")
def numbers(random: Random, _: Seed) -> bytes:
    """Numbers at the edges of what is a number, a date or a percentage, under every format."""
    values = (
        "1e308", "-1e308", "1e309", "-1e-320", "NaN", "nan", "INF", "-inf", "Infinity", "0x1p3", "1_0",
        "١", " 1 ",
        "+1", "--1", "1e", "1,5", "-1", "0", "-0", "1", "59", "60", "61", "2958465", "2958465.999999",
        "2958466",
        "1e10", "-693593", "44469", "1e15", "123456789012345678901234567890", "0.30000000000000004",
        "1.1", "1.10",
    )  # fmt: skip
    cells = tuple(number(value, random.randrange(5)) for value in values)
    tasks = [task(f"6.{n}.", **_some(random, cells)) for n in range(1, 6)]
    epoch = random.choice(('<workbookPr date1904="1"/>', "<workbookPr/>", '<workbookPr date1904="x"/>'))
    made = books.book(books.table(random, *tasks))
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(b"<workbookPr/>", epoch.encode())
    return parts_of(made)


@kind("control characters and lone surrogates", times=CHEAP)
def controls(random: Random, _: Seed) -> bytes:
    """Characters that XML cannot hold: as they stand, as references, and as Excel writes them."""
    odd = (
        "\x00", "\x01", "\x0b", "\x1b[2J", "\x7f", "\x85", "\u2028", "\ud800", "\udfff", "\ud83d",
        "\ufffe", "\uffff",
        "&#0;", "&#1;", "&#x1B;", "&#xD800;", "&#xDFFF;", "&#xFFFE;", "&#x110000;", "&#4294967296;",
        "&#-1;", "&#;",
        "&unknown;", "_x0000_", "_x001B_[31m", "_xD800_", "_xD83D__xDE00_", "_x005F_x0041_", "_xFFFF_",
        "_x202E_",
        "\u202e", "&amp;#27;", "&lt;b&gt;", "\r", "_x000D_", "_x000A_=1+1", "&#13;=1+1",
    )  # fmt: skip
    cells = tuple(f't="inlineStr"|<is><t>Họp {one}{random.choice(odd)} a</t></is>' for one in odd)
    cells += tuple(f't="str"|<v>{one}</v>' for one in odd)
    tasks = [task(f"7.{n}.", **_some(random, cells)) for n in range(1, 4)]
    return plain_table(random, *tasks)


@kind("cells of 40,000 characters", times=SLOW)
def long_cells(random: Random, _: Seed) -> bytes:
    """Cells longer than Excel takes, of texts over which a careless pattern would stumble."""
    length = random.choice((32_767, 32_768, texts.LONG, texts.LONG, 250_000))
    cells = tuple(cell(texts.long_text(random, length)) for _ in range(4))
    tasks = [task(f"8.{n}.", **_some(random, cells)) for n in range(1, 3)]
    rows = books.table(random, *tasks)
    if random.random() < 0.3:
        rows = [[random.choice(cells)], *rows]
    if random.random() < 0.2:
        rows[0] = [*rows[0], random.choice(cells)]
    return parts_of(books.book(rows))


@kind("external links")
def links(random: Random, _: Seed) -> bytes:
    """Links, queries and objects outside, in every part that may name them."""
    address = random.choice(("http://127.0.0.1:9/a", "file:///etc/passwd", "\\\\10.255.255.1\\a\\b.xlsx",
    "//a/b", "ftp://x",
                             "javascript:alert(1)", "mailto:x@y.vn", "../../a.xlsx", ""))  # fmt: skip
    made = books.book(
        books.table(random, task("5.1.", product="t=\"str\"|<f>'[1]Trang'!A1</f><v>a</v>")),
        after='<hyperlinks><hyperlink ref="A1:K9" r:id="rId1"/>'
        '<hyperlink ref="B3" location="Khác!A1"/></hyperlinks>'
        '<drawing r:id="rId2"/><oleObjects><oleObject progId="a" link="b" r:id="rId3"/></oleObjects>',
        names='<externalReferences><externalReference r:id="rId77"/></externalReferences>',
    )
    outside = ' TargetMode="External"'
    kinds = {"rId1": ("hyperlink", address), "rId2": ("drawing", address), "rId3": ("oleObject", address)}
    made["xl/worksheets/_rels/sheet1.xml.rels"] = books.relations(kinds, outside).encode()
    made["xl/externalLinks/externalLink1.xml"] = (
        f'<externalLink xmlns="{books.MAIN}" xmlns:r="{books.OFFICE}"><externalBook r:id="rId1"><sheetNames>'
        '<sheetName val="Trang"/></sheetNames></externalBook></externalLink>'
    ).encode()
    made["xl/externalLinks/_rels/externalLink1.xml.rels"] = books.relations(
        {"rId1": ("externalLinkPath", address)}, outside
    ).encode()
    made["xl/connections.xml"] = (
        f'<connections><connection connection="{escape(address)}"/></connections>'.encode()
    )
    rels = made["xl/_rels/workbook.xml.rels"].decode()
    place = "externalLinks/externalLink1.xml"
    more = f'<Relationship Id="rId77" Type="{books.OFFICE}/externalLink" Target="{place}"/>'
    if random.random() < 0.4:
        rels = rels.replace('Target="worksheets/sheet1.xml"', f'Target="{escape(address)}"{outside}')
    made["xl/_rels/workbook.xml.rels"] = rels.replace("</Rel", more + "</Rel").encode()
    return parts_of(made)


@kind("names pointing nowhere")
def names(random: Random, _: Seed) -> bytes:
    """Defined names that lead to no cell, to themselves, or are those of the template."""
    places = (
        "#REF!", "Không!$A$1", "", "papi_unit", "'Bảng'!$XFE$1", "'Bảng'!$A$1048577", "Bảng!$B$2:$D$9", "1+1",
        "[1]Trang!$A$1", "'B''ng'!A1", "OFFSET(Bảng!$A$1,0,0,1e9)", "Bảng!$A$0", "$A$1", "Bảng!$B$2",
        "x" * 9_000,
    )  # fmt: skip
    own = [f"papi_{field.key}" for field in schema.INFO_FIELDS]
    chosen = [*random.sample(own, 6), "_xlnm.Print_Area", "a b", "", texts.text(random), own[0]]
    where = ("", ' localSheetId="0"', ' localSheetId="99"', ' hidden="1"', ' function="1"')
    entries = "".join(
        f'<definedName name="{escape(books.held(name), {chr(34): "&quot;"})}"{random.choice(where)}>'
        f"{escape(random.choice(places))}</definedName>"
        for name in chosen
    )
    return parts_of(
        books.book(
            books.table(random, task("4.1.")),
            names=f"<definedNames>{entries}</definedNames>",
            others={schema.INFO: books.worksheet(_info_rows(random))},
        )
    )


def _info_rows(random: Random) -> str:
    lines = [[cell(field.label), books.any_cell(random)] for field in schema.INFO_FIELDS]
    random.shuffle(lines)
    return books.row_xml(lines)


@kind("hostile details of the template")
def details(random: Random, _: Seed) -> bytes:
    """The sheets `Thông tin`, `_papi`, `Nhật ký sửa` and the others say what they should not."""
    sheets = {schema.INFO: books.worksheet(_info_rows(random))}
    kinds = ("template", "report", "consolidated", texts.text(random))
    pairs = [[cell("kind"), cell(random.choice(kinds))]]
    pairs += [[cell(key), books.any_cell(random)] for key in random.sample(schema.META_KEYS, 5)]
    sheets[schema.META] = books.worksheet(books.row_xml(pairs))
    others = (schema.FIX_LOG, schema.SENT, schema.FINDINGS, schema.SUMMARY, schema.LISTS, *schema.SIDE_TABLES)
    for name in random.sample(others, 4):
        headers = [cell(text) for text in schema.SIDE_TABLES.get(name, ("", ("STT", "Ô", "Trước", "Sau")))[1]]
        rows = [[books.any_cell(random) for _ in range(8)] for _ in range(9)]
        sheets[name] = books.worksheet(books.row_xml([[cell(texts.text(random))], [], [], headers, *rows]))
    tasks = [
        task(f"3.{n}.", **_some(random, tuple(books.any_cell(random) for _ in range(9)))) for n in range(3)
    ]
    made = books.book(books.table(random, *tasks), others=sheets)
    if random.random() < 0.5:
        made["xl/worksheets/_rels/sheet1.xml.rels"] = books.relations(
            {"rId1": ("table", "../tables/table1.xml")}
        ).encode()
        end = random.choice(("A1:K9", "A1:K1", *ENDS))
        made["xl/tables/table1.xml"] = (
            f'<table xmlns="{books.MAIN}" id="1" name="tblNhiemVu" displayName="tblNhiemVu" ref="{end}">'
            '<tableColumns count="99"><tableColumn id="1" name="TT"/></tableColumns></table>'
        ).encode()
    return parts_of(made)


@kind("odd shared texts and formats")
def shared(random: Random, _: Seed) -> bytes:
    """Shared texts in runs, with readings, missing or by the ten thousand; formats that lead nowhere."""
    items = (
        "<si><t>Họp</t></si>", "<si/>", "<si><t/></si>",
        "<si><r><rPr><rFont val='.VnTime'/></rPr><t>B¶ng</t></r></si>",
        "<si><r><t>a</t></r><rPh sb='0' eb='9'><t>b</t></rPh></si>", "<si><t>a</t><t>b</t></si>", "<t>a</t>",
        "<si><r><rPr><rFont val='VNI-Times'/><vertAlign val='x'/></rPr><t>TrÖôøng</t></r></si>",
        "<si><r></r></si>", "<si><si><t>a</t></si></si>",
        f"<si><t>{escape(books.held(texts.text(random)))}</t></si>",
    )  # fmt: skip
    strings = "".join(random.choices(items, k=random.choice((3, 12, 12, 30_000))))
    cells = tuple(
        f't="s" s="{random.randrange(8)}"|<v>{random.choice((0, 1, 2, 3, 11, 29_000))}</v>' for _ in range(6)
    )
    styles = random.choice((
        books.STYLES, books.STYLES.replace("Times New Roman", texts.OBEYED[0].replace("'", "")), "",
        books.STYLES.replace('fontId="1"', 'fontId="99"'), books.STYLES.replace('numFmtId="9"',
        'numFmtId="-1"'),
        '<numFmts count="9"><numFmt numFmtId="14" formatCode="[Red][&gt;9]yyyy"/></numFmts>' + books.STYLES,
        "<cellXfs><xf/></cellXfs>" * 50, books.STYLES.replace('count="5"', 'count="99999999999"'),
    ))  # fmt: skip
    tasks = [task(f"2.{n}.", **_some(random, cells)) for n in range(1, 6)]
    return parts_of(books.book(books.table(random, *tasks), strings=strings, styles=styles))


@kind("odd tables")
def tables(random: Random, seed: Seed) -> bytes:  # noqa: ARG001 (as all kinds are made)
    """Headers, values, merges and hidden rows of any kind, as a person's worst table would have them."""
    spelt = [name for column in schema.COLUMNS for name in (column.header, *column.aliases)]
    odd = ("", "TT", "(1)", "Kết quả", "Tiến độ", "Nội dung", "ghi chú (nếu có)", texts.text(random))
    rows: list[list[str]] = [
        [books.any_cell(random) for _ in range(random.randrange(4))] for _ in range(random.randrange(6))
    ]
    for _ in range(random.choice((1, 1, 2, 3))):
        headers = random.choices([*spelt, *odd], k=random.randrange(2, 14))
        if random.random() < 0.7:
            headers = ["TT", "Nội dung nhiệm vụ", *headers, "Đơn vị chủ trì"]
        rows.append([cell(one.upper() if random.random() < 0.2 else one) for one in headers])
        if random.random() < 0.2:
            rows.append([cell(random.choice(spelt)) for _ in headers])
        for _ in range(random.randrange(12)):
            number_cell = cell(f"{random.randrange(10)}.{random.randrange(4)}")
            first = number_cell if random.random() < 0.6 else books.any_cell(random)
            rows.append([first, *(books.any_cell(random) for _ in headers[1:])])
    merges = "".join(f'<mergeCell ref="{_area(random)}"/>' for _ in range(random.randrange(9)))
    hidden = "".join(f'<col min="{n}" max="{n + 1}" hidden="1"/>' for n in random.sample(range(1, 12), 2))
    return parts_of(
        books.book(rows, before=f"<cols>{hidden}</cols>", after=f"<mergeCells>{merges}</mergeCells>")
    )


def _area(random: Random) -> str:
    left, right = (random.choice("ABCDEFGHIJK") for _ in range(2))
    top, bottom = random.randrange(1, 30), random.choice((2, 5, 9, 30, 1048576))
    return f"{left}{top}:{right}{bottom}"

"""Printed sheets with XlsxWriter: page set-up, styles, and rows written from the top of a page down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from papi_xl import schema
from papi_xl.looks import FONT
from papi_xl.writing import layout

BASE_SIZE: Final = 12
BASE_STYLE: Final = {"font_name": FONT, "font_size": BASE_SIZE, "font_scheme": "none"}
"""The workbook's default font: its digits are 8 pixels wide, on which all column widths rest."""
WORKBOOK_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_format_properties": BASE_STYLE,
    "default_column_width": 72,
    "default_row_height": 21,
}
_MM_PER_INCH: Final = 25.4
_HEADER_MARGIN_MM: Final = 9
_PAGE_NUMBER: Final = f'&C&"{FONT},Regular"&13&P'


class PaperSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no type information
    """A worksheet whose first page prints without the header, which XlsxWriter has no option for."""

    def _write_header_footer(self) -> None:
        self._xml_start_tag("headerFooter", [("differentFirst", 1)])
        self._write_odd_header()
        self._xml_end_tag("headerFooter")


class Styles:
    """The cell formats of a workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """Return the format with these XlsxWriter properties; text wraps and stands at the top."""
        wanted = {"text_wrap": True, "valign": "top", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def add_sheet(book: Workbook, name: str) -> Worksheet:
    """Add a sheet that prints as Nghị định 30/2020/NĐ-CP wants it: A4 landscape, margins, page number."""
    sheet = book.add_worksheet(name, worksheet_class=PaperSheet)
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(
        left=layout.LEFT_MM / _MM_PER_INCH,
        right=layout.RIGHT_MM / _MM_PER_INCH,
        top=layout.TOP_MM / _MM_PER_INCH,
        bottom=layout.BOTTOM_MM / _MM_PER_INCH,
    )
    sheet.set_header(_PAGE_NUMBER, {"margin": _HEADER_MARGIN_MM / _MM_PER_INCH})
    sheet.set_footer("", {"margin": _HEADER_MARGIN_MM / _MM_PER_INCH})
    sheet.set_start_page(1)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)
    return sheet


def add_meta(book: Workbook, meta: Mapping[str, str]) -> None:
    """Add the very hidden sheet `_papi` with the keys of `schema.META_KEYS`."""
    sheet = book.add_worksheet(schema.META)
    for row, key in enumerate(schema.META_KEYS):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, meta[key])
    sheet.very_hidden()


@dataclass(frozen=True)
class Block:
    """A text over the columns ``first`` to ``last`` of a row, its font and how it is set."""

    first: int
    last: int
    text: str
    size: float = BASE_SIZE
    bold: bool = False
    italic: bool = False
    align: str = "center"
    underline: bool = False
    lead: str = ""
    """Words in bold before the text."""
    border: int = 0
    """XlsxWriter's number of the line around it, 0 for none."""


@dataclass
class Page:
    """A printed sheet that is filled row by row; ends its pages itself, so that rows can be kept together.

    ``widths`` are pixels, ``row`` is the next row counted from 0, ``left`` the points left on its page.
    """

    sheet: Worksheet
    styles: Styles
    widths: Sequence[float]
    row: int = 0
    left: float = 0
    _repeated: float = 0
    _breaks: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Set the column widths and begin the first page."""
        for column, width in enumerate(self.widths):
            self.sheet.set_column_pixels(column, column, width)
        self.left = self._whole

    @property
    def last(self) -> int:
        """The last column, counted from 0."""
        return len(self.widths) - 1

    @property
    def _whole(self) -> float:
        """The points of a page; columns too wide for it are scaled down, and then more rows fit."""
        return layout.PAGE_HEIGHT * max(sum(self.widths) / layout.PAGE_WIDTH, 1)

    def add(self, *blocks: Block, height: float | None = None) -> None:
        """Write one row of texts side by side, as high as they need."""
        for block in blocks:
            self._write(block)
        self.space(self.height(*blocks) if height is None else height)

    def space(self, height: float) -> None:
        """End the row, ``height`` points high."""
        height = min(height, layout.MAX_ROW_HEIGHT)
        self.keep_together(height)
        self.sheet.set_row(self.row, height)
        self.left -= height
        self.row += 1

    def repeat(self, height: float) -> None:
        """End the row, ``height`` points high, and print it at the top of every following page."""
        self.sheet.repeat_rows(self.row)
        self.space(height)
        self._repeated = height

    def height(self, *blocks: Block) -> float:
        """Return the height that a row of these texts needs."""
        return max(self._text_height(block) for block in blocks)

    def _text_height(self, block: Block) -> float:
        width = layout.spread(self.widths, block.first, block.last)
        wider_in_bold = block.lead[: len(block.lead) // 10]
        text = f"{block.lead} {block.text}{wider_in_bold}".strip()
        return layout.text_height(text, width, block.size, bold=block.bold)

    def keep_together(self, height: float) -> None:
        """Break the page here unless ``height`` points are left on it."""
        if self.row and self.left < height:
            self._breaks.append(self.row)
            self.left = self._whole - self._repeated

    def finish(self) -> None:
        """Set the page breaks and the print area."""
        self.sheet.set_h_pagebreaks(self._breaks)
        self.sheet.print_area(0, 0, self.row - 1, self.last)

    def _write(self, block: Block) -> None:
        style = self.styles(
            font_size=block.size,
            bold=block.bold,
            italic=block.italic,
            align=block.align,
            underline=int(block.underline),
            border=block.border,
        )
        if block.last > block.first:
            self.sheet.merge_range(self.row, block.first, self.row, block.last, "", style)
        if block.lead:
            bold = self.styles(font_size=block.size, bold=True)
            plain = self.styles(font_size=block.size)
            parts = (bold, f"{block.lead} ", plain, block.text)
            self.sheet.write_rich_string(self.row, block.first, *parts, style)
        else:
            self.sheet.write_string(self.row, block.first, block.text, style)

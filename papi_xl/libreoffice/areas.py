"""A range of several rectangles, as ``sheet.range("G12,G15:G20")`` gives it."""

from typing import Any

from xlwings import base_classes

from papi_xl.libreoffice.address import Place, quoted, written
from papi_xl.libreoffice.fonts import packed, unpacked
from papi_xl.libreoffice.missing import names_what_it_lacks, refusal
from papi_xl.libreoffice.rules import ConditionalFormats

LABEL = "Range of several areas"


@names_what_it_lacks(label=LABEL)
class Areas(base_classes.Range):
    """Several rectangles of one sheet; row, column and shape are those of the first, as in Excel."""

    def __init__(self, sheet: Any, places: tuple[Place, ...]) -> None:
        self.sheet = sheet
        self.places = places
        self.options: dict[str, Any] = {}

    @property
    def row(self) -> int:
        return self.places[0].row

    @property
    def column(self) -> int:
        return self.places[0].column

    @property
    def shape(self) -> tuple[int, int]:
        return self.places[0].rows, self.places[0].columns

    def __len__(self) -> int:
        """Return the number of cells of all rectangles."""
        return sum(place.rows * place.columns for place in self.places)

    def expand(self, mode: Any = None) -> Any:
        refusal(f"{LABEL}.expand")()

    @property
    def where(self) -> tuple[Any, ...]:
        """The rectangles as the helpers of ``basic`` take them."""
        return self.sheet.name, tuple(place.corners for place in self.places)

    @property
    def address(self) -> str:
        """The addresses with commas between them."""
        return ",".join(map(written, self.places))

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Return the addresses with commas between them; ``external`` puts book and sheet in front."""
        plain = ",".join(
            written(place, row_absolute=row_absolute, column_absolute=col_absolute) for place in self.places
        )
        return f"{quoted(f'[{self.sheet.book.name}]{self.sheet.name}')}!{plain}" if external else plain

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The background; None without one or where the cells differ."""
        number = self.sheet.book.ask("Common", self.where, "CellBackColor")
        return None if number is None or number < 0 else unpacked(number)

    @color.setter
    def color(self, value: Any) -> None:
        self.sheet.book.tell("Dress", self.where, ("CellBackColor",), (packed(value),))

    @property
    def conditional_formats(self) -> ConditionalFormats:
        return ConditionalFormats(self, self.where[1])

"""Fonts, borders and colours of a block of cells."""

import re
from typing import Any

from xlwings import base_classes, utils

from papi_xl.libreoffice.missing import names_what_it_lacks

BOLD, NORMAL, UPRIGHT, SLANTED = 150.0, 100.0, 0, 2
SCRIPTS = ("", "Asian", "Complex")
HUNDREDTHS_PER_POINT = 2540 / 72
WIDTHS = {"hairline": 2, "thin": 26, "medium": 53, "thick": 88}
STYLES = {
    "continuous": 0, "dot": 1, "dash": 2, "double": 3, "dash_dot": 16, "dash_dot_dot": 17,
}  # fmt: skip
AS_IT_IS, NO_LINE = -1, -2
UNSET = base_classes._UNSET  # noqa: SLF001 - xlwings' own mark for "not given", used by its engines
SIDES = {
    "edge_top": "TopBorder2", "edge_bottom": "BottomBorder2", "edge_left": "LeftBorder2",
    "edge_right": "RightBorder2", "diagonal_down": "DiagonalTLBR2", "diagonal_up": "DiagonalBLTR2",
}  # fmt: skip
INSIDE = {"inside_vertical": "VerticalLine", "inside_horizontal": "HorizontalLine"}


def packed(color: Any) -> int:
    """Return a colour (``#RRGGBB``, (red, green, blue), Excel's number or None) as LibreOffice's number."""
    if color is None:
        return -1
    if isinstance(color, str):
        color = utils.hex_to_rgb(color)  # type: ignore[no-untyped-call]
    elif isinstance(color, int):
        color = utils.int_to_rgb(color)  # type: ignore[no-untyped-call]
    red, green, blue = color
    return int(red) << 16 | int(green) << 8 | int(blue)


def unpacked(number: int) -> tuple[int, int, int]:
    """Return LibreOffice's colour number as (red, green, blue)."""
    return number >> 16 & 255, number >> 8 & 255, number & 255


def in_excel_notation(code: str) -> str:
    """Return Calc's number format as Excel writes it: ``DD/MM/YYYY`` becomes ``dd/mm/yyyy``."""
    if code == "BOOLEAN":
        return "General"
    pieces = re.split(r'("[^"]*"|\\.|\[[^\]]*\]|AM/PM|A/P|General)', code)
    lowered = (piece if index % 2 else re.sub("[DMYHS]", lambda m: m[0].lower(), piece)
               for index, piece in enumerate(pieces))  # fmt: skip
    return re.sub(r"\[([A-Z]+)\]", lambda m: inside_brackets(m[1]), "".join(lowered))


def inside_brackets(word: str) -> str:
    """Return ``[Red]`` for RED and ``[hh]`` for HH."""
    return f"[{word.lower()}]" if set(word) <= set("HMS") else f"[{word.capitalize()}]"


@names_what_it_lacks()
class Font(base_classes.Font):
    """The font of a range; what differs between its cells reads as None."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        """The range, whose properties begin with ``Char``."""
        return self.parent.api

    def _get(self, name: str) -> Any:
        return self.parent.ask("Common", name)

    def _put(self, name: str, value: Any) -> None:
        self.parent.dress(**{name + script: value for script in SCRIPTS})

    @property
    def bold(self) -> bool | None:
        weight = self._get("CharWeight")
        return None if weight is None else weight > NORMAL

    @bold.setter
    def bold(self, value: bool) -> None:
        self._put("CharWeight", BOLD if value else NORMAL)

    @property
    def italic(self) -> bool | None:
        posture = self._get("CharPosture")
        return None if posture is None else posture != UPRIGHT

    @italic.setter
    def italic(self, value: bool) -> None:
        self._put("CharPosture", SLANTED if value else UPRIGHT)

    @property
    def size(self) -> float | None:
        size = self._get("CharHeight")
        return None if size is None else float(size)

    @size.setter
    def size(self, value: float) -> None:
        self._put("CharHeight", float(value))

    @property
    def color(self) -> tuple[int, int, int] | None:
        """The colour; the automatic one is black, as in Excel."""
        number = self._get("CharColor")
        return None if number is None else unpacked(max(number, 0))

    @color.setter
    def color(self, value: Any) -> None:
        self.parent.dress(CharColor=packed(value))

    @property
    def name(self) -> str | None:
        name = self._get("CharFontName")
        return None if name is None else str(name)

    @name.setter
    def name(self, value: str) -> None:
        self._put("CharFontName", value)


@names_what_it_lacks()
class Border(base_classes.Border):
    """One side of a range; inside lines stand in LibreOffice's table border."""

    def __init__(self, parent: Any, side: str) -> None:
        self.parent = parent
        self.side = side

    @property
    def api(self) -> Any:
        """LibreOffice's line, a copy; the edge of a larger range is read at its corner cell."""
        if self.side in INSIDE:
            return getattr(self.parent.api.TableBorder2, INSIDE[self.side])
        rows, columns = self.parent.shape
        row = rows - 1 if self.side == "edge_bottom" else 0
        column = columns - 1 if self.side == "edge_right" else 0
        return getattr(self.parent.api.getCellByPosition(column, row), SIDES[self.side])

    @property
    def line_style(self) -> str | None:
        """A style, None without a line."""
        line = self.api
        if not line.LineWidth:
            return None
        return next((name for name, number in STYLES.items() if number == line.LineStyle), "continuous")

    @line_style.setter
    def line_style(self, value: str | None) -> None:
        Borders(self.parent).set((self.side,), line_style=value)

    @property
    def weight(self) -> str | None:
        """The weight whose width is nearest, None without a line."""
        width = self.api.LineWidth
        return min(WIDTHS, key=lambda name: abs(WIDTHS[name] - width)) if width else None

    @weight.setter
    def weight(self, value: str) -> None:
        Borders(self.parent).set((self.side,), weight=value)

    @property
    def color(self) -> tuple[int, int, int] | None:
        line = self.api
        return unpacked(line.Color) if line.LineWidth else None

    @color.setter
    def color(self, value: Any) -> None:
        Borders(self.parent).set((self.side,), color=value)


def grid_sides(shape: tuple[int, int]) -> list[str]:
    """Return the sides that a range of so many rows and columns has: no inside lines in a single row."""
    left_out = {"inside_horizontal"} if shape[0] == 1 else set()
    left_out |= {"inside_vertical"} if shape[1] == 1 else set()
    return [side for side in base_classes.BORDER_GRID_SIDES if side not in left_out]


def shared(member: str) -> Any:
    """Return a property of Borders: what all sides have in common, or None; setting it reaches all."""

    def get(borders: "Borders") -> Any:
        values = {getattr(borders[side], member) for side in grid_sides(borders.parent.shape)}
        return values.pop() if len(values) == 1 else None

    def put(borders: "Borders", value: Any) -> None:
        borders.set("all", **{member: value})

    return property(get, put)


@names_what_it_lacks()
class Borders(base_classes.Borders):
    """The borders of a range."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent

    @property
    def api(self) -> Any:
        return self.parent.api.TableBorder2

    def __getitem__(self, key: str) -> Border:
        return Border(self.parent, key)

    line_style = shared("line_style")
    weight = shared("weight")
    color = shared("color")

    def set(
        self, which: Any = "all", *, line_style: Any = UNSET, weight: Any = UNSET, color: Any = UNSET
    ) -> None:
        """Draw the sides ``which``; what is not given stays, a side without a line begins thin and black."""
        sides = grid_sides(self.parent.shape) if which == "all" else which
        pen = (
            AS_IT_IS if line_style is UNSET else pen_style(line_style),
            AS_IT_IS if weight is UNSET else WIDTHS[weight],
            AS_IT_IS if color is UNSET else packed(color),
        )
        self.parent.tell("Draw", tuple((SIDES.get(side, ""), table_line(side)) for side in sides), pen)


def table_line(side: str) -> str:
    """Return the name of a side's line in LibreOffice's table border, nothing for a diagonal."""
    if side.startswith("diagonal"):
        return ""
    return INSIDE.get(side) or SIDES[side].replace("Border2", "Line")


def pen_style(style: str | None) -> int:
    """Return the number of a line's style, a plain line for unknown ones, and the one that takes it away."""
    return NO_LINE if style in {None, "none"} else STYLES.get(style or "", 0)

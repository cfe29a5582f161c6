"""Conditional formats of a range.

Calc shows the first rule that holds and no further one, whatever ``stop_if_true`` says, which it never saves.
"""

import numbers
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from xlwings import base_classes

from papi_xl.libreoffice.batch import Corners
from papi_xl.libreoffice.fonts import packed, unpacked
from papi_xl.libreoffice.missing import names_what_it_lacks

KINDS = {0: "condition", 1: "color_scale", 2: "data_bar", 3: "icon_set"}
FORMULA = 24
TRUTHS = {"TRUE": "TRUE()", "FALSE": "FALSE()"}  # without brackets Calc makes them 1 and 0
RELATIVE = re.compile(r"\b[A-Za-z]{1,3}\$?\d|\$[A-Za-z]{1,3}\d")
OPERATORS = {
    "equal_to": 0, "less_than": 1, "greater_than": 2, "less_than_or_equal": 3, "greater_than_or_equal": 4,
    "not_equal_to": 5, "between": 6, "not_between": 7,
}  # fmt: skip
NAMES = {number: name for name, number in OPERATORS.items()}
LOOKS: dict[str, Callable[[Any], int]] = {
    "fill_color": packed,
    "font_color": packed,
    "font_bold": int,
    "font_italic": int,
}


class Rule(NamedTuple):
    """A rule as LibreOffice gives it: formulas in its own notation, texts in Excel's."""

    number: int
    kind: int
    operator: int
    formula: str
    second: str
    style: str
    text: str
    second_text: str
    look: tuple[int, int, int, int]


@names_what_it_lacks()
class ConditionalFormat(base_classes.ConditionalFormat):
    """One rule; one that was just added is looked up when it is asked about."""

    def __init__(self, formats: "ConditionalFormats", rule: Rule | None = None) -> None:
        self.formats = formats
        self._rule = rule

    @property
    def rule(self) -> Rule:
        """What LibreOffice knows about it."""
        if self._rule is None:
            self._rule = self.formats.rules()[0]
        return self._rule

    @property
    def type(self) -> str:
        """``cell_value``, ``custom``, ``color_scale``, ``data_bar``, ``icon_set`` or ``unknown``."""
        if self.rule.kind:
            return KINDS.get(self.rule.kind, "unknown")
        return "custom" if self.rule.operator == FORMULA else "cell_value" if self.operator else "unknown"

    @property
    def stop_if_true(self) -> bool | None:
        """True for every rule that sets a style: Calc stops at the first one that holds."""
        return None if self.rule.kind else True

    @property
    def operator(self) -> str | None:
        return None if self.rule.kind else NAMES.get(self.rule.operator)

    @property
    def formula(self) -> str | None:
        """A custom rule's formula as seen from the rule's first cell."""
        text = next((plain for plain, known in TRUTHS.items() if known == self.rule.text), self.rule.text)
        return f"={text}" if self.type == "custom" else None

    @property
    def formula1(self) -> str | None:
        return f"={self.rule.text}" if self.type == "cell_value" else None

    @property
    def formula2(self) -> str | None:
        return f"={self.rule.second_text}" if self.operator in {"between", "not_between"} else None

    @property
    def fill_color(self) -> tuple[int, int, int] | None:
        return None if self.rule.look[0] < 0 else unpacked(self.rule.look[0])

    @property
    def font_color(self) -> tuple[int, int, int] | None:
        return None if self.rule.look[1] < 0 else unpacked(self.rule.look[1])

    @property
    def font_bold(self) -> bool | None:
        return None if self.rule.look[2] < 0 else bool(self.rule.look[2])

    @property
    def font_italic(self) -> bool | None:
        return None if self.rule.look[3] < 0 else bool(self.rule.look[3])

    def delete(self) -> None:
        self.formats.remove(self.rule)


@names_what_it_lacks("set")
class ConditionalFormats(base_classes.ConditionalFormats):
    """The rules that meet a range, the first to be looked at first; reading all of them is one call.

    New rules go on top of those that are there. Visual rules (colour scales, data bars, icon sets) can be
    seen and deleted and not added.

    Args:
        parent: The range.
        corners: Its rectangles as LibreOffice counts.
    """

    def __init__(self, parent: Any, corners: Corners) -> None:
        self._parent = parent
        self._corners = corners

    @property
    def parent(self) -> Any:
        return self._parent

    @property
    def api(self) -> Any:
        """The conditional formats of the whole sheet."""
        return self.parent.sheet.api.ConditionalFormats

    def rules(self) -> list[Rule]:
        """Return the rules, the first to be looked at first; one call."""
        sheet = self.parent.sheet
        return [Rule(*one) for one in sheet.book.ask("RulesOf", (sheet.name, self._corners))]

    def __iter__(self) -> Iterator[ConditionalFormat]:
        return iter([ConditionalFormat(self, rule) for rule in self.rules()])

    def __len__(self) -> int:
        return len(self.rules())

    def __call__(self, key: int) -> ConditionalFormat:
        """Return the rule number ``key``, from 1.

        Raises:
            KeyError: ``key`` is not a number.
        """
        if not isinstance(key, numbers.Number):
            raise KeyError(key)
        return ConditionalFormat(self, self.rules()[int(key) - 1])

    def add_custom(self, spec: dict[str, Any]) -> ConditionalFormat:
        return self._add(FORMULA, spec["formula"], None, spec)

    def add_cell_value(self, spec: dict[str, Any]) -> ConditionalFormat:
        return self._add(OPERATORS[spec["operator"]], spec["formula1"], spec["formula2"], spec)

    def _add(self, operator: int, formula: Any, second: Any, spec: dict[str, Any]) -> ConditionalFormat:
        look = tuple(-1 if spec.get(name) is None else code(spec[name]) for name, code in LOOKS.items())
        change = self._change()
        texts = operand(formula), operand(second)
        change.additions += [
            (piece, operator, *texts, look) for piece in pieces(self._corners, " ".join(texts))
        ]
        self.parent.sheet.book.settle()
        return ConditionalFormat(self)

    def _change(self, *, takes_away: bool = False) -> Any:
        """Return what waits to be changed on the sheet; what was added is written before anything goes."""
        book, sheet = self.parent.sheet.book, self.parent.sheet
        if takes_away and book.change_rules(sheet).additions:
            book.write_kept()
        return book.change_rules(sheet)

    def remove(self, rule: Rule) -> None:
        """Delete a rule from all cells to which it applies."""
        self._change(takes_away=True).removals.append((self._corners, *rule[:6]))
        self.parent.sheet.book.settle()

    def clear(self) -> None:
        """Take all rules away from the range; those that also apply outside it stay there."""
        self._change(takes_away=True).clears.append(self._corners)
        self.parent.sheet.book.settle()


def operand(value: str | None) -> str:
    """Return what a cell is compared with as a formula without ``=``; a text that is no number is a text."""
    if value is None or value.startswith("="):
        plain = (value or "")[1:]
        return TRUTHS.get(plain.upper(), plain)
    try:
        float(value)
    except ValueError:
        return '"' + value.replace('"', '""') + '"'
    return value


def pieces(corners: Corners, formula: str) -> list[Corners]:
    """Return the rectangles of one rule in the groups that LibreOffice saves without moving its references.

    It reads and writes a formula with relative references as seen from the first cell of the rectangle round
    all of them, but only rightly where that cell is one of the rule's own.
    """
    top, left = min(one[0] for one in corners), min(one[1] for one in corners)
    whole = any(one[:2] == (top, left) for one in corners)
    return [corners] if whole or not RELATIVE.search(formula) else [(one,) for one in corners]

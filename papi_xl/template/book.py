"""The template's workbook object: sheets whose rows keep growing with their text, quick at many formulas."""

from collections.abc import Sequence

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from papi_xl.writing.paper import PaperSheet

Attributes = Sequence[tuple[str, object]]


class TemplateSheet(PaperSheet):
    """A sheet to type into."""

    def __init__(self) -> None:
        """Start without rows that grow."""
        super().__init__()
        self._growing: set[int] = set()

    def set_growing_row(self, row: int, height: float) -> None:
        """Give a row (0-based) a height in points that it outgrows when someone types more into it.

        XlsxWriter fixes every height that is set, and then text typed later is cut off.
        """
        self.set_row(row, height)
        self._growing.add(row + 1)

    def _xml_start_tag_unencoded(self, tag: str, attributes: Attributes = ()) -> None:
        if tag == "row" and dict(attributes)["r"] in self._growing:
            attributes = [pair for pair in attributes if pair[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)

    def _prepare_formula(self, formula: str, *_options: bool) -> str:
        # XlsxWriter looks for thirty new functions, one pattern each, in every formula: most of the time
        # that writing the template takes. The template uses none of them.
        return formula.removeprefix("=")


class TemplateBook(Workbook):  # type: ignore[misc]  # XlsxWriter has no type information
    """A workbook all of whose sheets are `TemplateSheet`."""

    def add_worksheet(
        self,
        name: str | None = None,
        worksheet_class: type[Worksheet] | None = None,  # noqa: ARG002 (all sheets are of one class)
    ) -> Worksheet:
        """Add a sheet; the class asked for makes way for `TemplateSheet`."""
        return super().add_worksheet(name, worksheet_class=TemplateSheet)

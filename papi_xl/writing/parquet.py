"""All tasks as a Parquet file, where they are more than a sheet of Excel holds: typed, in groups of rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any, Final

from papi_xl import schema
from papi_xl.consolidated import Line
from papi_xl.errors import PapiError
from papi_xl.overview import task_sheets
from papi_xl.overview.tables import Shown
from papi_xl.writing.cells import values

ROWS_AT_ONCE: Final = 16_384
"""Rows of a group: what is in memory at a time."""
NUMBERS: Final[Mapping[str, str]] = {
    "row": "int32", "domain": "int8", "percent": "float64", "days_late": "int32",
}  # fmt: skip
"""Columns of numbers and their types; all others are text."""
PERCENT_TEXT: Final = "percent_text"
"""The column that holds what stands under the percentage where it is none."""


def write(
    stream: IO[bytes], lines: Sequence[Line], rows: Callable[[Line], str], said: Mapping[str, str]
) -> None:
    """Write the rows of ``lines`` under `task_sheets.START` and `schema.TASK_ROW`; ``said`` are metadata.

    Raises:
        PapiError: ``parquet-package-missing``, the package pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, for giants only
        from pyarrow import parquet  # noqa: PLC0415 - as above
    except ImportError as error:
        code = "parquet-package-missing"
        raise PapiError(code, package="pyarrow") from error
    keys = (*task_sheets.START, *schema.TASK_ROW, PERCENT_TEXT)
    kinds = pa.schema([(key, NUMBERS.get(key, "string")) for key in keys], metadata=dict(said))
    with parquet.ParquetWriter(stream, kinds, compression="zstd") as writer:
        for group in _groups(lines, rows):
            columns = dict(zip(keys, zip(*map(_typed, group), strict=True), strict=True))
            writer.write_table(pa.table(columns, schema=kinds))


def _groups(lines: Sequence[Line], rows: Callable[[Line], str]) -> Iterator[list[list[Shown]]]:
    group: list[list[Shown]] = []
    for line in lines:
        start = list(task_sheets.start(line))
        group += [[*start, *row] for row in values(rows(line))]
        if len(group) >= ROWS_AT_ONCE:
            yield group
            group = []
    if group:
        yield group


_COLUMNS: Final = (*task_sheets.START, *schema.TASK_ROW)
_PERCENT: Final = _COLUMNS.index("percent")
_WHOLE: Final = frozenset(
    index for index, key in enumerate(_COLUMNS) if NUMBERS.get(key, "").startswith("int")
)


def _typed(row: Sequence[Shown]) -> list[Any]:
    """Return the cells of a row in the types of their columns, and the text of a percentage that is none."""
    cells: list[Any] = list(row)
    for index in _WHOLE:
        if cells[index] is not None:
            cells[index] = int(cells[index])
    percent = cells[_PERCENT]
    if isinstance(percent, str):
        cells[_PERCENT] = None
        return [*cells, percent]
    return [*cells, None]

"""The same workbook and as-of date give the same figures on every route: file, JSON, sheet.

LibreOffice's recalculation of the template's own formulas is held to the same literals in
`test_recalculation`.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from papi_xl.check import check
from papi_xl.cli import main
from papi_xl.read import read_workbook
from papi_xl.template import sources
from tests.figures import (
    EXAMPLE_SHARES,
    EXAMPLE_STATES_IN_JUNE,
    EXAMPLE_STATES_IN_OCTOBER,
    EXAMPLE_STATUSES,
    PLAN_TASKS,
    TOTAL,
)

STATUSES = ("tasks", "done", "in_progress", "not_started", "paused", "unreported")
STATES = ("recurring", "overdue", "due_soon", "due_unknown", "conditional", "as_reported")
SHARES = ("completion", "progress")
EXAMPLE = sources.folder() / "papi_example.xlsx"
TEMPLATE = sources.folder() / "papi_template.xlsx"
JUNE, OCTOBER = date(2021, 6, 30), date(2021, 10, 15)
IN_SHEET = (*STATUSES, *SHARES, *STATES)


def expected(states: Mapping[object, Sequence[int]]) -> dict[object, dict[str, object]]:
    """Return every figure of the example by name, for each domain and the total."""
    figures: dict[object, dict[str, object]] = {}
    for domain, statuses in EXAMPLE_STATUSES.items():
        shares = [pytest.approx(share) for share in EXAMPLE_SHARES[domain]]
        values = [*statuses, *shares, *states[domain]]
        figures[domain] = dict(zip(IN_SHEET, values, strict=True))
    return figures


DATES = [(JUNE, expected(EXAMPLE_STATES_IN_JUNE)), (OCTOBER, expected(EXAMPLE_STATES_IN_OCTOBER))]
"""The example at two as-of dates: statuses and shares stay, states move on."""


@pytest.mark.parametrize(("as_of", "figures"), DATES, ids=["june", "october"])
def test_the_file_route(as_of: date, figures: dict[object, dict[str, object]]) -> None:
    lines, total = check(read_workbook(EXAMPLE), as_of=as_of, today=as_of).figures()
    found = {line.domain or TOTAL: line for line in (*lines, total)}
    assert {key: {name: getattr(line, name) for name in IN_SHEET} for key, line in found.items()} == figures


@pytest.mark.parametrize(("as_of", "figures"), DATES, ids=["june", "october"])
def test_json_and_the_sheet(
    as_of: date,
    figures: dict[object, dict[str, object]],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """What `summarize` prints and what the printed page holds are those figures."""
    out = tmp_path / "tong-hop.xlsx"
    argv = ["summarize", str(EXAMPLE), "-o", str(out), "--as-of", as_of.isoformat(), "--format", "json"]
    assert main(argv) == 0
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    printed = {line["domain"]: line for line in made["domains"]} | {TOTAL: made["total"]}
    assert {key: {name: line[name] for name in IN_SHEET} for key, line in printed.items()} == figures
    assert in_sheet(out) == figures
    assert main(["check", str(out)]) == 0, "the report reads back clean of errors"


def in_sheet(path: Path) -> dict[object, dict[str, float]]:
    """Return the figures that the sheet `Tổng hợp` of a summary shows."""
    sheet = openpyxl.load_workbook(path)["Tổng hợp"]
    found: dict[object, dict[str, float]] = {}
    for row in sheet.iter_rows(values_only=True):
        cells = [cell for cell in row if cell not in {None, ""}]
        numbers = [float(cell) for cell in cells if isinstance(cell, int | float)]
        if len(numbers) == len(IN_SHEET):
            key = TOTAL if cells[0] == TOTAL else int(str(cells[0]))
            found[key] = dict(zip(IN_SHEET, numbers, strict=True))
    return found


def test_the_plans_own_tasks(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """None of the plan's tasks is begun and all recur, so that both dates give the same figures."""
    for as_of in (JUNE, OCTOBER):
        out = tmp_path / f"{as_of}.xlsx"
        argv = ["summarize", str(TEMPLATE), "-o", str(out), "--as-of", str(as_of), "--format", "json"]
        assert main(argv) == 0
        made = json.loads(capsys.readouterr().out)
        lines = {line["domain"]: line for line in made["domains"]} | {TOTAL: made["total"]}
        for domain, tasks in PLAN_TASKS.items():
            assert [lines[domain][name] for name in IN_SHEET] == [
                tasks, 0, 0, tasks, 0, 0, 0, 0, tasks, 0, 0, 0, 0, 0,
            ]  # fmt: skip
            assert in_sheet(out)[domain] == {name: lines[domain][name] for name in IN_SHEET}


def test_every_planted_defect_is_found_at_its_cell() -> None:
    """The defects workbook gives just the findings that are listed beside its source."""
    path = sources.folder() / "papi_defects.xlsx"
    findings = check(read_workbook(path), as_of=JUNE, today=JUNE).findings
    found = sorted((one.rule, one.sheet or "", one.cell or "", one.justified) for one in findings)
    planted = [one for one in sources.planted() if one.rule]
    assert found == sorted((one.rule, one.sheet, one.cell, one.justified) for one in planted)
    assert len(found) == 35

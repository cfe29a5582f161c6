"""The workbooks that other tests receive by the hundred are what they claim to be."""

import hashlib
from datetime import date
from pathlib import Path

from papi_xl.check import check
from papi_xl.read import read_workbook
from papi_xl.received import Kind
from tests.many import TASKS, done_of, kind_of, unit_bytes, write_units


def test_ten_units_are_eight_reports_a_template_and_an_own_table(tmp_path: Path) -> None:
    """Reports keep a right digest; unit, code and period are each file's own; no two files are alike."""
    paths = write_units(tmp_path, 10, period="Quý II & hè", as_of=date(2021, 7, 31))
    assert [kind_of(number) for number in range(1, 11)].count(Kind.REPORT) == 8
    assert len({hashlib.sha256(path.read_bytes()).digest() for path in paths}) == 10
    done = set()
    for number, path in enumerate(paths, start=1):
        book = read_workbook(path)
        result = check(book, as_of=None, today=date(2026, 11, 23))
        assert "figures-altered" not in {finding.rule for finding in result.findings}
        kind = kind_of(number)
        assert result.figures()[1].tasks == TASKS == 24
        assert result.figures()[1].done == done_of(number, kind, as_of=date(2021, 7, 31))
        done.add(result.figures()[1].done)
        said = book.meta if kind is Kind.REPORT else book.info
        assert book.meta.get("kind") == {Kind.REPORT: "report", Kind.TEMPLATE: "template"}.get(kind)
        if kind is not Kind.TABLE:
            assert result.as_of == date(2021, 7, 31)
            names = (said["unit"], said["unit_code"], said["period"])
            assert names == (f"Trường Mầm non {number:04}", f"M{number:05}", "Quý II & hè")
    assert len(done) > 2


def test_a_unit_is_written_alike_each_time_and_otherwise_with_another_seed() -> None:
    for kind in Kind:
        assert unit_bytes(7, kind) == unit_bytes(7, kind)
        assert unit_bytes(7, kind) != unit_bytes(7, kind, seed=1)

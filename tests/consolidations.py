"""Consolidated workbooks made up for tests: of as many units as wanted, with gaps of every kind."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from papi_xl import schema
from papi_xl.completion import Figures, added
from papi_xl.consolidated import Change, Consolidated, Doubt, Line, PeriodFigures, Unit, UnitState
from papi_xl.received import Kind, Received, Rejected, Source
from papi_xl.writing.cells import day_cell, number_cell, row, text_cell

AS_OF = date(2021, 6, 30)
MADE_ON = date(2021, 7, 20)
NOW, BEFORE, LONG_AGO = "6 tháng đầu năm 2021", "Quý I/2021", "Năm 2020"
PLACES = ("Tân Tiến", "Văn Giang", "Hoa Sen", "Long Hưng", "Mễ Sở", "Liên Nghĩa", "Cửu Cao", "Phụng Công")
TASK = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về thực hiện dân chủ ở cơ sở"


def figures(domain: int | None, tasks: int, done: int, overdue: int = 0) -> Figures:
    """Return the figures of tasks that are done, overdue or on schedule, and half done where not done."""
    if not tasks:
        return Figures(domain)
    rest = tasks - done
    return Figures(
        domain, tasks, done, in_progress=rest, overdue=overdue, as_reported=rest - overdue,
        completion=done / tasks, progress=(done + rest / 2) / tasks,
    )  # fmt: skip


def received(
    path: str, lines: Sequence[Figures], *, moment: datetime = datetime(2021, 7, 5, 8, 30), **more: object
) -> Received:
    """Return a received workbook with these figures of its domains."""
    told = Received(
        source=Source(path, path.rpartition("/")[2], moment, 15_000),
        digest="0" * 64,
        kind=Kind.REPORT,
        unit="",
        unit_code="",
        period=NOW,
        year=2021,
        as_of=AS_OF,
        said_as_of=AS_OF,
        made=None,
        counts={"error": 0, "warning": 0, "info": 0, "justified": 0},
        altered=False,
        lines=tuple(lines),
        total=added(lines, None),
    )
    return replace(told, **more)  # type: ignore[arg-type]


def small() -> Consolidated:
    """Return the workbooks of a few units by hand, with every kind of gap; two periods.

    Hoa Sen has 4 tasks, 2 done and 1 overdue of domain 1, 1 done of domain 8; Sao Mai has 5 in domain 1,
    1 done and 2 overdue. Together 9 tasks, 3 done, 3 overdue.
    """
    hoa_sen = Unit("33-001", "Trường Mầm non Hoa Sen", "hoasen@hungyen.edu.vn", date(2021, 7, 10))
    sao_mai = Unit("33-002", "Trường Mầm non Sao Mai", "", date(2021, 7, 3))
    missing = Unit("33-003", "Trường Mầm non Tân Tiến", "tantien@hungyen.edu.vn", date(2021, 7, 10))
    first = _small_line(hoa_sen, "nhan/hoa sen.xlsx", [(1, 3, 1, 1), (8, 1, 1, 0)])
    second = replace(
        _small_line(sao_mai, "nhan/sao-mai.xlsx", [(1, 5, 1, 2)], errors=2), state=UnitState.ERRORS, late=True
    )
    altered = replace(second, state=UnitState.ALTERED, period=BEFORE, late=False)
    before = _small_line(hoa_sen, "nhan/cu/hoa sen.xlsx", [(1, 4, 0, 2)], period=BEFORE)
    old = replace(first, received=received("nhan/hoa sen 1.xlsx", ()), state=UnitState.SUPERSEDED)
    doubtful = Line(
        Unit("", "MN Sao Mei"), received("nhan/=1+1.xlsx", ()), NOW, UnitState.UNIDENTIFIED, assumed=True,
        doubt=Doubt.NEAR, candidates=(sao_mai,),
    )  # fmt: skip
    refused = Rejected(Source("nhan/x.pdf.xlsx", "x.pdf.xlsx", None, 70_000), "encrypted")
    now, was = _together(NOW, [first, second]), _together(BEFORE, [before, altered])
    return Consolidated(
        period=NOW,
        lines=(first, second, old, doubtful, before, altered),
        missing=(missing,),
        rejected=(refused,),
        domains=now.lines,
        total=now.total,
        trend=(was, now),
        changes=(Change(hoa_sen, before, first, 2, 1, 1, 1),),
        has_roster=True,
    )


def _small_line(
    unit: Unit,
    path: str,
    domains: Sequence[tuple[int, int, int, int]],
    *,
    period: str = NOW,
    errors: int = 0,
) -> Line:
    known = {number: figures(number, tasks, done, overdue) for number, tasks, done, overdue in domains}
    lines = [known.get(number, Figures(number)) for number in range(1, 9)]
    return Line(unit, received(path, lines, counts={"error": errors, "warning": 4}), period, UnitState.OK)


def generated(count: int, *, periods: int = 3, tasks: int = 24, seed: int = 1) -> Consolidated:
    """Return the workbooks of ``count`` units, several periods of them, and some of every kind of gap."""
    chance = random.Random(seed)  # noqa: S311 - made-up figures
    units = [
        Unit(f"33-{n:05}", f"Trường Mầm non {PLACES[n % len(PLACES)]} {n // len(PLACES) + 1}",
             f"mn{n}@hungyen.edu.vn", date(2021, 7, 10))
        for n in range(1, count + 1)
    ]  # fmt: skip
    told = [(NOW, 0.75), (BEFORE, 0.5), (LONG_AGO, 0.25)][:periods]
    lines = [[_line(unit, period, share, tasks, chance) for unit in units] for period, share in told]
    few = max(count // 40, 1)
    others = [
        *(replace(line, state=UnitState.SUPERSEDED, late=False) for line in lines[0][:few]),
        *(_unidentified(line, doubt, units) for line, doubt in zip(lines[0], Doubt, strict=False)),
    ]
    totals = [_together(period, lines_of) for (period, _), lines_of in zip(told, lines, strict=True)]
    missing = [
        Unit(f"33-9{n:04}", f"Trường Mầm non Còn Thiếu {n}", due=date(2021, 7, 10)) for n in range(few)
    ]
    return Consolidated(
        period=NOW,
        lines=(*lines[0], *others, *(line for some in lines[1:] for line in some)),
        missing=tuple(missing),
        rejected=tuple(_rejected(n) for n in range(few + 2)),
        domains=totals[0].lines,
        total=totals[0].total,
        trend=tuple(reversed(totals)),
        changes=tuple(
            Change(now.unit, was, now, chance.randrange(9), chance.randrange(3), chance.randrange(3), 0)
            for now, was in zip(lines[0], lines[1], strict=True)
        )
        if periods > 1
        else (),
        has_roster=True,
    )


def rows_of(line: Line, keys: Sequence[str] = schema.TASK_ROW) -> str:
    """Return as many rendered rows as the workbook has tasks (overdue ones for `schema.OVERDUE_ROW`)."""
    count = line.received.total.tasks if keys == schema.TASK_ROW else line.received.total.overdue
    texts = {
        "row": number_cell(7), "domain": number_cell(3), "number": text_cell("3.1.", "centre"),
        "task": text_cell(TASK), "product": text_cell("Văn bản chỉ đạo, hướng dẫn"),
        "lead": text_cell("Hiệu trưởng"), "partners": text_cell("Công đoàn, Đoàn thanh niên"),
        "timing": text_cell("Tháng 5/2021"), "status": text_cell("Đang thực hiện", "centre"),
        "percent": number_cell(0.805, "percent"), "evidence": text_cell("Công văn số 12/MN"),
        "note": text_cell(""), "justification": text_cell("Chờ hướng dẫn của cấp trên"),
        "state": text_cell("Quá hạn", "centre"), "days_late": number_cell(30),
        "due": day_cell(date(2021, 5, 31)),
    }  # fmt: skip
    return row(3, "".join(texts[key] for key in keys)) * count


def overdue_of(line: Line) -> str:
    """Return the rendered rows of a workbook's overdue tasks."""
    return rows_of(line, schema.OVERDUE_ROW)


def _line(unit: Unit, period: str, share: float, tasks: int, chance: random.Random) -> Line:
    each = [tasks // 8 + (number <= tasks % 8) for number in range(1, 9)]
    reach = min(1.0, share * chance.uniform(0.3, 1.5))
    done = [sum(chance.random() < reach for _ in range(amount)) for amount in each]
    lines = [
        figures(number, amount, finished, (amount - finished) // 2)
        for number, (amount, finished) in enumerate(zip(each, done, strict=True), start=1)
    ]
    state = chance.choices(
        [UnitState.OK, UnitState.LATE, UnitState.ERRORS, UnitState.ALTERED], [80, 8, 10, 2]
    )[0]
    told = received(
        f"nhan/{period.replace('/', '-')}/PAPI_{unit.code}_{period.replace('/', '-').replace(' ', '-')}.xlsx",
        lines,
        moment=datetime(2021, 7, 5, 8, 30) + timedelta(hours=chance.randrange(300)),
        counts={"error": 3 if state is UnitState.ERRORS else 0, "warning": chance.randrange(12)},
        kind=chance.choice(list(Kind)),
        period=period,
    )
    return Line(unit, told, period, state, assumed=chance.random() < 0.03, late=state is UnitState.LATE)


def _unidentified(line: Line, doubt: Doubt, units: Sequence[Unit]) -> Line:
    candidates = {Doubt.NEAR: units[:1], Doubt.SEVERAL: units[:7], Doubt.CONFLICT: units[:2]}
    unit = Unit("", "" if doubt is Doubt.UNNAMED else "MN Hoa Sen")
    return Line(
        unit, line.received, line.period, UnitState.UNIDENTIFIED, doubt=doubt,
        candidates=tuple(candidates.get(doubt, ())),
    )  # fmt: skip


def _rejected(number: int) -> Rejected:
    name = f"bao cao {number}.xlsx"
    codes = ("encrypted", "damaged", "task-table-missing", "not-a-workbook")
    return Rejected(Source(f"nhan/{name}", name, datetime(2021, 7, 8, 9), 70_000), codes[number % 4])


def _together(period: str, lines: Sequence[Line]) -> PeriodFigures:
    domains = tuple(added([line.received.lines[n - 1] for line in lines], n) for n in range(1, 9))
    return PeriodFigures(period, len(lines), domains, added(domains, None))

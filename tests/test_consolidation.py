"""A folder put together: figures, states, periods and changes worked out by hand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papi_xl.completion import COUNTS, Figures
from papi_xl.consolidated import Consolidated, Doubt, Unit, UnitState
from papi_xl.consolidation import build
from papi_xl.errors import UsageError
from papi_xl.received import Received, Rejected
from papi_xl.refusals import explain
from papi_xl.roster import Roster
from tests.received import received, rejected, roster

DUE = date(2021, 7, 2)
AN = Unit("01", "Trường Mầm non An Vĩ", "an@vg.edu.vn", DUE)
BA = Unit("02", "Trường Mầm non Ba Đình", "", DUE)
CAO = Unit("03", "Trường Mầm non Cửu Cao", "", DUE)
DU = Unit("04", "Trường Mầm non Đình Dù", "", DUE)
SO = Unit("05", "Trường Mầm non Mễ Sở", "so@vg.edu.vn", DUE)
LISTED = roster(SO, AN, BA, CAO, DU)


def day(number: int, hour: int = 8) -> datetime:
    return datetime(2021, 7, number, hour)


FOLDER = (
    received("an.xlsx", "MN An Vĩ", "01", came=day(1), domains={1: (2, 1), 3: (4, 4)}),
    received("an-cu.xlsx", "MN An Vĩ", "01", came=day(1, 7), domains={1: (2, 0)}),
    received("ba.xlsx", "MN Ba Đình", came=day(3), domains={3: (6, 3)}),
    received("cao.xlsx", "", "03", came=day(3), errors=2, domains={8: (8, 2)}),
    received("du.xlsx", "", "04", came=day(1), errors=1, altered=True, domains={1: (1, 1)}),
    received("ai.xlsx", "", came=day(1), domains={1: (9, 9)}),
    received("gan.xlsx", "MN An Vỉa", came=day(1), domains={1: (9, 9)}),
    received("an-q1.xlsx", "", "01", period="Quý I", came=datetime(2021, 4, 1), domains={1: (3, 0)}),
    received("ba-q1.xlsx", "", "02", period="Quý I/2021", came=datetime(2021, 4, 2)),
    received("so-q1.xlsx", "", "05", period="Quý I/2021", came=datetime(2021, 4, 2)),
)
TASKS: Mapping[str, Mapping[str, str]] = {
    "an-q1.xlsx": {"a": "as_reported", "b": "overdue", "c": "overdue"},
    "an.xlsx": {"a": "done", "b": "overdue", "d": "done", "e": "overdue"},
    "ba-q1.xlsx": {"a": "done", "b": "as_reported", "c": "recurring"},
    "ba.xlsx": {"a": "done", "b": "overdue", "c": "overdue"},
}


def states_of(one: Received) -> Mapping[str, str]:
    return TASKS[one.source.path]


def never(one: Received) -> Mapping[str, str]:
    raise AssertionError(one)


def put_together(
    files: Sequence[Received],
    *,
    listed: Roster | None = None,
    period: str | None = None,
    states: Callable[[Received], Mapping[str, str]] = never,
    bad: Sequence[Rejected] = (),
) -> Consolidated:
    return build(files, bad, roster=listed, period=period, states_of=states)


@pytest.fixture(name="folder")
def _folder() -> Consolidated:
    return put_together(
        FOLDER, listed=LISTED, states=states_of, bad=[rejected("z.xlsx"), rejected("hong.xlsx")]
    )


def rows(consolidated: Consolidated) -> list[tuple[str, str, str]]:
    return [(line.received.source.path, line.period, str(line.state)) for line in consolidated.lines]


def test_every_workbook_is_listed_with_what_became_of_it(folder: Consolidated) -> None:
    """The period first, by the order of the list; the latest of a unit counts; doubtful ones come last."""
    assert rows(folder) == [
        ("an.xlsx", "Quý II/2021", "ok"),
        ("an-cu.xlsx", "Quý II/2021", "superseded"),
        ("ba.xlsx", "Quý II/2021", "late"),
        ("cao.xlsx", "Quý II/2021", "errors"),
        ("du.xlsx", "Quý II/2021", "altered"),
        ("ai.xlsx", "Quý II/2021", "unidentified"),
        ("gan.xlsx", "Quý II/2021", "unidentified"),
        ("so-q1.xlsx", "Quý I/2021", "ok"),
        ("an-q1.xlsx", "Quý I/2021", "ok"),
        ("ba-q1.xlsx", "Quý I/2021", "ok"),
    ]
    assert [line.received.source.path for line in folder.lines if line.late] == ["ba.xlsx", "cao.xlsx"]
    assert [line.unit for line in folder.counted] == [AN, BA, CAO, DU]


def test_doubts_name_their_candidates(folder: Consolidated) -> None:
    doubtful = {line.received.source.path: line for line in folder.lines if line.doubt}
    assert {path: (line.doubt, line.candidates) for path, line in doubtful.items()} == {
        "ai.xlsx": (Doubt.UNNAMED, ()),
        "gan.xlsx": (Doubt.NEAR, (AN,)),
    }
    assert doubtful["gan.xlsx"].unit == Unit("", "MN An Vỉa")


def test_figures_are_over_the_tasks_of_counted_workbooks(folder: Consolidated) -> None:
    """Domain 1: An Vĩ 1 of 2, Đình Dù 1 of 1. Domain 3: 4 of 4 and 3 of 6. Domain 8: 2 of 8."""
    told = {part.domain: (part.tasks, part.done, part.completion) for part in folder.domains if part.tasks}
    assert told == {1: (3, 2, 2 / 3), 3: (10, 7, 0.7), 8: (8, 2, 0.25)}
    assert [part.domain for part in folder.domains] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert folder.domains[1] == Figures(2)
    assert (folder.total.tasks, folder.total.done, folder.total.in_progress) == (21, 11, 10)
    assert folder.total.completion == 11 / 21
    assert folder.total.progress == pytest.approx(11 / 21)


def test_what_is_missing_and_rejected(folder: Consolidated) -> None:
    """Mễ Sở has reported for another period only; the others are all there."""
    assert folder.missing == (SO,)
    assert [one.source.path for one in folder.rejected] == ["hong.xlsx", "z.xlsx"]
    assert (folder.period, folder.has_roster) == ("Quý II/2021", True)


def test_the_trend(folder: Consolidated) -> None:
    assert [(one.period, one.units, one.total.tasks, one.total.done) for one in folder.trend] == [
        ("Quý I/2021", 3, 11, 2),
        ("Quý II/2021", 4, 21, 11),
    ]
    assert [part.tasks for part in folder.trend[0].lines] == [3, 0, 8, 0, 0, 0, 0, 0]
    assert folder.trend[1].lines == folder.domains


def test_changes_since_the_period_before(folder: Consolidated) -> None:
    """At An Vĩ `a` is newly done, `c` gone, `d` and `e` new; at Ba Đình `b` and `c` are newly overdue."""
    told = [
        (one.unit, one.before.received.source.path, one.newly_done, one.newly_overdue, one.added, one.dropped)
        for one in folder.changes
    ]
    assert told == [(AN, "an-q1.xlsx", 1, 0, 2, 1), (BA, "ba-q1.xlsx", 0, 2, 0, 0)]


def test_another_period_on_request() -> None:
    """Nothing is late for it, later periods are no part of its trend, and nothing changed before it."""
    found = put_together(FOLDER, listed=LISTED, period="quy 1")
    assert rows(found)[:4] == [
        ("so-q1.xlsx", "Quý I/2021", "ok"),
        ("an-q1.xlsx", "Quý I/2021", "ok"),
        ("ba-q1.xlsx", "Quý I/2021", "ok"),
        ("an.xlsx", "Quý II/2021", "ok"),
    ]
    assert [one.period for one in found.trend] == ["Quý I/2021"]
    assert (found.missing, found.changes) == ((CAO, DU), ())
    assert found.total.tasks == 11
    assert not any(line.late for line in found.lines)


def test_a_period_that_no_workbook_is_of() -> None:
    with pytest.raises(UsageError) as caught:
        put_together(FOLDER, period="Quý III")
    assert explain(caught.value, "vi") == (
        'Không có tệp nào của kỳ "Quý III". Các kỳ có trong thư mục: Quý I/2021, Quý II/2021. '
        "Chọn một kỳ với --period."
    )


def test_other_periods_come_after_the_main_one_the_latest_first() -> None:
    files = [
        received(f"{n}", "MN A", period=period)
        for n, period in enumerate(["Quý I", "Quý II", "Quý III", "Quý IV"])
    ]
    found = put_together(files, period="Quý III", states=lambda _: {})
    assert [line.period for line in found.lines] == ["Quý III", "Quý IV", "Quý II", "Quý I"]
    assert [one.period for one in found.trend] == ["Quý I", "Quý II", "Quý III"]
    assert [(one.before.period, one.now.period) for one in found.changes] == [("Quý II", "Quý III")]


def test_a_workbook_without_a_period_is_taken_to_be_of_the_main_one() -> None:
    files = [received("a", "MN A", period=""), received("b", "MN B"), received("c", "MN C", period="Quý I")]
    found = put_together(files)
    assert [(line.received.source.path, line.period, line.assumed) for line in found.lines] == [
        ("a", "Quý II/2021", True), ("b", "Quý II/2021", False), ("c", "Quý I", False),
    ]  # fmt: skip
    assert found.total.tasks == 8


def test_no_workbook_names_a_period() -> None:
    files = [received("a", "MN A", period=""), received("b", "MN A", period="", came=day(2))]
    assert rows(put_together(files)) == [("b", "", "ok"), ("a", "", "superseded")]
    assert rows(put_together(files, period=" Quý  II ")) == [
        ("b", "Quý II", "ok"), ("a", "Quý II", "superseded"),
    ]  # fmt: skip


def test_the_main_period_is_that_of_a_workbook_whose_unit_is_known() -> None:
    """A stray workbook of nobody's does not make all units missing."""
    files = [received("a", "MN A"), received("b", "", period="Quý III")]
    assert rows(put_together(files)) == [("a", "Quý II/2021", "ok"), ("b", "Quý III", "unidentified")]
    assert put_together(files[1:]).period == "Quý III"


def test_an_empty_folder() -> None:
    found = put_together([], listed=roster(AN), bad=[rejected("x.xlsx")])
    assert (found.lines, found.missing, len(found.rejected), found.period) == ((), (AN,), 1, "")
    assert found.total == Figures(None)
    assert put_together([], period="Quý II").period == "Quý II"


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        ({"made": date(2021, 7, 2), "came": day(1)}, {"made": date(2021, 7, 1), "came": day(9)}),
        ({"came": day(2)}, {"made": date(2021, 7, 1), "came": day(9)}),
        ({"came": day(2, 9)}, {"came": day(2, 8)}),
        ({"came": day(2)}, {"came": None}),
        ({"made": date(2021, 7, 1), "came": None}, {"came": None}),
        ({"path": "b"}, {"path": "a"}),
    ],
)
def test_the_latest_counts(later: Mapping[str, object], earlier: Mapping[str, object]) -> None:
    """By the day made, else received; then by the time received; then by the path."""

    def file(path: str, facts: Mapping[str, object]) -> Received:
        told = dict(facts)
        return received(str(told.pop("path", path)), "MN A", **told)  # type: ignore[arg-type]

    first, second = file("1", later), file("2", earlier)
    expected = [(first.source.path, "ok"), (second.source.path, "superseded")]
    for files in ([first, second], [second, first]):
        assert [(path, state) for path, _, state in rows(put_together(files))] == expected


@pytest.mark.parametrize(
    ("facts", "state", "late"),
    [
        ({}, UnitState.OK, False),
        ({"came": day(2, 23)}, UnitState.OK, False),
        ({"came": day(3, 0)}, UnitState.LATE, True),
        ({"came": None}, UnitState.OK, False),
        ({"came": day(3), "errors": 1}, UnitState.ERRORS, True),
        ({"came": day(3), "errors": 1, "altered": True}, UnitState.ALTERED, True),
        ({"altered": True}, UnitState.ALTERED, False),
    ],
)
def test_states(facts: Mapping[str, object], state: UnitState, *, late: bool) -> None:
    """The due day itself is in time; what is worse is said instead of `late`."""
    one = received("a", "", "01", **facts)  # type: ignore[arg-type]
    (line,) = put_together([one], listed=roster(AN)).lines
    assert (line.state, line.late, line.counted) == (state, late, True)


def test_nothing_is_late_without_a_due_date() -> None:
    one = received("a", "", "01", came=day(30))
    for listed in (None, roster(replace(AN, due=None))):
        assert not put_together([one], listed=listed).lines[0].late


def test_tasks_of_no_known_domain_have_a_line_of_their_own() -> None:
    one = received("a", "MN A", domains={1: (2, 1)})
    stray = Figures(None, tasks=2, unreported=2, due_unknown=2, completion=0.0, progress=0.0)
    odd = replace(received("b", "MN B"), lines=(*one.lines, stray))
    found = put_together([one, odd])
    assert [part.domain for part in found.domains] == [1, 2, 3, 4, 5, 6, 7, 8, None]
    assert (found.domains[0].tasks, found.domains[8].tasks) == (4, 2)


NAMES = ["", "MN An Vĩ", "MN Ba Đình", "MN Ba Dinh", "MN Bá Đình", "MN An Via", "MN"]
FILES = st.builds(
    received,
    path=st.uuids().map(str),
    unit=st.sampled_from(NAMES),
    code=st.sampled_from(["", "", "01", "02", "77"]),
    period=st.sampled_from(["", "Quý II", "Quý II/2021", "Quý II/2022", "quy i", "Đợt 1", "Năm 2021"]),
    year=st.sampled_from([None, 2021, 2022]),
    came=st.sampled_from([None, day(1), day(2), day(3)]),
    made=st.sampled_from([None, date(2021, 7, 1), date(2021, 7, 3)]),
    as_of=st.sampled_from([date(2021, 6, 30), date(2022, 3, 31)]),
    errors=st.integers(0, 1),
    altered=st.booleans(),
    domains=st.dictionaries(st.integers(1, 8), st.sampled_from([(3, 1), (7, 2), (11, 11)]), max_size=3),
)  # fmt: skip
LISTS = st.sampled_from([None, roster(AN, BA), roster(BA, SO, AN)])


@pytest.mark.no_cover
@settings(deadline=None)
@given(files=st.lists(FILES, max_size=12), listed=LISTS, data=st.data())
def test_the_order_of_files_changes_nothing(
    files: Sequence[Received], listed: Roster | None, data: st.DataObject
) -> None:
    one = put_together(files, listed=listed, states=lambda one: {one.source.path: "done"})
    other = put_together(
        data.draw(st.permutations(files)), listed=listed, states=lambda one: {one.source.path: "done"}
    )
    assert one == other


@pytest.mark.no_cover
@settings(deadline=None)
@given(files=st.lists(FILES, max_size=12), listed=LISTS)
def test_totals_are_the_sum_of_the_parts(files: Sequence[Received], listed: Roster | None) -> None:
    """A line for each workbook, one that counts for each unit and period; counts add up both ways."""
    found = put_together(files, listed=listed, states=lambda _: {})
    assert sorted(line.received.source.path for line in found.lines) == sorted(
        one.source.path for one in files
    )
    counted = [(line.unit, line.period) for line in found.lines if line.counted]
    assert len(counted) == len(set(counted))
    assert {pair for pair in counted} == {  # noqa: C416 (units are frozen, lines are not hashable)
        (line.unit, line.period) for line in found.lines if line.state is not UnitState.UNIDENTIFIED
    }
    for name in COUNTS:
        assert getattr(found.total, name) == sum(getattr(line.received.total, name) for line in found.counted)
        assert getattr(found.total, name) == sum(getattr(part, name) for part in found.domains)
    if listed:
        units = {line.unit for line in found.counted}
        assert units.isdisjoint(found.missing)
        assert units.union(found.missing) == set(listed.units)
    assert found.trend[-1].total == found.total


@pytest.mark.parametrize("listed", [None, roster(Unit("A1", "Trường Mầm non Tân Tiến"))])
def test_a_code_that_two_units_use(listed: Roster | None) -> None:
    """The unit whose file was copied is not replaced in silence: the older file is listed as doubtful."""
    files = [
        received("hoa-sen.xlsx", "MN Hoa Sen", "A1", came=day(1)),
        received("tan-tien.xlsx", "MN Tân Tiến", "A1", came=day(2)),
        received("tan-tien-cu.xlsx", "Tân Tiến", "A1", came=day(1)),
    ]
    made = build(files, [], roster=listed, period=None, states_of=never)
    assert [(line.received.source.path, line.state, line.doubt) for line in made.lines] == [
        ("tan-tien.xlsx", UnitState.OK, None),
        ("tan-tien-cu.xlsx", UnitState.SUPERSEDED, None),
        ("hoa-sen.xlsx", UnitState.UNIDENTIFIED, Doubt.CONFLICT),
    ]
    assert made.lines[2].unit == Unit("A1", "MN Hoa Sen")
    assert [unit.code for unit in made.lines[2].candidates] == ["A1"]
    assert made.total.tasks == 4

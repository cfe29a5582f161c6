"""Nothing that is received does harm: thousands of bad files, each tried in a process that is watched."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from papi_xl import attachment
from papi_xl.check import Result, check
from papi_xl.read import read_content
from papi_xl.write import summary_bytes
from tests import attempts, hostile
from tests.attempts import COMMANDS, KEPT, Outcome, Trial
from tests.hostile import Case, Kind, archives, books, texts
from tests.hostile.seeds import TODAY
from tests.understood import TARGETS

SEED = 2021
WHOLE = 110
"""One case in so many goes through a whole command, the others are read and judged."""
TABLES = 150
TEXTS = 300


def trials_of(kind: Kind) -> Iterator[Trial]:
    """Yield the trials of a kind."""
    random = Random(kind.name)  # noqa: S311 (a seed, no secret)
    for number in range(kind.times):
        case = hostile.case(kind, SEED, number)
        is_plan = case.name.endswith((".docx", ".txt"))
        command = "import" if is_plan else random.choice(list(COMMANDS))
        yield case, command if number % WHOLE == 0 else "read"


def faults(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the faults among outcomes, in words."""
    return [f"{one.fault}: {one.command} on {one.kind}\n{one.said}" for one in outcomes if one.fault]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load what the commands load late, once, before any process is forked."""
    attempts.preload()


def test_there_are_thousands_of_cases() -> None:
    assert sum(kind.times for kind in hostile.KINDS) + TABLES >= 5_000
    assert len(hostile.KINDS) == 36


@pytest.mark.parametrize("kind", hostile.KINDS, ids=lambda kind: kind.name)
def test_bad_files_end_in_a_message(kind: Kind) -> None:
    """Each ends with 0, 1 or 2 within 20 s and 1 GiB; no traceback, no changed input, no stray file."""
    outcomes = list(attempts.tried(list(trials_of(kind)), together=60))
    assert faults(outcomes) == []
    assert len(outcomes) == kind.times


def kept() -> list[Path]:
    """Return the files that brought out a fault once; their names begin with the command."""
    return sorted(path for path in KEPT.iterdir() if path.is_file())


@pytest.mark.parametrize("path", kept(), ids=lambda path: path.stem)
def test_what_was_a_fault_once(path: Path) -> None:
    """A file that a command stumbled over ends in a message now."""
    slugs = {command.replace(" --", "-").replace(" ", "-"): command for command in (*COMMANDS, "read")}
    found = [slug for slug in slugs if path.name.startswith(slug)]
    case = Case(path.stem, f"vao{path.suffix}", path.read_bytes())
    assert faults(list(attempts.tried([(case, slugs[max(found, key=len)])]))) == []


written = st.sampled_from((*texts.WRITTEN, *texts.OBEYED)) | st.text(max_size=20)
any_cell = (
    written.map(books.cell)
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda value: books.number(repr(value)))
    | st.integers(-10, 3_000_000).map(lambda value: books.number(str(value), 1))
    | st.sampled_from(("#REF!", "#N/A", "#SPILL!")).map(lambda value: f't="e"|<v>{value}</v>')
    | st.just("")
)
headers = st.permutations(books.HEADERS).flatmap(
    lambda names: st.integers(4, len(names)).map(lambda count: ["Nội dung", *names[:count]])
)
corner = st.tuples(st.sampled_from("ABCDEFGHIJ"), st.integers(1, 12)).map(
    lambda place: f"{place[0]}{place[1]}"
)


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Return a workbook: headers in any order, any values under them, merged anyhow."""
    names = draw(headers)
    body = draw(st.lists(st.lists(any_cell, min_size=len(names), max_size=len(names)), max_size=9))
    merges = draw(st.lists(st.tuples(corner, corner), max_size=4))
    after = "".join(f'<mergeCell ref="{first}:{last}"/>' for first, last in merges)
    rows = [[books.cell(name) for name in names], *body]
    return archives.packed(books.book(rows, after=f"<mergeCells>{after}</mergeCells>"))


def judged(content: bytes) -> Result:
    """Read and check a workbook."""
    return check(read_content("a.xlsx", content), as_of=TODAY, today=TODAY)


@settings(max_examples=TABLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(tables())
def test_any_table_is_judged(content: bytes) -> None:
    """Whatever stands in it, the counts add up, and a summary made of it holds the same tasks."""
    result = judged(content)
    if result.batch is None:
        return
    lines, total = result.figures()
    assert sum(line.tasks for line in lines) == total.tasks == len(result.batch.tasks)
    reported = (total.done, total.in_progress, total.not_started, total.paused, total.unreported)
    assert sum(reported) == total.tasks
    if total.tasks == 1:
        again = judged(summary_bytes(attachment.lay_out(result, "vi", TODAY)))
        assert again.figures()[1].tasks == 1


@pytest.mark.parametrize("name", TARGETS)
@settings(max_examples=TEXTS, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.lists(written | st.sampled_from(("\t", "\n", ";", ",", "\r\n")), max_size=60).map("".join))
def test_any_text_is_understood_or_refused(name: str, text: str) -> None:
    """Whatever somebody writes in a cell, a line or a plan; `tests.fuzz --parsers` goes on for longer."""
    TARGETS[name](text)

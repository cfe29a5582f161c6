"""Nothing that is received does harm: thousands of bad files, each tried in a process that is watched."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from tests import hostile, trials
from tests.hostile import Case, Kind
from tests.trials import COMMANDS, Outcome, Trial

KEPT = Path(__file__).parent / "fixtures" / "hostile"
EACH = 155
"""Cases of each kind but the heavy ones."""
SEED = 2021
WHOLE = 26
"""One case in so many goes through a whole command, the others are read and judged."""
SLOW = frozenset({"new --from", "repair"})


def trials_of(kind: Kind) -> Iterator[Trial]:
    """Yield the trials of a kind."""
    random = Random(kind.name)
    for number in range(3 if kind.heavy else EACH):
        case = hostile.case(kind, SEED, number)
        whole = kind.heavy or not number % WHOLE
        is_plan = case.name.endswith((".docx", ".txt"))
        command = "import" if is_plan else random.choice(list(COMMANDS))
        yield case, command if whole else "read"


def faults(outcomes: Sequence[Outcome]) -> list[str]:
    """Return the faults among outcomes, in words."""
    return [f"{one.fault}: {one.command} on {one.kind}\n{one.said}" for one in outcomes if one.fault]


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """Load what the commands load late, once, before any process is forked."""
    trials.preload()


@pytest.mark.parametrize("kind", hostile.KINDS, ids=lambda kind: kind.name)
def test_bad_files_end_in_a_message(kind: Kind) -> None:
    """Each ends with 0, 1 or 2 within 20 s and 1 GiB; no traceback, no changed input, no stray file."""
    outcomes = list(trials.tried(list(trials_of(kind)), together=1 if kind.heavy else 60))
    assert faults(outcomes) == []
    assert len(outcomes) == (3 if kind.heavy else EACH)


def kept() -> list[Path]:
    """Return the files that brought out a fault once; their names begin with the command."""
    return sorted(KEPT.iterdir())


@pytest.mark.parametrize("path", kept(), ids=lambda path: path.stem)
def test_what_was_a_fault_once(path: Path) -> None:
    """A file that a command stumbled over ends in a message now."""
    slugs = {command.replace(" --", "-").replace(" ", "-"): command for command in COMMANDS}
    found = [slug for slug in slugs if path.name.startswith(slug)]
    command = slugs[max(found, key=len)]
    case = Case(path.stem, f"vao{path.suffix}", path.read_bytes())
    assert faults(list(trials.tried([(case, command), (case, "read")], together=2))) == []

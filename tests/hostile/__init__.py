"""Bad inputs, made from good ones by a seed: the same number always makes the same file.

`case` makes one; `KINDS` lists what there is. The heavy kinds take long to make and to read.
"""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.hostile import plans, seeds, sheets
from tests.hostile.kinds import FOUND, Kind

KINDS: Final = tuple(FOUND)
LIGHT: Final = tuple(kind for kind in KINDS if not kind.heavy)
HEAVY: Final = tuple(kind for kind in KINDS if kind.heavy)

__all__ = ["HEAVY", "KINDS", "LIGHT", "Case", "Kind", "case", "plans", "sheets"]


@dataclass(frozen=True)
class Case:
    """A bad file: what kind it is of, how it is called, what it holds."""

    kind: str
    name: str
    data: bytes


def case(kind: Kind, seed: int, number: int, *, large: bool = False) -> Case:
    """Return the bad file of a kind that ``seed`` and ``number`` stand for.

    With ``large`` the workbooks of the project are among those it may be made from.
    """
    random = Random(f"{kind.name} {seed} {number}")  # noqa: S311 (a seed, no secret)
    known = (*seeds.small(), *(seeds.large() if large else ()))
    good = random.choice([one for one in known if one.suffix in kind.formats])
    return Case(kind.name, f"vao{good.suffix}", kind.make(random, good))

"""Kills every command that writes at random moments: `python -m tests.kills --moments 100`.

A third of the moments are spread over the time that the command takes; a third are just before an altering
call (what opens to write, moves, removes, makes a folder), a third soon after one, all of these calls in turn
before any comes again. Moments that come after the end of a run are made up for. By turns there are old
outputs or none. After each kill, each output must be the old one or the new one, whole; no input may have
changed, and an ordinary run must do as ever and leave nothing but its outputs (and four bytes that Python
leaves itself, see `tests.trials`). That run is spared
where another kill has left the very same: the column `states` counts what was left.
"""

import argparse
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from papi_xl.passing import OURS
from tests import reports
from tests.forks import Moment, adopt
from tests.profiles import Tree, tree
from tests.trials import Trial, is_ours, same
from tests.writers import Writer, writers

SOON = (-5, -2)
"""Powers of ten of seconds after a call: within what it begins."""
MOST = 3
"""So many runs for each kill at most."""
COLUMNS = ("calls", "killed", "states", "lost", "half", "stray", "changed", "refused")


def main(argv: list[str]) -> int:
    """Print a line for each command: how often it was killed, and what of its files came to harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description="Kill commands that write.")
    parser.add_argument("--moments", type=int, default=100, help="so many kills of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="few moments, and none of what is slow")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    given = parser.parse_args(argv)
    adopt()
    began = time.monotonic()
    harm = 0
    rows = []
    print(f"{'command':24}", *(f"{name:>8}" for name in (*COLUMNS, "takes")), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for writer in (one for one in writers() if one.few or not given.quick):
            trial = Killed(writer, Path(folder, writer.name.replace("/", " ")), given.seed)
            moments = writer.few if given.quick else given.moments
            told, faults = trial.run(moments)
            figures = (f"{told[name]:8}" for name in COLUMNS)
            print(f"{writer.name:24}", *figures, f"{trial.seconds:7.2f}s", flush=True)
            for fault in faults:
                print(f"  {fault}", flush=True)
            harm += len(faults)
            rows.append((writer.name, *(told[name] for name in COLUMNS[1:])))
    if given.write:
        made = reports.table(("Command", *map(str.capitalize, COLUMNS[1:])), rows)
        reports.put("kills", made, seconds=time.monotonic() - began, seed=given.seed)
    return int(harm > 0)


class Killed(Trial):
    """A command that is killed again and again."""

    def __init__(self, writer: Writer, folder: Path, seed: int) -> None:
        """Choose moments by ``seed``."""
        super().__init__(writer, folder)
        self.dice = random.Random(seed)  # noqa: S311 (moments, no secrets)

    def run(self, kills: int) -> tuple[Counter[str], list[str]]:
        """Kill it so many times; return how often what happened, and a line for each harm."""
        told = Counter(calls=self.calls)
        faults: list[str] = []
        known = set()
        for number, moment in enumerate(self._moments()):
            if told["killed"] == kills or number == MOST * kills:
                break
            is_planted = self.writer.is_planted and number // 3 % 2 == 0
            before = self.made_anew([*self.outputs, *self.writer.removed] if is_planted else [])
            told["killed"] += self.ended(moment).killed
            left = self._left()
            harm = [*self._harm(before), *(() if left in known else self.wrong_afterwards())]
            known.add(left)
            for kind, name in harm:
                told[kind] += 1
                faults.append(f"{kind}: {name} ({'old' if is_planted else 'no'} outputs, {moment})")
        told["states"] = len(known)
        return told, faults

    def _moments(self) -> Iterator[Moment]:
        """Yield moments of the three kinds by turns."""
        calls: list[int] = []
        for number in itertools.count():
            if number % 3 == 0:
                yield Moment(seconds=self.dice.uniform(0, self.seconds))
            else:
                calls = calls or self.dice.sample(range(1, self.calls + 1), self.calls)
                after = 10 ** self.dice.uniform(*SOON) if number % 3 == 1 else 0
                yield Moment(call=calls.pop(), after=after)

    def _left(self) -> frozenset[tuple[str, bytes]]:
        """Return all that is there, files in passing under the same name."""
        return frozenset((OURS.sub("", name), data or b"") for name, data in tree(self.place).items())

    def _harm(self, before: Tree) -> Iterator[tuple[str, str]]:
        """Yield what came to harm when it was killed."""
        now = self.tree()
        for name in before.keys() - now.keys() - {*self.writer.removed}:
            yield "lost", name
        for name, content in now.items():
            if content == before.get(name) or same(content, self.outputs.get(name)):
                continue
            if name in self.outputs:
                yield "half", name
            elif name in before:
                if name not in self.writer.removed:  # the run after it tells whether such a one is whole
                    yield "changed", name
            elif not is_ours(name):
                yield "stray", name


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

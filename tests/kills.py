"""Kills every command that writes at random moments: `python -m tests.kills --moments 100`.

Half of the moments are altering calls (what opens to write, moves, removes or makes a folder), all of them in
turn before any comes again, and the process dies just before it; the others are spread over the time that the
command takes. By turns there are old outputs or none. After each kill, each output must be the old one or the
new one, whole; no input may have changed; and an ordinary run must do as ever and leave its outputs alone.
"""

import argparse
import io
import random
import re
import shutil
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from papi_xl.passing import OURS
from tests.forks import Ended, adopt, forked
from tests.profiles import Tree, tree
from tests.writers import Writer, writers

MOMENT = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?|\d\d/\d\d/\d{4} \d\d:\d\d(:\d\d)?")
"""When something was done, which is the only thing in which two runs differ."""
KEPT = "home/.cache/"
"""What was read, which a run may leave in whatever state the next one takes it in."""
COLUMNS = ("calls", "moments", "killed", "lost", "half", "stray", "changed", "refused")


def main(argv: list[str]) -> int:
    """Print a line for each command: how often it was killed, and what of its files came to harm."""
    parser = argparse.ArgumentParser(prog="python -m tests.kills", description="Kill commands that write.")
    parser.add_argument("--moments", type=int, default=100, help="so many kills of each command")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--quick", action="store_true", help="few moments, and no run after what was met before"
    )
    given = parser.parse_args(argv)
    adopt()
    harm = 0
    print(f"{'command':24}", *(f"{name:>8}" for name in (*COLUMNS, "takes")), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for writer in (one for one in writers() if one.few or not given.quick):
            trial = Trial(writer, Path(folder, writer.name.replace("/", " ")), given.seed)
            moments = writer.few if given.quick else given.moments
            told, faults = trial.run(moments, quick=given.quick)
            figures = (f"{told[name]:8}" for name in COLUMNS)
            print(f"{writer.name:24}", *figures, f"{trial.seconds:7.2f}s", flush=True)
            for fault in faults:
                print(f"  {fault}", flush=True)
            harm += len(faults)
    return int(harm > 0)


class Trial:
    """A command, killed again and again in a folder."""

    def __init__(self, writer: Writer, folder: Path, seed: int) -> None:
        """See what the command does when nobody disturbs it."""
        self.writer = writer
        self.dice = random.Random(seed)  # noqa: S311 (moments, no secrets)
        self.source, self.place = folder / "source", folder / "place"
        self.source.mkdir(parents=True)
        writer.prepare(self.source)
        (self.source / "out").mkdir()
        self.inputs = self._made_anew([])
        whole = self._run()
        assert whole.code == writer.code, whole
        self.calls, self.seconds = whole.calls, whole.seconds
        now = self._tree()
        self.outputs = {name: data for name, data in now.items() if data and data != self.inputs.get(name)}

    def run(self, moments: int, *, quick: bool) -> tuple[Counter[str], list[str]]:
        """Kill it so many times; return how often what happened, and a line for each harm."""
        told = Counter(moments=moments, calls=self.calls)
        faults: list[str] = []
        known = set()
        for number, (seconds, call) in enumerate(self._moments(moments)):
            is_planted = self.writer.is_planted and number % 4 < 2
            before = self._made_anew([*self.outputs, *self.writer.removed] if is_planted else [])
            told["killed"] += self._run(seconds, call).killed
            when = f"call {call} of {self.calls}" if call else f"{seconds:.3f} s of {self.seconds:.3f}"
            left = self._left()
            harm = [*self._harm(before), *(() if quick and left in known else self._afterwards())]
            known.add(left)
            for kind, name in harm:
                told[kind] += 1
                faults.append(f"{kind}: {name} ({'old' if is_planted else 'no'} outputs, {when})")
        return told, faults

    def _moments(self, count: int) -> Iterator[tuple[float | None, int | None]]:
        """Yield times and calls by turns."""
        calls: list[int] = []
        for number in range(count):
            if number % 2:
                yield self.dice.uniform(0, self.seconds), None
            else:
                calls = calls or self.dice.sample(range(1, self.calls + 1), self.calls)
                yield None, calls.pop()

    def _made_anew(self, planted: Iterable[str]) -> Tree:
        """Put the inputs, and something in place of outputs, into an empty place; return what is there."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.source, self.place)
        for path in (self.place / name for name in planted):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"what was there before")
        return self._tree()

    def _run(self, seconds: float | None = None, call: int | None = None) -> Ended:
        return forked(self.writer.run, self.place, seconds=seconds, call=call)

    def _tree(self) -> Tree:
        found = tree(self.place).items()
        return {name: data for name, data in found if data is not None and not name.startswith(KEPT)}

    def _left(self) -> frozenset[tuple[str, bytes]]:
        """Return all that is there, files in passing under the same name."""
        return frozenset((OURS.sub("", name), data or b"") for name, data in tree(self.place).items())

    def _harm(self, before: Tree) -> Iterator[tuple[str, str]]:
        """Yield what came to harm when it was killed."""
        now = self._tree()
        for name in before.keys() - now.keys() - {*self.writer.removed}:
            yield "lost", name
        for name, content in now.items():
            if content == before.get(name) or same(content, self.outputs.get(name)):
                continue
            if name in self.outputs:
                yield "half", name
            elif name in before:
                yield "changed", name
            elif not is_ours(name):
                yield "stray", name

    def _afterwards(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with an ordinary run, and what it leaves behind besides its outputs."""
        ended = self._run()
        if ended.code != self.writer.code:
            yield "refused", f"exit {ended.code}: {ended.said[-500:]}"
            return
        now, wanted = self._tree(), self.inputs | self.outputs
        for name in wanted.keys() - now.keys():
            yield "lost", f"{name}, then"
        for name, content in now.items():
            if name not in wanted:
                yield "stray", f"{name}, then"
            elif not same(content, wanted[name]):
                yield "half" if name in self.outputs else "changed", f"{name}, then"


def is_ours(name: str) -> bool:
    """Whether a path is that of a file in passing, or below a folder in passing."""
    return any(OURS.fullmatch(part) for part in Path(name).parts)


def same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two outputs are the same but for the moment at which something was done."""
    if one is None or other is None:
        return False
    return one == other or _timeless(one) == _timeless(other)


def _timeless(content: bytes) -> object:
    if not content.startswith(b"PK\x03\x04"):
        return MOMENT.sub(b"", content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [(name, MOMENT.sub(b"", package.read(name))) for name in package.namelist()]
    except zipfile.BadZipFile:
        return content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

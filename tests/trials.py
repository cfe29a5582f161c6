"""A command that writes, in a folder that is made anew for each run, and what an ordinary run makes there."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from papi_xl.libreoffice.orphans import PREFIX
from papi_xl.passing import OURS
from tests.forks import NEVER, Ended, Moment, forked
from tests.profiles import Tree, tree
from tests.writers import PLACE, Writer

PASSING = re.compile(
    rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?|\d\d/\d\d/\d{4} \d\d:\d\d(:\d\d)?"
    rb"|(?:c:axId|c:crossAx) val=\"\d+\"|\{[\dA-F]{8}(?:-[\dA-F]{4}){3}-[\dA-F]{12}\}"
)
"""All that two runs differ in: when something was done, and the numbers that LibreOffice draws by lot."""
KEPT = "home/.cache/"
"""What was read, which a run may leave in whatever state the next one takes it in."""
TRIED = re.compile(r"tmp/[a-z0-9_]{8}")
TRYING = (b"", b"blat")
"""What Python leaves where it is killed as it tries out the folder for temporary files (see `tempfile`)."""
OLD = b"what was there before"


class Trial:
    """A command in the folder ``place``.

    Attributes:
        inputs: What is there before a run.
        outputs: What an ordinary run makes, by path; files that it changes are among them.
        seconds: How long it takes.
        calls: How many altering calls it makes.
    """

    def __init__(self, writer: Writer, folder: Path) -> None:
        """See what the command does when nobody disturbs it."""
        self.writer = writer
        self.source, self.place = folder / "source", folder / PLACE
        self.source.mkdir(parents=True)
        writer.prepare(self.source)
        (self.source / "out").mkdir()
        self.inputs = self.made_anew()
        whole = self.ended()
        assert whole.code == writer.code, whole
        self.calls, self.seconds = whole.calls, whole.seconds
        now = self.tree()
        self.outputs = {name: data for name, data in now.items() if data and data != self.inputs.get(name)}

    def made_anew(self, planted: Iterable[str] = ()) -> Tree:
        """Put the inputs, and something in place of outputs, into an empty place; return what is there."""
        shutil.rmtree(self.place, ignore_errors=True)
        shutil.copytree(self.source, self.place)
        for path in (self.place / name for name in planted):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(OLD)
        return self.tree()

    def ended(self, moment: Moment = NEVER, *, before: Callable[[], None] = lambda: None) -> Ended:
        """Run it, killed at ``moment``; ``before`` happens in its process first."""

        def work() -> int:
            before()
            return self.writer.run()

        return forked(work, self.place, moment)

    def tree(self) -> Tree:
        """Return all files there, but for what is kept of what was read and what Python has tried."""
        return {
            name: data
            for name, data in tree(self.place).items()
            if data is not None
            and not name.startswith(KEPT)
            and not (TRIED.fullmatch(name) and data in TRYING)
        }

    def wrong_afterwards(self) -> Iterator[tuple[str, str]]:
        """Yield what is wrong with an ordinary run, and what it leaves behind besides its outputs."""
        ended = self.ended()
        if ended.code != self.writer.code:
            yield "refused", f"exit {ended.code}: {ended.said[-500:]}"
            return
        now = self.tree()
        kept = {name: data for name, data in self.inputs.items() if name not in self.writer.removed}
        wanted = kept | self.outputs
        for name in wanted.keys() - now.keys():
            yield "lost", f"{name}, then"
        for name, content in now.items():
            if name not in wanted:
                yield "stray", f"{name}, then"
            elif not same(content, wanted[name]):
                yield "half" if name in self.outputs else "changed", f"{name}, then"


def is_ours(name: str) -> bool:
    """Whether a path is that of a file in passing, or below a folder in passing or LibreOffice's."""
    return any(OURS.fullmatch(part) or part.startswith(PREFIX) for part in Path(name).parts)


def same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two outputs are the same but for what no two runs have in common."""
    if one is None or other is None:
        return False
    return one == other or _timeless(one) == _timeless(other)


def _timeless(content: bytes) -> object:
    if not content.startswith(b"PK\x03\x04"):
        return PASSING.sub(b"", content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return [(name, PASSING.sub(b"", package.read(name))) for name in package.namelist()]
    except zipfile.BadZipFile:
        return content

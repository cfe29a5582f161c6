"""Outputs: checked before any work is done, written beside their place and moved into it whole."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from papi_xl import passing
from papi_xl.errors import OutputError
from papi_xl.passing import Part

SUFFIX = ".xlsx"
OWNER_FILES: Final = ("~${name}", ".~lock.{name}#")
"""What Excel and LibreOffice keep beside a file that they have open."""


def check_output(
    path: Path, *, source: Path | None = None, force: bool = False, suffix: str = SUFFIX, option: str = "-o"
) -> None:
    """Make sure that ``path``, which ``option`` of the command names, may be written.

    Raises:
        OutputError: its name does not end in ``suffix``, it is the input ``source``, exists while ``force``
            is not given, its folder does not exist, what is there may not be replaced (see `writing`), or
            the system does not let us look.
    """
    if path.suffix.lower() != suffix:
        raise OutputError("output-not-xlsx", file=str(path), suffix=suffix)
    with refusals(path):
        taken = exists(path)
        if source is not None and taken and source.exists() and path.samefile(source):
            raise OutputError("output-is-input", file=str(path), option=option)
        check_free(path, force=force, option=option)
        check_folder(path.parent, option=option)
        _check_replaceable(_led_to(path))


def check_free(path: Path, *, force: bool, option: str = "-o") -> None:
    """Make sure that nothing is at ``path``, unless ``force`` lets it be replaced.

    Raises:
        OutputError: ``output-exists``, or the system does not let us look.
    """
    if not force and exists(path):
        raise OutputError("output-exists", file=str(path), option=option)


def exists(path: Path) -> bool:
    """Whether something is at ``path``.

    Raises:
        OutputError: the system does not let us look, or there can be no such name.
    """
    with refusals(path):
        return path.exists()


def check_folder(folder: Path, *, option: str = "-o") -> None:
    """Make sure that ``folder`` exists.

    Raises:
        OutputError: there is no such folder.
    """
    with refusals(folder):
        if not folder.is_dir():
            raise OutputError("output-no-folder", folder=str(folder), option=option)


def make_folder(folder: Path) -> None:
    """Make ``folder`` and those above it where they are missing.

    Raises:
        OutputError: it cannot be made.
    """
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, replacing a file that is there; raises as `writing` does."""
    with writing(path) as stream:
        stream.write(content)


@contextmanager
def written_together(contents: Mapping[Path, bytes]) -> Iterator[None]:
    """Write several files; where one cannot be written or the body fails, all is as it was before.

    All is on the disk, what is replaced too, before the first of them takes its place.

    Raises:
        OutputError: as `writing`, or a file that is to be replaced cannot be read.
    """
    with ExitStack() as passed, ExitStack() as undo:
        moves = [_prepared(path, content, passed) for path, content in contents.items()]
        for place, new, old in moves:
            with refusals(place):
                passing.move(new, place)
            undo.callback(_put_back, place, old)
        yield
        undo.pop_all()


def _prepared(path: Path, content: bytes, passed: ExitStack) -> tuple[Path, Part, Part | None]:
    """Return where ``content`` goes, and the files in passing with it and with what is there now."""
    with refusals(path):
        place = _led_to(path)
        _check_replaceable(place)
        new = passed.enter_context(_filled(place, content))
        if not place.exists():
            return place, new, None
        return place, new, passed.enter_context(_filled(place, place.read_bytes()))


@contextmanager
def _filled(place: Path, content: bytes) -> Iterator[Part]:
    with _beside(place) as part:
        part.stream.write(content)
        part.stream.flush()
        yield part


@contextmanager
def _beside(place: Path) -> Iterator[Part]:
    """Open a file in passing that whoever may read ``place`` may read, and nobody else."""
    with passing.file(place.parent) as part:
        with suppress(OSError):
            shutil.copymode(place, part.path)
        yield part


def _put_back(place: Path, old: Part | None) -> None:
    with refusals(place):
        if old is None:
            place.unlink(missing_ok=True)
        else:
            passing.move(old, place)


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside ``path`` that takes its place once all is written; on failure nothing is left.

    A link stays one, and what it leads to is replaced. Who may read and write the file stays too.

    Raises:
        OutputError: ``output-not-a-file``, there is a folder, a device or a pipe; ``output-open``
            (``owner``), Excel or LibreOffice has the file open; ``output-unwritable``, it is read-only, or
            its folder does not take it.
    """
    with refusals(path):
        place = _led_to(path)
        _check_replaceable(place)
        with _beside(place) as part:
            yield part.stream
            passing.move(part, place)


def _led_to(path: Path) -> Path:
    """Return what ``path`` leads to where it is a link."""
    if not path.is_symlink():
        return path
    place = Path(os.path.realpath(path))
    if place.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return place


def _check_replaceable(place: Path) -> None:
    """Make sure that nothing is at ``place``, or a file that may be replaced."""
    if not place.exists():
        return
    if not place.is_file():
        raise OutputError("output-not-a-file", file=str(place))
    for owner in (place.with_name(name.format(name=place.name)) for name in OWNER_FILES):
        if owner.exists():
            raise OutputError("output-open", file=str(place), owner=owner.name)
    if not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))


@contextmanager
def passing_folder() -> Iterator[Path]:
    """Make a folder that is gone afterwards, where the system has temporary files.

    Raises:
        OutputError: ``temporary-nowhere``, the system has no such place; ``temporary-unwritable``, it does
            not take the folder or what the body writes there.
    """
    with refusals(Path(), "temporary-nowhere"):
        place = Path(tempfile.gettempdir())
    with refusals(place, "temporary-unwritable"), passing.folder(place) as folder:
        yield folder


def holds(path: Path, content: bytes) -> bool:
    """Whether the file at ``path`` can be read and holds exactly ``content``."""
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False


@contextmanager
def refusals(path: Path, code: str = "output-unwritable") -> Iterator[None]:
    """Turn what the system refuses into an `OutputError` with this ``code`` that names ``path``."""
    try:
        yield
    except OSError as error:
        known = {"errno": error.errno or 0, "reason": error.strerror or str(error)}
        raise OutputError(code, file=str(path), **known) from error

"""Finding received workbooks in folders of this machine and, through fsspec, of any other storage."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from types import ModuleType
from typing import Any, Final, NoReturn

from papi_xl.bounds import Limits, too_large
from papi_xl.errors import PapiError, UnreadableWorkbookError, UsageError
from papi_xl.read import loaded
from papi_xl.received import Source

SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
WEB: Final = "://"
CHAIN: Final = "::"
"""What stands before the address of the file that a file system is inside, such as that of a .zip."""
NO_FILE: Final = "other"
"""What fsspec says of pipes and devices, which might never answer."""
TIMES: Final = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
"""What file systems of fsspec call the time of modification."""


def find(places: Sequence[str], leave_out: Iterable[Path] = ()) -> list[Source]:
    """Return the workbooks under ``places`` (folders, files, addresses of fsspec), sorted by name and path.

    Lock files (``~$…``), dot files, files that are no workbooks by their names and pipes behind an address
    are passed over, and so are the files ``leave_out``. A file found twice counts once. Of several places
    files are named with theirs. A folder in them that may not be looked into is among the files: it is
    refused when it is read.

    Raises:
        UsageError: ``folder-missing``, ``folder-no-access`` (``folder``), ``folder-unreachable`` (and why).
        PapiError: ``cluster-package-missing``, an address was given and fsspec is not installed.
    """
    kept_out = {_real(path) for path in leave_out}
    found: dict[str, Source] = {}
    for place in places:
        pairs = _remote(place) if WEB in place else _local(Path(place))
        for real, source in pairs:
            if real not in kept_out:
                alone = len(places) == 1 or Path(source.path) == Path(place)
                name = source.name if alone else f"{_name(place)}/{source.name}"
                found.setdefault(real, replace(source, name=name))
    return sorted(found.values(), key=lambda source: (source.name, source.path))


def absolute(places: Sequence[str]) -> list[str]:
    """Return ``places`` as other processes find them, wherever they run: paths from the root on."""
    return [place if WEB in place else str(Path(place).absolute()) for place in places]


def cut(found: Sequence[Source], files: int, size: int) -> Iterator[Sequence[Source]]:
    """Cut files, in their order, into parts of at most so many and of at most ``size`` bytes, but for one."""
    part: list[Source] = []
    total = 0
    for source in found:
        if part and (len(part) == files or total + source.size > size):
            yield tuple(part)
            part, total = [], 0
        part.append(source)
        total += source.size
    if part:
        yield tuple(part)


def content(source: Source, limits: Limits) -> bytes:
    """Return the content of a file, wherever it is; refusals are those of `read.read_workbook`."""
    if WEB not in source.path:
        return _local_content(Path(source.path), limits)
    if source.size > limits.packed:
        raise too_large(what="packed", limit=limits.packed, found=source.size)
    try:
        with _fsspec().open(source.path, "rb") as stream:
            data: bytes = stream.read(limits.packed + 1)
    except FileNotFoundError:
        code = "file-missing"
    except Exception:  # noqa: BLE001 - each storage has errors of its own
        code = "no-access"
    else:
        if len(data) > limits.packed:
            raise too_large(what="packed", limit=limits.packed, found=len(data))
        return data
    raise UnreadableWorkbookError(code)


def _local_content(path: Path, limits: Limits) -> bytes:
    try:
        return loaded(path, limits)
    except UnreadableWorkbookError as error:
        if error.code != "is-a-folder":
            raise
        raise UnreadableWorkbookError("folder-no-access", folder=str(path)) from error


def _local(place: Path) -> Iterator[tuple[str, Source]]:
    def refuse(error: OSError) -> NoReturn:
        if isinstance(error, PermissionError):
            raise UsageError("folder-no-access", folder=error.filename) from error
        raise UsageError("folder-unreachable", folder=error.filename, reason=error.strerror) from error

    try:
        is_file, is_folder = place.is_file(), place.is_dir()
    except OSError as error:
        refuse(error)
    if is_file:
        yield _real(place), _source(place, place.name)
        return
    if not is_folder:
        raise UsageError("folder-missing", folder=str(place))

    closed: list[Path] = []

    def note(error: OSError) -> None:
        if Path(error.filename) == place:
            refuse(error)
        closed.append(Path(error.filename))

    for folder, inner, names in os.walk(place, onerror=note):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        paths = [Path(folder, name) for name in filter(_is_workbook, names)]
        yield from ((_real(path), _source(path, path.relative_to(place).as_posix())) for path in paths)
    yield from ((_real(path), _source(path, path.relative_to(place).as_posix())) for path in closed)


def _remote(place: str) -> Iterator[tuple[str, Source]]:
    try:
        files, root = _fsspec().core.url_to_fs(place)
        listed: Mapping[str, Mapping[str, Any]] = files.find(root, detail=True)
        missing = not listed and not files.exists(root)
    except PapiError:
        raise
    except Exception as error:
        raise UsageError("folder-unreachable", folder=place, reason=str(error) or repr(error)) from error
    if missing:
        raise UsageError("folder-missing", folder=place)
    outer = WEB in place.partition(CHAIN)[0]
    beyond = place[place.index(CHAIN) :] if outer and CHAIN in place else ""
    for path, known in listed.items():
        if known.get("type") == NO_FILE:
            continue
        inside = PurePosixPath(path).relative_to(root) if path.startswith(root) else PurePosixPath(path)
        inside = inside if inside.name else PurePosixPath(PurePosixPath(path).name)
        if _is_workbook(inside.name) and not any(part.startswith(".") for part in inside.parts[:-1]):
            url = f"{files.unstrip_protocol(path)}{beyond}"
            yield url, Source(url, inside.as_posix(), _modified(known), int(known.get("size") or 0))


def _source(path: Path, name: str) -> Source:
    writable = name.encode(errors="replace").decode()
    try:
        status = path.stat()
    except OSError:  # a link that leads nowhere: reading it will say so
        return Source(str(path), writable, None, 0)
    return Source(str(path), writable, _moment(status.st_mtime), status.st_size)


def _moment(seconds: float) -> datetime | None:
    """Return the local time so many seconds after 1970 began, ``None`` where the calendar has no such."""
    try:
        return datetime.fromtimestamp(int(seconds))
    except (ValueError, OverflowError, OSError):
        return None


def _modified(known: Mapping[str, Any]) -> datetime | None:
    for key in TIMES:
        value = known.get(key)
        if isinstance(value, int | float):
            return _moment(value)
        if isinstance(value, datetime):
            local = value.astimezone() if value.tzinfo else value
            return local.replace(microsecond=0, tzinfo=None)
    return None


def _is_workbook(name: str) -> bool:
    return not name.startswith(("~$", ".")) and PurePosixPath(name).suffix.lower() in SUFFIXES


def _name(place: str) -> str:
    path = PurePosixPath(place) if WEB in place else Path(place)
    return path.name if path.name not in {"", ".."} else Path(place).resolve().name


def _real(path: Path) -> str:
    return os.path.realpath(path)


def _fsspec() -> ModuleType:
    try:
        import fsspec  # noqa: PLC0415 - only addresses need it, and it is an extra
    except ImportError as error:
        code = "cluster-package-missing"
        raise PapiError(code, package="fsspec") from error
    module: ModuleType = fsspec
    return module

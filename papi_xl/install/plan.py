"""What installing changes, worked out before anything is changed."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from papi_xl.errors import InstallError
from papi_xl.install import config, record
from papi_xl.install.changes import FOLDER, Change, Said, content_of, missing_folders, refusals, said
from papi_xl.install.profile import Profile, System
from papi_xl.install.record import Configured, Put, Record
from papi_xl.install.settings import Sources, settings

PLACED: Final = frozenset({"put", "update", "configure", "template"})
"""What is done after the record is written, so that what the power cut off can be taken back."""


class Plan(NamedTuple):
    """The changes in order, and what else the user should know."""

    changes: tuple[Change, ...]
    notes: tuple[Said, ...]


def installing(
    profile: Profile, sources: Sources, *, template: Path | None = None, force: bool = False
) -> Plan:
    """Return what puts everything into place; nothing is changed yet.

    Args:
        profile: Whose Excel it is.
        sources: The files to put there.
        template: Where a copy of the template is wanted: a file or an existing folder.
        force: Whether such a copy may take the place of another file.

    Raises:
        InstallError: it cannot be done here, a source is missing, or a place is taken.
    """
    check_system(profile)
    if profile.from_store:
        raise InstallError("python-from-store")
    old = record.read(profile)
    puts, changes = [], []
    for source, target in sources.targets(profile):
        put, needed = _put(profile, target, _source(source), old.put_at(str(target)) if old else None)
        puts.append(put)
        changes += needed
    gone = [put for put in old.puts if put.path not in {one.path for one in puts}] if old else []
    changes += [change for put in gone for change in taken_away(profile, put).changes]
    configured, needed = _configured(profile, old.configured if old and old.configured.ours else None)
    changes += needed
    copies, needed = _copied(sources.template, template, force=force)
    changes += needed
    folders = missing_folders([profile.record, *(change.path for change in changes)])
    new = Record(
        puts=tuple(puts),
        configured=configured,
        folders=tuple(sorted(_joined(old.folders if old else (), map(str, folders)))),
        templates=_joined(old.templates if old else (), copies),
    )
    changes = [
        *(Change(said("make-folder", path=path), path, None, FOLDER) for path in folders),
        *(one for one in changes if one.said.code not in PLACED),
        *change("record", profile.record, record.written(new)),
        *(one for one in changes if one.said.code in PLACED),
    ]
    return Plan(tuple(changes), _notes(profile, changes))


def check_system(profile: Profile) -> None:
    """Make sure that there can be an Excel here.

    Raises:
        InstallError: ``no-excel-here``.
    """
    if profile.system is System.OTHER:
        raise InstallError("no-excel-here")


def change(code: str, path: Path, after: bytes | None, **values: object) -> list[Change]:
    """Return the change that makes the file at ``path`` hold ``after``, none where it does already."""
    before = content_of(path)
    known = {"path": path, "name": path.name, "folder": path.parent, **values}
    return [] if before == after else [Change(said(code, **known), path, before, after)]


def taken_away(profile: Profile, put: Put) -> Plan:
    """Return what removes a file that was put into place and brings back what was there before."""
    path, backup = Path(put.path), profile.backup(Path(put.path).name)
    current, kept = content_of(path), content_of(backup) if put.backup else None
    if current not in {None, kept} and record.digest(current or b"") not in put.digests:
        was_brought_back = put.backup and kept is None
        changes, notes = [], [] if was_brought_back else [said("foreign", path=path)]
    elif kept is not None:
        changes, notes = change("bring-back", path, kept), []
    else:
        changes, notes = change("remove", path, None), []
    if kept is not None:
        changes += change("remove-backup", backup, None)
    return Plan(tuple(changes), tuple(notes))


def _source(path: Path) -> bytes:
    content = content_of(path)
    if content is None:
        raise InstallError("install-source-missing", file=str(path))
    return content


def _put(profile: Profile, target: Path, content: bytes, old: Put | None) -> tuple[Put, list[Change]]:
    """Return how ``content`` comes to ``target``; a file that is not ours is kept, the oldest of them."""
    current, backup = content_of(target), profile.backup(target.name)
    known = old.digests if old else []
    foreign = current is not None and record.digest(current) not in known
    kept = content_of(backup) is not None
    changes = change("keep", backup, current, original=target) if foreign and not kept else []
    changes += change("put" if current is None else "update", target, content)
    return Put(str(target), list(_joined(known, [record.digest(content)])), kept or foreign), changes


def _configured(profile: Profile, old: Configured | None) -> tuple[Configured, list[Change]]:
    """Return how the configuration gets our entries; the first state of it is what is kept."""
    current, backup = content_of(profile.config), profile.backup(profile.config.name)
    content, kept = current or b"", content_of(backup)
    wanted = settings(profile, content)
    after = config.merged(content, wanted, profile.newline)
    changes = change("configure", profile.config, after, keys=", ".join(wanted))
    if old is not None:
        untouched = current == kept or record.digest(content) == old.digest
        digest = record.digest(after) if untouched else None
        return Configured(old.existed, digest, wanted, old.before), changes
    if changes and kept is None:
        changes = change("keep", backup, current, original=profile.config) + changes
    first = content if kept is None else kept
    before = [line.decode("latin-1") for line in config.earlier(first, wanted)]
    existed = current is not None or kept is not None
    digest = record.digest(after) if kept in {None, current} else None
    return Configured(existed, digest, wanted, before), changes


def _copied(source: Path, wanted: Path | None, *, force: bool) -> tuple[list[str], list[Change]]:
    """Return where the copy of the template comes to be, and the change that puts it there."""
    if wanted is None:
        return [], []
    with refusals(wanted):
        target = (wanted / source.name if wanted.is_dir() else wanted).absolute()
        if target.suffix.lower() != source.suffix:
            raise InstallError("template-place", file=str(target))
        if not target.parent.is_dir():
            raise InstallError("template-no-folder", folder=str(target.parent))
    changes = change("template", target, _source(source))
    if changes and changes[0].before is not None and not force:
        raise InstallError("template-exists", file=str(target))
    return [str(target)], changes


def _joined(old: Iterable[str], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*old, *new]))


def _notes(profile: Profile, changes: Sequence[Change]) -> tuple[Said, ...]:
    notes = [] if changes else [said("in-place")]
    if profile.beyond_code_page:
        notes.append(said("beyond-code-page", path=profile.home))
    if any(one.said.code in {"put", "update", "configure"} for one in changes):
        notes.append(said("restart"))
    return tuple(notes)

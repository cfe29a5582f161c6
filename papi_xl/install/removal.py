"""What uninstalling changes: just what was put into place is taken back, as the record of it says."""

from dataclasses import replace
from pathlib import Path

from papi_xl.install import config, record
from papi_xl.install.changes import FOLDER, Change, Said, content_of, said
from papi_xl.install.plan import Plan, change, check_system, taken_away
from papi_xl.install.profile import Profile
from papi_xl.install.record import Configured, Record


def uninstalling(profile: Profile) -> Plan:
    """Return what takes everything back; nothing is changed yet.

    Files that someone else has changed since stay, and so do copies of the template, which may be filled in.
    In a configuration that was edited since only our entries go, and those that they replaced come back.

    Raises:
        InstallError: ``no-excel-here``, ``record-damaged``, or what is to be removed cannot be read.
    """
    check_system(profile)
    old = record.read(profile)
    if old is None:
        return Plan((), (said("nothing-installed"),))
    changes: list[Change] = []
    notes: list[Said] = []
    for put in old.puts:
        away = taken_away(profile, put)
        changes += away.changes
        notes += away.notes
    changes += _unconfigured(profile, old.configured)
    backups = [one for one in changes if one.said.code == "remove-backup"]
    changes = [
        *(one for one in changes if one.said.code != "remove-backup"),
        *(change("record-rest", profile.record, record.written(_brought_back(old))) if backups else ()),
        *backups,
        *change("remove-record", profile.record, None),
    ]
    changes += _emptied(old, changes)
    notes += [said("template-stays", path=path) for path in old.templates if Path(path).exists()]
    return Plan(tuple(changes), (*notes, said("restart-gone")))


def _brought_back(old: Record) -> Record:
    """Return the record once only backups are left: whatever stands in their places is the user's."""
    puts = tuple(replace(put, digests=[]) for put in old.puts)
    return replace(old, puts=puts, configured=Configured(existed=True, digest=None, ours={}, before=[]))


def _unconfigured(profile: Profile, old: Configured) -> list[Change]:
    """Return how the configuration comes to be without our entries."""
    current, backup = content_of(profile.config), profile.backup(profile.config.name)
    kept = content_of(backup)
    gone = change("remove-backup", backup, None)
    if current in {None, kept}:
        return gone
    untouched = old.digest == record.digest(current or b"")
    if untouched and not old.existed:
        return change("remove", profile.config, None)
    if untouched and kept is not None:
        return change("bring-back", profile.config, kept) + gone
    before = [line.encode("latin-1") for line in old.before]
    rest = config.unmerged(current, old.ours, before, profile.newline)
    if not old.existed and rest in {b"", config.BOM}:
        return change("remove", profile.config, None) + gone
    return change("unconfigure", profile.config, rest, keys=", ".join(old.ours)) + gone


def _emptied(old: Record, changes: list[Change]) -> list[Change]:
    """Return the removal of the folders that were made and in which nothing is left, lower ones first."""
    gone = {one.path for one in changes if one.after is None}
    removals = []
    for folder in map(Path, reversed(old.folders)):
        if folder.is_dir() and gone.issuperset(folder.iterdir()):
            gone.add(folder)
            removals.append(Change(said("remove-folder", path=folder), folder, FOLDER, None))
    return removals

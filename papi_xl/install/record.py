"""The record of an installation: what was put where, so that just that can be taken back."""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256

from papi_xl.errors import InstallError
from papi_xl.install.changes import content_of
from papi_xl.install.profile import Profile


@dataclass(frozen=True)
class Put:
    """A file that was put into place.

    Attributes:
        path: Where it is.
        digests: The SHA-256 of each content that was ever put there.
        backup: Whether a file that was there before is kept.
    """

    path: str
    digests: list[str]
    backup: bool


@dataclass(frozen=True)
class Configured:
    """What was done to the configuration.

    Attributes:
        existed: Whether there was one before.
        digest: The SHA-256 of what was written; ``None`` once someone else has changed the file.
        ours: Our entries.
        before: The lines that they took the place of, byte for byte as Latin-1.
    """

    existed: bool
    digest: str | None
    ours: dict[str, str]
    before: list[str]


@dataclass(frozen=True)
class Record:
    """All that was put into place.

    Attributes:
        puts: The files.
        configured: The configuration.
        folders: The folders that were made, upper ones first.
        templates: The copies of the template, which stay.
    """

    puts: tuple[Put, ...]
    configured: Configured
    folders: tuple[str, ...]
    templates: tuple[str, ...]

    def put_at(self, path: str) -> Put | None:
        """Return the file put at ``path``, if any."""
        return next((put for put in self.puts if put.path == path), None)


def digest(content: bytes) -> str:
    """Return the SHA-256 of ``content``."""
    return sha256(content).hexdigest()


def written(record: Record) -> bytes:
    """Return a record as its file holds it."""
    return (json.dumps(asdict(record), ensure_ascii=False, indent=2) + "\n").encode()


def read(profile: Profile) -> Record | None:
    """Return the record of the installation, ``None`` where nothing is installed.

    Raises:
        InstallError: ``record-damaged``.
    """
    content = content_of(profile.record)
    if content is None:
        return None
    try:
        found = json.loads(content)
        return Record(
            puts=tuple(Put(**put) for put in found["puts"]),
            configured=Configured(**found["configured"]),
            folders=tuple(found["folders"]),
            templates=tuple(found["templates"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise InstallError("record-damaged", file=str(profile.record)) from error

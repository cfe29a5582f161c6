"""What is remarked on one workbook: where it is, what it is called, and whether it can be read."""

import re
from pathlib import Path
from typing import Final

from papi_xl.doctor.remarks import Probes, Remarks, bad, blocked, good, look
from papi_xl.install import Profile, System

LONGEST_PATH: Final = 218
"""Characters of a path, name included, with which Excel still opens a file (Microsoft, KB 213983)."""

ONLINE: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
SYNCED: Final = re.compile(r"onedrive|.*\bsharepoint\.com\b", re.IGNORECASE)
"""The names of folders that OneDrive keeps in step, and of those that SharePoint offers as a drive."""


def on_workbook(profile: Profile, file: str, probes: Probes) -> Remarks:
    """Yield what there is to say of the workbook ``file``, a path or an address.

    The name matters since xlwings takes the workbook's name from an argument by splitting it at the equals
    signs (`Book.caller`).
    """
    if ONLINE.match(file):
        yield look("file-online", file=file)
        return
    path = Path(file).absolute()
    if is_synced(profile, path):
        yield look("file-onedrive", file=path)
    if "=" in path.name:
        yield bad("file-equals", file=path.name)
    if len(str(path)) > LONGEST_PATH:
        yield bad("file-long", file=path.name, length=len(str(path)), limit=LONGEST_PATH)
    if profile.system is System.WINDOWS and blocked(probes.mark(path)):
        yield look("file-blocked", file=path.name)
    refusal = probes.refusal(path)
    yield good("file", file=path.name) if refusal is None else bad("refused", refusal=refusal)


def is_synced(profile: Profile, path: Path) -> bool:
    """Whether OneDrive keeps ``path`` in step: it is in one of its folders, or in one of such a name."""
    named = any(SYNCED.match(part) for part in path.parent.parts)
    return named or any(path.is_relative_to(folder) for folder in profile.onedrive)

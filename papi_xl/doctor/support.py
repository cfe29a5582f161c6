"""The support file: the remarks without anything that says whose machine or workbook it is."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from papi_xl.doctor.remarks import Probes, Remark
from papi_xl.doctor.words import sentence
from papi_xl.doctor.workbook import ONLINE
from papi_xl.errors import InstallError, PapiError
from papi_xl.install import Profile, System
from papi_xl.install.changes import content_of
from papi_xl.install.config import lines

SHOWN: Final = frozenset(
    {"version", "bits", "package", "name", "names", "keys", "lines", "length", "limit", "topic"}
)
"""The values of remarks that stand in the file; none of them comes from a user."""

EXTENSIONS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"})
SWITCHES: Final = frozenset(
    {"USE UDF SERVER", "ADD_WORKBOOK_TO_PYTHONPATH", "DEBUG UDFS", "SHOW CONSOLE", "SHOW_ERROR_POPUPS"}
)
PYTHONS: Final = frozenset({"INTERPRETER", "INTERPRETER_WIN", "INTERPRETER_MAC"})
KEYS: Final = frozenset(
    {"PYTHONPATH", "CONDA PATH", "CONDA ENV", "UDF MODULES", "LICENSE_KEY", "TEMP DIR", "LOG FILE", "PAPI_XL"}
    | {f"{place}_{system}" for place in ("ONEDRIVE_CONSUMER", "ONEDRIVE_COMMERCIAL", "SHAREPOINT")
       for system in ("WIN", "MAC")}
)  # fmt: skip


def support_text(profile: Profile, file: str | None, probes: Probes, remarks: Sequence[Remark]) -> str:
    """Return the support file, in English: no names of people or units, no paths, no text of cells."""
    told = [
        "papi_xl support file",
        f"system: {probes.system}",
        f"python: {probes.python}, {probes.bits} bit",
        *(f"{package}: {version or 'missing'}" for package, version in probes.versions.items()),
        *(f"configuration: {entry}" for entry in _configured(profile)),
        *(f"workbook: {fact}" for fact in _facts(file)),
        *(f"{remark.state} {remark.code}: {_nameless(remark)}" for remark in remarks),
    ]
    return "\n".join(told) + "\n"


def _nameless(remark: Remark) -> str:
    """Return what a remark says, with the names of its values where these could tell who it is."""
    refusal = remark.values.get("refusal")
    if isinstance(refusal, PapiError):
        return refusal.code
    values = {key: value if key in SHOWN else f"<{key}>" for key, value in remark.values.items()}
    return sentence(remark._replace(values=values), "en")


def _configured(profile: Profile) -> Iterator[str]:
    """Yield the keys of the configuration, with the values of switches, and what sort of Python it names."""
    try:
        content = None if profile.system is System.OTHER else content_of(profile.config)
    except InstallError:
        yield "unreadable"
        return
    if content is None:
        yield "none"
        return
    unknown = 0
    for line in lines(content):
        if line.key in PYTHONS:
            yield f"{line.key} = {_sort_of(profile, profile.named(line.value))}"
        elif line.key in SWITCHES:
            yield f"{line.key} = {line.value if line.value.lower() in {'true', 'false'} else '<other>'}"
        elif line.key in KEYS:
            yield line.key
        else:
            unknown += 1
    yield f"{unknown} other line(s)"


def _sort_of(profile: Profile, python: Path) -> str:
    if not python.is_file():
        return "nothing there"
    made = any((folder / "pyvenv.cfg").is_file() for folder in list(python.parents)[:2])
    return f"{'venv' if made else 'system'} Python{' below ~' if python.is_relative_to(profile.home) else ''}"


def _facts(file: str | None) -> Iterator[str]:
    """Yield what may be told of the workbook."""
    if file is None:
        yield "none given"
    elif ONLINE.match(file):
        yield "an address"
    else:
        path = Path(file).absolute()
        extension = path.suffix.lower()
        yield f"extension {extension if extension in EXTENSIONS else 'other'}"
        yield f"path of {len(str(path))} characters{'' if str(path).isascii() else ', with accents'}"

"""What is remarked on Python, the packages and the set-up of Excel."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from papi_xl.doctor.remarks import Probes, Remark, Remarks, bad, blocked, good, look, note
from papi_xl.errors import InstallError
from papi_xl.install import Profile, System
from papi_xl.install.changes import content_of
from papi_xl.install.config import BOM, GUARD, MODULE, MODULES, as_excel_reads, lines
from papi_xl.install.settings import INTERPRETERS, settings

TOPICS: Final = ("config", "interpreter", "addins", "library")
CONDA: Final = ("CONDA PATH", "CONDA ENV")


def on_packages(profile: Profile, probes: Probes) -> Remarks:
    """Yield what there is to say of Python and the packages."""
    yield good("python", version=probes.python, bits=probes.bits)
    if profile.from_store:
        yield bad("refused", refusal=InstallError("python-from-store"))
    for package, version in probes.versions.items():
        if version is None:
            yield bad("package-missing", package=package)
        else:
            yield good("package", package=package, version=version)
    if not probes.office:
        yield note("office-missing")
    else:
        yield good("office") if probes.uno else note("office-without-uno")


def on_excel(profile: Profile, probes: Probes) -> Remarks:
    """Yield what there is to say of the set-up of Excel; elsewhere, that it does not matter."""
    if profile.system is System.OTHER:
        yield from (note("not-applicable", topic=topic) for topic in TOPICS)
        return
    yield from _on_config(profile)
    yield from _on_addins(profile, probes)
    if profile.system is System.WINDOWS:
        yield _on_library(profile, probes)
    if profile.beyond_code_page:
        yield look("code-page", path=profile.home)


def _on_config(profile: Profile) -> Remarks:
    try:
        content = content_of(profile.config)
    except InstallError:
        yield bad("config-unreadable", path=profile.config)
        return
    if content is None:
        yield bad("config-missing", path=profile.config)
        return
    yield from _on_form(profile, content)
    read = as_excel_reads(content)
    yield _on_interpreter(profile, read.get(INTERPRETERS[profile.system], ""))
    try:
        wanted = settings(profile, content)
    except InstallError as error:
        yield bad("refused", refusal=error)
    else:
        wrong = [key for key in list(wanted)[1:] if not _agrees(key, read, wanted)]
        yield bad("config-wrong", keys=", ".join(wrong)) if wrong else good("config", path=profile.config)


def _agrees(key: str, read: Mapping[str, str], wanted: Mapping[str, str]) -> bool:
    found = read.get(key, "")
    if key == MODULES:
        return MODULE in [name.strip() for name in found.split(";")]
    return found.strip().lower() == wanted[key].lower()


def _on_form(profile: Profile, content: bytes) -> Remarks:
    """Yield what may keep Excel's side from reading the configuration as it is meant."""
    found = list(lines(content))
    odd = [str(number) for number, line in enumerate(found, 1) if not line.key]
    if odd:
        yield look("config-odd", path=profile.config, lines=", ".join(odd))
    if content.startswith(BOM) and found and found[0].key != GUARD:
        yield look("config-mark", path=profile.config)
    if not content.removeprefix(BOM).isascii():
        yield look("config-accents", path=profile.config)
    small = [line.spelled for line in found if line.spelled != line.key]
    if small:
        yield look("config-small", path=profile.config, spelled=", ".join(small))
    if all(as_excel_reads(content).get(key) for key in CONDA):
        yield look("config-conda", path=profile.config)


def _on_interpreter(profile: Profile, setting: str) -> Remark:
    path = profile.named(setting)
    if not setting:
        return bad("interpreter-unset")
    if not path.is_file():
        return bad("interpreter-gone", path=path)
    if path.parent != profile.interpreter.parent:
        return bad("interpreter-other", path=path)
    return good("interpreter", path=path)


def _on_addins(profile: Profile, probes: Probes) -> Remarks:
    if probes.sources is None:
        yield bad("sources")
        return
    for source, target in probes.sources.targets(profile):
        yield _on_addin(source, target)
        if target.is_file() and profile.system is System.WINDOWS and blocked(probes.mark(target)):
            yield bad("addin-blocked", name=target.name, path=target)


def _on_addin(source: Path, target: Path) -> Remark:
    known = {"name": target.name, "path": target}
    try:
        wanted, found = content_of(source), content_of(target)
    except InstallError:
        return bad("addin-unreadable", **known)
    if wanted is None:
        return bad("addin-source", **known)
    if found is None:
        return bad("addin-missing", **known)
    return good("addin", **known) if found == wanted else bad("addin-old", **known)


def _on_library(profile: Profile, probes: Probes) -> Remark:
    """Say whether the DLLs are beside Python; xlwings' add-in looks there only (``XLPyLoadDLL``)."""
    version = probes.versions.get("xlwings")
    names = [f"xlwings{bits}-{version}.dll" for bits in (64, 32)]
    missing = [name for name in names if not (profile.prefix / name).is_file()]
    known = {"folder": profile.prefix, "version": version}
    return bad("library-missing", names=", ".join(missing), **known) if missing else good("library", **known)

"""Puts the buttons into LibreOffice or takes them away: planned from what is there, done by `unopkg`."""

from pathlib import Path
from typing import Final, NamedTuple

from papi_xl.errors import InstallError
from papi_xl.install import unopkg
from papi_xl.install.changes import Said, content_of, said
from papi_xl.install.deployed import installed
from papi_xl.install.office import Machine, present, unopkg_of, usable
from papi_xl.schema import EXTENSION, EXTENSION_ID
from papi_xl.template import sources

SHARED: Final = ("--shared",)
"""For all users; the only thing that root is allowed."""


class Step(NamedTuple):
    """Something for ``unopkg`` to do: put ``package`` in, or take the buttons away where it is ``None``."""

    said: Said
    unopkg: Path
    package: bytes | None


class ButtonPlan(NamedTuple):
    """What is to be done, and what else the user should know."""

    changes: tuple[Step, ...]
    notes: tuple[Said, ...]


def package_here() -> bytes:
    """Return the extension that papi_xl brings along, which names no Python yet.

    Raises:
        InstallError: ``install-source-missing``.
        PapiError: ``sources-missing``.
    """
    path = sources.folder() / EXTENSION
    content = content_of(path)
    if content is None:
        raise InstallError("install-source-missing", file=str(path))
    return content


def adding(machine: Machine, package: bytes) -> ButtonPlan:
    """Return how the extension ``package`` comes into LibreOffice; nothing is changed yet.

    Raises:
        InstallError: ``python-from-store``, or as `usable` and `unopkg_of` do.
    """
    if machine.profile.from_store:
        raise InstallError("python-from-store")
    office = usable(machine)
    before = installed(office)
    known = {"version": office.number, "folder": office.program}
    update = before is not None and before.for_all == machine.as_root
    told = said("buttons-update", **known) if update else said("buttons-put", **known)
    notes = [said("buttons-for-all")] if machine.as_root else []
    return ButtonPlan((Step(told, unopkg_of(office), package),), (*notes, said("buttons-restart")))


def removing(machine: Machine) -> ButtonPlan:
    """Return how the buttons are taken away; nothing is changed yet.

    Raises:
        InstallError: ``buttons-of-all``, only root may; or as `present` and `unopkg_of` do.
    """
    office = present(machine)
    before = installed(office)
    if before is None:
        return ButtonPlan((), (said("no-buttons", version=office.number),))
    if before.for_all and not machine.as_root:
        raise InstallError("buttons-of-all", folder=str(before.folder))
    told = said("buttons-remove", version=office.number, folder=office.program)
    return ButtonPlan((Step(told, unopkg_of(office), None),), (said("buttons-restart-gone"),))


def carry_out(machine: Machine, plan: ButtonPlan) -> None:
    """Do it.

    Raises:
        InstallError: ``unopkg-failed`` or ``unopkg-silent``.
    """
    options = SHARED if machine.as_root else ()
    for step in plan.changes:
        if step.package is None:
            unopkg.run([str(step.unopkg), "remove", *options, EXTENSION_ID], machine.environment)
        else:
            unopkg.add(step.unopkg, step.package, options, machine.environment)

"""Says what is right and wrong with Python, Excel, LibreOffice and one workbook, and what to do about it."""

from papi_xl.doctor.buttons import on_libreoffice
from papi_xl.doctor.machine import on_excel, on_packages
from papi_xl.doctor.probing import probes_here
from papi_xl.doctor.remarks import Probes, Remark, State
from papi_xl.doctor.support import support_text
from papi_xl.doctor.words import report, summary
from papi_xl.doctor.workbook import on_workbook
from papi_xl.install import Profile, of_this_user

__all__ = [
    "Probes",
    "Remark",
    "State",
    "examine",
    "examine_here",
    "probes_here",
    "report",
    "summary",
    "support_text",
]


def examine(profile: Profile, file: str | None, probes: Probes) -> tuple[Remark, ...]:
    """Return what there is to say; nothing is changed.

    Args:
        profile: Whose machine it is.
        file: A workbook, as a path or as the address at which Excel has it open; ``None`` for none.
        probes: What only the machine can tell.
    """
    found = [*on_packages(profile, probes), *on_excel(profile, probes), *on_libreoffice(profile, probes)]
    if file is not None:
        found += on_workbook(profile, file, probes)
    return tuple(found)


def examine_here(file: str | None) -> tuple[Remark, ...]:
    """Return what there is to say of this machine and of the workbook ``file``, as `examine` does."""
    return examine(of_this_user(), file, probes_here())

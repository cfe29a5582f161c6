"""What is remarked on LibreOffice and the buttons in it; nothing where there is no LibreOffice."""

from pathlib import Path

from papi_xl.doctor.remarks import Probes, Remark, Remarks, bad, good, look, note
from papi_xl.install import Installed, Profile
from papi_xl.install.office import OLDEST, there


def on_libreoffice(profile: Profile, probes: Probes) -> Remarks:
    """Yield what there is to say; without the buttons nothing is wrong, they are not for everyone."""
    office, buttons = probes.calc, probes.buttons
    if office is None:
        return
    yield good("calc", version=office.number)
    if buttons is None:
        yield note("buttons-missing") if office.version >= OLDEST else note("calc-old")
        return
    if not office.runs_python:
        yield bad("calc-without-python")
    yield _on_buttons(profile, buttons)
    if buttons.version is not None and buttons.version != probes.versions.get("papi_xl"):
        yield look("buttons-old", version=buttons.version)


def _on_buttons(profile: Profile, buttons: Installed) -> Remark:
    if buttons.python is None:
        return bad("buttons-unset")
    path = Path(buttons.python)
    if not there(path):
        return bad("buttons-gone", path=path)
    if path.parent != profile.interpreter.parent:
        return bad("buttons-other", path=path)
    return good("buttons", path=path)

"""What the configuration of xlwings must say, and what is put into the folders of Excel."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from papi_xl.errors import InstallError
from papi_xl.install.config import MODULES, modules
from papi_xl.install.profile import Profile, System
from papi_xl.schema import ADDIN
from papi_xl.template import sources

XLWINGS_ADDIN: Final = "xlwings.xlam"
TEMPLATE: Final = "papi_template.xlsx"
INTERPRETERS: Final = {System.WINDOWS: "INTERPRETER_WIN", System.MAC: "INTERPRETER_MAC"}


@dataclass(frozen=True)
class Sources:
    """The files to put into place."""

    xlwings: Path
    addin: Path
    script: Path
    template: Path

    def targets(self, profile: Profile) -> Iterator[tuple[Path, Path]]:
        """Yield each file that Excel needs and the place where it needs it.

        The script is for Macs only: AppleScript may be run from nowhere else (``xlwings runpython install``).
        """
        yield self.xlwings, profile.startup / XLWINGS_ADDIN
        yield self.addin, profile.startup / ADDIN
        if profile.system is System.MAC:
            yield self.script, profile.scripts / self.script.name


def sources_here() -> Sources:
    """Return the files of the installed packages; xlwings is not loaded for it.

    Raises:
        InstallError: ``xlwings-missing``.
        PapiError: ``sources-missing``.
    """
    spec = find_spec("xlwings")
    try:
        number = version("xlwings")
    except PackageNotFoundError:
        spec = None
    if spec is None or spec.origin is None:
        raise InstallError("xlwings-missing")
    package, workbooks = Path(spec.origin).parent, sources.folder()
    return Sources(
        xlwings=package / "addin" / XLWINGS_ADDIN,
        addin=workbooks / ADDIN,
        script=package / f"xlwings-{number}.applescript",
        template=workbooks / TEMPLATE,
    )


def settings(profile: Profile, content: bytes) -> dict[str, str]:
    """Return the entries that the configuration needs, which holds ``content`` now.

    `ADD_WORKBOOK_TO_PYTHONPATH` is off: else a ``.py`` file mailed along with a workbook would be imported.

    Raises:
        InstallError: ``interpreter-path``.
    """
    found = {INTERPRETERS[profile.system]: profile.python_setting(), "ADD_WORKBOOK_TO_PYTHONPATH": "False"}
    if profile.system is System.WINDOWS:
        found |= {"USE UDF SERVER": "True", MODULES: modules(content)}
    return found

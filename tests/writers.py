"""Every command that writes, with inputs of its own below a folder: what `tests.kills` and others run."""

import io
import shutil
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyarrow.parquet  # noqa: F401 (loaded once for all children)
import pyopenvba.vba  # noqa: F401 (the same)

from papi_xl import install
from papi_xl.cli import main
from papi_xl.errors import PapiError
from papi_xl.gather.run import consolidate
from papi_xl.gather.wish import Wish
from papi_xl.refusals import explain
from papi_xl.template import sources
from tests import documents, fixables, folders, profiles

EXAMPLE = sources.folder() / "papi_example.xlsx"
PLAN = "3.1. | Tiếp công dân | Sổ tiếp | Hiệu trưởng | Văn thư | Thường xuyên"

PLACE = "place"
"""The folder beside that of the inputs to which these are copied: what is installed remembers its paths."""
BIEU = ("-o", "out/bieu.xlsx", "--force")


@dataclass(frozen=True)
class Writer:
    """A command that writes.

    ``prepare`` puts its inputs into the folder ``in`` below the one it is given; ``run`` works in that one
    and returns the exit code, ``code`` if all is well. ``removed`` are files that a run removes if they are
    there. Where ``is_planted`` is not set, nothing else can be in the place of its outputs. Of slow ones
    only a ``few`` runs are for every day.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[], int]
    code: int = 0
    removed: tuple[str, ...] = ()
    is_planted: bool = True
    few: int = 6


def writers() -> tuple[Writer, ...]:
    """Return all of them."""
    received = ("consolidate", "in/nhan", "--roster", "in/units.csv", "-o", "out/hop-nhat.xlsx", "--force")
    letter = ("email", "in/bieu.xlsx", "-o", "out/thu.eml", "--keep", "out/giu.xlsx", "--force")
    installed = (
        "home/AppData/Roaming/Microsoft/Excel/XLSTART/papi_xl.xlam",
        "home/.xlwings/papi-xl-install.json",
        "home/.xlwings/xlwings.conf.papi-backup",
        "home/.xlwings/xlwings.xlam.papi-backup",
    )
    return (
        Writer("new", _nothing, _line("new", *BIEU), few=2),
        Writer("new --from", _fixable, _line("new", "--from", "in/bang.xlsx", *BIEU), few=0),
        Writer("import", _document, _line("import", "in/plan.docx", *BIEU), few=2),
        Writer("fix", _fixable, _line("fix", "in/bang.xlsx", "-o", "out/sua.xlsx", "--force"), code=1),
        Writer("fix --undo", _fixed, _line("fix", "in/sua.xlsx", "--undo", "-o", "out/lai.xlsx", "--force")),
        Writer("repair", _broken, _line("repair", "in/bieu.xlsx", *BIEU), few=1),
        Writer("summarize", _example, _line("summarize", "in/bieu.xlsx", "-o", "out/ra.xlsx", "--force")),
        Writer("email", _example, _line(*letter[:4], "--force"), few=2),
        Writer("email --keep", _example, _line(*letter)),
        Writer("consolidate", _received, _line(*received), code=1),
        Writer(
            "consolidate --returns",
            _received,
            _line(*received, "--returns", "out/tra-loi", "--workers", "1"),
            code=1,
            removed=("out/tra-loi/M1_Nhac-gui_Quy-II-2021.eml",),
        ),
        Writer("consolidate, Parquet", _received, _beyond_a_sheet),
        Writer("install", _machine, _installed, is_planted=False),
        Writer("install --template", _machine, _installed_with_template, is_planted=False, few=2),
        Writer("install --uninstall", _installed_machine, _uninstalled, removed=installed, is_planted=False),
        Writer("calc check", _fixable, _line("calc", "check", "in/bang.xlsx", *BIEU), code=1, few=0),
        Writer("calc summarize", _example, _line("calc", "summarize", "in/bieu.xlsx", *BIEU), few=0),
        Writer("doctor --support", _nothing, _doctor),
        Writer("demo", _nothing, _line("demo", "-o", "out", "--force"), few=1),
        Writer("build", _nothing, _line("build", "-o", "out"), few=0),
    )


def _line(*argv: str) -> Callable[[], int]:
    return lambda: main(argv)


def _nothing(place: Path) -> None:
    (place / "in").mkdir()


def _example(place: Path) -> None:
    _nothing(place)
    (place / "in" / "bieu.xlsx").write_bytes(EXAMPLE.read_bytes())


def _document(place: Path) -> None:
    _nothing(place)
    documents.docx(place / "in" / "plan.docx", documents.table(PLAN))


def _fixable(place: Path) -> None:
    _nothing(place)
    fixables.write(place / "in" / "bang.xlsx")


def _fixed(place: Path) -> None:
    _fixable(place)
    argv = ["fix", str(place / "in" / "bang.xlsx"), "-o", str(place / "in" / "sua.xlsx")]
    with redirect_stdout(io.StringIO()):
        assert main(argv) == 1


def _broken(place: Path) -> None:
    """Give a template whose table of tasks has lost its dropdowns."""
    _nothing(place)
    made = io.BytesIO()
    with zipfile.ZipFile(EXAMPLE) as whole, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as broken:
        for name in whole.namelist():
            head, _, rest = whole.read(name).partition(b"<dataValidations")
            broken.writestr(name, head + (rest.partition(b"</dataValidations>")[2] if rest else b""))
    (place / "in" / "bieu.xlsx").write_bytes(made.getvalue())


def _received(place: Path) -> None:
    _nothing(place)
    (place / "in" / "nhan").mkdir()
    folders.write_folder(place / "in" / "nhan")


def _beyond_a_sheet() -> int:
    """Consolidate as if a sheet of Excel had three rows."""
    wish = Wish(["in/nhan"], Path("out/hop-nhat.xlsx"), workers=1, force=True, most_rows=3)
    return _told(lambda: consolidate(wish))


def _machine(place: Path) -> None:
    """Give a user of Windows with Excel and a configuration of xlwings; the home is that of the child."""
    profiles.sources(place / "in")
    user = profiles.windows(place, "home")
    user.config.parent.mkdir(parents=True)
    user.config.write_bytes(b'"X","1"\r\n')
    user.startup.mkdir(parents=True)
    (user.startup / "xlwings.xlam").write_bytes(b"xlwings of 2019")


def _installed(template: Path | None = None) -> int:
    profile = profiles.windows(Path.cwd(), "home")
    files = profiles.sources(Path("in").absolute())
    plan = partial(install.installing, profile, files, template=template, force=True)
    return _told(lambda: install.carry_out(plan().changes))


def _installed_with_template() -> int:
    return _installed(Path("out/bieu.xlsx").absolute())


def _installed_machine(place: Path) -> None:
    """Give a user for whom all was installed before."""
    there = place.with_name(PLACE)
    there.mkdir()
    _machine(there)
    profile = profiles.windows(there, "home")
    install.carry_out(install.installing(profile, profiles.sources(there / "in")).changes)
    shutil.copytree(there, place, dirs_exist_ok=True)


def _uninstalled() -> int:
    profile = profiles.windows(Path.cwd(), "home")
    return _told(lambda: install.carry_out(install.uninstalling(profile).changes))


def _told(work: Callable[[], object]) -> int:
    """Do what no command does here, and end it as a command would."""
    try:
        work()
    except PapiError as error:
        print(explain(error, "vi"))
        return 2
    return 0


def _doctor() -> int:
    code = main(["doctor", "--support", "out/ho-tro.txt", "--force"])
    return 0 if code == 1 else code

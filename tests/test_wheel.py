"""The wheel carries all that the commands need: it works outside the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hatchling.build import build_wheel

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the built wheel is unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        name = build_wheel(str(folder))
    finally:
        os.chdir(before)
    with zipfile.ZipFile(folder / name) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def test_the_demo_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """In another folder, with the unpacked wheel first on the path, the whole way is gone."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    code = (
        "import papi_xl, papi_xl.cli; print(papi_xl.__file__); raise SystemExit(papi_xl.cli.main(['demo']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, cwd=tmp_path, env=environment
    )
    out = done.stdout.decode("utf-8")
    assert done.returncode == 0, done.stderr
    assert out.startswith(str(installed))
    assert len(list((tmp_path / "papi-demo").glob("*.xlsx"))) == 2


def test_a_macro_runs_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """The helpers that run inside LibreOffice come along."""
    example = installed / "papi_xl" / "workbooks" / "papi_example.xlsx"
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONIOENCODING": "utf-8"}
    code = "import sys, papi_xl.cli; raise SystemExit(papi_xl.cli.main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "calc", "check", str(example), "-o", "checked.xlsx"],
        capture_output=True, check=False, cwd=tmp_path, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "checked.xlsx").exists()


def test_what_the_wheel_carries(installed: Path) -> None:
    """The built workbooks and their sources, and no tests."""
    carried = {path.name for path in (installed / "papi_xl" / "workbooks").iterdir()}
    assert carried == {
        "src", "addin", "libreoffice", "papi_xl.xlam", "papi_xl.oxt",
        "papi_template.xlsx", "papi_template_blank.xlsx", "papi_example.xlsx", "papi_defects.xlsx",
    }  # fmt: skip
    assert not (installed / "tests").exists()

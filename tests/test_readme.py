"""The README holds: its commands run and print what it shows, its rules are those of the code."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from papi_xl.cli import main
from papi_xl.findings import Severity
from papi_xl.rules import RULES
from papi_xl.template import sources

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LETTERS = {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}
OVER_FILES = {"unreadable-workbook", "task-table-missing"}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, flags=re.MULTILINE | re.DOTALL)


def session() -> list[tuple[list[str], str]]:
    """Return each command of the terminal session and what it prints."""
    (block,) = blocks("console")
    steps = re.split(r"^\$ papi-xl ", block, flags=re.MULTILINE)[1:]
    return [(shlex.split(step.partition("\n")[0]), step.partition("\n")[2]) for step in steps]


def test_the_terminal_session(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Every command of the session runs and prints just what stands there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PAPI_LANG", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "workbooks").mkdir()
    shutil.copy(sources.folder() / "papi_example.xlsx", tmp_path / "workbooks")
    for argv, shown in session():
        assert main(argv) == 0
        printed = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert printed == [line.rstrip() for line in shown.splitlines()], argv


def test_the_snippet_for_programmers() -> None:
    """It runs as it stands, in a process of its own, from the checkout."""
    (snippet,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", snippet],
        capture_output=True,
        check=False,
        cwd=ROOT,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[['TT', 'Nội dung nhiệm vụ', 'Sản phẩm'], ['1.', 'Tham gia của người dân")


def test_one_line_sets_up_each_job() -> None:
    """One command line sets up and runs the main job, one the tests; what they call is there."""
    assert blocks("sh") == ["bash tests/setup && .venv/bin/papi-xl demo\n", "bash tests/run\n"]
    assert (ROOT / "tests" / "setup").exists()
    assert (ROOT / "tests" / "run").exists()
    assert "tests/run" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_rules_are_those_of_the_code() -> None:
    """Severity, mark and description of each rule are those of its function."""
    rows = re.findall(r"^\| `([a-z-]+)` \| ([EWI])( ✎)? \| (.+) \|$", README, flags=re.MULTILINE)
    listed = {slug: (LETTERS[letter], bool(fix), text) for slug, letter, fix, text in rows}
    assert len(rows) == len(listed)
    assert {slug: kind for slug, kind in listed.items() if slug not in OVER_FILES} == {
        rule.slug: (rule.severity, rule.fixable, (rule.check.__doc__ or "").splitlines()[0]) for rule in RULES
    }
    assert set(listed) >= OVER_FILES


def test_the_pictures_are_there() -> None:
    for path in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", README):
        assert (ROOT / path).read_bytes().startswith(b"\x89PNG")

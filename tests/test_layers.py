"""Layers point one way: a module imports only what stands above it in this list."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import papi_xl

ROOT = Path(papi_xl.__file__).parent
LONGEST_MODULE = 300
ORDER = """
    papi_xl
    papi_xl.errors papi_xl.domains papi_xl.schema papi_xl.vocabulary papi_xl.raw
    papi_xl.findings papi_xl.text papi_xl.numbering papi_xl.timing papi_xl.values papi_xl.wording papi_xl.labels
    papi_xl.headers papi_xl.rows papi_xl.parse papi_xl.completion papi_xl.report papi_xl.remaining papi_xl.summary
    papi_xl.rules.base papi_xl.rules.structure papi_xl.rules.numbers papi_xl.rules.areas papi_xl.rules.content
    papi_xl.rules.progress papi_xl.rules.cells papi_xl.rules
    papi_xl.check
    papi_xl.files
    papi_xl.bounds papi_xl.reading papi_xl.reading.package papi_xl.reading.workbook_parts
    papi_xl.reading.sheet_xml papi_xl.reading.sheet_rewrite papi_xl.reading.ole papi_xl.reading.biff8
    papi_xl.reading.biff12 papi_xl.reading.opendocument papi_xl.reading.fallback papi_xl.reading.details
    papi_xl.read
""".split()


def modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    names = {}
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


def imported(name: str, path: Path) -> Iterator[str]:
    """Yield the modules of the package that ``path`` imports, wherever in it."""
    known = modules()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in known else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_module_has_its_place() -> None:
    assert len(ORDER) == len(set(ORDER))
    assert set(modules()) == set(ORDER)


@pytest.mark.parametrize("name", ORDER)
def test_imports_point_up(name: str) -> None:
    """A module imports only modules that stand before it."""
    above = ORDER[: ORDER.index(name)]
    inside = [one for one in imported(name, modules()[name]) if one.startswith("papi_xl")]
    assert [one for one in inside if one not in above] == []


LOWER = ORDER[: ORDER.index("papi_xl.files")]
APPLICATIONS = {"openpyxl", "xlsxwriter", "python_calamine", "xlwings", "click", "rich", "zipfile", "pathlib", "io"}


@pytest.mark.parametrize("name", LOWER)
def test_the_lower_layers_know_no_files_or_applications(name: str) -> None:
    roots = {one.partition(".")[0] for one in imported(name, modules()[name])}
    assert roots.isdisjoint(APPLICATIONS)


@pytest.mark.parametrize("name", ORDER)
def test_modules_fit_a_room(name: str) -> None:
    lines = modules()[name].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE

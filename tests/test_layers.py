"""Layers point one way: a module imports only what stands above it in this list."""

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

import papi_xl

pytestmark = pytest.mark.no_cover
ROOT = Path(papi_xl.__file__).parent
LONGEST_MODULE = 300
PARTS = (
    ("", "errors domains schema vocabulary raw looks"),
    (
        "",
        "references harmless findings labels legacy text numbering periods period_texts timing values "
        "wording",
    ),
    ("", "refusals_excel refusals_files refusals_documents refusals_libreoffice refusals next_period"),
    ("", "headers titles rows columns parse completion digest report ahead remaining prospect summary"),
    ("", "groups checklist received fix_words"),
    ("rules", "base structure numbers areas content progress cells"),
    ("", "rules check fixes fix_log attachment consolidated"),
    ("", "unit_names roster identify reported_periods trend consolidation"),
    ("overview", "words tables units gaps trend task_sheets"),
    ("", "overview passing files faults bounds"),
    (
        "reading",
        "package workbook_parts sheet_xml shared_texts font_names old_fonts sheet_rewrite ole biff8_texts "
        "biff8 biff12 opendocument values fallback details",
    ),
    ("reading", "rewriting"),
    ("editing", "markup parts styles workbook order texts layout cells tables"),
    ("", "reading read editing"),
    ("writing", "layout paper charts figures coming printed fitting cells task_rows streamed tables long"),
    ("writing", "consolidated parquet returned"),
    ("", "writing write write_consolidated mail returns_words returns returns_letters"),
    ("", "log_sheet fixing undoing"),
    ("", "sent difficulties letter_words letter outbox outbox_words keeping opening"),
    ("gather", "sources records mapping store pool wish replies rosters run"),
    ("", "gather"),
    ("template", "filling planting sources styles formulas formulas_rows formulas_timing"),
    ("template", "book helper_rows help tables pages lists summary_sheet workbook"),
    ("", "template addin extension build"),
    ("moving", "parts sheets tasks sides fields run"),
    ("mending", "makeup case compare words transplant run"),
    ("", "moving mending"),
    (
        "documents",
        "content tree styles lists old_fonts paragraphs word dump layouts tables words placing titles",
    ),
    ("documents", "moving reading"),
    ("", "documents"),
    ("install", "profile changes config record settings plan removal office deployed unopkg buttons words"),
    ("", "install"),
    ("doctor", "remarks machine workbook buttons probing words support"),
    ("", "doctor"),
    (
        "libreoffice",
        "links wire bridge address missing values batch fonts orphans process foreign names cells looks "
        "rules areas",
    ),
    (
        "libreoffice",
        "ranges tables panes sheets book books asking apps hosted",
    ),
    ("", "libreoffice"),
    (
        "live",
        "words session guards layout typed handed blocks fonts extents cells marks listing own_sheets",
    ),
    ("live", "placing actions pieces changing swapping log_sheet fix_preview fix_wishes fixing repairing"),
    ("live", "folder consolidating mailing"),
    ("", "live macros clicked function_words function_inputs functions"),
    ("cli", "words usage main options prospect report table progress"),
    (
        "cli",
        "check fix_texts fix_preview fix repair summarize email consolidate new import_ build demo install",
    ),
    ("cli", "doctor calc"),
    ("", "cli __main__"),
)
ORDER = [
    "papi_xl",
    *(".".join(filter(None, ("papi_xl", group, name))) for group, names in PARTS for name in names.split()),
]


@cache
def modules() -> Mapping[str, Path]:
    """Return every module of the package by its dotted name."""
    names = {}
    for path in ROOT.rglob("*.py"):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


@cache
def imported(name: str, path: Path) -> tuple[str, ...]:
    """Return the modules of the package that ``path`` imports, wherever in it."""
    return tuple(_imported(name, path))


def _imported(name: str, path: Path) -> Iterator[str]:
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


LOWER = ORDER[: ORDER.index("papi_xl.passing")]
APPLICATIONS = {
    "openpyxl",
    "xlsxwriter",
    "python_calamine",
    "xlwings",
    "click",
    "rich",
    "zipfile",
    "pathlib",
    "io",
}


@pytest.mark.parametrize("name", LOWER)
def test_the_lower_layers_know_no_files_or_applications(name: str) -> None:
    roots = {one.partition(".")[0] for one in imported(name, modules()[name])}
    assert roots.isdisjoint(APPLICATIONS)


ENGINE = [name for name in ORDER if name.startswith("papi_xl.libreoffice")]


@pytest.mark.parametrize("name", ORDER)
def test_the_engine_stands_by_itself(name: str) -> None:
    """The engine imports nothing else of the package, and what stands above it does not import the engine."""
    inside = [one for one in imported(name, modules()[name]) if one.startswith("papi_xl")]
    if name in ENGINE:
        assert set(inside) <= set(ENGINE)
    elif ORDER.index(name) < ORDER.index(ENGINE[0]):
        assert set(inside).isdisjoint(ENGINE)


@pytest.mark.parametrize("name", ORDER)
def test_modules_fit_a_room(name: str) -> None:
    lines = modules()[name].read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE

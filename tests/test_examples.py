"""Every rule's docstring holds its own examples; here they are run."""

import re
from collections.abc import Iterator

import pytest

from papi_xl import wording
from papi_xl.rules import RULES
from papi_xl.rules.base import Rule
from tests.tables import found

NOT_OVER_TASKS = {"unreadable-workbook", "task-table-missing"}


def examples(rule: Rule) -> Iterator[tuple[list[str], str]]:
    """Yield the expected cells (none for a passing one) and the table of each example."""
    parts = re.split(r"^\s*(Passes|Fails at ([^:]+)):\n", rule.check.__doc__ or "", flags=re.MULTILINE)
    for _, cells, table in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        yield re.split(r",\s*", cells) if cells else [], table


ALL = [(rule, cells, table) for rule in RULES for cells, table in examples(rule)]


@pytest.mark.parametrize(
    ("rule", "cells", "table"),
    ALL,
    ids=[f"{rule.slug}-{'fails' if cells else 'passes'}" for rule, cells, _ in ALL],
)
def test_example(rule: Rule, cells: list[str], table: str) -> None:
    """The rule is broken at exactly the cells that its docstring names."""
    assert found(table, rule.slug) == cells


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.slug)
def test_both_ways_are_shown(rule: Rule) -> None:
    """Every rule has an example that passes and one that fails."""
    shown = [bool(cells) for cells, _ in examples(rule)]
    assert True in shown
    assert False in shown


def test_rules_are_those_with_a_wording() -> None:
    """The rules that run, and the two about files, are exactly those with a wording."""
    slugs = [rule.slug for rule in RULES]
    assert len(slugs) == len(set(slugs))
    assert set(slugs) | NOT_OVER_TASKS == set(wording.RULES)

"""Many workbooks checked together are found to be what each is found to be alone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papi_xl import check as checking
from papi_xl import completion, parse
from papi_xl.parse import Batch, Document
from papi_xl.raw import RawWorkbook
from papi_xl.read import read_workbook
from papi_xl.rules import RULES
from papi_xl.template import sources
from papi_xl.writing import cells, task_rows
from tests.many import write_units
from tests.tables import AS_OF, TODAY, workbook
from tests.test_examples import examples

EXAMPLES = [workbook(table) for rule in RULES for _, table in examples(rule)]


def checked(documents: Sequence[Document]) -> Batch:
    return checking.with_states(parse.build(documents))


def assert_same_together(books: Sequence[RawWorkbook], as_of: date | None) -> None:
    """Findings, figures and tasks of each are the same in one batch as alone, the document's number aside."""
    found = [checking.document(book, as_of=as_of, today=TODAY) for book in books]
    documents = [document for document in found if document is not None]
    together = checked(documents)
    findings = checking.findings(together)
    for index, document in enumerate(documents):
        alone = checked([document])
        own = [replace(finding, doc=0) for finding in findings if finding.doc == index]
        assert own == list(checking.findings(alone))
        tasks = together.tasks.iloc[together.spans()[index]]
        assert completion.figures(tasks) == completion.figures(alone.tasks)
        assert tasks["row"].tolist() == alone.tasks["row"].tolist()


@pytest.mark.no_cover
def test_all_examples_of_rules_together() -> None:
    assert_same_together(EXAMPLES, AS_OF)


@pytest.mark.no_cover
@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(EXAMPLES), min_size=2, max_size=12))
def test_any_workbooks_in_any_order(books: list[RawWorkbook]) -> None:
    assert_same_together(books, AS_OF)


def test_received_workbooks_together(tmp_path: Path) -> None:
    """Reports, templates and own tables, each as of the day that it names, the defects among them."""
    paths = [*write_units(tmp_path, 20), sources.folder() / "papi_defects.xlsx"]
    assert_same_together([read_workbook(path) for path in paths], None)


def test_rows_made_ready_say_what_the_tasks_say() -> None:
    """A number that Excel made a date of is that of its heading's domain; long texts fit a cell."""
    long = "a" * 40_000
    books = [
        workbook(
            "1. | Tham gia\n2021-01-10 | Họp | Biên bản | Trường MN | | 1/6/2021 | Đang thực hiện | 50%"
        ),
        workbook(f"3.1. | {long} | Văn bản | Trường MN | | Thường xuyên | Hoàn thành"),
    ]
    batch = checked([one for book in books if (one := checking.document(book, as_of=AS_OF, today=TODAY))])
    first, second = (cells.values(rows) for rows in task_rows.all_tasks(batch, "vi"))
    assert first == [
        [
            3, 1, "1.10.", "Họp", "Biên bản", "Trường MN", None, "1/6/2021", "Đang thực hiện", 0.5,
            None, None, None, "Quá hạn", 29,
        ],
    ]  # fmt: skip
    assert second[0][3] == "a" * 32_767
    late = [cells.values(rows) for rows in task_rows.overdue(batch, "vi")]
    assert late == [
        [[1, "1.10.", "Họp", "Trường MN", None, "1/6/2021", 44348, 29, "Đang thực hiện", None, None]],
        [],
    ]

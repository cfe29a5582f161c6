"""Rules about the domains: known, present, with tasks, by their official names."""

from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd

from papi_xl import domains, numbering
from papi_xl import text as texts
from papi_xl.domains import BY_NUMBER
from papi_xl.parse import Batch
from papi_xl.rules.base import ERROR, INFO, WARNING, Hit, heading_hits, hits, repeats, rule


@rule("domain-unknown", ERROR)
def domain_unknown(batch: Batch) -> Iterator[Hit]:
    """A heading, or else a task's number, leads to one of the domains 1 to 8.

    Passes:
        8. | Quản trị điện tử
        8.1. | Cổng thông tin | Văn bản | Trường MN | | Thường xuyên
    Fails at A2:
        9. | Chuyển đổi số
        9.1. | Cổng thông tin | Văn bản | Trường MN | | Thường xuyên
    Fails at A2:
        9.1. | Cổng thông tin | Văn bản | Trường MN | | Thường xuyên
        9.2. | Thư điện tử | Văn bản | Trường MN | | Thường xuyên
    Fails at A2:
        1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
        2 | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
    """
    headings = batch.headings["domain"].to_numpy()
    unknown = ~np.isin(headings, list(BY_NUMBER))
    yield from heading_hits(batch, unknown, "number", what=lambda at: ("domain", {"number": headings[at]}))
    tasks = batch.tasks
    number = tasks["domain_number"].fillna(0)
    lost = (tasks["domain"].isna() & (tasks["depth"] > 0) & (tasks["place"] != number)).to_numpy()
    later, _ = repeats(batch, lost, number=number)
    text, depth = batch.cells["number"].text, tasks["depth"].to_numpy()

    def what(index: int) -> object:
        return ("task" if depth[index] > 1 else "task-flat", {"number": text[index]})

    yield from hits(batch, lost & ~later, "number", what=what)


@rule("domain-missing", WARNING)
def domain_missing(batch: Batch) -> Iterator[Hit]:
    """Every domain of the plan's year stands in a table that has numbers.

    Passes:
        1.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
        2.1. | Công khai tài chính | Văn bản | Trường MN | | Thường xuyên
        3.1. | Họp phụ huynh | Văn bản | Trường MN | | Thường xuyên
        4.1. | Kiểm tra nội bộ | Văn bản | Trường MN | | Thường xuyên
        5.1. | Rà soát thủ tục | Văn bản | Trường MN | | Thường xuyên
        6.1. | Mua đồ dùng | Văn bản | Trường MN | | Thường xuyên
        7.1. | Trồng cây | Văn bản | Trường MN | | Thường xuyên
        8. | Quản trị điện tử
    Fails at -:
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    present = _domains_of(batch.tasks) | _domains_of(batch.headings)
    with_any = {doc for doc, _ in present}
    for index, doc in enumerate(batch.docs):
        expected = domains.expected(doc.plan_year)
        missing = [domain.number for domain in expected if (index, domain.number) not in present]
        if missing and index in with_any and "number" in doc.table.columns:
            yield Hit(index, values={"domains": ", ".join(map(str, missing))})


@rule("domain-empty", WARNING)
def domain_empty(batch: Batch) -> Iterator[Hit]:
    """A domain with a heading has tasks.

    Passes:
        3. | Trách nhiệm giải trình với người dân
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at A2:
        3. | Trách nhiệm giải trình với người dân
        4. | Kiểm soát tham nhũng trong khu vực công
        4.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    headings = batch.headings
    with_tasks = _domains_of(batch.tasks)
    empty = np.array(
        [pair not in with_tasks for pair in zip(headings["doc"], headings["domain"], strict=True)], dtype=bool
    )
    known = headings["domain"].isin(BY_NUMBER).to_numpy()
    yield from heading_hits(batch, empty & known, "number", number=headings["domain"].tolist().__getitem__)


@rule("domain-name-differs", INFO)
def domain_name_differs(batch: Batch) -> Iterator[Hit]:
    """A heading uses the official name of its domain; the number counts all the same.

    Passes:
        III. | TRÁCH NHIỆM GIẢI TRÌNH VỚI NGƯỜI DÂN
        1 | Thông báo | Văn bản | Trường MN | | Thường xuyên
    Fails at B2:
        3. | Trách nhiệm giải trình
        3.1. | Thông báo | Văn bản | Trường MN | | Thường xuyên
    """
    numbers, names = batch.headings["domain"].tolist(), batch.headings["name"].tolist()
    pairs = list(zip(numbers, names, strict=True))
    differs = {
        (number, name): name and number in BY_NUMBER and texts.header_key(name) not in _official_keys(number)
        for number, name in set(pairs)
    }
    yield from heading_hits(
        batch,
        np.array([differs[pair] for pair in pairs], dtype=bool),
        "task",
        number=numbers.__getitem__,
        value=names.__getitem__,
        official=lambda index: BY_NUMBER[numbers[index]].vi,
    )


def _domains_of(frame: pd.DataFrame) -> set[tuple[int, float]]:
    """Return the pairs of document and domain that occur in a frame."""
    pairs = frame[["doc", "domain"]].dropna().drop_duplicates()
    return set(zip(pairs["doc"], pairs["domain"], strict=True))


@cache
def _official_keys(number: int) -> frozenset[str]:
    domain = BY_NUMBER[number]
    names = (domain.vi, domain.en, f"{numbering.written((number,))} {domain.vi}")
    return frozenset(map(texts.header_key, names))

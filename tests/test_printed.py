"""The attached summary on paper, as LibreOffice prints it: pages, numbers, nothing lost."""

import re
import subprocess
from itertools import pairwise

import pytest

from papi_xl.write import write_summary
from papi_xl.writing import layout
from tests import office
from tests.summaries import INFO, built

LONG = "Tăng cường công tác tuyên truyền, phổ biến, giáo dục pháp luật về thực hiện dân chủ ở cơ sở; "
VERY_LONG = (LONG * 400)[:32_760].strip()
LEADS = "Văn bản chỉ đạo, hướng dẫn, đôn đốc, kiểm tra | Trường MN | Các khu tập trung"


def test_width_of_a_word() -> None:
    """Accents do not count: n g h i e n g are 500+500+500+278+444+500+500 thousandths, plus 7 %."""
    assert layout.text_width("nghiêng", 10) == pytest.approx(32.22 * 1.07)


def test_lines_break_at_spaces_else_within_words() -> None:
    """Seven n fill 40 points of size 10 (5.35 each); lines that the writer broke stay broken."""
    assert layout.wrapped("nnnn nnn\nn", 40, 10) == ["nnnn", "nnn", "n"]
    assert layout.wrapped("nnnn nn", 40, 10) == ["nnnn nn"]
    assert layout.wrapped("n" * 16, 40, 10) == ["n" * 7, "n" * 7, "nn"]


def test_columns_take_the_page_and_hold_their_words() -> None:
    """The long column gets most; no column is narrower than its header's widest word."""
    widths = layout.column_widths(
        ("TT", "Nội dung", "Ghi chú"), [("1.1.", LONG * 3, ""), ("1.2.", LONG, "a")], 10, 600
    )
    assert 590 < sum(widths) <= 600
    assert widths[1] > 450
    assert widths[2] >= layout.widest_word("Ghi chú", 10, bold=True)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The text of each printed page of a report with 300 tasks and some cells of any length."""
    folder = tmp_path_factory.mktemp("printed")
    rows = [
        f"{d}.{n}. | {LONG} {d}-{n}! | {LEADS} | Năm 2021 | Tạm dừng"
        for d in range(1, 7)
        for n in range(1, 51)
    ]
    rows[7] = f"1.8. | {VERY_LONG} | {LEADS} | Năm 2021 | Tạm dừng | | | {LONG * 20}"
    info = {**INFO, "unit": f"{INFO['unit']} {LONG[:95]}"}
    write_summary(folder / "big.xlsx", built("\n".join(rows), info=info))
    pdf = office.convert(folder / "big.xlsx", "pdf", folder)
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


def squeezed(page: str) -> str:
    """Return the page without spaces, which stand-in fonts put between letters too."""
    return "".join(page.split())


def by_sheet(printed: list[str]) -> list[tuple[str, list[str]]]:
    """Return the pages of each sheet under the first words of its first page."""
    sheets: list[tuple[str, list[str]]] = []
    for page in printed:
        if not re.match(r"\s*\d+\n", page):
            sheets.append((re.findall("PHÒNGGD|PHỤLỤC|TOÀNVĂN", squeezed(page))[0], []))
        sheets[-1][1].append(page)
    return sheets


def test_printed_pages_are_numbered_from_the_second(printed: list[str]) -> None:
    """Each sheet counts its own pages; its first page carries no number."""
    numbers = [re.match(r"\s*(\d+)\n", page) for page in printed]
    found = [int(match[1]) if match else 1 for match in numbers]
    assert found[0] == 1
    assert all(number in (1, before + 1) for before, number in pairwise(found))
    assert [name for name, _ in by_sheet(printed)] == ["PHÒNGGD", "PHỤLỤC", "TOÀNVĂN"]


def test_printed_annex_repeats_its_header_and_shows_every_task(printed: list[str]) -> None:
    annex = dict(by_sheet(printed))["PHỤLỤC"]
    tasks = [number for page in annex for number in re.findall(r"^\s*(\d\.\d+)\. ", page, re.MULTILINE)]
    assert len(tasks) == len(set(tasks)) == 300
    for page in annex:
        assert re.search(r"^\s*TT .*Ghi chú", page, re.MULTILINE)
        assert re.search(r"^\s*\d\.\d+\. ", page, re.MULTILINE)


def test_printed_signature_stands_on_one_page_with_the_last_task(printed: list[str]) -> None:
    page = next(squeezed(page) for page in printed if "TM.BANGIÁMHIỆU" in squeezed(page))
    assert all(
        text in page for text in ("Nơinhận:", "Lưu:VT.", "HIỆUTRƯỞNG", "ĐỗThịAn", "1.15", "và285nhiệmvụkhác")
    )

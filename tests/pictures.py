"""Render the pictures of the README from the real files: `python -m tests.pictures`."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from papi_xl.checklist import TITLE
from papi_xl.cli import main
from papi_xl.fix_words import TITLE as LOG_TITLE
from papi_xl.overview import words
from papi_xl.schema import TASKS
from papi_xl.template import sources
from tests.boxes import said, tidy
from tests.desk import Desk
from tests.folders import write_folder
from tests.office import pages
from tests.png import png
from tests.screen import PATIENCE, SIZE, Picture, settled
from tests.windows import opened

DPI = 80
TASKS_PAGE = 2


def render() -> None:
    """Write the pictures: sheets of tasks, findings, a log of fixes, a summary, a consolidated workbook."""
    example, defects = (sources.folder() / f"papi_{name}.xlsx" for name in ("example", "defects"))
    pictures = sources.folder() / "pictures"
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        summary = folder / "summary.xlsx"
        main(["summarize", str(example), "-o", str(summary)])
        (pictures / "summary.png").write_bytes(pages(summary, folder, dpi=DPI)[0].read_bytes())
        (pictures / "template.png").write_bytes(pages(example, folder, dpi=DPI)[TASKS_PAGE].read_bytes())
        checked = folder / "checked.xlsx"
        main(["calc", "check", str(defects), "-o", str(checked)])
        after = pages(checked, folder, dpi=DPI)
        (pictures / "marks.png").write_bytes(after[TASKS_PAGE].read_bytes())
        (pictures / "findings.png").write_bytes(after[page_of(folder / "checked.pdf", TITLE[0])].read_bytes())
        fixed = folder / "fixed.xlsx"
        main(["fix", str(defects), "-o", str(fixed)])
        log = pages(fixed, folder, dpi=DPI)[page_of(folder / "fixed.pdf", LOG_TITLE[0])]
        (pictures / "log.png").write_bytes(log.read_bytes())
        (pictures / "ahead.png").write_bytes((folder / "summary-2.png").read_bytes())
        roster, together = write_folder(folder / "received"), folder / "together.xlsx"
        options = ["--roster", str(roster), "--as-of", "2021-06-30", "--no-cache"]
        main(["consolidate", str(folder / "received"), "-o", str(together), *options])
        shown = pages(together, folder, dpi=DPI)
        (pictures / "consolidated.png").write_bytes(shown[0].read_bytes())
        gaps = page_of(folder / "together.pdf", words.GAPS_TITLE[0])
        (pictures / "gaps.png").write_bytes(shown[gaps].read_bytes())
    render_windows(pictures)


def render_windows(pictures: Path) -> None:
    """Write the pictures of Calc's window in Vietnamese: the toolbar; marked cells, and what one lacks."""
    desk = Desk("vi")
    try:
        for name in ("example", "defects"):
            shutil.copyfile(sources.folder() / f"papi_{name}.xlsx", desk.desktop_folder / f"bieu-{name}.xlsx")
        window = opened(desk, desk.desktop_folder / "bieu-example.xlsx")
        window.show(TASKS)
        (pictures / "calc-toolbar.png").write_bytes(png(still(desk)))
        window.close()
        window = opened(desk, desk.desktop_folder / "bieu-defects.xlsx")
        window.click("Kiểm tra")
        said(desk)
        window.show(TASKS)
        window.select(TASKS, "F8")
        window.click("Lỗi tiếp theo").wait(PATIENCE)
        (pictures / "calc-marks.png").write_bytes(png(still(desk)))
    finally:
        tidy(desk)
        desk.close()


def still(desk: Desk) -> Picture:
    """Return what the screen shows once it changes no more, without the mouse over anything."""
    before = Picture(0, ())
    desk.screen.act("mousemove", SIZE[0] - 1, SIZE[1] - 1)
    return settled(desk.screen, before)


def page_of(printed: Path, title: str) -> int:
    """Return the number, from 0, of the first page of a PDF file that begins with ``title``."""
    done = subprocess.run(["pdftotext", str(printed), "-"], capture_output=True, check=True)
    starts = [page.lstrip().startswith(title) for page in done.stdout.decode().split("\f")]
    return starts.index(True)


if __name__ == "__main__":
    render()

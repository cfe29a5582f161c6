"""What understands texts, under coverage-guided fuzzing: `python -m tests.fuzz --parsers --minutes N`.

Each target takes bytes that the fuzzer makes up and raises on what must not be; a refusal is no fault.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

SLOWEST: Final = 5
"""Seconds that one text may take."""
LONGEST: Final = 8_000
ROWS: Final = 40

Target = Callable[[bytes], object]


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one target for so long; ends this process. What brings out a fault is kept in ``folder``."""
    import atheris  # noqa: PLC0415 - it watches what is imported from here on

    with atheris.instrument_imports(include=["papi_xl"]):
        target = targets()[name]
    folder.mkdir(parents=True, exist_ok=True)
    argv = [
        sys.argv[0], f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/{name}-", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0",
    ]  # fmt: skip
    atheris.Setup([*argv, *corpus(folder.parent / "corpus", name)], target)
    atheris.Fuzz()


def corpus(folder: Path, name: str) -> list[str]:
    """Write the texts to begin with and return their folder."""
    from tests.hostile import texts  # noqa: PLC0415 - not to be watched

    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate((*texts.WRITTEN, *texts.OBEYED)):
        (place / str(number)).write_text(text, encoding="utf-8")
    return [str(place)]


def targets() -> dict[str, Target]:
    """Return the targets by name."""
    from datetime import date  # noqa: PLC0415 - what is watched is loaded late

    from papi_xl import (  # noqa: PLC0415
        check,
        fix_log,
        legacy,
        mail,
        numbering,
        period_texts,
        roster,
        sent,
        timing,
        values,
    )
    from papi_xl import text as texts  # noqa: PLC0415
    from papi_xl.documents import dump  # noqa: PLC0415
    from papi_xl.documents.moving import moved  # noqa: PLC0415
    from papi_xl.documents.reading import decoded  # noqa: PLC0415
    from papi_xl.documents.tables import find  # noqa: PLC0415
    from papi_xl.errors import PapiError  # noqa: PLC0415
    from papi_xl.raw import RawSheet, RawWorkbook  # noqa: PLC0415

    day = date(2021, 6, 30)

    def table(data: bytes) -> list[list[Any]]:
        rows = _text(data).split("\n")[:ROWS]
        return [[cell or None for cell in row.split("\t")] for row in rows]

    def workbook(data: bytes) -> None:
        rows = table(data)
        sheet = RawSheet("Bảng", rows, range(1, len(rows) + 1))
        check.check(RawWorkbook("a", (sheet,)), as_of=day, today=day)

    def numbers(data: bytes) -> None:
        text = _text(data)
        number = numbering.levels(text)
        if number and numbering.levels_of(numbering.order_of(number)) != number:
            message = f"{number} is not {numbering.levels_of(numbering.order_of(number))}"
            raise AssertionError(message)
        numbering.heading(text)
        numbering.orders(text.split("\n"))

    def tidy(data: bytes) -> None:
        text = _text(data)
        if texts.tidy(texts.tidy(text)) != texts.tidy(text):
            raise AssertionError(text)
        texts.clean(text), texts.header_key(text), texts.same_keys([text]), texts.slug(text, 30)
        texts.numbered(text.split("\n")), texts.first_words(text, 20), texts.contents(texts.tidied([text]))

    def word(data: bytes) -> None:
        try:
            moved(find(dump.blocks(decoded(data))))
        except PapiError:
            return

    def units(data: bytes) -> None:
        try:
            roster.roster(roster.rows_of_csv(data))
        except PapiError:
            return

    def kept(data: bytes) -> None:
        rows = table(data)
        sent.from_rows(rows)
        fix_log.entries(rows)

    def percents(data: bytes) -> None:
        values.percent(_text(data)), values.near_percent(_text(data))
        values.status(_text(data)), values.near_status(_text(data))

    def fonts(data: bytes) -> None:
        for encoding in legacy.Encoding:
            legacy.converted(_text(data), encoding)
        legacy.encoding_of_font(_text(data))

    def timings(data: bytes) -> None:
        timing.parse(_text(data), 2021), timing.as_date(_text(data)), values.year(_text(data))
        period_texts.told(_text(data), 2021)

    return {
        "timing": timings, "numbers": numbers, "percent": percents, "texts": tidy, "headers": workbook,
        "plans": word, "rosters": units, "logs": kept, "fonts": fonts,
        "addresses": lambda data: mail.recipients(_text(data)),
    }  # fmt: skip


NAMES: Final = (
    "timing", "numbers", "percent", "texts", "headers", "plans", "rosters", "logs", "fonts", "addresses",
)  # fmt: skip


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


if __name__ == "__main__":
    fuzz(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

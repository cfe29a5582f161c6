"""What understands texts, under coverage-guided fuzzing: `python -m tests.fuzz --parsers --minutes N`."""

import sys
from pathlib import Path
from typing import Final

import atheris

with atheris.instrument_imports(include=["papi_xl"]):
    from tests.understood import TARGETS

from tests.hostile.texts import OBEYED, WRITTEN

SLOWEST: Final = 5
"""Seconds that one text may take."""
LONGEST: Final = 8_000


def fuzz(name: str, seconds: int, folder: Path) -> None:
    """Fuzz one target for so long; ends this process. What brings out a fault is kept in ``folder``."""
    target = TARGETS[name]
    known = folder / "corpus" / name
    known.mkdir(parents=True, exist_ok=True)
    for number, text in enumerate((*WRITTEN, *OBEYED)):
        (known / str(number)).write_text(text, encoding="utf-8")
    argv = [
        sys.argv[0], f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-max_len={LONGEST}",
        f"-artifact_prefix={folder}/{name}-", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=0",
        str(known),
    ]  # fmt: skip
    atheris.Setup(argv, lambda data: target(data.decode("utf-8", "replace")))
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

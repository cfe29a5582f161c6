"""The real spreadsheet application for the tests: LibreOffice, headless, with a profile of its own."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

RECALCULATE_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def convert(source: Path, target: str, folder: Path, *, reader: str = "") -> Path:
    """Convert ``source`` with LibreOffice to ``target`` (an extension such as ``pdf``) in ``folder``.

    Every formula is recalculated on loading. ``reader`` names the import filter for a file whose kind
    LibreOffice does not tell by itself. Fails where LibreOffice is missing or writes nothing.
    """
    return converted([source], target, folder, reader=reader)[0]


def converted(sources: Sequence[Path], target: str, folder: Path, *, reader: str = "") -> list[Path]:
    """Do as :func:`convert` for several files at once, which takes one start of LibreOffice."""
    with tempfile.TemporaryDirectory() as home:
        profile = Path(home, "profile")
        Path(profile, "user").mkdir(parents=True)
        Path(profile, "user", "registrymodifications.xcu").write_text(RECALCULATE_ALWAYS, encoding="utf-8")
        done = subprocess.run(
            ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
             *([f"--infilter={reader}"] if reader else []),
             "--convert-to", target, "--outdir", str(folder), *map(str, sources)],
            capture_output=True, text=True, timeout=180, check=False, env=environment(home),
        )  # fmt: skip
    made = [folder / f"{source.stem}.{target.partition(':')[0]}" for source in sources]
    missing = [path.name for path in made if not path.exists()]
    assert missing == [], f"LibreOffice wrote no {missing}: {done.stdout} {done.stderr}"
    return made


def environment(home: str) -> dict[str, str]:
    """Return a small environment: a home of its own, no display, a Vietnamese-capable encoding."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing: bash tests/run installs it"
    return {"HOME": home, "PATH": f"{Path(office).parent}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TMPDIR": home}


def pages(source: Path, folder: Path, *, dpi: int = 70) -> list[Path]:
    """Render ``source`` (a workbook) to one PNG a printed page, in order."""
    pdf = convert(source, "pdf", folder)
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", str(pdf), str(folder / source.stem)], check=True)
    return sorted(folder.glob(f"{source.stem}-*.png"))

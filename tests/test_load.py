"""Many workbooks at once, good and bad, and workers that die: nothing is lost."""

import subprocess
import sys

import pytest

from tests.clusters import unmeasured


@pytest.mark.no_cover
def test_good_ones_are_counted_and_bad_ones_listed() -> None:
    """Each has its figures or its reason, within 1 GiB a process; `python -m tests.load` takes more files."""
    command = [sys.executable, "-m", "tests.load", "--files", "400"]
    done = subprocess.run(command, env=unmeasured(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout

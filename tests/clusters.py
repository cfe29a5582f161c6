"""A real cluster for the tests: a dask scheduler and worker processes on 127.0.0.1, ended with the test."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """The scheduler's address, and the worker processes."""

    address: str
    workers: tuple[subprocess.Popen[bytes], ...]


@contextmanager
def running(folder: Path, count: int = 2) -> Iterator[Cluster]:
    """Run a scheduler with ``count`` workers, one thread each, without nannies to start them again."""
    known = folder / "scheduler.json"
    with ExitStack() as stack:
        stack.enter_context(
            started("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show",
                    "--scheduler-file", str(known))
        )  # fmt: skip
        wait_until(known.exists)
        time.sleep(0.1)
        address = json.loads(known.read_text())["address"]
        workers = [
            stack.enter_context(
                started("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                        "--host", "127.0.0.1", "--local-directory", str(folder))
            )
            for _ in range(count)
        ]  # fmt: skip
        wait_until(lambda: connected(address) == count)
        yield Cluster(address, tuple(workers))


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of dask, and end its process."""
    dask = str(Path(sys.executable).with_name("dask"))
    with subprocess.Popen([dask, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def connected(address: str) -> int:
    """Return how many workers the scheduler knows."""
    ask = f"from distributed import Client\nwith Client({address!r}) as c: print(len(c.nthreads()))"
    asked = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    return int(asked.stdout)


def wait_until(holds: object) -> None:
    """Poll until ``holds`` does."""
    end = time.monotonic() + SECONDS
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "the cluster did not come up"
        time.sleep(0.1)

"""A real cluster for the tests: a dask scheduler and worker processes on 127.0.0.1, ended with the test."""

import json
import os
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
        wait_for_workers(address, count)
        yield Cluster(address, tuple(workers))


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of dask, and end its process; killed as it is, it could tell nothing of coverage."""
    dask, plain = str(Path(sys.executable).with_name("dask")), unmeasured()
    with subprocess.Popen(
        [dask, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=plain
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for_workers(address: str, count: int) -> None:
    """Wait until the scheduler knows so many workers."""
    wait = f"with Client({address!r}) as client: client.wait_for_workers({count}, {SECONDS})"
    subprocess.run(
        [sys.executable, "-c", f"from distributed import Client\n{wait}"], check=True, env=unmeasured()
    )


def unmeasured() -> dict[str, str]:
    """Return the environment without what has coverage look at a process."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def wait_until(holds: object) -> None:
    """Poll until ``holds`` does."""
    end = time.monotonic() + SECONDS
    while not holds():  # type: ignore[operator]
        assert time.monotonic() < end, "the cluster did not come up"
        time.sleep(0.1)

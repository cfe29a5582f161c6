"""Many workers behind one interface, `concurrent.futures.Executor`: processes of this machine, or a cluster.

A worker that dies takes its pool along (`ProcessPoolExecutor`), so the pool is made anew and what was under
way is tried again in smaller parts, until the file that does it is alone.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from typing import Any, Final, Generic, TypeVar

from papi_xl.errors import PapiError, UsageError

Item = TypeVar("Item")
Answer = TypeVar("Answer")

Opened = AbstractContextManager["Workers"]
CONNECT_SECONDS: Final = 10
POLL_SECONDS: Final = 5
PATIENCE: Final = 4
"""So often in a row is everybody gone before the work is given up: workers may be started again meanwhile."""
START_METHOD: Final = "fork" if sys.platform == "linux" else None
"""A process that is forked has loaded everything already; elsewhere than on Linux that is not safe."""
PIECES: Final = 16
"""So many parts are made of one that a worker died of: few tries until the file that did it is alone."""
MOST_ON_WINDOWS: Final = 61
"""Windows cannot wait for more processes at once (source: documentation of `ProcessPoolExecutor`)."""
LOST_WORKERS: Final = frozenset({"KilledWorker"})
"""Exceptions of dask.distributed for a task during which workers died, time and again."""


class AllGoneError(Exception):
    """There is nobody left to do the work."""


@dataclass(frozen=True)
class Workers:
    """Where work is done: ``executor`` opens an executor for at most ``count`` tasks at a time.

    ``alive`` tells whether there is still anybody to do it; it is asked where nothing comes for long.
    """

    executor: Callable[[], AbstractContextManager[Executor]]
    count: int
    alive: Callable[[], bool] = lambda: True


@dataclass(frozen=True)
class Done(Generic[Item, Answer]):
    """What came of a part of the work; ``answer`` is ``None`` where the worker died of its single item."""

    items: Sequence[Item]
    answer: Answer | None


@contextmanager
def local(count: int) -> Iterator[Workers]:
    """Open ``count`` processes of this machine; they begin and end with each executor.

    There are fewer where the system takes no more.
    """
    count = min(count, MOST_ON_WINDOWS) if sys.platform == "win32" else count

    @contextmanager
    def executor() -> Iterator[Executor]:
        context = multiprocessing.get_context(START_METHOD)
        pool = ProcessPoolExecutor(count, mp_context=context, initializer=_settle)
        try:
            yield pool
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    yield Workers(executor, count)


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Open the workers of the dask.distributed scheduler at ``address``, such as ``tcp://10.0.0.5:8786``.

    Raises:
        PapiError: ``cluster-package-missing``; UsageError: ``scheduler-unreachable`` (``address``),
            ``scheduler-no-workers``, or ``scheduler-lost`` for what the body raises once it or all are gone.
    """
    try:
        from distributed import Client  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        code = "cluster-package-missing"
        raise PapiError(code, package="distributed") from error

    try:
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        raise UsageError("scheduler-unreachable", address=address) from error

    @contextmanager
    def executor() -> Iterator[Executor]:
        pool = client.get_executor(pure=False)
        try:
            yield pool
        finally:
            pool.shutdown(wait=False)

    def alive() -> bool:
        try:
            return bool(client.nthreads())
        except Exception:  # noqa: BLE001 - whatever the client says of a scheduler that is gone
            return False

    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UsageError("scheduler-no-workers", address=address)
        try:
            yield Workers(executor, threads, alive)
        except Exception as error:
            ours = isinstance(error, CancelledError | AllGoneError)
            if not ours and not type(error).__module__.startswith("distributed"):
                raise
            raise UsageError("scheduler-lost", address=address) from error


def run(
    workers: Workers, function: Callable[[Sequence[Item]], Answer], parts: Sequence[Sequence[Item]]
) -> Iterator[Done[Item, Answer]]:
    """Yield what ``function`` answers for each of ``parts``, in whatever order they are done.

    No more than two parts a worker are handed out at a time, so answers do not pile up.

    Raises:
        AllGoneError: all workers are gone, and none has come back for a while.
    """
    todo = deque(parts)
    while todo:
        lost = yield from _until_lost(workers, function, todo)
        for part in lost:
            if len(part) > 1:
                size = -(-len(part) // PIECES)
                todo.extendleft(part[first : first + size] for first in range(0, len(part), size))
            elif (yield from _until_lost(workers, function, deque([part]))):
                yield Done(part, None)


def _until_lost(
    workers: Workers, function: Callable[[Sequence[Item]], Answer], todo: deque[Sequence[Item]]
) -> Generator[Done[Item, Answer], None, list[Sequence[Item]]]:
    """Work through ``todo`` until it is done or a worker dies; return what was under way then."""
    lost: list[Sequence[Item]] = []
    under_way: dict[Future[Answer], Sequence[Item]] = {}
    with workers.executor() as executor:
        while (todo and not lost) or under_way:
            while todo and not lost and len(under_way) < 2 * workers.count:
                part = todo.popleft()
                try:
                    under_way[executor.submit(function, part)] = part
                except BrokenProcessPool:
                    lost.append(part)
            for future in _finished(under_way, workers):
                part = under_way.pop(future)
                try:
                    answer = future.result()
                except Exception as error:
                    if not _died(error):
                        raise
                    lost.append(part)
                else:
                    yield Done(part, answer)
    return lost


def _finished(under_way: Collection[Future[Answer]], workers: Workers) -> set[Future[Answer]]:
    """Wait until one of the futures is done; return those that are."""
    silent = 0
    while True:
        finished, _ = wait(under_way, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
        if finished or not under_way:
            return finished
        silent = 0 if workers.alive() else silent + 1
        if silent == PATIENCE:
            raise AllGoneError


def _died(error: Exception) -> bool:
    return isinstance(error, BrokenProcessPool) or type(error).__name__ in LOST_WORKERS


def _settle() -> None:
    """Make a worker process ready: Ctrl-C is for the parent, without which there is nothing to live for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.__stderr__.fileno() if sys.__stderr__ else 2)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _follow(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)

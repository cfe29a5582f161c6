"""What is kept while ``App.screen_updating`` is False, and how it is carried out: in one call, all or none.

Everything stands in one undo context of the document: one Undo in Calc takes it all back. Tried with
LibreOffice 7.4, values, formulas, formats, sizes, merges, links, sheets, names and tables are recorded by
Calc itself (values in cells that were empty with some help, and not for more than 250,000 cells at once). Two
things are not. Conditional formats: an action that changes nothing stands in for them, whose undoing brings
the old rules back (Redo does not bring the new ones). The active sheet and the selection: they change last,
and Undo goes to the cell that was selected at first (to the first of several), as it goes to where the last
action that it undoes took place, which is another one that changes nothing.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from papi_xl.libreoffice.bridge import said
from papi_xl.libreoffice.links import OfficeError

CARRIED = 20_000
Corners = tuple[tuple[int, int, int, int], ...]


class Task(NamedTuple):
    """A helper of ``basic`` with its arguments after the document.

    Attributes:
        name: The helper.
        arguments: Its arguments.
        data: Rows that are written into the block directly, too many for Basic; None otherwise.
    """

    name: str
    arguments: tuple[Any, ...]
    data: tuple[tuple[Any, ...], ...] | None = None

    def described(self) -> str:
        """Say for an error message what the task does and where."""
        place = self.arguments[0] if self.arguments else ""
        where = place[0] if isinstance(place, tuple) else place
        return f"{self.name} on sheet {where}" if where else self.name


class RuleChange:
    """Changes to the conditional formats of one sheet."""

    def __init__(self) -> None:
        self.removals: list[tuple[Any, ...]] = []
        self.clears: list[Corners] = []
        self.additions: list[tuple[Any, ...]] = []

    @property
    def extent(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rectangle round all that the changes touch, and the one round what gets new rules."""
        added = [one[0] for one in self.additions]
        return bounds([*(one[0] for one in self.removals), *self.clears, *added]), bounds(added)

    def packed(self, sheet: str) -> tuple[Any, ...]:
        """Return what the helper ``ChangeRules`` takes."""
        return sheet, self.extent, tuple(self.removals), tuple(self.clears), tuple(self.additions)


def bounds(places: list[Corners]) -> tuple[int, ...]:
    """Return the rectangle round all rectangles of all places, nothing for none."""
    corners = [corner for place in places for corner in place]
    if not corners:
        return ()
    tops, lefts, bottoms, rights = zip(*corners, strict=True)
    return min(tops), min(lefts), max(bottoms), max(rights)


class Batch:
    """What a book has still to carry out.

    Attributes:
        tasks: What Calc records for Undo, in order.
        rules: Changes of conditional formats by sheet, carried out after them.
        view: The helper that activates or selects, with its arguments when the time comes.
        reverts: What takes back in Python's own objects what was not carried out.
    """

    def __init__(self) -> None:
        self.tasks: list[Task] = []
        self.rules: dict[Any, RuleChange] = {}
        self.view: Callable[[], Task] | None = None
        self.shown: Any = None
        self.reverts: list[Callable[[], None]] = []

    def __bool__(self) -> bool:
        return bool(self.tasks or self.rules or self.view)

    @property
    def moves_sheets(self) -> bool:
        """Whether a sheet is to be added, deleted or renamed."""
        return any(task.name in {"AddSheet", "RemoveSheet", "RenameSheet"} for task in self.tasks)

    def revert(self) -> None:
        """Take back in Python's own objects what the tasks would have changed."""
        for action in reversed(self.reverts):
            action()

    def drop_sheet(self, sheet: Any) -> None:
        """Forget what was to be done last on a sheet that goes."""
        self.rules.pop(sheet, None)
        if self.shown is sheet:
            self.shown = self.view = None


def carry_out(book: Any, batch: Batch) -> None:
    """Carry out a batch: one call, two more for each very large block of values in it.

    Raises:
        OfficeError: A task failed; it is named, and the workbook is as it was before.
    """
    run, document = book.office.run, book.document
    view = [batch.view()] if batch.view else []
    changes = tuple(change.packed(sheet.name) for sheet, change in batch.rules.items())
    if not batch.tasks and not changes:
        for task in view:
            run(task.name, document, *task.arguments)
        return
    recorded = [Task("RecordRules", ((change[0], change[1]),)) for change in changes]
    parts = parted([*batch.tasks, *recorded, *view])
    for number, part in enumerate(parts):
        first, last = number == 0, number == len(parts) - 1
        packed = tuple((task.name, task.arguments) for task in part)
        done, *answer = run("Together", document, book.undo_title, packed, first, last, changes)
        if not done:
            raise refusal([*part, *(Task("ChangeRules", change) for change in changes)], *answer)
        if not last:
            write_directly(book, part[-1], answer[0][-1])


def parted(tasks: list[Task]) -> list[list[Task]]:
    """Return the tasks in parts: all but the last part end by fetching a block that is written directly."""
    parts: list[list[Task]] = [[]]
    for task in tasks:
        if task.data is None:
            parts[-1].append(task)
        else:
            place, _, formulas, formats, _ = task.arguments
            parts[-1].append(Task("Reserve", (place,), task.data))
            parts.append([Task("Finish", (place, formulas, formats))])
    return parts


def write_directly(book: Any, task: Task, block: Any) -> None:
    """Write a very large block; when that fails, take back what was done so far.

    Raises:
        OfficeError: LibreOffice refused the values.
    """
    try:
        book.office.remote(block).setDataArray(task.data)
    except OfficeError:
        book.office.run("TakenBack", book.document, True)  # noqa: FBT003 - the helper's only choice
        raise


def refusal(tasks: list[Task], number: int, text: str, taken_back: bool) -> OfficeError:
    """Return the error that says which task failed and how the workbook is now."""
    what = tasks[number].described() if 0 <= number < len(tasks) else "beginning"
    now = "is as it was before" if taken_back else "keeps no undo: what was done before stays"
    return OfficeError(f"LibreOffice: {what}: {said(text)}; the workbook {now}")

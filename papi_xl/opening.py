"""Showing a mail draft to the user, who looks at it and sends it; nothing is ever sent from here.

Not run on Windows or with Outlook by our tests: what is said to Outlook is, against a stand-in.
Sources: Outlook's object model (`Application.CreateItem`, `MailItem.Display`, `Attachments.Add`), Python's
`os.startfile`, the manuals of `open` (macOS) and `xdg-open` (freedesktop.org).
"""

import importlib
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from papi_xl import files
from papi_xl.errors import OutputError
from papi_xl.mail import Draft, body_text, file_names, one_line, recipients

OUTLOOK: Final = "Outlook.Application"
"""Registered by the Outlook of Office; the new Outlook of Windows 11 has no object model."""
MAIL_ITEM: Final = 0
"""Outlook's `OlItemType.olMailItem`."""
MAC: Final = "darwin"
PATIENCE: Final = 10
"""Seconds to wait for the program that opens files; some stay until the user closes the mail."""


def open_draft(path: Path, draft: Draft, patience: float = PATIENCE) -> None:
    """Show ``draft``, which is the file ``path``, in the user's mail program.

    What opens files is waited for so many seconds at most.

    Raises:
        OutputError: ``draft-not-opened`` (``file``, ``reason``); the file is there all the same.
    """
    if sys.platform == "win32":
        with suppress(Exception):  # without Outlook, or where it refuses, the file is opened instead
            show_in_outlook(importlib.import_module("win32com.client").Dispatch(OUTLOOK), draft)
            return
        try:
            os.startfile(path.resolve())  # noqa: S606 (what else would open it)
        except OSError as error:
            raise _not_opened(path, error.strerror or str(error)) from error
    else:
        _open_with("open" if sys.platform == MAC else "xdg-open", path, patience)


def show_in_outlook(outlook: Any, draft: Draft) -> None:  # noqa: ANN401 (what pywin32 gives)
    """Have Outlook show ``draft`` as a message that is being written.

    Args:
        outlook: its `Application` object.
        draft: what to show; its files are handed over under the names that an .eml would give them.
    """
    item = outlook.CreateItem(MAIL_ITEM)
    item.To = "; ".join(recipients(draft.to).addresses)
    item.Subject = one_line(draft.subject)
    item.Body = body_text(draft)
    with files.passing_folder() as folder:
        for name, attachment in zip(file_names(draft), draft.attachments, strict=True):
            path = folder / name
            path.write_bytes(attachment.content)
            item.Attachments.Add(str(path))
    item.Display()


def _open_with(program: str, path: Path, patience: float) -> None:
    none = subprocess.DEVNULL
    command = [program, str(path.resolve())]
    try:
        started = subprocess.Popen(  # noqa: S603 (the system's own program)
            command, stdin=none, stdout=none, stderr=none, start_new_session=True
        )
    except OSError as error:
        raise _not_opened(path, program) from error
    with suppress(subprocess.TimeoutExpired):
        if started.wait(patience):
            raise _not_opened(path, program)


def _not_opened(path: Path, reason: str) -> OutputError:
    return OutputError("draft-not-opened", file=str(path), reason=reason)

"""Asking for a folder in whatever application the button was clicked in."""

import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import xlwings as xw

from papi_xl.errors import UsageError
from papi_xl.live.placing import WEB
from papi_xl.live.session import MAC

FOLDER_PICKER: Final = 4
"""Office's `MsoFileDialogType.msoFileDialogFolderPicker`."""
CHOSEN: Final = -1
"""What Office's `FileDialog.Show` returns for its action button; 0 is Cancel."""

OSASCRIPT: Final = "osascript"
MAC_SCRIPT: Final = """
on run argv
    tell me to activate
    try
        return POSIX path of (choose folder with prompt (item 1 of argv))
    on error number -128
        return ""
    end try
end run
"""
"""Error -128 is AppleScript's word for Cancel."""


def choose_folder(app: xw.App, prompt: str) -> Path | None:
    """Have the user choose a folder under the title ``prompt``; ``None`` where they press Cancel.

    Raises:
        UsageError: ``folder-on-the-web`` (``folder``), it has an address instead of a path.
    """
    own = getattr(
        app.impl, "choose_folder", None
    )  # an engine of ours asks itself, xlwings has no such member
    if own is not None:
        chosen = own(prompt)
    elif sys.platform == MAC:
        chosen = _on_a_mac(prompt)
    else:
        chosen = _in_excel(app.api, prompt)
    if not chosen:
        return None
    if WEB in chosen:
        raise UsageError("folder-on-the-web", folder=chosen)
    return Path(chosen)


def _in_excel(excel: Any, prompt: str) -> str | None:  # noqa: ANN401 (what pywin32 gives)
    dialog = excel.FileDialog(FOLDER_PICKER)
    dialog.Title = prompt
    return str(dialog.SelectedItems.Item(1)) if dialog.Show() == CHOSEN else None


def _on_a_mac(prompt: str) -> str:
    """Ask by AppleScript: Excel for Mac has no folder dialog, and its own sandbox no say over ours."""
    command = [OSASCRIPT, "-e", MAC_SCRIPT, prompt]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 (the system's own program)
    return done.stdout.decode("utf-8").removesuffix("\n")

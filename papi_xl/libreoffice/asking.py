"""What the application asks a person: to press a button, to choose a folder."""

from collections.abc import Callable
from typing import Any

from papi_xl.libreoffice.bridge import Office
from papi_xl.libreoffice.foreign import path_of
from papi_xl.libreoffice.missing import refusal

CHOSEN = 1
"""``com.sun.star.ui.dialogs.ExecutableDialogResults.OK``; CANCEL is 0."""


class Asking:
    """Beyond what xlwings documents: who answers where no window is.

    ``answers`` is called with prompt, title, buttons and mode when :meth:`alert` is, and says which button
    was pressed: ``ok``, ``yes``, ``no`` or ``cancel``. ``folders`` is called with the title when
    :meth:`choose_folder` is, and says which folder was chosen, None for none.
    """

    answers: Callable[[str, str | None, str, str | None], str] | None = None
    folders: Callable[[str], str | None] | None = None

    def alert(self, prompt: str, title: str | None, buttons: str, mode: str | None, callback: Any) -> str:
        """Ask :attr:`answers`; ``callback`` is xlwings Server's alone.

        Raises:
            NotImplementedError: Nobody is there to answer.
        """
        answers = self.answers or refusal("App.alert")
        return str(answers(prompt, title, buttons, mode))

    def choose_folder(self, title: str) -> str | None:
        """Ask :attr:`folders` for a folder; return its path, None where none was chosen.

        Raises:
            NotImplementedError: Nobody is there to choose.
        """
        folders = self.folders or refusal("App.choose_folder")
        chosen = folders(title)
        return None if chosen is None else str(chosen)


def picked(office: Office, title: str) -> str | None:
    """Have a folder picked in LibreOffice's own dialog; return its path, or its address on the web.

    None where the dialog was closed, or cannot be shown as there is no window.
    """
    dialog = office.service("ui.dialogs.FolderPicker")
    dialog.setTitle(title)
    if dialog.execute() != CHOSEN:
        return None
    address = str(dialog.getDirectory())
    return str(path_of(address) or address)

"""Asking for a folder where there is no LibreOffice: what Excel and a Mac are asked, and what they answer."""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from papi_xl.errors import UsageError
from papi_xl.live import folder


@dataclass
class Chosen:
    """`FileDialogSelectedItems`, which counts from 1."""

    paths: list[str]

    def Item(self, index: int) -> str:  # noqa: N802 (as Office names it)
        """Return a path."""
        assert 1 <= index <= len(self.paths)
        return self.paths[index - 1]


@dataclass
class Excel:
    """Excel as far as its documentation describes `FileDialog`; ``path`` is chosen, none is Cancel."""

    path: str | None
    asked: list[object] = field(default_factory=list)

    def FileDialog(self, kind: int) -> Any:  # noqa: ANN401, N802 (as Office names it)
        """Return the dialog for a folder."""
        assert kind == 4
        dialog = SimpleNamespace(Title="", SelectedItems=Chosen([self.path] if self.path else []))

        def show() -> int:
            self.asked.append(dialog.Title)
            return -1 if self.path else 0

        dialog.Show = show
        return dialog


def app(excel: Excel) -> Any:  # noqa: ANN401 (what xlwings gives of an Excel: an app whose engine is not ours)
    return SimpleNamespace(impl=object(), api=excel)


def test_excel_shows_its_own_dialog(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    excel = Excel(r"C:\Đã nhận\Kỳ 1")
    assert folder.choose_folder(app(excel), "Chọn thư mục") == Path(r"C:\Đã nhận\Kỳ 1")
    assert excel.asked == ["Chọn thư mục"]


def test_cancel_in_excel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert folder.choose_folder(app(Excel(None)), "Chọn thư mục") is None


def test_a_folder_on_the_web_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel's dialog gives the address of a folder on SharePoint."""
    monkeypatch.setattr(sys, "platform", "win32")
    excel = Excel("https://so.sharepoint.com/sites/so/Documents/Nhan")
    with pytest.raises(UsageError) as caught:
        folder.choose_folder(app(excel), "Chọn thư mục")
    assert caught.value.code == "folder-on-the-web"
    assert caught.value.values == {"folder": "https://so.sharepoint.com/sites/so/Documents/Nhan"}


@pytest.mark.parametrize(
    ("answer", "chosen"), [("/Users/lan/Đã nhận /", Path("/Users/lan/Đã nhận ")), ("", None)]
)
def test_a_mac_is_asked_by_applescript(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, chosen: Path | None
) -> None:
    """What runs AppleScript gets script and title apart; it answers a line, an empty one on Cancel."""
    program = tmp_path / "osascript"
    program.write_text(
        f'#!/bin/sh\nprintf "%s" "$3" > "{tmp_path}/title"\necho "{answer}"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert folder.choose_folder(app(Excel(None)), 'Chọn "thư mục"') == chosen
    assert (tmp_path / "title").read_text(encoding="utf-8") == 'Chọn "thư mục"'

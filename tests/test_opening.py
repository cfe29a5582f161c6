"""Drafts are shown in the user's mail program, whichever it is, and never sent."""

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

import papi_xl
from papi_xl import opening
from papi_xl.errors import OutputError
from papi_xl.mail import Attachment, Draft

DRAFT = Draft(
    "Văn phòng <vp@xa.example.vn>; không có; a@b.vn",
    "Báo cáo\r\nBcc: x@y.vn",
    "Kính gửi\n\u202eXong\n",
    (Attachment("Biểu tổng hợp.xlsx", b"PK1"), Attachment("bieu-tong-hop.xlsx", b"PK2")),
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that is all there is on PATH, besides the system's own."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin")
    return tmp_path


def program(folder: Path, name: str, code: int = 0) -> Path:
    """Write a program that notes what it was asked to open, and return where it does."""
    noted = folder / "opened.txt"
    path = folder / name
    path.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > "{noted}"\nexit {code}\n')
    path.chmod(0o755)
    return noted


@pytest.mark.parametrize(("platform", "name"), [("linux", "xdg-open"), ("darwin", "open")])
def test_the_systems_program_opens_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, platform: str, name: str
) -> None:
    """One argument, an absolute path, whatever signs are in it; no shell."""
    noted = program(folder, name)
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.chdir(folder)
    opening.open_draft(Path("-thư $(x); 'y'.eml"), DRAFT)
    assert noted.read_text() == f"{folder}/-thư $(x); 'y'.eml|"


@pytest.mark.filterwarnings("ignore:subprocess [0-9]+ is still running:ResourceWarning")
def test_a_mail_program_that_stays_open_is_not_waited_for(folder: Path) -> None:
    """Some openers only end when the user closes the mail; the draft is open then."""
    ended = folder / "ended"
    os.mkfifo(ended)
    path = folder / "xdg-open"
    path.write_text(f'#!/bin/sh\nread line < "{ended}"\n')
    path.chmod(0o755)
    opening.open_draft(folder / "thu.eml", DRAFT, patience=0)
    ended.write_text("closed\n")


@pytest.mark.parametrize("code", [None, 3])
def test_without_a_mail_program_the_file_is_named(folder: Path, code: int | None) -> None:
    """The opener is missing, or knows no program for drafts."""
    if code:
        program(folder, "xdg-open", code)
    with pytest.raises(OutputError) as caught:
        opening.open_draft(folder / "thu.eml", DRAFT)
    assert caught.value.code == "draft-not-opened"
    assert caught.value.values == {"file": str(folder / "thu.eml"), "reason": "xdg-open"}


class Outlook:
    """What Outlook's object model has of use here, as far as Microsoft documents it; it can send nothing."""

    def __init__(self) -> None:
        self.done: list[tuple[str, object]] = []

    def CreateItem(self, kind: int) -> "Outlook":  # noqa: N802 (Outlook's names)
        """Give a new mail, here the same object."""
        self.done.append(("CreateItem", kind))
        return self

    @property
    def Attachments(self) -> "Outlook":  # noqa: N802
        """Give the list of files, here the same object."""
        return self

    def Add(self, path: str) -> None:  # noqa: N802
        """Outlook copies the file now."""
        self.done.append((Path(path).name, Path(path).read_bytes()))

    def Display(self) -> None:  # noqa: N802
        """Show the mail to the user."""
        self.done.append(("Display", None))

    def __setattr__(self, name: str, value: Any) -> None:  # noqa: ANN401
        """Take what a property is set to."""
        if name[0].isupper():
            self.done.append((name, value))
        else:
            super().__setattr__(name, value)


def test_outlook_is_shown_the_draft() -> None:
    """Usable addresses only, one subject line, files under short names; it is displayed, nothing else."""
    outlook = Outlook()
    opening.show_in_outlook(outlook, DRAFT)
    assert outlook.done == [
        ("CreateItem", 0),
        ("To", "vp@xa.example.vn; a@b.vn"),
        ("Subject", "Báo cáo Bcc: x@y.vn"),
        ("Body", "Kính gửi\r\nXong\r\n"),
        ("Bieu-tong-hop.xlsx", b"PK1"),
        ("bieu-tong-hop-2.xlsx", b"PK2"),
        ("Display", None),
    ]


SENDING = re.compile(
    r"\.Send\b|\.send\(|smtplib|sendmail|send_message|SendMail|SendUsingAccount|MailEnvelope|send-mail|mailx"
)


def test_nothing_is_ever_sent() -> None:
    """No source of the package, in Python, VBA or Basic, has a call that sends mail."""
    sources = [
        *Path(papi_xl.__file__).parent.rglob("*.py"),
        *Path(papi_xl.__file__).parents[1].rglob("*.bas"),
    ]
    ours = [path for path in sources if ".venv" not in path.parts]
    assert len(ours) > 150
    found = {path.name: SENDING.findall(path.read_text(encoding="utf-8")) for path in ours}
    assert {name: calls for name, calls in found.items() if calls} == {}

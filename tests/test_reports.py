"""What the long runs found stands in the README without a fault; every command that writes is among them."""

from collections.abc import Iterator

import click
import pytest

from papi_xl.cli import options
from papi_xl.cli.main import COMMANDS, _Commands
from tests import clicked_on, faults, fuzz, hostile, load, reports
from tests.understood import TARGETS
from tests.writers import writers

ELSEWHERE = {
    "check": "writes nothing",
    "install --libreoffice": "LibreOffice's own program writes: see test_install_libreoffice",
}
"""Commands that are not among the writers, and why."""
READ = {"roster", "since", "attach", "source"}
"""Options that name a file which is read."""


def names(part: str) -> list[str]:
    """Return the first column of a part."""
    return [next(iter(line.values())) for line in reports.lines(part)]


def test_every_kind_of_bad_file_is_there() -> None:
    assert sorted(names("hostile")) == sorted([fuzz.ALL, *(kind.name for kind in hostile.KINDS)])


def test_every_kind_of_bad_file_that_is_opened_is_there() -> None:
    """The buttons were clicked on all that LibreOffice opens; the parsers have been tried one by one."""
    assert {*names("buttons")} - {fuzz.ALL} <= {kind.name for kind in clicked_on.kinds()}
    assert len(names("buttons")) > 10
    assert names("texts") == list(TARGETS)


def test_every_command_that_writes_is_there() -> None:
    assert names("kills") == [writer.name for writer in writers()]


def test_every_fault_of_the_system_is_there() -> None:
    """Each met every command."""
    found = {line["Fault"]: line["Commands"] for line in reports.lines("faults")}
    assert found == {fault.name: str(len(writers())) for fault in faults.FAULTS}


def test_both_runs_under_load_are_there() -> None:
    """The larger one took the two thousand files of which a tenth are bad."""
    found = [(line["Workbooks"], line["Files"], line["Good, counted"]) for line in reports.lines("load")]
    assert found == [("10% bad", "2,000", "1,800"), ("some end who reads them", "204", "201")]


@pytest.mark.parametrize(
    ("part", "columns"),
    [
        ("hostile", fuzz.COLUMNS[2:6]),
        ("buttons", fuzz.COLUMNS[2:6]),
        ("texts", ("Faults",)),
        ("kills", ("Lost", "Half", "Stray", "Changed", "Refused")),
        ("faults", ("Harmed",)),
        ("load", ("Lost", "Faults")),
    ],
)
def test_there_are_no_faults(part: str, columns: tuple[str, ...]) -> None:
    found = reports.lines(part)
    assert found
    assert {line[column] for line in found for column in columns} == {"0"}


def test_largest_and_slowest_are_within_bounds() -> None:
    for part, largest in (("hostile", "Largest"), ("buttons", "Largest"), ("load", "Largest process")):
        assert all(int(line[largest].removesuffix(" MiB")) <= load.MOST_MIB for line in reports.lines(part))
    for part in ("hostile", "buttons"):
        assert all(float(line["Slowest"].removesuffix(" s")) <= 20 for line in reports.lines(part))


def ways_to_write() -> Iterator[str]:
    """Yield each command, with each of its options that writes another file or another way."""
    group = _Commands("en")
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield name
        for one in command.params:
            option = one.opts[-1]
            is_file = one.type is options.PATH and one.name not in {*READ, "output"}
            if isinstance(one, click.Option) and (
                is_file or option in {"--undo", "--uninstall", "--libreoffice"}
            ):
                yield f"{name} {option}"


def test_every_way_to_write_is_among_the_writers() -> None:
    run = {writer.name.partition(",")[0] for writer in writers()}
    known = {word for name in run for word in (name, name.partition(" ")[0])}
    assert [way for way in ways_to_write() if way not in known and way not in ELSEWHERE] == []
    assert "new --from" in run

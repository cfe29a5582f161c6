"""The entry point: language, lazily loaded commands, and every failure ended as a message and a code."""

import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from importlib import import_module
from keyword import iskeyword
from typing import IO, Final, NoReturn

import click
from click.exceptions import NoArgsIsHelpError

from papi_xl import __version__, faults, wording
from papi_xl.cli.usage import NoSuchCommandError, usage
from papi_xl.cli.words import word
from papi_xl.errors import PapiError
from papi_xl.faults import PROGRAM
from papi_xl.refusals import explain
from papi_xl.wording import LANGUAGES

OK: Final = 0
DATA_HAS_ERRORS: Final = 1
CANNOT: Final = 2
COMMANDS: Final = (
    "new",
    "import",
    "check",
    "fix",
    "repair",
    "summarize",
    "email",
    "consolidate",
    "install",
    "doctor",
    "demo",
    "calc",
    "build",
)


class _Formatter(click.HelpFormatter):
    """Help in the user's language; click's own headings are English."""

    lang = "vi"

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, word("usage", self.lang) if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        key = {"Options": "options", "Commands": "commands"}.get(heading)
        super().write_heading(word(key, self.lang) if key else heading)


class _EnglishFormatter(_Formatter):
    lang = "en"


class _Commands(click.Group):
    """Loads a command's module only when that command is run, so that `check` does not wait for writers."""

    def __init__(self, lang: str) -> None:
        formatter = _EnglishFormatter if lang == "en" else _Formatter
        self.context_class = type("_Context", (click.Context,), {"formatter_class": formatter})
        super().__init__(
            name=PROGRAM,
            help=word("about", lang),
            params=[*_common_options(lang), _version_option(lang)],
            no_args_is_help=True,
            add_help_option=False,
            options_metavar=word("options-placeholder", lang),
            subcommand_metavar=word("command-placeholder", lang),
        )
        self.lang = lang

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"papi_xl.cli.{_module(cmd_name)}").command(self.lang)
        command.context_class = self.context_class
        command.options_metavar = self.options_metavar
        command.add_help_option = False
        command.params.extend(_common_options(self.lang))
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, word(name, self.lang)) for name in COMMANDS])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, n=1)
            raise NoSuchCommandError(args[0], near, ctx)
        return super().resolve_command(ctx, args)


def _module(command: str) -> str:
    return f"{command}_" if iskeyword(command) else command


def _common_options(lang: str) -> list[click.Parameter]:
    """Return `--lang`, whose value is read before parsing since it rules all messages, and `--help`."""
    return [
        click.Option(
            ["--lang"], type=click.Choice(LANGUAGES), expose_value=False, help=word("option-lang", lang)
        ),
        _answer("--help", word("option-help", lang), click.Context.get_help),
    ]


def _version_option(lang: str) -> click.Option:
    return _answer("--version", word("option-version", lang), lambda _: f"{PROGRAM} {__version__}")


def _answer(name: str, text: str, answer: Callable[[click.Context], str]) -> click.Option:
    """Return an option that prints an answer instead of running a command."""

    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value:
            click.echo(answer(ctx))
            ctx.exit()

    return click.Option([name], is_flag=True, expose_value=False, is_eager=True, callback=show, help=text)


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit code: 0 fine, 1 errors in the data, 2 it cannot be done."""
    lang = language(argv, os.environ.get("PAPI_LANG", ""))
    try:
        return _run(argv, lang)
    except Exception as error:  # noqa: BLE001 (a user never sees a traceback)
        return _fail(_unexpected(error, lang))


def _run(argv: Sequence[str], lang: str) -> int:
    try:
        code = _Commands(lang).main(list(argv), prog_name=PROGRAM, standalone_mode=False)
    except PapiError as error:
        return _fail(explain(error, lang))
    except NoArgsIsHelpError as error:
        return _fail(error.format_message())
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else PROGRAM
        return _fail(usage(error, lang), word("try-help", lang, command=path))
    except (click.Abort, KeyboardInterrupt):
        return _fail(word("stopped", lang))
    except SystemExit:  # nobody reads what is printed any more
        return CANNOT
    return code if isinstance(code, int) else OK


def run() -> NoReturn:
    """Run the command line of this process and end it with the exit code.

    The process ends with its one command, so looking for garbage in cycles would only cost time: none is
    looked for meanwhile, and at the end all is frozen, or the interpreter would look through it once more.
    """
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        _use_utf8(stream)
    code = main(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def language(argv: Sequence[str], variable: str) -> str:
    """Return the language that the arguments or else the variable name; Vietnamese where neither does."""
    asked = wording.language(variable)
    for index, argument in enumerate(argv):
        if argument == "--":
            break
        if argument == "--lang" and index + 1 < len(argv):
            asked = argv[index + 1]
        elif argument.startswith("--lang="):
            asked = argument.partition("=")[2]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def _use_utf8(stream: IO[str]) -> None:
    """Vietnamese needs UTF-8, which the Windows console does not choose by itself."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace")


def _fail(*lines: str) -> int:
    for line in lines:
        click.echo(line, err=True)
    return CANNOT


def _unexpected(error: Exception, lang: str) -> str:
    log = faults.keep(error)
    key = "unexpected" if log else "unexpected-no-log"
    return word(key, lang, kind=type(error).__name__, log=log)

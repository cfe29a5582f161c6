"""What is wrong with a command line, in the user's language; click's own sentences are English."""

import re
from collections.abc import Sequence

import click

from papi_xl.cli.words import word

_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")


class NoSuchCommandError(click.UsageError):
    """A command that does not exist, and those whose names are near."""

    def __init__(self, name: str, near: Sequence[str], ctx: click.Context) -> None:
        super().__init__(name, ctx)
        self.near = near


def usage(error: click.UsageError, lang: str) -> str:
    """Return what is wrong with the command line, and what to type where that is known."""
    match error:
        case NoSuchCommandError():
            return _named("no-such-command", lang, error.message, error.near)
        case click.NoSuchOption():
            return _named("no-such-option", lang, error.option_name, error.possibilities)
        case click.MissingParameter():
            return word("missing-parameter", lang, name=_name_of(error)) + _wanted(error.param, lang)
        case click.BadParameter():
            return word("bad-parameter", lang, name=_name_of(error), wanted=_wanted(error.param, lang))
        case _:
            extra = _EXTRA.search(error.message)
            key = "extra-argument" if extra else "bad-usage"
            return word(key, lang, message=extra[1] if extra else error.message)


def _named(key: str, lang: str, name: str, near: Sequence[str] | None) -> str:
    hint = word("did-you-mean", lang, choices=", ".join(near)) if near else ""
    return word(key, lang, name=name, hint=hint)


def _name_of(error: click.BadParameter) -> str:
    param = error.param
    if param is None:
        return "?"
    return param.opts[-1] if isinstance(param, click.Option) else param.human_readable_name


def _wanted(param: click.Parameter | None, lang: str) -> str:
    """Return what a parameter takes."""
    kind = param.type if param else None
    if isinstance(kind, click.Choice):
        return word("wanted-choice", lang, choices=", ".join(map(str, kind.choices)))
    if isinstance(kind, click.IntRange):
        key = "wanted-more" if kind.max is None else "wanted-number"
        return word(key, lang, low=kind.min, high=kind.max)
    return ""

"""Exceptions of papi_xl: each carries a code and values, never a finished sentence.

The edge (`cli`, `macros`) turns them into a message in the user's language with `refusals.explain`.
"""


class PapiError(Exception):
    """Something the user must be told: ``code`` names the wording, ``values`` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class UnreadableWorkbookError(PapiError):
    """The input is no workbook, is damaged, encrypted or beyond the limits."""


class OutputError(PapiError):
    """The output cannot be written: it exists, or its folder does not take it."""


class UsageError(PapiError):
    """An option or argument has no usable value."""


class InstallError(PapiError):
    """The add-in cannot be put into place, or not be taken away."""

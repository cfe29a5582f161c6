"""Members that xlwings has and Calc, or this engine, has not: each says its own name."""

import inspect
from collections.abc import Callable
from typing import Any, Never, TypeVar

Kind = TypeVar("Kind")


def refusal(label: str) -> Any:
    """Return a function that raises NotImplementedError with ``label``."""

    def refuse(*_: object, **__: object) -> Never:
        raise NotImplementedError(f"{label} is not available with LibreOffice")

    return refuse


def raises(function: Any) -> bool:
    """Return whether a function of xlwings' base classes only raises NotImplementedError."""
    code = getattr(function, "__code__", None)
    theirs = getattr(function, "__module__", "") == "xlwings.base_classes"
    return theirs and code is not None and "NotImplementedError" in code.co_names


def names_what_it_lacks(*further: str, label: str = "") -> Callable[[type[Kind]], type[Kind]]:
    """Return a class decorator: what the base classes leave open raises with ``Class.member``.

    Args:
        further: Members that xlwings uses though its base class does not have them.
        label: The class as users know it, by default its own name.
    """

    def decorate(cls: type[Kind]) -> type[Kind]:
        for name in {*dir(cls), *further}:
            found = next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)
            member = f"{label or cls.__name__}.{name}"
            if isinstance(found, property):
                put = found.fset and (refusal(member) if raises(found.fset) else found.fset)
                get = refusal(member) if raises(found.fget) else found.fget
                setattr(cls, name, property(get, put))
            elif name in further:
                setattr(cls, name, property(refusal(member)))
            elif inspect.isfunction(found) and raises(found):
                setattr(cls, name, refusal(member))
        return cls

    return decorate

"""An xlwings engine for LibreOffice: ``import papi_xl.libreoffice`` registers it under that name.

``xw.engines["libreoffice"].activate()`` makes it the one that ``xw.App``, ``xw.Book`` and ``xw.Range`` use.
An app needs LibreOffice Calc and its Python module ``uno`` (Debian: libreoffice-calc, python3-uno).
:func:`attach` connects to a LibreOffice that is running already.
"""

from collections.abc import Callable
from typing import IO

import xlwings as xw

from papi_xl.libreoffice.apps import ENGINE
from papi_xl.libreoffice.hosted import Host, HostedApp
from papi_xl.libreoffice.links import CALLS, OfficeError
from papi_xl.libreoffice.wire import Wire

if ENGINE.name not in xw.engines.engines_by_name:
    xw.engines.add(xw.main.Engine(impl=ENGINE))


def attach(pipe: str) -> xw.App:
    """Connect to a LibreOffice that was started with ``--accept=pipe,name=<pipe>;urp;`` and make it active.

    Its open workbooks are ``app.books``, the one in front is the active one. ``app.quit()`` disconnects: it
    ends nothing, closes nothing and takes away the Basic library that the connection kept there meanwhile.

    Raises:
        OfficeError: No LibreOffice answers on that pipe.
    """
    xw.engines[ENGINE.name].activate()
    return xw.App(impl=ENGINE.apps.attach(pipe))


def connect(reader: IO[bytes], writer: IO[bytes], gone: Callable[[], None]) -> xw.Book:
    """Connect to the LibreOffice that started this program, over two streams, and make it active.

    Returns:
        The workbook for which this program was started; its ``app.quit()`` disconnects. See :class:`Wire`.

    Raises:
        OfficeError: Nobody is there, or the workbook was closed.
    """
    xw.engines[ENGINE.name].activate()
    app = HostedApp(ENGINE.apps, Host(Wire(reader, writer, gone)), visible=True)
    ENGINE.apps.put(app)
    return xw.Book(impl=app.caller)


__all__ = ["CALLS", "ENGINE", "OfficeError", "attach", "connect"]

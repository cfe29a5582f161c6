"""An xlwings engine for LibreOffice: ``import papi_xl.libreoffice`` registers it under that name.

``xw.engines["libreoffice"].activate()`` makes it the one that ``xw.App``, ``xw.Book`` and ``xw.Range`` use.
An app needs LibreOffice Calc and its Python module ``uno`` (Debian: libreoffice-calc, python3-uno).
"""

import xlwings as xw

from papi_xl.libreoffice.apps import ENGINE
from papi_xl.libreoffice.bridge import CALLS, OfficeError

if ENGINE.name not in xw.engines.engines_by_name:
    xw.engines.add(xw.main.Engine(impl=ENGINE))

__all__ = ["CALLS", "ENGINE", "OfficeError"]

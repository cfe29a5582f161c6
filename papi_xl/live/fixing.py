"""The buttons `Sửa giúp` and `Hoàn tác`: safe fixes of the open workbook, and taking them back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

import xlwings as xw

from papi_xl import checklist, fix_log, fixes, schema
from papi_xl.check import Result
from papi_xl.checklist import Place, place_of
from papi_xl.errors import UnreadableWorkbookError, UsageError
from papi_xl.fix_log import Entry, Old, Undo
from papi_xl.fixes import FIXABLE, Change, Plan
from papi_xl.live import actions, blocks, changing, fix_preview, log_sheet, own_sheets, pieces
from papi_xl.live.blocks import Cell
from papi_xl.live.cells import Open
from papi_xl.live.changing import New
from papi_xl.live.guards import refuse_closed
from papi_xl.live.placing import Ask
from papi_xl.live.session import Step, click
from papi_xl.live.words import word

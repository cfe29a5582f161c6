"""The command line: `papi-xl` and `python -m papi_xl`."""

from papi_xl.cli.main import main, run

__all__ = ["main", "run"]

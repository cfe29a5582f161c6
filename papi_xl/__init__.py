"""Check PAPI task tables in workbooks, compute completion per domain, write the attached summary."""

__version__ = "0.1.0"

"""Layers point one way: a module imports only from those above it in this list."""

from pathlib import Path

import papi_xl

ROOT = Path(papi_xl.__file__).parent
LONGEST_MODULE = 300
LAYERS: tuple[tuple[str, ...], ...] = (
    ("", "errors", "schema", "domains", "vocabulary", "raw"),
    ("findings", "text", "numbering", "timing", "values", "wording", "labels"),
    ("headers", "rows", "parse", "completion", "report", "remaining", "summary", "rules"),
    ("check",),
    ("files", "bounds", "read", "write", "template", "build"),
    ("cli", "__main__"),
)

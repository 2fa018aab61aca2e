"""``python -m stilted``."""

from stilted.cli import entry

entry()

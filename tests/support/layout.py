"""Where the package lies, and the libraries that nothing may load before they are needed."""

from __future__ import annotations

from pathlib import Path

import stilted

SRC = Path(stilted.__file__).parent

HEAVY = (
    "numpy",
    "sacrebleu",
    "jinja2",
    "rich",
    "langdetect",
    "sentencex",
    "onnxruntime",
    "torch",
    "markdown_it",
    "markupsafe",
    "pyarrow",
    "yaml",
)

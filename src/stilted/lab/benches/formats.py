"""How long a large XLIFF file takes, and how much memory.

``python -m stilted.lab.benches.formats TEXT [--units 100000]``. Runs of 4 to 20 words of the plain text *TEXT* are the
targets of as many units, each with a Chinese source; ``stilted check`` reads and checks them with packs and checks in
one process. Seconds are of the clock, start included; memory is the most that was resident.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

UNITS: Final = 100_000
_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
    '<file original="bench" source-language="zh" target-language="en" datatype="plaintext"><body>\n'
)
_CHECK: Final = ("-m", "stilted", "check", "--no-cache", "--workers", "1", "--ignore", "tagger", "--format", "json")


def write_units(path: Path, text: str, number: int) -> None:
    """Write *number* units of the words of *text*, the same ones each time."""
    words, lengths = cycle(text.split()), random.Random(1)
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for at in range(number):
            target = escape(" ".join(islice(words, lengths.randint(4, 20))))
            file.write(
                f'<trans-unit id="u{at}"><source>这是一句原文。</source><target>{target}</target></trans-unit>\n'
            )
        file.write("</body></file></xliff>\n")


def measure_file(path: Path) -> tuple[float, float]:
    """Check a file in a process of its own; return the seconds it took, and its megabytes of memory."""
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *_CHECK, str(path)], stdout=subprocess.DEVNULL) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(process.returncode)
    return time.perf_counter() - began, used.ru_maxrss / 1000


def main(arguments: list[str]) -> int:
    """Print one line."""
    parser = argparse.ArgumentParser("python -m stilted.lab.benches.formats", description="Time a large XLIFF file.")
    parser.add_argument("text", type=Path, help="plain English text to cut into units")
    parser.add_argument("--units", type=int, default=UNITS)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.xlf"
        write_units(path, given.text.read_text("utf-8"), given.units)
        size = path.stat().st_size / 1e6
        seconds, megabytes = measure_file(path)
    print(f"{given.units:,} units, {size:.1f} MB: {seconds:.1f} s, {megabytes:.0f} MB of memory")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

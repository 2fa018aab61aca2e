"""What all tests share: goldens, made-up inputs that are the same in every run, a cache of their own.

Goldens are one file per expected output, rewritten by ``pytest --update-goldens``.
"""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from choice import left_out

settings.register_profile("same", derandomize=True, max_examples=40)
settings.register_profile("explore", derandomize=False, print_blob=True, max_examples=300)
# A build must not fail by chance: whoever looks for new faults asks for other inputs.
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

GOLDENS = Path(__file__).parent / "goldens"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="rewrite tests/goldens to today's output")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes and a network, unless ``-m`` speaks of it, and what is long of any choice by it."""
    marks = left_out(config.option.markexpr)
    without = [item for item in items if not marks.isdisjoint(mark.name for mark in item.iter_markers())]
    config.hook.pytest_deselected(items=without)
    items[:] = [item for item in items if marks.isdisjoint(mark.name for mark in item.iter_markers())]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Keep what lives as long as the session out of every later collection: thousands of tests make each one long."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare *text* with ``goldens/<name>`` byte for byte, or rewrite it under --update-goldens."""

    def check(name: str, text: str) -> None:
        path = GOLDENS / name
        if request.config.getoption("--update-goldens"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
            return
        assert path.is_file(), f"no golden {name}: run pytest --update-goldens and read the new file"
        expected = path.read_bytes().decode("utf-8", "surrogatepass")
        assert text == expected, f"{name} changed: read the diff, then run pytest --update-goldens"

    return check


@pytest.fixture(autouse=True, scope="session")
def _interruptible() -> Iterator[None]:
    """Hear Ctrl-C, in this process and those it starts, also where a shell started the tests in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the user's cache out of the tests, and the tests out of the user's cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STILTED_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield

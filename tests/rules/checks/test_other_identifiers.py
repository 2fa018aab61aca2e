"""Names of a source in another script, where the examples of the rule cannot go."""

from __future__ import annotations

import pytest

import stilted
from growth import require_linear


def check(target: str, source: str) -> list[str]:
    return [each.text for each in stilted.check_segments([target], sources=[source], select="names").findings]


@pytest.mark.parametrize(
    ("target", "source"),
    [
        ("Open the URL", "打开 URI"),
        ("PLEASE DO NOT TOUCH THE LAMP OF THE USB PORT", "请勿触摸 HDMI 灯"),
        ("Turn on TLS and SSH", "打开 TLS 和 SSL 与 FTP"),
    ],
)
def test_what_may_be_right_is_left_alone(target: str, source: str) -> None:
    assert check(target, source) == []


def test_a_name_that_the_reference_has_as_well_is_right() -> None:
    options = {"select": "names", "sources": ["启用 TLS"]}
    assert len(stilted.check_segments(["Turn on SSL"], **options).findings) == 1
    assert stilted.check_segments(["Turn on SSL"], ["Switch SSL on"], **options).findings == ()


def test_many_names_take_time_in_proportion() -> None:
    def work(size: int) -> None:
        check(" ".join(f"OWNA{n}" for n in range(size)), " ".join(f"其他ALTB{n}" for n in range(size)))

    require_linear(work, 4_000)

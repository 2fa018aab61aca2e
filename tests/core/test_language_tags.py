"""Languages as files declare them."""

from __future__ import annotations

import pytest

from stilted.core.language_tags import NAMES, read_primary_tag
from stilted.core.options import LANGUAGES
from stilted.text.common_words import OWN
from stilted.text.language import LATIN


@pytest.mark.parametrize(
    ("tag", "primary"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("en_GB.UTF-8", "en"),
        ("en@quot", "en"),
        ("English (US)", "english"),
        (" zh-Hans-CN", "zh"),
        ("German", "german"),
        ("und", None),
        ("mul", None),
        ("zxx", None),
        ("C", None),
        ("x-default", None),
        ("{{ LANGUAGE_CODE|default:'en-us' }}", None),
        ("<?= $lang ?>", None),
        ("${lang}", None),
        ("%lang%", None),
        ("", None),
        (None, None),
    ],
)
def test_the_language_of_a_tag(tag: str | None, primary: str | None) -> None:
    assert read_primary_tag(tag) == primary


def test_every_language_that_is_told_or_may_be_chosen_has_a_name() -> None:
    assert {*LANGUAGES, *LATIN, *OWN} <= NAMES.keys()

"""Codes of languages in the paths of files, and words that are spelt like them."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from stilted.text.named_language import names_language


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("README.zh-CN.md", "zh"),
        ("README_cn.md", "zh"),
        ("README-zh_Hant.md", "zh"),
        ("readme.JP.md", "ja"),
        ("zh/guide/start.md", "zh"),
        ("guide/zh-TW/start.md", "zh"),
        ("i18n/de.lproj/start.txt", "de"),
        ("values-pt-rBR/strings.xml", "pt"),
        ("l10n/app_fr.arb", "fr"),
        ("app_es_419.arb", "es"),
        ("film.de.srt", "de"),
        ("page.ko.html.md", "ko"),
        ("ja.md", "ja"),
        ("README.uk.md", "ru"),
        ("README.fa.md", "ar"),
        ("README.cs.md", "pl"),
    ],
)
def test_a_path_names_its_language(path: str, language: str) -> None:
    assert names_language(PurePosixPath(path), language)


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("README.md", "zh"),
        ("en/guide.md", "zh"),
        ("README.en.md", "zh"),
        ("README.de.md", "zh"),
        ("zh.md/README", "zh"),
        ("how-it-works.md", "it"),
        ("decode/guide.md", "de"),
        ("de-facto/guide.md", "de"),
        ("say-no.md", "sv"),
        ("zhang.md", "zh"),
    ],
)
def test_a_path_that_names_no_language_or_another(path: str, language: str) -> None:
    assert not names_language(PurePosixPath(path), language)

"""A check for Weblate: what `stilted` finds in an English translation, with its explanation.

Weblate loads it by its name, ``stilted.integrations.weblate.StiltedCheck``, from ``CHECK_LIST`` of its settings;
``docs/editors.md`` says how.

Strings are checked one by one against their source, with the rules for interface strings; the language of the source
is that of the component. Written for Weblate 5; ``weblate`` itself is imported here alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.utils.html import format_html, format_html_join
from weblate.checks.base import TargetCheck

from stilted.core.model import Finding
from stilted.core.options import LANGUAGES, make_settings
from stilted.render.annotations import describe_fault, describe_fix
from stilted.runner.batch.row_checker import Checker, Row


class StiltedCheck(TargetCheck):  # type: ignore[misc]
    """Words that no native writer would have chosen, and figures, placeholders and negations that got lost."""

    check_id = "stilted"
    name = "Stilted English"
    description = "The English translation holds something that no native writer would have written."
    default_disabled = False

    def __init__(self) -> None:
        """Leave the link to documentation at Weblate's page on checks, which has no section on this one."""
        super().__init__()
        self.doc_id = ""

    def check_target_unit(self, sources: list[str], targets: list[str], unit: Any) -> bool:
        """Tell whether anything is found in one of the plural forms."""
        return any(
            _find_findings(source, target, *_read_languages(unit)) for source, target in _pair_forms(sources, targets)
        )

    def check_single(self, source: str, target: str, unit: Any) -> bool:
        """Tell whether anything is found in a string."""
        return bool(_find_findings(source, target, *_read_languages(unit)))

    def get_description(self, check_obj: Any) -> Any:
        """Return the findings as Weblate shows them: words, message, why, and what to write instead."""
        unit = check_obj.unit
        forms = _pair_forms(unit.get_source_plurals(), unit.get_target_plurals())
        findings = [each for source, target in forms for each in _find_findings(source, target, *_read_languages(unit))]
        if not findings:
            return super().get_description(check_obj)
        rows = ((describe_fault(each), each.why, describe_fix(each), each.rule) for each in findings)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{} <em>{}</em> {} <code>{}</code></li>", rows))


def _pair_forms(sources: list[str], targets: list[str]) -> Iterable[tuple[str, str]]:
    """Pair plural forms: the first with the first, every other with the last of the source."""
    return ((sources[0] if number == 0 else sources[-1], target) for number, target in enumerate(targets) if target)


def _read_languages(unit: Any) -> tuple[str, str]:
    translation = unit.translation
    return str(translation.language.base_code), str(translation.component.source_language.base_code)


def _find_findings(source: str, target: str, language: str, source_language: str) -> tuple[Finding, ...]:
    """Return what is found in one string; nothing where the translation is not English."""
    if language != "en" or source_language == "en":
        return ()
    (result,) = _make_checker(source_language).judge([Row(target, source=source)])
    return result.findings


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _make_checker(source_language: str) -> Checker:
    known = source_language if source_language in LANGUAGES else None
    return Checker.of(make_settings("Weblate", source_language=known, profile="ui"))

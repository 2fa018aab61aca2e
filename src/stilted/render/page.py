"""A web page that needs nothing but itself: nothing is fetched, nothing but its own script and style runs."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from stilted import __version__
from stilted.core.foreign import clean
from stilted.render import wording
from stilted.rules.packs import is_measured

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

STYLE = "render/report.css"


def render_page(template: str, *, script: str = "", **values: Any) -> str:
    """Return the page that a template makes of *values*; the same values give the same bytes.

    All text is escaped by the template engine. The policy in the page names its one script and one style
    by their SHA-256, so that markup in a translation could not run even if it were let through.

    Args:
        template: a file of the package, ``folder/name.html.j2``. script: another, or none.
        values: what the template shows; ``title`` and ``verdict``, one line each, head every page.
    """
    style, code = read_asset(STYLE), read_asset(script) if script else ""
    made = _make_environment().get_template(template).render(
        **values,
        version=__version__,
        script=code,
        style=style,
        script_hash=_hash(code) if code else "'none'",
        style_hash=_hash(style),
    )  # fmt: skip
    return made.rstrip("\n") + "\n"


def render_part(template: str, **values: Any) -> Markup:
    """Return a piece for a page, which takes it as it is."""
    from markupsafe import Markup

    return Markup(_make_environment().get_template(template).render(**values, version=__version__))


def read_asset(name: str) -> str:
    """Return the text of a file of the package, ``folder/name``."""
    return files("stilted").joinpath(name).read_text("utf-8").strip()


def _hash(text: str) -> str:
    """Return the source expression by which a content security policy allows exactly *text*."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _make_environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

    environment = Environment(
        loader=FunctionLoader(read_asset),
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters: dict[str, Any] = {
        "clean": clean,
        "figure": wording.format_figure,
        "interval": wording.format_interval,
        "value": wording.format_value,
        "percent": wording.format_percent,
        "count": wording.format_count,
    }
    environment.filters.update(filters)
    environment.tests["measured"] = is_measured
    return environment

"""Resources of .NET: RESX."""

from __future__ import annotations

import re
from typing import Final

from stilted.core.document import Span, Suppression
from stilted.core.errors import NothingToCheckError, UserError
from stilted.core.options import LANGUAGES
from stilted.formats.placeholders import make_opaque
from stilted.formats.reader import TextReader
from stilted.formats.remarks import note
from stilted.formats.units import LOCKED, TRANSLATED, UNTRANSLATED, Parsed, Unit, require_room
from stilted.formats.xml_tree import DROPPED, find_encoding, find_line, read_content, read_trees

_REGION: Final = r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?-(?:[A-Z]{2}|\d{3})|zh-Han[st]"
_CULTURE: Final = re.compile(
    rf"\.(?P<file>{_REGION}|{'|'.join(LANGUAGES)}|en)\.res[xw]$|(?:^|/)(?P<folder>{_REGION}|[a-z]{{2}})/[^/]*\.resw$"
)
"""A language where the name of a file has it, which may end otherwise: ``Strings.ui.resx``."""


def _recognises(head: str) -> bool:
    """Tell whether a file begins like RESX."""
    return "text/microsoft-resx" in head


def read_resx(text: str, name: str) -> Parsed:
    """Return one unit a string; what is typed (pictures, sizes) or named ``>>…`` by the designer is none.

    The language is what the file's name says, ``Strings.de-DE.resx``, or its folder, ``de-DE/Resources.resw``.

    Raises:
        UserError: not RESX, no strings, or a name is there twice.
    """
    units: list[Unit] = []
    remarks: list[Suppression] = []
    seen: dict[str, int] = {}
    for path, node in read_trees(text, name, frozenset({"data"})):
        if len(path) == 1 and node.name not in ("root", "data"):
            raise UserError(f"the root is <{node.name}>, not <root>", name, "Give a RESX file.")
        ident = node.attributes.get("name", "")
        if node.name != "data" or not ident or ident.startswith(">>"):
            continue
        if ident in seen:
            first, second = (find_line(text, at) for at in (seen[ident], node.start))
            what = f"two strings are called '{ident}', the first on line {first}"
            raise UserError(what, f"{name}:{second}", "One of them would be lost; rename or remove it.")
        seen[ident] = node.start
        value, comment = node.first("value"), node.first("comment")
        typed = "type" in node.attributes or "mimetype" in node.attributes
        if value is None or typed:
            continue
        span = Span(node.start, node.end)
        comment_text = comment.words() if comment else ""
        remark = (
            note(comment_text, span, span.start, f"{name}:{find_line(text, span.start)}")
            if comment_text.startswith("stilted-")
            else None
        )
        remarks += [remark] if remark else []
        target = make_opaque(read_content(value, text, lambda _: DROPPED))
        state = TRANSLATED if target.text.strip() else UNTRANSLATED
        if "@Invariant" in comment_text:
            state = LOCKED
        units.append(
            Unit(ident, target, None, None, state, () if remark or not comment_text else (comment_text,), span)
        )
        require_room(units, name)
    if not units:
        raise NothingToCheckError("holds no strings", name, "Give a RESX file with <data> of text in it.")
    culture = _CULTURE.search(name.replace("\\", "/"))
    language = culture[culture.lastgroup or 0] if culture else None
    return Parsed(name, "resx", text, tuple(units), language=language, suppressions=tuple(remarks))


READER: Final = TextReader(
    name="resx", suffixes=(".resx", ".resw"), recognises=_recognises, read=read_resx, find_encoding=find_encoding
)

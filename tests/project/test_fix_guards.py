"""Nobody looks at what is fixed: where a text may mean what it says, nothing is changed, whatever the rules say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stilted import api, formats
from stilted.core.model import Report
from stilted.formats import Parsed
from stilted.project import fix

LEAD = "The committee met on Tuesday and agreed to publish the report before the end of the month. "


def check(reference: str | None = None, source: str | None = None) -> Callable[[Parsed], Report]:
    def checked(parsed: Parsed) -> Report:
        others = [None if each is None else formats.parse(each.encode(), "b.txt") for each in (reference, source)]
        return api.check_parsed(parsed, *others, select=["mechanics", "grammar", "spelling"])

    return checked


def fixed(text: str, name: str = "a.md", reference: str | None = None, source: str | None = None) -> str:
    return fix.fix_file((LEAD + text).encode(), name, check(reference, source)).after.removeprefix(LEAD)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("She walked to the the station.", "She walked to the station."),
        ("It is late , so we go .", "It is late, so we go."),
        ("The car is slow,and the road is long.", "The car is slow, and the road is long."),
        ("The first，the second and the third.", "The first, the second and the third."),
        ("It takes a hour to walk.", "It takes an hour to walk."),
        (
            "Open a HTTP connection, a LLM or an descending list.",
            "Open an HTTP connection, an LLM or a descending list.",
        ),
        ("The managment was replaced.", "The management was replaced."),
        ("Press the button »Save as« and go.", "Press the button “Save as” and go."),
    ],
)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_plain_slips_in_prose_are_fixed(name: str, text: str, wanted: str) -> None:
    assert fixed(text, name) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Run `walk` to the the station.",
        "The option shrink_all sends it to the the left.",
        "Call open() before you walk to the the station.",
        "See https://example.org of of the station.",
        "Read [the map](map.md) of of the station.",
        "See ![a map of of the station](map.png) here.",
        'See {{< figure title="a map of of the station" >}} here.',
        "See :material-map: of of the station.",
        "Pass --quiet to to the the command.",
        "Edit the .env , then the ./cache , then /etc/hosts , then go.",
        "We build it on the the .NET runtime.",
        "The margin of of the box is 0 1px 1px and no more.",
        "Write color: red ; and margin: 0 ; there.",
        "Search for cats AND AND dogs, or for this or or that.",
        "Separate them by , and ; in this list.",
        "The marks are , and ; here.",
        "It joins words with a comma ( , ) or a stop.",
        'The operators "and ," and "or ;" bind.',
        'He wrote "it is late , so we go" there.',
        "The phrase “she walked to the the station” is wrong.",
        "The The the band is called.",
        "Hope you will not need it ever ;)",
        "Formats are txt,json,csv and xml.",
        "Call client.And then go.",
        "Get the code,You will need it.",
        "Half a sentence，, and so on.",
        "Both are fine：： or so.",
        "It is called 车，a car.",
        "The words כלב ,חתול are of of the same kind.",
        "The list كلب ,قط is late ,so we go.",
        "# A map of of the station",
        "### Example 1：Walk to the station",
        "    She walked to the the station.",
        "Open a url or an url, an ndarray or a uuid.",
        "There are more than headings alone to a apply structure.",
        "The agents ontains settings.",
    ],
)
def test_what_may_be_meant_is_left_alone(text: str) -> None:
    assert fixed("\n\n" + text) == "\n\n" + text


@pytest.mark.parametrize(
    ("reference", "source"),
    [("He read a piece of of in the paper.", None), (None, "Elle a lu la la chanson.")],
)
def test_what_others_doubled_too_is_left_alone(reference: str | None, source: str | None) -> None:
    text = "She read a piece of of in the print."
    given = {"reference": reference and LEAD + reference, "source": source and LEAD + source}
    assert fixed(text, "a.txt") == "She read a piece of in the print."
    assert fixed(text, "a.txt", **given) == text


def test_a_line_of_a_catalogue_is_its_unit() -> None:
    unit = 'msgid "a"\nmsgstr "{}"\n\n'
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    plain, code = (
        unit.format("The the boats wait of of the pier."),
        unit.format("Run %s of of the pier , now.").replace('"a"', '"b"'),
    )
    done = fix.fix_file((head + plain + code).encode(), "a.po", check())
    assert done.after == head + plain.replace("of of", "of") + code


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize("text", ["Write ＜name＞ here.", "Rows｜columns are swapped.", "The ＊star＊ is bright."])
def test_no_mark_is_written_that_makes_code_of_what_stands_beside_it(name: str, text: str) -> None:
    assert fixed(text, name) == text


PO = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

{flag}msgid "占 50%% 的空间"
msgstr "It takes 50％ of the space，and more."
"""


@pytest.mark.parametrize("flag", ["", "#, c-format\n", "#, python-format\n"])
def test_no_placeholder_comes_into_a_message(flag: str) -> None:
    """msgfmt refuses ``50% of``, and printf would read an argument that nobody gave."""
    done = fix.fix_file(PO.format(flag=flag).encode(), "a.po", check())
    assert done.after == PO.format(flag=flag).replace("，", ", ")

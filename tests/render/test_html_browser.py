"""The page in a real browser: what a reader does with it, and what hostile text does not do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

import nasty
from stilted.comparison import compare
from stilted.core.model import Report
from stilted.render import html

CHROMIUM = os.environ.get("STILTED_CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}

Opener = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Open reports, or a page, in the browser; whatever a test does, nothing may be logged, thrown or requested."""
    complaints: list[str] = []
    requests: list[str] = []
    contexts = []

    def opener(*reports: Report, content: str = "", **options: Any) -> Page:
        file = tmp_path / f"{len(contexts)}.html"
        file.write_text(content or html.render_all(reports), "utf-8")
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: requests.append(request.url))
        page.goto(file.as_uri())
        return page

    yield opener
    for context in contexts:
        context.close()
    assert complaints == []
    assert len(requests) == len(contexts)
    assert all(url.startswith("file://") and url.endswith(".html") for url in requests)


def listed(page: Page) -> list[str]:
    return [item.get_attribute("data-rule") or "" for item in page.locator(".finding:visible").all()]


# filters


def test_severities_switch_findings_and_spans_on_and_off(show: Opener) -> None:
    page = show(nasty.small())
    expect(page.locator(".shown")).to_have_text("6 shown")
    page.get_by_label("minor").uncheck()
    assert "mt/doubled-word" not in listed(page)
    assert "align/addition" not in listed(page)
    expect(page.locator(".shown")).to_have_text("4 of 6 shown")
    off = page.locator(".hit.off")
    assert off.all_inner_texts() == ["the the", "Portable boat battery, portable boat charger."]
    assert off.first.evaluate("e => [getComputedStyle(e).textDecorationLine, e.tabIndex]") == ["none", -1]
    page.get_by_label("minor").check()
    assert page.locator(".hit.off").count() == 0
    assert len(listed(page)) == 6


def test_category_and_rule_narrow_the_findings_together(show: Opener) -> None:
    page = show(nasty.small())
    page.get_by_label("Category").select_option("Accuracy/Mistranslation")
    assert listed(page) == ["zh/line-goes-offline", "zh/mix"]
    page.get_by_label("Rule").select_option("zh/mix")
    assert listed(page) == ["zh/mix"]
    page.get_by_label("critical").uncheck()
    assert listed(page) == []
    page.get_by_role("button", name="Show all findings").click()
    assert len(listed(page)) == 6


def test_filters_say_how_many_findings_they_hold(show: Opener) -> None:
    page = show(nasty.small())
    assert [c.inner_text().split() for c in page.locator(".chip").all()] == [
        ["critical", "1"],
        ["major", "2"],
        ["minor", "2"],
        ["neutral", "1"],
    ]
    assert "Accuracy/Mistranslation (2)" in page.get_by_label("Category").inner_text()


def test_what_repeats_counts_as_often_in_the_filters_as_on_the_card(show: Opener) -> None:
    doubled = ("She walked to <v>the the</v> pier.", None, (nasty.DOUBLED,))
    mixed = ("“<v>We shouldn’t mix it</v>,” he said.", None, (nasty.MIX,))
    page = show(nasty.build("pier.txt", [doubled, mixed, doubled, doubled]))
    assert page.locator(".finding").count() == 2
    expect(page.locator(".card .big").first).to_have_text("4")
    expect(page.locator(".shown")).to_have_text("4 shown, 2 different")
    counted = [int(chip.inner_text().split()[1]) for chip in page.locator(".chip").all()]
    assert (sorted(counted), sum(counted)) == ([1, 3], 4)
    assert "(4)" in page.get_by_label("Rule").inner_text()
    page.get_by_label("Rule").select_option("zh/mix")
    expect(page.locator(".shown")).to_have_text("1 of 4 shown")
    page.get_by_label("Rule").select_option("mt/doubled-word")
    expect(page.locator(".shown")).to_have_text("3 of 4 shown, 1 different")


# explanations


def test_focus_shows_what_is_wrong_why_and_what_to_write(show: Opener) -> None:
    page = show(nasty.small())
    page.locator("#hit-1").focus()
    card = page.get_by_role("dialog", name="Finding")
    expect(card).to_be_visible()
    for text in (*nasty.OFFLINE[:5], nasty.OFFLINE[5][0], "1 of 6", "3:23", "72%"):
        expect(card).to_contain_text(text)
    assert page.locator("#hit-1").get_attribute("aria-describedby") == "message-1"


def test_hover_shows_and_leaving_hides(show: Opener) -> None:
    page = show(nasty.small())
    page.get_by_text("we shouldn’t mix it").first.hover()
    expect(page.locator(".pop")).to_contain_text("Mix it")
    page.mouse.move(5, 5)
    expect(page.locator(".pop")).to_be_hidden()


def test_a_click_pins_and_another_or_one_elsewhere_closes(show: Opener) -> None:
    page = show(nasty.small())
    hit = page.locator("#hit-5")
    hit.click()
    page.mouse.move(5, 5)
    page.wait_for_timeout(400)
    expect(page.locator(".pop")).to_be_visible()
    hit.click()
    expect(page.locator(".pop")).to_be_hidden()
    hit.click()
    page.locator("footer").click()
    expect(page.locator(".pop")).to_be_hidden()
    hit.click()
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".pop")).to_be_hidden()
    expect(hit).to_be_focused()


def test_a_tap_shows_the_explanation_within_a_phone(show: Opener) -> None:
    page = show(nasty.small(), viewport=PHONE, has_touch=True, is_mobile=True)
    page.locator("#hit-2").tap()
    box = page.locator(".pop").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    expect(page.locator(".pop")).to_contain_text("The word stands twice.")
    page.get_by_role("dialog").get_by_role("button", name="Next finding").tap()
    expect(page.locator(".pop")).to_contain_text("has no translation")
    page.wait_for_function(  # the page scrolls
        """() => {
          const [shown, sheet] = ['#hit-3', '.pop'].map(s => document.querySelector(s).getBoundingClientRect());
          return 0 <= shown.top && shown.top < sheet.top;
        }"""
    )


def test_the_explanation_leaves_the_reference_readable(show: Opener) -> None:
    page = show(nasty.small(), viewport={"width": 1280, "height": 900})
    page.locator("#hit-1").focus()
    card, reference = page.locator(".pop").bounding_box(), page.locator(".r").nth(1).bounding_box()
    assert card is not None
    assert reference is not None
    assert card["x"] + card["width"] <= reference["x"]


def test_findings_over_the_same_words_are_explained_together(show: Opener) -> None:
    page = show(nasty.overlapping())
    assert page.locator(".t").inner_text() == "one two three four five"
    page.get_by_text("three four").first.hover()
    expect(page.locator(".pop section")).to_have_count(2)
    page.keyboard.press("j")
    expect(page.locator(".pop .bar")).to_contain_text("2 of 2")
    expect(page.locator(".pop section").first).to_contain_text("x/inner")


def test_signatures_show_on_focus(show: Opener) -> None:
    page = show(nasty.small())
    page.get_by_role("button", name="Signature of BLEU").focus()
    expect(page.get_by_role("tooltip").filter(has_text="tok:13a")).to_be_visible()


# keyboard


def test_keys_walk_through_the_findings_and_round(show: Opener) -> None:
    page = show(nasty.small())
    at = page.locator(".pop .bar span")
    for key, place in [("j", 1), ("j", 2), ("ArrowRight", 3), ("k", 2), ("ArrowLeft", 1), ("k", 6), ("j", 1)]:
        page.keyboard.press(key)
        expect(at).to_have_text(f"{place} of 6")
        expect(page.locator(f"#hit-{place}")).to_be_focused()
        expect(page.locator(f"#hit-{place}")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".pop")).to_be_hidden()
    page.keyboard.press("Enter")
    expect(page.locator(".pop")).to_be_visible()


def test_keys_skip_what_is_filtered_away(show: Opener) -> None:
    page = show(nasty.small())
    page.keyboard.press("2")
    page.keyboard.press("3")
    page.keyboard.press("j")
    expect(page.locator(".pop")).to_contain_text("zh/cast-shadow")
    page.keyboard.press("j")
    expect(page.locator(".pop")).to_contain_text("zh/mix")
    expect(page.locator(".pop .bar span")).to_have_text("2 of 2")


def test_tab_reaches_every_span_and_explains_it(show: Opener) -> None:
    page = show(nasty.small())
    page.locator("#article").focus()
    for number in range(1, 7):
        page.keyboard.press("Tab")
        expect(page.locator(f"#hit-{number}")).to_be_focused()
        expect(page.locator(".pop")).to_contain_text(f"{number} of 6")


def test_keys_for_filter_view_and_help(show: Opener) -> None:
    page = show(nasty.small())
    page.keyboard.press("f")
    expect(page.get_by_label("critical")).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator(".r").first).to_be_hidden()
    page.keyboard.press("v")
    expect(page.locator(".r").first).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".pop")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    page.keyboard.press("Control+j")
    expect(page.locator(".pop")).to_be_hidden()


# looks


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
@pytest.mark.parametrize("name", ["small", "nasty", "loose", "quiet", "empty"])
def test_no_width_needs_sideways_scrolling(show: Opener, name: str, width: int) -> None:
    page = show(getattr(nasty, name)(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if page.locator("[data-do=forth]").count():
        page.keyboard.press("j")
        page.keyboard.press("?")
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_sides_stand_beside_each_other_and_stack_on_a_phone(show: Opener) -> None:
    tops = "() => ['.t', '.r'].map(s => document.querySelectorAll(s)[1].getBoundingClientRect().top)"
    left, right = show(nasty.small(), viewport={"width": 1280, "height": 900}).evaluate(tops)
    assert left == right
    above, below = show(nasty.small(), viewport=PHONE).evaluate(tops)
    assert below > above + 20


CONTRAST = """() => {
  const parse = c => { const n = c.match(/[\\d.]+/g).map(Number); return [...n.slice(0, 3), n[3] ?? 1]; };
  const over = (a, b) => a.slice(0, 3).map((v, i) => v * a[3] + b[i] * (1 - a[3]));
  const light = c => {
    const [r, g, b] = c.map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = e => e ? (c => c[3] === 1 ? c.slice(0, 3) : over(c, ground(e.parentElement)))(
    parse(getComputedStyle(e).backgroundColor)) : [255, 255, 255];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const poor = [];
  for (let seen = 0; walker.nextNode();) {
    const e = walker.currentNode.parentElement, style = getComputedStyle(e);
    if (!walker.currentNode.data.trim() || !e.checkVisibility() || e.closest('script, style')) continue;
    const back = ground(e), fore = over(parse(style.color), back);
    const [a, b] = [light(fore), light(back)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) poor.push([walker.currentNode.data.trim().slice(0, 30), +ratio.toFixed(2)]);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_has_the_contrast_of_wcag_aa(show: Opener, scheme: str) -> None:
    page = show(nasty.small(), color_scheme=scheme, reduced_motion="reduce")
    for key in ("j", "j", "j", "j", "j", "v"):
        assert page.evaluate(CONTRAST) == []
        page.keyboard.press(key)
    page.get_by_role("button", name="Signature of TER").focus()
    assert page.evaluate(CONTRAST) == []


def test_severities_differ_in_more_than_colour(show: Opener) -> None:
    page = show(nasty.small())
    styles = page.evaluate(
        "['critical', 'major', 'minor', 'neutral'].map("
        "s => getComputedStyle(document.querySelector(`.hit.${s}`)).textDecorationStyle)"
    )
    assert styles == ["double", "solid", "dashed", "dotted"]


def test_dark_mode_is_dark(show: Opener) -> None:
    light = show(nasty.small(), color_scheme="light").screenshot()
    page = show(nasty.small(), color_scheme="dark")
    assert page.screenshot() != light
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"


def test_print_carries_the_explanations_and_not_the_controls(show: Opener) -> None:
    page = show(nasty.small(), color_scheme="dark")
    page.keyboard.press("j")
    page.emulate_media(media="print")
    for hidden in (".toolbar", ".pop", ".tip"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert page.locator(".note").all_inner_texts() == ["1", "2", "3", "4", "5", "6"]
    expect(page.locator(".finding").last).to_be_visible()
    expect(page.get_by_text("tok:13a")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRAST) == []
    assert page.pdf().startswith(b"%PDF")


# several files


def several() -> list[Report]:
    return [nasty.small(), nasty.quiet(), nasty.nasty(), nasty.overlapping()]


def test_several_files_are_listed_and_one_at_a_time_is_shown(show: Opener) -> None:
    page = show(*several())
    expect(page.locator(".report:visible")).to_have_count(0)
    page.get_by_role("link", name="boats.en.txt").click()
    expect(page.locator(".report:visible")).to_have_count(1)
    expect(page.locator("#files")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("boats.en.txt")
    page.get_by_role("link", name="all files").click()
    expect(page.locator("#files")).to_be_visible()
    expect(page.locator(".report:visible")).to_have_count(0)
    page.go_back()
    expect(page.locator(".report:visible")).to_have_count(1)


def test_the_list_and_a_report_in_it_look_like_a_report_alone(show: Opener) -> None:
    """The class by which the script shows one of several must not dress it."""
    paint = "e => [getComputedStyle(e).color, getComputedStyle(e).fontFamily]"
    alone, page = show(nasty.small()), show(*several())
    before = [alone.locator(f"{what} >> visible=true").first.evaluate(paint) for what in ("h1", ".verdict li", "p.t")]
    assert page.locator("#files h1").evaluate(paint) == before[0]
    assert page.locator("#files .verdict li").first.evaluate(paint) == before[1]
    page.get_by_role("link", name="boats.en.txt").click()
    expect(page.locator(".report.shown")).to_be_visible()
    after = [page.locator(f"{what} >> visible=true").first.evaluate(paint) for what in ("h1", ".verdict li", "p.t")]
    assert after == before


def test_keys_and_filters_work_on_the_file_that_is_shown(show: Opener) -> None:
    page = show(*several())
    page.keyboard.press("j")
    assert page.locator(".pop:visible").count() == 0
    page.locator("a[href='#file-4']").first.click()
    expect(page.locator(".report.shown")).to_be_visible()  # the address changes first, and keys are heard after
    page.keyboard.press("j")
    expect(page.locator(".pop:visible .bar span")).to_have_text("1 of 2")
    page.go_back()
    page.get_by_role("link", name="boats.en.txt").click()
    expect(page.locator(".report.shown")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("j")
    expect(page.locator(".pop:visible .bar span")).to_have_text("1 of 4")
    assert page.locator("#file-4 .finding[hidden]").count() == 0


def test_an_address_leads_to_a_finding_in_its_file(show: Opener) -> None:
    page = show(*several())
    page.goto(page.url + "#file-1-finding-5")
    expect(page.locator("#file-1-finding-5")).to_be_in_viewport()
    expect(page.locator("#files")).to_be_hidden()
    page.locator("#file-1-finding-5 .no").click()
    expect(page.locator("#file-1-hit-5")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
def test_the_list_of_files_needs_no_sideways_scrolling(show: Opener, width: int) -> None:
    page = show(*several(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_files_has_the_contrast_of_wcag_aa(show: Opener, scheme: str) -> None:
    assert show(*several(), color_scheme=scheme).evaluate(CONTRAST) == []


def test_without_script_all_files_are_there(show: Opener) -> None:
    page = show(*several(), java_script_enabled=False)
    assert page.locator(".report:visible").count() == 4
    page.get_by_role("link", name="boats.en.txt").click()
    page.wait_for_url("**#file-1")
    page.locator("#file-1-hit-5").click()
    expect(page.locator("#file-1-finding-5")).to_be_in_viewport()


def test_markup_in_several_texts_stays_text(show: Opener) -> None:
    page = show(*several())
    page.get_by_role("row").nth(2).get_by_role("link").click()
    expect(page.locator(".report.shown")).to_be_visible()
    page.keyboard.press("j")
    expect(page.locator(".pop:visible")).to_have_count(1)
    assert page.evaluate("window.pwned") is None
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0


# two versions compared


@cache
def compared() -> str:
    """A page with new, fixed and kept findings, hostile text among them."""
    good = [f"The ferry number {n} left the <b>old</b> harbour on Monday." for n in range(60)]
    bad = [line.replace("The", "The the").replace("old", nasty.LONG_WORD if "7" in line else "old") for line in good]
    versions = (good[:20] + bad[20:], bad[:40] + good[40:])
    texts = ["\n".join(lines) + "\n" for lines in versions]
    human = "".join(f"On Monday, ferry number {n} sailed from the “old” port.\n" for n in range(60))
    names = ("old/<img src=x onerror='window.pwned=2'>", "new/" + nasty.LONG_WORD)
    return compare(*texts, human, names=names, align="lines", select="mechanics").to_html()


@pytest.mark.parametrize("width", [320, 390, 700, 1280])
def test_a_comparison_needs_no_sideways_scrolling(show: Opener, width: int) -> None:
    page = show(content=compared(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".finding:visible").count() == 60
    assert page.evaluate("window.pwned") is None


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_comparison_has_the_contrast_of_wcag_aa(show: Opener, scheme: str) -> None:
    assert show(content=compared(), color_scheme=scheme).evaluate(CONTRAST) == []


# safety


@pytest.mark.parametrize("name", ["nasty", "small", "overlapping", "loose", "empty", "quiet"])
def test_markup_in_a_text_stays_text(show: Opener, name: str) -> None:
    page = show(getattr(nasty, name)())
    if page.locator("[data-do=forth]").count():
        page.keyboard.press("j")
    assert page.evaluate("window.pwned") is None
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    if name == "nasty":
        assert "<script>window.pwned=1</script>" in page.locator(".t").first.inner_text()
        page.get_by_label("Rule").select_option(index=1)
        assert len(listed(page)) >= 1


INJECT = """() => {
  const script = document.createElement('script');
  script.textContent = 'window.pwned = 3';
  const handler = document.createElement('p');
  handler.setAttribute('onclick', 'window.pwned = 4');
  const image = document.createElement('img');
  image.src = 'https://example.invalid/pixel.gif';
  document.body.append(script, handler, image);
  handler.click();
}"""


def test_even_injected_markup_could_not_run_or_call_home(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(html.render(nasty.quiet()), "utf-8")
    page = browser.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(file.as_uri())
    page.evaluate(INJECT)
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned") is None
    assert len(refused) == 3
    assert all("Content Security Policy" in message for message in refused)
    page.close()


def test_without_script_the_spans_lead_to_their_explanations(show: Opener) -> None:
    page = show(nasty.small(), java_script_enabled=False)
    expect(page.locator(".toolbar")).to_be_hidden()
    assert page.locator("#hit-5").get_attribute("title") == "critical: “Mix it” says nothing here."
    page.locator("#hit-5").click()
    page.wait_for_url("**#finding-5")
    expect(page.locator("#finding-5")).to_be_in_viewport()

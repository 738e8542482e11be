"""The HTML report in a real browser: nothing runs, nothing leaves, everybody can read it."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import violations

SCHEMES = ("light", "dark")


def opened(chromium: Browser, path: Path, *, scheme: str = "light", width: int = 1280) -> Page:
    """The page in a window of its own."""
    page = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
    page.goto(path.as_uri())
    return page


def test_hostile_text_runs_nothing_and_fetches_nothing(chromium: Browser, hostile: Path) -> None:
    page = chromium.new_context().new_page()
    seen: list[str] = []
    page.on("dialog", lambda dialog: (seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: seen.append(f"console {message.text}"))
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("request", lambda request: seen.append(f"request {request.url}"))
    page.goto(hostile.as_uri())
    page.locator("a").evaluate_all("links => links.forEach(link => link.click())")
    page.locator("body *").evaluate_all("all => all.forEach(one => one.dispatchEvent(new MouseEvent('click')))")
    assert seen == [f"request {hostile.as_uri()}"]
    assert page.evaluate("window.hit") is None
    assert page.url.startswith(hostile.as_uri())


def test_hostile_text_is_read_as_it_was_written(chromium: Browser, hostile: Path) -> None:
    page = opened(chromium, hostile)
    said = page.locator("#C2 .said > p").inner_text()
    assert "<script>window.hit = 1; alert(1)</script>" in said
    assert "{{ 7*7 }} {% raw %} ${7*7} &lt;b&gt; ␛[31mred" in said
    assert "\u202e" not in page.content()
    assert page.locator("script, iframe, img, link, base, body style, [onerror], [onload], [onclick]").count() == 0
    assert page.locator("a:not([href^='#'])").count() == 0


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_rule_of_axe_is_broken(chromium: Browser, shipped: Path, scheme: str) -> None:
    assert violations(opened(chromium, shipped, scheme=scheme)) == []


def test_no_rule_of_axe_is_broken_by_what_people_write(chromium: Browser, hostile: Path) -> None:
    assert violations(opened(chromium, hostile)) == []


def test_the_plot_of_progress_is_named_and_told_in_words_and_figures(chromium: Browser, shipped: Path) -> None:
    page = opened(chromium, shipped)
    plot = page.get_by_role("img", name="Scores in percent")
    assert plot.is_visible()
    assert "Overall: from 40.0 to 60.0 %." in (plot.locator("desc").text_content() or "")
    row = page.locator("#the-progress tr", has_text="2026-11-21")
    assert row.locator("td").all_inner_texts() == ["60.0", "60.0", "60.0"]


def test_a_quote_leads_to_its_turn_and_the_turn_back_to_the_criterion(chromium: Browser, shipped: Path) -> None:
    page = opened(chromium, shipped)
    page.locator("#plans_labels blockquote a").first.click()
    turn = page.locator(":target")
    assert turn.get_attribute("id") == "C16"
    assert "A positive is a click" in turn.locator("mark").first.inner_text()
    turn.get_by_role("link", name="3 of 3: Plans the labels").click()
    assert page.locator(":target").get_attribute("id") == "plans_labels"


def test_every_link_of_the_page_leads_somewhere(chromium: Browser, shipped: Path) -> None:
    page = opened(chromium, shipped)
    lost = page.locator("a").evaluate_all(
        "links => links.map(a => a.getAttribute('href')).filter(to => !document.getElementById(to.slice(1)))"
    )
    assert lost == []


@pytest.mark.parametrize("width", [320, 400, 768])
def test_a_narrow_screen_does_not_scroll_sideways(chromium: Browser, shipped: Path, hostile: Path, width: int) -> None:
    for path in (shipped, hostile):
        page = opened(chromium, path, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_print_is_dark_on_light_whatever_the_screen_is(chromium: Browser, shipped: Path) -> None:
    page = opened(chromium, shipped, scheme="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(20, 23, 28)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(253, 253, 251)"
    assert not page.get_by_role("navigation").is_visible()
    assert page.locator("#the-transcript").evaluate("one => getComputedStyle(one).breakBefore") == "page"


def test_in_print_what_heads_something_stays_with_it(chromium: Browser, shipped: Path) -> None:
    page = opened(chromium, shipped)
    page.emulate_media(media="print")
    heads = page.locator("h2, h3, h4, .labelled b, figcaption, summary")
    breaks = heads.evaluate_all("all => all.map(one => [one.localName, getComputedStyle(one).breakAfter])")
    assert {"h2", "h3", "h4", "b"} <= {name for name, _ in breaks}
    assert {after for _, after in breaks} == {"avoid"}


def test_dark_and_light_follow_the_system(chromium: Browser, shipped: Path) -> None:
    grounds = {
        opened(chromium, shipped, scheme=scheme).evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in SCHEMES
    }
    assert len(grounds) == 2

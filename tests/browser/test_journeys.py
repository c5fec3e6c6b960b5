"""What people come for, from the first page to the way out, in wide and narrow windows, with and without script."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.chromium, pytest.mark.long]

BROWSERS = [
    pytest.param({"is_narrow": False, "is_dark": False}, id="desk"),
    pytest.param({"is_narrow": True, "is_dark": True}, id="phone-dark"),
    pytest.param({"is_narrow": False, "is_dark": True, "has_script": False}, id="desk-dark-without-script"),
    pytest.param({"is_narrow": True, "is_dark": False, "has_script": False}, id="phone-without-script"),
]


@pytest.fixture(params=BROWSERS)
def settings(request):
    """What kind of browser it is."""
    return request.param


def has_script(settings):
    """Whether this browser runs script."""
    return settings.get("has_script", True)


def open_filters(page, settings, facet):
    """Bring a facet into view: in a narrow window its group and itself have to be opened."""
    if settings["is_narrow"]:
        page.locator(".filters__summary").click()
        group = page.locator(".facet").filter(has=page.locator(f"#facet-{facet}"))
        if group.locator("details:not([open])").count():
            group.locator(".facet__summary").click()


def open_menu(page, settings):
    """Open the account menu."""
    page.locator(".menu__summary").click()


def test_browse_narrow_sort_and_page(visit, settings):
    visitor = visit(**settings)
    page = visitor.go("/")
    search = page.get_by_label("Search names and descriptions")
    search.fill("data")
    search.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("matching “data”")

    open_filters(page, settings, "format")
    page.locator(".facet").filter(has=page.locator("#facet-format")).get_by_text("csv", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("format csv")
    expect(page.get_by_label("Search names and descriptions")).to_have_value("data")

    page.get_by_label("Sort").select_option("name")
    if not has_script(settings):
        page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("sort=name"))
    titles = page.locator(".dataset_card__link").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)
    assert len(titles) > 2

    page.get_by_role("link", name="Remove format csv").click()
    page.get_by_role("link", name="Table", exact=True).click()
    expect(page.locator("table.dataset_table")).to_be_visible()
    page.goto(page.url + "&size=5")
    first = page.locator(".dataset_table__link").all_inner_texts()
    page.get_by_role("link", name="Next page").click()
    expect(page.locator(".pager__place")).to_contain_text("6–10 of")
    assert not set(first) & set(page.locator(".dataset_table__link").all_inner_texts())
    page.go_back()
    assert page.locator(".dataset_table__link").all_inner_texts() == first


def test_open_a_dataset_take_its_code_and_go_back(visit, settings):
    visitor = visit(**settings)
    page = visitor.go("/datasets?q=world")
    page.locator(".dataset_card__link").first.click()
    expect(page.locator(".fact_row")).to_be_visible()
    expect(page.locator(".why__words")).to_contain_text("You see this because it is public")

    python = page.get_by_role("tab" if has_script(settings) else "link", name="Python")
    python.click()
    code = page.locator("#code-python")
    expect(code).to_be_visible()
    if has_script(settings):
        expect(page.locator("#code-curl")).to_be_hidden()
        python.press("ArrowRight")
        expect(page.locator("#code-gfw")).to_be_visible()
        expect(page.get_by_role("tab", name="GFW")).to_be_focused()
        page.locator("#get-gfw").get_by_role("button", name="Copy").click()
        expect(page.locator("[data-say]")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == page.locator("#code-gfw").inner_text()
    else:
        expect(page.locator("#code-curl")).to_be_visible()
        expect(page.locator(".copy_button").first).to_be_hidden()

    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Assets").click()
    expect(page.locator("#assets")).to_be_in_viewport()
    page.get_by_role("link", name="Back to results for “world”").click()
    expect(page.get_by_label("Search names and descriptions")).to_have_value("world")


def test_sign_in_see_what_is_shared_and_sign_out(visit, settings, place):
    visitor = visit(**settings)
    page = visitor.go("/datasets/wdpa", status=404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not found, or not shared with you")
    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    page.get_by_label("Name or e-mail").fill("bob")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("There is a problem")
    expect(summary).to_be_focused()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Name or e-mail")).to_be_focused()

    visitor.sign_in("bob")
    expect(page).to_have_url(f"{place.url}/datasets/wdpa")
    expect(page.locator(".why__words")).to_contain_text("Alice Almeida shared it with you")
    page.goto(f"{place.url}/datasets?ownership=sharedWithMe")
    expect(page.locator("[data-slug=wdpa]")).to_be_visible()

    open_menu(page, settings)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status").first).to_contain_text("You are signed out.")
    if has_script(settings):
        page.get_by_role("button", name="Close this message").click()
        expect(page.get_by_text("You are signed out.")).to_have_count(0)
    visitor.go("/datasets/wdpa", status=404)
    expect(page.get_by_role("heading", level=1)).to_have_text("Not found, or not shared with you")


def test_every_room_is_reached_from_the_bar(visit, settings):
    visitor = visit(**settings, who="alice")
    page = visitor.page
    for words, heading in (("Assets", "assets"), ("Organizations", "organizations"), ("Datasets", "datasets")):
        if settings["is_narrow"]:
            open_menu(page, settings)
        page.get_by_role("navigation", name="Main").get_by_role("link", name=words).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
    page.get_by_role("link", name="Catalog", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Find a dataset")
    open_menu(page, settings)
    page.get_by_role("link", name="Alice Almeida").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Alice Almeida")


def test_the_keyboard_is_enough(visit):
    page = visit().go("/datasets")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search names and descriptions")).to_be_focused()
    page.keyboard.type("a/b")
    expect(page.get_by_label("Search names and descriptions")).to_have_value("a/b")
    sort = page.get_by_label("Sort")
    sort.focus()
    sort.press("ArrowDown")
    expect(page).to_have_url(re.compile("/datasets#main$"))
    sort.press("Enter")
    expect(page).to_have_url(re.compile("sort="))


def test_the_menu_closes_by_escape_and_by_a_click_elsewhere(visit):
    page = visit(who="alice").page
    summary, menu = page.locator(".menu__summary"), page.locator("details.menu")
    summary.click()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    summary.click()
    page.get_by_role("heading", level=1).click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_search_box_leads_on_by_arrow_keys(visit):
    page = visit().go("/")
    search = page.get_by_label("Search names and descriptions")
    search.press_sequentially("tree cov")
    box = page.get_by_role("listbox", name="Suggestions")
    expect(box.get_by_role("option").first).to_have_text(re.compile("Tree cover loss"))
    expect(search).to_have_attribute("aria-expanded", "true")
    search.press("ArrowDown")
    expect(box.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    search.press("Escape")
    expect(box).to_be_hidden()
    expect(search).to_have_value("tree cov")
    search.press("Backspace")
    expect(box).to_be_visible()
    search.press("ArrowDown")
    search.press("Enter")
    expect(page).to_have_url(re.compile("/datasets/umd_tree_cover_loss$"))

"""What people do with datasets of theirs: registered row by row, shared, edited by two at once, put into the trash."""

import re
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.chromium

BROWSERS = [
    pytest.param({"is_narrow": False, "is_dark": False}, id="desk"),
    pytest.param({"is_narrow": True, "is_dark": True, "has_script": False}, id="phone-dark-without-script"),
]


@pytest.fixture(params=BROWSERS)
def settings(request):
    """What kind of browser it is."""
    return request.param


@pytest.fixture
def slug(request):
    """An id that no other test takes."""
    return re.sub(r"\W+", "_", request.node.name.removeprefix("test_")).strip("_").lower()[:60]


def has_script(settings):
    """Whether this browser runs script."""
    return settings.get("has_script", True)


def has_no_barriers(page, settings):
    """Nothing that axe complains of, which runs as script."""
    return not has_script(settings) or Axe().run(page).response["violations"] == []


def register(page, slug, title="Trees of the town"):
    """Register a private dataset with one version and one asset."""
    page.goto(urljoin(page.url, "/datasets/new"))
    page.locator("#title").fill(title)
    page.locator("#versions-0-label").fill("1.0")
    page.locator("#assets-0-uri").fill(f"https://files.example/{slug}.csv")
    page.locator("#assets-0-kind").fill("CSV")
    page.locator("#slug").fill(slug)
    page.get_by_label("Private").check()
    page.get_by_role("button", name="Register").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_dataset_is_registered_and_grows_by_rows(visit, settings, slug):
    page = visit(**settings, who="alice").page
    register(page, slug)
    page.get_by_text("Actions", exact=True).click()
    page.get_by_role("link", name="Edit", exact=True).click()
    assert has_no_barriers(page, settings)
    page.get_by_label("Subtitle").fill("Typed before the rows were added")
    page.get_by_role("button", name="Add another version").click()
    expect(page.locator("#versions-1-label")).to_be_visible()
    page.locator("#versions-1-label").fill("2.0")
    page.get_by_role("button", name="Add another asset").click()
    page.locator("#assets-1-uri").fill("javascript:alert(1)")
    page.locator("#assets-1-kind").fill("Parquet")
    page.locator("#assets-1-version").fill("2.0")
    page.get_by_role("button", name="Save").last.click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    assert has_no_barriers(page, settings)
    alert.get_by_role("link").click()
    expect(page.locator("#assets-1-uri")).to_be_focused()
    expect(page.get_by_label("Subtitle")).to_have_value("Typed before the rows were added")
    page.locator("#assets-1-uri").fill("s3://bucket/trees.parquet")
    page.locator("#assets-1-uri").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Your changes are saved.")
    expect(page.get_by_role("main")).to_contain_text("Typed before the rows were added")
    expect(
        page.get_by_role("link", name="s3://bucket/trees.parquet").or_(page.get_by_text("Parquet"))
    ).not_to_have_count(0)


def test_names_are_suggested_while_they_are_typed(visit, slug):
    page = visit(who="alice").page
    register(page, slug)
    page.goto(page.url + "/shares")
    receiver = page.get_by_label("Person or organization")
    receiver.press_sequentially("bo")
    expect(page.locator("#receivers option[value=bob]")).to_have_count(1)
    receiver.fill("forest")
    expect(page.locator("#receivers option[value=forest-team]")).to_have_count(1)
    expect(page.locator("#receivers option[value=bob]")).to_have_count(0)
    receiver.fill("bob")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("bob is now a viewer of this dataset.")
    page.get_by_role("combobox", name="Role of Bob").select_option("editor")
    expect(page.get_by_role("status").first).to_contain_text("bob is now an editor of this dataset.")


def test_it_is_shared_without_script_and_says_what_is_wrong(visit, settings, slug):
    page = visit(**settings, who="alice").page
    register(page, slug)
    page.goto(page.url + "/shares")
    page.get_by_label("Person or organization").fill("nobody-at-all")
    page.get_by_label("Editor").check()
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert has_no_barriers(page, settings)
    expect(page.get_by_label("Person or organization")).to_have_value("nobody-at-all")
    expect(page.get_by_label("Editor")).to_be_checked()
    page.get_by_label("Person or organization").fill("bob")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("bob is now an editor of this dataset.")
    page.get_by_role("button", name=re.compile("Remove Bob")).click()
    expect(page.get_by_role("status").first).to_contain_text("no longer shared with bob")


def test_who_saves_second_keeps_what_was_typed_and_sees_what_differs(visit, settings, slug):
    alice, bob = visit(**settings, who="alice").page, visit(**settings, who="bob").page
    register(alice, slug)
    address = alice.url
    alice.goto(f"{address}/shares")
    alice.get_by_label("Person or organization").fill("bob")
    alice.get_by_label("Editor").check()
    alice.get_by_role("button", name="Share", exact=True).click()

    alice.goto(f"{address}/edit")
    bob.goto(f"{address}/edit")
    alice.locator("#title").fill("Alice's trees")
    alice.get_by_role("button", name="Save").last.click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("Alice's trees")
    bob.locator("#title").fill("Bob's trees")
    bob.get_by_label("Subtitle").fill("By Bob")
    bob.get_by_role("button", name="Save").last.click()

    alert = bob.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Somebody saved first")
    expect(bob.locator(".conflict__difference").first).to_contain_text("Alice's trees")
    expect(bob.locator(".conflict__difference").first).to_contain_text("Bob's trees")
    expect(bob.locator("#title")).to_have_value("Bob's trees")
    assert has_no_barriers(bob, settings)
    alert.get_by_role("button", name="Save mine over theirs").click()
    expect(bob.get_by_role("heading", level=1)).to_have_text("Bob's trees")
    alice.goto(address)
    expect(alice.get_by_role("heading", level=1)).to_have_text("Bob's trees")


def test_who_saves_second_may_take_theirs(visit, slug):
    page = visit(who="alice").page
    register(page, slug)
    other = page.context.new_page()
    for one in (page, other):
        one.goto(f"{page.url.removesuffix('/edit')}/edit")
    page.locator("#title").fill("First")
    page.get_by_role("button", name="Save").last.click()
    other.locator("#title").fill("Second")
    other.get_by_role("button", name="Save").last.click()
    expect(other.get_by_role("alert")).to_contain_text("You, in another window, saved this dataset")
    other.get_by_role("link", name="Take what the other window saved").click()
    expect(other.locator("#title")).to_have_value("First")


def test_withdrawn_it_waits_in_the_trash(visit, settings, slug, place):
    page = visit(**settings, who="alice").page
    register(page, slug, title=f"Trees {slug}")
    page.get_by_text("Actions", exact=True).click()
    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page).to_have_url(f"{place.url}/trash")
    expect(page.get_by_role("status").first).to_contain_text("is withdrawn")
    assert has_no_barriers(page, settings)
    page.goto(f"{place.url}/datasets/{slug}")
    expect(page.get_by_role("heading", level=1)).to_have_text("In the trash")
    assert has_no_barriers(page, settings)
    page.get_by_role("link", name="All in the trash").click()
    page.get_by_role("button", name=f"Restore Trees {slug}").click()
    expect(page.get_by_role("status").first).to_contain_text("is back")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Trees {slug}")


def test_the_actions_are_reached_by_keys(visit, slug):
    page = visit(who="alice").page
    register(page, slug)
    summary = page.locator(".menu--actions > summary")
    for _ in range(60):
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    words = page.locator(".menu--actions .menu__link").all_inner_texts()
    for one in words:
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=one, exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(summary).to_be_focused()
    expect(page.locator(".menu--actions")).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/datasets/{slug}/"))

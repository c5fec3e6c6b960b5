"""What people do with what is their own: a token taken along, another password, others admitted to an organization."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.chromium

NEW = "blue whale under piano"
BROWSERS = [
    pytest.param({"is_narrow": False, "is_dark": False}, id="desk"),
    pytest.param({"is_narrow": True, "is_dark": True, "has_script": False}, id="phone-dark-without-script"),
]


@pytest.fixture(params=BROWSERS)
def settings(request):
    """What kind of browser it is."""
    return request.param


def has_script(settings):
    """Whether this browser runs script."""
    return settings.get("has_script", True)


def test_a_token_is_made_copied_and_revoked(visit, settings, request):
    page = visit(**settings, who="bob").page
    name = f"harvest {request.node.callspec.id}"
    page.locator(".menu__summary").click()
    page.get_by_role("link", name="Tokens", exact=True).click()
    page.get_by_role("link", name="New token").click()
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_label("What it is for").fill(name)
    page.get_by_label("Read and write").check()
    page.get_by_label("7 days").check()
    page.get_by_role("button", name="Make the token").click()

    secret = page.locator("#secret").inner_text()
    assert re.fullmatch(r"catalog_\w{43}", secret)
    assert not has_script(settings) or Axe().run(page).response["violations"] == []
    copy = page.get_by_role("button", name="Copy the token")
    if has_script(settings):
        copy.click()
        expect(page.locator("[data-say]")).to_have_text("Copied")
        assert page.evaluate("navigator.clipboard.readText()") == secret
    else:
        expect(copy).to_be_hidden()

    page.get_by_role("link", name="I have copied it").click()
    expect(page.get_by_role("main")).to_contain_text(secret[:14])
    assert secret not in page.content()
    page.get_by_role("link", name=f"Revoke {name}").click()
    page.get_by_role("button", name="Revoke it").click()
    expect(page.get_by_role("status").first).to_contain_text("revoked")
    expect(page.get_by_role("link", name=f"Revoke {name}")).to_have_count(0)


def test_a_weak_password_is_refused_and_a_strong_one_ends_the_other_sessions(visit, settings, place):
    other = visit(who="carol")
    page = visit(**settings, who="carol").page
    page.goto(f"{place.url}/account/password")
    change(page, place.passwords["carol"], "carol carol 1")
    expect(page.get_by_role("alert")).to_contain_text("trivial to guess")
    expect(page.get_by_label("New password", exact=True)).to_have_attribute("aria-invalid", "true")

    chosen = f"{NEW} {len(place.passwords['carol'])}"
    change(page, place.passwords["carol"], chosen)
    place.passwords["carol"] = chosen
    expect(page.get_by_role("status").first).to_contain_text("Your other sessions have ended.")
    other.go("/account")
    expect(other.page).to_have_url(f"{place.url}/sign-in?next=/account")
    other.sign_in("carol")
    expect(other.page).to_have_url(f"{place.url}/account")


def change(page, present, chosen):
    """Ask for another password."""
    page.get_by_label("Present password").fill(present)
    page.get_by_label("New password", exact=True).fill(chosen)
    page.get_by_label("New password again").fill(chosen)
    page.get_by_role("button", name="Change the password").click()


def test_somebody_is_admitted_given_another_role_and_dismissed(visit, settings, place, request):
    page = visit(**settings, who="alice").page
    key = f"lab-{request.node.callspec.id}"
    page.goto(f"{place.url}/organizations/new")
    page.get_by_label("Title").fill("A lab")
    page.get_by_label("Key").fill(key)
    page.get_by_role("button", name="Found it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Members of A lab")

    person = page.get_by_label("Person")
    if has_script(settings):
        person.press_sequentially("caro")
        expect(page.locator("#people option")).to_have_attribute("value", "carol")
    person.fill("carol")
    page.get_by_label("Editor", exact=True).check()
    page.get_by_role("button", name="Admit").click()
    expect(page.get_by_role("status").first).to_contain_text("carol is now an editor.")

    role = page.get_by_label("Role of Carol Chen", exact=True)
    role.select_option("admin")
    if not has_script(settings):
        page.get_by_role("button", name="Change the role of Carol").click()
    expect(page.get_by_role("status").first).to_contain_text("carol is now an admin.")

    page.get_by_role("link", name="Dismiss Carol").click()
    page.get_by_role("main").get_by_role("button", name="Dismiss").click()
    expect(page.get_by_role("status").first).to_contain_text("carol does not belong to it any more.")
    page.get_by_role("link", name="Leave").click()
    page.get_by_role("main").get_by_role("button", name="Leave").click()
    expect(page.get_by_role("main")).to_contain_text("An organization keeps at least one admin")

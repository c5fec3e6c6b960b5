"""A record that attacks with every part of it is shown, and nothing of it runs."""

from urllib.parse import urlencode

import pytest

from tests.browser.dirt import PAYLOADS

pytestmark = pytest.mark.chromium

# What no record may bring into a page.
FOREIGN = ", ".join(
    (
        *("iframe", "object", "embed", "base", "style", "[style]", "form[action*=evil]", "meta[http-equiv]"),
        *("main script", "main img", "main video", "main link"),
    )
)
ADDRESSES = "[...document.querySelectorAll('a')].map(link => link.href).filter(href => !/^(https?|mailto):/.test(href))"
HANDLERS = (
    "[...document.querySelectorAll('*')].flatMap(one => one.getAttributeNames().filter(name => name.startsWith('on')))"
)


@pytest.mark.parametrize("has_script", [True, False])
def test_nothing_of_a_hostile_record_runs(visit, has_script):
    visitor = visit(has_script=has_script)
    page = visitor.go("/datasets/hostile_record")
    asset = page.locator(".asset_table__link").first.get_attribute("href")
    organization = page.locator(".fact_row a").first.get_attribute("href")
    paths = [
        *(
            "/datasets/hostile_record?overview=all",
            "/datasets?q=hostile",
            "/datasets?q=hostile&view=table",
            "/datasets/facets/tag",
        ),
        *("/", "/assets?q=alert", "/assets/facets/type", "/organizations?q=hostile", asset, organization),
    ]
    for path in paths:
        visitor.go(path)
        assert page.locator(FOREIGN).count() == 0, path
        if has_script:
            assert page.evaluate(ADDRESSES) == [], path
            assert page.evaluate(HANDLERS) == [], path
            page.mouse.move(300, 300)
            page.mouse.move(600, 500)
    assert visitor.complaints == []


def test_an_address_that_attacks_is_shown_as_it_is(visit):
    visitor = visit()
    page = visitor.page
    for number, payload in enumerate(PAYLOADS):
        query = urlencode({"q": payload, "tag": payload, "view": payload, "next": payload})
        visitor.go(f"/{('datasets', 'assets')[number % 2]}?{query}")
        assert page.locator(FOREIGN).count() == 0
        assert payload in page.get_by_role("heading", level=1).inner_text()

"""The pages for developers: every client with the reader's own address, and a reference of each dialect."""

import re

import pytest

from catalog.pages.clients import MANNERS, render
from catalog.pages.reference import groups_of, words_of
from catalog.settings import GfwAssetTypes, Settings, variable
from tests.support.callers import Browser
from tests.support.house import ROOT


def test_each_client_is_pointed_at_the_readers_own_address(app_with):
    text = Browser(app_with(public_url="https://data.example/catalog")).get("/developers").text
    for manner in MANNERS:
        assert f'href="/developers/{manner.key}"' in text
        for client in manner.clients:
            assert f'id="code-{client.key}"' in text
    assert text.count("https://data.example/catalog") > sum(len(manner.clients) for manner in MANNERS)
    assert "{base}" not in text


@pytest.mark.parametrize("key", [manner.key for manner in MANNERS])
def test_the_reference_shows_every_operation_and_thing_of_the_document(browser, client, key):
    document = client.get(f"/openapi/{key}.json").json
    answer = browser.get(f"/developers/{key}")
    assert f'href="/openapi/{key}.json"' in answer.text
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert f"{method.upper()} {path}" in answer.text
            for parameter in operation["parameters"]:
                assert f">{parameter['name']}</code>" in answer.text
    for name in document["components"]["schemas"]:
        assert f'id="thing-{name}"' in answer.text


def test_a_dialect_that_is_not_spoken_has_no_reference(browser):
    assert browser.get("/developers/latin").status_code == 404


def test_every_page_leads_to_it(browser, cast):
    for path in ("/", "/datasets", "/nowhere"):
        assert browser.get(path).page.link("Developers") == "/developers"


def test_leads_to_where_tokens_are_made(browser, browser_of, cast):
    assert browser_of("alice").page("/developers").link("Make a token") == "/account/tokens/new"
    answer = browser.get("/account/tokens/new")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=/account/tokens/new")
    assert "/account/tokens" in render()


def test_the_repository_says_the_same():
    assert (ROOT / "docs" / "scripts.md").read_text(encoding="utf-8") == render(), "run `make scripts`"


def test_names_settings_that_there_are():
    named = {word for word in re.findall(r"CATALOG_[A-Z_]+\b(?:=\w+)?", render()) if word != "CATALOG_TOKEN"}
    known = {variable(field) for field in Settings.model_fields}
    assert {word.partition("=")[0] for word in named} <= known
    assert named == {f"CATALOG_GFW_ASSET_TYPES={GfwAssetTypes.KNOWN}"}


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({}, "anything"),
        ({"type": ["string", "null"], "format": "uuid"}, "string, uuid or null"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Dataset"}}, "list of Dataset"),
        (
            {"anyOf": [{"type": "integer", "minimum": 1, "default": 1}, {"type": "null"}]},
            "integer, from 1, else 1 or null",
        ),
        ({"enum": ["a", None]}, 'one of "a", null'),
        ({"const": 5}, "5"),
    ],
)
def test_types_are_said_in_words(schema, words):
    assert "".join(text for text, _ in words_of(schema)) == words


def test_operations_are_grouped_by_what_tells_their_addresses_apart():
    operation = {"operationId": "get_x", "summary": "X", "responses": {}}
    paths = {path: {"get": operation} for path in ("/v2/datasets", "/v2/datasets/{id}", "/v2/users/me")}
    assert {name: len(all_) for name, all_ in groups_of({"paths": paths}).items()} == {"datasets": 2, "users": 1}

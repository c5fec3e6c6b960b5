"""The OpenAPI documents: each is valid, and no route that speaks a dialect is missing in it."""

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from catalog.dialects.describing import operation_of
from catalog.dialects.front_desk import SHARED
from tests.support.callers import Script

DIALECTS = ("gfw", "apify", "org")


@pytest.mark.parametrize("key", DIALECTS)
def test_the_document_is_valid(client, key):
    assert list(OpenAPIV31SpecValidator(client.get(f"/openapi/{key}.json").json).iter_errors()) == []


@pytest.mark.parametrize("key", DIALECTS)
def test_its_operations_have_names_of_their_own(client, key):
    paths = client.get(f"/openapi/{key}.json").json["paths"]
    names = [operation["operationId"] for item in paths.values() for operation in item.values()]
    assert sorted(names) == sorted(set(names))


def test_every_route_of_a_dialect_is_described(shared_app):
    missing = [
        rule.rule
        for rule in shared_app.url_map.iter_rules()
        if (rule.endpoint.partition(".")[0] in DIALECTS or rule.rule in SHARED)
        and operation_of(shared_app.view_functions[rule.endpoint]) is None
    ]
    assert missing == [], "let the view bear @described(Operation(...)), nearest to the function"


def test_the_document_names_the_readers_own_address(app_with):
    answer = Script(app_with(public_url="https://data.example/catalog")).get("/openapi/org.json")
    assert answer.json["servers"] == [{"url": "https://data.example/catalog"}]

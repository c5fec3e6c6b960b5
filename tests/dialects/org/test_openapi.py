"""/openapi/org.json: every route is described, and what is described is what is sent."""

from typing import Any

import pytest
from flask import Flask

from tests.dialects.org.conftest import Asked
from tests.support.callers import Script
from tests.support.given import Given
from tests.support.groups import EITHER

pytestmark = EITHER

BASE = "/api/v1/org/acme/datasets/trees"


@pytest.fixture
def document(client: Script) -> dict:
    return client.get("/openapi/org.json").json


def test_describes_every_route(app: Flask, document: dict):
    described = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    routes = {
        (method, rule.rule.replace("uuid:", "").replace("<", "{").replace(">", "}"))
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("org.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == routes


def test_every_name_that_a_schema_refers_to_is_there(document: dict):
    def names(part: Any):
        for key, value in part.items() if isinstance(part, dict) else enumerate(part if isinstance(part, list) else ()):
            if key == "$ref":
                yield value
            else:
                yield from names(value)

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(names(document["paths"])) | set(names(document["components"])) == known


@pytest.mark.parametrize(
    ("method", "path", "route", "schema"),
    [
        ("GET", "/api/v1/org/acme/datasets", "/api/v1/org/{org}/datasets", "DatasetList"),
        ("GET", BASE, "/api/v1/org/{org}/datasets/{name}", "DatasetDetail"),
        ("GET", f"{BASE}/latest", "/api/v1/org/{org}/datasets/{name}/{version}", "DatasetDetail"),
        ("GET", f"{BASE}/versions", "/api/v1/org/{org}/datasets/{name}/versions", "Versions"),
        ("GET", "/api/v1/org/acme/datasets/facets", "/api/v1/org/{org}/datasets/facets", "Facets"),
        ("GET", "/api/v1/org/acme/datasets/activity", "/api/v1/org/{org}/datasets/activity", "Activity"),
        ("PATCH", f"{BASE}/visibility", "/api/v1/org/{org}/datasets/{name}/visibility", "Visibility"),
        ("POST", f"{BASE}/latest/download", "/api/v1/org/{org}/datasets/{name}/{version}/download", "Download"),
        ("GET", "/api/v1/health", "/api/v1/health", "Health"),
        ("GET", "/api/v1/user", "/api/v1/user", "User"),
        ("GET", "/api/v1/user/organizations", "/api/v1/user/organizations", "Organization"),
        ("GET", "/api/v1/org/acme", "/api/v1/org/{org}", "Organization"),
        ("GET", "/api/v1/org/acme/ws", "/api/v1/org/{org}/ws", "Workspace"),
        ("GET", "/api/v1/org/acme/ws/main", "/api/v1/org/{org}/ws/{ws}", "Workspace"),
    ],
)
def test_an_answer_has_the_keys_of_its_schema(given: Given, alice, acme, client, document, method, path, route, schema):
    given.dataset("trees", owner=alice, organization=acme, versions=["1.0"])
    token = given.token(alice, scope="write")
    sent = {"json": {"is_public": True}} if method == "PATCH" else {}
    if schema == "Activity":
        client.post(f"{BASE}/latest/download", token=token)
    answer = client.open(method, path, token=token, **sent).json
    told = document["paths"][route][method.lower()]["responses"]["200"]["content"]["application/json"]["schema"]
    if isinstance(answer, list):
        told, answer = told["items"], answer[0]
    assert told == {"$ref": f"#/components/schemas/{schema}"}
    assert_has_keys(document["components"]["schemas"], schema, answer)


def assert_has_keys(schemas: dict, name: str, value: dict) -> None:
    """`value` has the keys that the schema requires, all of them and in that order, and so have those inside it."""
    assert list(value) == schemas[name]["required"]
    for key, schema in schemas[name]["properties"].items():
        if "$ref" in schema.get("items", {}):
            for inner in value[key]:
                assert_has_keys(schemas, schema["items"]["$ref"].rpartition("/")[2], inner)


def test_parameters_and_bodies_are_those_that_are_read(document: dict):
    def parameters(path: str) -> list[str]:
        return [one["name"] for one in document["paths"][f"/api/v1/org/{{org}}/datasets{path}"]["get"]["parameters"]]

    filters = ["search", "tags", "license", "task_categories", "format", "size_category"]
    assert parameters("") == ["org", *filters, "name", "sort_by", "sort_dir", "page", "limit", "include_public"]
    assert parameters("/facets") == ["org", *filters, "include_public"]
    assert parameters("/activity") == ["org", "limit", "offset", "user_id", "dataset_name"]
    posted = document["paths"]["/api/v1/org/{org}/datasets/{name}/{version}/download"]["post"]["requestBody"]
    assert (posted["required"], list(posted["content"]["application/json"]["schema"]["properties"])) == (
        False,
        ["format", "split"],
    )


def test_a_refusal_has_the_keys_of_its_schema(client: Script, given: Given, alice, acme, asked: Asked, document: dict):
    schemas = document["components"]["schemas"]
    assert list(asked("/org/acme/datasets/nothing").json) == schemas["Error"]["required"]
    faulty = asked("/org/acme/datasets?page=x").json
    assert list(faulty) == schemas["Faults"]["required"]
    assert list(faulty["errors"][0]) == schemas["Fault"]["required"]

"""Whatever is asked of a dialect, it answers as its OpenAPI document says, and with no key that is not in it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import schemathesis
from hypothesis import assume
from hypothesis import given as drawn
from hypothesis import strategies as st
from schemathesis.checks import content_type_conformance, load_all_checks
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.conftest import undone
from tests.contract.schemathesis.stocked import BODIES, QUERIES, Stocked, stocked
from tests.contract.schemathesis.test_documents import DIALECTS
from tests.support.callers import Script
from tests.support.groups import EITHER
from tests.support.profiles import times

pytestmark = EITHER
load_all_checks()
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
CALLERS = ("anonymous", "alice")


@pytest.fixture(scope="module")
def catalog(database_url, tmp_path_factory) -> Iterator[Stocked]:
    """A catalog with something of each kind."""
    with stocked(database_url, tmp_path_factory.mktemp("stocked")) as catalog:
        yield catalog


@pytest.mark.parametrize("key", DIALECTS)
def test_every_success_that_is_described_is_answered_so(catalog, key):
    never = []
    for operation in operations_of(catalog, key):
        reached = defaultdict(int)
        for path in catalog.paths_of(operation):
            for query in queries_of(operation):
                for body in bodies_of(operation):
                    case = operation.Case(path_parameters=path, query=query, **body)
                    reached[answered(catalog, operation, case, "alice")] += 1
        described = (int(status) for status in operation.definition.raw["responses"])
        never += [(operation.label, status) for status in described if status < 400 and not reached[status]]
    assert never == [], "let the stock, or its arguments and bodies, lead there"


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("key", DIALECTS)
def test_every_operation_answers_as_it_is_described(catalog, key, who):
    for operation in operations_of(catalog, key):
        asking(catalog, operation, who)()


def test_what_the_command_line_tool_is_told_beside_is_described_too(catalog):
    [listing] = [one for one in operations_of(catalog, "apify") if one.path == "/v2/datasets"]
    assert answered(catalog, listing, listing.Case(), "alice", {"X-Apify-Request-Origin": "CLI"}) == 200


def asking(catalog: Stocked, operation: APIOperation, who: str) -> Callable[[], None]:
    """A run of requests to `operation`, three of four for what the catalog holds, the others for anything."""
    is_real, paths = st.sampled_from([True, True, True, False]), st.sampled_from(catalog.paths_of(operation))
    bodies = st.sampled_from(bodies_of(operation))

    @times(4)
    @drawn(case=operation.as_strategy(), is_real=is_real, path=paths, body=bodies)
    def run(case, is_real, path, body) -> None:
        if is_real:
            case.path_parameters = dict(path)
            case.body = body.get("body", case.body)
        assume(not is_marked_json(case.query))
        answered(catalog, operation, case, who)

    return run


def answered(
    catalog: Stocked, operation: APIOperation, case: Any, who: str, more: Mapping[str, str] | None = None
) -> int:
    """The status of the answer to a request with `more` headers: it is as described, and its changes are undone."""
    headers = {"Accept-Encoding": "identity", **(more or {})}
    if who == "alice":
        headers["Authorization"] = f"Bearer {catalog.token}"
    with undone(catalog.app):
        answer = case.call(headers=headers)
    said = f"{case.method} {case.formatted_path} {case.query}"
    assert answer.status_code != 429, said
    assert answer.status_code < 500 or "501" in operation.definition.raw["responses"], said
    case.validate_response(answer, checks=CHECKS)
    return answer.status_code


def operations_of(catalog: Stocked, key: str) -> list[APIOperation]:
    """The operations of a dialect, by a document in which things have the keys that are described and no others."""
    path = f"/openapi/{key}.json"
    document = Script(catalog.app).get(path).json
    for things in (document["components"]["schemas"], *responses_of(document)):
        close(things)
    schema = schemathesis.openapi.from_dict(document)
    schema.app, schema.location = catalog.app, path
    operations = [result.ok() for result in schema.get_all_operations()]
    assert operations, "this dialect describes no operation: let its views bear @described"
    return operations


def responses_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What each operation of `document` answers."""
    return [operation["responses"] for item in document["paths"].values() for operation in item.values()]


def close(schema: Any) -> None:
    """Let every record in `schema` have no other keys than its own."""
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for part in parts:
        close(part)
    if isinstance(schema, dict) and "properties" in schema:
        schema.setdefault("additionalProperties", False)


def queries_of(operation: APIOperation) -> list[dict[str, str]]:
    """None, and each value of a parameter of `operation` that changes what its answers hold."""
    described = {one["name"]: one["schema"] for one in operation.definition.raw["parameters"] if one["in"] == "query"}
    chosen = {name: values for name, values in QUERIES.items() if described.get(name, {}).get("type") != "array"}
    return [{}, *({name: value} for name, values in chosen.items() if name in described for value in values)]


def bodies_of(operation: APIOperation) -> list[dict[str, Any]]:
    """The bodies that are right for `operation`, as a case takes them; one that is none where it takes none."""
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    return [{"body": body, "media_type": next(iter(content))} for body in BODIES.get(operation.path, ())] or [{}]


def is_marked_json(query: dict[str, Any] | None) -> bool:
    """Whether items are asked for as JSON after a byte order mark, which is no JSON: the document says so at `bom`."""
    asked = query or {}
    return str(asked.get("bom")).lower() in ("true", "1") and asked.get("format", "json") == "json"

"""Whatever is asked of a dialect, it answers as its OpenAPI document says."""

from collections.abc import Callable, Iterator

import pytest
import schemathesis
from hypothesis import given as drawn
from schemathesis.checks import content_type_conformance, load_all_checks
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from tests.conftest import rolled_back, undone
from tests.contract.schemathesis.test_documents import DIALECTS
from tests.support.given import Given
from tests.support.groups import ONCE
from tests.support.profiles import times

pytestmark = [pytest.mark.long, *ONCE]
load_all_checks()
CHECKS = [status_code_conformance, content_type_conformance, response_schema_conformance]
CALLERS = ("anonymous", "alice")


@pytest.fixture(scope="module")
def tokens(shared_app) -> Iterator[dict[str, str | None]]:
    """A store with a little in it, and the token of each caller."""
    with rolled_back(shared_app):
        given = Given(shared_app)
        alice = given.user("alice")
        team = given.organization("forest-team", members={alice: "admin"})
        asset = {"kind": "csv", "uri": "https://files.example/trees.csv"}
        given.dataset("trees", owner=alice, organization=team, versions=["1.0.0", "1.1.0"], assets=[asset])
        given.dataset("maps", owner=alice, visibility="public", versions=["2.0.0"])
        given.dataset("seeds", owner=alice, visibility="public")
        yield {"anonymous": None, "alice": given.token(alice, scope="write")}


@pytest.mark.parametrize("who", CALLERS)
@pytest.mark.parametrize("key", DIALECTS)
def test_every_operation_answers_as_it_is_described(shared_app, tokens, key, who):
    schema = schemathesis.openapi.from_wsgi(f"/openapi/{key}.json", shared_app)
    headers = {"Accept-Encoding": "identity"} | ({"Authorization": f"Bearer {tokens[who]}"} if tokens[who] else {})
    operations = [result.ok() for result in schema.get_all_operations()]
    assert operations, "this dialect describes no operation: let its views bear @described"
    for operation in operations:
        asking(operation, headers, lambda: undone(shared_app))()


def asking(operation, headers: dict[str, str], undoing: Callable) -> Callable[[], None]:
    """A run of requests to `operation`, each answer compared with its description; what they change is undone."""

    @times(5)
    @drawn(case=operation.as_strategy())
    def run(case) -> None:
        with undoing():
            answer = case.call(headers=headers)
        said = f"{case.method} {case.formatted_path} {case.query}"
        assert answer.status_code < 500 or "501" in operation.definition.raw["responses"], said
        case.validate_response(answer, checks=CHECKS)

    return run

"""A catalog on a socket, with a cast, their datasets and a file, for the real client of the org dialect."""

import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from catalog.db import db
from tests.support.given import Given, Party
from tests.support.server import Server
from tests.support.stores import Store, new_store

CONTENT = b"height,age\n12,80\n"
NAMES = ("alder", "beech", "cedar", "elm", "fir")
"""What Alice has in acme, oldest first; each has a version."""


@dataclass(frozen=True)
class Stand:
    """Where the catalog answers, and who is in it."""

    url: str
    tokens: dict[str, str]
    """By handle: a token that writes; `reader` is one of Alice's that does not."""
    people: dict[str, Party]
    file: str
    """The address of a file that anybody can fetch, whose content is CONTENT."""


@pytest.fixture(scope="session")
def file() -> Iterator[str]:
    """The address of a file on a server of its own."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_bare = not any(name in self.headers for name in ("Authorization", "X-API-Key", "Cookie"))
            self.send_response(200 if is_bare else 400)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()
            self.wfile.write(CONTENT)

        def log_message(self, *said: object) -> None:
            """Tests speak for themselves."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/trees.csv"
        server.shutdown()


@pytest.fixture(scope="session")
def stand(database_url: str, migrated: Store, tmp_path_factory: pytest.TempPathFactory, file: str) -> Iterator[Stand]:
    """The catalog with its cast. What tests change is each file's own: `visible-…`, `pulled`, `opened`."""
    store = new_store(database_url, tmp_path_factory.mktemp("dreadnode_stand"), copied_from=migrated)
    given = Given(store.app)
    alice = given.user("alice", email="alice@example.org", title="Alice Archer")
    bob, carol = given.user("bob"), given.user("carol")
    acme = given.organization("acme", title="Acme", members={alice: "admin"})
    given.organization("other", members={carol: "admin"})
    in_acme = {"owner": alice, "organization": acme}
    for number, name in enumerate(NAMES):
        given.dataset(
            name,
            **in_acme,
            subtitle=f"About {name}s",
            tags=["forest", f"tag-{number % 2}"],
            license="CC-BY-4.0" if number else "ODbL-1.0",
            versions=[{"label": "1.0.0", "row_count": 10**number, "task_categories": [f"task-{number % 2}"]}],
            assets=[{"kind": "csv", "format": "csv" if number % 2 else "parquet", "uri": file}],
        )
    given.dataset("dated", **in_acme, visibility="internal", versions=["2016-01-01", "2017-04-07"])
    given.dataset("empty", **in_acme)
    for name in ("opened", "closed"):
        given.dataset(name, **in_acme, versions=["1.0.0"], visibility="private" if name == "opened" else "public")
    given.dataset(
        "pulled",
        **in_acme,
        shared_with=[bob],
        versions=["1.0.0"],
        assets=[{"kind": "csv", "format": "csv", "uri": file}],
    )
    given.dataset("maps", owner=bob, visibility="public", versions=["2.0.0"])
    given.dataset("secrets", owner=bob)
    people = {"alice": alice, "bob": bob, "carol": carol}
    tokens = {handle: given.token(party, scope="write") for handle, party in people.items()}
    tokens |= {"reader": given.token(alice), "wrong": tokens["alice"][:-1] + "-"}
    with store.app.app_context():
        db.engine.dispose()
    with Server(store.folder, **store.settings) as server:
        yield Stand(server.url, tokens, people, file)

"""The journal: every change is in it, whole or not at all, in the order in which changes become visible."""

import ast
import inspect
from contextlib import suppress
from importlib import import_module

import pytest
from sqlalchemy import func, select

from catalog.access import OPERATOR
from catalog.changes import accounts, datasets, organizations, sessions, sharing
from catalog.changes.downloads import ask_download
from catalog.changes.drafts import DatasetDraft
from catalog.changes.journal import last_seq, record, writing
from catalog.changes.puts import Placing, Put
from catalog.changes.putting import put_many
from catalog.db import db
from catalog.errors import Taken
from catalog.model import Change, Role, Scope, ShareRole, User, Visibility
from tests.support.house import Module, modules

# What each verb does for the journal: `do(act, cast, trees)`, and the row that it leaves.
VERBS = {
    accounts.enrol: lambda act, cast, trees: (
        (made := act(accounts.enrol, "dora")),
        ("enrol", None, None, {"user_id": made.id, "handle": [None, "dora"]}),
    ),
    accounts.revise: lambda act, cast, trees: (
        act(accounts.revise, cast.alice, title="Alice", email="a@example.org", by=cast.alice),
        ("revise account", None, cast.alice.id, {"user_id": cast.alice.id, "changed": [None, ["title", "email"]]}),
    ),
    sessions.end: lambda act, cast, trees: (
        act(sessions.end, begun(act, cast.alice).uuid, by=cast.alice),
        ("end session", None, cast.alice.id, {"user_id": cast.alice.id}),
    ),
    sessions.end_others: lambda act, cast, trees: (
        begun(act, cast.alice),
        act(sessions.end_others, begun(act, cast.alice).uuid, by=cast.alice),
        ("end sessions", None, cast.alice.id, {"user_id": cast.alice.id, "number": [1, 0]}),
    ),
    accounts.change_password: lambda act, cast, trees: (
        act(accounts.change_password, cast.alice, "correct horse battery", by=cast.alice),
        ("change password", None, cast.alice.id, {"user_id": cast.alice.id}),
    ),
    accounts.set_disabled: lambda act, cast, trees: (
        act(accounts.set_disabled, cast.carol, True, by=cast.root),
        ("disable", None, cast.root.id, {"user_id": cast.carol.id, "is_disabled": [False, True]}),
    ),
    accounts.issue_token: lambda act, cast, trees: (
        (made := act(accounts.issue_token, cast.alice, name="mine", scope=Scope.WRITE)[0]),
        ("issue token", None, None, {"user_id": cast.alice.id, "token_id": made.id, "scope": [None, "write"]}),
    ),
    accounts.issue_session_token: lambda act, cast, trees: (
        (made := act(accounts.issue_session_token, cast.alice)[0]),
        ("issue token", None, None, {"user_id": cast.alice.id, "token_id": made.id, "scope": [None, "write"]}),
    ),
    accounts.revoke_token: lambda act, cast, trees: (
        (made := act(accounts.issue_token, cast.alice, name="mine")[0]),
        act(accounts.revoke_token, made),
        ("revoke token", None, None, {"user_id": cast.alice.id, "token_id": made.id}),
    ),
    organizations.found: lambda act, cast, trees: (
        (made := act(organizations.found, "lab")),
        ("found organization", None, None, {"organization_id": made.id, "key": [None, "lab"]}),
    ),
    organizations.revise: lambda act, cast, trees: (
        act(organizations.revise, cast.team, title="The Team", description=None, by=cast.chief),
        (
            "revise organization",
            None,
            cast.chief.id,
            {"organization_id": cast.team.id, "title": ["team", "The Team"]},
        ),
    ),
    organizations.admit: lambda act, cast, trees: (
        act(organizations.admit, cast.team, cast.viewer, Role.EDITOR, by=cast.chief),
        (
            "admit",
            None,
            cast.chief.id,
            {"organization_id": cast.team.id, "user_id": cast.viewer.id, "role": ["viewer", "editor"]},
        ),
    ),
    organizations.dismiss: lambda act, cast, trees: (
        act(organizations.dismiss, cast.team, cast.viewer),
        (
            "dismiss",
            None,
            None,
            {"organization_id": cast.team.id, "user_id": cast.viewer.id, "role": ["viewer", None]},
        ),
    ),
    sharing.share: lambda act, cast, trees: (
        act(sharing.share, trees, with_=cast.bob, role=ShareRole.EDITOR, by=cast.alice),
        ("share", trees.id, cast.alice.id, {"user_id": cast.bob.id, "role": ["viewer", "editor"]}),
    ),
    sharing.unshare: lambda act, cast, trees: (
        act(sharing.unshare, trees, with_=cast.bob),
        ("unshare", trees.id, None, {"user_id": cast.bob.id, "role": ["viewer", None]}),
    ),
    datasets.register: lambda act, cast, trees: (
        (made := act(datasets.register, DatasetDraft(slug="roads"), owner_id=cast.alice.id, by=cast.alice)),
        ("register", made.id, cast.alice.id, {"slug": [None, "roads"], "visibility": [None, "internal"]}),
    ),
    datasets.revise: lambda act, cast, trees: (
        act(datasets.revise, trees, DatasetDraft(slug="trees", texts={"title": "Trees"}, tags=["tall"])),
        ("revise", trees.id, None, {"title": [None, "Trees"], "tags": [[], ["tall"]]}),
    ),
    datasets.rename: lambda act, cast, trees: (
        act(datasets.rename, trees, "woods"),
        ("rename", trees.id, None, {"slug": ["trees", "woods"], "name": ["trees", "woods"]}),
    ),
    datasets.set_visibility: lambda act, cast, trees: (
        act(datasets.set_visibility, trees, Visibility.PUBLIC),
        ("set visibility", trees.id, None, {"visibility": ["private", "public"]}),
    ),
    datasets.set_open: lambda act, cast, trees: (
        act(datasets.set_open, trees, True),
        ("set visibility", trees.id, None, {"visibility": ["private", "internal"]}),
    ),
    datasets.transfer: lambda act, cast, trees: (
        act(datasets.transfer, trees, owner=cast.bob, organization=None),
        (
            "transfer",
            trees.id,
            None,
            {"owner_id": [cast.alice.id, cast.bob.id], "organization_id": [cast.team.id, None]},
        ),
    ),
    datasets.withdraw: lambda act, cast, trees: (
        act(datasets.withdraw, trees),
        ("withdraw", trees.id, None, None),
    ),
    datasets.restore: lambda act, cast, trees: (
        act(datasets.withdraw, trees),
        act(datasets.restore, trees),
        ("restore", trees.id, None, None),
    ),
    put_many: lambda act, cast, trees: (
        act(put_many, [put("roads")], Placing(owner_id=cast.alice.id)),
        ("register", act.journal()[-1][1], None, {"slug": [None, "roads"], "visibility": [None, "internal"]}),
    ),
}


# What writes and leaves no row, with the reason.
ROUND_THE_JOURNAL = {
    "sessions.begin": "a sign-in changes nothing of the catalog; its end is entered, for it takes something away",
    "failures.settle": "wrong passwords are counted for a day, and no reader sees anything of them",
    "downloads.ask_download": "to ask for a download is to read; it is kept as an activity of its own",
}


def begun(act, party):
    """A session that `party` began."""
    return act(lambda _, user: sessions.begin(user, agent="Firefox", days=14), party)


def put(slug):
    return Put(source="city", native_id=slug, path=None, fingerprint=b"0" * 32, draft=DatasetDraft(slug=slug))


def test_every_verb_is_known_here():
    inside = {
        "publishers",
        *(name.partition(".")[2] for name in ROUND_THE_JOURNAL),
    }  # the first is part of another verb
    found = {
        verb
        for room in [module.name for module in modules() if module.name.startswith("catalog.changes.")]
        for name, verb in inspect.getmembers(import_module(room), inspect.isfunction)
        if verb.__module__ == room
        and not name.startswith("_")
        and "viewer" in list(inspect.signature(verb).parameters)[:1]
    }
    assert {verb for verb in found if verb.__name__ not in inside} == VERBS.keys(), "say what the new verb journals"


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.__name__)
def test_every_verb_enters_what_it_changed(act, cast, trees, verb):
    *_, row = VERBS[verb](act, cast, trees)
    assert act.journal()[-1] == row


@pytest.mark.parametrize(
    "verb",
    [
        lambda act, cast, trees: act(organizations.admit, cast.team, cast.viewer, Role.VIEWER),
        lambda act, cast, trees: act(sharing.share, trees, with_=cast.bob),
        lambda act, cast, trees: act(sharing.unshare, trees, with_=cast.carol),
        lambda act, cast, trees: act(datasets.revise, trees, DatasetDraft(slug="trees")),
        lambda act, cast, trees: act(datasets.set_visibility, trees, Visibility.PRIVATE),
        lambda act, cast, trees: act(datasets.set_open, trees, False),
        lambda act, cast, trees: act(ask_download, trees, None, minutes=15, by=cast.alice),
        lambda act, cast, trees: act(datasets.transfer, trees),
        lambda act, cast, trees: act(datasets.restore, trees),
        lambda act, cast, trees: act(put_many, [], Placing(owner_id=cast.alice.id)),
    ],
)
def test_what_changes_nothing_leaves_no_row_and_no_later_moment(act, cast, trees, clock, verb):
    before, moment = act.last(), act(lambda _, held: held.updated_at, trees)
    clock.tick()
    verb(act, cast, trees)
    assert (act.last(), act(lambda _, held: held.updated_at, trees)) == (before, moment)


def test_nothing_is_written_outside_of_the_verbs():
    """But for reads that are counted, which are not changes."""
    writers = {"add", "add_all", "delete", "merge", "commit", "bulk_save_objects"}
    statements = {"insert", "update", "delete"}
    found = set()
    for module in modules():
        if module.name.startswith("catalog.changes.") or module.name == "catalog.tally":
            continue
        names = {
            alias.name
            for node in ast.walk(module.tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
            for alias in node.names
        }
        found |= {f"{module}: {name}" for name in names & statements}
        found |= {
            f"{module}:{node.lineno}"
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Attribute) and node.attr in writers and ast.unparse(node.value).endswith("session")
        }
    assert found == set(), "write by a verb in catalog/changes"


def test_whatever_writes_enters_it_in_the_journal_but_for_what_is_named():
    """Each function that opens a transaction that writes enters a row, itself or by what it calls."""
    called = {
        f"{module.name.rpartition('.')[2]}.{verb.name}": _called_in(verb, module)
        for module in modules()
        if module.name.startswith("catalog.changes.")
        for verb in ast.walk(module.tree)
        if isinstance(verb, ast.FunctionDef)
    }
    entering, before = {"journal.record"}, set()
    while entering != before:
        before = set(entering)
        entering |= {verb for verb, those in called.items() if those & entering}
    assert len(entering) > len(VERBS)
    around = {verb for verb, those in called.items() if "journal.writing" in those and verb not in entering}
    assert around == ROUND_THE_JOURNAL.keys(), "enter what is written by `record`, or say here why not"


def _called_in(verb: ast.FunctionDef, module: Module) -> set[str]:
    """The functions that `verb` calls by name, each with the last part of its module's name."""
    calls = [node.func.id for node in ast.walk(verb) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    imports = [node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom)]
    homes = {(alias.asname or alias.name): f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    return {".".join(homes.get(name, f"{module.name}.{name}").split(".")[-2:]) for name in calls}


# Whole or not at all


def test_a_verb_that_fails_undoes_those_before_it_in_its_transaction(act, app, cast):
    before = act.last()
    with app.app_context(), suppress(Taken), writing():
        accounts.enrol(OPERATOR, "dora")
        accounts.enrol(OPERATOR, "alice")
    assert act.last() == before
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(User.handle == "dora")) == 0


def test_verbs_of_one_transaction_have_one_moment(act, app, cast):
    with app.app_context():
        with writing() as at:
            for handle in ("dora", "emil"):
                accounts.enrol(OPERATOR, handle)
        rows = db.session.execute(select(Change.at).order_by(Change.seq.desc()).limit(2)).scalars().all()
    assert rows == [at, at]


def test_a_fault_undoes_all_of_its_transaction_and_the_next_begins_anew(act, app, cast):
    before = act.last()
    with app.app_context(), suppress(ZeroDivisionError), writing():
        accounts.enrol(OPERATOR, "dora")
        raise ZeroDivisionError
    assert act.last() == before
    act(accounts.enrol, "dora")
    assert [row[0] for row in act.journal(since=before)] == ["enrol"]


def test_moments_never_go_back(act, clock, cast):
    later = clock.tick(hours=1)
    act(accounts.enrol, "dora")
    clock.tick(hours=-2)
    assert act(accounts.enrol, "emil").created_at == later


def test_the_last_number_is_the_last_row_s(act, app, cast):
    with app.app_context():
        assert last_seq() == act.last()


def test_nothing_is_entered_without_a_transaction_that_writes(app):
    with app.app_context(), pytest.raises(KeyError):
        record(OPERATOR, "nothing")


# In the order of commits

ENROL = """
import sys
from app import create_app
from catalog.access import OPERATOR
from catalog.changes import accounts
app = create_app()
with app.app_context():
    for n in range(int(sys.argv[2])):
        accounts.enrol(OPERATOR, f"{sys.argv[1]}-{n}")
"""


def test_numbers_become_visible_in_their_order_while_processes_write_at_once(store):
    writers = [store.start_python(ENROL, name, "40") for name in ("left", "right")]
    seen: list[int] = []
    while any(writer.poll() is None for writer in writers) or len(seen) < 80:
        with store.app.app_context():
            present = db.session.scalars(select(Change.seq).order_by(Change.seq)).all()
            db.session.rollback()
        assert present[: len(seen)] == seen, "a number came before one that was visible already"
        seen = list(present)
        assert all(writer.poll() in (None, 0) for writer in writers)
    with store.app.app_context():
        entered = select(Change.at, User.handle, User.created_at).join(
            User, User.id == Change.what["user_id"].as_integer()
        )
        rows = db.session.execute(entered.order_by(Change.seq)).all()
        created = db.session.scalars(select(User.handle).order_by(User.created_at, User.id)).all()
    assert [row.at for row in rows] == sorted(row.at for row in rows) == [row.created_at for row in rows]
    assert [row.handle for row in rows] == list(created)
    assert len({handle.split("-")[0] for handle in created[:60]}) == 2, "one wrote after the other: no proof"

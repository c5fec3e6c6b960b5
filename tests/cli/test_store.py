"""catalog db upgrade, demo and check; and what every command says of settings that cannot be used."""

from collections import Counter

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import make_url

from catalog.changes.passwords import is_password
from catalog.db import WRITES, db
from catalog.model import Alias, Dataset, Membership, Organization, Share, User, Visibility
from tests.support.callers import Script
from tests.support.given import Given
from tests.support.groups import ON_POSTGRESQL, ON_SQLITE

BAD = [
    ({"page_size": "many"}, ["CATALOG_PAGE_SIZE"]),
    ({"page_size": "900", "threads": "1"}, ["CATALOG_PAGE_SIZE", "CATALOG_THREADS"]),
    ({"register": "nobody"}, ["CATALOG_REGISTER"]),
    ({"public_url": "catalog.example.org"}, ["CATALOG_PUBLIC_URL"]),
    ({"secret_key": "short"}, ["CATALOG_SECRET_KEY"]),
    ({"database_url": "mysql://root:hidden@host/name"}, ["CATALOG_DATABASE_URL"]),
    ({"database_url": "root:hidden at host"}, ["CATALOG_DATABASE_URL"]),
    ({"database_url": "sqlite://"}, ["CATALOG_DATABASE_URL"]),
    ({"stream_readers": "32"}, ["CATALOG_STREAM_READERS"]),
    ({"page_size": "50", "page_size_max": "20"}, ["CATALOG_PAGE_SIZE_MAX"]),
]


def newest(cli):
    return cli("db", "upgrade").stdout.split()[4].rstrip(",.")


# db upgrade


def test_upgrading_twice_changes_nothing(cli, store):
    revision = newest(cli)
    assert cli("db", "upgrade").stdout == f"The store is at {revision}, as it was.\n"


@ON_SQLITE
def test_upgrading_makes_the_folder_and_the_database(cli, tmp_path):
    folder = tmp_path / "new" / "instance"
    done = cli("db", "upgrade", instance=folder, database_url="")
    assert (done.exit_code, done.stdout.startswith("The store is now at ")) == (0, True)
    assert [path.name for path in folder.iterdir()] == ["catalog.db"]


@ON_SQLITE
def test_a_relative_file_lies_in_the_present_folder(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cli("db", "upgrade", database_url="sqlite:///here.db")
    assert (tmp_path / "here.db").exists()


@ON_SQLITE
@pytest.mark.parametrize("words", [["user", "add", "alice"], ["demo"], ["serve"], ["import", "-"]])
def test_nothing_is_done_in_a_store_that_is_not_up_to_date(cli, tmp_path, words):
    done = cli(*words, database_url=f"sqlite:///{tmp_path}/empty.db")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        f"Error: The store at sqlite:///{tmp_path}/empty.db is not up to date. Run: catalog db upgrade\n"
    )


# demo


@pytest.fixture
def demo(cli):
    return cli("demo")


def test_the_demo_says_how_to_sign_in(store, demo):
    assert demo.exit_code == 0
    said = [line.removeprefix("Sign in as ").split(" with the password ") for line in demo.stdout.splitlines()]
    assert [handle for handle, _ in said] == ["alice", "bob", "carol"]
    with store.app.app_context():
        for handle, password in said:
            assert is_password(password, db.session.scalar(select(User.password_hash).where(User.handle == handle)))
    assert len({password for _, password in said}) == 3


def test_the_demo_has_something_of_everything(store, demo):
    with store.app.app_context():
        kinds = Counter(db.session.scalars(select(Dataset.visibility)))
        assert kinds[Visibility.PUBLIC] >= 25
        assert kinds.keys() == set(Visibility)
        owners = set(db.session.scalars(select(User.handle).join(Dataset, Dataset.owner_id == User.id)))
        assert owners == {"alice", "bob", "carol"}
        teams = select(Organization.key).join(Membership, Membership.organization_id == Organization.id)
        assert set(db.session.scalars(teams)) == {"forest-team", "learning-lab"}
        assert db.session.scalar(select(func.count(Share.user_id))) > 0
        assert db.session.scalar(select(func.count(Share.organization_id))) > 0
        assert db.session.scalar(select(func.count()).where(Dataset.name.is_(None))) == 1
        assert db.session.scalar(select(func.count()).where(Dataset.deleted_at.is_not(None))) == 1
        assert db.session.scalar(select(func.count(Alias.slug))) == 2
        assert db.session.scalar(select(func.count(Dataset.data_updated_at.distinct()))) > 10


def test_a_visitor_meets_a_full_first_page(store, demo):
    rows = Script(store.app).get("/datasets?page[size]=25").get_json()
    assert len(rows["data"]) == 25


def test_a_second_run_keeps_the_demo_as_it_is(cli, store, demo):
    cli("user", "add", "dora")
    with store.app.app_context():
        before = db.session.execute(select(User.handle, User.password_hash).order_by(User.id)).all()
    again = cli("demo")
    assert (again.exit_code, again.stdout.startswith("The demo catalogue is there already.")) == (0, True)
    with store.app.app_context():
        assert db.session.execute(select(User.handle, User.password_hash).order_by(User.id)).all() == before


def test_the_demo_refuses_a_store_that_has_users(cli, store):
    Given(store.app).user("dora")
    done = cli("demo")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "Error: The store has users of its own: the demo catalogue is only for an empty one.\n"


def test_a_demo_that_fails_in_the_middle_leaves_nothing(cli, store, monkeypatch):
    def fail():
        raise RuntimeError("in the middle")

    with monkeypatch.context() as patched:
        patched.setattr("catalog.demo._place", fail)
        assert isinstance(cli("demo").exception, RuntimeError)
    with store.app.app_context():
        assert db.session.scalar(select(func.count(User.id))) == db.session.scalar(select(func.count(Dataset.id))) == 0
    assert cli("demo").exit_code == 0


# check


def test_checks_settings_folder_database_and_migrations(cli, store):
    done = cli("check")
    where = make_url(store.url).render_as_string(hide_password=True)
    assert (done.exit_code, done.stdout.splitlines()) == (
        0,
        [
            "ok    settings: all known",
            f"ok    instance folder: {store.folder}",
            f"ok    database: {where} answers",
            f"ok    migrations: at {newest(cli)}",
            "ok    totals: as counted",
            "ok    search index of datasets: none yet: it is built by the first search, or by: catalog index rebuild",
            "ok    search index of assets: none yet: it is built by the first search, or by: catalog index rebuild",
        ],
    )


@pytest.mark.parametrize(
    ("url", "hops", "is_noted"),
    [
        ("https://catalog.example.org", 0, True),
        ("https://catalog.example.org", 1, False),
        ("http://catalog.example.org", 0, False),
        ("", 0, False),
    ],
)
def test_notes_that_a_proxy_in_front_is_not_counted(cli, url, hops, is_noted):
    done = cli("check", public_url=url, proxy_hops=hops)
    noted = [line for line in done.stdout.splitlines() if not line.startswith("ok    ")]
    assert (done.exit_code, len(noted)) == (0, is_noted)
    assert all(line.startswith("note  proxies: ") and "set CATALOG_PROXY_HOPS" in line for line in noted)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("CATALOG_PAGESIZE", "CATALOG_PAGESIZE is not a setting; did you mean CATALOG_PAGE_SIZE?"),
        ("CATALOG_DATABSE_URL", "CATALOG_DATABSE_URL is not a setting; did you mean CATALOG_DATABASE_URL?"),
        ("CATALOG_ZZZ", "CATALOG_ZZZ is not a setting"),
        ("CATALOG_PORT", "CATALOG_PORT is not a setting"),
    ],
)
def test_a_name_that_is_no_setting_is_an_error_that_names_the_nearest(cli, name, said):
    done = cli("check", **{name.removeprefix("CATALOG_").lower(): "8000"})
    assert (done.exit_code, done.stdout.splitlines()[0]) == (1, f"WRONG settings: {said}")


def test_what_container_platforms_set_is_passed_over(cli):
    injected = {
        "port": "tcp://10.0.0.7:8000",
        "port_8000_tcp": "tcp://10.0.0.7:8000",
        "port_8000_tcp_addr": "10.0.0.7",
        "service_host": "10.0.0.7",
        "service_port_http": "8000",
        "db_port": "tcp://10.0.0.8:5432",
        "db_service_host": "10.0.0.8",
        "name": "/web/catalog",
        "env_lang": "C",
    }
    assert cli("check", **injected).exit_code == 0


def test_settings_that_are_set_to_nothing_are_not_set(cli):
    assert cli("check", public_url="", page_size="", secret_key="").exit_code == 0


@ON_SQLITE
def test_checking_makes_nothing(cli, tmp_path):
    done = cli("check", instance=tmp_path / "none", database_url="")
    assert (done.exit_code, done.stdout.splitlines()[1:]) == (
        1,
        [
            f"WRONG instance folder: {tmp_path}/none does not exist; run: catalog db upgrade",
            f"WRONG database: sqlite:///{tmp_path}/none/catalog.db does not exist; run: catalog db upgrade",
        ],
    )
    assert not (tmp_path / "none").exists()


def test_says_that_migrations_are_missing(cli, store):
    with store.app.app_context():
        db.session.connection(execution_options={WRITES: True}).execute(text("DELETE FROM alembic_version"))
        db.session.commit()
    done = cli("check")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1].startswith("WRONG migrations: at nothing, newest is ")
    assert done.stdout.splitlines()[-1].endswith("; run: catalog db upgrade")


@ON_POSTGRESQL
@pytest.mark.parametrize("words", [["check"], ["serve"], ["user", "add", "alice"], ["db", "upgrade"]])
def test_a_database_that_does_not_answer_is_said_in_a_sentence(cli, words):
    done = cli(*words, database_url="postgresql://alice:hidden@127.0.0.1:1/nothing")
    said = done.stdout + done.stderr
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert "postgresql+psycopg://alice:***@127.0.0.1:1/nothing cannot be used: " in said
    assert "hidden" not in said


@ON_SQLITE
@pytest.mark.parametrize("words", [["check"], ["serve"], ["user", "add", "alice"], ["db", "upgrade"]])
def test_a_file_that_is_no_database_is_said_in_a_sentence(cli, tmp_path, words):
    (tmp_path / "letter.txt").write_text("Dear catalog, " * 200)
    done = cli(*words, database_url=f"sqlite:///{tmp_path}/letter.txt")
    assert (done.exit_code, isinstance(done.exception, SystemExit)) == (1, True)
    assert f"sqlite:///{tmp_path}/letter.txt cannot be used: file is not a database" in done.stdout + done.stderr
    assert (tmp_path / "letter.txt").read_text() == "Dear catalog, " * 200


@ON_SQLITE
def test_a_folder_that_cannot_be_made_is_said_in_a_sentence(cli, tmp_path):
    (tmp_path / "file").touch()
    done = cli("db", "upgrade", instance=tmp_path / "file" / "instance", database_url="")
    assert (done.exit_code, done.stderr) == (
        1,
        f"Error: [Errno 20] Not a directory: '{tmp_path}/file/instance'\n",
    )


# Settings that cannot be used


@ON_SQLITE
@pytest.mark.parametrize(("settings", "names"), BAD)
@pytest.mark.parametrize("words", [["check"], ["serve"], ["user", "add", "alice"]])
def test_a_setting_that_cannot_be_used_is_one_line_that_names_it(cli, settings, names, words):
    done = cli(*words, **settings)
    assert (done.exit_code, done.stdout, isinstance(done.exception, SystemExit)) == (1, "", True)
    lines = done.stderr.removeprefix("Error: ").splitlines()
    assert sorted(line.split(" cannot be used: ")[0] for line in lines) == sorted(names)
    assert "hidden" not in done.stderr

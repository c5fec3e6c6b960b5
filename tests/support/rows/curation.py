"""The pages by which datasets are registered, edited, shared, withdrawn and restored."""

from tests.support.rows import WITHOUT_FORM, Row, everybody

ONE_S_OWN = everybody(200, bad=401, anonymous=303)
# Alice manages it, Bob sees it and may not, for others it is not there; a token that only reads manages nothing.
MANAGED = everybody(404, bad=401, anonymous=303) | {"alice": 200, "write": 200, "cookie": 200, "bob": 403, "read": 403}
TOLD = {"alice", "write", "cookie"}
# A form comes by a session with its token; tokens of scripts are not even looked at.
SENT = {**WITHOUT_FORM, **dict.fromkeys(("alice", "bob", "carol", "administrator", "cookie"), 303)}
BY_MANAGERS = {**SENT, "bob": 403, "carol": 404, "administrator": 404}
NOT_THERE = {**SENT, **dict.fromkeys(("alice", "bob", "carol", "administrator", "cookie"), 404)}
CONFLICT = {**BY_MANAGERS, "alice": 409, "cookie": 409}

ROWS = (
    Row("GET /suggest/people", "/suggest/people?q=a", ONE_S_OWN),
    Row("GET /suggest/receivers", "/suggest/receivers?q=a", ONE_S_OWN),
    Row("GET /datasets/new", "/datasets/new", {**ONE_S_OWN, "read": 403}),
    Row(
        "POST /datasets/new",
        "/datasets/new",
        SENT,
        form={"title": "Roads", "organization": "-", "visibility": "private"},
    ),
    Row("GET /datasets/<slug>/edit", "/datasets/trees/edit", MANAGED, TOLD),
    Row("POST /datasets/<slug>/edit", "/datasets/trees/edit", CONFLICT, form={"title": "Trees"}),
    Row("GET /datasets/<slug>/rename", "/datasets/trees/rename", MANAGED, TOLD),
    Row("POST /datasets/<slug>/rename", "/datasets/trees/rename", BY_MANAGERS, form={"slug": "larches"}),
    Row("GET /datasets/<slug>/withdraw", "/datasets/trees/withdraw", MANAGED, TOLD),
    Row("POST /datasets/<slug>/withdraw", "/datasets/trees/withdraw", BY_MANAGERS, form={}),
    Row("GET /datasets/<slug>/shares", "/datasets/trees/shares", MANAGED, TOLD),
    Row(
        "POST /datasets/<slug>/shares",
        "/datasets/trees/shares",
        BY_MANAGERS,
        form={"receiver": "carol", "role": "viewer"},
    ),
    Row(
        "POST /datasets/<slug>/shares/<name>/role",
        "/datasets/trees/shares/bob/role",
        BY_MANAGERS,
        form={"role": "editor"},
    ),
    Row("POST /datasets/<slug>/shares/<name>/remove", "/datasets/trees/shares/bob/remove", BY_MANAGERS, form={}),
    Row(
        "POST /datasets/<slug>/shares/visibility",
        "/datasets/trees/shares/visibility",
        BY_MANAGERS,
        form={"visibility": "public"},
    ),
    Row("GET /datasets/<slug>/shares/transfer", "/datasets/trees/shares/transfer", MANAGED, TOLD),
    Row(
        "POST /datasets/<slug>/shares/transfer",
        "/datasets/trees/shares/transfer",
        BY_MANAGERS,
        form={"owner": "bob", "organization": "forest-team", "is_meant": "y"},
    ),
    Row("GET /trash", "/trash", ONE_S_OWN),
    Row("POST /trash/<slug>/restore", "/trash/trees/restore", NOT_THERE, form={}),
)

"""The pages of one's own account, and of organizations and their members."""

from tests.support.rows import JSON, OPEN, WITHOUT_FORM, Row, everybody

# Visitors are led to the sign-in, members see what is theirs, and for others it is not there.
ONE_S_OWN = everybody(200, bad=401, anonymous=303)
OF_MEMBERS = everybody(404, bad=401, anonymous=303) | dict.fromkeys(("alice", "read", "write", "cookie"), 200)
OF_ADMINS = {**OF_MEMBERS, "read": 403}
# A form comes by a session with its token; tokens of scripts are not even looked at.
SENT = {**WITHOUT_FORM, **dict.fromkeys(("alice", "bob", "carol", "administrator", "cookie"), 303)}
REFUSED = {caller: 422 if status == 303 else status for caller, status in SENT.items()}
NOT_THEIRS = {**SENT, **dict.fromkeys(("bob", "carol", "administrator"), 404)}

ROWS = (
    Row("GET /account", "/account", ONE_S_OWN),
    Row("POST /account", "/account", WITHOUT_FORM),
    Row("POST /account", "/account", SENT, form={"title": "Somebody", "email": ""}),
    Row("GET /account/password", "/account/password", ONE_S_OWN),
    # One that is refused: another password would begin another session in the browsers of the stand.
    Row("POST /account/password", "/account/password", REFUSED, form={"present": "x", "password": "x", "again": "y"}),
    Row("GET /account/sessions", "/account/sessions", ONE_S_OWN),
    Row("POST /account/sessions/<uuid:uuid>/end", "/account/sessions/{session}/end", NOT_THEIRS, form={}),
    Row("POST /account/sessions/end-others", "/account/sessions/end-others", SENT, form={}),
    Row("GET /account/tokens", "/account/tokens", ONE_S_OWN),
    Row("GET /account/tokens/new", "/account/tokens/new", ONE_S_OWN),
    Row(
        "POST /account/tokens",
        "/account/tokens",
        {caller: 200 if status == 303 else status for caller, status in SENT.items()},
        form={"name": "mine", "scope": "read", "days": "7"},
    ),
    Row(
        "GET /account/tokens/<uuid:uuid>/revoke",
        "/account/tokens/{token}/revoke",
        {**OF_MEMBERS, "anonymous": 303},
    ),
    Row("POST /account/tokens/<uuid:uuid>/revoke", "/account/tokens/{token}/revoke", NOT_THEIRS, form={}),
    Row("GET /organizations/new", "/organizations/new", ONE_S_OWN),
    Row("POST /organizations", "/organizations", SENT, form={"key": "lab", "title": "Lab"}),
    Row("GET /organizations/<key>/edit", "/organizations/forest-team/edit", OF_ADMINS),
    Row("POST /organizations/<key>/edit", "/organizations/forest-team/edit", NOT_THEIRS, form={"title": "Team"}),
    Row("GET /organizations/<key>/members", "/organizations/forest-team/members", OF_MEMBERS),
    Row(
        "POST /organizations/<key>/members",
        "/organizations/forest-team/members",
        NOT_THEIRS,
        form={"person": "carol", "role": "viewer"},
    ),
    Row(
        "POST /organizations/<key>/members/<handle>/role",
        "/organizations/forest-team/members/alice/role",
        NOT_THEIRS,
        form={"role": "editor"},
    ),
    Row(
        "GET /organizations/<key>/members/<handle>/dismiss",
        "/organizations/forest-team/members/alice/dismiss",
        OF_MEMBERS,
    ),
    Row(
        "POST /organizations/<key>/members/<handle>/dismiss",
        "/organizations/forest-team/members/alice/dismiss",
        NOT_THEIRS,
        form={},
    ),
    Row("GET /suggest/people", "/suggest/people?q=a", everybody(200, bad=401, anonymous=401), accept=JSON),
    Row("GET /suggest/people", "/suggest/people?q=a", {**OPEN, "anonymous": 303}),
)

"""The org dialect, and the addresses of downloads that it gives."""

from tests.support.rows import BY_TOKEN, JSON, SIGNED_IN, Row, everybody

_ORG = "/api/v1/org/<org>"
_TEAM = "/api/v1/org/forest-team"
_TREES = f"{_TEAM}/datasets/trees"
# Alice is a member of the organization and its admin; Bob sees one dataset of it.
MEMBERS = {**SIGNED_IN, "bob": 403, "carol": 403, "administrator": 403}
WHO_SEES_IT = {**SIGNED_IN, "carol": 404, "administrator": 404}
ALICE = BY_TOKEN - {"bob"}
ONLY_ALICE = {**WHO_SEES_IT, "bob": 404}
NOBODY = everybody(404, bad=401, anonymous=401, cookie=401)
FAULTY = everybody(422, bad=401, anonymous=401, cookie=401)


def _row(route: str, path: str, statuses: dict[str, int], told: set[str] | None = None, **more: object) -> Row:
    return Row(route, path, statuses, told or set(), accept=JSON, takes_cookie=False, **more)


ROWS = (
    _row(
        f"GET {_ORG}/datasets",
        f"{_TEAM}/datasets",
        {**SIGNED_IN, "carol": 403, "administrator": 403},
        BY_TOKEN,
    ),
    _row(f"GET {_ORG}/datasets", f"{_TEAM}/datasets?include_public=true", SIGNED_IN, BY_TOKEN),
    _row(f"GET {_ORG}/datasets", "/api/v1/org/alice/datasets", MEMBERS),
    _row(f"GET {_ORG}/datasets/facets", f"{_TEAM}/datasets/facets", MEMBERS),
    _row(f"GET {_ORG}/datasets/facets", f"{_TEAM}/datasets/facets?include_public=true", SIGNED_IN),
    _row(f"GET {_ORG}/datasets/activity", f"{_TEAM}/datasets/activity", MEMBERS, ALICE),
    _row(f"GET {_ORG}/datasets/activity", "/api/v1/org/alice/datasets/activity", MEMBERS),
    _row(f"GET {_ORG}/datasets/<name>", _TREES, WHO_SEES_IT, BY_TOKEN),
    _row(f"GET {_ORG}/datasets/<name>", f"{_TEAM}/datasets/old_trees", WHO_SEES_IT, BY_TOKEN),
    _row(f"GET {_ORG}/datasets/<name>", "/api/v1/org/alice/datasets/trees", NOBODY),
    _row(f"GET {_ORG}/datasets/<name>/<version>", f"{_TREES}/1.0.0", WHO_SEES_IT, BY_TOKEN),
    _row(f"GET {_ORG}/datasets/<name>/versions", f"{_TREES}/versions", WHO_SEES_IT),
    _row(
        f"PATCH {_ORG}/datasets/<name>/visibility",
        f"{_TREES}/visibility",
        {**WHO_SEES_IT, "bob": 403, "read": 403},
        {"alice", "write"},
        json={"is_public": True},
    ),
    _row(f"PATCH {_ORG}/datasets/<name>/visibility", f"{_TREES}/visibility", FAULTY, json=[]),
    _row(f"POST {_ORG}/datasets/<name>/<version>/download", f"{_TREES}/latest/download", WHO_SEES_IT),
    _row(f"GET {_ORG}/downloads/datasets/<uuid:download_id>", f"{_TEAM}/downloads/datasets/{{download}}", ONLY_ALICE),
    _row("GET /downloads/<sealed>", "/downloads/{sealed}", everybody(302)),
    _row("GET /api/v1/health", "/api/v1/health", everybody(200)),
    _row("GET /api/v1/user", "/api/v1/user", SIGNED_IN),
    _row("GET /api/v1/user/organizations", "/api/v1/user/organizations", SIGNED_IN),
    *(
        _row(f"GET {_ORG}{rule}", f"{_TEAM}{path}", MEMBERS)
        for rule, path in (
            ("", ""),
            ("/ws", "/ws"),
            ("/ws/<ws>", "/ws/main"),
            ("/ws/<ws>/projects", "/ws/main/projects"),
        )
    ),
    _row(
        f"GET {_ORG}/ws/<ws>/projects/<project>",
        f"{_TEAM}/ws/main/projects/any",
        {**MEMBERS, "alice": 404, "read": 404, "write": 404},
    ),
)

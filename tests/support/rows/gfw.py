"""The GFW dialect."""

from tests.support.given import PASSWORD
from tests.support.rows import BY_TOKEN, JSON, OPEN, SIGNED_IN, WHO_MAY_KNOW, Row, everybody

ONE = everybody(404, bad=401) | dict.fromkeys(BY_TOKEN, 200)
LED_ON = everybody(404, bad=401) | dict.fromkeys(BY_TOKEN, 307)
WRITES = everybody(501, bad=401, anonymous=401, cookie=401, read=401)
ALICE = BY_TOKEN - {"bob"}
NOT_SERVED = everybody(501, bad=401)
KEY = {"alias": "mine", "organization": "Forest", "email": "a@example.org", "domains": []}
_VERSION = "/dataset/<dataset>/<version>"
_ASSET = "/asset/<asset_id>"
_REST = {"<dataset>": "trees", "<version>": "v1.0.0", "<asset_id>": "{asset}", "<field_name>": "height"}


def _row(route: str, statuses: dict[str, int], told: set[str] | None = None, path: str = "", **more: object) -> Row:
    if not path:
        path = route.split()[1].replace("<path:rest>", "any/thing")
        for argument, name in _REST.items():
            path = path.replace(argument, name)
    return Row(route, path, statuses, told or set(), accept=JSON, takes_cookie=False, **more)


ROWS = (
    Row("GET /datasets", "/datasets", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /datasets", "/datasets?page[size]=5", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /datasets.json", "/datasets.json", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets/", "/datasets/", everybody(307)),
    Row("GET /assets", "/assets", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /assets", "/assets?dataset=trees&version=v1.0.0", OPEN, WHO_MAY_KNOW, accept=JSON),
    Row("GET /assets.json", "/assets.json", OPEN, WHO_MAY_KNOW),
    Row("GET /assets/", "/assets/", everybody(307)),
    Row("GET /ping", "/ping", everybody(200), accept=JSON),
    _row("GET /dataset/<dataset>", ONE, BY_TOKEN),
    _row("GET /dataset/<dataset>", LED_ON, path="/dataset/old_trees?a=b"),
    _row("GET /dataset/<dataset>/metadata", ONE),
    _row("GET /dataset/<dataset>/latest", LED_ON),
    _row("GET /dataset/<dataset>/latest/<path:rest>", LED_ON),
    _row(f"GET {_VERSION}", ONE, BY_TOKEN),
    _row(f"GET {_VERSION}", LED_ON, path="/dataset/old_trees/v1.0.0"),
    *(
        _row(f"GET {_VERSION}/{what}", ONE)
        for what in ("metadata", "fields", "stats", "extent", "change_log", "creation_options")
    ),
    _row(f"GET {_VERSION}/assets", ONE, BY_TOKEN),
    _row(f"GET {_ASSET}", ONE, BY_TOKEN),
    *(
        _row(f"GET {_ASSET}/{what}", ONE)
        for what in ("metadata", "fields", "stats", "extent", "change_log", "creation_options", "tasks")
    ),
    _row(f"GET {_ASSET}/fields/<field_name>", ONE),
    _row(f"GET {_ASSET}/fields/<field_name>", everybody(404, bad=401), path="/asset/{asset}/fields/none"),
    _row("POST /auth/token", everybody(200), path="/auth/token", form={"username": "alice", "password": PASSWORD}),
    _row("POST /auth/token", everybody(401), path="/auth/token", form={"username": "nobody", "password": PASSWORD}),
    _row("GET /auth/apikeys", SIGNED_IN),
    _row(
        "POST /auth/apikey",
        {**everybody(201), **{who: 401 for who, status in WRITES.items() if status == 401}},
        json=KEY,
    ),
    _row(
        "GET /auth/apikey/<api_key>",
        {**everybody(404, bad=401, anonymous=401, cookie=401), "alice": 200, "read": 200, "write": 200},
        path="/auth/apikey/{key}",
    ),
    _row(
        "DELETE /auth/apikey/<api_key>",
        {**everybody(404, bad=401, anonymous=401, cookie=401, read=401), "alice": 200, "write": 200},
        path="/auth/apikey/{key}",
    ),
    _row("GET /auth/apikey/<api_key>/validate", everybody(200, bad=401), path="/auth/apikey/{key}/validate"),
    # What a catalog does not serve
    *(
        _row(f"{method} {path}", WRITES)
        for path, methods in {
            "/dataset/<dataset>": "PUT PATCH DELETE",
            "/dataset/<dataset>/metadata": "POST PATCH DELETE",
            _VERSION: "PUT PATCH DELETE",
            f"{_VERSION}/metadata": "POST PATCH DELETE",
            f"{_VERSION}/append": "POST",
            f"{_VERSION}/assets": "POST",
            _ASSET: "PATCH DELETE",
            f"{_ASSET}/metadata": "POST PATCH DELETE",
            f"{_ASSET}/fields/<field_name>": "PATCH",
        }.items()
        for method in methods.split()
    ),
    *(
        _row(f"{method} {path}", everybody(400, bad=401))
        for path in ("/dataset/<dataset>/latest", "/dataset/<dataset>/latest/<path:rest>")
        for method in ("POST", "PUT", "PATCH", "DELETE")
    ),
    _row("POST /dataset/<dataset>/latest/<path:rest>", LED_ON, path="/dataset/trees/latest/query/json?sql=1"),
    *(
        _row(f"{method} {_VERSION}/{work}", NOT_SERVED)
        for work in ("query", "query/<path:rest>", "download/<path:rest>")
        for method in ("GET", "POST")
    ),
    _row(f"GET {_VERSION}/geostore/<path:rest>", NOT_SERVED),
    _row(f"GET {_VERSION}/features", NOT_SERVED),
    _row(f"GET {_ASSET}/tiles_info", NOT_SERVED),
    _row("POST /geostore", NOT_SERVED),
    _row("POST /auth/sign-up", NOT_SERVED),
    *(
        _row(f"{method} /{work}/<path:rest>", NOT_SERVED)
        for work in ("analysis", "geostore", "job", "land", "political", "task")
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
    ),
)

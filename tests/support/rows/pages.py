"""The pages."""

from tests.support.rows import ONLY_THOSE_WHO_MAY_KNOW, OPEN, WHO_MAY_KNOW, WITHOUT_FORM, Row, everybody

ROWS = (
    Row("GET /", "/", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets", "/datasets", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets", "/datasets?view=table", OPEN, WHO_MAY_KNOW),
    Row("GET /datasets/<slug>", "/datasets/trees", ONLY_THOSE_WHO_MAY_KNOW, WHO_MAY_KNOW),
    Row("GET /datasets/<slug>", "/datasets/old_trees", {**ONLY_THOSE_WHO_MAY_KNOW, **dict.fromkeys(WHO_MAY_KNOW, 301)}),
    Row("GET /assets", "/assets", OPEN, WHO_MAY_KNOW),
    Row("GET /assets/<uuid:uuid>", "/assets/{asset}", ONLY_THOSE_WHO_MAY_KNOW, WHO_MAY_KNOW),
    Row("GET /datasets/facets/<name>", "/datasets/facets/organization?find=fo", OPEN),
    Row("GET /assets/facets/<name>", "/assets/facets/format", OPEN),
    Row("GET /suggest", "/suggest?q=tre", OPEN, WHO_MAY_KNOW),
    Row("GET /organizations", "/organizations", OPEN),
    Row("GET /organizations/<key>", "/organizations/forest-team", {**OPEN, "anonymous": 404}, WHO_MAY_KNOW),
    Row("GET /users/<handle>", "/users/alice", {**OPEN, "anonymous": 303}, WHO_MAY_KNOW),
    Row("GET /sign-in", "/sign-in", everybody(302, bad=401, anonymous=200)),
    Row("POST /sign-in", "/sign-in", WITHOUT_FORM),
    Row("POST /sign-out", "/sign-out", WITHOUT_FORM),
    Row("GET /static/<build>/<path:path>", "/static/any/icons/favicon.svg", everybody(200)),
    Row("GET /openapi/<dialect>.json", "/openapi/org.json", everybody(200)),
)

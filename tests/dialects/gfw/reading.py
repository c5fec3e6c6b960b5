"""What the GFW tests read out of answers."""

from urllib.parse import urlsplit

from werkzeug.test import TestResponse

from tests.support.callers import Script

NOT_AN_INTEGER = {"msg": "value is not a valid integer", "type": "type_error.integer"}
TOO_SMALL = {
    "msg": "ensure this value is greater than or equal to 1",
    "type": "value_error.number.not_ge",
    "ctx": {"limit_value": 1},
}


def slugs(answer: TestResponse) -> list[str]:
    """The datasets of a list, in order."""
    assert answer.status_code == 200, answer.text
    return [record["dataset"] for record in answer.json["data"]]


def uris(answer: TestResponse) -> list[str]:
    """The addresses of the assets of a list, in order."""
    assert answer.status_code == 200, answer.text
    return [record["asset_uri"] for record in answer.json["data"]]


def walked(client: Script, path: str, **more) -> list[dict]:
    """The pages of a list, from `path` by the links to the last."""
    pages = []
    while path:
        answer = client.get(path, **more)
        assert answer.status_code == 200, answer.text
        pages.append(answer.json)
        following = urlsplit(answer.json["links"]["next"])
        path = f"{following.path}?{following.query}" if following.query else ""
    return pages


def faults(answer: TestResponse) -> list[dict]:
    """What a 422 says is wrong, both of its keys alike."""
    assert answer.status_code == 422, answer.text
    assert list(answer.json) == ["status", "message", "detail"]
    assert (answer.json["status"], answer.json["message"]) == ("failed", answer.json["detail"])
    return answer.json["detail"]

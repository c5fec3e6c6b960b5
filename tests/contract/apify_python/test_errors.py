"""Refusals as the client raises them: at once, by class, type and sentence."""

import time

import pytest
from apify_client.errors import ApifyApiError, InvalidRequestError, NotFoundError, UnauthorizedError

NOT_VALID = "Authentication token is not valid."


@pytest.mark.parametrize(
    ("who", "does", "kind", "status", "type_", "message"),
    [
        ("wrong", lambda c: c.datasets().list(), UnauthorizedError, 401, "token-not-valid", NOT_VALID),
        (None, lambda c: c.datasets().list(), UnauthorizedError, 401, "token-not-valid", NOT_VALID),
        (None, lambda c: c.dataset("carol/maps").get(), UnauthorizedError, 401, "token-not-valid", NOT_VALID),
        ("wrong", lambda c: c.user().get(), UnauthorizedError, 401, "token-not-valid", NOT_VALID),
        (
            "bob",
            lambda c: c.datasets().list(limit=-1),
            InvalidRequestError,
            400,
            "invalid-input",
            'Invalid input: "limit" must be a number from 0 on, not "-1".',
        ),
        (
            "bob",
            lambda c: c.dataset("carol/secrets").list_items(),
            NotFoundError,
            404,
            "record-not-found",
            "The requested resource was not found.",
        ),
        (
            "bob",
            lambda c: c.datasets().get_or_create(name="new"),
            ApifyApiError,
            405,
            "method-not-allowed",
            "This API end-point can only be accessed using the following HTTP methods: OPTIONS,GET",
        ),
        (
            "bob",
            lambda c: c.dataset("alice/trees").push_items([{"height": 3}]),
            ApifyApiError,
            405,
            "method-not-allowed",
            "This API end-point can only be accessed using the following HTTP methods: OPTIONS,GET",
        ),
    ],
)
def test_are_raised_at_once(stand, calling, who, does, kind, status, type_, message):
    begun = time.monotonic()
    with pytest.raises(kind) as caught:
        calling(stand.tokens.get(who), does)
    assert (caught.value.status_code, caught.value.type, caught.value.message) == (status, type_, message)
    assert time.monotonic() - begun < 5

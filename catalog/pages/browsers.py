"""What a browser calls itself, in the words of people: Firefox on Linux."""

import re

# The first that is found counts: nearly all call themselves Mozilla, most of them Chrome and Safari too.
_BROWSERS = (
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera\b"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Chrome|Chromium|HeadlessChrome|CriOS)/"),
    ("Safari", r"\bSafari/"),
)
_SYSTEMS = (
    ("Android", r"\bAndroid\b"),
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Windows", r"\bWindows\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("macOS", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b|\bX11\b"),
)
_MOST = 60


def browser_in_words(agent: str | None) -> str:
    """The browser and its system; what nobody knows is called as it calls itself, up to a length."""
    if not agent:
        return "A browser without a name"
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if browser is None:
        return agent if len(agent) <= _MOST else f"{agent[: _MOST - 1]}…"
    return f"{browser} on {system}" if system else browser


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str | None:
    return next((name for name, pattern in known if re.search(pattern, agent)), None)

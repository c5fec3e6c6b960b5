"""The forms of a page as a browser without script would send them."""

from tests.support.pages import Page


def fields_of(page: Page, form_id: str | None = None, action: str | None = None) -> dict[str, str]:
    """What the form of that id, or that posts to that address, would send untouched."""
    form = next(
        one
        for one in page.root.iter("form")
        if (form_id and one.get("id") == form_id) or (action and one.get("action") == action)
    )
    sent = {}
    for field in form.iter("input"):
        kind = field.get("type", "text")
        if kind in ("checkbox", "radio") and field.get("checked") is None:
            continue
        sent[field.get("name")] = (field.get("value") or "").replace("\n", "").replace("\r", "")
    for field in form.iter("textarea"):
        text = "".join(field.itertext())
        sent[field.get("name")] = text.replace("\n", "\r\n")
    for field in form.iter("select"):
        chosen = [option for option in field.iter("option") if option.get("selected") is not None]
        sent[field.get("name")] = (chosen or list(field.iter("option")))[0].get("value")
    return sent

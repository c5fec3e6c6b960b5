"""Stand-in."""
import html, re
RENDERER_VERSION = 0
def render(text): return "<p>" + html.escape(text) + "</p>"
def plain(text): return re.sub(r"<[^>]+>", " ", text)
def summary(subtitle, overview, limit=200): return (subtitle or (plain(overview)[:limit] if overview else None))
def opening(html, limit=2000): return html[:limit]

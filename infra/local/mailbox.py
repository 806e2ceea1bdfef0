"""`/_mail`: the mails that the desk sent, for people and tests on a laptop; no such page exists on AWS."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from html import escape
from pathlib import Path

from aiohttp import web

# A mail's HTML may style itself, but runs nothing, loads nothing and opens links in a new tab.
MAIL_CSP = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: 'self'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)


def mailbox_routes(folder: Path) -> list[web.RouteDef]:
    """List, one mail, its HTML part, its source."""

    async def listing(_request: web.Request) -> web.Response:
        rows = [_row(path) for path in sorted(folder.glob("*.eml"), reverse=True)[:200]]
        body = "".join(rows) or "<tr><td>No mail was sent yet.</td></tr>"
        return _page("Sent mail", f"<table><tbody>{body}</tbody></table>")

    async def one(request: web.Request) -> web.Response:
        path = _find(folder, request)
        return _page(str(_read(path)["Subject"] or "(no subject)"), _mail(path))

    async def html(request: web.Request) -> web.Response:
        part = _read(_find(folder, request)).get_body(("html",))
        text = part.get_content() if part else ""
        headers = {"Content-Security-Policy": MAIL_CSP, "X-Frame-Options": "SAMEORIGIN"}
        return web.Response(text=f'<base target="_blank">{text}', content_type="text/html", headers=headers)

    async def source(request: web.Request) -> web.Response:
        return web.Response(body=_find(folder, request).read_bytes(), content_type="text/plain", charset="utf-8")

    return [
        web.get("/_mail", listing),
        web.get("/_mail/{name}", one),
        web.get("/_mail/{name}/html", html),
        web.get("/_mail/{name}/source", source),
    ]


def _find(folder: Path, request: web.Request) -> Path:
    path = folder / f"{Path(request.match_info['name']).name}.eml"
    if not path.is_file():
        raise web.HTTPNotFound
    return path


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _row(path: Path) -> str:
    mail = _read(path)
    cells = f"<td>{escape(str(mail['To']))}</td><td>{escape(str(mail['From']))}</td>"
    subject = escape(str(mail["Subject"] or "(no subject)"))
    return f'<tr>{cells}<td><a href="/_mail/{path.stem}">{subject}</a></td><td>{escape(str(mail["Date"]))}</td></tr>'


def _mail(path: Path) -> str:
    mail = _read(path)
    plain = mail.get_body(("plain",))
    text = plain.get_content() if plain else ""
    headers = escape("\n".join(f"{name}: {value}" for name, value in mail.items()))
    links = f'<p><a href="/_mail">All mail</a> · <a href="/_mail/{path.stem}/source">Source</a></p>'
    links += "".join(f'<p><a href="{escape(url)}">{escape(url)}</a></p>' for url in _links(text))
    frame = f'<iframe src="/_mail/{path.stem}/html" width="100%" height="600"></iframe>'
    return f"{links}<pre>{headers}</pre><pre>{escape(text)}</pre>{frame if mail.get_body(('html',)) else ''}"


def _links(text: str) -> list[str]:
    return [word for word in text.split() if word.startswith(("http://", "https://"))]


def _page(title: str, body: str) -> web.Response:
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>'
    return web.Response(text=f"{head}<h1>{escape(title)}</h1>{body}</html>", content_type="text/html")

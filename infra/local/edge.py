"""The CloudFront of the laptop: one origin for the screens, the API and the mails that were sent.

`python -m infra.local.edge STATE PORTS_JSON`
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector, web
from multidict import CIMultiDict

from infra import ROOT
from infra.commands.portal import BESIDE
from infra.local.layout import HOST, Layout, Ports, read_json
from infra.local.mailbox import mailbox_routes
from infra.local.security_headers import security_headers

STATIC = ROOT / "portal_static"
APPS = ("agent", "portal", "docs")
MAX_BODY = 10 * 1024 * 1024  # API Gateway's payload limit
HOP_BY_HOP = frozenset(
    ("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "host", "content-length")
)
UPSTREAM = web.AppKey("upstream", ClientSession)
PORTS = web.AppKey("ports", Ports)
API_HOST = web.AppKey("api_host", str)


def main() -> None:
    """Serve until the process is told to stop."""
    layout, ports = Layout(Path(sys.argv[1])), Ports(**json.loads(sys.argv[2]))
    web.run_app(make_app(layout, ports), host=HOST, port=ports.origin, print=None, access_log=None)


def make_app(layout: Layout, ports: Ports) -> web.Application:
    """The edge in front of the stack that `layout` and `ports` describe."""
    app = web.Application(client_max_size=MAX_BODY)
    api = read_json(layout.deployed)["outputs"]["ApiId"]
    app[PORTS], app[API_HOST] = ports, f"{api}.execute-api.localhost:{ports.aws}"
    headers = security_headers(ports.endpoint)

    async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)

    app.on_response_prepare.append(add_headers)
    app.cleanup_ctx.append(_upstream)
    app.router.add_route("*", "/v1/{tail:.*}", _forward)
    app.router.add_routes(mailbox_routes(layout.mail))
    app.router.add_get("/{path:.*}", _screen)
    return app


async def _upstream(app: web.Application):  # type: ignore[no-untyped-def]
    connector = TCPConnector(limit=200, keepalive_timeout=60)
    session = ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        auto_decompress=False,
        timeout=ClientTimeout(total=30),  # API Gateway's integration timeout
    )
    app[UPSTREAM] = session
    yield
    await session.close()


async def _forward(request: web.Request) -> web.StreamResponse:
    """Pass a request to the HTTP API of MiniStack and its answer back, cookies and all."""
    headers = CIMultiDict((k, v) for k, v in request.headers.items() if k.lower() not in HOP_BY_HOP)
    headers["Host"] = request.app[API_HOST]
    headers["X-Viewer-IP"] = request.remote or ""
    url = f"{request.app[PORTS].endpoint}{request.rel_url}"
    async with request.app[UPSTREAM].request(
        request.method, url, headers=headers, data=await request.read() or None, allow_redirects=False
    ) as answer:
        body = await answer.read()
        passed = CIMultiDict((k, v) for k, v in answer.headers.items() if k.lower() not in HOP_BY_HOP)
        return web.Response(status=answer.status, body=body, headers=passed)


async def _screen(request: web.Request) -> web.StreamResponse:
    """A file of portal_static, by the rules of the `Screens` function in infra/edge.yaml."""
    path = request.match_info["path"]
    app = path.split("/")[0]
    if path == "" or path in APPS:
        raise web.HTTPFound(f"/{path or 'portal'}/")
    if app in APPS and not Path(path).suffix:
        path = f"{app}/index.html"
    file = BESIDE.get(path) or (STATIC / path).resolve()
    if not file.is_file() or (STATIC not in file.parents and path not in BESIDE):
        raise web.HTTPNotFound
    return web.FileResponse(file, headers={"Cache-Control": "no-cache"})


if __name__ == "__main__":
    main()

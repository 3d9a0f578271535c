"""``/`` and ``/page``: the web page. No token is needed for it, since it holds no data: it asks the API for them."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from gateway.errors import NotFound
from gateway.page.assets import INDEX, Asset, read_assets
from gateway.page.vocabulary import vocabulary_asset

router = APIRouter(include_in_schema=False)

_DIRECTIVES: Final = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    # Text can then become markup nowhere, not even by a mistake: innerHTML and its like throw.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
POLICY: Final = "; ".join(_DIRECTIVES)
"""The page loads its own files and nothing else; nothing stands inline."""

_HEADERS: Final = {
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    # Asked for again each time, and answered with 304: an update of the gateway is an update of the page.
    "cache-control": "no-cache",
    "vary": "accept-encoding",
}
_METHODS: Final = ["GET", "HEAD"]


@router.api_route("/", methods=_METHODS)
async def page(request: Request) -> Response:
    """Give the page."""
    return _send(read_assets()[INDEX], request)


@router.api_route("/page/vocabulary.json", methods=_METHODS)
async def words(request: Request) -> Response:
    """Give what the page must know of the contract."""
    return _send(vocabulary_asset(), request)


@router.api_route("/page/{path:path}", methods=_METHODS)
async def file(path: str, request: Request) -> Response:
    """Give a file of the page."""
    found = read_assets().get(path)
    if found is None or path == INDEX:
        raise NotFound("expected a file of the page, found none of that name")
    return _send(found, request)


def _send(asset: Asset, request: Request) -> Response:
    headers = {**_HEADERS, "etag": asset.etag}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = asset.content
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"], content = "gzip", asset.compressed
    return Response(content, media_type=asset.media_type, headers=headers)

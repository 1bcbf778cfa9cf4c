"""The headers of every response, and the nonce that a page's own scripts carry.

A page's scripts run by nonce alone. Templates are given it in their source, before any value is filled in: a
`<script>` that comes from the base, or from a visitor, never has one.
"""

import re
import secrets
from collections.abc import Iterable
from contextvars import ContextVar

from jinja2.ext import Extension

from db.site_language import Visit

Headers = list[tuple[bytes, bytes]]

POLICY = (
    "default-src 'self'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
}
# Only where the visitor came by TLS; a proxy that ends it says so in X-Forwarded-Proto.
TLS_HEADERS = {"strict-transport-security": "max-age=31536000"}
_SCRIPT = re.compile(r"<script(?=[\s>{])(?![^>]*\bnonce=)")

_nonce: ContextVar[str] = ContextVar("nonce", default="")


class ScriptNonces(Extension):
    """Gives each script that a template's source holds the nonce of its page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's source, its scripts with a nonce."""
        return _SCRIPT.sub('<script nonce="{{ csp_nonce() }}"', source)


def csp_nonce() -> str:
    """Return the nonce of the page being made."""
    return _nonce.get()


def begin_nonce() -> str:
    """Draw a nonce for one request, and hold it until the request is answered."""
    nonce = secrets.token_urlsafe(16)
    _nonce.set(nonce)
    return nonce


def with_security(headers: Iterable[tuple[bytes, bytes]], visit: Visit, nonce: str, tls: bool) -> Headers:
    """Return a response's headers with ours, which replace others of the same name."""
    told = HEADERS | {"content-security-policy": POLICY.format(nonce=nonce)} | (TLS_HEADERS if tls else {})
    kept = [(bytes(name), bytes(value)) for name, value in headers if bytes(name).decode("latin-1").lower() not in told]
    told |= {"vary": "accept-language, cookie"} | ({"set-cookie": visit.cookie} if visit.chose else {})
    return kept + [(name.encode(), value.encode()) for name, value in told.items()]

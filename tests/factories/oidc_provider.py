"""A small OpenID Connect provider, run as a process of its own: `python oidc_provider.py PORT`.

It plays by the rules (code flow, PKCE, secrets, codes for one use) unless whoever signs in there asks for a fault, by
`fault=…` beside `user=…` on the page to which the browser is sent.
"""

import base64
import hashlib
import hmac
import json
import secrets
import sys
import time
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

import jwt
import uvicorn
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "ketu", "a secret between ketu and its provider"
FIRST, SECOND = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP256R1())
REFUSED_FAULTS = (
    "alg-none", "expired", "from-the-future", "hs256-of-public-key", "hs256-of-secret", "no-nonce", "no-token",
    "other-audience", "other-issuer", "shared-audience", "unknown-kid", "unsigned-kid", "wrong-key", "wrong-nonce",
)  # fmt: skip


class Provider:
    """What it remembers: codes it gave out, and which of its keys it shows."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.codes: dict[str, dict[str, str]] = {}
        self.shown = {"first": FIRST}

    async def described(self, _: Request) -> Response:
        issuer = self.issuer
        return JSONResponse(
            {
                "issuer": issuer,
                "authorization_endpoint": f"{issuer}/authorize",
                "token_endpoint": f"{issuer}/token",
                "jwks_uri": f"{issuer}/jwks",
            }
        )

    async def keys(self, _: Request) -> Response:
        listed: list[dict[str, Any]] = [{"kty": "oct", "kid": "shared", "k": "c2VjcmV0"}, {"kty": "mystery"}]
        for name, key in self.shown.items():
            algorithm = jwt.get_algorithm_by_name("RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256")
            listed.append(algorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": name, "use": "sig"})
        return JSONResponse({"keys": listed})

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        if asked.get("fault") == "declined":
            query = {"error": "access_denied", "state": asked["state"]}
        else:
            code = secrets.token_urlsafe()
            self.codes[code] = asked
            query = {"code": code, "state": asked["state"]}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(query)}", 302)

    async def token(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        scheme, _, encoded = request.headers["authorization"].partition(" ")
        client = [unquote(part) for part in base64.b64decode(encoded).decode().split(":", 1)]
        asked = self.codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).rstrip(b"=")
        if (
            scheme != "Basic"
            or client != [CLIENT_ID, CLIENT_SECRET]
            or asked is None
            or asked["redirect_uri"] != form["redirect_uri"]
            or asked["code_challenge"] != challenge.decode()
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        answer = {"access_token": secrets.token_urlsafe(), "token_type": "Bearer"}
        if asked.get("fault") != "no-token":
            answer["id_token"] = self.id_token(asked)
        return JSONResponse(answer)

    def id_token(self, asked: dict[str, str]) -> str:
        now, fault = int(time.time()), asked.get("fault", "")
        claims: dict[str, Any] = {
            "iss": self.issuer, "aud": CLIENT_ID, "sub": "4711", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "preferred_username": asked["user"], "amr": ["pwd", "otp"] if "otp" in asked else ["pwd"],
        }  # fmt: skip
        claims |= {
            "expired": {"iat": now - 600, "exp": now - 300},
            "from-the-future": {"iat": now + 300},
            "other-audience": {"aud": "somebody else"},
            "shared-audience": {"aud": [CLIENT_ID, "somebody else"], "azp": "somebody else"},
            "other-issuer": {"iss": "http://127.0.0.1:1"},
            "wrong-nonce": {"nonce": "another"},
        }.get(fault, {})
        if fault == "no-nonce":
            del claims["nonce"]
        match fault:
            case "alg-none":
                return jwt.encode(claims, None, algorithm="none", headers={"kid": "first"})
            case "hs256-of-secret":
                return jwt.encode(claims, CLIENT_SECRET, algorithm="HS256", headers={"kid": "first"})
            case "hs256-of-public-key":
                return _sealed_with_public_key(claims)
            case "wrong-key":
                return jwt.encode(claims, rsa.generate_private_key(65537, 2048), "RS256", headers={"kid": "first"})
            case "unknown-kid":
                return jwt.encode(claims, SECOND, algorithm="ES256", headers={"kid": "never shown"})
            case "unsigned-kid":
                return jwt.encode(claims, b"secret", algorithm="HS256", headers={"kid": "shared"})
            case "turned-key":
                self.shown = {"second": SECOND}
                return jwt.encode(claims, SECOND, algorithm="ES256", headers={"kid": "second"})
        return jwt.encode(claims, FIRST, algorithm="RS256", headers={"kid": "first"})


def _sealed_with_public_key(claims: dict[str, Any]) -> str:
    """As an attacker does who knows only what everybody may know; the library refuses to, so by hand."""
    public = FIRST.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )

    def part(content: bytes) -> bytes:
        return base64.urlsafe_b64encode(content).rstrip(b"=")

    header = {"alg": "HS256", "typ": "JWT", "kid": "first"}
    signed = part(json.dumps(header).encode()) + b"." + part(json.dumps(claims).encode())
    return (signed + b"." + part(hmac.digest(public, signed, "sha256"))).decode()


def main(port: int) -> None:
    """Serve until the process is ended."""
    provider = Provider(f"http://127.0.0.1:{port}")
    routes = [
        Route("/.well-known/openid-configuration", provider.described),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
        Route("/jwks", provider.keys),
    ]
    uvicorn.run(Starlette(routes=routes), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]))

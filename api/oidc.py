"""The bank's identity provider: OpenID Connect, code flow with PKCE (RFC 7636)."""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
import jwt

from api.authentication import unauthenticated
from api.failure import Failure
from api.settings import Settings
from api.signing_keys import Clock
from domain.shared.problem import Problem, ProblemCode

ALGORITHMS = ("EdDSA", "ES256", "ES384", "PS256", "RS256", "RS384", "RS512")
"""Signatures only: an id token sealed with a shared secret, or with nothing, is refused."""
SECOND_FACTOR_METHODS = {"mfa", "otp", "hwk", "swk", "fpt"}
"""Values of `amr` (RFC 8176) that tell of more than a password."""
SECONDS_OFF = 30
"""The provider's clock may be so much off."""
SECONDS_TO_ANSWER = 5
SECONDS_METADATA_ARE_KEPT = 600
SECONDS_BETWEEN_LOOKS = 10
"""For a key that is not known."""
LARGEST_ANSWER = 200_000


@dataclass(frozen=True, slots=True)
class Registration:
    """How the provider knows us."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    claim: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider has signed in."""

    username: str | None
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class Login:
    """What one sign-in needs from its beginning to its end; the browser keeps it meanwhile, signed by us."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    @property
    def challenge(self) -> str:
        """What of the verifier is shown at the beginning."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def registration(settings: Settings) -> Registration | None:
    """What the settings say of a provider; None where they name none. Raises Failure where they say too little."""
    if settings.oidc_issuer is None:
        return None
    if not (settings.oidc_client_id and settings.oidc_client_secret and settings.public_url):
        raise Failure(
            "an identity provider is named, but not how it knows Ketu",
            mend="set KETU_OIDC_CLIENT_ID, KETU_OIDC_CLIENT_SECRET and KETU_PUBLIC_URL, or unset KETU_OIDC_ISSUER",
        )
    redirect_uri = f"{settings.public_url}/auth/oidc/callback"
    return Registration(
        settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, redirect_uri, settings.oidc_claim
    )


class IdentityProvider:
    """Asks a provider who somebody is, and believes only what it has signed for us, now, and for this login."""

    def __init__(
        self,
        registered: Registration,
        http: httpx.AsyncClient,
        *,
        now: Clock,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._registered = registered
        self._http = http
        self._now = now
        self._monotonic = monotonic
        self._metadata: tuple[float, Mapping[str, Any]] | None = None
        self._keys: tuple[float, Mapping[str, jwt.PyJWK]] = (float("-inf"), {})

    async def beginning(self, login: Login) -> str:
        """Where to send the browser. Raises Problem UNAVAILABLE."""
        query = {
            "response_type": "code",
            "client_id": self._registered.client_id,
            "redirect_uri": self._registered.redirect_uri,
            "scope": "openid profile email",
            "state": login.state,
            "nonce": login.nonce,
            "code_challenge": login.challenge,
            "code_challenge_method": "S256",
        }
        endpoint = (await self._described())["authorization_endpoint"]
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{urlencode(query)}"

    async def identity(self, code: str, login: Login) -> Identity:
        """Whom the provider signed in. Raises Problem UNAUTHENTICATED or UNAVAILABLE."""
        registered, described = self._registered, await self._described()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": registered.redirect_uri,
            "code_verifier": login.verifier,
        }
        methods = described.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        basic = None
        if "client_secret_basic" in methods:
            basic = httpx.BasicAuth(registered.client_id, registered.client_secret)
        else:
            form |= {"client_id": registered.client_id, "client_secret": registered.client_secret}
        request = self._http.build_request("POST", described["token_endpoint"], data=form)
        answer = await self._asked(request, auth=basic)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise _refused()
        return self._identity_of(await self._verified(token, described), login)

    def _identity_of(self, claims: Mapping[str, Any], login: Login) -> Identity:
        nonce = claims.get("nonce")
        if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), login.nonce.encode()):
            raise _refused()
        audience, party = claims["aud"], claims.get("azp")
        is_shared = isinstance(audience, list) and len(audience) > 1
        # A token for several is only for us if we are the one it was asked by.
        if (is_shared or party is not None) and party != self._registered.client_id:
            raise _refused()
        now = self._now().timestamp()
        if not claims["iat"] - SECONDS_OFF <= now < claims["exp"] + SECONDS_OFF:
            raise _refused()
        username = claims.get(self._registered.claim)
        if self._registered.claim == "email" and claims.get("email_verified") is not True:
            username = None
        if not isinstance(username, str) or "\0" in username:
            username = None
        methods = claims.get("amr")
        known = {one for one in methods if isinstance(one, str)} if isinstance(methods, list) else set()
        return Identity(username, bool(known & SECOND_FACTOR_METHODS))

    async def _verified(self, token: str, described: Mapping[str, Any]) -> Mapping[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            key = await self._key(header.get("kid"), described)
            claims = jwt.decode(
                token,
                key.key,
                # The key says what it is for; what the token says of itself must agree.
                algorithms=[key.algorithm_name],
                audience=self._registered.client_id,
                issuer=described["issuer"],
                # Of the times we judge ourselves, by our clock.
                options={
                    "require": ["iss", "aud", "exp", "iat", "sub"],
                    "verify_exp": False,
                    "verify_iat": False,
                    "verify_nbf": False,
                },
            )
        except jwt.InvalidTokenError as error:
            raise _refused() from error
        if not all(isinstance(claims[one], int | float) for one in ("exp", "iat")):
            raise _refused()
        return claims

    async def _key(self, key_id: Any, described: Mapping[str, Any]) -> jwt.PyJWK:
        read_at, keys = self._keys
        if key_id not in keys and self._monotonic() - read_at > SECONDS_BETWEEN_LOOKS:
            listed = (await self._asked(self._http.build_request("GET", described["jwks_uri"]))).get("keys", [])
            keys = dict(_usable(listed))
            self._keys = (self._monotonic(), keys)
        if not isinstance(key_id, str) or key_id not in keys:
            raise _refused()
        return keys[key_id]

    async def _described(self) -> Mapping[str, Any]:
        if self._metadata and self._monotonic() - self._metadata[0] < SECONDS_METADATA_ARE_KEPT:
            return self._metadata[1]
        address = f"{self._registered.issuer}/.well-known/openid-configuration"
        described = await self._asked(self._http.build_request("GET", address))
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        is_ours = str(described.get("issuer")).rstrip("/") == self._registered.issuer
        if not is_ours or not all(_is_safe(described.get(one)) for one in needed):
            raise _unreachable("describes another issuer, or endpoints without https")
        self._metadata = (self._monotonic(), described)
        return described

    async def _asked(self, request: httpx.Request, *, auth: httpx.Auth | None = None) -> Mapping[str, Any]:
        try:
            answer = await self._http.send(request, auth=auth, stream=True)
            try:
                body = bytearray()
                async for chunk in answer.aiter_bytes():
                    body += chunk
                    if len(body) > LARGEST_ANSWER:
                        raise _unreachable("answers too much")
            finally:
                await answer.aclose()
            if answer.status_code in (400, 401, 403) and request.method == "POST":
                raise _refused()
            answer.raise_for_status()
            content = json.loads(body)
        except (httpx.HTTPError, ValueError) as error:
            raise _unreachable("does not answer as it should") from error
        if not isinstance(content, dict):
            raise _unreachable("answers no object")
        return content


def http_client() -> httpx.AsyncClient:
    """A client for a provider: it waits only so long, and goes nowhere it is not told to go."""
    return httpx.AsyncClient(timeout=SECONDS_TO_ANSWER, follow_redirects=False)


def _usable(listed: Any) -> list[tuple[str, jwt.PyJWK]]:
    usable = []
    for one in listed if isinstance(listed, list) else []:
        try:
            key = jwt.PyJWK(one)
        except (jwt.PyJWTError, AttributeError, TypeError, ValueError):
            # Keys of kinds that we do not know are for others.
            continue
        if isinstance(one.get("kid"), str) and key.algorithm_name in ALGORITHMS and one.get("use", "sig") == "sig":
            usable.append((one["kid"], key))
    return usable


def _is_safe(address: Any) -> bool:
    if not isinstance(address, str):
        return False
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1"))


def _refused() -> Problem:
    return unauthenticated("The identity provider's answer is not one to this login; begin again.")


def _unreachable(what: str) -> Problem:
    return Problem(ProblemCode.UNAVAILABLE, f"The identity provider {what}; try again later.")

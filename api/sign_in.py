"""`/auth`: signing in and out, sessions, second factors, tokens of service accounts, the bank's identity provider."""

import base64
import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson
import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from api import answers
from api.authentication import Tokens, unauthenticated
from api.oidc import IdentityProvider, Login
from api.signing_keys import Clock
from domain.shared.database import Database
from domain.shared.problem import Problem, ProblemCode, invalid
from domain.user_account import attempts, sessions
from domain.user_account.model import Refusal, SessionEnd, SignInRules
from domain.user_account.sessions import Account, Granted, Origin
from domain.user_account.sign_in import Aim, Attempt, Enrolled, Outcome, SignIn, Unfit
from resolvers.engine.execute import DATABASE_ERRORS, problem_of

LARGEST_BODY = 16_000
"""Bytes."""
LONGEST_TEXT = 2_000
REFRESH_COOKIE = "ketu_refresh"
LOGIN_COOKIE = "ketu_login"
LOGIN_USE = "ketu-login+jwt"
LOGIN_LIFETIME = timedelta(minutes=10)
SECONDS_KEYS_MAY_BE_KEPT = 60
STATUS = answers.STATUS | {ProblemCode.TOO_COMPLEX: 413}
REFUSED = {
    Refusal.INVALID_CREDENTIALS: 401,
    Refusal.INVALID_TOTP: 401,
    Refusal.SESSION_ENDED: 401,
    Refusal.TOO_MANY_ATTEMPTS: 429,
}
"""Status of a refusal; of all others 403."""

log = structlog.get_logger()


class Refused(JSONResponse):
    """An answer that is a refusal; its code goes into the log."""

    def __init__(
        self, code: str, content: Mapping[str, str], status: int, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(content, status, headers)
        self.code = code


class SignInEndpoint:
    """Answers everything below `/auth`."""

    def __init__(
        self,
        *,
        database: Database,
        sign_in: SignIn,
        tokens: Tokens,
        provider: IdentityProvider | None,
        rules: SignInRules,
        public_url: str | None,
        now: Clock,
    ) -> None:
        self._database = database
        self._sign_in = sign_in
        self._tokens = tokens
        self._provider = provider
        self._rules = rules
        self._public_url = public_url
        self._now = now

    async def answer(self, handle: "Handler", request: Request) -> Response:
        """One request, handled; whatever goes wrong becomes a code, a message and a status."""
        request_id = answers.request_id(request.headers.get("x-request-id"))
        request.state.request_id = request_id
        started = time.perf_counter()
        try:
            # Whoever is not signed in takes places from those who are.
            self._database.must_have_place()
            response = await handle(self, request)
            code = response.code if isinstance(response, Refused) else "OK"
        except Problem as problem:
            code, response = problem.code.name, _error(problem.code.name, problem.message, STATUS[problem.code])
        except DATABASE_ERRORS as error:
            code = ProblemCode.UNAVAILABLE.name
            log.warning("sign_in.unavailable", request_id=request_id, cause=type(error).__name__)
            response = _error(code, "Signing in is not possible just now; try again.", 503)
            response.headers["Retry-After"] = str(problem_of(error).retry_after)
        except Exception:
            code = ProblemCode.INTERNAL.name
            # What was sent may be a password: the trace shows where, not what.
            log.exception("sign_in.failed", request_id=request_id)
            response = _error(code, "Something went wrong on our side.", 500)
        if request.method != "GET":
            self._tokens.expect_ended_sessions()
        milliseconds = round((time.perf_counter() - started) * 1000, 2)
        log.info("sign_in.answered", path=request.scope["path"], code=code, milliseconds=milliseconds,
                 request_id=request_id)  # fmt: skip
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = request_id
        if response.status_code == 503:
            response.headers.setdefault("Retry-After", "1")
        return response

    async def by_password(self, request: Request) -> Response:
        """POST /auth/sign-in {username, password, totp?, web?}"""
        return await self._attempted(request)

    async def password(self, request: Request) -> Response:
        """POST /auth/password {username, password, newPassword, totp?, web?}"""
        return await self._attempted(request, needed=("newPassword",))

    async def enrol(self, request: Request) -> Response:
        """POST /auth/totp/enrol {username, password, totp?}"""
        return await self._attempted(request, aim=Aim.ENROL)

    async def confirm(self, request: Request) -> Response:
        """POST /auth/totp/confirm {username, password, totp, web?}"""
        return await self._attempted(request, aim=Aim.CONFIRM, needed=("totp",))

    async def refresh(self, request: Request) -> Response:
        """POST /auth/refresh {refreshToken} or, with the cookie, {}"""
        given = await _given(request, texts=("refreshToken",))
        token = given.get("refreshToken") or request.cookies.get(REFRESH_COOKIE)
        if not token:
            raise unauthenticated("Send a refresh token, or sign in.")
        async with self._database.write() as connection:
            outcome = await sessions.refresh(
                connection, token, origin=_origin(request), rules=self._rules, now=self._now()
            )
        response = await self._answered(request, outcome, web="refreshToken" not in given)
        if outcome is Refusal.SESSION_ENDED:
            response.delete_cookie(REFRESH_COOKIE, path="/auth")
        return response

    async def sign_out(self, request: Request) -> Response:
        """POST /auth/sign-out"""
        session_id, account = await self._current(request)
        async with self._database.write() as connection:
            ended = await sessions.end(
                connection, account, [session_id], why=SessionEnd.SIGNED_OUT, origin=_origin(request), now=self._now()
            )
        return _signed_out(ended)

    async def sign_out_everywhere(self, request: Request) -> Response:
        """POST /auth/sign-out-everywhere"""
        _, account = await self._current(request)
        why = SessionEnd.SIGNED_OUT_EVERYWHERE
        async with self._database.write() as connection:
            ended = await sessions.end_all(connection, account, why=why, origin=_origin(request), now=self._now())
        return _signed_out(ended)

    async def open_sessions(self, request: Request) -> Response:
        """GET /auth/sessions"""
        current, account = await self._current(request)
        async with self._database.read() as connection:
            rows = await sessions.open_sessions(connection, account, now=self._now())
        listed = [
            {
                "id": str(row["id"]),
                "isCurrent": row["id"] == current,
                "means": row["means"],
                "client": row["client"],
                "address": row["address"],
                "createdAt": row["created_at"],
                "lastUsedAt": row["last_used_at"],
                "expiresAt": row["expires_at"],
            }
            for row in rows
        ]
        return Response(orjson.dumps({"sessions": listed}), media_type="application/json")

    async def end_session(self, request: Request) -> Response:
        """DELETE /auth/sessions/{id}"""
        _, account = await self._current(request)
        why, session_id = SessionEnd.SIGNED_OUT, request.path_params["id"]
        async with self._database.write() as connection:
            ended = await sessions.end(
                connection, account, [session_id], why=why, origin=_origin(request), now=self._now()
            )
        return JSONResponse({"ended": ended})

    async def client_credentials(self, request: Request) -> Response:
        """POST /auth/token, as OAuth 2.0 has it (RFC 6749, section 4.4)"""
        form = dict(_form(await _body(request)))
        client = _basic(request) or (form.get("client_id", ""), form.get("client_secret", ""))
        if form.get("grant_type") != "client_credentials":
            return Refused("INVALID_REQUEST", {"error": "unsupported_grant_type"}, 400)
        if any("\0" in part for part in client):
            return Refused("INVALID_REQUEST", {"error": "invalid_request"}, 400)
        outcome = await self._sign_in.by_client_secret(*client, origin=_origin(request), now=self._now())
        if isinstance(outcome, Refusal):
            headers = {"WWW-Authenticate": 'Basic realm="ketu"'}
            return Refused(outcome.name, {"error": "invalid_client"}, REFUSED[outcome], headers)
        token, seconds = await self._tokens.issue(outcome, lifetime=self._rules.access_lifetime)
        headers = {"Pragma": "no-cache"}
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": seconds}, 200, headers)

    async def public_keys(self, request: Request) -> Response:
        """GET /auth/jwks.json"""
        headers = {"Cache-Control": f"public, max-age={SECONDS_KEYS_MAY_BE_KEPT}"}
        return JSONResponse({"keys": await self._tokens.public_keys()}, 200, headers)

    async def oidc_start(self, request: Request) -> Response:
        """GET /auth/oidc/start?returnTo=/…"""
        provider = self._known_provider()
        login = Login()
        stated = asdict(login) | {"returnTo": _local_path(request.query_params.get("returnTo"))}
        response = RedirectResponse(await provider.beginning(login), 303)
        # Strict would keep it back when the provider sends the browser here again.
        response.set_cookie(
            LOGIN_COOKIE,
            await self._tokens.statement(stated, use=LOGIN_USE, lifetime=LOGIN_LIFETIME),
            max_age=int(LOGIN_LIFETIME.total_seconds()),
            path="/auth/oidc",
            secure=self._is_secure(request),
            httponly=True,
            samesite="lax",
        )
        return response

    async def oidc_callback(self, request: Request) -> Response:
        """GET /auth/oidc/callback?code=…&state=…"""
        provider = self._known_provider()
        try:
            stated = await self._tokens.stated(request.cookies.get(LOGIN_COOKIE, ""), use=LOGIN_USE)
            login = Login(stated["state"], stated["nonce"], stated["verifier"])
            if not hmac.compare_digest(request.query_params.get("state", "").encode(), login.state.encode()):
                raise unauthenticated("This is not the login that was begun here; begin again.")
            code = request.query_params.get("code")
            if not code:
                raise unauthenticated("The identity provider has not signed anybody in.")
            identity = await provider.identity(code, login)
        except Problem as problem:
            if problem.code is ProblemCode.UNAUTHENTICATED:
                async with self._database.write() as connection:
                    await attempts.log_denial(connection, None, "sign_in.identity_refused", origin=_origin(request))
            raise
        outcome = await self._sign_in.by_identity_provider(
            identity.username,
            has_second_factor=identity.has_second_factor,
            origin=_origin(request),
            now=self._now(),
        )
        if isinstance(outcome, Refusal):
            response = _refusal(outcome)
        else:
            response = RedirectResponse(stated["returnTo"], 303)
            self._keep_in_cookie(request, response, outcome)
        response.delete_cookie(LOGIN_COOKIE, path="/auth/oidc")
        return response

    async def _attempted(self, request: Request, *, aim: Aim = Aim.SIGN_IN, needed: tuple[str, ...] = ()) -> Response:
        given = await _given(request, texts=("username", "password", *needed), optional=("totp",), flags=("web",))
        for name in ("username", "password", *needed):
            if not given.get(name):
                raise invalid(f"`{name}` is missing.")
        attempt = Attempt(
            given["username"],
            given["password"],
            _origin(request),
            totp=given.get("totp"),
            new_password=given.get("newPassword"),
            aim=aim,
        )
        outcome = await self._sign_in.by_password(attempt, now=self._now())
        return await self._answered(request, outcome, web=given.get("web", False))

    async def _answered(self, request: Request, outcome: Outcome, *, web: bool) -> Response:
        match outcome:
            case Refusal():
                return _refusal(outcome)
            case Unfit(reason):
                return _error(Refusal.UNFIT_PASSWORD.name, f"{Refusal.UNFIT_PASSWORD.value} {reason}", 400)
            case Enrolled(secret, uri):
                return JSONResponse({"secret": secret, "uri": uri})
            case Granted():
                token, seconds = await self._tokens.issue(outcome, lifetime=self._rules.access_lifetime)
                content = {"accessToken": token, "tokenType": "Bearer", "expiresIn": seconds}
                if not web:
                    return JSONResponse(content | {"refreshToken": outcome.refresh_token})
                # A page renews its tokens by itself, so that it has to know how long nobody may sit before it.
                response = JSONResponse(content | {"idleSeconds": int(self._rules.session_idle.total_seconds())})
                self._keep_in_cookie(request, response, outcome)
                return response

    async def _current(self, request: Request) -> tuple[int, Account]:
        """The session that asks, by its access token or its cookie, and whose it is. Raises Problem UNAUTHENTICATED."""
        cookie = request.cookies.get(REFRESH_COOKIE)
        if request.headers.get("authorization") or not cookie or request.method == "GET":
            session_id = (await self._tokens.claims(request.headers.get("authorization"))).session_id
        else:
            async with self._database.read() as connection:
                session_id = await sessions.session_of_token(connection, cookie)
        async with self._database.read() as connection:
            account = await sessions.owner(connection, session_id, now=self._now()) if session_id else None
        if session_id is None or account is None:
            raise unauthenticated(Refusal.SESSION_ENDED.value)
        return session_id, account

    def _keep_in_cookie(self, request: Request, response: Response, granted: Granted) -> None:
        """Out of reach of scripts, and sent only to us, from pages of ours."""
        response.set_cookie(
            REFRESH_COOKIE,
            granted.refresh_token or "",
            max_age=int((granted.expires_at - self._now()).total_seconds()),
            path="/auth",
            secure=self._is_secure(request),
            httponly=True,
            samesite="strict",
        )

    def _is_secure(self, request: Request) -> bool:
        return (self._public_url or str(request.url)).startswith("https:")

    def _known_provider(self) -> IdentityProvider:
        if self._provider is None:
            raise invalid("No identity provider is set up here; sign in by password.")
        return self._provider


Handler = Callable[[SignInEndpoint, Request], Awaitable[Response]]

HANDLERS: Mapping[tuple[str, str], Handler] = {
    ("POST", "/sign-in"): SignInEndpoint.by_password,
    ("POST", "/password"): SignInEndpoint.password,
    ("POST", "/totp/enrol"): SignInEndpoint.enrol,
    ("POST", "/totp/confirm"): SignInEndpoint.confirm,
    ("POST", "/refresh"): SignInEndpoint.refresh,
    ("POST", "/sign-out"): SignInEndpoint.sign_out,
    ("POST", "/sign-out-everywhere"): SignInEndpoint.sign_out_everywhere,
    ("GET", "/sessions"): SignInEndpoint.open_sessions,
    ("DELETE", "/sessions/{id:int}"): SignInEndpoint.end_session,
    ("POST", "/token"): SignInEndpoint.client_credentials,
    ("GET", "/jwks.json"): SignInEndpoint.public_keys,
    ("GET", "/oidc/start"): SignInEndpoint.oidc_start,
    ("GET", "/oidc/callback"): SignInEndpoint.oidc_callback,
}


def sign_in_routes() -> list[Route]:
    """Everything below `/auth`, answered by the endpoint in the application's state."""

    def route(method: str, path: str, handle: Handler) -> Route:
        async def answer(request: Request) -> Response:
            return await request.app.state.sign_in.answer(handle, request)

        return Route(f"/auth{path}", answer, methods=[method])

    return [route(method, path, handle) for (method, path), handle in HANDLERS.items()]


def _origin(request: Request) -> Origin:
    address = request.client.host if request.client else None
    return Origin(address, _storable(request.headers.get("user-agent")), request.state.request_id)


def _storable(text: str | None) -> str | None:
    return text.replace("\0", "") if text else None


async def _given(
    request: Request, *, texts: tuple[str, ...], optional: tuple[str, ...] = (), flags: tuple[str, ...] = ()
) -> dict[str, Any]:
    """The fields of a JSON body. Raises Problem INVALID_REQUEST."""
    # A page of another site cannot send this type without asking first, so it cannot use our cookie either.
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise invalid("Send the body as application/json.")
    try:
        given = orjson.loads(await _body(request))
    except orjson.JSONDecodeError as error:
        raise invalid("The body is not JSON.") from error
    if not isinstance(given, dict):
        raise invalid("The body must be an object.")
    for name in (*texts, *optional):
        value = given.get(name)
        if value is not None and not (isinstance(value, str) and len(value) <= LONGEST_TEXT and "\0" not in value):
            raise invalid(f"`{name}` must be a text of at most {LONGEST_TEXT} characters.")
    for name in flags:
        if not isinstance(given.get(name, False), bool):
            raise invalid(f"`{name}` must be true or false.")
    return {name: given[name] for name in (*texts, *optional, *flags) if given.get(name) is not None}


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise Problem(ProblemCode.TOO_COMPLEX, f"The body is larger than {LARGEST_BODY:,} bytes.")
    return bytes(body)


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode("ascii"), max_num_fields=20)
    except ValueError as error:
        raise invalid("The body is no form.") from error


def _basic(request: Request) -> tuple[str, str] | None:
    scheme, _, encoded = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
    except ValueError as error:
        raise invalid("The Authorization header cannot be read.") from error
    return unquote(name), unquote(secret)


def _local_path(asked: str | None) -> str:
    """`asked` if it stays on this site; the root otherwise, so that nobody is sent away by a link of ours."""
    stays = asked is not None and asked.startswith("/") and asked[1:2] not in ("/", "\\") and asked.isprintable()
    return asked if asked is not None and stays else "/"


def _signed_out(ended: int) -> Response:
    response = JSONResponse({"ended": ended})
    response.delete_cookie(REFRESH_COOKIE, path="/auth")
    return response


def _refusal(refusal: Refusal) -> Response:
    return _error(refusal.name, refusal.value, REFUSED.get(refusal, 403))


def _error(code: str, message: str, status: int) -> Response:
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return Refused(code, {"code": code, "message": message}, status, headers)

"""A client that signs in as a service account, pages, and goes on watching after a break."""

import asyncio
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
from websockets.exceptions import ConnectionClosed

from .client import KetuClient
from .exceptions import GraphQLClientGraphQLMultiError

SECONDS_BEFORE_END = 30
"""A token is renewed so long before it ends."""
GOES_ON = frozenset({1001, 1006, 1012, 1013, 4403})
"""Close codes after which it helps to connect again, with a fresh token."""
MOST_SECONDS_BETWEEN = 30


class ServiceAccount(httpx.Auth):
    """Tokens of a service account, by OAuth 2.0's client credentials."""

    def __init__(self, address: str, client_id: str, client_secret: str) -> None:
        self._address, self._credentials = address, (client_id, client_secret)
        self._token, self._good_until = "", 0.0
        self._renewing = asyncio.Lock()

    async def token(self) -> str:
        """One that is good for a while."""
        async with self._renewing:
            if time.monotonic() > self._good_until - SECONDS_BEFORE_END:
                async with httpx.AsyncClient(base_url=self._address) as client:
                    form = {"grant_type": "client_credentials"}
                    answer = await client.post("/auth/token", data=form, auth=self._credentials)
                answer.raise_for_status()
                granted = answer.json()
                self._token = granted["access_token"]
                self._good_until = time.monotonic() + granted["expires_in"]
            return self._token

    def forget(self) -> None:
        """The token was refused."""
        self._good_until = 0.0

    async def async_auth_flow(self, request: httpx.Request) -> AsyncGenerator[httpx.Request, httpx.Response]:
        """Sends each request with a token, and once more with a fresh one where that is refused."""
        request.headers["Authorization"] = f"Bearer {await self.token()}"
        answer = yield request
        if answer.status_code == 401:
            self.forget()
            request.headers["Authorization"] = f"Bearer {await self.token()}"
            yield request


class Ketu(KetuClient):
    """Every operation of `KetuClient`, signed in.

    address   where the API listens, such as https://ketu.bank.example
    purpose   what the access log is told that it is asked for
    """

    def __init__(
        self, address: str, client_id: str, client_secret: str, *, purpose: str | None = None, seconds: float = 30
    ) -> None:
        address = address.rstrip("/")
        self.account = ServiceAccount(address, client_id, client_secret)
        self._purpose = {"X-Purpose": purpose} if purpose else {}
        headers = {"Accept": "application/graphql-response+json, application/json;q=0.9", **self._purpose}
        super().__init__(
            url=f"{address}/graphql",
            ws_url=f"{address.replace('http', 'ws', 1)}/graphql",
            http_client=httpx.AsyncClient(auth=self.account, headers=headers, timeout=seconds),
        )

    async def asked(self, query: str, variables: dict[str, Any] | None = None, name: str | None = None) -> Any:
        """The data of an operation of your own."""
        return self.get_data(await self.execute(query, operation_name=name, variables=variables))

    def get_data(self, response: httpx.Response) -> dict[str, Any]:
        """Refusals with their codes, whatever their status is. Raises GraphQLClientGraphQLMultiError."""
        if written := response.headers.get("Ketu-Position"):
            # Whoever answers next has to know it.
            self.http_client.headers["Ketu-Position"] = written
        if response.status_code >= 400 and "json" in response.headers.get("content-type", ""):
            content = response.json()
            if isinstance(content, dict) and content.get("errors"):
                raise GraphQLClientGraphQLMultiError.from_errors_dicts(errors_dicts=content["errors"])
        return super().get_data(response)

    async def execute_ws(
        self,
        query: str,
        operation_name: str | None = None,
        variables: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[dict[str, Any]]:
        """Answers of a subscription; after a break it goes on from the event that was seen last."""
        variables, waits = dict(variables or {}), 0.0
        while True:
            self.ws_connection_init_payload = {"Authorization": f"Bearer {await self.account.token()}", **self._purpose}
            try:
                async for data in super().execute_ws(query, operation_name, variables, **kwargs):
                    waits = 0.0
                    seen = next((each["eventId"] for each in data.values() if each and "eventId" in each), None)
                    if seen is not None and "$after" in query:
                        variables["after"] = seen
                    yield data
                return
            except ConnectionClosed as closed:
                code = closed.rcvd.code if closed.rcvd else 1006
                if code not in GOES_ON:
                    raise
                self.account.forget()
            except OSError:
                pass
            waits = min(waits * 2 or 0.5, MOST_SECONDS_BETWEEN)
            await asyncio.sleep(waits)


async def pages(ask: Callable[..., Awaitable[Any]], connection: str, **arguments: Any) -> AsyncIterator[Any]:
    """Every row of a connection, page after page.

    ask         an operation that takes `after`, such as `ketu.customers`
    connection  the name of the field in its answer
    """
    after: str | None = None
    while True:
        page = getattr(await ask(after=after, **arguments), connection)
        for row in page.nodes:
            yield row
        if not page.page_info.has_next_page:
            return
        after = page.page_info.end_cursor

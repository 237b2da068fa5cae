"""What can be set, in one place: the only reader of the environment.

A flag goes before the environment, the environment before the default.
"""

from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from api.failure import Failure

ROOT = Path(__file__).resolve().parent.parent


def setting(variable: str, default: Any, meaning: str, *, read: Callable[[str], Any] = str, shown: str = "") -> Any:
    """A field read from `variable`; `shown` is the default in words where its value does not say it."""
    described = {"variable": variable, "meaning": meaning, "read": read, "shown": shown or str(default)}
    return field(default=default, metadata=described)


def postgresql_url(text: str) -> str:
    """`text` as given, if it addresses a PostgreSQL database. Raises ValueError."""
    parts = urlsplit(text)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ValueError("expected postgresql://user:password@host:port/database")
    return parts._replace(scheme="postgresql").geturl()


def postgresql_urls(text: str) -> tuple[str, ...]:
    """The addresses in `text`, by spaces, each once. Raises ValueError."""
    return tuple(dict.fromkeys(map(postgresql_url, text.split())))


def web_address(text: str) -> str:
    """`text` without a slash at its end, if it is an address that may be trusted with secrets. Raises ValueError."""
    parts = urlsplit(text)
    is_local = parts.hostname in ("localhost", "127.0.0.1", "::1")
    if not parts.hostname or parts.query or parts.fragment or parts.scheme not in ("https", "http"):
        raise ValueError("expected https://host or https://host/path")
    if parts.scheme == "http" and not is_local:
        raise ValueError("expected https: plain http is for this machine alone")
    return text.rstrip("/")


def collector_address(text: str) -> str:
    """`text` without a slash at its end, if it is the address of a collector. Raises ValueError."""
    parts = urlsplit(text)
    if not parts.hostname or parts.query or parts.fragment or parts.scheme not in ("https", "http"):
        raise ValueError("expected http://host:port or https://host:port")
    if parts.username or parts.password:
        raise ValueError("expected no password in it: name it in OTEL_EXPORTER_OTLP_HEADERS")
    return text.rstrip("/")


def positive(text: str) -> int:
    """A whole number above zero. Raises ValueError."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ValueError("expected a whole number above zero")
    return int(text)


def natural(text: str) -> int:
    """A whole number, which may be zero. Raises ValueError."""
    if not text.isascii() or not text.isdigit():
        raise ValueError("expected a whole number")
    return int(text)


def truth(text: str) -> bool:
    """Yes or no. Raises ValueError."""
    if text.lower() not in ("yes", "no", "true", "false"):
        raise ValueError("expected yes or no")
    return text.lower() in ("yes", "true")


def port_number(text: str) -> int:
    """A TCP port; 0 lets the system choose. Raises ValueError."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise ValueError("expected a port from 0 to 65535")
    return int(text)


def folder(text: str) -> Path:
    """An absolute path, so that it means the same in every process."""
    return Path(text).expanduser().absolute()


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the processes are told from outside."""

    database_url: str | None = setting(
        "DATABASE_URL",
        None,
        "PostgreSQL 16 or newer to use, as `postgresql://user:password@host:port/database`.",
        read=postgresql_url,
        shown="the embedded one",
    )
    replica_urls: tuple[str, ...] = setting(
        "KETU_REPLICA_URLS",
        (),
        "Its streaming replicas, which answer queries, with spaces between them; the flag may come several times.",
        read=postgresql_urls,
        shown="none",
    )
    replica_lag_seconds: int = setting(
        "KETU_REPLICA_LAG_SECONDS",
        5,
        "Seconds that a replica may be behind the database and still answer.",
        read=positive,
    )
    data: Path = setting(
        "KETU_DATA",
        ROOT / ".ketu" / "data",
        "Folder of the embedded PostgreSQL and of the generated keys.",
        read=folder,
        shown=".ketu/data in the checkout",
    )
    host: str = setting("KETU_HOST", "127.0.0.1", "Address the API listens on.")
    port: int = setting("KETU_PORT", 8000, "Port the API listens on; 0 takes a free one.", read=port_number)
    workers: int = setting("KETU_WORKERS", 1, "API processes.", read=positive)
    database_pool_size: int = setting(
        "KETU_DATABASE_POOL_SIZE", 10, "Connections each API process may hold per pool.", read=positive
    )
    waiting_requests: int = setting(
        "KETU_WAITING_REQUESTS",
        300,
        "Requests that may wait for a connection in each API process, per pool; more are answered by 503 at once.",
        read=positive,
    )
    heavy_cost: int = setting(
        "KETU_HEAVY_COST",
        5_000,
        "Cost above which a request is heavy: such have half of the connections at most, and go after others.",
        read=positive,
    )
    statement_timeout_seconds: int = setting(
        "KETU_STATEMENT_TIMEOUT_SECONDS", 10, "Seconds after which PostgreSQL gives up on a query.", read=positive
    )
    plan_cache_size: int = setting(
        "KETU_PLAN_CACHE_SIZE", 2_000, "Compiled plans each API process keeps.", read=positive
    )
    graphql_get: bool | None = setting(
        "KETU_GRAPHQL_GET",
        None,
        "Whether queries may come by GET: yes or no.",
        read=truth,
        shown="yes in a sample bank",
    )
    introspection: bool = setting(
        "KETU_INTROSPECTION", True, "Whether queries may ask what the schema is: yes or no.", read=truth, shown="yes"
    )
    web: bool = setting(
        "KETU_WEB", True, "Whether the web application is served, at `/`: yes or no.", read=truth, shown="yes"
    )
    explorer: bool = setting(
        "KETU_EXPLORER", True, "Whether `/explorer` is served: yes or no.", read=truth, shown="yes"
    )
    trusted_documents: Path | None = setting(
        "KETU_TRUSTED_DOCUMENTS",
        None,
        "Manifest of documents that are answered by their ids, or a folder of manifests.",
        read=folder,
        shown="none",
    )
    trusted_documents_only: bool = setting(
        "KETU_TRUSTED_DOCUMENTS_ONLY",
        False,
        "Whether no others are answered: yes or no.",
        read=truth,
        shown="no",
    )
    limit_cost: int = setting("KETU_LIMIT_COST", 100_000, "What one request may cost.", read=positive)
    limit_depth: int = setting("KETU_LIMIT_DEPTH", 15, "Fields within fields that a query may have.", read=positive)
    limit_fields: int = setting("KETU_LIMIT_FIELDS", 1_000, "Fields that a query may select.", read=positive)
    limit_root_fields: int = setting("KETU_LIMIT_ROOT_FIELDS", 50, "Root fields of a query or mutation.", read=positive)
    limit_aliases: int = setting("KETU_LIMIT_ALIASES", 100, "Aliases that a query may give.", read=positive)
    limit_filters: int = setting("KETU_LIMIT_FILTERS", 100, "Conditions that its filters may hold.", read=positive)
    limit_tokens: int = setting("KETU_LIMIT_TOKENS", 10_000, "Tokens that a document may have.", read=positive)
    limit_characters: int = setting(
        "KETU_LIMIT_CHARACTERS", 100_000, "Characters that a document may have.", read=positive
    )
    limit_body_bytes: int = setting(
        "KETU_LIMIT_BODY_BYTES", 1_000_000, "Bytes that the body of a request may have.", read=positive
    )
    rate_per_second: int = setting(
        "KETU_RATE_PER_SECOND",
        20_000,
        "What the requests of one user account may lastingly cost in a second; 0 for no limit.",
        read=natural,
    )
    rate_burst: int = setting(
        "KETU_RATE_BURST",
        500_000,
        "What they may cost at once, after a pause; at least `KETU_LIMIT_COST` for each API process.",
        read=positive,
    )
    public_url: str | None = setting(
        "KETU_PUBLIC_URL",
        None,
        "Address under which browsers reach the API, as `https://ketu.bank.example`. Cookies are secure under https.",
        read=web_address,
        shown="the one that is asked",
    )
    trusted_proxies: str = setting(
        "KETU_TRUSTED_PROXIES",
        "127.0.0.1",
        "Addresses of proxies, by commas, whose `X-Forwarded-For` says from where somebody signs in.",
    )
    access_token_minutes: int = setting(
        "KETU_ACCESS_TOKEN_MINUTES", 10, "Minutes an access token is good for.", read=positive
    )
    session_hours: int = setting("KETU_SESSION_HOURS", 12, "Hours after which one signs in again.", read=positive)
    session_idle_minutes: int = setting(
        "KETU_SESSION_IDLE_MINUTES", 60, "Minutes after which an unused session ends.", read=positive
    )
    bulk_members: int = setting(
        "KETU_BULK_MEMBERS", 1_000, "Members that the list of a bulk mutation may have.", read=positive
    )
    reveals_per_day: int = setting(
        "KETU_REVEALS_PER_DAY", 30, "Sealed values that one user may reveal on a business date.", read=positive
    )
    searches_per_day: int = setting(
        "KETU_SEARCHES_PER_DAY",
        200,
        "Identifiers that one user may look rows up by on a business date.",
        read=positive,
    )
    access_log_waits: bool = setting(
        "KETU_ACCESS_LOG_WAITS",
        False,
        "Whether an answer waits until the database has its entry in the access log, not only the journal: yes or no.",
        read=truth,
        shown="no",
    )
    live_clients: int = setting(
        "KETU_LIVE_CLIENTS", 5000, "Sockets and event streams that each API process holds.", read=positive
    )
    live_per_client: int = setting(
        "KETU_LIVE_PER_CLIENT", 50, "Operations that one socket holds at a time.", read=positive
    )
    live_per_user: int = setting(
        "KETU_LIVE_PER_USER", 100, "Subscriptions that one user has at a time in each API process.", read=positive
    )
    live_refresh_seconds: int = setting(
        "KETU_LIVE_REFRESH_SECONDS",
        300,
        "Seconds after which a subscription is answered anew without an event: for deliveries, and as days pass.",
        read=positive,
    )
    oidc_issuer: str | None = setting(
        "KETU_OIDC_ISSUER",
        None,
        "Issuer of the bank's OpenID Connect provider; with it go the next three and `KETU_PUBLIC_URL`.",
        read=web_address,
        shown="none",
    )
    oidc_client_id: str | None = setting(
        "KETU_OIDC_CLIENT_ID", None, "Name under which the provider knows Ketu.", shown="none"
    )
    oidc_client_secret: str | None = setting(
        "KETU_OIDC_CLIENT_SECRET", None, "Secret by which the provider knows Ketu.", shown="none"
    )
    oidc_claim: str = setting(
        "KETU_OIDC_CLAIM", "preferred_username", "Claim of the provider's that holds our user name."
    )

    otlp_endpoint: str | None = setting(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        None,
        "Collector of OpenTelemetry that spans are sent to, as `http://collector:4318`, by OTLP over HTTP.",
        read=collector_address,
        shown="none: nothing is measured",
    )

    @property
    def sqlalchemy_url(self) -> str:
        """`database_url` as SQLAlchemy wants it for asyncpg."""
        if self.database_url is None:
            raise ValueError("no database is open: use api.database.opened(settings)")
        # asyncpg reads libpq's `sslmode` from an address, but SQLAlchemy hands it over as a keyword, and that is `ssl`.
        return self.database_url.replace("postgresql://", "postgresql+asyncpg://", 1).replace("sslmode=", "ssl=", 1)

    @property
    def key_ring(self) -> Path:
        """The file of keys that personal identifiers are encrypted with; it never enters the database."""
        return self.data / "keys.json"

    @property
    def journals(self) -> Path:
        """The folder of the journals of the access log."""
        return self.data / "journals"

    @classmethod
    def read(cls, environment: Mapping[str, str], flags: Mapping[str, Any] | None = None) -> "Settings":
        """Settings from flags (by field name; None means not given) and the environment. Raises Failure."""
        given = {name: value for name, value in (flags or {}).items() if value is not None}
        values: dict[str, Any] = {}
        for entry in fields(cls):
            if entry.name in given:
                values[entry.name] = _one(given[entry.name])
            elif text := environment.get(entry.metadata["variable"]):
                values[entry.name] = _read(entry, text)
        return cls(**values)

    def variables(self) -> dict[str, str]:
        """The environment that hands these settings to another process."""
        values = {entry.metadata["variable"]: getattr(self, entry.name) for entry in fields(self)}
        return {
            variable: " ".join(value) if isinstance(value, tuple) else str(value)
            for variable, value in values.items()
            if value is not None
        }


def add_flags(parser: ArgumentParser, *names: str) -> None:
    """Give a command the flags for the settings `names`."""
    described = {entry.name: entry for entry in fields(Settings)}
    for name in names:
        entry = described[name]
        # One of several at a time.
        one, action = (name.removesuffix("s"), "extend") if isinstance(entry.default, tuple) else (name, "store")
        parser.add_argument(
            flag(one),
            dest=name,
            action=action,
            metavar=one.upper(),
            type=_argument(entry, flag(one)),
            help=_of_flag(entry).replace("%", "%%"),
        )


def flag(name: str) -> str:
    """`--database-url` for `database_url`."""
    return "--" + name.replace("_", "-")


def table() -> str:
    """Every setting as a Markdown table."""
    rows = [
        f"| `{entry.metadata['variable']}` | {entry.metadata['shown']} | {entry.metadata['meaning']} |"
        for entry in fields(Settings)
    ]
    return "\n".join(["| Variable | Default | Meaning |", "|---|---|---|", *rows])


def _read(entry: "Field[Any]", text: str) -> Any:
    try:
        return entry.metadata["read"](text)
    except ValueError as problem:
        variable = entry.metadata["variable"]
        # The value itself stays unsaid: it may hold a password.
        raise Failure(f"{variable} cannot be used: {problem}", mend=f"set {variable} again or unset it") from problem


def _one(given: Any) -> Any:
    """The value of a flag that came once, or several times."""
    return tuple(dict.fromkeys(given)) if isinstance(given, list) else given


def _argument(entry: "Field[Any]", name: str) -> Callable[[str], Any]:
    def argument(text: str) -> Any:
        return entry.metadata["read"](text)

    # argparse names the type in "invalid … value".
    argument.__name__ = name
    return argument


def _of_flag(entry: "Field[Any]") -> str:
    return f"{entry.metadata['meaning']} Default: {entry.metadata['shown']} (variable {entry.metadata['variable']})."

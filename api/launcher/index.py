"""Which package index this machine is configured for, and which certificates it trusts.

The environment goes before files, uv's words before pip's, a person's files before the machine's.
"""

import base64
import configparser
import ssl
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What uv and pip use where nothing is configured. Neither can be asked on a machine that has neither of them: there
# the launcher fetches uv itself, and needs the address. To uv this default is never handed over (see `variables`).
DEFAULT_INDEX = "https://pypi.org/simple"
INDEX_VARIABLES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True)
class Index:
    """A simple index (PEP 503) and, where one is configured, the file of certificates to trust."""

    url: str
    certificates: str | None

    def variables(self, environment: Mapping[str, str]) -> dict[str, str]:
        """The environment in which uv uses this index, whoever's configuration named it."""
        named = {} if self.url == DEFAULT_INDEX else {"UV_DEFAULT_INDEX": self.url}
        trusted = {"SSL_CERT_FILE": self.certificates} if self.certificates else {}
        return {**environment, **named, **trusted}

    def read(self, url: str) -> bytes:
        """The body behind `url`. Raises OSError when it cannot be had."""
        parts = urlsplit(url)
        request = urllib.request.Request(parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl())
        if parts.username:
            login = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            request.add_header("Authorization", f"Basic {base64.b64encode(login.encode()).decode()}")
        trusting = ssl.create_default_context(cafile=self.certificates)
        try:
            with urllib.request.urlopen(request, timeout=60, context=trusting) as answer:
                return answer.read()
        except urllib.error.HTTPError as refusal:
            # It is an open connection as well as an error.
            with refusal:
                raise OSError(str(refusal)) from None


def configured(environment: Mapping[str, str], *, home: Path, machine: Path = Path("/etc")) -> Index:
    """The index that uv or pip would use on this machine."""
    urls = [environment.get(name) for name in INDEX_VARIABLES]
    certificates = [environment.get(name) for name in CERTIFICATE_VARIABLES]
    personal = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    urls += [url for folder in (personal, machine) for url in _of_uv(folder / "uv" / "uv.toml")]
    for file in _files_of_pip(environment, home=home, personal=personal, machine=machine):
        url, certificate = _of_pip(file)
        urls.append(url)
        certificates.append(certificate)
    url = next(filter(None, urls), DEFAULT_INDEX)
    return Index(url.rstrip("/"), certificates=next(filter(None, certificates), None))


def _of_uv(file: Path) -> Iterator[str | None]:
    if file.is_file():
        written = tomllib.loads(file.read_text())
        yield from (index["url"] for index in written.get("index", []) if index.get("default"))
        yield written.get("index-url")
        yield written.get("pip", {}).get("index-url")


def _files_of_pip(environment: Mapping[str, str], *, home: Path, personal: Path, machine: Path) -> Iterator[Path]:
    if named := environment.get("PIP_CONFIG_FILE"):
        yield Path(named)
    yield personal / "pip" / "pip.conf"
    yield home / ".pip" / "pip.conf"
    yield home / "Library" / "Application Support" / "pip" / "pip.conf"
    yield machine / "pip.conf"
    yield machine / "xdg" / "pip" / "pip.conf"


def _of_pip(file: Path) -> tuple[str | None, str | None]:
    written = configparser.RawConfigParser(strict=False)
    if file.is_file():
        written.read_string(file.read_text())
    return written.get("global", "index-url", fallback=None), written.get("global", "cert", fallback=None)

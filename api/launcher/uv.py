"""Find uv, or fetch the wheel that the lock names: the one program the environment is made with."""

import hashlib
import html
import importlib.util
import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from api.failure import Failure
from api.launcher.index import Index
from api.progress import step


def command(root: Path, index: Index) -> list[str]:
    """How to call uv here: the machine's own, the interpreter's, or the one kept in `.ketu/tools`."""
    if found := shutil.which("uv"):
        return [found]
    if importlib.util.find_spec("uv"):
        return [sys.executable, "-m", "uv"]
    version, hashes = pinned((root / "requirements-dev.lock").read_text())
    kept = root / ".ketu" / "tools" / f"uv-{version}"
    if not kept.exists():
        with step(f"Fetching uv {version}"):
            unpack(checked(_fetch(version, index), hashes), kept)
    return [str(kept)]


def pinned(lock: str) -> tuple[str, frozenset[str]]:
    """The version of uv in a lock and the SHA-256 of each of its files."""
    entry = re.search(r"^uv==(\S+)(.*?)(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if entry is None:
        raise Failure("requirements-dev.lock does not name uv", mend="restore it from git, or install uv yourself")
    return entry[1], frozenset(re.findall(r"--hash=sha256:([0-9a-f]{64})", entry[2]))


def wheel_for(names: Iterable[str], *, system: str, machine: str, libc: str) -> str | None:
    """Of the file names of one release, the wheel that runs here; the one for the oldest system if several do."""
    family = {"Darwin": "macosx", "Linux": "manylinux" if libc == "glibc" else "musllinux"}.get(system)

    def runs_here(name: str) -> bool:
        tags = name.removesuffix(".whl").rpartition("-")[2].split(".")
        return any(tag.startswith(f"{family}_") and tag.endswith(f"_{machine}") for tag in tags)

    return min(filter(runs_here, names), default=None)


def checked(wheel: bytes, hashes: frozenset[str]) -> bytes:
    """The wheel, if the lock knows it."""
    if hashlib.sha256(wheel).hexdigest() not in hashes:
        raise Failure(
            "the uv wheel from the index is not the one that requirements-dev.lock names",
            mend="the download was damaged or the index serves another file: try again, or install uv yourself",
        )
    return wheel


def unpack(wheel: bytes, kept: Path) -> None:
    """Store the program that the wheel carries; it appears whole or not at all."""
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        member = next(name for name in archive.namelist() if name.endswith(".data/scripts/uv"))
        program = archive.read(member)
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_name(f"{kept.name}.{os.getpid()}")
    half.write_bytes(program)
    half.chmod(0o755)
    half.replace(kept)


def _fetch(version: str, index: Index) -> bytes:
    return _with_pip(version) or _from_index(version, index)


def _with_pip(version: str) -> bytes | None:
    """Through pip where there is one: it knows this machine's mirrors, proxies and passwords best."""
    if not importlib.util.find_spec("pip"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        asked = ["--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder, f"uv=={version}"]
        done = subprocess.run([sys.executable, "-m", "pip", "download", *asked], capture_output=True, check=False)
        wheels = [*Path(folder).glob("*.whl")]
        return wheels[0].read_bytes() if done.returncode == 0 and wheels else None


def _from_index(version: str, index: Index) -> bytes:
    here = {"system": platform.system(), "machine": platform.machine(), "libc": platform.libc_ver()[0]}
    page_url = f"{index.url}/uv/"
    try:
        page = index.read(page_url).decode()
        links = [urljoin(page_url, html.unescape(link)) for link in re.findall(r'href="([^"]+)"', page)]
        files = {unquote(urlsplit(link).path.rpartition("/")[2]): link for link in links}
        chosen = wheel_for((name for name in files if name.startswith(f"uv-{version}-")), **here)
        if chosen is None:
            raise Failure(f"the index has no uv {version} for {here}", mend="install uv yourself and run again")
        return index.read(files[chosen])
    except OSError as problem:
        raise Failure(
            f"uv could not be fetched from {urlsplit(page_url).hostname}: {problem}",
            mend="check the network, or set PIP_INDEX_URL (index) and PIP_CERT (certificates) for this machine",
        ) from problem

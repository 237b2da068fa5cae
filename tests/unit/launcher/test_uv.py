"""Finding uv, or fetching the wheel that the lock names."""

import hashlib
import http.server
import io
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.failure import Failure
from api.launcher import uv
from api.launcher.index import Index
from api.settings import ROOT

WHEELS = [
    "uv-1.2.3-py3-none-macosx_10_12_x86_64.whl",
    "uv-1.2.3-py3-none-macosx_11_0_arm64.whl",
    "uv-1.2.3-py3-none-manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64.whl",
    "uv-1.2.3-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "uv-1.2.3-py3-none-manylinux_2_28_aarch64.whl",
    "uv-1.2.3-py3-none-musllinux_1_1_x86_64.whl",
    "uv-1.2.3-py3-none-win_amd64.whl",
    "uv-1.2.3.tar.gz",
]


@pytest.mark.parametrize(
    ("system", "machine", "libc", "expected"),
    [
        ("Linux", "x86_64", "glibc", "uv-1.2.3-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"),
        ("Linux", "x86_64", "", "uv-1.2.3-py3-none-musllinux_1_1_x86_64.whl"),
        ("Linux", "aarch64", "glibc", WHEELS[2]),
        ("Linux", "aarch64", "", WHEELS[2]),
        ("Darwin", "arm64", "", "uv-1.2.3-py3-none-macosx_11_0_arm64.whl"),
        ("Darwin", "x86_64", "", "uv-1.2.3-py3-none-macosx_10_12_x86_64.whl"),
        ("Linux", "mips", "glibc", None),
        ("Windows", "AMD64", "", None),
    ],
)
def test_the_wheel_that_runs_here_is_chosen(system: str, machine: str, libc: str, expected: str | None) -> None:
    assert uv.wheel_for(WHEELS, system=system, machine=machine, libc=libc) == expected


def test_the_committed_lock_names_uv_with_a_hash_per_file() -> None:
    version, hashes = uv.pinned((ROOT / "requirements-dev.lock").read_text())

    assert version.count(".") == 2
    assert len(hashes) > 10


def test_only_the_hashes_of_uv_itself_count() -> None:
    lock = f"uv==1.2.3 \\\n    --hash=sha256:{'a' * 64}\n    # via ketu\nuvicorn==1 \\\n    --hash=sha256:{'b' * 64}\n"

    assert uv.pinned(lock) == ("1.2.3", frozenset({"a" * 64}))


def test_a_lock_without_uv_says_how_to_mend_it() -> None:
    with pytest.raises(Failure, match="does not name uv"):
        uv.pinned("uvicorn==0.1\n")


def test_a_wheel_that_the_lock_does_not_know_is_refused() -> None:
    with pytest.raises(Failure, match="is not the one"):
        uv.checked(b"another wheel", frozenset({hashlib.sha256(b"the wheel").hexdigest()}))


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[str]:
    """A simple index on this machine that serves a wheel with a small script as uv; its pages ask for a password."""
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("uv-1.2.3.data/scripts/uv", "#!/bin/sh\necho uv of the mirror\n")
        archive.writestr("uv-1.2.3.data/scripts/uvx", "another program")
    names = [f"uv-1.2.3-py3-none-{platform}.whl" for platform in ("manylinux_2_17", "musllinux_1_1", "macosx_11_0")]
    files = {
        f"/files/{name.replace('.whl', f'_{machine}.whl')}": wheel.getvalue()
        for name in names
        for machine in ("x86_64", "aarch64", "arm64")
    }
    links = "".join(f'<a href="../../files/{path.rpartition("/")[2]}#sha256=0">file</a>' for path in files)

    class Pages(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            allowed = self.path.startswith("/files/") or self.headers["Authorization"] == "Basic bWU6c2VjcmV0"
            body = links.encode() if self.path == "/simple/uv/" else files.get(self.path)
            self.send_response(401 if not allowed else 200 if body else 404)
            self.end_headers()
            self.wfile.write(body or b"" if allowed else b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    (tmp_path / "requirements-dev.lock").write_text(
        f"uv==1.2.3 \\\n    --hash=sha256:{hashlib.sha256(wheel.getvalue()).hexdigest()}\n"
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}/simple"
        server.shutdown()
        thread.join()


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where neither uv nor pip is found."""
    monkeypatch.setattr(uv.shutil, "which", lambda _: None)
    monkeypatch.setattr(uv.importlib.util, "find_spec", lambda _: None)


@pytest.mark.usefixtures("nothing_installed")
def test_uv_is_fetched_once_from_the_index_and_kept(tmp_path: Path, mirror: str) -> None:
    command = uv.command(tmp_path, Index(f"http://me:secret@{mirror}", None))

    assert command == [str(tmp_path / ".ketu/tools/uv-1.2.3")]
    assert Path(command[0]).read_text().endswith("echo uv of the mirror\n")
    assert Path(command[0]).stat().st_mode & 0o111
    assert uv.command(tmp_path, Index("http://127.0.0.1:9/simple", None)) == command


@pytest.mark.usefixtures("nothing_installed")
def test_a_refusing_index_is_named_without_its_password(tmp_path: Path, mirror: str) -> None:
    with pytest.raises(Failure, match=r"uv could not be fetched from 127.0.0.1: .*401") as refused:
        uv.command(tmp_path, Index(f"http://me:wrong@{mirror}", None))

    assert "wrong" not in str(refused.value)
    assert "PIP_INDEX_URL" in str(refused.value)
    assert not (tmp_path / ".ketu/tools").exists()


@pytest.mark.usefixtures("nothing_installed")
def test_an_index_that_cannot_be_reached_is_a_clear_failure(tmp_path: Path, mirror: str) -> None:
    with pytest.raises(Failure, match="check the network"):
        uv.command(tmp_path, Index("http://127.0.0.1:9/simple", None))

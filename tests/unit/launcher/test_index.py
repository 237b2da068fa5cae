"""Which index and certificates the machine is configured for."""

from pathlib import Path

import pytest

from api.launcher.index import DEFAULT_INDEX, Index, configured


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    return tmp_path / "etc"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


def test_a_bare_machine_uses_the_public_index(home: Path, machine: Path) -> None:
    assert configured({}, home=home, machine=machine) == Index(DEFAULT_INDEX, None)


@pytest.mark.parametrize("variable", ["UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"])
def test_each_variable_names_the_index(variable: str, home: Path, machine: Path) -> None:
    assert configured({variable: "https://mirror.test/simple/"}, home=home, machine=machine).url == (
        "https://mirror.test/simple"
    )


def test_uv_goes_before_pip_and_the_environment_before_files(home: Path, machine: Path) -> None:
    write(home / ".config/uv/uv.toml", 'index-url = "https://file.test/simple"')

    environment = {"PIP_INDEX_URL": "https://pip.test/simple", "UV_INDEX_URL": "https://uv.test/simple"}

    assert configured(environment, home=home, machine=machine).url == "https://uv.test/simple"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("home/.config/uv/uv.toml", 'index-url = "https://mirror.test/simple"'),
        ("home/.config/uv/uv.toml", '[pip]\nindex-url = "https://mirror.test/simple"'),
        ("home/.config/uv/uv.toml", '[[index]]\nurl = "https://mirror.test/simple"\ndefault = true'),
        ("home/.config/pip/pip.conf", "[global]\nindex-url = https://mirror.test/simple"),
        ("home/.pip/pip.conf", "[global]\nindex-url = https://mirror.test/simple"),
        ("etc/uv/uv.toml", 'index-url = "https://mirror.test/simple"'),
        ("etc/pip.conf", "[global]\nindex-url = https://mirror.test/simple\ntimeout = 50%"),
    ],
)
def test_each_file_names_the_index(file: str, text: str, tmp_path: Path, home: Path, machine: Path) -> None:
    write(tmp_path / file, text)

    assert configured({}, home=home, machine=machine).url == "https://mirror.test/simple"


def test_an_index_beside_the_default_one_is_not_the_default(home: Path, machine: Path) -> None:
    write(home / ".config/uv/uv.toml", '[[index]]\nurl = "https://extra.test/simple"')

    assert configured({}, home=home, machine=machine).url == DEFAULT_INDEX


def test_certificates_come_from_a_variable_or_pips_file(home: Path, machine: Path) -> None:
    write(machine / "pip.conf", "[global]\ncert = /etc/company.pem")

    assert configured({}, home=home, machine=machine).certificates == "/etc/company.pem"
    assert configured({"PIP_CERT": "/own.pem"}, home=home, machine=machine).certificates == "/own.pem"


def test_uv_is_told_what_only_pip_knew() -> None:
    variables = Index("https://mirror.test/simple", "/etc/company.pem").variables({"HOME": "/home/me"})

    assert variables == {
        "HOME": "/home/me",
        "UV_DEFAULT_INDEX": "https://mirror.test/simple",
        "SSL_CERT_FILE": "/etc/company.pem",
    }


def test_a_bare_machine_tells_uv_nothing() -> None:
    assert Index(DEFAULT_INDEX, None).variables({"HOME": "/home/me"}) == {"HOME": "/home/me"}

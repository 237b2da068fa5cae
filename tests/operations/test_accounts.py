"""Accounts and keys by the command line, on a house that runs: what is printed works at its door."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.settings import ROOT
from tests.operations.conftest import House, Up

NEW = "another password of these tests"


def ketu(data: Path, *words: str, status: int = 0) -> str:
    """What a command says."""
    command = [sys.executable, str(ROOT / "ketu"), *words, "--data", str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == status, done.stderr
    return done.stdout if status == 0 else done.stderr


@pytest.fixture
def house(up_before: None, up: Up) -> House:
    """One that is ready."""
    started = up()
    started.wait_until_ready()
    return started


def test_what_the_command_line_gives_out_opens_the_door(house: House):
    with httpx.Client(base_url=house.address, trust_env=False) as client:
        _sample_password(house, client)
        _users(house, client)
        _services(house, client)
        _keys(house, client)
        _alerts(house)


def _sample_password(house: House, client: httpx.Client) -> None:
    (said,) = re.findall(r"with a name below and the password (\S+)", house.said)
    assert said in ketu(house.data, "users")
    assert (house.data / "sample.password").stat().st_mode & 0o077 == 0
    assert _status(client, _sign_in(client, "rm-chaoyang-1", said).json()["accessToken"]) == 200


def _users(house: House, client: httpx.Client) -> None:
    branch_no = house.sql("SELECT branch_no FROM ketu.branch ORDER BY id DESC LIMIT 1")[0][0]
    staff_no = house.sql("SELECT staff_no FROM ketu.staff ORDER BY id LIMIT 1")[0][0]
    role = f"teller@{branch_no}"
    given = re.findall(r"password: (\S+)", ketu(
        house.data, "users", "add", "wang.min", "--staff-no", staff_no, "--role", role))  # fmt: skip
    again = ketu(house.data, "users", "add", "wang.min", "--staff-no", staff_no, "--role", role, status=1)
    assert "there is an account called wang.min already" in again

    assert _sign_in(client, "wang.min", given[0]).json()["code"] == "PASSWORD_CHANGE_REQUIRED"
    change = {"username": "wang.min", "password": given[0], "newPassword": NEW}
    token = client.post("/auth/password", json=change).json()["accessToken"]
    assert _status(client, token) == 200

    for _ in range(5):
        _sign_in(client, "wang.min", "wrong")
    assert _sign_in(client, "wang.min", NEW).status_code == 401
    ketu(house.data, "users", "unlock", "wang.min")
    assert _sign_in(client, "wang.min", NEW).status_code == 200

    ketu(house.data, "users", "require-second-factor", "teller")
    assert _sign_in(client, "wang.min", NEW).json()["code"] == "TOTP_ENROLMENT_REQUIRED"
    enrol = {"username": "wang.min", "password": NEW}
    assert client.post("/auth/totp/enrol", json=enrol).status_code == 200
    ketu(house.data, "users", "reset-second-factor", "wang.min")
    assert client.post("/auth/totp/confirm", json=enrol | {"totp": "123456"}).json()["code"] == "NO_ENROLMENT"
    ketu(house.data, "users", "waive-second-factor", "teller")

    reset = re.findall(r"password: (\S+)", ketu(house.data, "users", "reset-password", "wang.min"))
    assert _sign_in(client, "wang.min", NEW).status_code == 401
    assert _sign_in(client, "wang.min", reset[0]).json()["code"] == "PASSWORD_CHANGE_REQUIRED"
    assert "0 accounts frozen" in ketu(house.data, "users", "freeze-dormant", "--dormant-after", "60")
    assert "no account called wang.min is frozen" in ketu(house.data, "users", "unfreeze", "wang.min", status=1)
    ketu(house.data, "users", "disable", "wang.min")
    assert _sign_in(client, "wang.min", reset[0]).status_code == 401
    assert "there is no user called nobody" in ketu(house.data, "users", "disable", "nobody", status=1)


def _services(house: House, client: httpx.Client) -> None:
    head = house.sql("SELECT branch_no FROM ketu.branch WHERE parent_id IS NULL")[0][0]
    staff_no = house.sql("SELECT staff_no FROM ketu.staff ORDER BY id LIMIT 1")[0][0]
    day = house.sql("SELECT (now() + interval '30 days')::date::text")[0][0]
    said = ketu(
        house.data, "services", "add", "statements", "--staff-no", staff_no, "--role", f"head_office_analyst@{head}",
        "--purpose", "monthly statements", "--expires-on", day,
    )  # fmt: skip
    old = re.findall(r"client_secret +(\S+)", said)[0]
    new = re.findall(r"client_secret +(\S+)", ketu(house.data, "services", "renew", "statements", "--expires-on", day))
    for secret in (old, new[0]):
        answer = client.post("/auth/token", data={"grant_type": "client_credentials"}, auth=("statements", secret))
        assert _status(client, answer.json()["access_token"]) == 200
    (listed,) = json.loads(ketu(house.data, "services"))
    assert (listed["username"], listed["purpose"]) == ("statements", "monthly statements")
    ketu(house.data, "services", "disable", "statements")
    answer = client.post("/auth/token", data={"grant_type": "client_credentials"}, auth=("statements", new[0]))
    assert answer.json() == {"error": "invalid_client"}


def _alerts(house: House) -> None:
    assert "VOLUME_HOUR         200 customers" in ketu(house.data, "alerts")
    assert ketu(house.data, "alerts", "set", "VOLUME_HOUR", "150") == "VOLUME_HOUR: 150 customers\n"
    assert "VOLUME_HOUR         150 customers" in ketu(house.data, "alerts")
    assert "there is no rule VOLUME" in ketu(house.data, "alerts", "set", "VOLUME", "1", status=1)
    assert ketu(house.data, "alerts", "plant", "100013") == "planted\n"
    assert ketu(house.data, "alerts", "honeytokens") == "100013\n"
    assert "honeytoken already" in ketu(house.data, "alerts", "plant", "100013", status=1)
    ketu(house.data, "alerts", "dig-up", "100013")
    assert ketu(house.data, "alerts", "honeytokens").strip() == ""


def _keys(house: House, client: httpx.Client) -> None:
    token = ketu(house.data, "token", "--user", "teller-xuhui").strip()
    assert _status(client, token) == 200
    ketu(house.data, "keys", "rotate-signing")
    assert _status(client, token) == 200
    assert _status(client, ketu(house.data, "token", "--user", "teller-xuhui").strip()) == 200


def test_without_its_keys_the_house_says_so_in_words(house: House, up: Up):
    assert house.stop() == 0
    (house.data / "keys.json").rename(house.data / "keys.json.away")
    again = up()
    assert again.wait_until_ended() == 1
    assert "keys.json is missing, and this database was sealed with it" in again.said
    assert "Traceback" not in again.said


def _sign_in(client: httpx.Client, username: str, password: str) -> httpx.Response:
    return client.post("/auth/sign-in", json={"username": username, "password": password})


def _status(client: httpx.Client, token: str) -> Any:
    headers = {"authorization": f"Bearer {token}"}
    return client.post("/graphql", json={"query": "{ viewer { username } }"}, headers=headers).status_code

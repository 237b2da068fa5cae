"""Turning the key ring while the bank works: nothing becomes unreadable, whenever the job is stopped."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from factories.api import Api, serving, settings, signed_in
from factories.bank import KEY_RING

from api.settings import ROOT, Settings
from domain.key_ring import open_key_ring
from domain.resealing import COLUMNS, drop_unused, reseal, turn
from domain.shared.cipher import KeyRing
from domain.shared.identifier import IdentifierKind
from domain.shared.keys import Keys

pytestmark = pytest.mark.anyio

REVEAL = """mutation { reveal(input: {id: "con_2", field: CONTACT_POINT_VALUE, reason: COMPLAINT, reference: "c"}) {
  value errors { __typename } } }"""
PHONE = "19900020260"


@dataclass
class House:
    """A bank of one's own, with its ring in a file."""

    connection: asyncpg.Connection
    chosen: Settings

    @property
    def path(self) -> Path:
        return self.chosen.key_ring

    async def turn(self, algorithm: str) -> KeyRing:
        """A new key, as the command does it."""
        async with self.connection.transaction():
            return await turn(self.connection, self.path, algorithm=algorithm)

    async def sealed_with(self) -> dict[str, set[str]]:
        """By column, the ids of the keys that something is sealed with."""
        return {
            f"{each.table}.{each.column}": {
                row[0].hex()
                for row in await self.connection.fetch(
                    f"SELECT DISTINCT substring({each.column} FROM 1 FOR 4) FROM {each.table} "
                    f"WHERE {each.column} IS NOT NULL"
                )
            }
            for each in COLUMNS
        }

    async def values(self, ring: KeyRing) -> dict[tuple[str, str, int], str]:
        """Everything that is sealed, opened."""
        return {
            (each.table, each.column, row["key"]): ring.open(each.kind_of(row), row["cipher"])
            for each in COLUMNS
            for row in await self.connection.fetch(
                f"SELECT {each.key} AS key, {each.column} AS cipher, {each.kind_column or 'NULL'} AS kind "
                f"FROM {each.table} WHERE {each.column} IS NOT NULL"
            )
        }


@pytest.fixture
async def house(anyio_backend: str, own_sample_url: str, tmp_path: Path):
    """The sample bank, with authenticators and a refused row as well."""
    chosen = settings(own_sample_url, tmp_path)
    connection = await asyncpg.connect(own_sample_url)
    await connection.execute(
        """INSERT INTO ketu.credential (user_account_id, password_hash, totp_secret_cipher, totp_pending_cipher)
           SELECT id, '', $1, $2 FROM ketu.user_account
           ON CONFLICT (user_account_id) DO UPDATE SET totp_secret_cipher = $1, totp_pending_cipher = $2""",
        KEY_RING.seal(IdentifierKind.TOTP_SECRET, "confirmed"), KEY_RING.seal(IdentifierKind.TOTP_SECRET, "pending"),
    )  # fmt: skip
    batch = await connection.fetchval(
        "INSERT INTO staging.source_batch (source, content_hash, as_of_date) VALUES ('s', 'h', now()) RETURNING id"
    )
    await connection.execute(
        "INSERT INTO staging.rejected_row (source_batch_id, file, line_number, reason, content_cipher) "
        "VALUES ($1, 'f', 1, 'r', $2)",
        batch, KEY_RING.seal(IdentifierKind.SOURCE_ROW, "a;b"),
    )  # fmt: skip
    yield House(connection, chosen)
    await connection.close()


async def revealed(api: Api) -> Any:
    """What the running API shows."""
    answer = await api.client.post("/graphql", json={"query": REVEAL}, headers=signed_in("rm-chaoyang-1"))
    return answer.json()["data"]["reveal"]["value"]


@pytest.mark.parametrize("algorithm", ["SM4-GCM", "AES-256-GCM"])
async def test_everything_is_sealed_anew_and_says_the_same(house: House, algorithm: str):
    before, told = await house.values(KEY_RING), []
    versions = "SELECT id, version, updated_at FROM ketu.identity_document ORDER BY id"
    were = await house.connection.fetch(versions)
    ring = await house.turn(algorithm)
    assert KeyRing.load(house.path) == ring
    assert ring.keys[ring.current].algorithm == algorithm
    count = await reseal(house.connection, house.path, on_progress=lambda *step: told.append(step))
    assert count == len(before) == sum(total for _, _, total in told)
    assert all(keys == {ring.current} for keys in (await house.sealed_with()).values())
    assert await house.values(ring) == before
    assert await house.connection.fetch(versions) == were
    assert await reseal(house.connection, house.path, on_progress=lambda *_: None) == 0
    assert await drop_unused(house.connection, house.path, on_wait=lambda: None) == [KEY_RING.current]
    alone = KeyRing.load(house.path)
    assert (set(alone.keys), alone.index_secret) == ({ring.current}, KEY_RING.index_secret)
    assert await house.values(alone) == before
    assert await drop_unused(house.connection, house.path, on_wait=lambda: None) == []
    logged = await house.connection.fetch("SELECT action FROM audit.event WHERE concept = 'key_ring' ORDER BY id")
    assert [row["action"] for row in logged] == ["key_ring.turn", "key_ring.drop"]


async def test_the_running_api_reads_all_the_while(house: House):
    async with serving(house.chosen) as api:
        await house.connection.execute("UPDATE ketu.bank SET business_date = '2026-01-01'")
        assert await revealed(api) == PHONE
        for step in range(3):
            await house.turn("SM4-GCM" if step % 2 == 0 else "AES-256-GCM")
            answers, _ = await asyncio.gather(
                _asked_again_and_again(api), reseal(house.connection, house.path, on_progress=lambda *_: None)
            )
            await drop_unused(house.connection, house.path, on_wait=lambda: None)
            assert {*answers, await revealed(api)} == {PHONE}
            # Tokens are signed by keys that were sealed anew as well.
            assert (await api.post()).status_code == 200


async def _asked_again_and_again(api: Api) -> list[Any]:
    return [await revealed(api) for _ in range(5)]


async def test_a_key_is_kept_for_who_is_still_sealing_with_it(house: House):
    """A delivery that began before the turn seals with the older key until it commits."""
    loading = await asyncpg.connect(str(house.chosen.database_url))
    waited: list[str] = []
    try:
        ring = await open_key_ring(house.path, loading)
        transaction = loading.transaction()
        await transaction.start()
        await house.turn("SM4-GCM")
        dropping = asyncio.create_task(
            drop_unused(house.connection, house.path, on_wait=lambda: waited.append("somebody is sealing"))
        )
        while not waited:
            await asyncio.sleep(0.01)
        await loading.execute(
            "UPDATE ketu.contact_point SET value_cipher = $1 WHERE id = 2", ring.seal(IdentifierKind.PHONE, "of then")
        )
        await transaction.commit()
        await asyncio.sleep(0.1)
        assert not dropping.done(), "a key was dropped while somebody held it"
    finally:
        await loading.close()
    assert await dropping == [KEY_RING.current]
    assert (await house.values(KeyRing.load(house.path)))["ketu.contact_point", "value_cipher", 2] == "of then"


async def test_who_seals_after_the_turn_seals_with_the_new_key(house: House):
    keys = Keys(KeyRing.load(house.path), house.path)
    ring = await house.turn("SM4-GCM")
    async with house.connection.transaction():
        sealed = (await keys.sealing(house.connection)).seal(IdentifierKind.PHONE, PHONE)
    assert sealed[:4].hex() == ring.current


async def test_a_ring_that_vanishes_for_a_moment_is_kept_in_mind(house: House):
    keys = Keys(KeyRing.load(house.path), house.path)
    house.path.rename(house.path.with_name("elsewhere"))
    assert keys.ring == KEY_RING


def ketu(chosen: Settings, *words: str) -> "subprocess.Popen[str]":
    """A command on this bank."""
    command = [sys.executable, str(ROOT / "ketu"), "keys", *words, "--data", str(chosen.data)]
    environment = {**os.environ, "DATABASE_URL": str(chosen.database_url)}
    return subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


async def test_killed_at_any_moment_it_goes_on(house: House):
    rows = 12_000
    await house.connection.execute(
        "INSERT INTO ketu.contact_point (customer_id, kind, value_masked, value_blind_index, value_cipher) "
        "SELECT customer_id, kind, value_masked, value_blind_index, value_cipher "
        "FROM (SELECT * FROM ketu.contact_point WHERE id = 2) AS one, generate_series(1, $1)",
        rows,
    )
    turned = ketu(house.chosen, "rotate-data", "--algorithm", "SM4-GCM")
    said, _ = turned.communicate()
    ring = KeyRing.load(house.path)
    assert (turned.returncode, ring.current in said) == (0, True), said
    left = "SELECT count(*) FROM ketu.contact_point WHERE substring(value_cipher FROM 1 FOR 4) <> $1"
    current, lefts = bytes.fromhex(ring.current), [rows]
    for _ in range(2):
        process = ketu(house.chosen, "reseal")
        deadline = time.monotonic() + 60
        while (still := await house.connection.fetchval(left, current)) >= lefts[-1] and process.poll() is None:
            assert time.monotonic() < deadline
        process.send_signal(signal.SIGKILL)
        process.communicate()
        lefts.append(still)
        assert set(KeyRing.load(house.path).keys) == {ring.current, KEY_RING.current}
        await house.values(ring)
    assert rows > lefts[1] > lefts[2] > 0, "killed too late to show anything"
    finishing = ketu(house.chosen, "reseal")
    said, _ = finishing.communicate()
    assert finishing.returncode == 0, said
    assert KEY_RING.current in said
    alone = KeyRing.load(house.path)
    assert set(alone.keys) == {ring.current}
    assert len(await house.values(alone)) > rows

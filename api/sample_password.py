"""The one password of all users of a sample bank, so that signing in can be tried."""

import os
import secrets
from typing import Any

from api.administering import administered
from api.settings import Settings

WITHOUT = """
    SELECT account.id FROM ketu.user_account AS account
    LEFT JOIN ketu.credential AS credential ON credential.user_account_id = account.id
    WHERE account.kind = 'STAFF' AND credential.user_account_id IS NULL
      AND (SELECT bank.is_sample FROM ketu.bank AS bank)
"""
GIVE = "INSERT INTO ketu.credential (user_account_id, password_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING"


def sample_password(settings: Settings) -> str | None:
    """The password kept in the data folder; None before the first sample user was given it."""
    file = settings.data / "sample.password"
    return file.read_text(encoding="utf-8") if file.exists() else None


def give_sample_password(settings: Settings) -> int:
    """Give it to users of a sample bank who have none, made at random the first time; how many. Raises Failure."""
    from argon2 import PasswordHasher

    async def give(connection: Any) -> int:
        ids = [row["id"] for row in await connection.fetch(WITHOUT)]
        if ids:
            # One hash for all: they share the password, and nobody is to wait for hundreds of hashes.
            hashed = PasswordHasher().hash(_password(settings))
            await connection.executemany(GIVE, [(one, hashed) for one in ids])
        return len(ids)

    return administered(settings, give)


def _password(settings: Settings) -> str:
    from domain.user_account.administration import one_time_password

    file = settings.data / "sample.password"
    settings.data.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    half.touch(mode=0o600)
    half.write_text(one_time_password(), encoding="utf-8")
    # Of several processes that start together, the first one to arrive decides.
    try:
        os.link(half, file)
    except FileExistsError:
        pass
    finally:
        half.unlink()
    return file.read_text(encoding="utf-8")

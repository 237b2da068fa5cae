"""The secret that sign-in tokens are signed and checked with."""

import os
import secrets

from api.failure import Failure
from api.settings import Settings

SHORTEST = 32


def token_secret(settings: Settings) -> str:
    """The secret from the settings, or the one kept in the data folder; made there the first time. Raises Failure."""
    if settings.token_secret:
        if len(settings.token_secret) < SHORTEST:
            raise Failure("KETU_TOKEN_SECRET is too short", mend=f"give it {SHORTEST} characters or more")
        return settings.token_secret
    file = settings.data / "token.secret"
    if not file.exists():
        settings.data.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        half.touch(mode=0o600)
        half.write_text(secrets.token_urlsafe(48))
        # Of several processes that start together, the first one to arrive decides.
        try:
            os.link(half, file)
        except FileExistsError:
            pass
        finally:
            half.unlink()
    return file.read_text()

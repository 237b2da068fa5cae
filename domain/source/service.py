"""What pipelines ask the register of sources."""

from typing import Any

PROHIBITED = "SELECT prohibited_because FROM ketu.source WHERE code = $1 AND is_prohibited"


async def prohibition_of(connection: Any, code: str) -> str | None:
    """Why nothing of a source may be loaded; None where it may."""
    return await connection.fetchval(PROHIBITED, code)

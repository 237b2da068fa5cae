"""Rules of signing in: how long one waits after failures, how long sessions last, what a password must be."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class AccountKind(StrEnum):
    """Who uses an account."""

    STAFF = "a member of staff signs in with it"
    SERVICE = "a program signs in with it; the member of staff it belongs to answers for it"


class SignInMeans(StrEnum):
    """How a session began."""

    PASSWORD = "by a password, and a code where one is needed"
    OPENID_CONNECT = "by the bank's identity provider"
    CLIENT_SECRET = "by the secret of a service account"
    COMMAND_LINE = "by somebody at the command line of a sample bank"


class SessionEnd(StrEnum):
    """Why a session ended before its time."""

    SIGNED_OUT = "its user signed out"
    SIGNED_OUT_EVERYWHERE = "its user ended all their sessions"
    REFRESH_REUSED = "a refresh token came a second time, so somebody else may hold a copy"
    PASSWORD_CHANGED = "the password was changed"
    SECOND_FACTOR_CHANGED = "the second factor was changed"
    DISPLACED = "its user began as many newer ones as are allowed"
    WITHDRAWN = "an administrator ended it"


class Refusal(StrEnum):
    """Why nobody was signed in. Codes and messages are the client's."""

    INVALID_CREDENTIALS = "The name or the password is not right, or signing in is suspended for a while."
    TOO_MANY_ATTEMPTS = "Too many attempts failed from this address; wait and try again."
    PASSWORD_CHANGE_REQUIRED = "Choose a password of your own first: POST /auth/password."
    UNFIT_PASSWORD = "The new password is not fit."
    TOTP_REQUIRED = "Send the code of your authenticator as `totp` as well."
    INVALID_TOTP = "The code is not right or was used before; take the next one."
    TOTP_ENROLMENT_REQUIRED = "Your role needs a second factor: POST /auth/totp/enrol, then /auth/totp/confirm."
    NO_ENROLMENT = "There is no authenticator to confirm; begin with POST /auth/totp/enrol."
    SECOND_FACTOR_REQUIRED = "The identity provider did not ask for the second factor that the role needs."
    UNKNOWN_USER = "The identity provider's user may not sign in here."
    SESSION_ENDED = "The session has ended; sign in again."


@dataclass(frozen=True, slots=True)
class SignInRules:
    """How strict signing in is."""

    access_lifetime: timedelta = timedelta(minutes=10)
    session_lifetime: timedelta = timedelta(hours=12)
    session_idle: timedelta = timedelta(hours=1)
    """A refresh token that is not used for so long ends with its session."""
    sessions_per_user: int = 10
    one_time_password_lifetime: timedelta = timedelta(days=3)
    free_failures: int = 5
    free_address_failures: int = 50
    """An outlet may reach us from one address."""
    longest_lock: timedelta = timedelta(minutes=15)
    address_memory: timedelta = timedelta(hours=1)
    sessions_kept: timedelta = timedelta(days=30)
    """So long an ended session stays on record."""

    def locked_until(self, failed_count: int, *, free: int, now: datetime) -> datetime | None:
        """Until when nobody may try again: 2, 4, 8, … seconds from the failure that used up the `free` ones."""
        if failed_count < free:
            return None
        doublings = min(failed_count - free + 1, 32)
        return now + min(timedelta(seconds=2**doublings), self.longest_lock)


SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
FEWEST_DIFFERENT_CHARACTERS = 6


def unfit(password: str, *, username: str) -> str | None:
    """What is wrong with a new password; None when nothing is."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Take {SHORTEST_PASSWORD} characters or more."
    if len(password) > LONGEST_PASSWORD:
        return f"Take {LONGEST_PASSWORD} characters or fewer."
    if len(set(password)) < FEWEST_DIFFERENT_CHARACTERS:
        return f"Take {FEWEST_DIFFERENT_CHARACTERS} different characters or more."
    if username.casefold() in password.casefold():
        return "Leave your user name out of it."
    return None

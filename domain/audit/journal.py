"""Files that entries of the access log are appended to, one for each process that answers.

What is appended belongs to the operating system from then on: no way in which a process can end takes it back. A lock
on the file, which the system lets go of with the process, tells journals in use from those that were left behind.
"""

import fcntl
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

ENDING = ".journal"
BEING_MADE = ".new"


class Journal:
    """One file of lines, held by this process."""

    def __init__(self, path: Path, file: int) -> None:
        self._path = path
        self._file = file
        self.written = os.fstat(file).st_size
        """Bytes."""
        self.carried = 0
        """Bytes whose lines are in the database."""

    @property
    def id(self) -> str:
        """What the database knows it by."""
        return self._path.stem

    @classmethod
    def begun(cls, folder: Path) -> "Journal":
        """A new one. Raises OSError."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"{uuid.uuid4().hex}{ENDING}"
        # It gets its name once it is locked, so that nobody takes it for one that was left behind.
        draft = path.with_suffix(BEING_MADE)
        file = os.open(draft, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL, mode=0o600)
        fcntl.flock(file, fcntl.LOCK_EX)
        draft.rename(path)
        return cls(path, file)

    @classmethod
    def left_behind(cls, folder: Path) -> Iterator["Journal"]:
        """Those of processes that have ended; each is held from here on. Raises OSError."""
        for path in sorted(folder.glob(f"*{ENDING}")):
            try:
                file = os.open(path, os.O_RDWR | os.O_APPEND)
            except FileNotFoundError:
                continue
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(file)
                continue
            if os.fstat(file).st_nlink:
                yield cls(path, file)
            else:
                # Another process looked after it meanwhile.
                os.close(file)

    def append(self, line: bytes) -> None:
        """Add a line, without its end, as a whole or not at all. Raises OSError."""
        whole = line + b"\n"
        try:
            complete = os.write(self._file, whole) == len(whole)
        except OSError:
            complete = False
        if not complete:
            os.ftruncate(self._file, self.written)
            raise OSError(f"the journal {self._path} cannot be written: is the disk full?")
        self.written += len(whole)

    def lines(self, most: int) -> bytes:
        """Whole lines that are not carried yet, about `most` bytes of them at most, their ends included.

        Nothing where there is none, or the last one was cut off with the machine.
        """
        read = os.pread(self._file, most, self.carried)
        while read and b"\n" not in read and self.carried + len(read) < self.written:
            read += os.pread(self._file, most, self.carried + len(read))
        return read[: read.rfind(b"\n") + 1]

    def close(self) -> None:
        """Let go of it; the file stays."""
        os.close(self._file)

    def remove(self) -> None:
        """Delete the file."""
        self._path.unlink(missing_ok=True)

"""Finds the files of a delivery and reads them line by line: what is wrong with a whole file is found here.

Files are ASCII, plain or gzipped, with a header. A line is a row: no value spans two.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from domain.pipelines.ingestion.berka.layout import FILES, File
from domain.pipelines.ingestion.refusal import LoadRefused

RULES = "1"
"""Raised when the same files would be read differently: a delivery is then loaded again instead of recognised."""

LONGEST_LINE_BYTES = 65_536
PIECE_BYTES = 1 << 20
DELIVER_AGAIN = "deliver the file again, whole"


@dataclass(frozen=True, slots=True)
class Source:
    """A file of the delivery where it was found."""

    file: File
    path: Path

    @property
    def name(self) -> str:
        """The file's name without .gz: the same delivery has the same names, packed or not."""
        return self.path.name.removesuffix(".gz")


def find(folder: Path) -> list[Source]:
    """Every file of the delivery in `folder`, in order of reference. Raises LoadRefused."""
    if not folder.is_dir():
        what = "is not a folder" if folder.exists() else "does not exist"
        raise LoadRefused(f"{folder} {what}", mend="name the folder that holds the delivery's .asc or .asc.gz files")
    return [Source(file, _only(file, folder)) for file in FILES]


def _only(file: File, folder: Path) -> Path:
    stems = [file.name, file.pattern] if file.pattern else [file.name]
    found = sorted(path for stem in stems for end in ("asc", "asc.gz") for path in folder.glob(f"{stem}.{end}"))
    if not found:
        raise LoadRefused(
            f"{folder} lacks the file {file.name}.asc (or {file.name}.asc.gz)",
            mend=f"put it there; a delivery is complete: {', '.join(f'{other.name}.asc' for other in FILES)}",
        )
    if len(found) > 1:
        names = " and ".join(path.name for path in found)
        raise LoadRefused(f"{folder} holds {names}: which of them is meant?", mend="leave only one of them there")
    return found[0]


def content_hash(sources: Sequence[Source]) -> str:
    """What tells this delivery from any other: a hash over names and contents, packed or not. Raises LoadRefused."""
    whole = hashlib.sha256(RULES.encode())
    for source in sources:
        content = hashlib.sha256()
        with _opened(source) as stream:
            while piece := stream.read(PIECE_BYTES):
                content.update(piece)
        whole.update(f"{source.name} {content.hexdigest()}\n".encode())
    return whole.hexdigest()


def lines(source: Source) -> Iterator[tuple[int, str]]:
    """(line number, line) of every row below the header, without the line's end. Raises LoadRefused."""
    with _opened(source) as stream:
        for number, raw in enumerate(iter(lambda: stream.readline(LONGEST_LINE_BYTES), b""), start=1):
            if len(raw) == LONGEST_LINE_BYTES:
                what = f"{source.path}, line {number}: longer than {LONGEST_LINE_BYTES} bytes, so this is no table"
                raise LoadRefused(what, mend=DELIVER_AGAIN)
            try:
                line = raw.decode("ascii").removesuffix("\n").removesuffix("\r")
            except UnicodeDecodeError as error:
                raise LoadRefused(
                    f"{source.path}, line {number}, byte {error.start + 1}: expected plain ASCII, "
                    f"found the byte 0x{raw[error.start]:02x}",
                    mend="deliver the file as ASCII, as the bank publishes it",
                ) from error
            if number > 1:
                yield number, line
            else:
                _check_header(source, line)
        if stream.tell() == 0:
            _check_header(source, "")


def _check_header(source: Source, line: str) -> None:
    # What was found stays unsaid: where the header is missing, the first line is somebody's data.
    found = tuple(name.strip('"') for name in line.split(";"))
    if found != source.file.header:
        raise LoadRefused(
            f"{source.path}, line 1: expected the header {';'.join(source.file.header)}, "
            f"found {'something else' if line else 'nothing'}",
            mend="check that the file is the right one and that its first line names the columns",
        )


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """The content of a file, unpacked; damage found while reading is told as a refusal."""
    path = source.path
    try:
        # gzip's stream reads, tells and closes as a file does.
        with cast("BinaryIO", gzip.open(path)) if path.suffix == ".gz" else path.open("rb") as stream:
            yield stream
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise LoadRefused(f"{path} is no whole gzip file: {error}", mend=DELIVER_AGAIN) from error
    except OSError as error:
        raise LoadRefused(f"{path} cannot be read: {error.strerror}", mend="make it a file that can be read") from error

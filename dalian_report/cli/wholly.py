"""Writing files so that they are there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give the path of a file to write next to another; what is still there at the end is deleted.

    Moved onto the other at the end, it leaves the old file where the writing failed, and never half a file.
    """
    spare = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield spare
    finally:
        with suppress(OSError):
            spare.unlink()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, and the folders above it; one that is there is replaced. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with beside(path) as spare:
        write_to_disk(spare, content)
        spare.replace(path)


def write_to_disk(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet, and wait until the disk has it. Raises OSError."""
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())

"""Changes files of every format at random and reads them: more runs than the tests have time for.

usage: python -m tests.sources.fuzz [--runs N] [--seed N] [--only NAME]

Bytes are changed, cut out, doubled and cut off; in zip formats also inside the parts, packed again so
that the change gets past their checksums. A reader may give reports or a DReportError, nothing else, and a
run may take ten seconds at most. Exit 0, or 1 with the seed and traceback of each find.
"""

from __future__ import annotations

import argparse
import io
import random
import sys
import traceback
import zipfile
from time import perf_counter

from dalian_report.document import build_report
from dalian_report.errors import DReportError
from dalian_report.model import Source
from dalian_report.sources import read_bytes
from tests.sources.makers import MAKERS

_SLOW_S = 10.0
_ZIPS = (".docx", ".xlsx", ".ofd", ".zip")
_TOKENS = (
    b"<",
    b">",
    b"&#0;",
    b"&lt;",
    b'"',
    b"\0",
    b"\xff\xfe",
    b"99999999999",
    b"-1",
    b"NaN",
    b"<div>" * 9,
)


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few random changes."""
    new = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        if not new:
            break
        at = chance.randrange(len(new))
        match chance.randrange(6):
            case 0:
                new[at] = chance.randrange(256)
            case 1:
                del new[at : at + chance.choice((1, 9, 200))]
            case 2:
                new[at:at] = chance.choice(_TOKENS)
            case 3:
                new[at:at] = new[at : at + chance.randrange(400)]
            case 4:
                other = chance.randrange(len(new))
                new[at : at + 20], new[other : other + 20] = new[other : other + 20], new[at : at + 20]
            case _:
                if chance.random() < 0.2:
                    del new[at:]
    return bytes(new)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """Return a zip file with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    chosen = chance.randrange(len(parts))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, part) in enumerate(parts):
            archive.writestr(name, changed(part, chance) if number == chosen else part)
    return stream.getvalue()


def run_once(name: str, whole: bytes, seed: int) -> str:
    """Return what went wrong with one changed file, nothing where all is well."""
    chance = random.Random(f"{name}:{seed}")
    inside = name.endswith(_ZIPS) and chance.random() < 0.8
    data = changed_inside(whole, chance) if inside else changed(whole, chance)
    start = perf_counter()
    try:
        for item in read_bytes(data, name):
            if isinstance(item, Source):
                build_report(item)
    except DReportError:
        pass
    except Exception:  # what this program is for
        return traceback.format_exc()
    taken = perf_counter() - start
    return f"took {taken:.1f} s\n" if taken > _SLOW_S else ""


def main() -> int:
    """Run and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=200, help="runs of each format (200)")
    parser.add_argument("--seed", type=int, default=0, help="where to begin (0)")
    parser.add_argument("--only", default="", metavar="NAME", help="formats whose file name holds this")
    options = parser.parse_args()
    finds = 0
    for name, make in MAKERS.items():
        if options.only not in name:
            continue
        whole = make()
        for seed in range(options.seed, options.seed + options.runs):
            found = run_once(name, whole, seed)
            if found:
                finds += 1
                print(f"{name}, seed {seed}:\n{found}")
        print(f"{name}: {options.runs} runs, {finds} finds so far", flush=True)
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())

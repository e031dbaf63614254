"""The accuracy gate: F1 on every gold file must not fall below the floor pinned for it.

usage: python -m tests.gold.gate [--shared DIR] [--pin [--allow-regression]] [--errors N]

The floors are in floors.json, each with the hash of the gold and of its text. Where either has changed, the
floor says nothing and must be pinned anew. Pinning raises floors; it lowers one only with
--allow-regression. The gold beside this file and in written/ is always scored; the gold files in DIR/gold
(DREPORT_SHARED, or ../shared), and those of real/ whose reports are in DIR, where there are any.
Exit 0: no floor broken; 1: one is, or must be pinned; 2: usage, or a report that could not be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.gold.real import read_annotated, report_of
from tests.gold.scoring import Record, Score, score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FLOORS = HERE / "floors.json"
MEASURES = ("quantity", "record", "full")
# F1 is kept to four places, rounded down: the run is deterministic, so nothing else has to give.
PLACES = 4

Extract = Callable[[Path], Sequence[Record]]


class Corpus(NamedTuple):
    """One gold file with the text that it annotates; `shared` is set where the gold holds no text itself."""

    name: str
    gold: Path
    text: Path
    shared: Path | None = None

    def sha256(self) -> str:
        """Return one hash over both files."""
        digest = hashlib.sha256()
        for path in (self.gold, self.text):
            content = path.read_bytes()
            digest.update(f"{len(content)}\n".encode() + content)
        return digest.hexdigest()


def find_corpora(shared: Path | None) -> list[Corpus]:
    """Return the corpora of the project, then those of the shared folder where it is there."""
    own = [
        Corpus(f"project/{gold.stem}", gold, ROOT / "reports" / f"{gold.stem}.txt")
        for gold in sorted(HERE.glob("*.jsonl"))
    ]
    own += [
        Corpus(f"written/{gold.stem}", gold, gold.with_suffix(".txt"))
        for gold in sorted((HERE / "written").glob("*.jsonl"))
    ]
    if shared is None or not shared.is_dir():
        return own
    given = [
        Corpus(f"shared/{gold.stem}", gold, gold.with_suffix(".txt"))
        for gold in sorted((shared / "gold").glob("*.jsonl"))
    ]
    real = [
        Corpus(f"real/{gold.stem}", gold, report_of(gold, shared), shared)
        for gold in sorted((HERE / "real").glob("*.jsonl"))
    ]
    return [*own, *given, *(corpus for corpus in real if corpus.text.is_file())]


def extract(path: Path) -> Sequence[Record]:
    """Return the metrics of a report as the command line gives them, with the shipped rules."""
    command = [sys.executable, "-m", "dalian_report", "show", "--json", "--config", "config.yaml", str(path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if run.returncode not in (0, 1):
        raise RuntimeError(f"{path}: {run.stderr.strip()}")
    records: list[dict[str, Any]] = json.loads(run.stdout)
    return records


def measure(corpus: Corpus, extract: Extract) -> Score:
    """Return the score of a corpus; of an excerpt, that of the figures inside it."""
    found = extract(corpus.text)
    if corpus.shared:
        annotated = read_annotated(corpus.gold, corpus.shared)
        start, end = annotated.within
        inside = [record for record in found if start <= record["start"] < end]
        return score(annotated.records, inside, annotated.text)
    with corpus.text.open(encoding="utf-8", newline="") as file:
        text = file.read()
    return score(read_gold(corpus), found, text)


def read_gold(corpus: Corpus) -> list[dict[str, Any]]:
    """Return the gold records of a corpus."""
    if corpus.shared:
        return read_annotated(corpus.gold, corpus.shared).records
    return [json.loads(line) for line in corpus.gold.read_text(encoding="utf-8").splitlines()]


def figures(result: Score) -> dict[str, float]:
    """Return the F1 of each measure, rounded down."""
    scale = 10**PLACES
    return {name: math.floor(getattr(result, name).f1 * scale) / scale for name in MEASURES}


def faults(corpus: Corpus, result: Score, pinned: Mapping[str, Any] | None) -> Iterator[str]:
    """Yield what keeps a corpus from passing."""
    if pinned is None:
        yield f"{corpus.name}: no floor is pinned. Run: python -m tests.gold.gate --pin"
    elif pinned["sha256"] != corpus.sha256():
        yield f"{corpus.name}: the gold or its text has changed. Check it, then pin anew: gate.py --pin"
    else:
        for name, value in figures(result).items():
            if value < pinned[name]:
                yield f"{corpus.name}: {name} F1 {value:.4f} is below its floor {pinned[name]:.4f}"


def changes(corpus: Corpus, result: Score, pinned: Mapping[str, Any]) -> Iterator[str]:
    """Yield the gold records gained and lost since the floor was pinned, on unchanged gold."""
    if pinned["sha256"] != corpus.sha256():
        return
    gold = read_gold(corpus)
    before, now = set(pinned["missed"]), set(result.missed)
    for word, lines in (("gained", before - now), ("lost  ", now - before)):
        for line in sorted(lines):
            record = gold[line - 1]
            yield f"  {word} {corpus.gold.name}:{line} {record['text']} {record['extent']}"


def repin(
    corpus: Corpus, result: Score, pinned: Mapping[str, Any] | None, *, allow_regression: bool
) -> dict[str, Any]:
    """Return the new floor of a corpus. Raises ValueError where it would be lower than before."""
    measured = figures(result)
    lower = [name for name in MEASURES if pinned and measured[name] < pinned[name]]
    if pinned and lower and not allow_regression:
        told = ", ".join(f"{name} {pinned[name]:.4f} to {measured[name]:.4f}" for name in lower)
        raise ValueError(f"{corpus.name}: would lower {told}. If that is meant: --pin --allow-regression")
    return {"sha256": corpus.sha256(), **measured, "missed": list(result.missed)}


def replace_file(path: Path, content: str) -> None:
    """Write a file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(content)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def run(corpora: Sequence[Corpus], arguments: argparse.Namespace, extract: Extract = extract) -> int:
    """Measure the corpora against the floors, or pin them; return the exit code."""
    path: Path = arguments.floors
    floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    found: list[str] = []
    new = dict(floors)
    for corpus in corpora:
        result, pinned = measure(corpus, extract), floors.get(corpus.name)
        print(corpus.name.ljust(24), *(f"{name} {value:.4f}" for name, value in figures(result).items()))
        tell(changes(corpus, result, pinned) if pinned else ())
        tell(f"  {mistake}" for mistake in result.mistakes[: arguments.errors])
        if not arguments.pin:
            found += faults(corpus, result, pinned)
            continue
        try:
            new[corpus.name] = repin(corpus, result, pinned, allow_regression=arguments.allow_regression)
        except ValueError as error:
            found.append(str(error))
    found += left_out(floors, corpora)
    if arguments.pin and not found:
        lines = (f" {json.dumps(name)}: {json.dumps(new[name])}" for name in sorted(new))
        replace_file(path, "{\n" + ",\n".join(lines) + "\n}\n")
    tell(found)
    return 1 if found else 0


def tell(lines: Iterable[str]) -> None:
    """Print each line."""
    for line in lines:
        print(line)


def left_out(floors: Mapping[str, Any], corpora: Sequence[Corpus]) -> list[str]:
    """Return a fault for each pinned corpus of the project that is gone."""
    there = {corpus.name for corpus in corpora}
    own = [name for name in sorted(floors) if name.startswith(("project/", "written/"))]
    return [f"{name}: pinned, but its gold is gone" for name in own if name not in there]


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return the options; leaves with exit code 2 where they are wrong."""
    shared = Path(os.environ.get("DREPORT_SHARED", ROOT.parent / "shared"))
    parser = argparse.ArgumentParser(
        description="Measure extraction against the gold files and their floors."
    )
    parser.add_argument("--shared", type=Path, default=shared, metavar="DIR", help="folder with further gold")
    parser.add_argument("--floors", type=Path, default=FLOORS, help=argparse.SUPPRESS)
    parser.add_argument("--pin", action="store_true", help="write the measured figures as the new floors")
    parser.add_argument("--allow-regression", action="store_true", help="with --pin: floors may fall")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show N mistakes of each report")
    options = parser.parse_args(arguments)
    if options.allow_regression and not options.pin:
        parser.error("--allow-regression goes with --pin")
    return options


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the gate and return its exit code."""
    options = parse(arguments)
    corpora = find_corpora(options.shared)
    try:
        code = run(corpora, options)
    except (OSError, RuntimeError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if not any(corpus.name.startswith("shared/") for corpus in corpora):
        print("No shared gold here: the project's own alone was measured.")
    return code


if __name__ == "__main__":
    raise SystemExit(main())

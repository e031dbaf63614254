from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.gold import gate
from tests.gold.gate import Corpus, find_corpora, main, read_gold, run
from tests.gold.scoring import Record, score

TEXT = "新增停车泊位4万个,事故起数、死亡人数分别下降23.4%、20.3%,数量居首位。"


def record(text: str, name: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    values = {"start": start, "end": start + len(text), "text": text, "amount": 1, "amount_max": None}
    values |= {"unit": "%", "kind": "level", "bound": "exact", "name": name, "extent": name}
    return {**values, "status": "achieved", "optional": False, **fields}


GOLD = [
    record("4万个", "停车泊位", amount=40000, unit="个", extent="新增停车泊位", alt_kind=True),
    record("23.4%", "事故起数", amount=-23.4, kind="growth"),
    record("20.3%", "死亡人数", amount=-20.3, kind="growth", extent="事故死亡人数"),
    record("首位", "数量", unit="", kind="rank", optional=True),
]


def claims(*changes: tuple[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the gold as an extractor would give it, some fields of some records changed."""
    found = [{**line, "base_unit": line["unit"]} for line in GOLD]
    for line, fields in changes:
        found[line] |= fields
    return found


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lines = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in GOLD)
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    return Corpus("project/a", tmp_path / "a.jsonl", tmp_path / "a.txt")


@pytest.fixture
def check(corpus: Corpus, tmp_path: Path) -> Callable[..., int]:
    def check(found: Sequence[Record], *flags: str, corpora: Sequence[Corpus] = (corpus,)) -> int:
        options = gate.parse([*flags, "--floors", str(tmp_path / "floors.json")])
        return run(corpora, options, lambda path: found)

    return check


WORSE = claims((1, {"name": "起数"}))


def test_nothing_passes_before_it_is_pinned(
    check: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(claims()) == 1
    assert "no floor is pinned" in capsys.readouterr().out
    assert check(claims(), "--pin") == 0
    assert check(claims()) == 0


def test_a_fall_fails_and_names_what_was_lost(
    check: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    check(claims(), "--pin")
    assert check(WORSE) == 1
    out = capsys.readouterr().out
    assert "project/a: record F1 0.6666 is below its floor 1.0000" in out
    assert "lost   a.jsonl:2 23.4% 事故起数" in out
    assert "quantity F1" not in out


def test_a_gain_is_told_and_passes(check: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    check(WORSE, "--pin")
    assert check(claims()) == 0
    assert "gained a.jsonl:2 23.4% 事故起数" in capsys.readouterr().out


def test_a_pin_lowers_nothing_unless_told_to(check: Callable[..., int], tmp_path: Path) -> None:
    check(claims(), "--pin")
    before = (tmp_path / "floors.json").read_bytes()
    assert check(WORSE, "--pin") == 1
    assert (tmp_path / "floors.json").read_bytes() == before
    assert check(WORSE, "--pin", "--allow-regression") == 0
    assert check(WORSE) == 0


def test_changed_gold_must_be_pinned_anew(
    check: Callable[..., int], corpus: Corpus, capsys: pytest.CaptureFixture[str]
) -> None:
    check(claims(), "--pin")
    corpus.text.write_text(TEXT + "\n", encoding="utf-8")
    assert check(claims()) == 1
    assert "has changed" in capsys.readouterr().out
    assert check(WORSE, "--pin") == 1, "a change of gold is no licence to lower a floor"
    assert check(claims(), "--pin") == 0
    assert check(claims()) == 0


def test_gold_of_the_project_cannot_vanish(check: Callable[..., int]) -> None:
    check(claims(), "--pin")
    assert check(claims(), corpora=[]) == 1


def test_floors_of_absent_shared_gold_are_kept(
    check: Callable[..., int], corpus: Corpus, tmp_path: Path
) -> None:
    shared = corpus._replace(name="shared/a")
    check(claims(), "--pin", corpora=[corpus, shared])
    assert check(claims(), "--pin") == 0
    assert set(json.loads((tmp_path / "floors.json").read_text(encoding="utf-8"))) == {
        "project/a",
        "shared/a",
    }


def test_usage_and_failures() -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["--allow-regression"])
    with pytest.raises(RuntimeError, match=r"missing\.txt"):
        gate.extract(Path("missing.txt"))


@pytest.mark.parametrize(
    ("changes", "quantity", "right", "full"),
    [
        ({}, 3, 3, 3),
        ({"name": "新增停车泊位"}, 3, 3, 3),
        ({"kind": "delta", "amount": 40000}, 3, 3, 3),
        ({"name": "泊位"}, 3, 2, 2),
        ({"name": "停车泊位事故"}, 3, 3, 3),
        ({"name": "停车泊位人口"}, 3, 2, 2),
        ({"bound": "about"}, 3, 2, 2),
        ({"status": "target"}, 3, 3, 2),
        ({"amount": 4}, 2, 2, 2),
        ({"base_unit": "人"}, 2, 2, 2),
        ({"start": 1, "end": 10}, 3, 3, 3),
        ({"start": 0, "end": 12}, 2, 2, 2),
        ({"amount": None}, 2, 2, 2),
    ],
)
def test_what_counts_as_right(changes: dict[str, Any], quantity: int, right: int, full: int) -> None:
    result = score(GOLD, claims((0, changes)), TEXT)
    assert round(result.quantity.recall * 3) == quantity
    assert round(result.record.recall * 3) == right
    assert round(result.full.recall * 3) == full


def test_signs_neighbours_and_optional_records() -> None:
    assert score(GOLD, claims((1, {"amount": 23.4})), TEXT).missed == (2,)
    assert score(GOLD, claims((2, {"name": "事故起数、死亡人数"})), TEXT).missed == (3,)
    assert score(GOLD, claims()[:3], TEXT).record.f1 == 1
    assert score(GOLD, [*claims(), *claims()[:1]], TEXT).record.precision == pytest.approx(3 / 4)
    assert score(GOLD, [], TEXT).record.f1 == 0


@pytest.mark.parametrize("corpus", find_corpora(None), ids=lambda corpus: corpus.name)
def test_gold_fits_its_text(corpus: Corpus) -> None:
    with corpus.text.open(encoding="utf-8", newline="") as file:
        text = file.read()
    gold = read_gold(corpus)
    assert [line["start"] for line in gold] == sorted(line["start"] for line in gold)
    for line in gold:
        assert text[line["start"] : line["end"]] == line["text"]
        assert (line["bound"] == "range") == (line["amount_max"] is not None)
        assert line["name"].strip("“”") in line["extent"]
        assert line["name"] in text


def theirs(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_of_schema", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(gold: Sequence[Record], text: str, seed: int) -> list[dict[str, Any]]:
    """Return records as a poor extractor might find them, the same for a seed."""
    chance = random.Random(seed)
    found = []
    for line in gold:
        claim = {**line, "base_unit": line["unit"]}
        for field, values in (("kind", ["level", "delta"]), ("bound", ["about"]), ("status", ["other"])):
            if chance.random() < 0.2:
                claim[field] = chance.choice(values)
        names = [line["name"], line["extent"], line["name"][1:], text[line["start"] - 12 : line["start"]]]
        claim["name"] = chance.choice(names)
        claim["amount"] = line["amount"] * chance.choice([1, 1, 1, -1, 2])
        claim["start"] -= chance.choice([0, 0, 0, 1, 5])
        found += [claim] * chance.choice([0, 1, 1, 1, 2])
    return found


@pytest.mark.shared
def test_same_figures_as_the_reference(shared: Path) -> None:
    reference = theirs(shared)
    corpora = [corpus for corpus in find_corpora(shared) if corpus.name.startswith("shared/")]
    assert corpora
    for corpus in corpora:
        with corpus.text.open(encoding="utf-8", newline="") as file:
            text = file.read()
        prepared = read_gold(corpus)
        reference.prepare(prepared, text)
        for seed in range(3):
            found = disturbed(read_gold(corpus), text, seed)
            expected, _ = reference.score(prepared, found)
            result = score(read_gold(corpus), found, text)
            for name in gate.MEASURES:
                ours = getattr(result, name)
                values = {"precision": ours.precision, "recall": ours.recall, "f1": ours.f1}
                assert {key: round(value, 4) for key, value in values.items()} == expected[name]

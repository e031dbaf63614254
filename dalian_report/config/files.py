"""Reading one configuration file or rule pack, and all that it extends, into settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dalian_report.config import packs
from dalian_report.config.faults import Fault, nearest, raise_faults, sorted_faults
from dalian_report.config.fields import Fields
from dalian_report.config.macros import BUILT_IN, expand
from dalian_report.config.nodes import Node, read_nodes
from dalian_report.config.regexes import RegexFault, plan_regex
from dalian_report.config.schema import Draft, read_rule
from dalian_report.config.settings import ReportEntry, Settings
from dalian_report.model import Rule

SCHEMA_VERSION = "1"
CONFIG_FIELDS = ("dreport", "reports", "extends", "words", "synonyms", "macros", "area", "rules", "disable")
_REPORT_FIELDS = ("path", "region", "year")


@dataclass(slots=True)
class Layer:
    """What a file brings together with all that it extends; its own rules come first."""

    rules: list[Rule] = field(default_factory=list)
    macros: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    synonyms: list[tuple[str, ...]] = field(default_factory=list)
    files: list[Path] = field(default_factory=list)
    disabled: list[tuple[str, str]] = field(default_factory=list)


def read_settings(path: Path, *, origin: str, examples: bool = False, lenient: bool = False) -> Settings:
    """Return the settings of a configuration file; with `examples` those of the default packs too.

    Raises RulesError with all the faults of the file and of the files it extends; but where `lenient`, rules
    with faults are left out, as long as nothing else is wrong.
    """
    faults: list[Fault] = []
    reader = _Reader(faults, examples=examples)
    root = read_nodes(path, faults, shown=str(path))
    if root is None:
        raise_faults(faults, str(path))
    assert root is not None  # a file without nodes has a fault
    fields = Fields(root, faults, shown=str(path))
    if fields.check_known(CONFIG_FIELDS, within="a configuration"):
        _check_version(fields, required=True)
        reports = _reports(fields, path.parent)
        layer = reader.layer(fields, path, (path.resolve(),))
    if not lenient or any(fault.level == "error" and fault not in reader.of_rules for fault in faults):
        raise_faults(faults, str(path))
    return Settings(
        path=path,
        origin=origin,
        reports=reports,
        rules=tuple(layer.rules),
        words=tuple(dict.fromkeys(layer.words)),
        files=tuple(dict.fromkeys(layer.files)),
        extends=fields.texts("extends", single=True),
        warnings=sorted_faults((one for one in faults if one.level == "warning"), str(path))
        if examples
        else (),
        faults=sorted_faults(reader.of_rules, str(path)),
        synonyms=tuple(dict.fromkeys(layer.synonyms)),
        disabled=tuple(dict.fromkeys(layer.disabled)),
    )


def read_pack(path: Path, *, shown: str | None = None) -> list[Rule]:
    """Return the rules of one pack by itself; raises RulesError with all its faults."""
    faults: list[Fault] = []
    layer = _Reader(faults).file(path, (path.resolve(),), shown=shown or str(path))
    raise_faults(faults, shown or str(path))
    return layer.rules


def _check_version(fields: Fields, *, required: bool) -> None:
    version = fields.text("dreport")
    if version is None and required:
        why = "files without it are not read as configuration"
        fields.fault(None, "missing field dreport", why=why, remedy="Add dreport: 1")
    elif version not in (None, SCHEMA_VERSION):
        remedy = f"This release reads dreport: {SCHEMA_VERSION}"
        fields.fault(fields.get("dreport"), f"schema version {version} is unknown", remedy=remedy)


def _reports(fields: Fields, base: Path) -> tuple[ReportEntry, ...]:
    entries = []
    for item in fields.mappings("reports"):
        if isinstance(item.node.value, str):
            entries.append(ReportEntry(_located(item.node.value, base), None, None))
            continue
        if not item.check_known(_REPORT_FIELDS, within="a report"):
            continue
        path, region, year = item.text("path", required=True), item.text("region"), item.text("year")
        if year is not None and not (year.isascii() and year.isdigit() and 1900 <= int(year) <= 2100):
            item.fault(item.get("year"), f"year {year} is none from 1900 to 2100")
            continue
        if path is not None:
            entries.append(ReportEntry(_located(path, base), region, int(year) if year else None))
    return tuple(entries)


def _located(path: str, base: Path) -> str:
    return str(base / Path(path).expanduser())


class _Reader:
    """Reads files and what they extend, depth first, and merges their rules."""

    def __init__(self, faults: list[Fault], *, examples: bool = False) -> None:
        self._faults = faults
        self.of_rules: list[Fault] = []
        self._default_rules = packs.parsed_default_rules if examples else packs.default_rules

    def file(self, path: Path, chain: tuple[Path, ...], *, shown: str) -> Layer:
        """Return what the pack at `path` brings; `chain` are the files that led here, resolved."""
        root = read_nodes(path, self._faults, shown=shown)
        if root is None:
            return Layer(files=[path])
        fields = Fields(root, self._faults, shown=shown)
        if not fields.check_known(CONFIG_FIELDS, within="a rule pack"):
            return Layer(files=[path])
        if fields.get("reports") is not None:
            remedy = "Name them in the configuration that extends it"
            fields.fault(root.keys["reports"], "reports in an extended file", remedy=remedy)
        _check_version(fields, required=False)
        return self.layer(fields, path, chain)

    def layer(self, fields: Fields, path: Path, chain: tuple[Path, ...]) -> Layer:
        """Return what a file whose fields are read brings."""
        base = self._extended(fields, path, chain)
        macros = {**base.macros, **self._macros(fields, base.macros)}
        area = fields.text("area")
        drafts, bad = list[Draft](), set[int]()
        for one in fields.mappings("rules"):
            before = len(self._faults)
            draft = read_rule(one, macros, area)
            wrong = [fault for fault in self._faults[before:] if fault.level == "error"]
            self.of_rules += wrong
            if draft is not None:
                bad |= {id(draft.rule)} if wrong else set()
                drafts.append(draft)
        disabled = self._disabled(fields, base.rules)
        rules = self._merged(drafts, [rule for rule in base.rules if rule.key not in disabled], bad)
        words = [*fields.texts("words"), *base.words]
        synonyms = [*fields.groups("synonyms"), *base.synonyms]
        return Layer(rules, macros, words, synonyms, [path, *base.files], [*disabled.items(), *base.disabled])

    def _extended(self, fields: Fields, path: Path, chain: tuple[Path, ...]) -> Layer:
        whole = Layer()
        origins: dict[str, str] = {}
        for node in self._each_once(fields, path):
            layer = self._one_extended(fields, node, path, chain)
            for rule in layer.rules:
                if origins.get(rule.key) == rule.origin:
                    continue  # one pack by two ways
                if rule.key in origins:
                    why = f"in {origins[rule.key]} and in {rule.origin}"
                    remedy = f"Add disable: [{rule.key}] to one of them, or rename it"
                    fields.fault(node, f"two extended packs define {rule.key}", why=why, remedy=remedy)
                    continue
                origins[rule.key] = rule.origin
                whole.rules.append(rule)
            whole.macros.update(layer.macros)
            whole.words += layer.words
            whole.synonyms += layer.synonyms
            whole.files += layer.files
            whole.disabled += layer.disabled
        return whole

    def _each_once(self, fields: Fields, path: Path) -> Iterator[Node]:
        """Yield what a file extends, with a fault for each that it names again."""
        first: dict[Path | str, Node] = {}
        for node in fields.text_nodes("extends", single=True):
            target = node.value if node.value == packs.DEFAULT else (path.parent / node.value).resolve()
            if target in first:
                why = f"first on line {first[target].line}"
                fields.fault(node, f"extends {node.value} twice", why=why, remedy="Keep one of them")
                continue
            first[target] = node
            yield node

    def _one_extended(self, fields: Fields, node: Node, path: Path, chain: tuple[Path, ...]) -> Layer:
        name: str = node.value
        if name == packs.DEFAULT:
            return Layer(rules=list(self._default_rules()), files=packs.default_files())
        target = path.parent / name
        if not target.is_file():
            near = nearest(name, [packs.DEFAULT, *sorted(one.name for one in path.parent.glob("*.yaml"))])
            remedy = (
                near
                if near.startswith("Did you mean")
                else f"Name {packs.DEFAULT} or a file beside {path.name}"
            )
            fields.fault(node, f"cannot extend {name}", why="no such file", remedy=remedy)
            return Layer()
        if target.resolve() in chain:
            fields.fault(node, f"extends {name}, which leads back here", remedy="Drop one of the two")
            return Layer()
        return self.file(target, (*chain, target.resolve()), shown=str(target))

    def _macros(self, fields: Fields, inherited: Mapping[str, str]) -> dict[str, str]:
        node = fields.get("macros")
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            fields.fault(node, f"macros must be a mapping, not {node.kind}")
            return {}
        inner = fields.inner(node)
        own = {name: text for name in node.value if (text := inner.text(name, required=True)) is not None}
        wrong = set[str]()
        for name, text in own.items():
            place = inner.get(name)
            if not (name.isascii() and name.isidentifier()):
                inner.fault(node.keys[name], f"bad macro name {name}", remedy="Use a-z, 0-9 and _")
            if name in BUILT_IN:
                remedy = "Give yours another name"
                inner.fault(node.keys[name], f"macro {name} is built in", remedy=remedy)
            try:
                plan_regex(expand(text, {**inherited, **own}))
            except RegexFault as fault:
                at = fault.at if "{" not in text else None
                inner.fault(place, f"macro {name}: {fault.what}", why=fault.why, remedy=fault.remedy, at=at)
                wrong.add(name)
        return {**own, **dict.fromkeys(wrong, BUILT_IN["number"])}  # so that it is told once

    def _disabled(self, fields: Fields, rules: list[Rule]) -> dict[str, str]:
        """Return the keys that a file disables, each with its `file:line`; an unknown one is a fault."""
        disabled = fields.text_nodes("disable", single=True)
        keys = [rule.key for rule in rules]
        for node in disabled:
            if node.value not in keys:
                remedy = _near_key(node.value, keys) or "dreport rules list shows those there are"
                fields.fault(node, f"no rule {node.value} to disable", remedy=remedy)
        return {node.value: f"{fields.shown}:{node.line}" for node in disabled}

    def _merged(self, drafts: list[Draft], inherited: list[Rule], bad: set[int]) -> list[Rule]:
        """Return own rules but those with faults, then those inherited that none of them replaces."""
        origins = {rule.key: rule.origin for rule in inherited}
        own: dict[str, Node] = {}
        for draft in drafts:
            key, before = draft.rule.key, len(self._faults)
            if key in own:
                why = f"first on line {own[key].line}"
                draft.fields.fault(draft.place, f"{key} is defined twice", why=why, remedy="Rename one")
            elif key in origins and not draft.replace:
                remedy = "Add replace: true to put yours in its place, or rename it"
                draft.fields.fault(draft.place, f"{key} is defined in {origins[key]}", remedy=remedy)
            elif draft.replace and key not in origins:
                remedy = _near_key(key, origins) or "Drop replace"
                draft.fields.fault(draft.fields.get("replace"), "nothing to replace", remedy=remedy)
            own.setdefault(key, draft.place)
            if len(self._faults) > before:
                self.of_rules += self._faults[before:]
                bad.add(id(draft.rule))
        kept = [draft.rule for draft in drafts if id(draft.rule) not in bad]
        warn_of_twins([draft for draft in drafts if id(draft.rule) not in bad])
        replaced = {rule.key for rule in kept}
        return kept + [rule for rule in inherited if rule.key not in replaced]


def warn_of_twins(drafts: Iterable[Draft]) -> None:
    """Warn of rules that an earlier one, which takes the same figures, leaves nothing to."""
    first: dict[object, Draft] = {}
    for draft in drafts:
        rule = draft.rule
        takes = (rule.match, rule.pattern, rule.action, rule.counts, rule.kinds, rule.units)
        other = first.setdefault(takes, draft)
        if other is not draft:
            why = f"{other.rule.key} on line {other.place.line} has the same regex and takes the same figures"
            remedy = "Drop one of them, or tell their figures apart by action, unit or kinds"
            draft.fields.warn(draft.place, "can never win a figure", why=why, remedy=remedy)


def _near_key(key: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest key, nothing where none is near."""
    remedy = nearest(key, known)
    return remedy if remedy.startswith("Did you mean") else ""

"""Reading one configuration file or rule pack, and all that it extends, into settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dalian_report.config import packs
from dalian_report.config.faults import Fault, nearest, raise_faults, sorted_faults
from dalian_report.config.fields import Fields
from dalian_report.config.macros import expand
from dalian_report.config.nodes import Node, read_nodes
from dalian_report.config.regexes import RegexFault
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


def read_settings(path: Path, *, origin: str, examples: bool = False) -> Settings:
    """Return the settings of a configuration file; with `examples` those of the default packs too.

    Raises RulesError with all the faults of the file and of the files it extends.
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
    raise_faults(faults, str(path))
    return Settings(
        path=path,
        origin=origin,
        reports=reports,
        rules=tuple(layer.rules),
        words=tuple(dict.fromkeys(layer.words)),
        files=tuple(dict.fromkeys(layer.files)),
        extends=fields.texts("extends", single=True),
        warnings=sorted_faults(faults, str(path)) if examples else (),
        synonyms=tuple(dict.fromkeys(layer.synonyms)),
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
        drafts = [
            draft for one in fields.mappings("rules") if (draft := read_rule(one, macros, area)) is not None
        ]
        rules = self._merged(drafts, self._without_disabled(fields, base.rules))
        words = [*fields.texts("words"), *base.words]
        synonyms = [*fields.groups("synonyms"), *base.synonyms]
        return Layer(rules, macros, words, synonyms, [path, *base.files])

    def _extended(self, fields: Fields, path: Path, chain: tuple[Path, ...]) -> Layer:
        whole = Layer()
        origins: dict[str, str] = {}
        for node in self._each_once(fields, path):
            layer = self._one_extended(fields, node, path, chain)
            for rule in layer.rules:
                if origins.get(rule.key) == rule.origin:
                    continue  # one pack by two ways
                if rule.key in origins:
                    why = f"{origins[rule.key]} and {rule.origin}"
                    remedy = f"Add disable: [{rule.key}] to one of them, or rename it"
                    fields.fault(node, f"two extended packs define {rule.key}", why=why, remedy=remedy)
                    continue
                origins[rule.key] = rule.origin
                whole.rules.append(rule)
            whole.macros.update(layer.macros)
            whole.words += layer.words
            whole.synonyms += layer.synonyms
            whole.files += layer.files
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
            remedy = f"Name {packs.DEFAULT} or a file beside {path.name}"
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
        for name, text in own.items():
            place = inner.get(name)
            if not (name.isascii() and name.isidentifier()):
                inner.fault(node.keys[name], f"bad macro name {name}", remedy="Use a-z, 0-9 and _")
            try:
                expand(text, {**inherited, **own})
            except RegexFault as fault:
                inner.fault(place, f"macro {name}: {fault.what}", why=fault.why, remedy=fault.remedy)
        return own

    def _without_disabled(self, fields: Fields, rules: list[Rule]) -> list[Rule]:
        disabled = fields.text_nodes("disable", single=True)
        keys = [rule.key for rule in rules]
        for node in disabled:
            if node.value not in keys:
                remedy = _near_key(node.value, keys) or "dreport rules list shows those there are"
                fields.fault(node, f"no rule {node.value} to disable", remedy=remedy)
        dropped = {node.value for node in disabled}
        return [rule for rule in rules if rule.key not in dropped]

    def _merged(self, drafts: list[Draft], inherited: list[Rule]) -> list[Rule]:
        """Return own rules, then those inherited that none replaces."""
        origins = {rule.key: rule.origin for rule in inherited}
        own: dict[str, Node] = {}
        for draft in drafts:
            key = draft.rule.key
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
        return [draft.rule for draft in drafts] + [rule for rule in inherited if rule.key not in own]


def _near_key(key: str, known: Iterable[str]) -> str:
    """Return a remedy that names the nearest key, nothing where none is near."""
    remedy = nearest(key, known)
    return remedy if remedy.startswith("Did you mean") else ""

"""`--key` and `--area`: which indicators are meant, by key, name or alias; refused where there is none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from dalian_report.config import Settings
from dalian_report.errors import UsageError
from dalian_report.folding import fold


def known_keys(
    keys: Sequence[str] | None, areas: Sequence[str] | None, settings: Settings
) -> list[str] | None:
    """Return the keys of the indicators asked for: by key, or by a name or alias that only one of them has.

    Raises UsageError for a key or an area that no rule has, naming the nearest one.
    """
    there = {rule.area: rule.area for rule in settings.rules if rule.area}
    for area in areas or ():
        if area not in there:
            raise UsageError(
                f"no indicator is of the area {area!r}",
                remedy=f"{_meant(area, there)}Areas: {'、'.join(there)}.",
            )
    return list(dict.fromkeys(known_key(key, settings) for key in keys)) if keys else None


def known_key(asked: str, settings: Settings) -> str:
    """Return the key of the one indicator with this key, name or alias. Raises UsageError."""
    rules, disabled = settings.rules, dict(settings.disabled)
    keys = {rule.key: rule.key for rule in rules}
    if asked in keys:
        return asked
    if asked in disabled:
        remedy = f"Take it out of disable: in {disabled[asked]}."
        raise UsageError(f"the indicator {asked!r} is disabled", remedy=remedy)
    fault = next((one for one in settings.faults if one.key == asked), None)
    if fault is not None:
        remedy = f"Mend it in {fault.path}:{fault.line}."
        raise UsageError(f"the rule {asked!r} was left out for its fault", remedy=remedy)
    named = defaultdict[str, list[str]](list)
    for rule in rules:
        for name in {fold(name): None for name in (rule.name, *rule.aliases)}:
            named[name].append(rule.key)
    owners = named.get(fold(asked), [])
    if len(owners) == 1:
        return owners[0]
    if owners:
        raise UsageError(
            f"{len(owners)} indicators have the name {asked!r}", remedy=f"Give a key: {', '.join(owners)}."
        )
    # Who nearly knows the name and not the key may give the name.
    known = {**{name: found[0] for name, found in named.items()}, **keys}
    raise UsageError(
        f"no indicator has the key {asked!r}", remedy=_meant(asked, known) + "See: dreport rules list."
    )


def _meant(word: str, known: dict[str, str]) -> str:
    """Return the question whether the nearest known word is meant; nothing where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean {known[near[0]]!r}? " if near else ""

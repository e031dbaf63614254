"""`--key` and `--area`: whether there is such an indicator, and which one may be meant."""

from __future__ import annotations

from collections.abc import Sequence

from dalian_report.config import Settings
from dalian_report.errors import UsageError


def refuse_unknown(keys: Sequence[str] | None, areas: Sequence[str] | None, settings: Settings) -> None:
    """Raise UsageError for a key or an area that no rule has, naming the nearest one."""
    rules, disabled = settings.rules, dict(settings.disabled)
    known = {rule.key: rule.key for rule in rules}
    for key in keys or ():
        if key not in known and key in disabled:
            remedy = f"Take it out of disable: in {disabled[key]}."
            raise UsageError(f"the indicator {key!r} is disabled", remedy=remedy)
        if key not in known:
            # Who knows the name and not the key may give the name.
            named = {name: rule.key for rule in rules for name in (rule.name, *rule.aliases)}
            raise UsageError(
                f"no indicator has the key {key!r}",
                remedy=_meant(key, {**named, **known}) + "See: dreport rules list.",
            )
    there = {rule.area: rule.area for rule in rules if rule.area}
    for area in areas or ():
        if area not in there:
            raise UsageError(
                f"no indicator is of the area {area!r}",
                remedy=f"{_meant(area, there)}Areas: {'、'.join(there)}.",
            )


def _meant(word: str, known: dict[str, str]) -> str:
    """Return the question whether the nearest known word is meant; nothing where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.5)
    return f"Did you mean {known[near[0]]!r}? " if near else ""

"""Build hook: compiles the data files, the default rule packs and config.yaml to one JSON file.

Parsing them from YAML at every start would cost as much as the rest of the start-up together. The reader
takes the file only while its fingerprint fits the YAML, so a stale one does no harm.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = (3, 11)


class CompileData(BuildHookInterface):  # type: ignore[type-arg]
    """Writes dalian_report/data/compiled.json before a wheel, plain or editable, is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the file; `version` (`standard` or `editable`) and `build_data` make no difference.

        Ends the build with one line where Python is too old for the code that it runs.
        """
        if sys.version_info < NEEDED:
            raise SystemExit(
                f"dreport needs Python {_dotted(NEEDED)} or newer; this is {_dotted(sys.version_info)}"
            )
        sys.path.insert(0, self.root)
        try:
            from dalian_report.config.compiling import write_compiled

            write_compiled(Path(self.root) / "config.yaml")
        finally:
            sys.path.remove(self.root)


def _dotted(version: Sequence[Any]) -> str:
    return ".".join(str(part) for part in version[:2])

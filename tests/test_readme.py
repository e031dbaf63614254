"""The README says what the program does: outputs, tables, Python lines, install lines."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def test_there_are_outputs_to_compare() -> None:
    assert len(blocks("console")) >= 5  # docs/readme.py --check, in make check, compares them


@pytest.mark.skipif(sys.platform == "win32", reason="drives bash")
@pytest.mark.parametrize(
    ("mark", "line", "fails"),
    [
        ("", "dreport show none.txt | cat", True),
        ("", "exit 2", True),
        ("", "false", False),
        ("<!-- fails -->\n", "exit 2", False),
        ("<!-- fails -->\n", "true", True),
    ],
)
def test_a_page_shows_no_error_but_where_it_says_so(mark: str, line: str, *, fails: bool) -> None:
    script = (
        "import sys; sys.path[:0] = ['docs']; import readme\n"
        "try: readme.written_chapter(sys.argv[1])\n"
        "except readme.LineFailedError: sys.exit(7)"
    )
    page = f"{mark}```console\n$ {line}\n```\n"
    done = subprocess.run([sys.executable, "-c", script, page], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == (7 if fails else 0), done.stderr


def test_install_lines_are_what_ci_runs() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) == 2
    for line in lines:
        assert CI.splitlines().count(line) == 1


def test_windows_lines_are_the_same_steps() -> None:
    unix = [line for block in blocks("sh") for line in block.splitlines()]
    (block,) = blocks("powershell")
    windows = block.replace("py -m venv", "python3 -m venv").replace(".venv\\Scripts\\", ".venv/bin/")
    assert windows.replace("; ", " && ").splitlines() == unix


def test_python_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    for block in blocks("pycon"):
        runner.run(parser.get_doctest(block, {}, "README.md", "README.md", 0))
    assert runner.summarize(verbose=False).attempted >= 3
    assert runner.summarize(verbose=False).failed == 0


def test_links_lead_somewhere() -> None:
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/architecture.md",
        "docs/rules.md",
        "benchmarks/README.md",
    ):
        path = ROOT / name
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{name}: {target}"


def test_the_map_has_every_module() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    known = {word for span in re.findall(r"`([^`]+)`", text) for word in re.findall(r"\w+", span)}
    package = ROOT / "dalian_report"
    for room in ("sources", "document", "quantities", "indicators"):
        assert {path.stem for path in (package / room).glob("*.py")} - {"__init__"} - known == set(), room
    for path in re.findall(r"`(\w+/\w+\.(?:py|yaml))`", text):
        assert (package / path).exists() or (ROOT / path).exists(), path


def test_the_documents_name_no_place_of_ours() -> None:
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("benchmarks/*.md")):
        assert not re.search(r"/work/|/tmp/|/root/", path.read_text(encoding="utf-8")), path.name

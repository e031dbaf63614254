"""The table of commands: what `dreport --help` shows without importing any of them."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A command: the module and function that run it, its purpose in one line, and a real example."""

    module: str
    function: str
    purpose: str
    example: str
    exit_codes: str = ""


EXIT_CODES = "Exit codes: 0 found, 1 nothing found, 2 usage or an input that failed, 130 interrupted."

COMMANDS: dict[str, Entry] = {
    "show": Entry(
        "show",
        "show",
        "Show the metrics of reports: every figure with its name, kind, status and place.",
        "dreport show --section 5",
    ),
    "sections": Entry(
        "sections",
        "sections",
        "List the sections of reports: label, heading, size and number of metrics.",
        "dreport sections",
    ),
    "summary": Entry(
        "summary",
        "summary",
        "Say what each section of a report is about: heading, topics, key figures.",
        "dreport summary --section 5",
    ),
    "search": Entry(
        "search",
        "search",
        "Search reports for terms and show each hit in its sentence.",
        "dreport search 海洋经济 -e 停车泊位",
    ),
    "keywords": Entry(
        "keywords",
        "keywords",
        "List the words that mark each section of a report.",
        "dreport keywords --section 5 --top 5",
    ),
    "ledger": Entry(
        "ledger",
        "ledger",
        "Account for every numeral of reports: captured by a metric, excluded for a reason, or unclaimed.",
        "dreport ledger --unclaimed --strict",
        "Exit codes: 0 found, 1 nothing found, 2 usage or an input that failed, 3 unclaimed with --strict, "
        "130 interrupted.",
    ),
    "verify": Entry(
        "verify",
        "verify",
        "Check records against their source: text, span, quote, sentence, amount.",
        "dreport show --json | dreport verify -",
        "Exit codes: 0 every record holds, 1 one does not, 2 usage or a source that failed, 130 interrupted.",
    ),
    "doctor": Entry(
        "doctor",
        "doctor",
        "Check whether files are the reports they claim to be: whole, of that place and year, clean.",
        "dreport doctor --all",
    ),
    "rules": Entry(
        "rules",
        "",
        "List, check, test, explain, profile and propose the rules that recognise indicators.",
        "dreport rules list --area 生态环境",
    ),
    "schema": Entry(
        "schema",
        "schema",
        "Print the JSON Schema of the records: metrics, numerals, checks.",
        "dreport schema --record numeral",
    ),
    "init": Entry(
        "init",
        "init",
        "Write a commented config.yaml and reports/ with samples, to begin your own work.",
        "dreport init my-reports",
    ),
    "add": Entry(
        "add",
        "add",
        "Bring reports, files or web addresses, into a folder as clean text with a header.",
        "dreport add my-reports/reports/dalian-2023.txt --to archive",
    ),
    "config": Entry(
        "config",
        "config",
        "Say which configuration is in force and what it sets.",
        "dreport config",
    ),
}

RULES_COMMANDS: dict[str, Entry] = {
    "list": Entry(
        "rules",
        "list_rules",
        "List the rules in force: key, name, area, unit and where each is defined.",
        "dreport rules list --area 生态环境",
    ),
    "check": Entry(
        "rules",
        "check_rules",
        "Check the rules in force: every fault with its line, every doubt, every example.",
        "dreport rules check",
    ),
    "test": Entry(
        "rules",
        "test_rules",
        "Run the examples of the rules: what each wants, what came, and why.",
        "dreport rules test --area 生态环境",
    ),
    "explain": Entry(
        "explaining",
        "explain",
        "Explain why a rule knows a figure or does not, step by step.",
        "dreport rules explain parking_spaces_new 新增停车泊位4万个",
    ),
    "profile": Entry(
        "profiling",
        "profile",
        "Profile the rules over reports: hits, time, rivals, rules without a hit.",
        "dreport rules profile --limit 5",
    ),
    "suggest": Entry(
        "proposing",
        "suggest",
        "Suggest indicators: the commonest names that no rule knows.",
        "dreport rules suggest --least 1 --top 5",
    ),
    "new": Entry(
        "proposing",
        "new",
        "Propose a rule for a name, with examples from your report.",
        "dreport rules new 海域面积 --key sea_area_cleared",
    ),
}

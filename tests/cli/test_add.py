"""`dreport add`: files and web addresses become clean text with a header; nothing is replaced unasked."""

from __future__ import annotations

import gzip
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from dalian_report.sources import fetching
from dalian_report.sources.frontmatter import find_front_matter
from tests.doctor.reports import WHOLE
from tests.sources.makers import REPORT, as_csv, as_html, as_pdf

Run = Callable[..., Any]
PAGE = [*WHOLE.split("\n")]


class Handler(BaseHTTPRequestHandler):
    """Pages as the sites of governments serve them, and what goes wrong with them."""

    def do_GET(self) -> None:
        name = self.path.partition("?")[0].strip("/")
        if name in ("hop", "circle"):
            self.send_response(302)
            self.send_header("Location", "/utf8.html" if name == "hop" else "/circle")
            self.end_headers()
            return
        data = {
            "utf8.html": as_html(paragraphs=PAGE),
            "gbk.html": as_html("gbk", PAGE),
            "bare": as_html("gbk", PAGE).replace(b"charset=gbk", b""),
            "report.pdf": as_pdf(),
            "gone": as_html(paragraphs=["页面不存在", "您访问的页面已经删除。"]),
            "short": as_html(paragraphs=PAGE),
            "open": as_html(paragraphs=PAGE)[:9_000].decode("utf-8", "ignore").encode(),
            "zipped": gzip.compress(as_html(paragraphs=PAGE)),
            "large": bytes(200_000),
        }.get(name)
        if data is None:
            self.send_error(404)
            return
        self.send_response(200)
        charset = "; charset=GBK" if name == "bare" else ""
        kind = "application/pdf" if name.endswith("pdf") else f"text/html{charset}"
        self.send_header("Content-Type", kind)
        if name == "zipped":
            self.send_header("Content-Encoding", "gzip")
        if name != "open":
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data[: len(data) // 2] if name == "short" else data)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A web server of our own; gives its address."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture(autouse=True)
def direct(monkeypatch: pytest.MonkeyPatch) -> None:
    """Go to that server directly, whatever the environment says of proxies."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "*")


def added(folder: Path, name: str) -> tuple[dict[str, Any], str]:
    """Return the header of an added file, as YAML reads it, and the text below."""
    text = (folder / name).read_text(encoding="utf-8")
    front = find_front_matter(text)
    assert front is not None
    values = yaml.safe_load(text[4 : text.index("\n---\n", 4)])
    return values, text[front.end :]


def test_a_file_becomes_clean_text_with_a_header(folder: Path, dreport: Run) -> None:
    (folder / "page.html").write_bytes(as_html("gbk", PAGE))
    code, out, err = dreport("add", "page.html")
    assert (code, out) == (0, "reports/清河市-2023.txt\n")
    assert err == "1 report in reports\n"
    values, text = added(folder, "reports/清河市-2023.txt")
    assert text == WHOLE + "\n"
    assert values["title"] == REPORT[0]
    assert values["region"] == "清河市"
    assert str(values["date"]) == "2024-01-16"
    assert values["source"] == "page.html"
    assert values["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert not list((folder / "reports").glob(".*"))


def test_what_was_added_gives_the_same_metrics(folder: Path, dreport: Run) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    dreport("add", "plain.txt", "--to", "new")
    kept = ("name", "value", "unit", "kind", "status", "section_path", "region", "year", "report", "sentence")

    def records(path: str) -> list[tuple[object, ...]]:
        lines = dreport("show", path, "-f", "jsonl").out.splitlines()
        return [tuple(record[key] for key in kept) for record in map(json.loads, lines)]

    assert records("plain.txt") == records("new/清河市-2023.txt")
    assert len(records("plain.txt")) > 40
    assert dreport("doctor", "new").code == 0


def test_the_header_can_be_mended_by_hand(folder: Path, dreport: Run) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    dreport("add", "plain.txt", "--region", "大连市", "--year", "2021", "--title", "报告: 一", "--to", "new")
    values, _ = added(folder, "new/大连市-2021.txt")
    assert (values["region"], str(values["year"]), values["title"]) == ("大连市", "2021", "报告: 一")
    record = json.loads(dreport("show", "new", "-f", "jsonl", "--limit", "1").out)
    assert (record["region"], record["year"], record["year_source"]) == ("大连市", 2021, "config")


def test_a_year_that_does_not_fit_is_told(folder: Path, dreport: Run) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    told = dreport("add", "plain.txt", "--to", "new", "--year", "2010").err
    assert "warning year-conflict: its table or header says 2010, the text reviews 2023" in told
    assert "year-conflict" not in dreport("add", "plain.txt", "--to", "new", "--year", "2023").err


def test_nothing_is_replaced_unasked(folder: Path, dreport: Run) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    place = folder / "reports" / "清河市-2023.txt"
    place.write_text("mine", encoding="utf-8")
    code, out, err = dreport("add", "plain.txt")
    assert (code, out, place.read_text(encoding="utf-8")) == (2, "", "mine")
    said = "there already. Replace it with --force, or name another: --name."
    assert err == f"dreport: reports/清河市-2023.txt: {said}\n"
    assert dreport("add", "plain.txt", "--name", "other").code == 0
    assert (folder / "reports" / "other.txt").exists()
    assert dreport("add", "plain.txt", "--force").code == 0
    again = dreport("add", "plain.txt")
    assert (again.code, "there already, unchanged" in again.err) == (0, True)
    assert sorted(path.name for path in place.parent.iterdir()) == ["a.txt", "other.txt", "清河市-2023.txt"]


@pytest.mark.parametrize(
    "name", ["../escape", "../../escape", "x/y", "/x", "..", ".x", "a\\b", "", " ", "大" * 90]
)
def test_a_name_is_no_path(folder: Path, dreport: Run, name: str) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    code, out, err = dreport("add", "plain.txt", "--to", "new/er", "--name", name)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("dreport: --name: no plain name of a file.")
    assert not (folder / "new").exists()
    assert not (folder / "escape.txt").exists()


@pytest.mark.parametrize(
    ("name", "written"),
    [("foo.docx", "foo.docx.txt"), ("v1.2", "v1.2.txt"), ("a.md", "a.md"), ("a", "a.txt")],
)
def test_text_is_called_text(folder: Path, dreport: Run, name: str, written: str) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    assert dreport("add", "plain.txt", "--to", "new", "--name", name).out == f"new/{written}\n"


@pytest.mark.parametrize("title", ["../../escape", "..", "/etc/x", "C:\\x", "a\0b", "...hidden"])
def test_what_a_title_says_stays_in_the_folder(folder: Path, dreport: Run, title: str) -> None:
    (folder / "x").mkdir()
    (folder / "x" / "plain.txt").write_text("工作汇报\n\n一、概况\n\n完成造林2万亩。\n", encoding="utf-8")
    code, out, _ = dreport("add", "x/plain.txt", "--to", "new/er", "--title", title)
    assert code == 1
    (written,) = (folder / "new" / "er").iterdir()
    assert out == f"new/er/{written.name}\n"
    assert written.suffix == ".txt"
    assert not written.name.startswith(".")


def test_tables_give_a_file_a_row_and_failures_are_counted(folder: Path, dreport: Run) -> None:
    (folder / "t.csv").write_bytes(as_csv() + "大连市,2022,大连市政府工作报告,\n".encode())
    code, out, err = dreport("add", "t.csv", "none.txt", "--to", "new")
    assert (code, out) == (2, "new/清河市-2023.txt\n")
    assert "dreport: t.csv#3: holds no text." in err
    assert "dreport: none.txt: no such file." in err
    assert "new/清河市-2023.txt: error too-short" in err
    assert err.endswith("dreport: 2 of 3 inputs failed.\n")
    assert dreport("add", "t.csv#2", "--to", "more").code == 1
    assert added(folder, "more/清河市-2023.txt")[0]["source"] == "t.csv#2"


def test_failures_are_counted_against_reports(folder: Path, dreport: Run) -> None:
    bad = "大连市,2022,大连市政府工作报告,\n".encode()
    (folder / "t.csv").write_bytes(as_csv() + bad * 3)
    assert dreport("add", "t.csv", "--to", "new").err.endswith("dreport: 3 of 4 inputs failed.\n")


def test_two_reports_do_not_take_one_name(folder: Path, dreport: Run) -> None:
    (folder / "a.txt").write_text(WHOLE, encoding="utf-8")
    (folder / "b.txt").write_text(WHOLE + "\n附件\n附件的一段。", encoding="utf-8")
    code, out, err = dreport("add", "a.txt", "b.txt", "--to", "new")
    assert (code, out) == (2, "new/清河市-2023.txt\n")
    assert "there already" in err
    code, _, err = dreport("add", "a.txt", "b.txt", "--to", "one", "--name", "x")
    assert (code, "--name is for one report" in err) == (2, True)


@pytest.mark.parametrize("name", ["utf8.html", "gbk.html", "bare", "hop", "zipped", "utf8.html?id=1#top"])
def test_web_addresses(folder: Path, dreport: Run, server: str, name: str) -> None:
    code, out, err = dreport("add", f"{server}/{name}", "--to", "new")
    assert (code, out) == (0, "new/清河市-2023.txt\n"), err
    values, text = added(folder, "new/清河市-2023.txt")
    assert text == WHOLE + "\n"
    address = name.partition("#")[0].replace("hop", "utf8.html")
    assert values["source"] == f"{server}/{address}"


def test_a_pdf_at_an_address(folder: Path, dreport: Run, server: str) -> None:
    assert dreport("add", f"{server}/report.pdf", "--to", "new").code == 1  # it is short
    assert added(folder, "new/清河市-2023.txt")[1] == "\n".join(REPORT) + "\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none", "the server does not give it (404 Not Found)."),
        ("circle", "is redirected in a circle"),
        ("short", "the answer is cut off"),
        ("large", "too large (more than 0 MiB)."),
    ],
)
def test_what_goes_wrong_at_an_address_is_one_line(
    folder: Path, dreport: Run, server: str, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    if name == "large":
        monkeypatch.setattr(fetching, "MAX_BYTES", 100_000)
    code, out, err = dreport("add", f"{server}/{name}", "--to", "new")
    assert (code, out) == (2, "")
    assert err.startswith(f"dreport: {server}/{name}: {said}")
    assert err.count("\n") == 1
    assert not (folder / "new").exists()


def test_a_page_that_holds_no_report_is_told_by_the_exit_code(
    folder: Path, dreport: Run, server: str
) -> None:
    code, out, err = dreport("add", f"{server}/gone", "--to", "new")
    assert (code, out.startswith("new/"), "error too-short" in err) == (1, True, True)
    assert dreport("doctor", "new").code == 1


def test_a_body_that_ends_early_is_told(folder: Path, dreport: Run, server: str) -> None:
    code, _, err = dreport("add", f"{server}/open", "--to", "new")
    assert (code, "may have been cut off" in err, "error truncated" in err) == (1, True, True)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9/x", "cannot be reached"),
        ("http://no-such-host.invalid/x", "cannot be reached"),
        ("http://", "no address that can be fetched"),
        ("https://[::1/x", "no address that can be fetched"),
    ],
)
def test_no_network_is_one_clear_line(folder: Path, dreport: Run, address: str, said: str) -> None:
    code, out, err = dreport("add", address, "--to", "new")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks5://127.0.0.1:1"),
        ("HTTP_PROXY", "foo://127.0.0.1:1"),
        ("HTTP_PROXY", "http://[::1"),
        ("SSL_CERT_FILE", "/none.pem"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_one_clear_line(
    folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.delenv("NO_PROXY")
    monkeypatch.setenv(name, value)
    code, out, err = dreport("add", "http://127.0.0.1:9/x", "--to", "new")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "internal" not in err
    assert err.startswith("dreport: http://127.0.0.1:9/x: ")


def test_without_the_library_it_says_what_to_install(
    folder: Path, dreport: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "httpx", None)
    assert dreport("add", "http://a/b").err.endswith("Install it: pip install 'dreport[web]'\n")


def test_where_it_cannot_be_written(folder: Path, dreport: Run) -> None:
    (folder / "plain.txt").write_text(WHOLE, encoding="utf-8")
    assert dreport("add", "plain.txt", "--to", "config.yaml") == (
        2,
        "",
        "dreport: config.yaml: is a file, not a folder.\n",
    )
    code, out, err = dreport("add", "plain.txt", "--to", "config.yaml/below")
    assert (code, out, "cannot be written" in err) == (2, "", True)

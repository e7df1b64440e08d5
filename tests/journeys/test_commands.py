"""The commands as a person runs them: processes, pipes, and exit codes, with the shipped model."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = """ date 2021-03-14 The council of Larkmouth has put off its vote on the new sea wall.

“We cannot wait another winter,” said Tom Okafor, who runs the fish market in Larkmouth. He said that \
the town had lost two boats since March.

Mayor Elena Marsh told the Harbour Post that the wall would cost “more than we have”.
"""

Runner = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def scholion(tmp_path: Path) -> Runner:
    """Run main.py with its data in the test's folder."""

    def run(*arguments: str | Path, input: str = "", data: bool = True) -> subprocess.CompletedProcess[str]:
        place = ("--data-dir", tmp_path / "data") if data else ()
        return subprocess.run(
            [sys.executable, ROOT / "main.py", *place, *arguments],
            cwd=tmp_path,
            input=input,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "wall 🙂.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.mark.model
def test_a_folder_is_analysed(scholion: Runner, article: Path) -> None:
    done = scholion("analyze", "--format", "json", article.parent)
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["date"] == "2021-03-14"
    assert "date 2021" not in found["text"]
    people = {each["name"] for each in found["entities"] if each["label"] == "PERSON"}
    assert {"Tom Okafor", "Elena Marsh"} <= people
    said = [quote for quote in found["quotes"] if quote["speaker"] == "Tom Okafor"]
    assert "We cannot wait another winter" in " ".join(
        found["text"][start:end] for quote in said for start, end in quote["content"]
    )
    for each in found["entities"]:
        assert found["text"][each["start"] : each["end"]] == each["text"]


@pytest.mark.model
def test_rows_go_in_and_come_out_in_order(scholion: Runner) -> None:
    rows = [json.dumps({"id": n, "text": ARTICLE * n}) for n in range(3)]
    done = scholion("analyze", "--jsonl", "-", input="\n".join([*rows, "nonsense"]))
    assert done.returncode == 1
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [0, 1, 2]
    assert "Line 4" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.model
def test_a_report_is_written_and_nothing_else(scholion: Runner, article: Path) -> None:
    before = article.read_bytes()
    done = scholion("report", article, "-o", "out.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "Tom Okafor" in (article.parent / "out.html").read_text(encoding="utf-8")
    assert article.read_bytes() == before
    assert {path.name for path in article.parent.iterdir()} == {article.name, "out.html"}


def test_bad_files_are_told_each_in_a_sentence(scholion: Runner, tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "empty.txt").write_bytes(b"")
    done = scholion("analyze", "binary.txt", "empty.txt", "gone\n.txt")
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) >= 3
    assert "Traceback" not in done.stderr


def test_versions_come_without_a_window(scholion: Runner) -> None:
    done = scholion("--version", data=False)
    assert done.returncode == 0
    assert done.stdout.startswith("Scholion 0.")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_the_commands_are_named(tmp_path: Path) -> None:
    plain = {
        k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    command = [sys.executable, ROOT / "main.py", "--temp-data"]
    done = subprocess.run(command, env=plain, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no screen" in done.stderr
    assert "main.py analyze FILE" in done.stderr


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_a_reader_that_has_enough_and_ctrl_c_end_it_quietly(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "main.py", "--temp-data", "analyze", "--jsonl", "-"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    row = json.dumps({"id": 1, "text": "Ada Quill said no."}).encode() + b"\n"
    for end in (signal.SIGINT, None):
        with subprocess.Popen(command, **pipes) as process:  # type: ignore[call-overload]
            process.stdin.write(row)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == 1, "a row is answered before the next comes"
            if end:
                process.send_signal(end)
            else:
                process.stdout.close()
                process.stdin.write(row)
                process.stdin.close()
            assert process.stderr.read() == b""
            assert process.wait() == (130 if end else 1)

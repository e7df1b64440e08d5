"""Importing as a person runs it: killed at any moment and begun again, it ends with the same library."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.library import Library
from reader.paths import paths_in

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "tests" / "reader" / "importer.py"
needs_kill = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
PEOPLE = ("Ada Quill", "Tom Okafor", "Elena Marsh", "Bo Lindqvist", "Ines Prado")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(24):
        who = PEOPLE[number % len(PEOPLE)]
        (folder / f"{number:02}.txt").write_text(
            f"The harbour of Larkmouth, part {number}\n\n“We cannot wait for winter {number},” said {who},"
            f" who runs the fish market in Larkmouth.\n\n{who.split()[1]} said that the town had lost"
            f" {number + 2} boats since March.\n",
            encoding="utf-8",
        )
    (folder / "24.txt").write_bytes(b"")
    return folder


def command(data: Path, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, PROGRAM, "--data-dir", data, "import", *arguments]


def imported(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(data, *arguments), env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )


def state(data: Path) -> list[tuple[object, ...]]:
    """Return everything in a library that does not depend on the time of day."""
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    try:
        assert library._store.row("pragma integrity_check") == ("ok",)
        found = []
        for entry in library.entries(order="added"):
            document = library.document(entry.id)
            assert document is not None
            analysis = library.analysis(entry.id, text_hash=document.text_hash)
            found.append((entry.id, entry.title, document, analysis))
        return sorted(found, key=lambda each: each[0])
    finally:
        library.close()


def killed_on_the_way(data: Path, *arguments: str | Path, after: float) -> bool:
    """Begin to import, and kill the program after some seconds; tell whether it was still at work."""
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command(data, *arguments), env=ENVIRONMENT, **pipes) as process:
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
    return process.returncode == -signal.SIGKILL


@needs_kill
@pytest.mark.parametrize(
    ("options", "kills"),
    [
        pytest.param(("--no-analysis",), 6, id="reading"),
        pytest.param((), 4, id="analysing", marks=(pytest.mark.model, pytest.mark.slow)),
    ],
)
def test_killed_at_any_moment_and_begun_again_it_ends_with_the_same_library(
    articles: Path, tmp_path: Path, options: tuple[str, ...], kills: int
) -> None:
    undisturbed, disturbed = tmp_path / "undisturbed", tmp_path / "disturbed"
    begun = time.monotonic()
    done = imported(undisturbed, *options, articles)
    took = time.monotonic() - begun
    assert done.returncode == 1, done.stderr
    assert "24 new, 1 refused" in done.stdout
    rng = random.Random(7)
    hit = [
        killed_on_the_way(disturbed, *options, articles, after=rng.uniform(0.3, 0.9) * took)
        for _ in range(kills)
    ]
    assert any(hit), "none was killed in time"
    assert imported(disturbed, *options, articles).returncode == 1
    expected = state(undisturbed)
    assert [each[3] is not None for each in expected] == [not options] * 24
    assert state(disturbed) == expected


@pytest.mark.model
@pytest.mark.skipif(os.name != "posix", reason="needs signals")
def test_ctrl_c_ends_it_in_order_and_tells_how_far_it_was(articles: Path, tmp_path: Path) -> None:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "encoding": "utf-8"}
    wanted = command(tmp_path / "data", "--json", articles)
    with subprocess.Popen(wanted, env=ENVIRONMENT, start_new_session=True, **pipes) as process:
        assert process.stdout and process.stderr
        rows = [json.loads(process.stdout.readline()) for _ in range(25)]
        # The whole group hears of it, as in a terminal; what is read is in, and the model is being loaded.
        os.killpg(process.pid, signal.SIGINT)
        (summary,) = [json.loads(line) for line in process.stdout]
        told = process.stderr.read()
        assert process.wait() == 130
    assert [row["outcome"] for row in rows] == ["new"] * 24 + ["refused"]
    assert summary["new"] == 24 and summary["analysed"] < 24
    assert (
        told
        == "Stopped before the end. What is in the library stays there; the same command does the rest.\n"
    )
    assert len(state(tmp_path / "data")) == 24

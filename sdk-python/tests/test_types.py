"""What a type checker accepts and refuses; the control that the annotations mean something."""

from __future__ import annotations

from pathlib import Path

import pytest
from mypy import api

HEAD = """
from antiphon import AntiphonClient, CompletionFinished, CompletionTextDelta, MessageInput
client = AntiphonClient(api_key="key-1")
"""


def check(source: str, directory: Path) -> list[str]:
    """The messages of mypy, without their places."""
    path = directory / "sample.py"
    path.write_text(HEAD + source)
    output, _errors, _status = api.run(["--strict", "--no-error-summary", "--cache-dir", str(directory / "cache"), str(path)])
    return [line.split(" error: ", 1)[1].rsplit("  [", 1)[1].rstrip("]") for line in output.splitlines() if " error: " in line]


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        ('message: MessageInput = {"user": {"content": {"text": "a"}}}', []),
        ('message: MessageInput = {"user": {"content": {"text": "a"}}, "system": {"content": {"text": "b"}}}', ["assignment"]),
        ("message: MessageInput = {}", ["assignment"]),
        ('client.completions(filter={"status": "SETTLED"})', []),
        ('client.completions(filter={"status": "DONE"})', ["arg-type"]),
        ("client.completion()", ["call-arg"]),
        ('client.completion(id="x").id', ["union-attr"]),
        (
            """
for event in client.completion_stream(input={"model": "m", "messages": []}):
    match event:
        case CompletionTextDelta():
            print(event.text)
        case CompletionFinished():
            print(event.completion.id, event.text)
        case _:
            pass
""",
            ["attr-defined"],
        ),
    ],
)
def test_mypy_accepts_what_fits_the_contract_and_nothing_else(source: str, kinds: list[str], tmp_path: Path) -> None:
    assert check(source, tmp_path) == kinds

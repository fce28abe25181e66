from __future__ import annotations

import tomllib
from pathlib import Path

import antiphon
from antiphon._errors import _CLASS_BY_CODE  # pyright: ignore[reportPrivateUsage]
from antiphon._event_stream import EventStreamParser, ServerSentEvent


def test_everything_exported_is_there_once() -> None:
    names: list[str] = vars(antiphon)["__all__"]
    assert [name for name in names if not hasattr(antiphon, name)] == []
    assert len(set(names)) == len(names)


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())
    assert project["project"]["version"] == antiphon.__version__


def test_each_exception_of_the_tree_stands_for_a_code() -> None:
    tree = {kind for kind in antiphon.AntiphonError.__subclasses__()}
    assert tree == {*_CLASS_BY_CODE.values(), antiphon.InternalServerError}


def test_an_event_stream_is_read_the_same_wherever_its_chunks_are_cut() -> None:
    text = ": hello\r\n\r\nevent: next\r\ndata: {\"a\":\"ü\"}\r\n\r\nevent:next\ndata:one\ndata: two\nid: 7\n\nevent: complete\ndata:\r\rdata: left over"
    stream = text.encode()
    expected = [ServerSentEvent("next", '{"a":"ü"}'), ServerSentEvent("next", "one\ntwo"), ServerSentEvent("complete", "")]
    for size in range(1, len(stream) + 1):
        parser = EventStreamParser()
        events = [event for start in range(0, len(stream), size) for event in parser.feed(stream[start : start + size])]
        assert events == expected, f"chunks of {size}"

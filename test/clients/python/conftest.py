"""Writes how each test went as a line of JSON to the file that ANTIPHON_TEST_RESULTS names, for the suite that started this one."""

import json
import os

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    path = os.environ.get("ANTIPHON_TEST_RESULTS")
    if path and (report.when == "call" or not report.passed):
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        line = {
            "scenario": item.function.__name__.removeprefix("test_"),
            "client": parameters.get("name"),
            "wire": parameters.get("wire"),
            "outcome": report.outcome,
            "message": report.longreprtext[-4000:],
        }
        with open(path, "a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
    return report

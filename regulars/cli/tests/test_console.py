"""Where words go: results to stdout, and all else to stderr."""

import json
from typing import Any

import pytest
from rich.table import Table

from regulars.cli.console import Misused, Refused, answer, progress, refusing, say, show, waiting


def test_results_go_to_stdout_and_nothing_else_does(capsys):
    with progress("counting") as tell, waiting("thinking"):
        tell(1, 2, "counting")
    say("a remark")
    show("[bold] as it stands :smile:")
    said = capsys.readouterr()
    assert said.out == "[bold] as it stands :smile:\n"
    assert "a remark" in said.err


def test_a_table_in_a_pipe_is_not_squeezed(capsys):
    table = Table(box=None, show_header=False)
    table.add_row("x" * 70, "y" * 70)
    show(table)
    assert "y" * 70 in capsys.readouterr().out


def test_what_machines_read_is_json(capsys):
    answer({"name": "大卫"})
    said = capsys.readouterr().out
    assert json.loads(said) == {"name": "大卫"}
    assert "大卫" in said


@pytest.mark.parametrize(("kind", "code"), [(Refused, 1), (Misused, 2)])
def test_a_refusal_knows_its_exit_code(kind: Any, code: int):
    with pytest.raises(kind, match="no such thing") as refused, refusing(LookupError, by=kind):
        raise LookupError("no such thing")
    assert refused.value.exit_code == code

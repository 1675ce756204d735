"""Every command: 0 when it went well, 1 when it was refused, 2 when its words are wrong.

A refusal is one sentence on stderr and nothing on stdout; a result is on stdout, and with --json
it is JSON and nothing else.
"""

import json
import random
import shlex
import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from typer.main import get_command

from regulars.cli.main import commands, main
from regulars.cli.words import WORDS
from regulars.differentiate.segments.public import make_segment
from regulars.identify.intake.public import Import
from regulars.identify.timeline import readers
from regulars.identify.timeline.public import Start, reader
from regulars.work import rota
from tests.people import make_order

BOUGHT = {"version": 1, "match": {"condition": "orders", "about": "orders", "is": "at_least",
          "value": 1}}  # fmt: skip
STAYING = {"serve", "worker", "demo", "manage"}  # end when they are told to, or speak for others

# In order: an import is there to be undone, a person to be given a password.
WELL = """
import orders {folder}/orders.csv --brand kiosk --timezone UTC --currency EUR
import customers {folder}/people.csv --brand kiosk
import products {folder}/teas.csv --brand kiosk
import list --brand kiosk
import undo {first}
simulate --size 30 --years 0.5 --to {folder}/files
metrics --brand teahouse
explore --brand teahouse --measure orders
export customers --brand teahouse --out {folder}/all.csv
lake status
lake catch-up
lake rebuild
lake compact
lake erase 4711
segment list --brand teahouse
segment lists --brand teahouse
segment count --brand teahouse --segment Buyers
segment members --brand teahouse --segment Buyers
segment explain {alice} --brand teahouse --segment Buyers
segment upload {folder}/guests.txt --brand teahouse --name {new}
segment schema
timeline readers
timeline read
timeline replay count --from beginning
timeline retry count
user list
user add ida@regulars.test --role owner
user password ida@regulars.test
value fit {folder}/log.csv --customer id --date day --model mbg-nbd
value predict {folder}/log.csv --customer id --date day --out {folder}/scores.csv
verify --only timeline
""".strip().splitlines()
BROKEN_OFF = {"import finish"}  # goes well only where something did not
WITHOUT_JSON = {"segment schema"}  # is JSON by nature

REFUSED = """
import orders {folder}/teas.csv --brand teahouse
import orders {folder}/empty.csv --brand teahouse
import list --brand nowhere
import undo 999
import finish 999
metrics --brand nowhere
explore --brand nowhere --measure orders
export customers --brand nowhere --out {folder}/all.csv
export customers --brand teahouse --out {folder}/nowhere/all.csv
simulate --to {folder}/empty.csv/below --size 5
segment count --brand nowhere --segment Buyers
segment count --brand teahouse --segment Nobody
segment members --brand teahouse --segment Nobody
segment explain cus_nobody --brand teahouse --segment Buyers
segment list --brand nowhere
segment lists --brand nowhere
segment schema --brand nowhere
segment upload {folder}/binary --brand teahouse --name Odd
user add ida@regulars.test --role owner --brand nowhere
user add ida@regulars.test --role owner --brand teahouse --branch nowhere
user password nobody@regulars.test
value fit {folder}/empty.csv --customer id --date day
value fit {folder}/log.csv --customer nobody --date day
value predict {folder}/log.csv --customer id --date day --out {folder}/nowhere/scores.csv
""".strip().splitlines()

WRONG = """
nothing
import orders {folder}/nowhere.csv --brand teahouse
import orders {folder}/orders.csv --brand teahouse --preset nothing
import orders {folder}/orders.csv --brand teahouse --timezone Mars/Olympus
import orders {folder}/orders.csv --brand teahouse --map order
import orders {folder}/orders.csv --brand teahouse --map nothing=Order
import orders {folder}/orders.csv --brand teahouse --dates never
import orders {folder}/orders.csv --brand tea.house
import customers {folder}/people.csv
import products {folder}/teas.csv --brand teahouse --decimal dot
import list
import undo twelve
import finish twelve
simulate --brand nowhere
simulate --size none
simulate --csv --size 5
simulate --until 2999-01-01
metrics
metrics --brand teahouse --as-of yesterday
metrics --brand teahouse --as-of 2999-01-01
explore --brand teahouse --measure nothing
explore --brand teahouse --measure orders --by nothing
explore --brand teahouse --measure orders --from yesterday
export customers --brand teahouse --out {folder}/all.pdf
export customers --brand teahouse --out {folder}/all.csv --as-of 2999-01-01
lake erase alice
lake nothing
segment count --brand teahouse
segment count --brand teahouse --tree nonsense
segment members --brand teahouse --tree @{folder}/nowhere.json
segment explain --brand teahouse
segment upload {folder}/nowhere.txt --brand teahouse --name Odd
timeline replay nobody --from beginning
timeline replay count --from yesterday
timeline retry nobody
user add nonsense --role owner
user add ida@regulars.test --role king
user add ida@regulars.test --role owner --language xx
user add ida@regulars.test --role owner --branch soho
user password nonsense
value fit {folder}/nowhere.csv --customer id --date day
value fit {folder}/log.csv --customer id --date day --model nothing
value fit {folder}/log.csv --customer id --date day --occasion nothing
value predict {folder}/log.csv --customer id --date day --out {folder}/scores.pdf
verify --only nothing
segment list
segment lists
segment schema --brand
serve --port 99999
worker --tasks -1
demo --port none
manage
""".strip().splitlines()

Said = tuple[int, str, str]
Run = Callable[[str], Said]


@pytest.fixture
def run(monkeypatch: Any, capsys: Any, lake: Any, teahouse: Any, alice: Any, dan: Any) -> Run:
    """Give a function that says a line to the command, in a shop where Alice bought something."""
    monkeypatch.setattr(readers, "_readers", {})
    monkeypatch.setattr(rota, "_duties", {})
    reader("count", kinds=None, start=Start.FROM_THE_BEGINNING, replayable=True)(lambda _: None)
    make_order(brand=teahouse, customer=alice)
    make_segment(brand=teahouse, name="Buyers", tree=BOUGHT, by=dan, now=alice.created_at)
    folder = _files(lake.parent / "files to read")
    names = {"folder": f"'{folder}'", "alice": alice.public_id}

    def said(line: str, *more: str) -> Said:
        first = Import.objects.order_by("pk").values_list("pk", flat=True).first()
        words = shlex.split(line.format(**names, first=first, new=f"List{len(more)}"))
        monkeypatch.setattr(sys, "argv", ["regulars", *words, *more])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    return said


def _files(folder: Any) -> Any:
    folder.mkdir()
    head = "order_id,date,customer_id,sku,quantity,price"
    (folder / "orders.csv").write_text(f"{head}\n1,2026-03-01,alice,tea,1,4.50\n")
    (folder / "people.csv").write_text("email,name\nbob@mail.test,Bob\n")
    (folder / "teas.csv").write_text("sku,name,price\nA,Tea,4.50\n")
    (folder / "guests.txt").write_text("alice@mail.test\n")
    (folder / "empty.csv").write_text("")
    (folder / "binary").write_bytes(bytes(range(256)) * 8)
    chance = random.Random(1)
    days = ["id,day"]
    for person in range(200):
        rate, leaving = chance.gammavariate(0.8, 0.02), chance.betavariate(0.8, 2.4)
        day = date(2025, 1, 1 + person % 28)
        while day < date(2026, 1, 1):
            days.append(f"{person},{day}")
            if chance.random() < leaving:
                break
            day += timedelta(days=1 + int(chance.expovariate(rate)))
    (folder / "log.csv").write_text("\n".join(days))
    return folder


def test_what_goes_well_ends_with_zero_and_a_result_on_stdout(run: Run) -> None:
    for line in WELL:
        code, out, err = run(line)
        assert (code, bool(out)) == (0, True), f"{line}\n{out}{err}"
    for line in (line for line in WELL if line not in WITHOUT_JSON):
        code, out, err = run(line, "--json")
        assert code == (1 if line == "import undo {first}" else 0), f"{line}\n{out}{err}"
        if code == 0:
            json.loads(out)


@pytest.mark.parametrize(
    ("lines", "expected"), [(REFUSED, 1), (WRONG, 2)], ids=["refused", "wrong"]
)
def test_what_does_not_go_says_why_on_stderr(run: Run, lines: list[str], expected: int) -> None:
    odd = []
    for line in lines:
        code, out, err = run(line)
        if (code, out) != (expected, "") or not err.strip() or "Traceback" in err or "Errno" in err:
            odd.append(f"{line}\n  → {code} {out}{err}")
    assert not odd, "\n".join(odd)


def test_every_command_is_tried() -> None:
    for name, command in _leaves():
        takes_words = any(not getattr(one, "is_flag", False) for one in command.params)
        apart = name.split()[0] in STAYING or name in BROKEN_OFF
        assert apart or any(line.startswith(name) for line in WELL), name
        assert not takes_words or any(line.startswith(name) for line in WRONG), name


def _leaves() -> Iterator[tuple[str, Any]]:
    group: Any = get_command(commands(ready=WORDS))
    for name, command in group.commands.items():
        below = getattr(command, "commands", None)
        if below is None:
            yield name, command
        else:
            yield from ((f"{name} {one}", leaf) for one, leaf in below.items())

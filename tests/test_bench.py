"""Measurements still fit what they measure, tried on next to nothing; what they find is no matter.

Left out is what only starts our own commands, which have tests of their own (``start``,
``simulate``, the mirror's rate and lag), and peers from the package index (lifetimes).
"""

import importlib
import json
import re
import sys
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from bench import __main__ as bench
from bench import explore, growth, imports, metrics, mirror, readers, searching, segments, value
from bench.written import look_closer, write
from regulars.differentiate.metrics.public import refresh
from regulars.differentiate.segments.tree import read_tree
from regulars.identify.timeline import readers as declared
from regulars.lake.public import catch_up
from regulars.organization.public import Brand
from regulars.simulate.public import SHOPS, simulate, write_files
from tests.cast import make_staff

PEOPLE = 200


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("shop")
    history = simulate(SHOPS["plain"], size=PEOPLE, seed=1, years=1.0, until=date(2026, 1, 1))
    write_files(history, to, csv=True, lake=True, progress=lambda *_: None)
    return to


def test_every_measurement_can_be_loaded():
    for name in set(bench.names()) - bench.APART:
        assert callable(importlib.import_module(f"bench.{name}").measure), name


@pytest.mark.once
def test_explore_answers_the_questions_it_is_measured_by(files: Path):
    assert len(explore.asked(files / "lake")) == len(explore.QUESTIONS)


@pytest.mark.once
def test_metrics_equal_their_peers(files: Path):
    metrics._bare(files / "lake")
    _, cells = metrics._ours(files / "lake")
    assert metrics._pandas(files / "lake", cells) > 0


@pytest.mark.django_db
def test_segments_that_are_measured_are_segments(teahouse: Brand):
    for match in segments.SEGMENTS.values():
        read_tree({"version": 1, "match": match}, brand=teahouse)


@pytest.mark.django_db
def test_segments_are_counted(files: Path, monkeypatch):
    some = dict(list(segments.SEGMENTS.items())[::5])
    monkeypatch.setattr(segments, "TURNS", 1)
    monkeypatch.setattr(segments, "SEGMENTS", some)
    people, events, seconds = segments.at(files / "lake")
    assert (people, events > people, seconds.keys()) == (PEOPLE, True, some.keys())


@pytest.mark.once
@pytest.mark.parametrize("model", ["bg-nbd", "gamma-gamma", "pareto-nbd"])
def test_value_models_fit(model: str):
    customers = value.drawn(PEOPLE)
    _, parameters = value.ours(model, customers)
    assert value.likelier(model, customers, parameters, parameters) == 0.0


@pytest.mark.django_db
def test_searching_finds():
    assert set(searching.fill_and_ask(PEOPLE)) == set(searching._questions(PEOPLE))


def test_pages_of_the_measured_shop_answer(lake: Path, client: Client):
    write(PEOPLE, PEOPLE * growth.ORDERS_EACH, 1)
    catch_up()
    brand = Brand.objects.get(slug="bench")
    refresh(brand=brand, now=timezone.now(), as_of=date(2025, 12, 31))
    look_closer()
    client.force_login(make_staff(email=growth.OWNER, brand=brand))
    listed = client.get("/b/bench/customers/").content.decode()
    person = growth.CUSTOMER.findall(listed)[0]
    segment = growth.SEGMENT.findall(client.get("/b/bench/segments/").content.decode())[0]
    for page in growth.PAGES:
        place = page.format(customer=person, segment=segment)
        assert client.get(f"/b/bench/{place}").status_code == 200, page
    assert mirror.ask(PEOPLE)["top"] > 0


@pytest.mark.parametrize("program", [readers.READ, imports.BY_ROWS])
def test_programs_of_measurements_run(
    program: str, files: Path, transactional_db: None, monkeypatch, capsys
):
    monkeypatch.setattr(declared, "_readers", dict(declared._readers))
    few = imports._first(files / "items.csv", 50)
    monkeypatch.setattr(sys, "argv", ["-c", "50" if program is readers.READ else str(few)])
    exec(program, {"__name__": "measured"})
    assert json.loads(re.findall(r"^{.*}$", capsys.readouterr().out, re.MULTILINE)[-1])

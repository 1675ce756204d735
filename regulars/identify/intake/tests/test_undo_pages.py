"""The way back on the screen."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from regulars.identify.commerce.public import Order
from regulars.identify.intake.models import Import, ImportState
from regulars.identify.intake.public import start_undo
from regulars.identify.intake.tests.conftest import take_in
from regulars.organization.models import AuditEntry, Brand
from regulars.work.models import Task
from regulars.work.public import run_task
from tests.pages import browser

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
FILE = HEADER + (
    "1,OOLONG,Oolong tea,2,2026-03-01 10:00:00,4.50,7,UK\n"
    "2,OOLONG,Oolong tea,2,2026-03-01 10:00:00,4.50,8,UK\n"
    "X,OOLONG,Oolong tea,x,2026-03-03 10:00:00,4.50,7,UK\n"
)
CHANGED = HEADER + "1,OOLONG,Oolong tea,5,2026-03-01 10:00:00,4.50,7,UK\n"


def page(name, imported):
    return reverse(f"intake:{name}", args=[imported.brand.slug, imported.pk])


def test_the_consequence_is_shown_before_the_undo(bring_in, dan):
    first = bring_in(FILE)
    bring_in(CHANGED)

    shown = browser(dan).get(page("undo", first)).content.decode()

    assert "What would go" in shown
    assert "1 order stays" in shown
    assert "1 file was brought in later" in shown
    assert first.state == ImportState.DONE
    assert Order.objects.count() == 2


def test_undo_is_started_with_a_post_and_audited(bring_in, dan):
    first = bring_in(FILE)

    answer = browser(dan).post(page("undo", first))

    assert answer.url == page("import", first)
    first.refresh_from_db()
    assert first.state == ImportState.UNDOING
    entry = AuditEntry.objects.get(action="undo")
    assert (entry.user, entry.subject_kind, entry.subject) == (dan, "import", str(first.pk))
    run_task(Task.objects.get(kind="import-undo"))
    shown = browser(dan).get(page("import", first)).content.decode()
    assert "Orders taken back" in shown
    assert "Undo…" not in shown


def test_while_another_file_comes_in_the_undo_waits(bring_in, dan, teahouse):
    first, other = bring_in(FILE), take_in(teahouse, CHANGED, name="other.csv")
    Import.objects.filter(pk=other.pk).update(state=ImportState.RUNNING)

    answer = browser(dan).post(page("undo", first))

    assert answer.status_code == 409
    assert "other.csv is being brought in" in answer.content.decode()
    first.refresh_from_db()
    assert first.state == ImportState.DONE


def test_while_an_import_is_undone_no_other_is_started(bring_in, dan, teahouse):
    first, other = bring_in(FILE), take_in(teahouse, CHANGED)
    Import.objects.filter(pk=other.pk).update(state=ImportState.CHECKED)
    start_undo(first, by=None, now=timezone.now())

    answer = browser(dan).post(page("run", other))

    assert answer.status_code == 409
    assert "is being undone" in answer.content.decode()
    other.refresh_from_db()
    assert other.state == ImportState.CHECKED


def test_after_its_time_the_way_back_is_closed(bring_in, dan, settings):
    settings.REGULARS_UNDO_DAYS = 0
    first = bring_in(FILE)

    answer = browser(dan).get(page("undo", first))

    assert answer.url == page("import", first)
    assert "Undo…" not in browser(dan).get(page("import", first)).content.decode()


@pytest.mark.parametrize("state", ["failed", "cancelled", "partly"])
def test_an_import_left_half_way_offers_to_go_on(bring_in, dan, state):
    first = bring_in(FILE)
    problem = {"sentence": "OSError: 100% full", "values": {}, "kind": "broke off"}
    problem["sentence"] = problem["sentence"].replace("%", "%%")
    Import.objects.filter(pk=first.pk).update(state=state, problem=problem)

    shown = browser(dan).get(page("import", first)).content.decode()

    assert ("Go on undoing" if state == "partly" else "Go on where it stopped") in shown
    assert "OSError: 100% full" in shown


def test_today_shows_an_import_with_refused_rows_until_its_page_was_seen(bring_in, dan, teahouse):
    first, today = bring_in(FILE), reverse("intake:today_imports", args=[teahouse.slug])
    assert "1 row refused" in browser(dan).get(today).content.decode()
    browser(dan).get(page("import", first))
    assert browser(dan).get(today).content == b""


def test_pages_tell_times_by_the_clock_of_the_brand(bring_in, dan, teahouse):
    Brand.objects.filter(pk=teahouse.pk).update(timezone="Asia/Shanghai")
    imported = bring_in(FILE)
    Import.objects.update(created_at=datetime(2026, 3, 1, 20, 30, tzinfo=UTC))

    for address in ("imports/", f"imports/{imported.pk}/", f"imports/{imported.pk}/undo/"):
        shown = browser(dan).get(f"/b/teahouse/{address}").content.decode()
        assert "2 Mar 2026, 04:30" in shown
        assert "20:30" not in shown

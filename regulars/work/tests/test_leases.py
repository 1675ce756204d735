import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep, time

import pytest
from django.conf import settings
from django.db import connection

from regulars.work.holder import lives_here, new_holder
from regulars.work.keeper import keeping
from regulars.work.leases import BUSY_GRACE, take
from regulars.work.models import Lease
from regulars.work.public import LeaseLost, lease
from regulars.work.pulse import Pulse

PAST = datetime.now(UTC) - timedelta(minutes=1)
ELSEWHERE = "elsewhere:abc:1@1:ff"


@pytest.mark.django_db
def test_one_holds_a_lease_and_the_next_gets_it_afterwards():
    with lease("mirror") as held:
        assert held
        with lease("mirror") as second:
            assert second is None
        with lease("another") as other:
            assert other
    with lease("mirror") as held:
        assert held


@pytest.mark.django_db
def test_a_lease_is_given_back_when_the_work_fails():
    with pytest.raises(ZeroDivisionError), lease("mirror"):
        raise ZeroDivisionError
    assert take("mirror", seconds=30)


@pytest.mark.django_db
def test_an_expired_lease_is_taken_over_and_its_holder_told():
    with lease("mirror") as held:
        Lease.objects.update(holder=ELSEWHERE, expires_at=PAST)
        assert take("mirror", seconds=30)
        with pytest.raises(LeaseLost):
            held.renew()
        with pytest.raises(LeaseLost):
            held.check()
    assert not take("mirror", seconds=30)


@pytest.mark.django_db
def test_a_lease_that_could_not_be_renewed_in_time_counts_as_lost(monkeypatch):
    held = take("mirror", seconds=30)
    held.check()
    later = monotonic() + 31 + BUSY_GRACE.total_seconds() * (connection.vendor == "sqlite")
    monkeypatch.setattr("regulars.work.leases.monotonic", lambda: later)
    with pytest.raises(LeaseLost):
        held.check()


@pytest.mark.django_db
def test_a_lease_of_another_machine_is_respected_until_it_expires():
    Lease.objects.create(duty="mirror", holder=ELSEWHERE, expires_at=PAST + timedelta(minutes=5))
    assert take("mirror", seconds=30) is None


@pytest.mark.django_db
def test_a_lease_of_a_dead_process_of_this_machine_is_taken_at_once():
    assert take("mirror", seconds=30)
    assert take("mirror", seconds=30) is None
    Lease.objects.update(holder=new_holder().replace("@", "@9"))
    assert take("mirror", seconds=30)


@pytest.mark.django_db
def test_on_sqlite_a_living_process_may_be_late_because_it_writes():
    assert take("mirror", seconds=30)
    Lease.objects.update(expires_at=PAST)
    assert (take("mirror", seconds=30) is None) == (connection.vendor == "sqlite")


@pytest.mark.django_db
def test_what_a_hung_process_holds_is_taken_once_it_has_expired(monkeypatch):
    monkeypatch.setattr("regulars.work.pulse.STALE", -1.0)
    assert take("mirror", seconds=30)
    assert take("mirror", seconds=30) is None
    Lease.objects.update(expires_at=PAST)
    assert take("mirror", seconds=30)


@pytest.mark.django_db
def test_who_was_hung_beyond_the_expiry_counts_its_lease_as_lost(monkeypatch):
    mine = Pulse()
    mine.begin("mine")
    monkeypatch.setattr("regulars.work.leases.pulse", mine)
    held = take("mirror", seconds=30)
    late, hung = monotonic() + 40, time() + 40
    monkeypatch.setattr("regulars.work.leases.monotonic", lambda: late)
    if connection.vendor == "sqlite":
        held.check()
    monkeypatch.setattr("regulars.work.pulse.time.time", lambda: hung)
    with pytest.raises(LeaseLost):
        held.check()
    mine.beat(Path(settings.REGULARS_DATA) / "pulse" / "mine")
    with pytest.raises(LeaseLost):
        held.check()


@pytest.mark.django_db(transaction=True)
def test_a_held_lease_is_renewed_in_the_background():
    with lease("mirror", seconds=0.6):
        before = Lease.objects.get().expires_at
        sleep(0.5)
        assert Lease.objects.get().expires_at > before


@pytest.mark.django_db(transaction=True)
def test_of_many_who_ask_at_once_one_gets_it():
    start, taken = threading.Barrier(8), []

    def ask() -> None:
        start.wait()
        taken.append(take("mirror", seconds=30))
        connection.close()

    for _ in range(3):
        taken.clear()
        askers = [threading.Thread(target=ask) for _ in range(8)]
        for asker in askers:
            asker.start()
        for asker in askers:
            asker.join()
        assert len([held for held in taken if held]) == 1
        Lease.objects.all().delete()


def test_a_holder_is_known_to_live_to_be_dead_or_to_be_elsewhere():
    me = new_holder()
    assert lives_here(me) is True
    assert me != new_holder()
    host, machine, process, token = me.split(":")
    assert lives_here(f"{host}:{machine}:{process}9:{token}") is False
    assert lives_here(f"{host}:{machine}:999999999@1:{token}") is False
    assert lives_here(f"{host}:other:{process}:{token}") is None
    assert lives_here("") is None


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_renewed_does_not_keep_the_others_from_it():
    class Broken:
        def beat(self) -> None:
            raise ZeroDivisionError

    with lease("mirror", seconds=0.6), keeping(Broken(), every=0.1):
        before = Lease.objects.get().expires_at
        sleep(0.5)
        assert Lease.objects.get().expires_at > before

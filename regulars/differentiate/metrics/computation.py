"""Compute the metrics of a brand as of a day, and keep them."""

import hashlib
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.utils import timezone

from regulars.differentiate.metrics.catalogue import METRICS
from regulars.differentiate.metrics.facts import READ, Facts, facts_of
from regulars.differentiate.metrics.limits import Limits, limits_of
from regulars.differentiate.metrics.measuring import Measures, measured
from regulars.differentiate.metrics.models import MetricRun
from regulars.differentiate.metrics.structure import structure_of
from regulars.identify.customers.public import fields_of
from regulars.lake.public import Reading, latest_snapshot, partitions, reading, write_partition
from regulars.organization.public import Brand
from regulars.work.public import lease

CUSTOMERS, COHORTS, DAILY = "customer_metrics", "cohorts", "daily_figures"
STRUCTURE = "structure"
KEPT_TABLES = (CUSTOMERS, COHORTS, DAILY, STRUCTURE)
VERSION = 2  # raised when the same facts give other metrics or other columns
FORM = f"{VERSION} {' '.join(f'{metric.key}:{metric.kind}' for metric in METRICS.values())}"
PATIENCE = 0.2


def compute(*, brand: Brand, as_of: date) -> MetricRun:
    """Compute a brand's metrics as of the end of a day, and return the run that tells them.

    When nothing they are computed from has changed since they were last, that run is returned.
    Waits while another process computes for the brand. Raises NeverMirrored.
    """
    with _alone(brand):
        limits = limits_of(brand)
        known = MetricRun.objects.filter(brand=brand, as_of_on=as_of).first()
        if known is not None and not _is_kept(known):
            known = None
        if known is not None and _untouched(known, brand, limits):
            return known
        with reading() as lake:
            facts = facts_of(lake, brand=brand, as_of=as_of)
            fingerprint = _fingerprint(facts, brand, limits)
            if known is not None and known.fingerprint == fingerprint:
                known.revision, known.facts_at = lake.snapshot.revision, lake.snapshot.at
                known.save(update_fields=["revision", "facts_at"])
                return known
            return _compute(lake, facts, brand, limits, fingerprint)


def _compute(
    lake: Reading, facts: Facts, brand: Brand, limits: Limits, fingerprint: str
) -> MetricRun:
    started_at, began = timezone.now(), time.perf_counter()
    with measured(facts, limits=limits, currency=brand.currency) as found:
        _keep(found, brand_id=brand.pk, as_of=facts.as_of)
        _keep_structure(facts, found, brand)
        summary = found.summary.as_dict()
    run, _made = MetricRun.objects.update_or_create(
        brand=brand,
        as_of_on=facts.as_of,
        defaults={
            "revision": lake.snapshot.revision,
            "facts_at": lake.snapshot.at,
            "fingerprint": fingerprint,
            "started_at": started_at,
            "finished_at": timezone.now(),
            "seconds": round(time.perf_counter() - began, 3),
            "summary": summary,
        },
    )
    return run


def _keep(found: Measures, *, brand_id: int, as_of: date) -> None:
    where: dict[str, int | str | date] = {"brand_id": brand_id, "as_of": as_of}
    write_partition(CUSTOMERS, found.customers, where=where)
    write_partition(COHORTS, found.cohorts, where=where)
    write_partition(DAILY, found.daily, where=where)


def _keep_structure(facts: Facts, found: Measures, brand: Brand) -> None:
    rows = structure_of(facts, found.customers, fields_of(brand=brand))
    write_partition(STRUCTURE, rows, where={"brand_id": brand.pk, "as_of": facts.as_of})


def _untouched(run: MetricRun, brand: Brand, limits: Limits) -> bool:
    """Whether not one fact of any brand has changed, so that not even the lake need be asked."""
    snapshot = latest_snapshot()
    told = run.fingerprint.partition(" ")[0]
    return bool(snapshot and snapshot.revision == run.revision) and told == _terms(brand, limits)


def _is_kept(run: MetricRun) -> bool:
    """Whether the lake still has the run's rows: it may have been thrown away and filled anew."""
    return run.as_of_on in kept_days(run.brand_id)


def kept_days(brand_id: int) -> set[date]:
    """Return the days of which the lake has all tables of a brand."""
    days = (
        {
            day
            for where in partitions(table)
            if where["brand_id"] == brand_id and isinstance(day := where["as_of"], date)
        }
        for table in KEPT_TABLES
    )
    return set.intersection(*days)


def _terms(brand: Brand, limits: Limits) -> str:
    return _digest([FORM, brand.timezone, brand.currency, limits.as_dict()])


def _fingerprint(facts: Facts, brand: Brand, limits: Limits) -> str:
    """Return a word that is another as soon as a fact of the brand, or what is made of it, is.

    Every row carries the revision that wrote it last: their number and sum change with any row
    that is added, changed or taken away.
    """
    seen = []
    for name in READ:
        rows = facts.of_brand(name)
        counted = rows.aggregate(rows=rows.count(), revisions=rows.revision.sum()).to_pyarrow()
        seen.append([name, *(str(column[0]) for column in counted.columns)])
    return f"{_terms(brand, limits)} {_digest(seen)}"


def _digest(told: object) -> str:
    text = json.dumps(told, sort_keys=True).encode()
    return hashlib.blake2s(text, digest_size=12).hexdigest()


@contextmanager
def _alone(brand: Brand) -> Iterator[None]:
    """Two processes would compute the same twice, and the later one might know less."""
    while True:
        with lease(f"metrics {brand.pk}") as held:
            if held is not None:
                yield
                return
        time.sleep(PATIENCE)

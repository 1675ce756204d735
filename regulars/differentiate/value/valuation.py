"""Value a brand's customers as of a day, and keep what was found."""

import hashlib
import json
import time
from datetime import date, datetime
from math import isfinite
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from regulars.differentiate.metrics.public import DAILY, VALUES, MetricRun, facts_of
from regulars.differentiate.value.costs import assumptions_of, costs_of, outlook_of
from regulars.differentiate.value.models import Assumptions, Cost, ModelFit, Valuation
from regulars.lake.public import Reading, partitions, reading, write_partition
from regulars.organization.public import Brand
from regulars.work.public import lease

if TYPE_CHECKING:
    from regulars.differentiate.value.appraisal import Appraisal
    from regulars.differentiate.value.candidates import Candidate

VERSION = 7  # raised when the same facts give other figures or other columns
ALSO_READ = ("products", "lines")  # besides what metrics are computed from


def value_customers(*, run: MetricRun) -> Valuation | None:
    """Value the customers of a brand as of the day of its metrics, and return what was found.

    When nothing has changed since that was last done, that is returned. None while another process
    is at it. Raises NeverMirrored.
    """
    with lease(f"value {run.brand_id}") as held:
        if held is None:
            return None
        known = Valuation.objects.filter(brand=run.brand, as_of_on=run.as_of_on).first()
        with reading() as lake:
            fingerprint = _fingerprint(lake, run)
            if known and known.fingerprint == fingerprint and is_kept(known):
                known.revision, known.facts_at = lake.snapshot.revision, lake.snapshot.at
                known.save(update_fields=["revision", "facts_at"])
                return known
            return _value(lake, run, fingerprint)


def _value(lake: Reading, run: MetricRun, fingerprint: str) -> Valuation:
    from regulars.differentiate.value.appraisal import appraised  # they load much
    from regulars.differentiate.value.report import report_of
    from regulars.differentiate.value.scores import scored
    from regulars.differentiate.value.weekly import weekly_of

    started_at, began = timezone.now(), time.perf_counter()
    brand = run.brand
    facts = facts_of(lake, brand=brand, as_of=run.as_of_on)
    outlook = outlook_of(assumptions_of(brand))
    with (
        appraised(facts, outlook=outlook, costs=costs_of(brand)) as found,
        scored(lake, facts, found) as (rows, margin),
    ):
        write_partition(VALUES, rows, where=_where(brand, run.as_of_on))
        daily = lake.computed(DAILY)
        daily = daily.filter(daily.brand_id == brand.pk, daily.as_of == facts.as_of)
        weekly = weekly_of(daily, begins_on=found.begins_on, ends_on=facts.as_of)
        report = report_of(found, margin, weekly)
    return _keep(
        run, found, fingerprint=fingerprint, revision=lake.snapshot.revision,
        facts_at=lake.snapshot.at, report=report, started_at=started_at,
        seconds=round(time.perf_counter() - began, 3),
    )  # fmt: skip


def _keep(run: MetricRun, found: "Appraisal", *, started_at: datetime, **told: Any) -> Valuation:
    chosen = found.choice.chosen
    with transaction.atomic():
        kept, _made = Valuation.objects.update_or_create(
            brand=run.brand,
            as_of_on=run.as_of_on,
            defaults={
                "model": chosen.model if chosen else "",
                "reason": found.choice.reason,
                "started_at": started_at,
                "finished_at": timezone.now(),
                **told,
            },
        )
        kept.fits.all().delete()
        ModelFit.objects.bulk_create(_fit(kept, one) for one in found.candidates)
    return kept


def _fit(valuation: Valuation, one: "Candidate") -> ModelFit:
    if one.fit is None:
        return ModelFit(
            valuation=valuation, model=one.model, parameters={}, standard_errors={},
            trouble=one.trouble,
        )  # fmt: skip
    errors = [float(error) if isfinite(error) else None for error in one.fit.standard_errors]
    return ModelFit(
        valuation=valuation,
        model=one.model,
        parameters=one.fit.by_name,
        standard_errors=dict(zip(one.fit.names, errors, strict=True)),
        log_likelihood=one.fit.log_likelihood,
        holdout_error=one.error,
    )


def _where(brand: Brand, day: date) -> dict[str, int | str | date]:
    return {"brand_id": brand.pk, "as_of": day}


def is_kept(known: Valuation) -> bool:
    """Whether the lake still has the rows: it may have been thrown away and filled anew."""
    return _where(known.brand, known.as_of_on) in partitions(VALUES)


def _fingerprint(lake: Reading, run: MetricRun) -> str:
    """Return a word that is another as soon as anything is that the figures are made of."""
    brand = run.brand
    seen: list[object] = [VERSION, run.fingerprint]
    seen.append(list(Assumptions.objects.filter(brand=brand).values_list(*_ASSUMED)))
    seen.append(list(Cost.objects.filter(brand=brand).order_by("pk").values_list("pk", "amount")))
    for name in ALSO_READ:
        rows = lake.table(name)
        rows = rows.filter(rows.brand_id == brand.pk)
        counted = rows.aggregate(rows=rows.count(), revisions=rows.revision.sum()).to_pyarrow()
        seen.append([str(column[0]) for column in counted.columns])
    text = json.dumps(seen, sort_keys=True).encode()
    return hashlib.blake2s(text, digest_size=24).hexdigest()


_ASSUMED = ("horizon_months", "yearly_discount_percent", "act_below_percent")

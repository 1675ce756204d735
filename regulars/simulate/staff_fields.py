"""What staff noted about customers in the fields they defined."""

import json

import pyarrow as pa
import pyarrow.compute as pc

from regulars.simulate.arrays import stream
from regulars.simulate.history import History
from regulars.simulate.identity import known, only
from regulars.simulate.shop import StaffField


def field_columns(history: History) -> dict[str, pa.Array]:
    """Return a column for each staff-defined field: text, number or yes-no, mostly unknown."""
    return {
        field.key: only(_values(history, field), known(history, field.key, field.known))
        for field in history.shop.fields
    }


def fields_as_json(history: History) -> pa.Array:
    """Return all fields of each customer as one JSON object."""
    size = len(history.people)
    members = [_member(key, values) for key, values in field_columns(history).items()]
    if not members:
        return pa.repeat(pa.scalar("{}"), size)
    # The empty first part is needed: of nothing but nulls Arrow makes no row at all.
    joined = pc.binary_join_element_wise("", *members, ", ", null_handling="skip")
    inner = pc.utf8_ltrim(joined, characters=", ")
    return pc.binary_join_element_wise("{", inner, "}", "")


def _values(history: History, field: StaffField) -> pa.Array:
    rng, size = stream(history.seed, "field", field.key), len(history.people)
    if field.kind == "choice":
        return pa.array(field.choices).take(pa.array(rng.integers(0, len(field.choices), size)))
    if field.kind == "yes_no":
        return pa.array(rng.random(size) < 0.3)
    return pa.array(1 + rng.integers(0, field.most, size))


def _member(key: str, values: pa.Array) -> pa.Array:
    if pa.types.is_string(values.type):
        entries = values.dictionary_encode()
        texts = [json.dumps(entry, ensure_ascii=False) for entry in entries.dictionary.to_pylist()]
        written = pa.array(texts, pa.string()).take(entries.indices)
    else:
        written = values.cast(pa.string())
    return pc.binary_join_element_wise(f'"{key}"', written, ": ")

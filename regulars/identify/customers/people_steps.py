"""The statements of people_sets.py, in the order in which they run.

What is told is joined by CROSS JOIN: without statistics SQLite goes through everybody the brand
knows for each row that is told, unless it is made to begin with what is told.
"""

OWNERS = """
    SELECT told.kind, told.value, coalesce(person.canonical_id, person.id)
    FROM {told} AS told CROSS JOIN customers_identifier AS identifier
    JOIN customers_customer AS person ON person.id = identifier.customer_id
    WHERE identifier.brand_id = %s AND identifier.kind = told.kind
      AND identifier.value = told.value
    UNION ALL
    SELECT told.kind, told.value, coalesce(person.canonical_id, person.id)
    FROM {told} AS told CROSS JOIN customers_customer AS person
    WHERE told.kind = 'public_id' AND person.brand_id = %s AND person.public_id = told.value
"""

HELD = """
    SELECT identifier.customer_id, identifier.kind, identifier.value
    FROM {told} AS told CROSS JOIN customers_identifier AS identifier
    WHERE identifier.customer_id = told.customer_id
"""

NEW = """
    CREATE TEMPORARY TABLE people_new AS
    SELECT told.person FROM {people} AS told WHERE NOT EXISTS (
        SELECT 1 FROM customers_identifier AS identifier
        WHERE identifier.brand_id = {brand} AND identifier.kind = told.anchor_kind
          AND identifier.value = told.anchor_value)
      AND NOT EXISTS (
        SELECT 1 FROM customers_customer AS known
        WHERE told.anchor_kind = 'public_id' AND known.public_id = told.anchor_value
          AND known.brand_id = {brand})
"""

MAKE = """
    INSERT INTO customers_customer (
        public_id, brand_id, name, search_name, turned_name, gender, born_on, language, city,
        region, country, postcode, address, interests, note, source, branch_id, fields, import_id,
        created_at, revision)
    SELECT told.public_id, %s, told.name, told.search_name, told.turned_name, told.gender,
           told.born_on, told.language, told.city, told.region, told.country, told.postcode,
           told.address, told.interests, '', told.source, told.branch_id, told.fields, %s,
           told.known_since, %s
    FROM people_new CROSS JOIN {people} AS told WHERE people_new.person = told.person
    ORDER BY told.person
"""

OWNED = """
    CREATE TEMPORARY TABLE people_owner AS
    SELECT told.person, made.id AS customer_id, 1 AS made FROM {people} AS told
    JOIN people_new ON people_new.person = told.person
    JOIN customers_customer AS made ON made.public_id = told.public_id
    UNION ALL
    SELECT told.person, coalesce(known.canonical_id, known.id), 0 FROM {people} AS told
    CROSS JOIN customers_identifier AS identifier
    JOIN customers_customer AS known ON known.id = identifier.customer_id
    WHERE identifier.brand_id = {brand} AND identifier.kind = told.anchor_kind
      AND identifier.value = told.anchor_value
      AND told.person NOT IN (SELECT person FROM people_new)
    UNION ALL
    SELECT told.person, coalesce(known.canonical_id, known.id), 0 FROM {people} AS told
    CROSS JOIN customers_customer AS known
    WHERE told.anchor_kind = 'public_id' AND known.public_id = told.anchor_value
      AND known.brand_id = {brand}
"""

GIVE = """
    INSERT INTO customers_identifier (
        brand_id, customer_id, kind, value, tail, source, import_id, created_at, revision)
    SELECT %s, owner.customer_id, told.kind, told.value, told.tail, %s, %s, %s, %s
    FROM {identifiers} AS told JOIN people_owner AS owner ON owner.person = told.person
    ORDER BY told.person, told.kind, told.value
    ON CONFLICT (brand_id, kind, value) DO NOTHING
"""

# Somebody known may be meant by several people of a file: the first of them speaks.
CHANGED = """
    CREATE TEMPORARY TABLE people_changed AS
    SELECT min(told.person) AS person, kept.id AS customer_id
    FROM {people} AS told JOIN people_owner AS owner ON owner.person = told.person
    JOIN customers_customer AS kept ON kept.id = owner.customer_id
    WHERE owner.made = 0 AND (
          kept.name <> coalesce(nullif(told.name, ''), kept.name)
       OR kept.gender <> coalesce(nullif(told.gender, ''), kept.gender)
       OR (told.born_on IS NOT NULL AND (kept.born_on IS NULL OR kept.born_on <> told.born_on))
       OR kept.language <> coalesce(nullif(told.language, ''), kept.language)
       OR kept.city <> coalesce(nullif(told.city, ''), kept.city)
       OR kept.region <> coalesce(nullif(told.region, ''), kept.region)
       OR kept.country <> coalesce(nullif(told.country, ''), kept.country)
       OR kept.postcode <> coalesce(nullif(told.postcode, ''), kept.postcode)
       OR kept.address <> coalesce(nullif(told.address, ''), kept.address)
       OR coalesce(kept.branch_id, 0) <> coalesce(told.branch_id, kept.branch_id, 0)
       OR {interests_differ} OR {fields_differ})
    GROUP BY kept.id
"""

REMEMBER = """
    INSERT INTO customers_formercustomer (
        import_id, customer_id, name, search_name, turned_name, gender, born_on, language, city,
        region, country, postcode, address, interests, branch_id, fields, revision,
        former_revision)
    SELECT %s, kept.id, kept.name, kept.search_name, kept.turned_name, kept.gender, kept.born_on,
           kept.language, kept.city, kept.region, kept.country, kept.postcode, kept.address,
           kept.interests, kept.branch_id, kept.fields, %s, kept.revision
    FROM customers_customer AS kept JOIN people_changed AS changed ON changed.customer_id = kept.id
"""

CHANGE = """
    UPDATE customers_customer SET
        search_name = CASE told.name WHEN '' THEN customers_customer.search_name
                                     ELSE told.search_name END,
        turned_name = CASE told.name WHEN '' THEN customers_customer.turned_name
                                     ELSE told.turned_name END,
        name = coalesce(nullif(told.name, ''), customers_customer.name),
        gender = coalesce(nullif(told.gender, ''), customers_customer.gender),
        born_on = coalesce(told.born_on, customers_customer.born_on),
        language = coalesce(nullif(told.language, ''), customers_customer.language),
        city = coalesce(nullif(told.city, ''), customers_customer.city),
        region = coalesce(nullif(told.region, ''), customers_customer.region),
        country = coalesce(nullif(told.country, ''), customers_customer.country),
        postcode = coalesce(nullif(told.postcode, ''), customers_customer.postcode),
        address = coalesce(nullif(told.address, ''), customers_customer.address),
        branch_id = coalesce(told.branch_id, customers_customer.branch_id),
        interests = {interests}, fields = {fields}, revision = %s
    FROM {people} AS told JOIN people_changed AS changed ON changed.person = told.person
    WHERE customers_customer.id = changed.customer_id
"""

POSTGRESQL = {
    "interests_differ": "(told.interests <> '[]' AND told.interests <> kept.interests)",
    "fields_differ": "NOT kept.fields @> told.fields",
    "interests": (
        "CASE told.interests WHEN '[]' THEN customers_customer.interests ELSE told.interests END"
    ),
    "fields": "customers_customer.fields || told.fields",
}
# Texts of JSON differ in escapes, so SQLite compares what they mean.
SQLITE = {
    "interests_differ": (
        "(told.interests <> '[]' AND"
        " (SELECT group_concat(value, char(31)) FROM json_each(told.interests)) IS NOT"
        " (SELECT group_concat(value, char(31)) FROM json_each(kept.interests)))"
    ),
    "fields_differ": (
        "EXISTS (SELECT 1 FROM json_each(told.fields) AS one"
        """ WHERE json_extract(kept.fields, '$."' || one.key || '"') IS NOT one.value)"""
    ),
    "interests": (
        "CASE told.interests WHEN '[]' THEN customers_customer.interests ELSE told.interests END"
    ),
    "fields": "json_patch(customers_customer.fields, told.fields)",
}

"""What must be true of customers, whoever wrote them: each query finds what is not."""

BOOKS = {
    "every event of a customer is of one who exists at its brand": """
        SELECT event.sequence FROM timeline_event AS event
        LEFT JOIN customers_customer AS person ON person.id = event.customer_id
        WHERE event.customer_id IS NOT NULL
          AND (person.id IS NULL OR person.brand_id <> event.brand_id)
    """,
    "identifiers belong to the brand of their customer": """
        SELECT identifier.id FROM customers_identifier AS identifier
        LEFT JOIN customers_customer AS person ON person.id = identifier.customer_id
        WHERE person.id IS NULL OR person.brand_id <> identifier.brand_id
    """,
    "an alias leads to a customer of its brand who is none": """
        SELECT alias.id FROM customers_customer AS alias
        JOIN customers_customer AS person ON person.id = alias.canonical_id
        WHERE person.canonical_id IS NOT NULL OR person.brand_id <> alias.brand_id
    """,
    "customers live at branches of their own brand": """
        SELECT person.id FROM customers_customer AS person
        JOIN organization_branch AS branch ON branch.id = person.branch_id
        WHERE branch.brand_id <> person.brand_id
    """,
    "everybody who has a name or a phone can be searched by it": """
        SELECT id FROM customers_customer WHERE search_name = '' AND upper(name) <> lower(name)
        UNION ALL
        SELECT id FROM customers_identifier
        WHERE kind = 'phone' AND (tail = '' OR substr(tail, 1, 1) <> substr(value, length(value)))
    """,
    "no household member is left without a customer": """
        SELECT member.id FROM customers_householdmember AS member
        LEFT JOIN customers_customer AS person ON person.id = member.customer_id
        WHERE person.id IS NULL
    """,
}

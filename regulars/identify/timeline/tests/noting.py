"""A reader that notes the number of every event, without any guard of its own."""

from time import sleep

from django.db import connection

from regulars.identify.timeline.public import Event, Start, reader


@reader("note", kinds=None, start=Start.FROM_THE_BEGINNING, backfill=True, batch=7)
def note(events: list[Event]) -> None:
    for event in events:
        if event.properties["number"] % 40 == 13:
            raise ValueError("unlucky")
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO noted VALUES (%s)", [event.properties["number"]])
        sleep(0.001)

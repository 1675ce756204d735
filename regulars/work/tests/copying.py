"""A task that counts to a hundred, a few at a time, and takes a while for it."""

from time import sleep

from django.db import connection, transaction

from regulars.work.public import TaskControl, task_kind

TOTAL, AT_ONCE = 100, 5


@task_kind("copy", attempts=100)
def copy(task: TaskControl) -> None:
    done = 0
    while done < TOTAL:
        with transaction.atomic(), connection.cursor() as cursor:
            task.fence()
            cursor.execute("SELECT count(*) FROM copied")
            done = cursor.fetchone()[0]
            for number in range(done, min(done + AT_ONCE, TOTAL)):
                cursor.execute("INSERT INTO copied VALUES (%s)", [number])
                sleep(0.002)
        task.progress(done, TOTAL, "copying")
        sleep(0.02)

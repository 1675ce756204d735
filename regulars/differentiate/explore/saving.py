"""Keep questions: under a name, shared or for oneself, and removed so that it can be undone."""

from datetime import datetime, timedelta

from regulars.differentiate.explore.models import SavedQuestion
from regulars.differentiate.explore.question import Question
from regulars.organization.public import Brand, User

REMEMBERED = timedelta(days=30)
LONGEST_NAME = 120


class NameMissing(ValueError):
    """A question is kept under a name."""


class SavedQuestionNotFound(Exception):
    """The brand has no such question, or not for who asks."""


def save_question(
    *,
    brand: Brand,
    name: str,
    question: Question,
    shared: bool,
    by: User | None,
    now: datetime,
) -> SavedQuestion:
    """Keep a question, for everybody at the brand or for oneself. Raises NameMissing."""
    return SavedQuestion.objects.create(
        brand=brand,
        name=_name(name),
        question=question.as_dict(),
        private_to=None if shared else by,
        made_by=by,
        made_at=now,
    )


def saved_questions(*, brand: Brand, seen_by: User) -> list[SavedQuestion]:
    """Return what a person sees of a brand's questions, by name."""
    return list(SavedQuestion.objects.seen_by(seen_by, brand).in_use())


def saved_question(*, brand: Brand, number: int, seen_by: User) -> SavedQuestion:
    """Return one that a person sees, also when it was removed. Raises SavedQuestionNotFound."""
    found = SavedQuestion.objects.seen_by(seen_by, brand).filter(pk=number).first()
    if found is None:
        raise SavedQuestionNotFound(number)
    return found


def rename_question(saved: SavedQuestion, *, name: str, shared: bool, by: User) -> None:
    """Give a question another name, and say who sees it. Raises NameMissing."""
    saved.name = _name(name)
    saved.private_to = None if shared else by
    saved.save(update_fields=["name", "private_to"])


def copy_question(saved: SavedQuestion, *, name: str, by: User, now: datetime) -> SavedQuestion:
    """Keep the same question once more, for oneself. Raises NameMissing."""
    return SavedQuestion.objects.create(
        brand_id=saved.brand_id,
        name=_name(name),
        question=saved.question,
        private_to=by,
        made_by=by,
        made_at=now,
    )


def remove_question(saved: SavedQuestion, *, now: datetime) -> None:
    """Put a question out of sight; it can be brought back for thirty days."""
    SavedQuestion.objects.filter(pk=saved.pk, removed_at=None).update(removed_at=now)


def restore_question(saved: SavedQuestion) -> None:
    """Bring a removed question back."""
    SavedQuestion.objects.filter(pk=saved.pk).update(removed_at=None)


def forget_removed(*, now: datetime) -> None:
    """Delete what was removed thirty days ago."""
    SavedQuestion.objects.filter(removed_at__lt=now - REMEMBERED).delete()


def _name(text: str) -> str:
    name = " ".join(text.split())[:LONGEST_NAME]
    if not name:
        raise NameMissing
    return name

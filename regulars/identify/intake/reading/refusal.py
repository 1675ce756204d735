"""A file that cannot be read, said in a sentence that tells what would do."""

from collections.abc import Mapping

from django.utils.translation import gettext


class FileRefused(Exception):
    """The file cannot be imported as it is; nothing was written.

    The sentence is for a person: marked for translation where it is written, kept in English, and
    shown in the reader's language with the values it names.
    """

    def __init__(self, sentence: str, **values: str | int) -> None:
        super().__init__(sentence, values)
        self.sentence = sentence
        self.values = {
            name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
            for name, value in values.items()
        }

    def __str__(self) -> str:
        return told(self.sentence, self.values)


class NoSuchChoice(FileRefused):
    """What was said about the file names a thing that is not there; the sentence says what is."""


def told(sentence: str, values: Mapping[str, str | int]) -> str:
    """Say a kept sentence in the present language."""
    return gettext(sentence) % values if sentence else ""

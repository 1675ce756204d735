"""A file that cannot be read, said in a sentence that tells what would do."""

from django.utils.functional import Promise


class FileRefused(Exception):
    """The file cannot be imported as it is; nothing was written. The sentence is for a person."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)

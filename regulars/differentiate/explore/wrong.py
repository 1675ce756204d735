"""What is wrong with a question, and where."""


class NotAQuestion(ValueError):
    """A question cannot be asked like this; ``at`` is the place, as in ``where[0].dimension``."""

    def __init__(self, at: str, sentence: str) -> None:
        super().__init__(f"{at}: {sentence}")
        self.at, self.sentence = at, sentence

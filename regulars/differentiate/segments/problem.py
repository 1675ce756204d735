"""What is wrong with the tree of a segment, and where."""

from dataclasses import dataclass

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """A sentence about one place of a tree; ``path`` leads there from the root of the JSON."""

    path: Path
    sentence: str

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901)."""
        words = (str(step).replace("~", "~0").replace("/", "~1") for step in self.path)
        return "".join(f"/{word}" for word in words)

    def __str__(self) -> str:
        return f"{self.pointer or '/'}: {self.sentence}"


class NotATree(ValueError):
    """A tree that cannot be understood; ``problems`` say what is wrong at which node."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems

    @property
    def sentence(self) -> str:
        """What is wrong, for a person who sees no JSON."""
        return " ".join(dict.fromkeys(problem.sentence for problem in self.problems))


def refuse(path: Path, sentence: str) -> NotATree:
    """Return the refusal of one place."""
    return NotATree(Problem(path, str(sentence)))

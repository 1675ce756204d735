"""How the help names what an option takes: a word for people, nothing for a switch."""

from datetime import datetime
from pathlib import Path
from typing import Any

WORDS = {str: "TEXT", int: "NUMBER", float: "NUMBER", Path: "PATH", datetime: "YYYY-MM-DD"}


def speak_plainly(command: Any) -> Any:
    """Name the types of a command's options, and of those below it; return the command."""
    for below in getattr(command, "commands", {}).values():
        speak_plainly(below)
    for option in (*command.params, command.get_help_option(command.context_class(command))):
        kind = option.type_descriptor
        if option.param_type_name != "option" or option.metavar is not None or kind.is_choice:
            continue
        if getattr(option, "is_flag", False):
            option.metavar = ""
        else:
            option.metavar = next(
                (word for taken, word in WORDS.items() if taken.__name__ in option.bare_type()),
                None,
            )
    return command

"""Show enough of a person to tell two apart, and not enough to know who it is."""

HIDDEN = "•••"


def mask_name(name: str) -> str:
    """Keep the first letter of each word; of a Chinese name, the first character."""
    return " ".join(f"{word[0]}{HIDDEN}" if word[0].isalnum() else word[0] for word in name.split())


def mask_email(email: str) -> str:
    """Keep the first letter and the domain: ``a•••@example.com``."""
    name, at, domain = email.strip().rpartition("@")
    return f"{name[:1]}{HIDDEN}@{domain}" if at else mask_value(email)


def mask_phone(phone: str) -> str:
    """Keep the last two digits, which people quote to be recognized."""
    digits = [character for character in phone if character.isdigit()]
    return HIDDEN + "".join(digits[-2:]) if len(digits) > 6 else HIDDEN if phone.strip() else ""


def mask_value(value: str) -> str:
    """Keep the first and last character of anything longer than six."""
    text = value.strip()
    if not text:
        return ""
    return f"{text[0]}{HIDDEN}{text[-1]}" if len(text) > 6 else HIDDEN

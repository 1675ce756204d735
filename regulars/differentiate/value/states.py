"""How it stands with a customer: whether, and until when, something can be done."""

SAFE, LEAVING, SLIPPING, LOST = "safe", "leaving", "slipping", "lost"
STATES = (LEAVING, SLIPPING, LOST, SAFE)

"""How it stands with a customer: whether, and until when, something can be done."""

SAFE, AT_RISK, SLIPPING, LOST = "safe", "at-risk", "slipping", "lost"
STATES = (AT_RISK, SLIPPING, LOST, SAFE)

"""Questions that the demo's staff have saved."""

from datetime import datetime
from typing import Any

from regulars.differentiate.explore.public import question_from, save_question
from regulars.organization.public import Brand, User

YEAR = {"last": 12, "unit": "month"}
QUESTIONS: dict[str, dict[str, Any]] = {
    "This year beside last 今年与去年": {
        "measures": ["net_revenue", "orders", "customers"],
        "by": ["month"],
        "period": {"this": "year"},
        "compare": True,
        "show": "line",
    },
    "What the cells bring 各格贡献": {
        "measures": ["net_revenue", "customers", "expected_value"],
        "by": ["cell"],
    },
    "Categories by branch 各店类目": {
        "measures": ["net_revenue"],
        "by": ["branch", "category"],
        "period": YEAR,
        "show": "heat",
        "top": 10,
    },
    "Which source brings regulars 来源与复购": {
        "measures": ["repeat_share", "newcomers", "visits_per_customer"],
        "by": ["source"],
        "top": 10,
        "show": "bars",
    },
    "Margin by product 商品毛利": {
        "measures": ["gross_margin", "margin_share", "units"],
        "by": ["product"],
        "period": YEAR,
        "top": 20,
    },
}


def save_questions(*, brand: Brand, by: User | None, now: datetime) -> None:
    """Save some questions for everybody at a brand."""
    for name, told in QUESTIONS.items():
        question = question_from(told, brand=brand)
        save_question(brand=brand, name=name, question=question, shared=True, by=by, now=now)

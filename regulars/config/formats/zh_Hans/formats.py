"""Dates as people in China write them: 2026年11月22日 14:02."""

DATE_FORMAT = "Y年n月j日"
SHORT_DATE_FORMAT = "Y/n/j"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "Y年n月j日 H:i"
MONTH_DAY_FORMAT = "n月j日"
YEAR_MONTH_FORMAT = "Y年n月"
FIRST_DAY_OF_WEEK = 1

# Django writes Chinese numbers in one piece; tills and spreadsheets in China group by thousands.
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3

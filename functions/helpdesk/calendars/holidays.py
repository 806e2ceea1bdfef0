"""Public holidays of a country or a part of it, from the `holidays` library; it is loaded only when one is saved."""

from __future__ import annotations

from helpdesk.core import clock

YEARS = 10  # ahead of the year of saving; a calendar that is saved later knows more


def known_places() -> dict[str, list[str]]:
    """The countries by ISO 3166 code with their parts."""
    import holidays

    return {country: list(parts) for country, parts in holidays.list_supported_countries(include_aliases=False).items()}


def public_holidays(country: str, part: str | None) -> dict[str, str]:
    """`{date: name}` from last year to ten years ahead, in the country's own language.

    Raises
    ------
    ValueError
        for a country or part that is not known.
    """
    import holidays

    this_year = clock.now().year
    years = range(this_year - 1, this_year + YEARS + 1)
    try:
        found = holidays.country_holidays(country, subdiv=part, years=years)
    except NotImplementedError as failure:
        raise ValueError(f"no holidays are known of {country} {part or ''}".strip()) from failure
    return {day.isoformat(): name for day, name in sorted(found.items())}

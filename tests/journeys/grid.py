"""What a person does in the grid of items, key by key."""

from playwright.sync_api import expect

from tests.disclosure import duties
from tests.journeys.walking import Walker

MENDED = duties.a_schedule(
    *duties.OPEN_ITEMS, "Diary of Mr Hall for May 2026, noting who hired the van"
)


def endorse_by_keys(her: Walker, rows: list[tuple[str, str]]) -> None:
    """Endorse row after row: a key, and the reason where one is asked for."""
    grid = her.page.get_by_role("grid", name="Items")
    expect(grid).to_be_focused()
    for key, reason in rows:
        her.page.keyboard.press(key)
        if reason:
            expect(her.page.locator("[data-field=reason]")).to_be_focused()
            her.page.keyboard.type(reason)
            her.page.keyboard.press("Enter")
        expect(grid).to_be_focused()

"""A person at a real browser, who goes only by what stands on the page."""

import os
import re
import time
from typing import Self

from django.test import Client
from playwright.sync_api import Browser, Download, Locator, expect

from forthright.accounts.models import User

# Milliseconds; a busy machine is slow, not wrong.
PATIENCE = int(os.environ.get("FORTHRIGHT_PATIENCE", "90000"))
PASSWORD = "correct horse battery"
expect.set_options(timeout=PATIENCE)


def session_of(person: User, site: str) -> dict[str, str]:
    """Return the cookie by which a site knows somebody who signed in before."""
    client = Client()
    client.force_login(person)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}


class Walker:
    """One person in a browser of their own."""

    def __init__(self, browser: Browser, site: str, *, has_script: bool = True) -> None:
        self.site = site
        self.context = browser.new_context(
            java_script_enabled=has_script,
            viewport={"width": 1280, "height": 900},
            locale="en-GB",
            timezone_id="Europe/London",
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("response", self._note_failure)

    def _note_failure(self, response: object) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} {response.url}")

    def come_in(self, email: str) -> Self:
        """Come to the first page as somebody who signed in before."""
        self.context.add_cookies([session_of(User.objects.get(email=email), self.site)])
        self.page.goto(self.site)
        return self

    def sign_in(self, email: str) -> Self:
        """Sign in on the first page, with the password that everybody has here."""
        self.page.goto(self.site)
        self.write("Email address", email)
        self.page.get_by_label("Password", exact=True).fill(PASSWORD)
        return self.press("Sign in")

    def leave(self) -> None:
        """Close the browser, having seen no fault of ours."""
        self.context.close()
        assert self.faults == []

    def go_to(self, room: str) -> Self:
        """Choose a room in the navigation, or under More where it has no space for it."""
        menu = self.page.get_by_role("navigation").first
        expect(menu).to_be_visible()
        self.page.wait_for_load_state("domcontentloaded")
        # "Record" is a room, and so is "Recordings".
        if not menu.get_by_role("link", name=room, exact=True).count():
            self.follow("More", within=menu)
            menu = self.page.locator("main")
        return self.click(menu.get_by_role("link", name=room, exact=True).first)

    def wait_until(self, script: str, arg: object = None) -> Self:
        """Wait until the page answers yes, asked as a test asks and not by the page's own means.

        The page's policy forbids words that are read as a script, and so forbids it to wait.
        """
        deadline = time.monotonic() + PATIENCE / 1000
        while not self.page.evaluate(script, arg):
            assert time.monotonic() < deadline, "waited in vain"
            self.page.wait_for_timeout(50)
        return self

    def follow(self, words: str, *, within: Locator | None = None) -> Self:
        """Follow the first link with these words, be it drawn as a link or as a button."""
        place = within or self.page
        link = place.get_by_role("link", name=words).or_(place.locator("a", has_text=words))
        self.click(link.first)
        return self

    def click(self, place: Locator) -> Self:
        """Click once the page stands still: its script scrolls to what was done."""
        self.page.wait_for_load_state("load")
        place.click()
        return self

    def press(self, words: str) -> Self:
        """Press the first button with these words."""
        return self.click(self.page.get_by_role("button", name=words, exact=True).first)

    def write(self, label: str, words: str) -> Self:
        """Write in the box with this label."""
        self.page.get_by_label(label).first.fill(words)
        return self

    def choose(self, label: str, words: str) -> Self:
        """Choose from the list with this label the first choice that holds these words."""
        box = self.page.get_by_label(label).first
        value = box.locator("option", has_text=words).first.get_attribute("value")
        box.select_option(value)
        return self

    def tick(self, words: str) -> Self:
        """Tick the box, or the round button, with these words."""
        self.page.get_by_label(words, exact=True).first.check()
        return self

    def see(self, *sentences: str) -> Self:
        """Refuse a page that does not say each of these."""
        main = self.page.locator("main")
        for sentence in sentences:
            expect(main).to_contain_text(sentence)
        return self

    def each(self, place: str | Locator) -> list[Locator]:
        """Return all that stand on a page, once it stands whole with one of them or more.

        A click does not wait for the page that it leads to, and a list is of what stands there now.
        """
        places = self.page.locator(place) if isinstance(place, str) else place
        expect(places.first).to_be_visible()
        self.page.wait_for_load_state("domcontentloaded")
        return places.all()

    def heading(self, words: str) -> Self:
        """Refuse a page with another heading; what stands below it is there too after this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(re.compile(words))
        self.page.wait_for_load_state("domcontentloaded")
        return self

    def take(self, words: str) -> Download:
        """Follow a link that hands over a file."""
        with self.page.expect_download() as caught:
            self.page.get_by_role("link", name=words, exact=True).click()
        return caught.value

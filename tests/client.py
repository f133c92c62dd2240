"""A client that behaves like a person, and checks each page it is given.

page = as_(manager).open("/samples/")
page = page.press("Draw sample", week="2026-W40")
page.see("12 letters drawn")
"""

from typing import Any, Self
from urllib.parse import urljoin

from django.test import Client
from lxml import html

from forthright.accounts.models import User
from tests.page_checks import Element, faults_of, fields, words_of


def as_(person: User) -> "Browser":
    """Return a browser in which this person has signed in."""
    browser = Browser()
    browser.client.force_login(person)
    return browser


def as_nobody() -> "Browser":
    """Return a browser in which nobody has signed in."""
    return Browser()


class Browser:
    """Fetches pages; each one must keep to tests/page_checks.py."""

    def __init__(self) -> None:
        self.client = Client()

    def open(self, address: str, *, status: int = 200, **query: Any) -> "Page":
        """Fetch a page and check it, following where it leads."""
        response = self.client.get(address, query or None, follow=True)
        return self.page_of(response, status)

    def post(self, address: str, /, *, status: int = 200, **answers: Any) -> "Page":
        """Send answers to an address, follow where it leads, and check the page."""
        response = self.client.post(address, answers, follow=True)
        return self.page_of(response, status)

    def try_(self, method: str, address: str) -> int:
        """Return only the status with which an address answers a method."""
        return self.client.generic(method, address).status_code

    def page_of(self, response: Any, status: int) -> "Page":
        """Return the page of an answer, once it has the status and the form that it should."""
        assert response.status_code == status, (
            f"{response.request['PATH_INFO']} answered {response.status_code}, not {status}"
        )
        page = Page(self, response)
        if page.is_page:
            faults = faults_of(page.text)
            assert not faults, f"{page.address}: " + "; ".join(faults)
        return page


class Page:
    """One page as a person sees it."""

    def __init__(self, browser: Browser, response: Any) -> None:
        self.browser = browser
        self.response = response
        query = response.request["QUERY_STRING"]
        self.address: str = response.request["PATH_INFO"] + (f"?{query}" if query else "")
        kind = response.headers.get("Content-Type", "")
        self.is_page = kind.startswith("text/html") and not response.streaming
        self.text: str = response.content.decode() if self.is_page else ""
        self.is_page = self.is_page and bool(self.text.strip())
        self.tree: Element = html.document_fromstring(self.text or "<html></html>")

    @property
    def heading(self) -> str:
        """Return the words of the one h1."""
        return words_of(self.tree.find(".//h1"))

    @property
    def words(self) -> str:
        """Return all the words of the page's main part."""
        main = self.tree.find(".//main")
        return words_of(main if main is not None else self.tree)

    @property
    def errors(self) -> list[str]:
        """Return the sentences of the error summary."""
        boxes = self.tree.find_class("govuk-error-summary")
        return [words_of(line) for box in boxes for line in box.iter("li")]

    @property
    def links(self) -> dict[str, str]:
        """Return each link's words with the address it leads to."""
        return {words_of(link): link.get("href") for link in self.tree.iter("a")}

    def rows(self) -> list[list[str]]:
        """Return the words in each row of the tables' bodies."""
        return [
            [words_of(cell) for cell in row.iter("th", "td")]
            for row in self.tree.xpath("//tbody/tr")
        ]

    def see(self, *sentences: str) -> Self:
        """Refuse a page that does not say each of these."""
        for sentence in sentences:
            assert sentence in self.words, f"{self.address} does not say “{sentence}”: {self.words}"
        return self

    def not_see(self, *sentences: str) -> Self:
        """Refuse a page that says any of these."""
        for sentence in sentences:
            assert sentence not in self.words, f"{self.address} says “{sentence}”"
        return self

    def follow(self, words: str) -> "Page":
        """Follow the link with these words."""
        assert words in self.links, f"no link “{words}” among {sorted(self.links)}"
        return self.browser.open(urljoin(self.address, self.links[words]))

    def press(self, words: str, *, status: int = 200, **answers: Any) -> "Page":
        """Press the button with these words, having changed only these answers in its form."""
        button = self.button(words)
        owner = button.get("form")
        form = self.tree.get_element_by_id(owner) if owner else next(button.iterancestors("form"))
        filled = {**answers_in(form), **answers}
        if button.get("name"):
            filled[button.get("name")] = button.get("value", "")
        action = button.get("formaction") or form.get("action") or self.address
        action = urljoin(self.address, action)
        if (form.get("method") or "get").lower() == "get":
            return self.browser.open(action.partition("?")[0], status=status, **filled)
        return self.browser.post(action, status=status, **filled)

    def button(self, words: str) -> Element:
        """Return the button with these words."""
        found = [button for button in self.tree.iter("button") if words_of(button) == words]
        everything = [words_of(button) for button in self.tree.iter("button")]
        assert found, f"no button “{words}” among {everything}"
        return found[0]


def answers_in(form: Element) -> dict[str, Any]:
    """Return what a form would send as it stands."""
    sent: dict[str, Any] = {}
    for field in fields(form):
        name, kind = field.get("name"), field.get("type")
        if not name or kind == "file":
            continue
        if kind in ("radio", "checkbox"):
            if field.get("checked") is not None:
                sent.setdefault(name, []).append(field.get("value", "on"))
        else:
            sent[name] = field.value if field.value is not None else ""
    for field in form.xpath('.//input[@type="hidden" and @name!="csrfmiddlewaretoken"]'):
        sent.setdefault(field.get("name"), []).append(field.get("value", ""))
    return sent

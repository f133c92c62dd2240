"""An address on the web is hidden whole, as one; those of public bodies stay."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.patterns import patterns_in
from forthright.anonymiser.spans import Kind

SITES = [
    "www.ellabrown.co.uk",
    "ellabrown.co.uk",
    "WWW.ELLABROWN.CO.UK",
    "ella-brown.com/blog?x=1",
    "www.ellabrown.me",
    "www.ellabrown",
    "ellabrown.wordpress.com",
    "youtube.com/watch?v=abc",
    "bit.ly/3xY7",
    "oakfield.worcs.sch.uk",
    "www.osei-bakery.co.uk/contact/",
    "https://www.ellabrown.co.uk/about",
]
STAYS = [
    "See www.cps.gov.uk for this.",
    "See www.gov.uk/get-copy-victims-code for this.",
    "See www.victimsupport.org.uk or victimsupport.org.uk/help.",
    "See www.judiciary.uk and ico.org.uk.",
    "It ended.He left.So did you.",
    "He is a B.Com. and was there, i.e. at 10.30.",
    "He came.In the end he left.To us it was clear.",
]


@pytest.mark.parametrize("site", SITES)
def test_an_address_on_the_web_is_hidden_whole(site):
    text = f"See {site} for this."

    found = [(each.kind, text[each.start : each.end]) for each in patterns_in(text)]

    assert [(kind, words.rstrip("/")) for kind, words in found] == [(Kind.WEB, site.rstrip("/"))]
    done = anonymise(f"Dear reader\n\n{text}\n\nYours sincerely").text.split("\n\n")[1]
    assert done.replace("]/", "]") == "See [web address] for this."
    assert left_in([("the letter", text)], Known())


@pytest.mark.parametrize("text", STAYS)
def test_the_site_of_a_public_body_and_the_end_of_a_sentence_stay(text):
    assert list(patterns_in(text)) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("He is at ///filled.count.soap now.", "at [address] now."),
        ("He is at /// filled.count.soap.", "at [address]."),
        ("The what3words address is filled.count.soap.", "address is [address]."),
        ("We met (What3Words: Filled.Count.Soap).", ": [address])."),
        ("On what three words: “filled.count.soap”.", "“[address]”."),
        ("At filled.count.soap (what3words).", "At [address] ("),
        ("On w3w it was filled.count.soap.", "it was [address]."),
        ("It was ///ਪਾਣੀ.ਘਰ.ਰਾਹ then.", "It was [address] then."),
        ("See what3words.com/filled.count.soap then.", "See [web address] then."),
        ("See w3w.co/filled.count.soap then.", "See [web address] then."),
    ],
)
def test_a_place_by_its_three_words_is_hidden_and_stopped(said, instead):
    done = anonymise(f"Dear reader\n\n{said}\n\nYours sincerely").text

    assert instead in done
    assert left_in([("the letter", said)], Known())
    assert not left_in([("the letter", done)], Known())


@pytest.mark.parametrize(
    "text",
    ["It ended.He left.So did you.", "In what three words do you want it? It ended.", "and/or"],
)
def test_a_sentence_without_blanks_is_no_such_place(text):
    assert list(patterns_in(text)) == []

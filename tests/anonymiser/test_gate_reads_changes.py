"""A name in a Word file is found in each reading of it in which somebody may see the name."""

import time
from datetime import date
from functools import cache
from itertools import product

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.spans import Kind
from forthright.letter_files import word_readings
from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.reading import FileRefused
from tests.letter_files.files import a_word_file, inside

KNOWN = Known(
    (KnownPerson("the victim", "Siobhan", "O'Donoghue"), KnownPerson("the officer", "Ada", "Khan")),
    (KnownWords(Kind.PLACE, "Penkridge"), KnownWords(Kind.URN, "20AB0123426"),
     KnownWords(Kind.PLACE, "ST19 5QH")),
    days=(date(2026, 3, 14),),
)  # fmt: skip
SPACES = " ".join(
    f'xmlns:{short}="{name}"'
    for short, name in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
STYLES = (
    f"<w:styles {SPACES}>"
    '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Away"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Still"><w:rPr><w:vanish/></w:rPr></w:style>'
    "</w:styles>"
)


def text(words, looks=""):
    marks = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{marks}<w:t xml:space="preserve">{words}</w:t></w:r>'


def changed(kind, words, by="A"):
    return f'<w:{kind} w:id="1" w:author="{by}" w:date="2026-01-01T10:00:00Z">{words}</w:{kind}>'


def taken_out(words, by="A"):
    return changed("del", f"<w:r><w:delText>{words}</w:delText></w:r>", by)


def put_in(words, by="A"):
    return changed("ins", text(words), by)


def a_box(body):
    within = f"<w:txbxContent><w:p>{body}</w:p></w:txbxContent>"
    return f"<w:r><w:pict><v:shape><v:textbox>{within}</v:textbox></v:shape></w:pict></w:r>"


def a_field(code, shown):
    marks = [f'<w:r><w:fldChar w:fldCharType="{each}"/></w:r>'
             for each in ("begin", "separate", "end")]  # fmt: skip
    return (
        f"{marks[0]}<w:r><w:instrText>{code}</w:instrText></w:r>{marks[1]}{text(shown)}{marks[2]}"
    )


def ways(*each):
    choice = "".join(f'<mc:Choice Requires="wps">{one}</mc:Choice>' for one in each[:-1])
    within = f"{choice}<mc:Fallback>{each[-1]}</mc:Fallback>"
    return f"<mc:AlternateContent>{within}</mc:AlternateContent>"


def signs(words):
    each = "".join(f'<w:sym w:font="Arial" w:char="{ord(one):04X}"/>' for one in words)
    return f"<w:r>{each}</w:r>"


def ruby(above, below):
    within = f"<w:rt>{text(above)}</w:rt><w:rubyBase>{text(below)}</w:rubyBase>"
    return f"<w:r><w:ruby>{within}</w:ruby></w:r>"


NAMES = ["Khan", "Siobhan", "O'Donoghue", "Penkridge", "ST19 5QH", "20AB0123426", "14 March 2026"]
HIDDEN, MARK = "<w:vanish/>", 'w:id="1" w:author="A"'
# A whole name, with what stands beside or around it.
BESIDE = {
    "after words taken out": lambda n: taken_out("them") + put_in(n),
    "before words taken out": lambda n: put_in(n) + taken_out("her"),
    "left beside words taken out": lambda n: taken_out("The") + text(n) + taken_out("her"),
    "taken out beside words put in": lambda n: taken_out(n) + put_in("her"),
    "taken out after words put in": lambda n: put_in("them") + taken_out(n),
    "put in and taken out again": lambda n: (
        taken_out("them") + changed("ins", taken_out(n, "B")) + put_in("her", "B")
    ),
    "put in before what another put in": lambda n: put_in(n) + put_in("her", "B"),
    "after moved words": lambda n: changed("moveFrom", text("the")) + text(n),
    "before moved words": lambda n: text(n) + changed("moveFrom", text("she")),
    "moved here": lambda n: changed("moveFrom", text("her")) + changed("moveTo", text(n)),
    "moved away": lambda n: changed("moveTo", text("her")) + changed("moveFrom", text(n)),
    "before hidden words": lambda n: text(n) + text("her", HIDDEN),
    "hidden": lambda n: text("them") + text(n, HIDDEN) + text("her"),
    "before words hidden by a style": lambda n: text(n) + text("her", '<w:rStyle w:val="Away"/>'),
    "before words hidden on the web": lambda n: text(n) + text("her", "<w:webHidden/>"),
    "before words that were hidden": lambda n: (
        text(n) + text("her", f"<w:rPrChange {MARK}><w:rPr>{HIDDEN}</w:rPr></w:rPrChange>")
    ),
    "after a box": lambda n: a_box(text("OFFICIAL")) + text(n),
    "in a box": lambda n: text("them") + a_box(text(n)) + text("her"),
    "in a box in a box": lambda n: a_box(text("them") + a_box(text(n)) + text("us")),
    "in what old programs show": lambda n: text("them") + ways(text("her"), text(n)) + text("us"),
    "in what new programs show": lambda n: text("them") + ways(text(n), text("her")) + text("us"),
    "in the second of three ways": lambda n: ways(text("her"), text(n), text("him")) + text(" us"),
    "in a box in each way": lambda n: ways(a_box(text("her")), a_box(text(n))) + text("us"),
    "after a code": lambda n: a_field("SEQ", "") + text(n),
    "a code": lambda n: text("them") + a_field(n, "her"),
    "what a field shows": lambda n: a_field("REF", n) + text("her"),
    "before a field": lambda n: text(n) + a_field("PAGE", "seven"),
    "beside a small field": lambda n: (
        f'{text(n)}<w:fldSimple w:instr="PAGE">{text("seven")}</w:fldSimple>'
    ),
    "with a raised word": lambda n: text(n) + text("see", '<w:vertAlign w:val="superscript"/>'),
    "with a note of its own sign": lambda n: (
        text(n) + "<w:r><w:footnoteReference/></w:r>" + text("see")
    ),
    "after a field to fill in": lambda n: (
        f"<w:sdt><w:sdtContent>{text('Choose')}</w:sdtContent></w:sdt>{text(n)}"
    ),
    "in a field to fill in": lambda n: (
        f"{text('her')}<w:sdt><w:sdtContent>{text(n)}</w:sdtContent></w:sdt>{text('her')}"
    ),
    "in a link with words taken out": lambda n: (
        f"<w:hyperlink>{taken_out('her')}{text(n)}{taken_out('her')}</w:hyperlink>"
    ),
    "above other words": lambda n: text("us") + ruby(n, "them"),
    "below other words": lambda n: ruby("them", n),
    "before a tab to a place": lambda n: f"{text(n)}<w:r><w:ptab/></w:r>{text('her')}",
    "before a sign": lambda n: text(n) + signs("x"),
    "before an arrow of a font of signs": lambda n: text(n) + signs("\uf0e0") + text("her"),
}
# A name with something in its midst that some reading leaves out, by its two halves.
WITHIN = {
    "letters taken out": lambda a, b: text(a) + taken_out("rter") + text(b),
    "a letter taken out": lambda a, b: text(a) + taken_out("s") + text(b),
    "letters put in": lambda a, b: text(a) + put_in("rter") + text(b),
    "letters put in of old": lambda a, b: taken_out(a) + put_in("rter") + taken_out(b),
    "letters put in anew": lambda a, b: put_in(a) + taken_out("rter") + put_in(b),
    "letters that another took out": lambda a, b: (
        put_in(a) + changed("ins", taken_out("rter", "B")) + put_in(b)
    ),
    "letters that two put in": lambda a, b: text(a) + put_in("rt") + put_in("er", "B") + text(b),
    "words of another after half of it": lambda a, b: (
        put_in(a) + changed("ins", taken_out(b, "B")) + put_in("ster", "B")
    ),
    "words of a third after halves of two": lambda a, b: (
        put_in(a) + put_in(b, "B") + put_in("ster", "C")
    ),
    "letters taken out in a link": lambda a, b: (
        f"<w:hyperlink>{text(a)}{taken_out('rter')}{text(b)}</w:hyperlink>"
    ),
    "letters moved": lambda a, b: text(a) + changed("moveFrom", text("rter")) + text(b),
    "hidden letters": lambda a, b: text(a) + text("rter", HIDDEN) + text(b),
    "letters hidden by a style": lambda a, b: (
        text(a) + text("rter", '<w:rStyle w:val="Gone"/>') + text(b)
    ),
    "hidden letters taken out": lambda a, b: (
        text(a) + text("rt", HIDDEN) + taken_out("er") + text(b)
    ),
    "a box": lambda a, b: text(a) + a_box(text("OFFICIAL")) + text(b),
    "a code": lambda a, b: text(a) + "<w:r><w:instrText>SEQ</w:instrText></w:r>" + text(b),
    "a note": lambda a, b: text(a) + '<w:r><w:footnoteReference w:id="3"/></w:r>' + text(b),
    "a raised number": lambda a, b: (
        text(a) + text("seven", '<w:vertAlign w:val="subscript"/>') + text(b)
    ),
    "a way that is not shown": lambda a, b: text(a) + ways("", text("her")) + text(b),
    "a way for new programs": lambda a, b: text(a) + ways(text("her"), "") + text(b),
    "a soft hyphen": lambda a, b: f"{text(a)}<w:r><w:softHyphen/></w:r>{text(b)}",
    "a smart tag": lambda a, b: f"<w:smartTag>{text(a)}</w:smartTag>{text(b)}",
    "a field to fill in": lambda a, b: (
        f"{text(a)}<w:sdt><w:sdtContent>{text(b)}</w:sdtContent></w:sdt>"
    ),
    "what a small field shows": lambda a, b: (
        f'{text(a)}<w:fldSimple w:instr="REF">{text(b)}</w:fldSimple>'
    ),
    "letters that are signs": lambda a, b: text(a) + signs(b),
    "words above them": lambda a, b: text(a) + ruby("them", b),
    "a blank that Word does not show": lambda a, b: f"<w:r><w:t>{a} </w:t></w:r>{text(b)}",
    "stray words": lambda a, b: f"{text(a)}stray{text(b)}",
    "an end that was taken out": lambda a, b: ends(f"<w:del {MARK}/>", a, b),
    "an end that was put in": lambda a, b: ends(f"<w:ins {MARK}/>", a, b),
    "an end that is hidden": lambda a, b: ends(HIDDEN, a, b),
}


def ends(marks, a, b):
    """Return a name whose first half ends a paragraph; the end itself has these marks."""
    return (
        f"</w:p><w:p><w:pPr><w:rPr>{marks}</w:rPr></w:pPr>{text('We asked ')}{text(a)}</w:p>"
        f'<w:bookmarkStart w:id="4" w:name="_a"/><w:p>{text(b)}'
    )


@cache
def a_letter():
    return inside(a_word_file("Dear [the victim]"), "word/styles.xml", STYLES.encode())


def a_file(body):
    lines = (text("Dear [the victim]"), f"{text('I spoke to ')}{body}{text(' about it.')}")
    whole = "".join(f"<w:p>{line}</w:p>" for line in lines)
    said = f"<w:document {SPACES}><w:body>{whole}</w:body></w:document>"
    return inside(a_letter(), "word/document.xml", said.encode())


def left(body):
    parts = parts_of_file(a_file(body), "letter.docx")
    return left_in([(each.where, each.words) for each in parts], KNOWN)


def finds(name, body):
    """Say whether a name is found by itself, and not only in a word of which it is a part."""
    return any(each.words in name for each in left(body))


@pytest.mark.parametrize(("name", "place"), [*product(NAMES, BESIDE)])
def test_a_name_is_found_beside_what_some_reading_leaves_out(name, place):
    assert finds(name, BESIDE[place](name))


@pytest.mark.parametrize(("name", "place"), [*product(NAMES, WITHIN)])
def test_a_name_is_found_around_what_some_reading_leaves_out(name, place):
    assert left(WITHIN[place](name[:2], name[2:]))
    assert left(WITHIN[place](name[:-2], name[-2:]))


def test_a_first_letter_that_is_set_large_is_read_with_its_word():
    drop = '<w:pPr><w:framePr w:dropCap="drop" w:lines="3"/></w:pPr>'

    assert left(f"it.</w:p><w:p>{drop}{text('P')}</w:p><w:p>{text('enkridge is small.')}")


def test_a_note_beside_a_row_of_a_table_is_no_end_of_its_words():
    body = ends(f"<w:del {MARK}/>", "Pen", "kridge").replace(
        '<w:bookmarkStart w:id="4" w:name="_a"/>',
        f"<w:tbl><w:tr><w:tc><w:p>{text('her')}</w:p></w:tc></w:tr></w:tbl>",
    )

    words = [each.words for each in parts_of_file(a_file(body), "letter.docx")]

    assert not any("Penher" in each or "Penkridge" in each for each in words)


def test_a_line_is_told_where_it_stands_and_once():
    found = left(taken_out("them") + put_in("Penkridge"))

    assert [(each.where, each.line) for each in found if each.words == "Penkridge"] == [
        ("the letter", 2)
    ]
    assert len(left(text("Penkridge, ") + taken_out("them") + put_in("they"))) == 1


@pytest.mark.parametrize(("gone", "come"), [("Siobhan", "her"), ("them", "Siobhan")])
def test_a_line_behind_an_end_that_is_gone_is_told_where_it_stands(gone, come):
    body = ends(HIDDEN, "Pen", "kridge") + f"</w:p><w:p>{text('We wrote.')}" * 3
    found = left(f"{body}</w:p><w:p>{taken_out(gone)}{put_in(come)}")

    # Before it: a greeting, a line, the two that are one to the eye, and three.
    assert {each.line for each in found if each.words == "Siobhan"} == {8}


def test_a_day_that_goes_on_in_the_next_line_is_found_in_each_reading():
    assert left(f"{text('on ')}{taken_out('the')}{text('14')}</w:p><w:p>{text('March 2026')}")


CLEAN = {place: made("[the victim]") for place, made in BESIDE.items()}
CLEAN |= {place: made("[the vic", "tim]") for place, made in WITHIN.items()}


@pytest.mark.parametrize("place", CLEAN)
def test_letters_that_are_clean_pass(place):
    assert left(CLEAN[place]) == []


def test_a_raised_end_of_a_word_begins_no_other():
    raised = text("th", '<w:vertAlign w:val="superscript"/>')
    parts = parts_of_file(a_file(text("the 4") + raised), "letter.docx")

    assert not any("4 th" in each.words for each in parts)


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_what_is_set_not_to_be_hidden_is_shown(off):
    shown = text("her", f'<w:rStyle w:val="Gone"/><w:vanish w:val="{off}"/>')

    parts = parts_of_file(a_file(text("them") + shown), "letter.docx")

    assert [each.where for each in parts].count("the letter") == 1


def test_of_two_styles_that_hide_the_second_takes_back_the_first():
    style = '<w:pPr><w:pStyle w:val="Still"/></w:pPr>'
    shown = text("Pen", '<w:rStyle w:val="Gone"/>') + text("her") + text(
        "kridge", '<w:rStyle w:val="Gone"/>'
    )  # fmt: skip

    assert left(f"</w:p><w:p>{style}{shown}</w:p><w:p>")


def test_a_plain_letter_is_read_once():
    parts = parts_of_file(a_word_file("Dear [the victim]", "We wrote to you."), "letter.docx")

    assert [each.where for each in parts].count("the letter") == 1


def test_more_readings_than_can_be_searched_are_refused():
    people = "".join(put_in("a", f"person {number}") for number in range(300))

    with pytest.raises(FileRefused, match=r"Accept or reject the changes in Word.*again\."):
        left(people)


def test_readings_that_say_nothing_new_count_as_work_that_was_done(monkeypatch):
    marked = put_in("") + put_in("", "B") + text("", HIDDEN) + text("We wrote to you.")
    body = "</w:p><w:p>".join([marked] * 50)
    assert not left(body)
    monkeypatch.setattr(word_readings, "MOST_WORK", 1_500)

    # Five ways by whose changes are made, each with what is hidden and without, of four pieces.
    with pytest.raises(FileRefused, match="more ways than can be searched"):
        left(body)
    assert not left("</w:p><w:p>".join([text("We wrote to you.")] * 50))


def test_a_line_with_more_letters_than_can_be_searched_in_or_beside_it_is_refused(monkeypatch):
    monkeypatch.setattr(word_readings, "MOST_WORK", 1_500)

    with pytest.raises(FileRefused, match="more ways than can be searched"):
        left(text("We wrote to you. " * 100) + put_in("her"))
    with pytest.raises(FileRefused, match="more ways than can be searched"):
        left(f"{put_in('her')}</w:p><w:p>{text('We wrote to you. ' * 100)}")


def test_many_changes_take_no_long_time():
    body = "</w:p><w:p>".join(
        text("We wrote ") + taken_out("them") + put_in("her", "B") + text("hid", HIDDEN)
        for _ in range(2000)
    )
    began = time.process_time()

    parts_of_file(a_file(body), "letter.docx")

    assert time.process_time() - began < 5

"""The addresses of a letter, from the reasons to the proof that it arrived."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from forthright.letters.views import (
    approving,
    batches,
    contacts,
    drafts,
    letter,
    looks,
    notes,
    others,
    recording,
    rule_sets,
    sending,
    waiting,
    wishes,
)

OWED, OTHER = "letters/<int:duty_id>/", "letters/<int:duty_id>/others/<int:number>/"


def both(place: str, view: Callable[..., HttpResponse], name: str) -> list[URLPattern]:
    """Return a page's address for the letter owed, and for another to the same person."""
    return [path(f"{OWED}{place}", view, name=name), path(f"{OTHER}{place}", view, name=name)]


app_name = "letters"
urlpatterns = [
    path(OWED, letter.letter, name="letter"),
    path(OTHER, others.other, name="letter"),
    path(f"{OWED}record/<str:stage>/", recording.stage_record, name="stage_record"),
    path("letters/<int:duty_id>/others/", others.other_choose, name="other_choose"),
    path("letters/<int:duty_id>/others/<str:kind>/begin/", others.other_begin, name="other_begin"),
    path(f"{OTHER}facts/", others.other_facts, name="other_facts"),
    path(f"{OTHER}end/", others.other_end, name="other_end"),
    *both("words/add/", letter.words_add, "words_add"),
    *both("words/<int:version_number>/", letter.words, "words"),
    path("letters/<int:duty_id>/note/", notes.note, name="note"),
    path("letters/<int:duty_id>/note/write/", notes.note_write, name="note_write"),
    path("letters/<int:duty_id>/note/mark/", notes.note_mark, name="note_mark"),
    path("letters/<int:duty_id>/reach/", wishes.wishes, name="wishes"),
    path("letters/<int:duty_id>/details/", wishes.details, name="details"),
    *both("draft/", drafts.draft, "draft"),
    *both("draft/begin/", drafts.draft_begin, "draft_begin"),
    *both("draft/check/", drafts.draft_check, "draft_check"),
    *both("draft/download/", drafts.draft_download, "draft_download"),
    *both("draft/upload/", drafts.draft_upload, "draft_upload"),
    *both("overrule/<int:finding>/", approving.overrule, "overrule"),
    *both("approve/", approving.approve, "approve"),
    *both("look/", looks.look_waive, "look_waive"),
    *both("calls/", sending.calls, "calls"),
    *both("send/", sending.send, "send"),
    *both("send/overrule/<str:what>/", sending.lock_overrule, "lock_overrule"),
    *both("dispatches/<int:dispatch_id>/", sending.dispatch, "dispatch"),
    *both("file/<str:form>/", sending.letter_file, "letter_file"),
    path("letters/waiting/<str:what>/", waiting.waiting, name="waiting"),
    path("letters/print/", batches.batches, name="batches"),
    path("letters/print/<int:batch_id>/", batches.batch, name="batch"),
    path("letters/print/<int:batch_id>/file/", batches.batch_file, name="batch_file"),
    path("letters/bounces/", batches.bounces, name="bounces"),
    path("letter-rule-sets/", rule_sets.rule_sets, name="rule_sets"),
    path("letter-rule-sets/upload/", rule_sets.rule_set_upload, name="rule_set_upload"),
    path("letter-rule-sets/shipped/", rule_sets.rules_as_shipped, name="rules_as_shipped"),
    path("letter-rule-sets/change/<str:rule_id>/", rule_sets.rule_change, name="rule_change"),
    path("letter-rule-sets/<int:set_id>/", rule_sets.rule_set, name="rule_set"),
    path("letter-rule-sets/<int:set_id>/adopt/", rule_sets.rule_set_adopt, name="rule_set_adopt"),
    path(
        "letter-rule-sets/<int:set_id>/take-back/",
        rule_sets.rule_set_take_back,
        name="rule_set_take_back",
    ),
    path("letter-rule-sets/<int:set_id>/again/", rule_sets.rule_set_again, name="rule_set_again"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("contacts/add/", contacts.contact_add, name="contact_add"),
    path("contacts/<int:contact_id>/change/", contacts.contact_retire, name="contact_retire"),
    path("contacts/support/add/", contacts.support_add, name="support_add"),
    path(
        "contacts/support/<int:service_id>/change/",
        contacts.support_retire,
        name="support_retire",
    ),
]

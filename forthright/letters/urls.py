"""The addresses of a letter, from the reasons to the proof that it arrived."""

from django.urls import path

from forthright.letters.views import (
    approving,
    batches,
    contacts,
    drafts,
    letter,
    notes,
    rule_sets,
    sending,
    waiting,
    wishes,
)

app_name = "letters"
urlpatterns = [
    path("letters/<int:duty_id>/", letter.letter, name="letter"),
    path("letters/<int:duty_id>/words/add/", letter.words_add, name="words_add"),
    path("letters/<int:duty_id>/words/<int:number>/", letter.words, name="words"),
    path("letters/<int:duty_id>/note/", notes.note, name="note"),
    path("letters/<int:duty_id>/note/write/", notes.note_write, name="note_write"),
    path("letters/<int:duty_id>/note/mark/", notes.note_mark, name="note_mark"),
    path("letters/<int:duty_id>/reach/", wishes.wishes, name="wishes"),
    path("letters/<int:duty_id>/draft/", drafts.draft, name="draft"),
    path("letters/<int:duty_id>/draft/begin/", drafts.draft_begin, name="draft_begin"),
    path("letters/<int:duty_id>/draft/check/", drafts.draft_check, name="draft_check"),
    path("letters/<int:duty_id>/draft/download/", drafts.draft_download, name="draft_download"),
    path("letters/<int:duty_id>/draft/upload/", drafts.draft_upload, name="draft_upload"),
    path("letters/<int:duty_id>/overrule/<int:finding>/", approving.overrule, name="overrule"),
    path("letters/<int:duty_id>/approve/", approving.approve, name="approve"),
    path("letters/<int:duty_id>/calls/", sending.calls, name="calls"),
    path("letters/<int:duty_id>/send/", sending.send, name="send"),
    path(
        "letters/<int:duty_id>/send/overrule/<str:what>/",
        sending.lock_overrule,
        name="lock_overrule",
    ),
    path("letters/<int:duty_id>/dispatches/<int:dispatch_id>/", sending.dispatch, name="dispatch"),
    path("letters/<int:duty_id>/file/<str:form>/", sending.letter_file, name="letter_file"),
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

"""The addresses of anonymised letters and of the panel."""

from django.urls import path

from forthright.panels.views import (
    against,
    agreeing,
    changing,
    correcting,
    drawing,
    findings,
    holding_back,
    letters,
    meetings,
    paper,
    reading,
    recognising,
    releasing,
    seating,
)

app_name = "panels"
urlpatterns = [
    path("anonymised/", letters.letters, name="letters"),
    path("anonymised/choose/", letters.letter_choose, name="letter_choose"),
    path("anonymised/take/<int:duty_id>/", letters.letter_take, name="letter_take"),
    path("anonymised/<int:anonymised_id>/", letters.letter, name="letter"),
    path("anonymised/<int:anonymised_id>/add/", letters.place_add, name="place_add"),
    path("anonymised/<int:anonymised_id>/release/", releasing.release, name="release"),
    path("anonymised/<int:anonymised_id>/facts/", releasing.facts_answer, name="facts_answer"),
    path("anonymised/<int:anonymised_id>/search/", releasing.gate_search, name="gate_search"),
    path(
        "anonymised/<int:anonymised_id>/withdraw/",
        releasing.letter_withdraw,
        name="letter_withdraw",
    ),
    path("panel/meetings/", meetings.meetings, name="meetings"),
    path("panel/meetings/plan/", meetings.meeting_plan, name="meeting_plan"),
    path("panel/meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("panel/meetings/<int:meeting_id>/change/", changing.meeting_move, name="meeting_move"),
    path(
        "panel/meetings/<int:meeting_id>/call-off/", changing.meeting_cancel, name="meeting_cancel"
    ),
    path("panel/meetings/<int:meeting_id>/draw/", meetings.letters_draw, name="letters_draw"),
    path("panel/meetings/<int:meeting_id>/draw/check/", drawing.draw_check, name="draw_check"),
    path("panel/meetings/<int:meeting_id>/list.csv", drawing.list_csv, name="list_csv"),
    path("panel/meetings/<int:meeting_id>/list.txt", drawing.list_text, name="list_text"),
    path("panel/meetings/<int:meeting_id>/open/", meetings.pack_open, name="pack_open"),
    path("panel/meetings/<int:meeting_id>/close/", meetings.marks_close, name="marks_close"),
    path("panel/meetings/<int:meeting_id>/publish/", meetings.note_publish, name="note_publish"),
    path("panel/meetings/<int:meeting_id>/invitation/", meetings.invitation, name="invitation"),
    path(
        "panel/meetings/<int:meeting_id>/letters/<int:position>/leave-out/",
        meetings.letter_leave_out,
        name="letter_leave_out",
    ),
    path(
        "panel/meetings/<int:meeting_id>/letters/<int:position>/put-back/",
        meetings.letter_put_back,
        name="letter_put_back",
    ),
    path(
        "panel/meetings/<int:meeting_id>/letters/<int:position>/agree/",
        agreeing.letter_agree,
        name="letter_agree",
    ),
    path(
        "panel/meetings/<int:meeting_id>/put-aside/<int:recognition_id>/",
        recognising.put_aside_decide,
        name="put_aside_decide",
    ),
    path(
        "panel/meetings/<int:meeting_id>/booklets/<int:seat_number>/",
        meetings.booklet,
        name="booklet",
    ),
    path("panel/meetings/<int:meeting_id>/paper/<int:seat_number>/", paper.paper, name="paper"),
    path(
        "panel/meetings/<int:meeting_id>/paper/<int:seat_number>/give-back/",
        paper.paper_give_back,
        name="paper_give_back",
    ),
    path(
        "panel/meetings/<int:meeting_id>/paper/<int:seat_number>/booklets/",
        paper.paper_issues,
        name="paper_issues",
    ),
    path(
        "panel/meetings/<int:meeting_id>/paper/<int:seat_number>/take-over/",
        paper.paper_take_over,
        name="paper_take_over",
    ),
    path(
        "panel/meetings/<int:meeting_id>/paper/<int:seat_number>/put-aside/",
        paper.paper_letters,
        name="paper_letters",
    ),
    path(
        "panel/meetings/<int:meeting_id>/paper/<int:seat_number>/letters/<int:position>/put-aside/",
        paper.paper_put_aside,
        name="paper_put_aside",
    ),
    path("panel/meetings/<int:meeting_id>/seats/add/", seating.seats_add, name="seats_add"),
    path(
        "panel/meetings/<int:meeting_id>/not-given/<int:not_given_id>/give/",
        seating.letter_give,
        name="letter_give",
    ),
    path(
        "panel/meetings/<int:meeting_id>/copies/<int:release_id>/<int:seat_number>/back/",
        seating.copy_back,
        name="copy_back",
    ),
    path(
        "panel/meetings/<int:meeting_id>/seats/<int:seat_number>/end/",
        seating.seat_end,
        name="seat_end",
    ),
    path("panel/meetings/<int:meeting_id>/discussion/", findings.discussion, name="discussion"),
    path(
        "panel/meetings/<int:meeting_id>/letters/<int:position>/",
        findings.letter_discussed,
        name="letter_discussed",
    ),
    path("panel/meetings/<int:meeting_id>/findings/", findings.finding_give, name="finding_give"),
    path(
        "panel/meetings/<int:meeting_id>/hold-back/<str:words_part>/<int:words_number>/",
        holding_back.words_hold_back,
        name="words_hold_back",
    ),
    path("panel/meetings/<int:meeting_id>/note/", findings.note, name="note"),
    path(
        "panel/meetings/<int:meeting_id>/note/<str:drawn_part>/<int:place>/",
        findings.answers_counted,
        name="answers_counted",
    ),
    path("panel/against/", against.against, name="against"),
    path("panel/against/<str:criterion_code>/", against.against_letters, name="against_letters"),
    path("panel/findings/", findings.findings, name="findings"),
    path("panel/findings/<int:finding_id>/", findings.finding, name="finding"),
    path(
        "panel/findings/<int:finding_id>/correct/",
        correcting.finding_correct,
        name="finding_correct",
    ),
    path(
        "panel/findings/<int:finding_id>/give-on/",
        findings.finding_give_on,
        name="finding_give_on",
    ),
    path("panel/packs/", reading.packs, name="packs"),
    path("panel/packs/<int:seat_id>/", reading.pack, name="pack"),
    path("panel/packs/<int:seat_id>/promise/", reading.promise_make, name="promise_make"),
    path("panel/packs/<int:seat_id>/hand-in/", reading.pack_hand_in, name="pack_hand_in"),
    path("panel/packs/<int:seat_id>/file/", reading.pack_file, name="pack_file"),
    path("panel/packs/<int:seat_id>/invitation/", reading.pack_invitation, name="pack_invitation"),
    path(
        "panel/packs/<int:seat_id>/letters/<int:position>/",
        reading.pack_letter,
        name="pack_letter",
    ),
    path(
        "panel/packs/<int:seat_id>/letters/<int:position>/put-aside/",
        recognising.letter_put_aside,
        name="letter_put_aside",
    ),
]

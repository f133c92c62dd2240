"""The addresses of recordings, discs, stock-takes and what the police are asked for."""

from django.urls import path

from forthright.hard_media.views import (
    cases,
    cutting,
    discs,
    discs_put_right,
    ended,
    firms,
    items,
    named,
    playing,
    received,
    sending,
    sent_days,
    settings,
    sharing,
    stock,
    stray,
)

CASE = "recordings/cases/<int:case_id>/"
ITEM = "recordings/items/<int:item_id>/"
SHARE = "recordings/shares/<int:share_id>/"
RECEIVED = "received/<str:link>/"
GIVEN = f"{RECEIVED}recordings/<int:content_id>/"
DISC = "recordings/discs/<int:disc_id>/"
TAKEN = "recordings/stock-takes/<int:stock_take_id>/"

app_name = "hard_media"
urlpatterns = [
    path("recordings/", cases.cases, name="cases"),
    path("recordings/register/", cases.case_register, name="case_register"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}hearing/", cases.hearing_move, name="hearing_move"),
    path(f"{CASE}sent/", sent_days.sent_day, name="sent_day"),
    path(f"{CASE}close/", cases.hearing_close, name="hearing_close"),
    path(f"{CASE}defendants/<int:defendant_id>/", firms.representation, name="representation"),
    path(
        f"{CASE}defendants/<int:defendant_id>/since/",
        firms.representation_since,
        name="representation_since",
    ),
    path(
        f"{CASE}firms/<int:firm_id>/mistake/",
        firms.representation_mistake,
        name="representation_mistake",
    ),
    path(f"{CASE}defendants/<int:defendant_id>/end/", ended.case_ended, name="case_ended"),
    path(f"{CASE}add/", items.item_add, name="item_add"),
    path(f"{CASE}form/", named.form_read, name="form_read"),
    path(f"{CASE}share/", sharing.items_share, name="items_share"),
    path(ITEM, items.item, name="item"),
    path(f"{ITEM}change/", items.item_change, name="item_change"),
    path(f"{ITEM}record/<str:step>/", items.item_record, name="item_record"),
    path(f"{ITEM}decide/<str:step>/", items.item_decide, name="item_decide"),
    path(f"{ITEM}feedback/", sharing.feedback_give, name="feedback_give"),
    path(f"{ITEM}send/", sending.file_send, name="file_send"),
    path(f"{ITEM}send/parts/", sending.file_begin, name="file_begin"),
    path(f"{ITEM}send/parts/<str:incoming>", sending.file_part, name="file_part"),
    path("recordings/files/<int:file_id>/give-up/", sending.file_give_up, name="file_give_up"),
    path("recordings/files/<int:file_id>/", playing.file_show, name="file_show"),
    path("recordings/files/<int:file_id>/mark/", playing.file_mark, name="file_mark"),
    path("recordings/files/<int:file_id>/stray/", stray.file_stray, name="file_stray"),
    path("recordings/marks/<int:mark_id>/remove/", playing.mark_remove, name="mark_remove"),
    path("recordings/files/<int:file_id>/cut/", cutting.file_cut, name="file_cut"),
    path("recordings/copies/<int:copy_id>/", cutting.copy_show, name="copy_show"),
    path(
        "recordings/copies/<int:copy_id>/content/<str:ticket>/",
        cutting.copy_content,
        name="copy_content",
    ),
    path("recordings/copies/<int:copy_id>/pass/", cutting.copy_pass, name="copy_pass"),
    path("recordings/copies/<int:copy_id>/take-out/", cutting.copy_take_out, name="copy_take_out"),
    path("recordings/files/<int:file_id>/take-out/", playing.file_download, name="file_download"),
    path(
        "recordings/files/<int:file_id>/content/<str:ticket>/",
        playing.file_content,
        name="file_content",
    ),
    path("recordings/links/<int:link_id>/send/", sharing.link_send, name="link_send"),
    path(f"{SHARE}opened/", sharing.share_opened, name="share_opened"),
    path(f"{SHARE}take-back/", sharing.share_revoke, name="share_revoke"),
    path("recordings/feedback/", sharing.feedback, name="feedback"),
    path(
        "recordings/feedback/<int:police_feedback_id>/",
        sharing.feedback_answer,
        name="feedback_answer",
    ),
    path(RECEIVED, received.received, name="received"),
    path(f"{RECEIVED}code/", received.received_code, name="received_code"),
    path(f"{RECEIVED}enter/", received.received_enter, name="received_enter"),
    path(f"{RECEIVED}recordings/", received.received_list, name="received_list"),
    path(f"{GIVEN}", received.received_play, name="received_play"),
    path(f"{GIVEN}take-out/", received.received_take_out, name="received_take_out"),
    path(f"{GIVEN}watched/", received.received_watched, name="received_watched"),
    path(f"{GIVEN}content/<str:ticket>/", received.received_content, name="received_content"),
    path("owed/", sharing.owed, name="owed"),
    path("recordings/discs/", discs.discs, name="discs"),
    path("recordings/discs/add/", discs.disc_add, name="disc_add"),
    path(DISC, discs.disc, name="disc"),
    path(f"{DISC}contents/", discs.disc_fill, name="disc_fill"),
    path(f"{DISC}put-right/", discs_put_right.disc_put_right, name="disc_put_right"),
    path(f"{DISC}hand-over/", discs.disc_hand_over, name="disc_hand_over"),
    path(f"{DISC}end/", discs.disc_end, name="disc_end"),
    path(f"{DISC}label/", discs.disc_label, name="disc_label"),
    path(f"{DISC}certificate/", discs.disc_certificate, name="disc_certificate"),
    path("recordings/stock-takes/", stock.stock_takes, name="stock_takes"),
    path("recordings/stock-takes/begin/", stock.stock_take_begin, name="stock_take_begin"),
    path(TAKEN, stock.stock_take, name="stock_take"),
    path(f"{TAKEN}scan/", stock.stock_take_scan, name="stock_take_scan"),
    path(f"{TAKEN}finish/", stock.stock_take_finish, name="stock_take_finish"),
    path("recording-periods/", settings.periods, name="periods"),
    path("recording-periods/change/", settings.periods_change, name="periods_change"),
    path("police-partners/", settings.partners, name="partners"),
    path("police-partners/<int:partner_id>/", settings.partner, name="partner"),
]

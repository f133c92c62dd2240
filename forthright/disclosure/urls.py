"""The addresses of the duty to disclose."""

from django.urls import path

from forthright.disclosure.views import (
    compliance,
    duties,
    ending,
    endorsing,
    limits,
    looking_again,
    management,
    mending,
    schedules,
    serving,
    taking_back,
)

app_name = "disclosure"
ONE = "disclosure/<int:disclosure_id>"
DELIVERY = "disclosure/deliveries/<int:delivery_id>"
urlpatterns = [
    path("disclosure/", duties.duties, name="duties"),
    path("disclosure/start/", duties.duty_start, name="duty_start"),
    path("disclosure/not-begun/", duties.not_begun, name="not_begun"),
    path("disclosure/compliance/", compliance.compliance, name="compliance"),
    path("disclosure/compliance/months/", compliance.compliance_months,
         name="compliance_months"),
    path("disclosure/compliance/<str:month>/<str:figure>/", compliance.compliance_figure,
         name="compliance_figure"),
    path("disclosure/limits/", limits.limits, name="limits"),
    path("disclosure/limits/<int:place>/change/", limits.limit_change, name="limit_change"),
    path(f"{ONE}/", duties.duty, name="duty"),
    path(f"{ONE}/record/", duties.record_sheet, name="record_sheet"),
    path(f"{ONE}/dates/", duties.dates_moved, name="dates_moved"),
    path(f"{ONE}/evidence/", compliance.evidence, name="evidence"),
    path(f"{ONE}/management/", management.management, name="management"),
    path(f"{ONE}/management/write/", management.management_write, name="management_write"),
    path(f"{ONE}/management/file/<str:ending>/", management.management_file,
         name="management_file"),
    path(f"{ONE}/date/", duties.court_date_set, name="court_date_set"),
    path(f"{ONE}/trigger/", duties.trigger_correct, name="trigger_correct"),
    path(f"{ONE}/correct/", mending.duty_mend, name="duty_mend"),
    path(f"{ONE}/take-back/", taking_back.duty_take_back, name="duty_take_back"),
    path(f"{ONE}/take-back/<int:taking_id>/", taking_back.taking_confirm, name="taking_confirm"),
    path(
        f"{ONE}/take-back/<int:taking_id>/leave/", taking_back.taking_leave, name="taking_leave"
    ),
    path(f"{ONE}/left/", duties.duty_left, name="duty_left"),
    path(f"{ONE}/schedules/", schedules.schedules_bring, name="schedules_bring"),
    path(f"{ONE}/endorse/", endorsing.endorse, name="endorse"),
    path(f"{ONE}/endorse/items/", endorsing.endorse_items, name="endorse_items"),
    path(f"{ONE}/endorse/obvious/", endorsing.endorse_obvious, name="endorse_obvious"),
    path(f"{ONE}/endorse/<int:schedule_item_id>/", endorsing.item, name="item"),
    path(
        f"{ONE}/endorse/<int:schedule_item_id>/keep/", endorsing.item_endorse, name="item_endorse"
    ),
    path(f"{ONE}/approve/", serving.approve, name="approve"),
    path(f"{ONE}/send-back/", serving.duty_send_back, name="duty_send_back"),
    path(f"{ONE}/serve/", serving.serve, name="serve"),
    path(f"{ONE}/pack/", serving.pack, name="pack"),
    path(f"{ONE}/court/", serving.court_tell, name="court_tell"),
    path(f"{ONE}/statement/", serving.statement, name="statement"),
    path(f"{ONE}/statement/look/", looking_again.statement_look, name="statement_look"),
    path(f"{ONE}/statement/none/", serving.statement_none, name="statement_none"),
    path(f"{ONE}/statement/<int:request_id>/", serving.request_answer, name="request_answer"),
    path(f"{ONE}/close/", ending.duty_close, name="duty_close"),
    path(f"{ONE}/open-again/", ending.duty_open_again, name="duty_open_again"),
    path(f"{DELIVERY}/", schedules.delivery, name="delivery"),
    path(f"{DELIVERY}/files/<int:file_number>/", schedules.delivery_file, name="delivery_file"),
    path(f"{DELIVERY}/take-in/", schedules.delivery_take_in, name="delivery_take_in"),
    path(f"{DELIVERY}/give-up/", schedules.delivery_give_up, name="delivery_give_up"),
    path(f"{DELIVERY}/adequate/", schedules.delivery_adequate, name="delivery_adequate"),
    path(f"{DELIVERY}/items/<int:schedule_item_id>/hold-back/", schedules.delivery_hold_back,
         name="delivery_hold_back"),
    path(f"{DELIVERY}/return/", schedules.delivery_return, name="delivery_return"),
    path(f"{DELIVERY}/take-back/", schedules.delivery_take_back, name="delivery_take_back"),
    path("returned-schedules/", schedules.returns, name="returns"),
    path("returned-schedules/<int:return_id>/", schedules.return_answer, name="return_answer"),
    path("returned-schedules/<int:return_id>/new-version/", schedules.return_hand_in,
         name="return_hand_in"),
]  # fmt: skip

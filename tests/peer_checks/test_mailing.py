"""Whoever is told of a letter or of their reasons is told so by e-mail, once, with no names."""

import pytest
from django.urls import reverse

from forthright.audit.models import Event
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.telling import see_part
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests.peer_checks.looked_at import CHANGE, LATER, a_check, changes_asked, passed

pytestmark = pytest.mark.django_db


def told():
    asked = changes_asked(a_check())
    return PartTold.objects.get(check_of=asked)


def mailed(part):
    job = Job.objects.get(name="peer_checks.tell", arguments={"part": part.pk})
    steps.mail_part(Work(job.pk, job.name, job.key, job.arguments, None, part.area_id))


def test_a_line_with_a_link_goes_to_who_was_told_and_says_nothing_of_the_case(mailoutbox):
    part = told()

    mailed(part)

    [mail] = mailoutbox
    assert mail.to == [part.recipient.email]
    assert mail.subject == "Feedback on a letter you wrote"
    assert reverse("peer_checks:part", args=[part.pk]) in mail.body
    assert "until the end of Monday 19 October 2026" in mail.body
    for word in (part.version.letter.duty.case.urn, "Osei", CHANGE):
        assert word not in mail.body + mail.subject
    assert Event.objects.filter(name="peer_feedback.mailed").count() == 1


def test_a_job_that_ran_twice_sends_one(mailoutbox):
    part = told()

    mailed(part)
    mailed(part)

    assert len(mailoutbox) == 1


def test_what_was_read_meanwhile_needs_no_mail(mailoutbox):
    part = told()
    see_part(part, by=part.recipient, at=LATER)

    mailed(part)

    assert mailoutbox == []


def test_a_letter_that_passed_without_a_word_mails_nobody():
    passed(a_check())

    assert not Job.objects.filter(name="peer_checks.tell").exists()


def test_whoever_has_left_gets_none(mailoutbox):
    part = told()
    part.recipient.is_active = False
    part.recipient.save()

    mailed(part)

    assert mailoutbox == []

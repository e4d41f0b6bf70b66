"""The way of the tracker and its words: the steps to a mentor, where each state stands, and what is said there."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from mentoring.models import EligibilityCheck, Programme
from mentoring.states import ApplicationState

S = ApplicationState

WAY = (
    ("sent", gettext_lazy("Application")),
    ("checked", gettext_lazy("Your answers are checked")),
    ("interview", gettext_lazy("Interview")),
    ("orientation", gettext_lazy("Orientation")),
    ("mentor", gettext_lazy("We look for your mentor")),
    ("agreed", gettext_lazy("You and the mentor agree")),
    ("together", gettext_lazy("You work together")),
)
NOW = {
    S.DRAFT: "sent",
    S.NEEDS_EVIDENCE: "checked",
    S.INELIGIBLE: "checked",
    S.ELIGIBLE: "interview",
    S.BOOKED: "interview",
    S.SCREENED: "orientation",
    S.READY: "mentor",
    S.WAITLISTED: "mentor",
    S.PROPOSED: "agreed",
    S.MATCHED: "together",
    S.ENDED: "together",
}
REACHED = (
    ("together", "matched_at"),
    ("agreed", "proposed_at"),
    ("mentor", "ready_at"),
    ("orientation", "screened_at"),
    ("interview", "eligible_at"),
    ("checked", "submitted_at"),
)
DONE_AT = {
    "sent": "submitted_at",
    "checked": "eligible_at",
    "interview": "screened_at",
    "orientation": "oriented_at",
    "mentor": "proposed_at",
    "agreed": "matched_at",
}

HAPPENED = (
    ("started_at", gettext_lazy("Draft begun")),
    ("submitted_at", gettext_lazy("Application sent")),
    ("screened_at", gettext_lazy("Accepted after the interview")),
    ("oriented_at", gettext_lazy("Orientation done")),
    ("handbook_at", gettext_lazy("Handbook read")),
    ("ready_at", gettext_lazy("Ready to be matched")),
    ("proposed_at", gettext_lazy("A mentor is proposed")),
    ("matched_at", gettext_lazy("You and a mentor agreed")),
)
CHECKED: dict[str, Promise] = {
    EligibilityCheck.Verdict.PASS: gettext_lazy("The rules say: you qualify"),
    EligibilityCheck.Verdict.FAIL: gettext_lazy("The rules say: not yet"),
    EligibilityCheck.Verdict.UNKNOWN: gettext_lazy("The rules leave something open"),
}
HEADLINES = {
    S.DRAFT: gettext_lazy("Your application is not sent yet"),
    S.NEEDS_EVIDENCE: gettext_lazy("A coordinator looks at your answers"),
    S.ELIGIBLE: gettext_lazy("You qualify: next is a talk with the coordinator"),
    S.INELIGIBLE: gettext_lazy("Not yet: something has to change first"),
    S.BOOKED: gettext_lazy("Your interview is booked"),
    S.SCREENED: gettext_lazy("You are accepted: next is the orientation"),
    S.READY: gettext_lazy("We look for the mentor who fits you best"),
    S.PROPOSED: gettext_lazy("A mentor is proposed to you"),
    S.MATCHED: gettext_lazy("You have a mentor"),
    S.WAITLISTED: gettext_lazy("You are on the waiting list"),
    S.DECLINED: gettext_lazy("This time it did not work out"),
    S.COMPLETED: gettext_lazy("You completed the programme"),
    S.ENDED: gettext_lazy("The mentorship ended early"),
    S.WITHDRAWN: gettext_lazy("You withdrew this application"),
}
EXPECTED = {
    S.DRAFT: gettext_lazy("Send it by %(date)s."),
    S.NEEDS_EVIDENCE: gettext_lazy("You hear from %(council)s before %(date)s."),
    S.ELIGIBLE: gettext_lazy("The interview takes place before %(date)s. As soon as there are times, you choose one."),
    S.INELIGIBLE: gettext_lazy("You can answer again until %(date)s."),
    S.BOOKED: gettext_lazy("After the interview you hear from %(council)s before %(date)s."),
    S.SCREENED: gettext_lazy("The orientation takes place before %(date)s."),
    S.READY: gettext_lazy("You hear who your mentor could be by %(date)s. The work together starts on %(starts)s."),
    S.PROPOSED: gettext_lazy("The mentor is asked first, then you; each of you has %(days)s working days."),
    S.MATCHED: gettext_lazy("You work together until %(date)s."),
    S.WAITLISTED: gettext_lazy(
        "There was no mentor in your field this time. You keep your place, and the time you waited counts next time."
    ),
    S.DECLINED: gettext_lazy("You may apply again to a later intake."),
    S.COMPLETED: gettext_lazy("We ask you after 3, 6 and 12 months how you are doing."),
    S.ENDED: gettext_lazy("You may apply again to a later intake."),
    S.WITHDRAWN: gettext_lazy("You may apply again whenever an intake is open."),
}

# What is said differently in a group and among peers.
HEADLINES_OF = {
    Programme.Kind.GROUP: {
        S.READY: gettext_lazy("We look for the group that fits you best"),
        S.PROPOSED: gettext_lazy("A group is proposed to you"),
        S.MATCHED: gettext_lazy("Your group is under way"),
    },
    Programme.Kind.PEER: {
        S.READY: gettext_lazy("We look for the peer who fits you best"),
        S.PROPOSED: gettext_lazy("A peer is proposed to you"),
        S.MATCHED: gettext_lazy("You and a peer work together"),
    },
}
EXPECTED_OF = {
    Programme.Kind.GROUP: {
        S.READY: gettext_lazy("You hear of your group by %(date)s. The work together starts on %(starts)s."),
        S.PROPOSED: gettext_lazy(
            "The mentor is asked first, then each of you. The group begins once %(least)s people have said yes."
        ),
    },
    Programme.Kind.PEER: {
        S.READY: gettext_lazy("You hear who your peer could be by %(date)s. The work together starts on %(starts)s."),
        S.PROPOSED: gettext_lazy("The other one is asked first, then you; each of you has %(days)s working days."),
        S.WAITLISTED: gettext_lazy(
            "There was no peer in your field this time. You keep your place, and the time you waited counts next time."
        ),
    },
    Programme.Kind.EXECUTIVE: {
        S.SCREENED: gettext_lazy("The coordinator orients you one to one before %(date)s."),
    },
}
WAY_OF = {
    Programme.Kind.GROUP: {
        "mentor": gettext_lazy("We look for your group"),
        "agreed": gettext_lazy("The group agrees"),
    },
    Programme.Kind.PEER: {
        "mentor": gettext_lazy("We look for your peer"),
        "agreed": gettext_lazy("You both agree"),
    },
}
HAPPENED_OF = {
    Programme.Kind.GROUP: {
        "proposed_at": gettext_lazy("A group is proposed"),
        "matched_at": gettext_lazy("Your group began"),
    },
    Programme.Kind.PEER: {
        "proposed_at": gettext_lazy("A peer is proposed"),
        "matched_at": gettext_lazy("You and a peer agreed"),
    },
}

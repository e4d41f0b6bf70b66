"""What mentoring keeps about employers' champions, the people they invite, and thanks to mentors."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from allies.kit.privacy import Keep, Personal, Replace, months, not_personal, personal, when_erased
from councils.privacy import ERASED_ADDRESS
from mentoring.models import Champion, EmployerInvitation, EmployerTerms, Thanks

not_personal(EmployerTerms, ["seniority", "hosting", "hosting_at", "saved_at"])
personal(
    Champion,
    {
        name: Personal(
            purpose=_("To know who spoke for an employer, and when."),
            keep=_("As long as the portal runs."),
            erase=Keep(_("The history of mentoring says when each employer had a champion; it no longer names you.")),
        )
        for name in ("since", "ended_at")
    },
    owner="person",
)
personal(
    EmployerInvitation,
    {
        "email": Personal(
            purpose=_("To invite the right person to mentor, or to speak for an employer."),
            keep=months(12, after="expires_at"),
            erase=Replace(ERASED_ADDRESS),
        ),
        "word": Personal(purpose=_("To invite you with a personal word."), keep=months(12, after="expires_at")),
    },
    owner="accepted_by",
)
not_personal(
    EmployerInvitation,
    ["kind", "language", "token_digest", "made_at", "sent_at", "expires_at", "accepted_at", "revoked_at"],
)
personal(
    Thanks,
    {
        "thanked_at": Personal(
            purpose=_("To thank you once a year, with the hours that you gave."),
            keep=_("As long as the portal runs."),
            erase=Keep(_("Counted in the programme's results, which no longer name you.")),
        )
    },
    owner="mentor__person",
)


@when_erased
def end_what_was_done_for_an_employer(user: Any) -> None:
    """End what an erased person did for employers: somebody else speaks for them, and open offers are taken back."""
    now = timezone.now()
    Champion.objects.filter(person=user.pk, ended_at=None).update(ended_at=now)
    EmployerInvitation.objects.filter(invited_by=user.pk, accepted_at=None, revoked_at=None).update(revoked_at=now)

"""What the kit brings: whether it lives, jobs, and the parts of the site."""

from allies.kit.models import Job
from councils.services import labour_upload
from tests.access.matrix import PUBLIC, Row

#                 anon strngr mentee board partner coord direct rival coach cmttee funder natnl admin
# A job is there for the person who started it only: here that is the coordinator.
OWN_JOB = "       302  404    404    404   404     200   404    404   404   404    404    404   404"
OWN_ACT = "       302  404    404    404   404     302   404    404   404   404    404    404   404"
# The method that it does not offer is refused before anybody's job is looked for.
NOT_READ = "      302  405    405    405   405     405   405    405   405   405    405    405   405"
STAFF = "         302  403    403    403   403     200   200    200   200   200    200    200   200"


def job(world):
    """The arguments of a page about the coordinator's job."""
    started = Job.objects.create(kind=labour_upload.KIND, owner=world.people["coordinator"])
    return {"pk": started.pk}


ROWS = {
    "healthz": Row(get=PUBLIC),
    "kit:parts": Row(get=STAFF),
    "kit:job-show": Row(get=OWN_JOB, post=NOT_READ, args=job),
    "kit:job-fragment": Row(get=OWN_JOB, post=NOT_READ, args=job),
    "kit:job-cancel": Row(get=NOT_READ, post=OWN_ACT, args=job),
    "kit:job-again": Row(get=NOT_READ, post=OWN_ACT, args=job),
}

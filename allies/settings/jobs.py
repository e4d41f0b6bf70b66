"""Celery: queues, limits and the timetable, in code so that changes are reviewed."""

from celery.schedules import crontab

from allies.settings.base import REDIS_URL

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_QUEUES = {name: {"exchange": name, "routing_key": name} for name in ("default", "mail", "reports")}
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 28 * 60
# Longer than the longest task, so that a running task is never delivered a second time.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_timeout": 10, "socket_connect_timeout": 3}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "America/Toronto"

CELERY_BEAT_SCHEDULE = {
    "kit.heartbeat": {"task": "kit.heartbeat", "schedule": 30.0},
    "kit.sweep_jobs": {"task": "kit.sweep_jobs", "schedule": 60.0},
    "kit.sweep_files": {"task": "kit.sweep_files", "schedule": crontab(hour="3", minute="50")},
    "kit.clear_sessions": {"task": "kit.clear_sessions", "schedule": crontab(hour="4", minute="10")},
    "kit.apply_retention": {"task": "kit.apply_retention", "schedule": crontab(hour="3", minute="20")},
    "mentoring.sweep_runs": {"task": "mentoring.sweep_runs", "schedule": 60.0},
    "mentoring.end_offers": {"task": "mentoring.end_offers", "schedule": crontab(minute="40")},
    "mentoring.settle_sessions": {"task": "mentoring.settle_sessions", "schedule": crontab(minute="25")},
    "mentoring.resume_pairs": {"task": "mentoring.resume_pairs", "schedule": crontab(hour="4", minute="30")},
    "mentoring.follow_up": {"task": "mentoring.follow_up", "schedule": crontab(hour="9", minute="40")},
    "mentoring.ask_pulses": {"task": "mentoring.ask_pulses", "schedule": crontab(hour="9", minute="15")},
    # From International Volunteer Day on; on the later days for whom a worker that was down left out.
    "mentoring.thank_mentors": {
        "task": "mentoring.thank_mentors",
        "schedule": crontab(hour="10", minute="10", day_of_month="5-31", month_of_year="12"),
    },
    "mentoring.end_pauses": {"task": "mentoring.end_pauses", "schedule": crontab(hour="5", minute="20")},
}

"""Background work: the Celery app and the beat schedule, which is code so that no screen can switch a night off."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jkreeft.settings")

app = Celery("jkreeft")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Nothing runs between 02:00 and 03:00 local time: that hour happens twice, or never, once a year.
app.conf.beat_schedule = {
    "night": {"task": "privacy.run_night", "schedule": crontab(hour="3", minute="15")},
    "outbox": {"task": "privacy.drain_outbox", "schedule": crontab(minute="*/10")},
    "seal": {"task": "privacy.seal_ledger", "schedule": crontab(minute="*/15")},
    "versions": {"task": "privacy.tell_of_versions", "schedule": crontab(hour="9", minute="30")},
    "processors": {"task": "privacy.tell_of_processors", "schedule": crontab(minute="*/10")},
    "verify": {"task": "privacy.verify_ledger", "schedule": crontab(hour="5", minute="0")},
    "payments": {"task": "shop.read_open_payments", "schedule": crontab(minute="*/10")},
    "complaints": {"task": "complaints.warn_of_ending", "schedule": crontab(hour="8", minute="0")},
    "requests": {"task": "privacy.warn_of_deadlines", "schedule": crontab(hour="8", minute="10")},
    # More than once, because beat does not catch up what a closed laptop missed; who was mailed is not found again.
    "reminders": {"task": "galleries.remind", "schedule": crontab(hour="9,13,17", minute="0")},
    "removals": {"task": "galleries.warn_of_late", "schedule": crontab(hour="8", minute="20")},
    # After the night, so that what it completes is looked at by the next one.
    "assignments": {"task": "galleries.complete_assignments", "schedule": crontab(hour="5", minute="0")},
    "idle": {"task": "accounts.remind_idle", "schedule": crontab(hour="9", minute="10")},
    "archive": {"task": "shop.finish_archiving", "schedule": crontab(hour="4", minute="30")},
    "copies": {"task": "shop.renew_copies", "schedule": crontab(minute="*/10")},
    "restrictions": {"task": "privacy.lift_announced", "schedule": crontab(hour="4", minute="45")},
    "exports": {"task": "privacy.make_waiting_exports", "schedule": crontab(minute="*/10")},
    "campaigns": {"task": "accounts.wake_campaigns", "schedule": crontab(minute="*/10")},
    "mail": {"task": "privacy.send_waiting_mail", "schedule": crontab(minute="*/5")},
}

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
    "verify": {"task": "privacy.verify_ledger", "schedule": crontab(hour="5", minute="0")},
    "payments": {"task": "shop.read_open_payments", "schedule": crontab(minute="*/10")},
    "complaints": {"task": "complaints.warn_of_ending", "schedule": crontab(hour="8", minute="0")},
    "requests": {"task": "privacy.warn_of_deadlines", "schedule": crontab(hour="8", minute="10")},
    "removals": {"task": "galleries.warn_of_late", "schedule": crontab(hour="8", minute="20")},
    "reminders": {"task": "galleries.remind", "schedule": crontab(hour="9", minute="0")},
    # After the night, so that what it completes is looked at by the next one.
    "assignments": {"task": "galleries.complete_assignments", "schedule": crontab(hour="5", minute="0")},
    "mail": {"task": "privacy.send_waiting_mail", "schedule": crontab(minute="*/5")},
}

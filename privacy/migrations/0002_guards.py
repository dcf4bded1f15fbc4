"""What the models cannot say: the ledger is insert-only, and two tables of Django get the index their rule reads."""

from django.db import migrations

from privacy import triggers

INDEXES = {
    "admin_log_action_time": "django_admin_log (action_time, id)",
    "session_expire_date_key": "django_session (expire_date, session_key)",
}


def install(apps, schema_editor):
    for statement in triggers.create(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in triggers.drop(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("privacy", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(install, remove),
        *(
            migrations.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX {name}")
            for name, columns in INDEXES.items()
        ),
    ]

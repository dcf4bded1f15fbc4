from django.db import migrations
from django.db.models import OuterRef, Subquery


def take_moment(apps, schema_editor):
    """Moves made before they counted from their order (RT08)."""
    orders = apps.get_model("shop", "Order").objects.filter(pk=OuterRef("order"))
    apps.get_model("shop", "OrderMove").objects.update(placed_at=Subquery(orders.values("placed_at")))


class Migration(migrations.Migration):

    dependencies = [
        ('shop', '0007_moves_know_when_their_order_was_placed'),
    ]

    operations = [
        migrations.RunPython(take_moment, migrations.RunPython.noop),
    ]

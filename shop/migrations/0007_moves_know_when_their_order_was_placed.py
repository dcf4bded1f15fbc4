from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shop', '0006_who_received_what'),
    ]

    operations = [
        migrations.AddField(
            model_name='ordermove',
            name='placed_at',
            field=models.DateTimeField(null=True),
        ),
    ]

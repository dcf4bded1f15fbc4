from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shop', '0008_moves_take_the_moment_of_their_order'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ordermove',
            name='placed_at',
            field=models.DateTimeField(),
        ),
        migrations.RemoveIndex(
            model_name='ordermove',
            name='move_due',
        ),
        migrations.AddIndex(
            model_name='ordermove',
            index=models.Index(fields=['placed_at', 'id'], name='move_extras_due'),
        ),
    ]

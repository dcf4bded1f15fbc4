import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('galleries', '0009_encrypted_address'),
        ('shop', '0010_money_to_pay_back'),
    ]

    operations = [
        migrations.AddField(
            model_name='draft',
            name='closed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='draft',
            name='code',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='drafts', to='galleries.logincode'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('code',), name='one_open_draft'),
        ),
    ]

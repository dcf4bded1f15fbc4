import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shop', '0009_moves_end_with_their_order'),
    ]

    operations = [
        # Every stub until now waited for a bank transfer.
        migrations.AddField(
            model_name='paymentstub',
            name='provider',
            field=models.CharField(default='transfer', max_length=20, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='paymentstub',
            name='reference',
            field=models.CharField(max_length=64, verbose_name='payment reference'),
        ),
        migrations.AddConstraint(
            model_name='paymentstub',
            constraint=models.UniqueConstraint(fields=('provider', 'reference'), name='stub_once_per_provider'),
        ),
        migrations.CreateModel(
            name='Repayment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('twice', 'the order was paid already'), ('lapsed', 'the order had lapsed')], max_length=10, verbose_name='why')),
                ('provider', models.CharField(max_length=20, verbose_name='provider')),
                ('reference', models.CharField(max_length=64, verbose_name='reference')),
                ('amount_cents', models.PositiveIntegerField(verbose_name='amount')),
                ('arrived_at', models.DateTimeField(verbose_name='reported')),
                ('done_at', models.DateTimeField(null=True, verbose_name='settled')),
                ('books_year_end', models.DateField()),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='repayments', to='shop.order', verbose_name='order')),
            ],
            options={
                'verbose_name': 'money to pay back',
                'verbose_name_plural': 'money to pay back',
                'indexes': [
                    models.Index(fields=['books_year_end', 'id'], name='repayment_books'),
                    models.Index(condition=models.Q(('done_at__isnull', True)), fields=['arrived_at'], name='repayment_open'),
                ],
                'constraints': [models.UniqueConstraint(fields=('provider', 'reference'), name='one_repayment_per_payment')],
            },
        ),
    ]

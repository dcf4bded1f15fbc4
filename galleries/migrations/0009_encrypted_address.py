"""The address says of itself that it is encrypted: the column keeps its ciphertext and gets another name."""

from django.db import migrations

import common.encrypted


class Migration(migrations.Migration):

    dependencies = [
        ('galleries', '0008_saved_codes'),
    ]

    operations = [
        migrations.RenameField(model_name='reminder', old_name='encrypted', new_name='address'),
        migrations.AlterField(
            model_name='reminder',
            name='address',
            field=common.encrypted.EncryptedTextField(editable=False, verbose_name='e-mail address'),
        ),
    ]

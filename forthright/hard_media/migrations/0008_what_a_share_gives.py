import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def tell_what_was_given(apps, schema_editor):
    """Keep what links gave before it was written down: every file that was kept by then."""
    files = apps.get_model("hard_media", "SentFile").objects.filter(state="KEPT")
    for file in files.filter(item__viewed_at__isnull=False).select_related("item"):
        if file.kept_at <= file.item.viewed_at:
            file.viewed_at = file.item.viewed_at
            file.save(update_fields=["viewed_at"])
    content = apps.get_model("hard_media", "ShareContent")
    for share in apps.get_model("hard_media", "ShareRecord").objects.filter(way="LINK"):
        for file in files.filter(item=share.item_id, kept_at__lte=share.recorded_at):
            content.objects.create(share=share, file=file)


class Migration(migrations.Migration):

    dependencies = [
        ('hard_media', '0007_copies'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='cutcopy',
            name='more',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='cutcopy',
            name='passed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='cutcopy',
            name='passed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='sentfile',
            name='viewed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sentfile',
            name='superseded_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='sharereceipt',
            name='copy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hard_media.cutcopy'),
        ),
        migrations.AddConstraint(
            model_name='cutcopy',
            constraint=models.CheckConstraint(condition=models.Q(('passed_at__isnull', True), ('state', 'MADE'), _connector='OR'), name='only_a_made_copy_is_passed'),
        ),
        migrations.CreateModel(
            name='ShareContent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('copy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hard_media.cutcopy')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hard_media.sentfile')),
                ('share', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contents', to='hard_media.sharerecord')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='sharecontent',
            constraint=models.UniqueConstraint(models.F('share'), models.F('file'), condition=models.Q(('copy', None)), name='file_once_in_share'),
        ),
        migrations.AddConstraint(
            model_name='sharecontent',
            constraint=models.UniqueConstraint(models.F('share'), models.F('copy'), name='copy_once_in_share'),
        ),
        migrations.RunPython(tell_what_was_given, migrations.RunPython.noop, elidable=True),
    ]

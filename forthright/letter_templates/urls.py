"""The addresses of the templates and their blocks."""

from django.urls import path

from forthright.letter_templates.views import blocks, changing, templates

app_name = "letter_templates"
TEMPLATE, BLOCK = "templates/<int:template_id>/", "templates/blocks/<int:block_id>/"
VERSION = "versions/<int:number>/"
urlpatterns = [
    path("templates/", templates.templates, name="templates"),
    path("templates/start/", templates.templates_start, name="start"),
    path("templates/new/", changing.template_new, name="template_new"),
    path(TEMPLATE, templates.template, name="template"),
    path(f"{TEMPLATE}letter/", templates.template_letter, name="template_letter"),
    path(f"{TEMPLATE}change/", changing.template_change, name="template_change"),
    path(f"{TEMPLATE}file/", templates.template_file, name="template_file"),
    path(f"{TEMPLATE}upload/", templates.template_upload, name="template_upload"),
    path(f"{TEMPLATE}{VERSION}", templates.template_version, name="template_version"),
    path(f"{TEMPLATE}{VERSION}approve/", templates.template_approve, name="template_approve"),
    path(f"{TEMPLATE}{VERSION}end/", templates.template_withdraw, name="template_withdraw"),
    path("templates/blocks/", blocks.blocks, name="blocks"),
    path("templates/blocks/new/", blocks.block_new, name="block_new"),
    path(BLOCK, blocks.block, name="block"),
    path(f"{BLOCK}change/", blocks.block_change, name="block_change"),
    path(f"{BLOCK}retire/", blocks.block_retire, name="block_retire"),
    path(f"{BLOCK}{VERSION}", blocks.block_version, name="block_version"),
    path(f"{BLOCK}{VERSION}approve/", blocks.block_approve, name="block_approve"),
    path(f"{BLOCK}{VERSION}end/", blocks.block_withdraw, name="block_withdraw"),
]

"""The command line: everything that whoever runs a catalog does without a browser."""

import click

from catalog.cli import indexing, parties, serving, store


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="catalog-portal", prog_name="catalog")
def catalog() -> None:
    """A portal for an organization's datasets. Settings are CATALOG_… variables: see docs/settings.md."""


for command in (
    serving.serve,
    serving.check,
    store.database,
    store.import_,
    store.demo,
    indexing.index,
    parties.user,
    parties.org,
    parties.token,
    parties.share,
):
    catalog.add_command(command)

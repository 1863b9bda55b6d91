"""The command `demo`: the worked example in a temporary database."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.host.assessor import resolve_assessor

from ._output import write_text
from ._workbench import config_option, is_terminal, load_settings, run


@click.command()
@click.option("--tour", is_flag=True, help="Take the guided tour of the workbench.")
@config_option
def demo(*, tour: bool, config: Path | None) -> int:
    """Open the worked example in a temporary database.

    Changes are discarded at the end. Without a terminal, the example is printed as Markdown.
    """
    import tempfile

    from argmap.host import garbage_collection

    # Before the imports that take long; without a terminal this process is no workbench.
    if is_terminal():
        garbage_collection.take_over()
    from argmap.host.clock import now
    from store import open_store
    from store.ingest import add_example
    from store.queries import load_everything

    with tempfile.TemporaryDirectory(prefix="argmap-demo-") as folder:
        path = Path(folder) / "demo.db"
        document = add_example(path, now())
        if not is_terminal():
            from argmap.formats.registry import export_formats

            with open_store(path) as store:
                write_text(export_formats()["markdown"].write(load_everything(store)))
            return 0
        from tui.shell.app import ArgmapApp

        app = ArgmapApp(
            path,
            config=load_settings(config),
            document=document,
            with_tour=tour,
            assessor=resolve_assessor(None),
        )
        return run(app)

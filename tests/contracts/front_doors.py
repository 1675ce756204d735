"""An import contract: outsiders enter an app by its front doors, and by nothing else."""

from pathlib import Path

import grimp
from importlinter import Contract, ContractCheck, output

DOORS = {"public", "events"}
OPEN = {"regulars.ui", "regulars.lib"}


class FrontDoorsContract(Contract):
    """Outside an app, only its ``public`` and ``events`` may be imported."""

    type_name = "front_doors"

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        apps = _apps()
        broken = sorted(
            (importer, imported)
            for imported in graph.modules
            if (app := _app_of(imported, apps)) and not _is_door(imported, app)
            for importer in graph.find_modules_that_directly_import(imported)
            if _app_of(importer, apps) != app
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["broken"]:
            output.print_error(f"{importer} imports {imported}: use the app's public.py.")


def _apps() -> set[str]:
    found = {".".join(path.parts[:-1]) for path in Path().glob("regulars/**/apps.py")}
    return found - OPEN


def _app_of(module: str, apps: set[str]) -> str | None:
    return next((app for app in apps if f"{module}.".startswith(f"{app}.")), None)


def _is_door(module: str, app: str) -> bool:
    return module == app or module.removeprefix(f"{app}.") in DOORS

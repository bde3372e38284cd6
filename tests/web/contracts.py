"""What every trade's acts must keep: forms and services say the same.

A trade's test is one line: `assert mismatches(ACTS, (Mediation, Settlement)) == []`.
"""

import inspect
from collections.abc import Iterable, Sequence

from web.acts import Act

GIVEN = {"self", "stamp"}


def mismatches(
    acts: Sequence[Act], services: Iterable[type], *, without: Iterable[str] = ()
) -> list[str]:
    """List verbs without an act, acts without a verb, and fields that differ from arguments.

    A method with a `stamp` is a verb; `without` names those that no form asks for.
    """
    verbs = {
        name: inspect.signature(method)
        for service in services
        for name, method in inspect.getmembers(service, inspect.isfunction)
        if not name.startswith("_") and "stamp" in inspect.signature(method).parameters
    }
    by_verb = {act.verb: act for act in acts}
    found = [f"{verb}: no act" for verb in sorted(verbs.keys() - by_verb.keys() - set(without))]
    found += [f"{verb}: no such verb" for verb in sorted(by_verb.keys() - verbs.keys())]
    for verb in sorted(verbs.keys() & by_verb.keys()):
        wanted = set(verbs[verb].parameters) - GIVEN - (set() if by_verb[verb].begins else {"case"})
        needed = {n for n in wanted if verbs[verb].parameters[n].default is inspect.Parameter.empty}
        fields = {field.name for field in by_verb[verb].fields}
        if fields - wanted or needed - fields:
            found.append(
                f"{verb}: no argument {sorted(fields - wanted)}, no field {sorted(needed - fields)}"
            )
    return found

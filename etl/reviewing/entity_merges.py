"""Two entities that are one: the names of one become aliases of the other, its id a redirect; and back again."""

import json

from db.names import fold
from etl.reviewing.candidates import names_of
from etl.reviewing.decisions import AddedAlias, Decision
from etl.reviewing.desk import Desk
from schema.records import AliasRecord, EntityRecord, RedirectRecord


def merge_problems(desk: Desk, old_id: str, new_id: str) -> list[str]:
    """Say why two entities cannot be merged."""
    if old_id == new_id:
        return ["an entity cannot be merged with itself"]
    missing = [f"{i!r} is no entity" for i in (old_id, new_id) if i not in desk.vocabulary.entities]
    return missing or [f"{i!r} stands in a bulk file; merge it there" for i in (old_id, new_id) if desk.is_bulk(i)]


def merge_entities(desk: Desk, old_id: str, new_id: str, *, by: str, at: str) -> Decision:
    """Let one entity stand for another; return the decision, with all that undoing it needs."""
    old, new = desk.vocabulary.entities[old_id], desk.vocabulary.entities[new_id]
    added = _added(old, new)
    new_file = not desk.files.redirects_path.exists()
    desk.keep_entity(new.model_copy(update={"aliases": [*new.aliases, *added]}))
    redirect = RedirectRecord(old_id=old_id, new_id=new_id, reason="merged in review", decided_by=by, decided_at=at)
    desk.forget_entity(old_id)
    desk.files.write_redirects([*desk.files.redirects(), redirect])
    desk.vocabulary.redirects[old_id] = redirect
    return Decision(
        key=f"entity:{old_id}",
        decision="merged",
        merged_into=new_id,
        before=json.dumps(old.model_dump(exclude_defaults=True), ensure_ascii=False),
        decided_by=by,
        decided_at=at,
        new_file=new_file,
        aliases=[AddedAlias(entity_id=new_id, alias=alias.alias) for alias in added],
    )


def _added(old: EntityRecord, new: EntityRecord) -> list[AliasRecord]:
    known = {fold(name) for name in names_of(new)}
    context = {alias.alias: alias.context_only for alias in old.aliases}
    return [AliasRecord(alias=n, context_only=context.get(n, False)) for n in names_of(old) if fold(n) not in known]


def divide_entities(desk: Desk, decision: Decision) -> None:
    """Give a merged entity its record and id back."""
    old = EntityRecord.model_validate(json.loads(decision.before or "{}"))
    kept = [redirect for redirect in desk.files.redirects() if redirect.old_id != old.id]
    desk.files.write_redirects(kept, keep=not decision.new_file)
    desk.vocabulary.redirects.pop(old.id, None)
    desk.keep_entity(old)

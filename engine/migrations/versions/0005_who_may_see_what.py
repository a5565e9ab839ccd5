"""Who may see what, as rows; how sensitive letters are; the profile of every case there is"""

import hashlib
import json
import tomllib
from uuid import UUID

import sqlalchemy as sa
from alembic import op

import engine.models.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

READ, WRITE = 2, 3
ANY, ANYONE, UNCLASSIFIED = "*", "anyone", "unclassified"


def upgrade() -> None:
    op.create_table(
        "access_profile",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("process_key", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["deployment_id"], ["deployment.id"], name=op.f("fk_access_profile_deployment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_profile")),
    )
    op.create_index(op.f("ix_access_profile_deployment_id"), "access_profile", ["deployment_id"])
    op.create_table(
        "access_right",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("classification", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["profile_id"], ["access_profile.id"], name=op.f("fk_access_right_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "classification", "role", "own", name=op.f("pk_access_right")),
    )
    op.add_column("process_instance", sa.Column("stage", sa.String(), nullable=False, server_default=""))
    op.add_column("process_instance", sa.Column("access_profile_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_process_instance_access_profile_id"), "process_instance", ["access_profile_id"])
    op.create_index(op.f("ix_process_instance_started_by"), "process_instance", ["started_by"])
    op.add_column("letter", sa.Column("classification", sa.String(), nullable=False, server_default=UNCLASSIFIED))
    _roles_for_a_time()
    _profiles_of_what_is_there()


def _roles_for_a_time() -> None:
    op.add_column("membership", sa.Column("ends_on", sa.Date(), nullable=True))
    op.add_column("membership", sa.Column("granted_at", engine.models.base.Moment(timezone=True), nullable=True))
    op.add_column("membership", sa.Column("granted_by", sa.String(), nullable=False, server_default=""))
    op.create_index(op.f("ix_membership_ends_on"), "membership", ["ends_on"])
    op.create_table(
        "password_link",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", engine.models.base.Moment(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_password_link_person_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_password_link")),
    )
    op.create_index(op.f("ix_password_link_person_id"), "password_link", ["person_id"])


def _profiles_of_what_is_there() -> None:
    """Until now whoever's role sees cases read all of every case, and everybody what they had given in themselves."""
    here = op.get_bind()
    file, definition, instance = _table("deployed_file"), _table("process_definition"), _table("process_instance")
    profile, right = _table("access_profile"), _table("access_right")
    descriptors = sa.select(file.c.deployment_id, file.c.content).where(file.c.path == "procedure.toml")
    roles = {deployment: _who_sees(content) for deployment, content in here.execute(descriptors)}
    running = sa.select(definition.c.id, definition.c.deployment_id, definition.c.key)
    with_cases = running.where(definition.c.id.in_(sa.select(instance.c.definition_id).distinct()))
    for definition_id, deployment_id, key in here.execute(with_cases).all():
        ident = _ident(deployment_id, key)
        made = {"id": ident, "deployment_id": deployment_id, "process_key": key, "stage": "", "facts": {}}
        here.execute(profile.insert().values(made))
        one = {"profile_id": ident, "classification": ANY}
        rows = [{**one, "role": role, "own": False, "level": WRITE} for role in roles.get(deployment_id, [])]
        rows.append({**one, "role": ANYONE, "own": True, "level": READ})
        here.execute(right.insert(), rows)
        here.execute(instance.update().where(instance.c.definition_id == definition_id).values(access_profile_id=ident))


def _table(name: str) -> sa.Table:
    return sa.Table(name, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False, listeners=[("column_reflect", _as_uuid)])


def _as_uuid(_inspector: object, _table: object, column: dict[str, object]) -> None:
    """SQLite keeps these as characters, and tells them so."""
    if column["name"] in ("id", "profile_id", "access_profile_id", "definition_id") and isinstance(column["type"], sa.CHAR):
        column["type"] = sa.Uuid()
    if column["name"] == "facts":
        column["type"] = sa.JSON()


def _who_sees(descriptor: bytes) -> list[str]:
    roles = tomllib.loads(descriptor.decode()).get("roles", {})
    return [key for key, role in roles.items() if role.get("sees") == "cases"]


def _ident(deployment_id: int, process_key: str) -> UUID:
    return UUID(bytes=hashlib.sha256(json.dumps([deployment_id, process_key, "", {}], sort_keys=True).encode()).digest()[:16])


def downgrade() -> None:
    op.drop_table("password_link")
    op.drop_index(op.f("ix_membership_ends_on"), "membership")
    for column in ("granted_by", "granted_at", "ends_on"):
        op.drop_column("membership", column)
    op.drop_column("letter", "classification")
    op.drop_index(op.f("ix_process_instance_started_by"), "process_instance")
    op.drop_index(op.f("ix_process_instance_access_profile_id"), "process_instance")
    op.drop_column("process_instance", "access_profile_id")
    op.drop_column("process_instance", "stage")
    op.drop_table("access_right")
    op.drop_table("access_profile")

"""The people of the stories, and the day on which they begin."""

from __future__ import annotations

from datetime import UTC, datetime

BEGAN = datetime(2026, 3, 3, 10, tzinfo=UTC)

CAST: dict[str, tuple[str, ...]] = {
    "administrator": ("Rowan Hughes", "business_support"),
    "adult lead": ("Aileen Boyd", "lead_officer_adult"),
    "child lead": ("Catriona Laing", "lead_officer_child"),
    "manager": ("Morag Sim", "public_protection_manager"),
    "chair": ("Grace Kerr", "emppc_chair"),
    "police": ("Pete Dunn", "senior_manager:police"),
    "police author": ("Rob Innes", "agency_author:police"),
    "nhs": ("Nadia Shah", "senior_manager:nhs"),
    "nhs author": ("Olu Ade", "agency_author:nhs"),
    "social work": ("Sheila Wood", "senior_manager:social_work_east"),
    "csog": ("Callum Orr", "csog_member"),
    "emppc": ("Elspeth Mann", "emppc_member"),
    "records officer": ("Isobel Rae", "records_officer"),
    "subgroup": ("Mina Patel", "subgroup_member"),
    # Those whom a case gives a role.
    "review chair": ("Fiona Hay",),
    "reviewer": ("Tom Reid",),
    "health member": ("Leah Moss",),
    "police member": ("Ian Cope",),
    "practitioner": ("Jo Park",),
    "nurse": ("Una Flynn",),
    "strategic manager": ("Ken Ross",),
    "action owner": ("Ruth Bell",),
}

"""The registry's tables that tell nothing about people, field by field, so that a new field has to be thought about."""

from allies.kit.privacy import not_personal
from councils.models import (
    Body,
    Council,
    Event,
    Fact,
    FactValue,
    FormerName,
    LabourFigure,
    LabourTable,
    LanguageLevel,
    LocalProgramme,
    Occupation,
    OccupationGroup,
    OccupationTitle,
    Place,
    Province,
    Readiness,
    RetiredSlug,
    Sector,
    Source,
    StageChange,
    Teer,
)

not_personal(Province, ["code", "iso", "sgc", "name_en", "name_fr"])
not_personal(Place, ["code", "cma", "name_en", "name_fr", "timezone"])
not_personal(Sector, ["code", "title_en", "title_fr"])
not_personal(LanguageLevel, ["stage_en", "stage_fr"])
not_personal(OccupationGroup, ["code", "title_en", "title_fr"])
not_personal(Teer, ["title_en", "title_fr"])
not_personal(Occupation, ["code", "title_en", "title_fr"])
not_personal(OccupationTitle, ["language", "title", "folded"])
not_personal(
    Council,
    [
        *("kind", "name_en", "name_fr", "acronym", "slug_en", "slug_fr", "region_en", "region_fr", "population"),
        *("host_en", "host_fr", "host_type", "legal_form", "started_on", "started_precision"),
        *("partnership_en", "partnership_fr", "summary_en", "summary_fr", "history_en", "history_fr"),
        # The council's own address and number, not those of a person.
        *("website", "contact_email", "contact_phone"),
        *("accent", "stage", "successor_en", "successor_fr", "created_at", "changed_at"),
    ],
)
not_personal(FormerName, ["name_en", "name_fr", "starts_on", "ends_on", "precision"])
not_personal(RetiredSlug, ["slug"])
not_personal(StageChange, ["from_stage", "to_stage", "on", "precision", "reason_en", "reason_fr", "created_at"])
not_personal(Source, ["key", "title_en", "title_fr", "publisher", "website"])
not_personal(Fact, ["key", "label_en", "label_fr", "definition_en", "definition_fr"])
not_personal(FactValue, ["locator", "text_en", "text_fr", "as_of", "precision", "note_en", "note_fr"])
not_personal(LabourTable, ["product", "title_en", "title_fr", "imported_at", "sha256"])
not_personal(LabourFigure, ["geography", "period", "categories", "unit", "status"])
not_personal(Readiness, ["on", "note"])
not_personal(
    Body,
    ["kind", "name_en", "name_fr", "purpose_en", "purpose_fr", "cadence", "starts_on", "ends_on"],
)
not_personal(
    LocalProgramme,
    [
        *("kind", "name_en", "name_fr", "summary_en", "summary_fr"),
        *("started_on", "started_precision", "ended_on", "website"),
    ],
)
not_personal(
    Event,
    [
        *("kind", "title_en", "title_fr", "summary_en", "summary_fr", "starts_on", "ends_on", "precision"),
        *("where_en", "where_fr", "starts_at", "ends_at", "signup_until", "website", "changed_at"),
    ],
)

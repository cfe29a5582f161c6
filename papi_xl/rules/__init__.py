"""All rules over a batch of tasks, in the order in which a person would want to hear of them."""

from typing import Final

from papi_xl.rules import areas, cells, content, numbers, progress, structure
from papi_xl.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = (
    structure.figures_altered,
    structure.column_missing,
    structure.column_duplicate,
    structure.template_outdated,
    structure.unit_info_missing,
    structure.as_of_missing,
    areas.domain_unknown,
    areas.domain_missing,
    areas.domain_empty,
    areas.domain_name_differs,
    numbers.number_missing,
    numbers.number_malformed,
    numbers.number_duplicate,
    numbers.number_out_of_order,
    numbers.number_not_text,
    content.task_missing,
    content.task_duplicate,
    content.product_missing,
    content.lead_missing,
    content.timing_missing,
    content.timing_unrecognised,
    content.due_outside_plan,
    content.lead_is_partner,
    progress.status_missing,
    progress.status_unknown,
    progress.percent_invalid,
    progress.percent_contradicts_status,
    progress.evidence_missing,
    progress.overdue,
    progress.due_unknown,
    cells.formula_error,
    cells.text_legacy_font,
    cells.text_not_normalised,
    cells.merged_cells,
    cells.hidden_rows,
)

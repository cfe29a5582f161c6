"""The wording of every rule, once in each language: what is wrong, a line's end, and what to type."""

from collections.abc import Mapping, Sequence
from typing import Final

from papi_xl import harmless
from papi_xl.findings import Finding
from papi_xl.labels import percent_shown

LANGUAGES: Final = ("vi", "en")

RULES: Final[Mapping[str, tuple[str, str]]] = {
    "unreadable-workbook": ("{reason}",) * 2,
    "task-table-missing": (
        "Không tìm thấy bảng nhiệm vụ.\nCần một hàng tiêu đề trong 30 hàng đầu có cột "
        '"Nội dung nhiệm vụ" và ít nhất hai cột khác như "TT", "Sản phẩm", "Đơn vị chủ trì".',
        "No task table was found.\nOne of the first 30 rows must be a header row with a column "
        '"Nội dung nhiệm vụ" and at least two more, such as "TT", "Sản phẩm", "Đơn vị chủ trì".',
    ),
    "column-missing": (
        'Thiếu cột "{header}".\nThêm một cột có tiêu đề "{header}" vào hàng tiêu đề này.',
        'The column "{header}" is missing.\nAdd a column headed "{header}" to this header row.',
    ),
    "column-duplicate": (
        'Cột "{label}" trùng ý với cột {first}.\nĐổi tên hoặc bỏ bớt một cột "{header}".',
        'The column "{label}" means the same as column {first}.\nRename or remove one "{header}" column.',
    ),
    "template-outdated": (
        "Biểu mẫu là bản {version}, bản hiện hành là {current}.\nChuyển sang bản mới bằng lệnh: "
        "papi-xl new --from TỆP_CŨ -o TỆP_MỚI.xlsx (dữ liệu giữ đủ).",
        "The template is version {version}; the current one is {current}.\nMove it into the current one: "
        "papi-xl new --from OLD -o NEW.xlsx (all data is kept).",
    ),
    "unit-info-missing": (
        'Chưa điền "{label}".\nNhập vào ô này.',
        '"{label}" is empty.\nType it into this cell.',
    ),
    "as-of-missing": (
        'Chưa có "Tính đến ngày" hợp lệ, đang lấy ngày {today}.\nNhập ngày dạng 30/6/2021.',
        "There is no valid as-of date, so {today} is used.\nType a date such as 30/6/2021.",
    ),
    "number-missing": (
        "Thiếu số thứ tự (TT).\n{advice}",
        "The task number (TT) is missing.\n{advice}",
    ),
    "number-malformed": (
        'Số thứ tự "{value}" không đúng dạng.\nGõ dạng "3.1." (lĩnh vực, dấu chấm, số nhiệm vụ).',
        'The number "{value}" is not well formed.\nType it like "3.1." (domain, full stop, task).',
    ),
    "number-duplicate": (
        'Số thứ tự "{value}" đã dùng ở dòng {first}.\nĐánh lại số cho một trong hai dòng.',
        'The number "{value}" is already used in row {first}.\nRenumber one of the two rows.',
    ),
    "number-out-of-order": (
        'Số thứ tự "{value}" không đúng chỗ (phía trên là {before}).\nChuyển dòng về đúng chỗ hoặc '
        "đánh lại số.",
        'The number "{value}" is out of order (above it stands {before}).\nMove the row to its place or '
        "renumber it.",
    ),
    "number-not-text": (
        'Số thứ tự "{value}" đang là số hoặc ngày của Excel (1.10 sẽ thành 1.1).\n{advice}',
        'The number "{value}" is kept by Excel as a number or date (1.10 becomes 1.1).\n{advice}',
    ),
    "domain-unknown": (
        "{what}",
        "{what}",
    ),
    "domain-missing": (
        "Chưa có nhiệm vụ nào cho lĩnh vực {domains}.\nBổ sung nhiệm vụ cho các lĩnh vực này.",
        "There is no task for domain {domains}.\nAdd tasks for these domains.",
    ),
    "domain-empty": (
        "Lĩnh vực {number} chưa có nhiệm vụ nào.\nThêm ít nhất một nhiệm vụ dưới dòng này.",
        "Domain {number} has no task.\nAdd at least one task under this row.",
    ),
    "domain-name-differs": (
        'Tên lĩnh vực {number} là "{value}", tên chính thức là "{official}".\nSố {number} vẫn được dùng.',
        'Domain {number} is called "{value}"; its official name is "{official}".\n'
        "The number {number} counts.",
    ),
    "task-missing": (
        "Chưa có nội dung nhiệm vụ.\nNhập nội dung, hoặc xóa dòng nếu không dùng.",
        "The task itself is missing.\nType it, or delete the row if it is not used.",
    ),
    "task-duplicate": (
        "Nội dung nhiệm vụ trùng với dòng {first}.\nBỏ một dòng hoặc ghi rõ điểm khác nhau.",
        "The task is the same as in row {first}.\nRemove one or say how they differ.",
    ),
    "product-missing": (
        "Thiếu sản phẩm.\nNhập văn bản hoặc kết quả cụ thể của nhiệm vụ.",
        "The product is missing.\nType the document or result that the task yields.",
    ),
    "lead-missing": (
        "Thiếu đơn vị chủ trì.\nNhập đơn vị hoặc người chịu trách nhiệm chính.",
        "The lead is missing.\nType the unit or person in charge.",
    ),
    "timing-missing": (
        'Thiếu thời gian thực hiện.\nGõ "Thường xuyên" hoặc hạn như "30/9/2021", "Quý II/2021".',
        'The timing is missing.\nType "Thường xuyên" or a due date such as "30/9/2021", "Quý II/2021".',
    ),
    "timing-unrecognised": (
        'Không hiểu thời gian "{value}".\nGõ "Thường xuyên" hoặc hạn như "30/9/2021", "Tháng 6/2021".',
        'The timing "{value}" is not understood.\nType "Thường xuyên" or a due date such as "30/9/2021", '
        '"Tháng 6/2021".',
    ),
    "due-outside-plan": (
        'Hạn "{value}" nằm ngoài năm kế hoạch {year}.\nKiểm tra lại năm.',
        'The due date "{value}" lies outside the plan year {year}.\nCheck the year.',
    ),
    "lead-is-partner": (
        'Đơn vị chủ trì "{lead}" cũng được ghi là đơn vị phối hợp.\nXóa "{lead}" khỏi cột phối hợp.',
        'The lead "{lead}" is also named as a partner.\nRemove "{lead}" from the partners.',
    ),
    "status-missing": (
        'Thiếu trạng thái.\nChọn "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" hoặc "Tạm dừng".',
        'The status is missing.\nChoose "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" or "Tạm dừng".',
    ),
    "status-unknown": (
        'Trạng thái "{value}" không có trong danh mục.\n{advice}',
        'The status "{value}" is not in the list.\n{advice}',
    ),
    "percent-invalid": (
        'Tỷ lệ "{value}" không hợp lệ.\n{advice}',
        'The percentage "{value}" is not valid.\n{advice}',
    ),
    "percent-contradicts-status": (
        'Tỷ lệ {value} trái với trạng thái "{status}".\n{advice}',
        'The percentage {value} contradicts the status "{status}".\n{advice}',
    ),
    "evidence-missing": (
        "Đã hoàn thành nhưng chưa có minh chứng.\nGhi số, ngày văn bản hoặc nơi lưu, hoặc điền Giải trình.",
        "Done, but no evidence is given.\nType the document's number and date or where it is kept, or fill "
        "in Giải trình.",
    ),
    "overdue": (
        "Quá hạn {days} ngày (hạn {due}).\nCập nhật trạng thái hoặc điền Giải trình.",
        "Overdue by {days} days (due on {due}).\nUpdate the status or fill in Giải trình.",
    ),
    "due-unknown": (
        'Ghi "{value}" nhưng không có ngày.\nGõ hạn cụ thể như "30/9/2021".',
        'It says "{value}" but names no date.\nType a due date such as "30/9/2021".',
    ),
    "formula-error": (
        "Ô có lỗi công thức {value}.\nSửa công thức hoặc gõ trực tiếp giá trị.",
        "The cell shows the formula error {value}.\nMend the formula or type the value itself.",
    ),
    "text-legacy-font": (
        'Chữ gõ bằng phông cũ (TCVN3 hoặc VNI), nhiều máy không đọc được.\nBấm "Sửa giúp", hoặc gõ lại '
        '"{fix}" bằng phông Times New Roman.',
        'The text is in an old font (TCVN3 or VNI), which many computers cannot show.\nClick "Sửa giúp", or '
        'type "{fix}" in Times New Roman.',
    ),
    "text-not-normalised": (
        'Chữ có dấu tổ hợp hoặc khoảng trắng thừa.\nGõ lại "{fix}".',
        'The text has decomposed accents or needless spaces.\nType "{fix}" instead.',
    ),
    "merged-cells": (
        "Các ô {area} bị gộp.\nBỏ gộp ô và điền giá trị cho từng dòng.",
        "The cells {area} are merged.\nUnmerge them and fill in each row.",
    ),
    "hidden-rows": (
        "{what} đang bị ẩn nhưng vẫn được tính.\nHiện lại hoặc xóa nếu không dùng.",
        "{what} is hidden but still counted.\nShow it again, or delete it if it is not used.",
    ),
    "figures-altered": (
        "Các dòng nhiệm vụ đã bị sửa sau khi lập báo cáo.\nĐề nghị đơn vị lập và gửi lại báo cáo.",
        "The task rows were changed after the report was made.\nAsk the unit to make and send it again.",
    ),
}

ADVICE: Final[Mapping[str, tuple[str, str]]] = {
    "number": ('Gõ "{fix}".', 'Type "{fix}".'),
    "number-none": (
        'Gõ số tiếp theo của lĩnh vực, dạng "3.1.".',
        'Type the next number of its domain, like "3.1.".',
    ),
    "not-text": (
        'Định dạng ô là Text rồi gõ lại "{fix}".',
        'Format the cell as Text and type "{fix}" again.',
    ),
    "not-text-none": (
        'Định dạng ô là Text rồi gõ lại "{one}" hoặc "{other}".',
        'Format the cell as Text and type "{one}" or "{other}" again.',
    ),
    "status": ('Chọn "{fix}" (gần giống nhất).', 'Choose "{fix}" (the nearest).'),
    "status-none": (
        'Chọn "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" hoặc "Tạm dừng".',
        'Choose "Hoàn thành", "Đang thực hiện", "Chưa thực hiện" or "Tạm dừng".',
    ),
    "percent": ('Gõ "{fix}".', 'Type "{fix}".'),
    "percent-none": ("Gõ số từ 0% đến 100%, ví dụ 80%.", "Type a number from 0% to 100%, such as 80%."),
    "row": ("Dòng {number}", "Row {number}"),
    "rows": ("Các dòng {first}–{last}", "Rows {first}–{last}"),
    "column": ('Cột "{header}"', 'The column "{header}"'),
    "domain": (
        "Không có lĩnh vực số {number}.\nGõ số từ 1 đến 8.",
        "There is no domain {number}.\nType a number from 1 to 8.",
    ),
    "task": (
        'Nhiệm vụ "{number}" không thuộc lĩnh vực nào từ 1 đến 8.\nGõ số bắt đầu bằng 1 đến 8.',
        'The task "{number}" belongs to none of the domains 1 to 8.\nType a number that begins with 1 to 8.',
    ),
    "task-flat": (
        'Chưa rõ lĩnh vực của nhiệm vụ "{number}".\nGõ số dạng "3.1." hoặc thêm dòng tên lĩnh vực ở trên.',
        'The domain of task "{number}" is not known.\nType a number like "3.1." or put a row with the '
        "domain's name above.",
    ),
    "done-below": (
        'Gõ "100%" hoặc chọn trạng thái khác.',
        'Type "100%" or choose another status.',
    ),
    "not-started-above": (
        'Gõ "0%" hoặc chọn trạng thái khác.',
        'Type "0%" or choose another status.',
    ),
}

GROUP: Final = (" (và {count} ô khác, dòng {first}–{last})", " (and {count} more, rows {first}–{last})")
LONGEST_VALUE: Final = 80


def message(finding: Finding, lang: str) -> str:
    """Return the finding in ``lang``: ``[sheet!cell]``, what is wrong, what to type."""
    text = " ".join(filter(None, parts(finding, lang)))
    return f"[{finding.sheet}!{finding.cell}] {text}" if finding.cell else text


def parts(finding: Finding, lang: str) -> tuple[str, str]:
    """Return what is wrong and what to do about it (empty where the rule does not say), in ``lang``."""
    given = {"value": finding.value, "fix": finding.fix or "", **finding.values}
    values = {name: phrase(value, lang) for name, value in given.items()}
    values |= {name: _short(values[name]) for name in ("value", "fix")}
    wrong, _, remedy = pick(RULES[finding.rule], lang).format_map(values).partition("\n")
    return wrong, remedy


def group(findings: Sequence[Finding], lang: str) -> str:
    """Return what follows the first of several findings shown as one: how many more, in which rows."""
    first, last = findings[0].row, findings[-1].row
    return pick(GROUP, lang).format(count=len(findings) - 1, first=first, last=last)


def phrase(value: object, lang: str) -> str:
    """Return a value as text; a pair (key of `ADVICE`, its values) becomes that phrase in ``lang``."""
    if isinstance(value, tuple):
        key, details = value
        return pick(ADVICE[key], lang).format_map(
            {name: _detail(detail, lang) for name, detail in details.items()}
        )
    return harmless.one_line(str(value))


def _detail(value: object, lang: str) -> str:
    """Return a detail of a phrase; a fraction is a percentage to be typed."""
    return percent_shown(value, lang) if isinstance(value, float) else harmless.one_line(str(value))


def language(setting: str) -> str:
    """Return the language that a setting such as ``en_US`` asks for; Vietnamese for any other."""
    asked = setting.strip().lower()[:2]
    return asked if asked in LANGUAGES else LANGUAGES[0]


def pick(pair: tuple[str, str], lang: str) -> str:
    """Return the one of (Vietnamese, English) that ``lang`` asks for."""
    return pair[lang == "en"]


def filled(pair: tuple[str, str], lang: str, values: Mapping[str, object]) -> str:
    """Return the one of (Vietnamese, English) that ``lang`` asks for, its gaps filled with harmless text."""
    shown = {
        key: value if isinstance(value, int | float) else harmless.lines(str(value))
        for key, value in values.items()
    }
    return pick(pair, lang).format_map(shown)


def one_line(pair: tuple[str, str]) -> tuple[str, str]:
    """Return what is wrong and what to do as one line, in both languages."""
    return harmless.one_line(pair[0]), harmless.one_line(pair[1])


def _short(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1].rstrip() + "…"

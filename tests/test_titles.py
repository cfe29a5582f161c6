"""What the lines above a table of a unit's own say of the period."""

import pytest

from papi_xl import headers, titles
from tests.tables import workbook


@pytest.mark.parametrize(
    ("line", "period"),
    [
        ("Kỳ báo cáo: Quý II/2021", "Quý II/2021"),
        ("BÁO CÁO KẾT QUẢ QUÝ II NĂM 2021", "QUÝ II NĂM 2021"),
        ("Kết quả quý 2/2021", "quý 2/2021"),
        ("(Số liệu 6 tháng đầu năm 2021)", "6 tháng đầu năm 2021"),
        ("BÁO CÁO HỌC KỲ I NĂM HỌC 2020-2021", "HỌC KỲ I NĂM HỌC 2020-2021"),
        ("KẾ HOẠCH PAPI NĂM 2021", ""),
        ("Văn Giang, ngày 6 tháng 9 năm 2021", ""),
        ("BÁO CÁO QUÝ II", ""),
        ("Căn cứ báo cáo quý I năm 2021 của UBND xã", ""),
        ("QUÝ II NĂM 2021\nKỳ báo cáo: Quý III/2021", "Quý III/2021"),
    ],
)
def test_the_period_of_the_titles(line: str, period: str) -> None:
    """What follows `Kỳ báo cáo:`, else a span with its year at the end of a line."""
    table = headers.find(workbook(f"{line}\nTT | Nội dung | Chủ trì | Sản phẩm"))
    assert table is not None
    assert titles.named(table)["period"] == period

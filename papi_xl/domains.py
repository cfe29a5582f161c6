"""The domains of the PAPI index (source: papi.org.vn): six in 2009-2017, eight since 2018."""

from typing import NamedTuple


class Domain(NamedTuple):
    """One domain: its number (the key), its official names and what plans also call it."""

    number: int
    vi: str
    en: str
    also: tuple[str, ...] = ()

    def name(self, lang: str) -> str:
        """Return the official name in ``lang`` (``vi`` or ``en``)."""
        return self.en if lang == "en" else self.vi


DOMAINS = (
    Domain(
        1,
        "Tham gia của người dân ở cấp cơ sở",
        "Participation at Local Levels",
        ("Sự tham gia của người dân ở cấp cơ sở", "Sự tham gia của người dân"),
    ),
    Domain(
        2,
        "Công khai, minh bạch trong việc ra quyết định ở địa phương",
        "Transparency in Local Decision-making",
        ("Công khai, minh bạch", "Công khai, minh bạch trong việc ra quyết định"),
    ),
    Domain(3, "Trách nhiệm giải trình với người dân", "Vertical Accountability Towards Citizens"),
    Domain(
        4,
        "Kiểm soát tham nhũng trong khu vực công",
        "Control of Corruption in the Public Sector",
        ("Kiểm soát tham nhũng",),
    ),
    Domain(5, "Thủ tục hành chính công", "Public Administrative Procedures"),
    Domain(6, "Cung ứng dịch vụ công", "Public Service Delivery"),
    Domain(7, "Quản trị môi trường", "Environmental Governance"),
    Domain(8, "Quản trị điện tử", "E-Governance"),
)
BY_NUMBER = {domain.number: domain for domain in DOMAINS}
FIRST_YEAR_OF_EIGHT = 2018
DOMAINS_BEFORE = 6


def expected(year: int) -> tuple[Domain, ...]:
    """Return the domains that a plan for ``year`` covers."""
    return DOMAINS[:DOMAINS_BEFORE] if year < FIRST_YEAR_OF_EIGHT else DOMAINS

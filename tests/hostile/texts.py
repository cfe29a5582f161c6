"""Texts that somebody would put into a cell to have them obeyed, or that no program expects."""

from random import Random
from typing import Final

OBEYED: Final = (
    "=cmd|'/c calc'!A1", "+1+1", "-1+1", "@SUM(1,1)", "\t=1+1", "\n=1+1", "\r=1+1", " =1+1", "＝1+1",
    '=HYPERLINK("http://x.vn","a")', '=WEBSERVICE("http://x.vn")', "{=1+1}", "'=1+1", "%0A=1+1",
    "[red]đỏ[/red]", "[/]", "[bold", "[link=http://x.vn]a[/link]", ":warning:", "\\[x]",
    "\x1b[31mđỏ\x1b[0m", "\x1b]0;tên\x07", "\x9b31m", "\x07\x08\x0c", "\u202eđảo\u202c", "\u2066a\u2069",
    "<b>đậm</b>", "<script>alert(1)</script>", "&lt;&amp;", "]]>", "<!--", "http://x.vn/a?b=1&c=2",
    "mailto:x@y.vn", "file:///etc/passwd", "\\\\may\\chia-se\\a.xlsx", "../../a", "C:\\a", "{file}", "%s%n",
    "{0.__class__}", "a\r\nBcc: x@y.vn\r\n\r\n", "\u2028\u2029", "#REF!", "TRUE", "1E+308", "nan", "inf",
)  # fmt: skip
"""Formulas, markup of the terminal and of pages, headers of mails, addresses, names of fields."""

WRITTEN: Final = (
    "", " ", "–", ".", "0", "-1", "1", "01", "1.", "1.1", "1.1.", "1.10", "3.1.2", "III.", "III.1", "IX",
    "9.1.",
    "0.1.", "1.99999999999999999999.", "1..1", "1.1.1.1.1.1.1.1.1.1", "3/4", "٣.١", "１．１", "²", "Ⅲ",
    "½ ngày",
    "100%", "101%", "-5 %", "1e5%", "80,5 %", "%", "99999999999999999999999%", "0,0000000001", "1_000", "∞",
    "30/9/2021", "31/2/2021", "29/2/2100", "0/0/0", "1/1/0001", "31/12/9999", "32/13/10000", "30/9/21",
    "5/2021",
    "13/2021", "Quý II", "Quý V/2021", "Quý 0", "Tháng 13", "Tháng 0/0", "Năm 0", "Năm 99999", "2026 - 2030",
    "2030 - 2026", "9999 - 9999", "Học kỳ II năm học 2020-2021", "Học kỳ II năm học 9998-9999",
    "Trước 1/1/0001",
    "Trước ngày 01/01/1900", "6 tháng đầu năm", "20 ngày sau khi", "Thường xuyên", "Chờ", "Có hạn",
    "Hoàn thành", "xog", "Hoan thanh", "Đang thực hiện", "TT", "STT", "Nội dung", "Tiến độ", "Kết quả",
    "Tổng cộng", "Nơi nhận:", "TM. BAN GIÁM HIỆU", "HIỆU TRƯỞNG", "(1)",
    "Văn Giang, ngày 05 tháng 02 năm 2021",
    "Tham gia của người dân ở cấp cơ sở", "Trường Mầm non", "B¶ng ¶nh", "Ho\u0323p phu\u0323 huynh",
    "\u0301\u0302\u0303", "a\u0323\u0302" * 50, "\u200b\ufeff", "👩‍👩‍👧‍👦", "𐍈", "İ", "ß", "ﬃ", "\u1e9e",
    "ǅ", "Å",
)  # fmt: skip
"""Numbers, timings, percentages, statuses, headers and closing lines as people write and miswrite them."""

LONG: Final = 40_000
_PIECES: Final = (
    "a", " ", "\n", "(", ")", "[", "1.", "1", "%", "/", "-", " - ", "a ", "Họp ", "\u0301", "1/", "0",
    "tháng ",
    "quý ", "I", "năm ", "ngày ", "; ", ", ", "\t", "\xa0", "A1:", "&", "<", "_x0041_", "𐍈", "(a", "a)", "1,",
    "Tr\u01b0\u1eddng ", "\u2013", ".", "=", "\\", '"', "'", "30/9/2021 ", "Trước ", "hoàn thành ",
)  # fmt: skip


def text(random: Random) -> str:
    """Return any text that may stand in a cell, short ones most often."""
    way = random.randrange(10)
    if way < 3:
        return random.choice(OBEYED)
    if way < 7:
        return random.choice(WRITTEN)
    if way < 9:
        return "".join(chr(_code(random)) for _ in range(random.randrange(1, 12)))
    return random.choice(WRITTEN) + random.choice(OBEYED) + random.choice(WRITTEN)


def long_text(random: Random, length: int = LONG) -> str:
    """Return a text of so many characters, made of one or two pieces over and over."""
    pieces = random.sample(_PIECES, random.choice((1, 1, 2)))
    half = ("".join(pieces) * length)[:length]
    return half if random.random() < 0.7 else half[: length // 2] + random.choice(_PIECES) * (length // 2)


def _code(random: Random) -> int:
    first, last = random.choice(((1, 0x1F), (0x20, 0x7F), (0x80, 0x24F), (0x300, 0x36F), (0x1E00, 0x1EFF),
        (0x2000, 0x206F), (0xE000, 0xFFFF), (0x10000, 0x10FFFF)))  # fmt: skip
    code = random.randint(first, last)
    return 0x20 if 0xD800 <= code <= 0xDFFF else code

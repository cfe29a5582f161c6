"""The published tables of the old codes, and texts in them with what they say, all typed by hand.

TCVN3: the bytes of UniKey's table `TCVN3` (ukengine/data.cpp). VNI: the sequences of xvnkb's `vni.h`. Both
order each vowel as plain, acute, grave, hook, tilde and dot.
"""

from papi_xl.legacy import Encoding

LETTERS = (
    "aáàảãạ ăắằẳẵặ âấầẩẫậ eéèẻẽẹ êếềểễệ iíìỉĩị oóòỏõọ ôốồổỗộ ơớờởỡợ uúùủũụ ưứừửữự yýỳỷỹỵ đ"
)  # fmt: skip
TCVN3_BYTES = """
    61 B8 B5 B6 B7 B9   A8 BE BB BC BD C6   A9 CA C7 C8 C9 CB   65 D0 CC CE CF D1
    AA D5 D2 D3 D4 D6   69 DD D7 D8 DC DE   6F E3 DF E1 E2 E4   AB E8 E5 E6 E7 E9
    AC ED EA EB EC EE   75 F3 EF F1 F2 F4   AD F8 F5 F6 F7 F9   79 FD FA FB FC FE   AE
"""
TCVN3_CAPITALS = {"A1": "Ă", "A2": "Â", "A3": "Ê", "A4": "Ô", "A5": "Ơ", "A6": "Ư", "A7": "Đ"}
VNI_SEQUENCES = """
    a aù aø aû aõ aï   aê aé aè aú aü aë   aâ aá aà aå aã aä   e eù eø eû eõ eï   eâ eá eà eå eã eä
    i í ì æ ó ò        o où oø oû oõ oï    oâ oá oà oå oã oä   ô ôù ôø ôû ôõ ôï   u uù uø uû uõ uï
    ö öù öø öû öõ öï   y yù yø yû yõ î     ñ
"""
SENTENCES = [
    (Encoding.TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
    (Encoding.TCVN3, "§éc lËp - Tù do - H¹nh phóc", "Độc lập - Tự do - Hạnh phúc"),
    (Encoding.TCVN3, "Nh÷ng nhiÖm vô träng t©m n¨m 2021", "Những nhiệm vụ trọng tâm năm 2021"),
    (Encoding.TCVN3, "Tr\xadêng MÇm non T©n TiÕn", "Trường Mầm non Tân Tiến"),
    (Encoding.TCVN3, "Th\xadêng xuyªn trong n¨m", "Thường xuyên trong năm"),
    (Encoding.TCVN3, "§¬n vÞ chñ tr×; ®¬n vÞ phèi hîp", "Đơn vị chủ trì; đơn vị phối hợp"),
    (Encoding.TCVN3, "§ang thùc hiÖn", "Đang thực hiện"),
    (Encoding.TCVN3, "Ch\xada thùc hiÖn", "Chưa thực hiện"),
    (Encoding.TCVN3, "Hoµn thµnh (80%)", "Hoàn thành (80%)"),
    (Encoding.TCVN3, "Kh«ng khÝ 25°C, sai sè ±5%", "Không khí 25°C, sai số ±5%"),
    (Encoding.TCVN3, "¤ng Ng« V¨n ¸i, bµ ¢u ThÞ ¡n", "Ông Ngô Văn ái, bà Âu Thị Ăn"),
    (Encoding.TCVN3, "dßng 1\ndßng 2", "dòng 1\ndòng 2"),
    (Encoding.TCVN3, "\x93KÕ ho¹ch\x94 \x96 b¶n cuèi", "“Kế hoạch” – bản cuối"),
    (Encoding.TCVN3_CAPITALS, "kÕ ho¹ch n¨m 2021", "KẾ HOẠCH NĂM 2021"),
    (Encoding.TCVN3_CAPITALS, "Céng hoµ x· héi chñ nghÜa ViÖt Nam", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (Encoding.TCVN3_CAPITALS, "Néi dung nhiÖm vô", "NỘI DUNG NHIỆM VỤ"),
    (Encoding.TCVN3_CAPITALS, "hiÖu tr\xadëng", "HIỆU TRƯỞNG"),
    (Encoding.TCVN3_CAPITALS, "mn hoa sen", "MN HOA SEN"),
    (Encoding.VNI, "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    (Encoding.VNI, "Ñoäc laäp - Töï do - Haïnh phuùc", "Độc lập - Tự do - Hạnh phúc"),
    (Encoding.VNI, "COÄNG HOØA XAÕ HOÄI CHUÛ NGHÓA VIEÄT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (Encoding.VNI, "Tröôøng Maàm non Taân Tieán", "Trường Mầm non Tân Tiến"),
    (Encoding.VNI, "Thöôøng xuyeân trong naêm", "Thường xuyên trong năm"),
    (Encoding.VNI, "Ñôn vò chuû trì; ñôn vò phoái hôïp", "Đơn vị chủ trì; đơn vị phối hợp"),
    (Encoding.VNI, "Ñang thöïc hieän", "Đang thực hiện"),
    (Encoding.VNI, "Chöa thöïc hieän", "Chưa thực hiện"),
    (Encoding.VNI, "Hoaøn thaønh (80%)", "Hoàn thành (80%)"),
    (Encoding.VNI, "Chi phí chæ ñaïo, kyõ naêng, só soá", "Chi phí chỉ đạo, kỹ năng, sĩ số"),
    (Encoding.VNI, "saün coù, laúng nghe, Ñaø Naüng", "sẵn có, lẳng nghe, Đà Nẵng"),
    (Encoding.VNI, "Aán baûn, Aên uoáng, Ôû Ñöùc, Yù kieán", "Ấn bản, Ăn uống, Ở Đức, Ý kiến"),
    (Encoding.VNI, "oâ tô, quaû döa, thuûy lôïi, Lyù Töï Troïng", "ô tơ, quả dưa, thủy lợi, Lý Tự Trọng"),
    (Encoding.VNI, "nhieät ñoä 25°C, sai soá ±5%", "nhiệt độ 25°C, sai số ±5%"),
]
"""Code, text as a cell keeps it, and what it says."""

UNICODE = (
    "Trường Mầm non Tân Tiến", "Đang thực hiện", "Hoàn thành", "đã họp", "ưu tiên", "Ơ", "ệ", "Tổ 1",
    "½ ngày", "Hà Nội", "ngày 5/2", "Đà Nẵng", "Kế hoạch số 12/KH-MN", "phụ huynh", "Mầm non",
    "KẾ HOẠCH", "HIỆU TRƯỞNG", "Quyết định số 5/QĐ-MN", "lớp 5 tuổi A1", "Tho\u0302ng ba\u0301o",
    "Hoa\u0300n tha\u0300nh", "⅓ ngày", "≥ 80%", "10 → 20", "☑ xong", "₫", "ngày 1–5/6", "“Bé khoẻ”",
    "Số 5…", "Ѐ", "中文", "ﬁ", "😀 vui", "\ud800", "ǎ", "ḑ",
)  # fmt: skip
"""Texts that no old code can be: they stay in a font of any."""

AS_THEY_ARE = (
    "½ ngày", "25°C", "±5%", "Tháng 6/2021", "Góp ý", "Quý II", "Th¸ng", "Tr\xadêng", "Café",
    "São Paulo", "5 µm", "© 2021", "® PAPI", "§ 5", "¼ và ¾", "«Bé»", "10 × 5 ÷ 2", "m²", "m³", "£5",
    "¥100", "naïve", "Hoaøn", "Señor", "Zürich", "Øresund", "Ångström", "Köln", "þorn", "Ñandú",
)  # fmt: skip
"""Texts of a Unicode font: none is converted, whatever it looks like."""

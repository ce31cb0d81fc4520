"""The units of the sample round and the words its invented forms are made of.

The names of units are those of Hạ Long; everything said about them, and every
person, is invented.
"""

import unicodedata

DEPARTMENTS = [
    ("NV", "Phòng Nội vụ"),
    ("TP", "Phòng Tư pháp"),
    ("TCKH", "Phòng Tài chính – Kế hoạch"),
    ("TNMT", "Phòng Tài nguyên và Môi trường"),
    ("LDTBXH", "Phòng Lao động – Thương binh và Xã hội"),
    ("VHTT", "Phòng Văn hóa và Thông tin"),
    ("GDDT", "Phòng Giáo dục và Đào tạo"),
    ("YT", "Phòng Y tế"),
    ("TTR", "Thanh tra thành phố"),
    ("VP", "Văn phòng HĐND và UBND"),
    ("KT", "Phòng Kinh tế"),
    ("QLDT", "Phòng Quản lý đô thị"),
]
WARDS = (
    "Bạch Đằng, Bãi Cháy, Cao Thắng, Cao Xanh, Đại Yên, Giếng Đáy, Hà Khánh, Hà Khẩu, Hà Lầm, "
    "Hà Phong, Hà Trung, Hà Tu, Hoành Bồ, Hồng Gai, Hồng Hà, Hồng Hải, Hùng Thắng, "
    "Trần Hưng Đạo, Tuần Châu, Việt Hưng, Yết Kiêu"
).split(", ")
COMMUNES = (
    "Bằng Cả, Dân Chủ, Đồng Lâm, Đồng Sơn, Hòa Bình, Kỳ Thượng, Lê Lợi, Quảng La, Sơn Dương, "
    "Tân Dân, Thống Nhất, Vũ Oai"
).split(", ")
OTHER_NAMES = {"Hồng Gai": "UBND phường Hòn Gai; P. Hòn Gai"}

# Departments that handle no administrative procedures, and what that exempts.
WITHOUT_PROCEDURES = {"TTR": "3; 7.2; 8.2", "VP": "3; 7.2; 8.2"}

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Đoàn Vi".split()
MIDDLE = "Văn Thị Thu Đức Minh Ngọc Hồng Quang Thanh Xuân".split()
GIVEN = "An Bình Chi Dũng Hà Hạnh Hùng Huyền Lan Long Mai Nam Phương Sơn Thủy Tuấn Yến".split()

DOCUMENTS = [
    "Báo cáo số {}/BC-{}",
    "Kế hoạch số {}/KH-{}",
    "Quyết định số {}/QĐ-{}",
    "Công văn số {}/CV-{}",
    "Biên bản số {}/BB-{}",
]
ACHIEVEMENTS = [
    "Rút ngắn thời gian giải quyết hồ sơ tại bộ phận một cửa",
    "Tham mưu kế hoạch cải cách hành chính năm 2019 đúng tiến độ",
    "Hướng dẫn người dân nộp hồ sơ trực tuyến",
    "Số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
]
REASONS = [
    "Tài liệu kiểm chứng chưa đủ",
    "Văn bản gửi kèm không thuộc năm đánh giá",
    "Theo số liệu của Văn phòng HĐND và UBND",
    "Theo kết quả kiểm tra công vụ",
]


def ascii_id(name):
    """An id in plain capitals: «Hà Tu» is HA-TU."""
    plain = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if c.isascii()).upper().replace(" ", "-")


def person(random):
    return f"{random.choice(FAMILY)} {random.choice(MIDDLE)} {random.choice(GIVEN)}"

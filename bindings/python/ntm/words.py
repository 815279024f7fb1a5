# SPDX-License-Identifier: Apache-2.0
"""Words that pictures and pages share: verdicts, and what the units of a level are called, in Vietnamese and in English."""

COMMON: dict[str, tuple[str, str]] = {
    "met": ("đạt", "met"),
    "not met": ("chưa đạt", "not met"),
    "open": ("chưa có số liệu", "open"),
    "units": ("đơn vị", "units"),
    "commune": ("xã", "communes"),
    "district": ("huyện", "districts"),
    "province": ("tỉnh", "provinces"),
    "ward": ("phường", "wards"),
    "town": ("thị xã, thành phố", "towns"),
    "village": ("thôn", "villages"),
    "garden": ("vườn", "gardens"),
    "product": ("sản phẩm", "products"),
    "household": ("hộ", "households"),
    "person": ("người", "people"),
}

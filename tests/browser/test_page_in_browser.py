# SPDX-License-Identifier: Apache-2.0
"""The page of a month in a browser: Debian's chromium, chromium-driver and python3-selenium.

    PYTHONPATH=build/bindings/python python3 -m pytest -q tests/browser

Screenshots and the PDF go to the folder that NTM_BROWSER_OUT names, else to a temporary one.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Any, Iterator

import pytest

import ntm

webdriver = pytest.importorskip("selenium.webdriver")
By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
ROOT = next((folder for folder in Path(__file__).resolve().parents if (folder / "examples" / "python").is_dir()), None)
if CHROMIUM is None or DRIVER is None or ROOT is None:
    pytest.skip("chromium, chromium-driver or the examples are not here", allow_module_level=True)

A4_SHORT, A4_LONG = 595, 842
"""Points."""


@pytest.fixture(scope="session", name="out")
def out_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(os.environ["NTM_BROWSER_OUT"]) if "NTM_BROWSER_OUT" in os.environ else tmp_path_factory.mktemp("browser")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="session", name="page")
def page_of_the_month(out: Path) -> Path:
    """The page that the example program writes."""
    assert ROOT is not None
    path = out / "month.html"
    subprocess.run([sys.executable, str(ROOT / "examples" / "python" / "month_page.py"), str(path)], check=True)
    return path


@pytest.fixture(scope="session", name="browser")
def chromium() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1366,900", "--lang=vi"):
        options.add_argument(argument)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    options.binary_location = CHROMIUM
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = __import__("selenium.webdriver.chrome.service", fromlist=["Service"]).Service(DRIVER)
    driver = webdriver.Chrome(options=options, service=service)
    driver.set_page_load_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture(name="opened")
def opened_page(browser: Any, page: Path) -> Any:
    browser.get(page.as_uri())
    return browser


def names(browser: Any, table: str) -> list[str]:
    return list(browser.execute_script(
        "return Array.from(document.querySelectorAll('#' + arguments[0] + ' > tbody > tr:not(.why)'), r => r.cells[0].textContent)",
        table,
    ))  # fmt: skip


def column(browser: Any, table: str, at: int) -> list[str]:
    return list(browser.execute_script(
        "return Array.from(document.querySelectorAll('#' + arguments[0] + ' > tbody > tr:not(.why)'), r => r.cells[arguments[1]].textContent)",
        table, at,
    ))  # fmt: skip


def head(browser: Any, table: str, at: int) -> Any:
    return browser.find_elements(By.CSS_SELECTOR, f"#{table} thead th")[at]


def controls(browser: Any, table: str) -> Any:
    return browser.find_element(By.CSS_SELECTOR, f".filters:has(+ .scroll #{table})")


def test_no_error_and_no_network(browser: Any, page: Path) -> None:
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(page.as_uri())
    assert browser.get_log("browser") == []
    events = [json.loads(one["message"])["message"] for one in browser.get_log("performance")]
    asked = [one["params"]["request"]["url"] for one in events if one["method"] == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert [url for url in asked if url.startswith("file:")] == [page.as_uri()]
    assert browser.title == "Báo cáo xây dựng nông thôn mới tháng 2/2020"


def test_the_policy_holds(opened: Any) -> None:
    """A script and a picture that somebody smuggled in do not run and do not load."""
    opened.execute_script("""
        const image = new Image(); image.src = 'https://example.org/x.png'; document.body.append(image);
        const script = document.createElement('script'); script.textContent = 'window.smuggled = 1'; document.body.append(script);
    """)
    assert opened.execute_script("return window.smuggled") is None
    assert any("Content Security Policy" in one["message"] for one in opened.get_log("browser"))


def test_filter_by_text_without_accents(opened: Any) -> None:
    whole = names(opened, "table-units")
    box = controls(opened, "table-units").find_element(By.TAG_NAME, "input")
    box.send_keys("dinh ban")
    assert [name for name in names(opened, "table-units")] and all("Đỉnh Bàn" in name for name in names(opened, "table-units"))
    controls(opened, "table-units").find_element(By.CSS_SELECTOR, "button").click()
    assert names(opened, "table-units") == whole and box.get_attribute("value") == ""
    box.send_keys("18088")
    assert len(names(opened, "table-units")) == 1


def choose(browser: Any, table: str, at: int, text: str) -> None:
    """Chooses by what the option says, at a select of a table's filters."""
    select = controls(browser, table).find_elements(By.TAG_NAME, "select")[at]
    found = [one for one in select.find_elements(By.TAG_NAME, "option") if text in one.text]
    found[0].click()


def test_filter_by_group_and_verdict(opened: Any) -> None:
    choose(opened, "table-units", 0, "Huyện Nghi Xuân")
    assert set(column(opened, "table-units", 1)) == {"Huyện Nghi Xuân"}
    rows = len(names(opened, "table-units"))
    choose(opened, "table-units", 2, "chưa đạt")
    assert set(column(opened, "table-units", 2)) == {"chưa đạt"}
    assert 0 < len(names(opened, "table-units")) < rows
    choose(opened, "table-units", 1, "17 ")
    at = 4 + 16
    assert set(column(opened, "table-units", at)) == {"chưa đạt"}


def test_sort_by_number_verdict_and_name(opened: Any) -> None:
    given = names(opened, "table-units")
    head(opened, "table-units", 3).find_element(By.TAG_NAME, "button").click()
    counts = [int(text.split("–")[0]) for text in column(opened, "table-units", 3)]
    assert counts == sorted(counts) and counts[0] < 10 <= counts[-1]
    assert head(opened, "table-units", 3).get_attribute("aria-sort") == "ascending"
    head(opened, "table-units", 3).find_element(By.TAG_NAME, "button").click()
    assert head(opened, "table-units", 3).get_attribute("aria-sort") == "descending"
    head(opened, "table-units", 2).find_element(By.TAG_NAME, "button").click()
    ranks = [("chưa đạt", "chưa có số liệu", "đạt").index(text) for text in column(opened, "table-units", 2)]
    assert ranks == sorted(ranks) and len(set(ranks)) > 1
    assert head(opened, "table-units", 3).get_attribute("aria-sort") is None
    head(opened, "table-units", 0).find_element(By.TAG_NAME, "button").click()
    told = names(opened, "table-units")
    order = [[name.lower().startswith(start) for name in told].index(True) for start in ("an ", "bình", "cẩm", "đan", "gia")]
    assert order == sorted(order), told  # Đ after C and D, before G: by code points it would come last
    assert sorted(told) == sorted(given) and told != given


def test_money_is_sorted_by_value(opened: Any) -> None:
    at = len(opened.find_elements(By.CSS_SELECTOR, "#table-tasks thead th")) - 1
    button = head(opened, "table-tasks", at).find_element(By.TAG_NAME, "button")
    button.click()
    button.click()
    shown = [text for text in column(opened, "table-tasks", at) if text[0].isdigit()]
    values = [float(text.split("–")[0].replace(".", "").replace(",", ".")) for text in shown]
    assert len(values) > 50 and values == sorted(values, reverse=True)


def test_sort_with_the_keyboard(opened: Any) -> None:
    button = head(opened, "table-criteria", 4).find_element(By.TAG_NAME, "button")
    opened.execute_script("arguments[0].focus()", button)
    opened.switch_to.active_element.send_keys(Keys.ENTER)
    counts = [int(text) for text in column(opened, "table-criteria", 4)]
    assert counts == sorted(counts)
    style = opened.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    assert style == "solid"


def test_a_cell_explains_itself(opened: Any) -> None:
    opened.execute_script("document.querySelector('#units').scrollIntoView()")
    row = opened.find_elements(By.CSS_SELECTOR, "#table-units tr[data-r]")[0]
    row.find_elements(By.CSS_SELECTOR, "td")[3 + 16].click()
    why = opened.find_element(By.CSS_SELECTOR, "#table-units tr.why")
    here = why.find_elements(By.CSS_SELECTOR, ".here")
    assert here and all(one.get_attribute("data-of") == "17" for one in here)
    assert "1.219/1.228 hộ = 99,2671…% >= 98%" in why.text
    assert why.find_elements(By.CSS_SELECTOR, "a[href^='#source-']")
    button = row.find_element(By.CSS_SELECTOR, "th button")
    assert button.get_attribute("aria-expanded") == "true"
    button.send_keys(Keys.ENTER)
    assert opened.find_elements(By.CSS_SELECTOR, "#table-units tr.why") == []
    assert button.get_attribute("aria-expanded") == "false"


def test_nothing_overflows(opened: Any, out: Path) -> None:
    for name, width, height in (("desktop", 1366, 900), ("phone", 390, 844)):
        opened.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride", {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": name == "phone"}
        )
        assert opened.execute_script("return document.documentElement.scrollWidth") <= width
        whole = opened.execute_script("return document.documentElement.scrollHeight")
        for part, top in enumerate(range(0, min(whole, 30 * height), height)):
            clip = {"x": 0, "y": top, "width": width, "height": min(height, whole - top), "scale": 1}
            shot = opened.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
            (out / f"{name}-{part:02}.png").write_bytes(base64.b64decode(shot["data"]))
    opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert (out / "desktop-00.png").stat().st_size > 20_000


def test_prints_to_a4(opened: Any, out: Path) -> None:
    printed = opened.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    pdf = base64.b64decode(printed["data"])
    (out / "month.pdf").write_bytes(pdf)
    boxes = [tuple(round(float(one)) for one in found.split()) for found in re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf)]
    pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert {box[2:] for box in boxes} == {(A4_SHORT, A4_LONG), (A4_LONG, A4_SHORT)}
    assert 15 <= pages <= 110


def test_works_without_scripts(browser: Any, page: Path) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(page.as_uri())
        assert browser.find_element(By.CSS_SELECTOR, "noscript p").is_displayed()
        assert len(browser.find_elements(By.CSS_SELECTOR, "#table-units tr[data-r]")) == 182
        assert browser.find_elements(By.CSS_SELECTOR, ".filters, thead button") == []
        assert browser.find_element(By.CSS_SELECTOR, "#table-gaps tbody tr").is_displayed()
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_dark(opened: Any, out: Path) -> None:
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]})
    assert opened.execute_script("return getComputedStyle(document.body).backgroundColor") == "rgb(20, 25, 30)"
    opened.save_screenshot(str(out / "dark.png"))
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_names_sort_by_letters_then_marks_never_by_codes(browser: Any, out: Path) -> None:
    """Codes stand behind the names and run the other way; one name in two is decomposed."""
    order = ["An", "ăn", "Ân", "Ba", "bà", "bả", "bã", "bá", "bạ", "Dũng", "Đông", "đức", "E", "Ê", "O", "Ô", "Ơ", "xã 2", "xã 10"]
    given = [unicodedata.normalize("NFD" if at % 2 else "NFC", name) for at, name in enumerate(reversed(order))]
    result = ntm.evaluate(
        {"population": [2000] * len(order)}, "commune-ntm-2016-2020", on="2020-02-25", region="BTB",
        unit=[f"u{at}" for at in range(len(order))],
    )  # fmt: skip
    path = out / "order.html"
    ntm.report(path, result, units=given, pictures=False)
    browser.get(path.as_uri())
    head(browser, "table-units", 0).find_element(By.TAG_NAME, "button").click()
    got = [unicodedata.normalize("NFC", name).rsplit(" u", 1)[0] for name in names(browser, "table-units")]
    assert got == order

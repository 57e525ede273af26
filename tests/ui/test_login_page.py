"""The login page, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.kit.browsing import says
from tests.kit.serving import keepsake
from tests.ui.conftest import PASSWORDS

pytestmark = pytest.mark.browser


async def test_signing_in_talking_and_being_signed_out(page: Page, house: tuple[str, Path]) -> None:
    """A wrong password is said, the right one leads to the chat; a locked account leads back to the login page."""
    address, folder = house
    password = "three blind mice"
    assert keepsake(folder, "user", "add", "Mia", "--password-stdin", typed=password).returncode == 0
    await page.goto(f"{address}/memory")
    await page.wait_for_url("**/login**")
    await expect(page.get_by_text("Name", exact=True)).to_be_visible()
    await page.fill("#email", "Mia")
    await page.fill("#password", PASSWORDS["ada"])
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    await page.fill("#password", password)
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#chat-input")
    await says(page, "I breed snails in the cellar.")
    await page.goto(f"{address}/memory")
    await expect(page.locator("#list")).to_contain_text("snails")
    await page.goto(address)
    await page.wait_for_selector("#chat-input")
    # An open chat goes to the login page by itself, and may do so while it is being opened again.
    await page.goto("about:blank")
    assert keepsake(folder, "user", "disable", "mia").returncode == 0
    await page.goto(address, wait_until="commit")
    await page.wait_for_url("**/login**")

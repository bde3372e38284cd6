"""A picture is attached, seen, opened and withdrawn in a browser, without a script of ours."""

from pathlib import Path

from domain.attachments import offered
from domain.dispute import DisputeCase
from domain.seeker import SeekerCase
from tests.browser.conftest import Come
from tests.browser.site import Site
from tests.browser.test_phone import told
from tests.files import jpeg, pdf, png


def test_a_picture_is_attached_seen_opened_and_withdrawn(
    come: Come, site: Site, tmp_path: Path
) -> None:
    photo, slip = tmp_path / "厂门口.png", tmp_path / "工资条.pdf"
    photo.write_bytes(png(9))
    slip.write_bytes(pdf())
    desk = come("mediator", javascript=False)
    case = desk.do("/disputes/new", "record_intake", channel="walk_in", summary="带来照片")
    desk.page.locator(f"nav.tabs a[href='{case}/attachments']").click()
    desk.look()
    desk.page.locator("[name=files]").set_input_files([photo, slip])
    desk.page.locator("[name=kind]").select_option(label="其他证据")
    desk.page.locator(".att-form button.primary").click()
    desk.look()
    assert "厂门口.png" in desk.words
    assert "工资条.pdf" in desk.words
    picture = desk.page.locator(".att-pic img")
    assert picture.evaluate("e => e.decode().then(() => e.naturalWidth)") == 8
    desk.page.locator(".att-pic a").click()
    assert desk.page.locator("img").evaluate("e => e.naturalWidth") == 8
    desk.page.go_back()
    desk.page.locator(".att li", has_text="工资条.pdf").get_by_role("button").click()
    desk.look()
    assert "文件与登记时的校验值一致" in desk.words
    desk.page.locator(".att li", has_text="厂门口.png").get_by_role("link", name="撤回附件").click()
    desk.look()
    desk.page.locator("[name=reason]").fill("拍错了厂")
    desk.page.locator("form button.primary").click()
    desk.look()
    assert "已撤回的 1 个" in desk.words
    held = site.office.store.load(DisputeCase, case.removeprefix("/disputes/")).attachments
    assert [one.fact.media_type for one in offered(held)] == ["application/pdf"]


def test_photos_are_taken_on_a_visit_with_the_phone(come: Come, site: Site, tmp_path: Path) -> None:
    photo = tmp_path / "image.jpg"
    photo.write_bytes(jpeg())
    phone = come("grid", width=390)
    path = told(phone, "麦小河")
    phone.page.locator("#f-files").set_input_files(photo)
    phone.page.locator(".m-keep").click()
    phone.page.wait_for_url("**?done=photos")
    phone.look()
    assert "照片已保存到案卷" in phone.words
    assert "已有 1 张走访照片" in phone.words
    held = site.office.store.load(SeekerCase, path.rpartition("/")[2]).attachments
    assert [one.fact.kind for one in offered(held)] == ["visit_photo"]

"""The words of attachments: what a file is, whether it was scanned, how its facts are told."""

from collections.abc import Mapping

from domain.attachments import KINDS, MEDIA
from domain.codes import Code
from domain.kernel import N_

MEDIA_WORDS: Mapping[str, str] = dict(
    zip(
        MEDIA,
        (N_("JPG 照片"), N_("PNG 图片"), N_("WebP 图片"), "PDF", "Word", "Excel"),
        strict=True,
    )
)
SCAN_WORDS: Mapping[str, str] = {
    "clean": N_("已扫描，未发现病毒"),
    "unscanned": N_("未经病毒扫描"),
}
# For the tellers of both kinds of case.
ATTACHED: Mapping[str, str] = {
    "attachment_added.title": N_("标题"),
    "attachment_added.about": N_("有关的申请人"),
    "attachment_withdrawn.reason": N_("撤回理由"),
    "name": N_("文件名"),
    "size": N_("字节数"),
    "media_type": N_("类型"),
    "scan": N_("病毒扫描"),
}
ATTACHED_LISTS: Mapping[str, Mapping[str, Code | str]] = {
    "attachment_added.kind": KINDS,
    "media_type": MEDIA_WORDS,
    "scan": SCAN_WORDS,
}
